//! Pictures made from files, for people to look at.

use crate::{Result, Tx, from_row, journal};
use rights::Actor;
use uuid::Uuid;

/// A picture made from a file. None of what the file says of itself is in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rendition {
    pub held: Uuid,
    pub version: i64,
    /// The most pixels of the longer side.
    pub longest: i64,
    pub width: i64,
    pub height: i64,
    /// Bytes.
    pub size: i64,
    pub sha256: Vec<u8>,
}

from_row!(Rendition { held, version, longest, width, height, size, sha256 });

/// Keeps what was made of a file.
pub fn keep(tx: &mut Tx, renditions: &[Rendition]) -> Result<()> {
    for made in renditions {
        tx.run(
            "INSERT INTO rendition (held, version, longest, width, height, size, sha256) VALUES ($1, $2, $3, $4, $5, $6, $7)",
            &[&made.held, &made.version, &made.longest, &made.width, &made.height, &made.size, &made.sha256],
        )?;
    }
    Ok(())
}

/// The pictures of one version of a file, the smallest first.
pub fn of(tx: &mut Tx, held: Uuid, version: i64) -> Result<Vec<Rendition>> {
    tx.all(
        "SELECT held, version, longest, width, height, size, sha256 FROM rendition WHERE held = $1 AND version = $2 \
         ORDER BY longest",
        &[&held, &version],
    )
}

/// At most so many after this one, by file, version and size: for the check of the whole house.
pub fn kept(actor: &Actor, tx: &mut Tx, after: (Uuid, i64, i64), most: i64) -> Result<Vec<Rendition>> {
    journal::house(actor)?;
    tx.all(
        "SELECT held, version, longest, width, height, size, sha256 FROM rendition \
         WHERE (held, version, longest) > ($1, $2, $3) ORDER BY held, version, longest LIMIT $4",
        &[&after.0, &after.1, &after.2, &most],
    )
}
