//! The words staff search by, made again for every part of every report: a search index is of its engine and never copied.

use crate::{Result, Setting};
use rights::Actor;
use store::{Tx, report, sub_case};
use uuid::Uuid;

/// Indexes at most so many parts behind the given one; the last of them, or none where there is no more.
pub fn again(actor: &Actor, tx: &mut Tx, setting: &Setting, behind: Uuid, most: i64) -> Result<Option<Uuid>> {
    let parts = sub_case::behind(actor, tx, behind, most)?;
    for part in &parts {
        let head = report::by_id(tx, part.report)?;
        setting.index(tx, &head, part)?;
    }
    Ok(parts.last().map(|part| part.id))
}
