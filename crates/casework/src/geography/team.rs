//! Which neighbourhood team a place has. Outlines lie in memory with the other boundaries; what stands on a team's page is
//! read when it is asked for.

use super::Geography;
use crate::neighbourhood;
use places::{Area, Point, boundary::Boundaries};
use store::{Result, Tx};

/// A team that answers for a place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Here {
    pub agency: String,
    pub code: String,
    pub name: String,
}

/// Outlines by agency and code. One that cannot be read is left out: the page of its team is still in the list.
pub(super) fn load(tx: &mut Tx) -> Result<Boundaries> {
    let rows = store::neighbourhood::in_force(tx)?.into_iter();
    let outlines = rows.filter_map(|row| {
        let geometry = neighbourhood::read_body(row.body).geometry()?;
        Area::from_row(&row.agency, &row.code, &row.name, &row.source, &geometry).ok()
    });
    Ok(Boundaries::new(outlines.collect()))
}

impl Geography {
    /// The teams that answer for the point: one of each agency whose teams it lies among.
    pub fn teams_at(&self, lat: f64, lon: f64) -> Vec<Here> {
        let Some(point) = Point::new(lat, lon) else { return Vec::new() };
        let mut found: Vec<Here> = Vec::new();
        for area in self.teams.at(point) {
            if found.iter().all(|here| here.agency != area.kind) {
                found.push(Here { agency: area.kind.clone(), code: area.code.clone(), name: area.name.clone() });
            }
        }
        found
    }
}
