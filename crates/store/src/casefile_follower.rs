//! Colleagues who want to know what happens in a case.

use crate::{Result, Time, Tx};
use rights::{Actor, NotFound, Right};
use uuid::Uuid;

/// The actor follows it from now on.
pub fn follow(actor: &Actor, tx: &mut Tx, casefile: Uuid) -> Result<()> {
    rights::hold(actor, Right::SeeReport)?;
    let me = actor.staff().ok_or(NotFound)?.id;
    tx.run(
        "INSERT INTO casefile_follower (casefile, staff, news_at) VALUES ($1, $2, NULL) \
         ON CONFLICT (casefile, staff) DO NOTHING",
        &[&casefile, &me],
    )?;
    Ok(())
}

pub fn leave(actor: &Actor, tx: &mut Tx, casefile: Uuid) -> Result<()> {
    rights::hold(actor, Right::SeeReport)?;
    let me = actor.staff().ok_or(NotFound)?.id;
    tx.run("DELETE FROM casefile_follower WHERE casefile = $1 AND staff = $2", &[&casefile, &me])?;
    Ok(())
}

/// Something happened: whoever follows it has news, except the one who did it.
pub fn tell(actor: &Actor, tx: &mut Tx, casefile: Uuid, at: Time) -> Result<()> {
    let by = actor.staff().map_or(Uuid::nil(), |me| me.id);
    tx.run("UPDATE casefile_follower SET news_at = $1 WHERE casefile = $2 AND staff <> $3", &[&at, &casefile, &by])?;
    Ok(())
}

/// The actor has read the news.
pub fn seen(actor: &Actor, tx: &mut Tx, casefile: Uuid) -> Result<()> {
    rights::hold(actor, Right::SeeReport)?;
    let me = actor.staff().ok_or(NotFound)?.id;
    tx.run(
        "UPDATE casefile_follower SET news_at = NULL WHERE casefile = $1 AND staff = $2 AND news_at IS NOT NULL",
        &[&casefile, &me],
    )?;
    Ok(())
}

/// Cases that the actor follows, and when something happened that they have not seen.
pub fn mine(actor: &Actor, tx: &mut Tx) -> Result<Vec<(Uuid, Option<Time>)>> {
    rights::hold(actor, Right::SeeQueue)?;
    let me = actor.staff().ok_or(NotFound)?.id;
    tx.all("SELECT casefile, news_at FROM casefile_follower WHERE staff = $1 ORDER BY casefile", &[&me])
}
