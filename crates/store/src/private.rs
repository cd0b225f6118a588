//! A public report that staff keep private for a while: out of everything that everybody reads, and back to what it was (C-65).

use crate::{Error, Result, Tx};
use rights::{Actor, Right};
use uuid::Uuid;

/// Takes it out of everything that everybody reads. [`Error::Stale`] where it is hidden already.
pub fn keep(actor: &Actor, tx: &mut Tx, report: Uuid) -> Result<()> {
    rights::hold(actor, Right::MarkPrivate)?;
    let n = tx.run(
        "UPDATE publication SET private_from = shown, shown = 'hidden' WHERE report = $1 AND shown <> 'hidden'",
        &[&report],
    )?;
    if n == 1 { Ok(()) } else { Err(Error::Stale) }
}

/// It is again what it was before. [`Error::Stale`] where it is not kept private: what was hidden otherwise stays so.
pub fn end(actor: &Actor, tx: &mut Tx, report: Uuid) -> Result<()> {
    rights::hold(actor, Right::MarkPrivate)?;
    let n = tx.run(
        "UPDATE publication SET shown = private_from, private_from = NULL \
         WHERE report = $1 AND shown = 'hidden' AND private_from IS NOT NULL",
        &[&report],
    )?;
    if n == 1 { Ok(()) } else { Err(Error::Stale) }
}

/// Staff keep it private.
pub fn is_kept(actor: &Actor, tx: &mut Tx, report: Uuid) -> Result<bool> {
    rights::hold(actor, Right::SeeReport)?;
    let sql = "SELECT report FROM publication WHERE report = $1 AND private_from IS NOT NULL";
    Ok(tx.maybe::<(Uuid,)>(sql, &[&report])?.is_some())
}

/// What was hidden for another reason stays hidden, whoever ends that it is private.
pub fn forget(tx: &mut Tx, report: Uuid) -> Result<()> {
    tx.run("UPDATE publication SET private_from = NULL WHERE report = $1 AND private_from IS NOT NULL", &[&report])?;
    Ok(())
}
