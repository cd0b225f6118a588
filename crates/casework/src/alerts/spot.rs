//! Where subscriptions and reports meet: words for a piece of the map, a boundary, an agency, a report. A subscription is kept
//! under few of them, a report has few, and one index leads from the one to the other.

use crate::Geography;
use places::{
    Point,
    cell::{self, Resolution},
};
use store::{
    publication::Publication,
    subscription::{Kind, Subscription, Watching},
};
use uuid::Uuid;

/// Circles up to this are kept under fine cells, about a dozen of them; larger ones under coarse ones, again about a dozen.
const FINE_METRES: f64 = 1_200.0;

fn of_cell(cell: i64) -> String {
    format!("c{cell}")
}

/// What a boundary is called here and in an address: its kind and its code.
pub fn of_area(kind: &str, code: &str) -> String {
    format!("{kind}/{code}")
}

pub fn of_report(report: Uuid) -> String {
    format!("r{report}")
}

/// The spots that a subscription is kept under.
pub fn kept(row: &Subscription) -> Vec<String> {
    match row.kind {
        Kind::Near => {
            let Some(point) = row.lat.zip(row.lon).and_then(|(lat, lon)| Point::new(lat, lon)) else { return vec![] };
            let metres = row.metres.unwrap_or_default() as f64;
            let size = if metres <= FINE_METRES { Resolution::NEIGHBOURHOOD } else { Resolution::TOWN };
            // More cells than are ever given would be a circle that no rule allows.
            cell::cover_circle(point, metres, size).unwrap_or_default().into_iter().map(of_cell).collect()
        }
        Kind::Area => vec![format!("a{}", row.code)],
        Kind::Agency => vec![format!("g{}", row.code)],
        Kind::Report => row.report.map(of_report).into_iter().collect(),
    }
}

/// The spots of a report that is public; the last is the largest cell it lies in.
pub fn had(geography: &Geography, row: &Publication) -> Vec<String> {
    let mut spots = vec![format!("g{}", row.agency), of_report(row.report)];
    if let Some(point) = row.lat.zip(row.lon).and_then(|(lat, lon)| Point::new(lat, lon)) {
        let areas = geography.areas(point.lat, point.lon).into_iter();
        spots.extend(areas.map(|area| format!("a{}", of_area(&area.kind, &area.code))));
        spots.extend([Resolution::NEIGHBOURHOOD, Resolution::TOWN].map(|size| of_cell(cell::cell(point, size))));
    }
    spots
}

/// Whether the point lies in the circle, where there is one. Cells cover more than the circle.
pub fn holds(row: &Watching, at: Option<(f64, f64)>) -> bool {
    let point = |(lat, lon)| Point::new(lat, lon);
    match (row.lat.zip(row.lon).and_then(point), row.metres) {
        (Some(centre), Some(metres)) => at.and_then(point).is_some_and(|at| centre.metres_to(at) <= metres as f64),
        _ => true,
    }
}
