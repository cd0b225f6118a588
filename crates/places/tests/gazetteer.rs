//! Places found by what people type, and words for places they point at.

use places::gazetteer::{Kind, Named};
use places::{Found, Gazetteer, Point, Postcode};
use proptest::prelude::*;

fn named(name: &str, kind: &str, within: &str, lat: f64, lon: f64) -> Named {
    let within = (!within.is_empty()).then(|| within.to_owned());
    Named { name: name.into(), kind: kind.into(), within, point: Point { lat, lon } }
}

fn gazetteer() -> Gazetteer {
    let postcodes = [("BS23 1AA", 51.347, -2.977), ("BS23 1AB", 51.348, -2.976), ("BS48 1AA", 51.431, -2.757)];
    let postcodes = postcodes.map(|(code, lat, lon)| (Postcode::parse(code).unwrap(), Point { lat, lon }));
    let names = [
        named("Weston-super-Mare", "town", "North Somerset", 51.346, -2.977),
        named("Nailsea", "town", "North Somerset", 51.432, -2.757),
        named("Clevedon", "town", "North Somerset", 51.438, -2.854),
        named("Yatton", "village", "North Somerset", 51.385, -2.821),
        named("Weston in Gordano", "village", "North Somerset", 51.463, -2.794),
        named("High Street", "street", "Nailsea, North Somerset", 51.4335, -2.755),
        named("High Street", "street", "Weston-super-Mare, North Somerset", 51.3475, -2.9785),
        named("Milton Road", "street", "Weston-super-Mare, North Somerset", 51.3515, -2.957),
        named("St George's Road", "street", "", 51.439, -2.853),
    ];
    Gazetteer::new(postcodes, [], names)
}

fn junctions() -> Gazetteer {
    let names =
        [20, 21, 22].map(|n| named(&format!("M5 Junction {n}"), "motorway junction", "North Somerset", 51.4, -2.8));
    let places = [named("Yatton", "village", "North Somerset", 51.385, -2.821)];
    Gazetteer::new([], [], names.into_iter().chain(places))
}

#[test]
fn a_junction_of_a_motorway_is_found_as_people_write_it() {
    for text in ["M5 J21", "m5j21", "junction 21 of the M5", "near M5 jct 21", "J21 M5"] {
        let found = junctions().find(text, 10);
        assert_eq!(found.iter().map(|one| one.label.as_str()).collect::<Vec<_>>(), ["M5 Junction 21"], "{text}");
    }
    assert_eq!(junctions().find("M5", 10).len(), 3);
}

fn find(text: &str) -> Vec<Found> {
    gazetteer().find(text, 10)
}

fn labels(text: &str) -> Vec<String> {
    let shown = |found: Found| format!("{} ({}){}", found.label, found.detail, if found.exact { "!" } else { "" });
    find(text).into_iter().map(shown).collect()
}

#[test]
fn a_whole_postcode_is_one_place() {
    for text in ["BS23 1AA", "bs231aa", "12 High Street, Weston BS23 1AA", " bs23  1aa "] {
        assert_eq!(labels(text), ["BS23 1AA (Weston-super-Mare)!"], "{text}");
    }
    assert_eq!(find("BS23 1AA")[0].kind, Kind::Postcode);
}

#[test]
fn an_unknown_postcode_leads_to_its_first_half() {
    let found = find("BS23 9ZZ");
    assert_eq!((found[0].label.as_str(), &found[0].kind, found[0].exact), ("BS23", &Kind::Outward, false));
    assert!((found[0].point.lat - 51.3475).abs() < 1e-9);
    assert!(find("ZZ1 9ZZ").is_empty());
}

#[test]
fn a_postcode_half_typed_gives_those_that_begin_so() {
    assert_eq!(labels("bs23"), ["BS23 (Weston-super-Mare)!"]);
    assert_eq!(labels("bs23 1"), ["BS23 1AA (Weston-super-Mare)", "BS23 1AB (Weston-super-Mare)"]);
    assert_eq!(labels("bs4"), ["BS48 (Nailsea)"]);
}

#[test]
fn figures_of_every_sort_are_a_place() {
    for (text, label, kind) in [
        ("ST 3204 6133", "ST 3204 6133", Kind::GridReference),
        ("332040, 161333", "ST 32040 61333", Kind::GridReference),
        ("51.34700, -2.97718", "51.34700, -2.97718", Kind::Degrees),
        ("9C3V82WF+Q4", "9C3V82WF+Q4", Kind::PlusCode),
        ("82wf+q4 Weston-super-Mare", "82WF+Q4", Kind::PlusCode),
    ] {
        let found = find(text);
        assert_eq!((found[0].label.as_str(), &found[0].kind, found[0].exact), (label, &kind, true));
        let off = found[0].point.metres_to(Point { lat: 51.347, lon: -2.9772 });
        assert!(found.len() == 1 && off < 100.0, "{text}: {off} m off, {found:?}");
        assert_eq!(found[0].detail, "Weston-super-Mare");
    }
    assert!(find("82WF+Q4").is_empty() && find("82WF+Q4 nowhere").is_empty());
}

#[test]
fn a_name_is_found_whole_begun_or_with_a_slip() {
    assert_eq!(labels("nailsea"), ["Nailsea (North Somerset)!", "High Street (Nailsea)"]);
    assert_eq!(labels("clevdon")[0], "Clevedon (North Somerset)");
    assert_eq!(labels("yat"), ["Yatton (North Somerset)"]);
    assert_eq!(labels("Weston super mare")[0], "Weston-super-Mare (North Somerset)!");
    assert_eq!(labels("westonsupermare")[0], "Weston-super-Mare (North Somerset)");
    assert_eq!(labels("weston")[0], "Weston-super-Mare (North Somerset)");
    assert!(labels("xyzzy").is_empty() && labels("").is_empty() && labels(",;").is_empty());
}

#[test]
fn several_words_choose_between_streets_of_one_name() {
    assert_eq!(labels("high street nailsea"), ["High Street (Nailsea)!"]);
    assert_eq!(labels("Nailsea, High St")[0], "High Street (Nailsea)");
    assert_eq!(labels("high street"), ["High Street (Nailsea)!", "High Street (Weston-super-Mare)!"]);
    assert_eq!(labels("high stret nialsea"), ["High Street (Nailsea)"]);
    assert_eq!(labels("saint georges rd"), ["St George's Road (Clevedon)!"]);
}

#[test]
fn house_numbers_fillers_and_one_strange_word_do_not_hide_a_place() {
    assert_eq!(labels("12 Milton Road"), ["Milton Road (Weston-super-Mare)"]);
    assert_eq!(labels("near the milton road")[0], "Milton Road (Weston-super-Mare)");
    assert_eq!(labels("outside wobbly shop milton road").len(), 0);
    assert_eq!(labels("wobbly milton road"), ["Milton Road (Weston-super-Mare)"]);
}

#[test]
fn a_point_is_described_by_what_is_near_it() {
    let say = |lat, lon| gazetteer().describe(Point { lat, lon });
    assert_eq!(say(51.3516, -2.9575).as_deref(), Some("near Milton Road, Weston-super-Mare"));
    assert_eq!(say(51.4391, -2.8531).as_deref(), Some("near St George's Road, Clevedon"));
    assert_eq!(say(51.386, -2.825).as_deref(), Some("near Yatton"));
    assert_eq!(say(51.40, -2.92).as_deref(), Some("about 4 miles from Clevedon"));
    assert_eq!(say(52.5, -1.0), None);
}

#[test]
fn the_same_text_gives_the_same_order_and_no_more_than_asked_for() {
    let gazetteer = gazetteer();
    for text in ["high", "we", "s", "bs23 1", "north somerset"] {
        let all = gazetteer.find(text, 10);
        assert_eq!(all, gazetteer.find(text, 10));
        assert_eq!(gazetteer.find(text, 1), all[..all.len().min(1)]);
    }
    assert!(gazetteer.find("nailsea", 0).is_empty());
}

/// Thirty thousand postcodes and five thousand names, as in one county.
#[test]
fn a_county_is_searched_by_code_name_and_slip() {
    let letters = b"ABDEFGHJLNPQRSTUWXYZ";
    let postcodes = (0..30_000usize).map(|n| {
        let text =
            format!("BS{} {}{}{}", n / 4_000, n / 400 % 10, letters[n / 20 % 20] as char, letters[n % 20] as char);
        (Postcode::parse(&text).unwrap(), Point { lat: 51.0 + n as f64 / 60_000.0, lon: -2.8 })
    });
    let part = ["ash", "bram", "clay", "dun", "elm", "fern", "glen", "hazel", "iron", "king", "lang", "mill", "north"];
    let end =
        ["bury", "combe", "don", "field", "ford", "ham", "ley", "mead", "stoke", "thorpe", "ton", "wick", "worth"];
    let kind = ["Road", "Street", "Lane", "Close"];
    let names = (0..5_000usize).map(|n| {
        let name = format!("{}{}{} {}", part[n % 13], part[n / 13 % 13], end[n / 169 % 13], kind[n % 4]);
        named(
            &name,
            "street",
            "Weston-super-Mare, North Somerset",
            51.0 + (n % 70) as f64 / 100.0,
            -3.0 + n as f64 / 7_000.0,
        )
    });
    let gazetteer = Gazetteer::new(postcodes, [], names);
    assert_eq!(gazetteer.counts(), (30_000, 5_000));
    for (text, first) in [
        ("BS3 4AB", "BS3 4AB"),
        ("bs3 4", "BS3 4AA"),
        ("brambramdon street", "brambramdon Street"),
        ("brambrmdon street", "brambramdon Street"),
        ("51.2, -2.9", "51.20000, -2.90000"),
    ] {
        assert_eq!(gazetteer.find(text, 10)[0].label, first, "{text}");
    }
    assert_eq!(gazetteer.find("road", 10).len(), 10);
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_text_makes_it_panic(text in ".{0,40}") {
        find(&text);
    }

    #[test]
    fn every_name_is_found_by_itself_and_with_a_letter_lost(which in 0usize..9, at in 1usize..5) {
        let names = ["Weston-super-Mare", "Nailsea", "Clevedon", "Yatton", "Weston in Gordano", "High Street", "Milton Road",
            "St George's Road", "BS48 1AA"];
        prop_assert_eq!(&find(names[which])[0].label, names[which]);
        if which < 5 {
            let mut slip = names[which].to_owned();
            slip.remove(at);
            prop_assert!(find(&slip).iter().any(|found| found.label == names[which]), "{}", slip);
        }
    }
}

fn written(most: usize) -> Vec<String> {
    let (low, high) = (Point { lat: 51.3, lon: -3.0 }, Point { lat: 51.45, lon: -2.7 });
    gazetteer().labels((low, high), most).into_iter().map(|one| one.name.clone()).collect()
}

#[test]
fn a_map_has_the_names_of_its_rectangle_the_large_ones_first() {
    let all = written(20);
    assert_eq!(all[..4], ["Clevedon", "Nailsea", "Weston-super-Mare", "Yatton"]);
    assert_eq!(all.len(), 8, "{all:?}");
    assert!(!all.contains(&"Weston in Gordano".to_owned()), "it lies outside");
}

#[test]
fn a_map_with_too_many_names_leaves_streets_out_then_the_smaller_of_neighbours() {
    assert_eq!(written(4), ["Clevedon", "Nailsea", "Weston-super-Mare", "Yatton"]);
    assert_eq!(written(1), ["Clevedon"]);
    let row = |n: u32, kind, lat| named(&format!("{kind} {n}"), kind, "", lat, -2.9 + 0.02 * f64::from(n));
    let rows = (0..20).flat_map(|n| [row(n, "hamlet", 51.4), row(n, "village", 51.402)]);
    let (low, high) = (Point { lat: 51.0, lon: -3.0 }, Point { lat: 52.0, lon: -2.0 });
    let gazetteer = Gazetteer::new([], [], rows);
    let kinds: Vec<_> = gazetteer.labels((low, high), 20).into_iter().map(|one| one.kind.as_str()).collect();
    assert_eq!(kinds, ["village"; 20]);
    assert!((5..=9).contains(&gazetteer.labels((low, high), 9).len()));
}
