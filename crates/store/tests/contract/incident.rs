//! What kind of incident a report is held to be: one for each agency, the last that was said.

use crate::fixtures::*;
use rights::Right;
use store::incident::{self, Incident};

fn held(opening: &str, closing: Option<&str>) -> Incident {
    Incident { opening: opening.into(), closing: closing.map(str::to_owned) }
}

on_both!(the_last_that_was_said_holds_for_its_agency_alone, |fresh| {
    fresh.write(a_house).unwrap();
    let say = |agency: &'static str, incident: Incident| {
        fresh.write(move |tx| incident::hold(&officer(), tx, report_id(1), agency, &incident)).unwrap();
    };
    let read = |agency: &'static str| fresh.read(move |tx| incident::of_report(tx, report_id(1), agency)).unwrap();
    assert_eq!(read(COUNCIL), None);
    say(COUNCIL, held("noise", None));
    say(POLICE, held("crime", None));
    say(COUNCIL, held("noise", Some("hoax")));
    assert_eq!(read(COUNCIL), Some(held("noise", Some("hoax"))));
    assert_eq!(read(POLICE), Some(held("crime", None)));
    let other = officer_with(COUNCIL, &[Right::SeeReport]);
    let refused = fresh.write(move |tx| incident::hold(&other, tx, report_id(1), COUNCIL, &held("x", None)));
    assert!(is_not_found(&refused), "{refused:?}");
});
