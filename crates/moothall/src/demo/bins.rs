//! Made-up homes and rounds, and what the crews recorded on their last days.

use crate::{
    command::{
        bins::{self, Whose},
        import::Label,
    },
    house::House,
};
use anyhow::Result;
use collection::{Round, rows};
use jiff::{Span, Timestamp, civil::Time as Hour};
use places::working_days::{at, london_day};
use std::fs::File;
use store::{Time, collection as log, round};

/// A home whose recycling the crew left, with the reason.
const LEFT: (&str, &str, &str) = ("999000000002", "recycling", "contaminated");
/// When the crews were there; what has not come yet was not recorded.
const CREW_HOUR: Hour = jiff::civil::time(10, 5, 0, 0);

/// Where there are none yet.
pub async fn seed(house: &House) -> Result<()> {
    let with_bins = house.setting.catalogue.agencies().iter().find(|agency| agency.bins.is_some());
    let Some(agency) = with_bins.map(|agency| agency.id.clone()) else { return Ok(()) };
    let known = agency.clone();
    if house.db.read(move |tx| round::came_in(tx, &known)).await?.is_some() {
        return Ok(());
    }
    let folder = house.config.definitions.dir.join("geography/demo/bins");
    for (kind, name) in [("premises", "Homes (made up)"), ("rounds", "Bin rounds (made up)")] {
        let label = Label {
            name: name.to_owned(),
            dated: "made up, November 2026".to_owned(),
            attribution: "Made up for this demonstration.".to_owned(),
            demonstration: true,
        };
        let whose = Whose { agency: agency.clone(), label };
        bins::import(house, kind, &[folder.join(format!("{kind}.csv"))], &whose, false).await?;
    }
    let now = house.clock.now();
    let instant = Timestamp::from_microsecond(now.micros())?;
    let today = london_day(instant);
    let mut recorded = Vec::new();
    for row in rows::rounds(File::open(folder.join("rounds.csv"))?, today)?.flatten() {
        let Some(head) = row.head else { continue };
        let round = Round { every_weeks: head.every_weeks, first: head.first, last: head.last, changes: Vec::new() };
        let Some(last) = round.between(today.checked_sub(Span::new().days(28))?, today).pop() else { continue };
        let at = at(last.day, CREW_HOUR).timestamp();
        if at > instant {
            continue;
        }
        let done = log::Collection {
            agency: agency.clone(),
            code: row.code,
            planned: last.planned.to_string(),
            uprn: String::new(),
            outcome: "completed".to_owned(),
            reason: None,
            at: Time(at.as_microsecond()),
        };
        if head.kind == LEFT.1 {
            let (uprn, outcome, reason) = (LEFT.0.to_owned(), "not_completed".to_owned(), Some(LEFT.2.to_owned()));
            recorded.push(log::Collection { uprn, outcome, reason, ..done.clone() });
        }
        recorded.push(done);
    }
    house.db.write(move |tx| recorded.iter().try_for_each(|row| log::keep(tx, row))).await?;
    Ok(())
}
