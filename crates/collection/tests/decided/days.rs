use collection::day::{Unread, read};
use jiff::civil::{Date, date};
use std::{fs, path::Path};

#[test]
fn a_day_with_its_year_is_read_as_it_is_written() {
    let near = date(2026, 11, 27);
    for text in ["2026-05-22", "22/05/2026", "Friday 22 May 2026", "Fri, 22 May 2026", "22nd May 2026", "22-05-2026"] {
        assert_eq!(read(text, near), Ok(date(2026, 5, 22)), "{text}");
    }
    assert_eq!(read("Thursday 22 May 2026", near), Err(Unread::Weekday("Thursday 22 May 2026".into())));
}

#[test]
fn a_day_without_a_year_is_the_nearest_that_fits() {
    assert_eq!(read("Friday 1 January", date(2026, 11, 27)), Ok(date(2027, 1, 1)));
    assert_eq!(read("1 January", date(2026, 11, 27)), Ok(date(2027, 1, 1)));
    assert_eq!(read("31 December", date(2027, 1, 2)), Ok(date(2026, 12, 31)));
    assert_eq!(read("29 February", date(2028, 2, 1)), Ok(date(2028, 2, 29)));
}

#[test]
fn a_day_whose_year_cannot_be_told_is_refused() {
    let near = date(2026, 11, 27);
    // Half a year away it may be the last as well as the next; 15 February was a Wednesday in 2023.
    for text in ["1 June", "Wednesday 15 February", "29 February"] {
        assert!(matches!(read(text, near), Err(Unread::NoYear(..))), "{text}");
    }
    for text in ["", "soon", "30 February", "32 May", "May", "22", "22 13 2026", "22/05/26", "0 May"] {
        assert!(matches!(read(text, near), Err(Unread::NoDay(_))), "{text}");
    }
}

/// The days of a real list without years, as a collector wrote it down in February 2023.
#[test]
fn the_days_of_a_real_list_are_read_near_its_date_and_refused_far_from_it() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/data/bins/north-somerset-output-2023.json");
    let Ok(text) = fs::read_to_string(&path) else {
        return eprintln!("skipped: ../shared/data/bins is absent");
    };
    let list: serde_json::Value = serde_json::from_str(&text).unwrap();
    let bins = list["bins"].as_array().unwrap();
    let days =
        || bins.iter().flat_map(|bin| ["collectionDate", "nextCollectionDate"].map(|key| bin[key].as_str().unwrap()));
    assert!(days().count() >= 8);
    for text in days() {
        let day: Date = read(text, date(2023, 2, 14)).unwrap();
        assert_eq!((day.year(), day.strftime("%A").to_string().as_str()), (2023, "Wednesday"), "{text}");
        // Three years on the weekday is another, and nothing is guessed.
        assert!(matches!(read(text, date(2026, 2, 14)), Err(Unread::NoYear(..))), "{text}");
    }
}
