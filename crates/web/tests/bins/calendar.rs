use crate::{HOME, HOUR};
use std::collections::BTreeSet;
use store::{data_set, data_set::DataSet, round};
use testkit::House;

const CLEVEDON: &str = "/property/999000000005/calendar.ics";

/// Names and days, in the order of the file.
fn events(text: &str) -> Vec<(String, String)> {
    let unfolded = text.replace("\r\n ", "");
    let value = |event: &str, key: &str| {
        event.lines().find_map(|line| line.strip_prefix(key)).map(|value| value.trim().to_owned()).unwrap()
    };
    unfolded
        .split("BEGIN:VEVENT")
        .skip(1)
        .map(|event| (value(event, "UID:"), value(event, "DTSTART;VALUE=DATE:")))
        .collect()
}

#[tokio::test]
async fn a_calendar_holds_a_year_of_whole_days_under_names_that_stay() {
    let house = House::embedded().await;
    let file = house.get(&format!("{HOME}/calendar.ics")).await;
    assert_eq!(file.header("content-type"), "text/calendar; charset=utf-8");
    assert_eq!((file.header("cache-control"), file.header("set-cookie")), ("public, max-age=3600", ""));
    assert!(file.text.contains("REFRESH-INTERVAL;VALUE=DURATION:P1D\r\n"));
    assert!(file.text.split("\r\n").all(|line| line.len() <= 75));
    let all = events(&file.text);
    let names: BTreeSet<&String> = all.iter().map(|(name, _)| name).collect();
    assert_eq!(names.len(), all.len(), "each collection once");
    assert!(all.iter().any(|(_, day)| day.as_str() > "20271101"), "a year ahead");
    assert!(names.contains(&"999000000001-rubbish-wheelie_bin-2026-11-24@moothall.test".to_owned()), "{names:?}");
    // The same data give the same file, byte for byte.
    assert_eq!(house.get(&format!("{HOME}/calendar.ics")).await.text, file.text);
    house.clock.forward_seconds(HOUR);
    assert_eq!(house.get(&format!("{HOME}/calendar.ics")).await.text, file.text);
}

#[tokio::test]
async fn a_moved_collection_moves_and_never_doubles() {
    let house = House::embedded().await;
    let before = events(&house.get(CLEVEDON).await.text);
    let name = "999000000005-recycling-box-2026-12-04@moothall.test";
    let day = |events: &[(String, String)]| {
        let own: Vec<String> = events.iter().filter(|(uid, _)| uid == name).map(|(_, day)| day.clone()).collect();
        assert_eq!(own.len(), 1);
        own[0].clone()
    };
    assert_eq!(day(&before), "20261204");
    house
        .db
        .write(|tx| -> store::Result<()> {
            let set = round::set(crate::COUNCIL);
            let DataSet { load, .. } = data_set::all(tx)?.into_iter().find(|row| row.kind == set).unwrap();
            let moved =
                round::RoundDay { instead_of: "2026-12-04".into(), day: "2026-12-05".into(), why: "snow".into() };
            round::insert_day(tx, load, "C-RECYCLING", &moved)
        })
        .await
        .unwrap();
    let after = events(&house.get(CLEVEDON).await.text);
    assert_eq!(day(&after), "20261205");
    assert_eq!(after.len(), before.len());
}
