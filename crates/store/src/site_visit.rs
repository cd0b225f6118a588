//! The log of a visit (C-27). What was heard, in words, stands in the content of its entry.

use crate::{Result, Time, Tx, from_row, named_value};
use rights::{Actor, Right};
use uuid::Uuid;

named_value! {
    /// Whether it is a statutory nuisance, as the officer holds it.
    pub enum Nuisance {
        Yes = "yes",
        No = "no",
        Undecided = "undecided",
    }
}

#[derive(Clone, Debug, PartialEq)]
pub struct SiteVisit {
    pub id: Uuid,
    pub casefile: Uuid,
    pub entry: Uuid,
    pub parked_at: Option<Time>,
    pub at_property_at: Option<Time>,
    pub inside: bool,
    /// From the source, where they did not go inside.
    pub distance_metres: Option<i64>,
    pub furnished: Option<bool>,
    pub doors_open: Option<bool>,
    pub windows_open: Option<bool>,
    pub can_close: Option<bool>,
    pub continuous: Option<bool>,
    /// Words or a tune.
    pub recognised: Option<bool>,
    /// How long was listened.
    pub minutes: i64,
    pub nuisance: Nuisance,
    pub left_at: Option<Time>,
}

from_row!(SiteVisit {
    id,
    casefile,
    entry,
    parked_at,
    at_property_at,
    inside,
    distance_metres,
    furnished,
    doors_open,
    windows_open,
    can_close,
    continuous,
    recognised,
    minutes,
    nuisance,
    left_at,
});

pub fn insert(actor: &Actor, tx: &mut Tx, visit: &SiteVisit) -> Result<()> {
    rights::hold(actor, Right::Note)?;
    tx.run(
        "INSERT INTO site_visit (id, casefile, entry, parked_at, at_property_at, inside, distance_metres, furnished, \
         doors_open, windows_open, can_close, continuous, recognised, minutes, nuisance, left_at) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16)",
        &[
            &visit.id,
            &visit.casefile,
            &visit.entry,
            &visit.parked_at,
            &visit.at_property_at,
            &visit.inside,
            &visit.distance_metres,
            &visit.furnished,
            &visit.doors_open,
            &visit.windows_open,
            &visit.can_close,
            &visit.continuous,
            &visit.recognised,
            &visit.minutes,
            &visit.nuisance,
            &visit.left_at,
        ],
    )?;
    Ok(())
}

/// Those of the case itself, in the order they were written.
pub fn of_casefile(tx: &mut Tx, casefile: Uuid) -> Result<Vec<SiteVisit>> {
    tx.all(
        "SELECT id, casefile, entry, parked_at, at_property_at, inside, distance_metres, furnished, doors_open, \
         windows_open, can_close, continuous, recognised, minutes, nuisance, left_at FROM site_visit \
         WHERE casefile = $1 ORDER BY id",
        &[&casefile],
    )
}
