//! Bin days: from what was typed to a home, what its page says at which hour, the year, the calendar, the limits.

mod booked;
mod calendar;
mod days;
mod find;
mod home;
mod homes;
mod missed;
mod ordered;

use store::{Time, collection, collection::Collection};
use testkit::House;

pub const COUNCIL: &str = "north-somerset-council";
/// Its rubbish, recycling and food come on Tuesdays; the clock of a test stands on Tuesday 24 November 2026 at 10:00.
pub const HOME: &str = "/property/999000000001";

pub const HOUR: i64 = 3600;

/// What the crew recorded of the round on that Tuesday, a minute ago.
pub async fn recorded(house: &House, round: &str, outcome: &str, reason: Option<&str>) {
    let row = Collection {
        agency: COUNCIL.into(),
        code: round.into(),
        planned: "2026-11-24".into(),
        uprn: String::new(),
        outcome: outcome.into(),
        reason: reason.map(str::to_owned),
        at: Time(casework::Clock::now(&*house.clock).micros() - 60_000_000),
    };
    house.db.write(move |tx| collection::keep(tx, &row)).await.unwrap();
}
