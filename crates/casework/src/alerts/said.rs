//! What a subscription is about, in words.

use crate::Setting;
use store::subscription::{Cadence, Hears, Kind, Subscription};

const MILE: f64 = 1609.344;

/// `Fly-tipping within 1 mile of BS23`.
pub fn about(setting: &Setting, row: &Subscription) -> String {
    let what = row.service.as_ref().map_or_else(|| "All reports".to_owned(), |service| setting.service_name(service));
    match row.kind {
        Kind::Near => format!("{what} within {} of {}", distance(row.metres.unwrap_or_default()), row.words),
        Kind::Area => format!("{what} in {}", row.words),
        Kind::Agency => format!("{what} that {} deals with", row.words),
        Kind::Report => format!("One report: {}", row.words),
    }
}

/// A distance as people here say it.
pub fn distance(metres: i64) -> String {
    let miles = metres as f64 / MILE;
    match metres {
        ..700 => format!("{metres} metres"),
        700..950 => "half a mile".to_owned(),
        _ if (miles - 1.0).abs() < 0.05 => "1 mile".to_owned(),
        _ => format!("{} miles", (miles * 10.0).round() / 10.0),
    }
}

/// When bin days are told.
pub const EVENING: &str = "The evening before";

pub const fn cadence(cadence: Cadence) -> &'static str {
    match cadence {
        Cadence::AtOnce => "At once",
        Cadence::Daily => "Once a day",
        Cadence::Weekly => "Once a week",
        Cadence::Off => "Paused",
    }
}

pub const fn hears(hears: Hears) -> &'static str {
    match hears {
        Hears::New => "New reports",
        Hears::All => "New reports, and what happens with them",
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn distances_are_said_as_people_say_them() {
        let said = [200, 500, 805, 1609, 4828, 9656, 10_000].map(super::distance);
        let meant = ["200 metres", "500 metres", "half a mile", "1 mile", "3 miles", "6 miles", "6.2 miles"];
        assert_eq!(said, meant);
    }
}
