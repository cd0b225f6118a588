//! Whether it is fixed, asked once of a report some weeks after it was sent (C-51). Whoever holds the token may answer.

use crate::{Result, Time, Tx, from_row, journal::house, named_value};
use rights::Actor;
use uuid::Uuid;

named_value! {
    pub enum Answer {
        Fixed = "fixed",
        /// It is not fixed, and still a problem.
        Still = "still",
        /// It is not fixed, and no problem any more.
        Gone = "gone",
    }
}

/// One that was asked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Questionnaire {
    pub report: Uuid,
    pub answer: Option<Answer>,
}

from_row!(Questionnaire { report, answer });

/// Begins with the report; a second one of the same report is [`crate::Error::Taken`].
pub fn insert(tx: &mut Tx, report: Uuid, due_at: Time) -> Result<()> {
    tx.run("INSERT INTO questionnaire (report, state, due_at) VALUES ($1, 'waits', $2)", &[&report, &due_at])?;
    Ok(())
}

/// Those whose day has come, the oldest first: report, and when they were due.
pub fn due(actor: &Actor, tx: &mut Tx, now: Time, most: i64) -> Result<Vec<(Uuid, Time)>> {
    house(actor)?;
    tx.all(
        "SELECT report, due_at FROM questionnaire WHERE state = 'waits' AND due_at <= $1 ORDER BY due_at, report LIMIT $2",
        &[&now, &most],
    )
}

/// Its day came, and nobody is asked.
pub fn leave(actor: &Actor, tx: &mut Tx, report: Uuid) -> Result<()> {
    house(actor)?;
    tx.run("UPDATE questionnaire SET state = 'left' WHERE report = $1 AND state = 'waits'", &[&report])?;
    Ok(())
}

/// It is asked, by a link that works until an instant.
pub fn ask(actor: &Actor, tx: &mut Tx, report: Uuid, token: &[u8], until: Time) -> Result<()> {
    house(actor)?;
    tx.run(
        "UPDATE questionnaire SET state = 'asked', token = $1, until = $2 WHERE report = $3 AND state = 'waits'",
        &[&token, &until, &report],
    )?;
    Ok(())
}

/// The one of this token, answered or not; none where its time is over.
pub fn by_token(tx: &mut Tx, token: &[u8], now: Time) -> Result<Option<Questionnaire>> {
    tx.maybe("SELECT report, answer FROM questionnaire WHERE token = $1 AND until > $2", &[&token, &now])
}

/// Keeps the answer: whether it is the first.
pub fn answer(tx: &mut Tx, token: &[u8], answer: Answer, now: Time) -> Result<bool> {
    let sql = "UPDATE questionnaire SET state = 'answered', answer = $1, answered_at = $2 \
               WHERE token = $3 AND until > $2 AND state = 'asked'";
    Ok(tx.run(sql, &[&answer, &now, &token])? == 1)
}

/// Whoever this is does not want to be asked: whether that is new.
pub fn refuse(tx: &mut Tx, mark: &[u8], now: Time) -> Result<bool> {
    let sql = "INSERT INTO unasked (mark, at) VALUES ($1, $2) ON CONFLICT (mark) DO NOTHING";
    Ok(tx.run(sql, &[&mark, &now])? == 1)
}

/// They may be asked again: whether that is new.
pub fn allow(tx: &mut Tx, mark: &[u8]) -> Result<bool> {
    Ok(tx.run("DELETE FROM unasked WHERE mark = $1", &[&mark])? == 1)
}

/// Does whoever this is want not to be asked?
pub fn refuses(tx: &mut Tx, mark: &[u8]) -> Result<bool> {
    Ok(tx.maybe::<(Time,)>("SELECT at FROM unasked WHERE mark = $1", &[&mark])?.is_some())
}
