//! The ward a report lies in (C-42): kept when it is filed, and worked out anew when boundaries change.

use crate::{Result, Setting};
use rights::Actor;
use store::{Tx, ward};
use uuid::Uuid;

/// Reports of one step: some milliseconds of work.
pub const STEP: i64 = 200;

/// The code of the ward of a point; empty where none is known.
pub(super) fn code(setting: &Setting, at: Option<(f64, f64)>) -> String {
    let geography = setting.geography();
    at.and_then(|(lat, lon)| geography.ward(lat, lon)).map(|ward| ward.code.clone()).unwrap_or_default()
}

/// Works out anew the wards of the next reports behind this one. Gives the last of them; none where there are no more.
pub fn renew(tx: &mut Tx, setting: &Setting, behind: Uuid) -> Result<Option<Uuid>> {
    let rows = ward::located(&Actor::House("wards"), tx, behind, STEP)?;
    for row in &rows {
        ward::put(tx, row.report, &code(setting, row.lat.zip(row.lon)))?;
        ward::publish(tx, row.report, &code(setting, row.public_lat.zip(row.public_lon)))?;
    }
    Ok(rows.last().map(|row| row.report))
}
