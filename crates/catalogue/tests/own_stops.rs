//! What an agency says in place of a stop, or before a service, by ward and by its hours (C-2), by agencies that no code knows.

use catalogue::{Catalogue, LandStop, Met, Source, load};

const AGENCY: &str = include_str!("other-council/agency.toml");
const SERVICE: &str = include_str!("other-council/service.toml");
const WORDS: &str = include_str!("other-council/en.toml");
const HOLIDAYS: &str = include_str!("other-council/holidays.toml");

const HOURS: &str = r#"
[office_hours]
days = ["tuesday"]
from = "09:00"
until = "12:00"
source = "here"
"#;

const NIGHT: &str = r#"
[[stop]]
id = "pier"
services = ["lost-*"]
wards = ["W1", "W2"]
title = "The pier is shut"
carry_on = "Tell us"
source = "here"
[[stop]]
id = "night"
services = ["lost-boat"]
during = "shut"
title = "The warden sleeps"
links = [{ words = "Ring the bell", phone = "01632 960101" }]
source = "here"
"#;

fn read(own: &str) -> Result<Catalogue, String> {
    let sources = [
        Source::new("agencies/marsh-end-parish.toml", format!("{AGENCY}\n{own}")),
        Source::new("agencies/holidays/marsh-end.toml", HOLIDAYS),
        Source::new("services/lost-boat/service.toml", SERVICE),
        Source::new("services/lost-boat/en.toml", WORDS),
    ];
    load(&sources).map_err(|faults| faults.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n"))
}

fn met(wall: &str, placed: bool, ward: Option<&str>) -> Option<LandStop> {
    let catalogue = read(&format!("{HOURS}{NIGHT}")).unwrap();
    let agencies = ["marsh-end-parish".to_owned()];
    let wall = wall.parse().unwrap();
    catalogue.own_stop(&Met { service: "lost-boat", stop: None, agencies: &agencies, placed, ward, wall })
}

#[test]
fn what_holds_out_of_hours_is_said_before_the_first_question_and_only_then() {
    // A Tuesday, and a Wednesday.
    assert_eq!(met("2026-11-24T10:00", false, None), None);
    let night = met("2026-11-24T12:00", false, None).unwrap();
    assert_eq!((night.words.title.as_str(), night.id().as_str()), ("The warden sleeps", "land.marsh-end-parish.night"));
    assert!(met("2026-11-25T10:00", false, None).is_some());
    // It was met before: the place says nothing of it again.
    assert_eq!(met("2026-11-25T10:00", true, None), None);
}

#[test]
fn what_holds_in_a_ward_is_said_once_the_place_is_known() {
    assert_eq!(met("2026-11-24T10:00", false, Some("W1")), None);
    assert_eq!(met("2026-11-24T10:00", true, Some("W2")).unwrap().words.title, "The pier is shut");
    assert_eq!(met("2026-11-24T10:00", true, Some("W3")), None);
    assert_eq!(met("2026-11-24T10:00", true, None), None);
}

#[test]
fn an_agency_that_names_no_hours_is_always_open() {
    let catalogue = read("").unwrap();
    assert!(catalogue.is_open("marsh-end-parish", "2026-12-25T03:00".parse().unwrap()));
    assert!(read(&format!("{HOURS}{NIGHT}")).is_ok());
}

#[test]
fn stops_that_cannot_be_are_named() {
    let row = |more: &str| {
        format!(
            "\n[[stop]]\nid = \"x\"\nservices = [\"lost-boat\"]\ntitle = \"T\"\ncarry_on = \"C\"\nsource = \"S\"\n{more}\n"
        )
    };
    for (own, why) in [
        (row("during = \"shut\""), "no [office_hours]"),
        (row("during = \"nights\""), "none of any, open, shut"),
        (row("stop = \"mayday\""), "changes the words of an emergency"),
        (row("stop = \"nothing\""), "has no stop `nothing`"),
        (row("").replace("lost-boat", "lost-cat"), "does not offer"),
        (row("").replace("carry_on = \"C\"", ""), "no way on"),
        (row("") + &row(""), "the name of another stop"),
    ] {
        let faults = read(&own).unwrap_err();
        assert!(faults.contains(why), "{why}: {faults}");
    }
}
