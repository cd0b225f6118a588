//! Land on the map that decides who answers (C-4, C-14, C-16), by agencies that no code knows.

use catalogue::{Catalogue, Land, Source, load};

const AGENCY: &str = include_str!("other-council/agency.toml");
const SERVICE: &str = include_str!("other-council/service.toml");
const WORDS: &str = include_str!("other-council/en.toml");
const HOLIDAYS: &str = include_str!("other-council/holidays.toml");

/// A harbour of its own, a marsh that somebody rents, a channel that is the port's, a quay in view of a camera.
const LAYERS: &str = r#"
[[layer]]
id = "channel"
name = "The channel"
source = "here"
rule = [{ does = "swap", to = "port", words = ["The channel is the port's."] }]
[[layer]]
id = "marsh"
name = "The marsh"
source = "here"
[[layer.rule]]
services = ["lost-*"]
does = "stop"
title = "Somebody rents the marsh"
body = ["We looked at {maps}."]
links = [{ words = "Call them", phone = "01632 960102" }]
[[layer]]
id = "reeds"
name = "The reeds"
source = "here"
rule = [{ does = "stop", title = "Are you sure?", carry_on = "Tell us anyway" }]
[[layer]]
id = "harbour"
name = "The harbour"
source = "here"
rule = [{ does = "allow" }]
[[layer]]
id = "quay"
name = "In view of the quay"
source = "here"
rule = [{ does = "allow" }, { does = "add", recipient = "night", priority = 2 }, { does = "add", recipient = "night" }]
[[not_ours]]
services = ["lost-boat"]
source = "here"
title = "Not our water"
links = [{ words = "Who owns water", url = "https://water.example.org" }]
"#;

const BODIES: &str = r#"
[[body]]
id = "port"
name = "The port"
kind = "port"
url = "https://port.example.org"
"#;

fn read(layers: &str) -> Result<Catalogue, Vec<String>> {
    let sources = [
        Source::new("agencies/marsh-end-parish.toml", format!("{AGENCY}\n{layers}")),
        Source::new("agencies/bodies.toml", BODIES),
        Source::new("agencies/holidays/marsh-end.toml", HOLIDAYS),
        Source::new("services/lost-boat/service.toml", SERVICE),
        Source::new("services/lost-boat/en.toml", WORDS),
    ];
    load(&sources).map_err(|faults| faults.iter().map(ToString::to_string).collect())
}

/// What follows where these layers hold the place and all were imported but those named.
fn land(within: &[&str], missing: &[&str]) -> Land {
    let catalogue = read(LAYERS).unwrap();
    let holds = |_: &str, layer: &str| (!missing.contains(&layer)).then(|| within.contains(&layer));
    catalogue.land("lost-boat", vec!["marsh-end-parish".into()], &holds)
}

#[test]
fn land_of_ours_is_taken_and_any_other_is_not() {
    let taken = land(&["harbour"], &[]);
    assert_eq!((taken.agencies, taken.stop), (vec!["marsh-end-parish".to_owned()], None));
    let stop = land(&[], &[]);
    assert!(stop.agencies.is_empty());
    let said = stop.stop.unwrap();
    assert_eq!(
        (said.words.title.as_str(), said.layers),
        ("Not our water", vec!["harbour".to_owned(), "quay".to_owned()])
    );
}

#[test]
fn a_layer_that_was_not_imported_refuses_nobody() {
    for missing in [&["harbour"][..], &["quay"], &["harbour", "quay", "marsh", "channel", "reeds"]] {
        let land = land(&[], missing);
        assert_eq!((land.agencies.len(), land.stop), (1, None), "{missing:?}");
    }
}

#[test]
fn the_first_that_stops_or_swaps_decides() {
    let both = land(&["harbour", "marsh", "channel"], &[]);
    assert_eq!(both.stop.unwrap().body.unwrap().name, "The port");
    let rented = land(&["marsh", "harbour"], &[]).stop.unwrap();
    assert_eq!(
        (rented.words.title.as_str(), rented.id().as_str()),
        ("Somebody rents the marsh", "land.marsh-end-parish.marsh")
    );
}

#[test]
fn a_stop_that_people_may_pass_leaves_the_agency_in() {
    let reeds = land(&["reeds", "harbour"], &[]);
    assert_eq!((reeds.agencies.len(), reeds.stop), (1, None));
    assert_eq!(reeds.ask.unwrap().words.carry_on.as_deref(), Some("Tell us anyway"));
}

#[test]
fn what_a_layer_adds_is_added_once() {
    let quay = land(&["quay"], &[]);
    assert_eq!(quay.recipients.into_iter().collect::<Vec<_>>(), ["night"]);
    assert_eq!((quay.flags.into_iter().collect::<Vec<_>>(), quay.priority), (vec!["quay".to_owned()], Some(2)));
    let none = land(&["harbour"], &[]);
    assert!(none.recipients.is_empty() && none.flags.is_empty() && none.priority.is_none());
}

#[test]
fn a_layer_names_only_what_is_there_and_leaves_no_dead_end() {
    for (from, to, reason) in [
        ("to = \"port\"", "to = \"nobody\"", "layer `channel` names `nobody`: no other agency and no body"),
        ("to = \"port\"", "to = \"marsh-end-parish\"", "no other agency and no body"),
        ("services = [\"lost-*\"]", "services = [\"found-*\"]", "which it does not offer"),
        ("does = \"stop\"\n", "does = \"drop\"\n", "can allow, stop, swap or add, not `drop`"),
        ("links = [{ words = \"Call them\", phone = \"01632 960102\" }]\n", "", "has no way on"),
        ("id = \"reeds\"", "id = \"marsh\"", "layer `marsh` stands twice"),
        ("id = \"reeds\"", "id = \"Reeds\"", "is no layer id"),
        ("recipient = \"night\", priority = 2 ", "", "adds nothing"),
        ("https://water", "http://water", "must begin with https://"),
        ("[[not_ours]]\nservices = [\"lost-boat\"]", "[[not_ours]]\nservices = [\"x\"]", "no [[not_ours]] is for it"),
        (
            "rule = [{ does = \"swap\", to = \"port\", words = [\"The channel is the port's.\"] }]",
            "",
            "no layer names it",
        ),
    ] {
        assert!(LAYERS.contains(from), "{from}");
        let found = read(&LAYERS.replacen(from, to, 1)).err().unwrap_or_default();
        assert!(found.iter().any(|fault| fault.contains(reason)), "{to:?} gives no fault with {reason:?}: {found:#?}");
    }
}
