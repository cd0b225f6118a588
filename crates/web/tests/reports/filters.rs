//! C-41, C-42, C-43: whatever is asked for, the list, the map and what programs read are the same reports.

use crate::{COUNCIL, public};
use serde_json::Value as Json;
use std::collections::BTreeSet;
use store::{area, data_set};
use testkit::{Client, House};

/// Two wards side by side around the middle of the demonstration.
const WEST: &str = "E05000001";
const EAST: &str = "E05000002";

fn square(west: f64, east: f64) -> String {
    format!(
        "{{\"type\":\"Polygon\",\"coordinates\":[[[{west},51.30],[{east},51.30],[{east},51.40],[{west},51.40],[{west},51.30]]]}}"
    )
}

/// Imports wards, as a command beside a running server does.
async fn wards(house: &House, middle: f64) {
    let job = move |tx: &mut store::Tx| -> store::Result<()> {
        let load = data_set::next_load(tx)?;
        for (code, name, west, east) in [(WEST, "Westward", -3.0, middle), (EAST, "Eastward", middle, -2.8)] {
            let area = area::Area {
                kind: "ward".into(),
                code: code.into(),
                name: name.into(),
                dated: "made up".into(),
                geometry: square(west, east),
            };
            area::insert(tx, load, &area)?;
        }
        let set = data_set::DataSet {
            kind: "boundaries-ward".into(),
            load,
            name: "Wards (made up)".into(),
            dated: "2026".into(),
            attribution: String::new(),
            rows_kept: 2,
            rows_refused: 0,
            demonstration: true,
            imported_at: store::Time(0),
        };
        data_set::put_in_force(tx, &set)
    };
    house.db.write(job).await.unwrap();
    house.setting.set_geography(house.db.read(casework::Geography::load).await.unwrap());
}

/// Reports of three kinds here and there; some are fixed, one long ago.
async fn many(house: &House) -> (Client, Vec<String>) {
    let mut officer = house.staff(COUNCIL, "officer").await;
    let mut all = Vec::new();
    for n in 0..14u32 {
        let service = ["fly-tipping", "pothole", "graffiti"][n as usize % 3];
        let mut answers = testkit::sample(service, "shortest")["answers"].clone();
        answers["where"]["lat"] = (51.3401 + f64::from(n % 5) / 200.0).into();
        answers["where"]["lon"] = (-2.9772 + f64::from(n) / 100.0).into();
        let filed = house.file_answers(service, &answers).await;
        let form = officer.get(&filed.desk()).await.form("/acknowledge");
        officer.submit(&form, &[]).await;
        if n % 4 == 1 {
            let form = officer.get(&filed.desk()).await.form("/close");
            let closed = officer.submit(&form, &[("outcome", "fixed"), ("words", "It is done.")]).await;
            assert_eq!(closed.status, 303, "{service}: {}", closed.text);
        }
        if n == 2 {
            house.clock.forward_seconds(100 * 24 * 60 * 60);
            officer = house.staff(COUNCIL, "officer").await;
        }
        house.clock.forward_seconds(61);
        all.push(filed.reference().to_owned());
    }
    (officer, all)
}

async fn in_data(house: &House, query: &str) -> BTreeSet<String> {
    let (mut at, mut seen) = (Some(format!("/reports/data.json?{query}")), BTreeSet::new());
    while let Some(path) = at {
        let page: Json = serde_json::from_str(&house.get(&path).await.text).unwrap();
        for row in page["reports"].as_array().unwrap() {
            assert!(seen.insert(row["reference"].as_str().unwrap().to_owned()), "twice: {path}");
        }
        at = page["next"].as_str().map(str::to_owned);
    }
    seen
}

async fn on_map(house: &House, query: &str) -> BTreeSet<String> {
    let drawn: Json =
        serde_json::from_str(&house.get(&format!("/reports/pins?box=51.2,-3.2,51.5,-2.5&{query}")).await.text).unwrap();
    let pins = drawn["pins"].as_array().unwrap();
    assert_eq!(drawn["total"].as_u64().unwrap() as usize, pins.len());
    pins.iter().map(|pin| pin[2].as_str().unwrap().to_owned()).collect()
}

#[tokio::test]
async fn whatever_is_asked_for_the_list_the_map_and_the_data_are_the_same_reports() {
    let house = House::embedded().await;
    wards(&house, -2.9).await;
    let (_, all) = many(&house).await;
    let choices: [&[&str]; 8] = [
        &["", "state=open", "state=fixed", "state=closed"],
        &["", "service=pothole", "service=fly-tipping", "service=none"],
        &["", "group=street-problems", "group=crime", "group=nothing"],
        &["", "agency=north-somerset-council", "agency=avon-and-somerset-police"],
        &["", "ward=E05000001", "ward=E05000002", "ward=E9"],
        &["", "from=2026-12-01", "to=2026-12-01", "from=2027-02-01&to=2027-04-01"],
        &["", "photo=yes"],
        &["", "older=yes"],
    ];
    // Numbers that look thrown, and are the same in each run.
    let mut dice = 0x2026_1127_u64;
    let mut found = BTreeSet::new();
    for _ in 0..60 {
        let mut parts = Vec::new();
        for options in choices {
            dice = dice.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            // Most filters are left out, or nothing would be found.
            let thrown = (dice >> 33) as usize % (options.len() * 2);
            parts.push(options.get(thrown).copied().unwrap_or_default());
        }
        let query = parts.iter().filter(|part| !part.is_empty()).copied().collect::<Vec<_>>().join("&");
        let map = on_map(&house, &query).await;
        let data = in_data(&house, &query).await;
        assert_eq!(map, data, "everywhere: {query}");
        assert_eq!(in_data(&house, &format!("box=51.2,-3.2,51.5,-2.5&{query}")).await, map, "around: {query}");
        let page = house.get(&format!("/reports?box=51.2,-3.2,51.5,-2.5&{query}")).await;
        let words = match map.len() {
            0 => "No reports here".to_owned(),
            1 => "1 report here".to_owned(),
            n => format!("{n} reports here"),
        };
        assert!(page.says(&words), "{query}: {words}: {}", page.text);
        found.extend(data);
    }
    assert!(found.len() > all.len() / 2, "the filters found next to nothing: {found:?}");
}

#[tokio::test]
async fn a_ward_is_kept_when_a_report_comes_and_worked_out_anew_when_its_border_moves() {
    let house = House::embedded().await;
    wards(&house, -2.9).await;
    let (mut officer, all) = many(&house).await;
    let ward = |code: &'static str| {
        let house = &house;
        async move { in_data(house, &format!("older=yes&ward={code}")).await.len() }
    };
    assert_eq!((ward(WEST).await, ward(EAST).await), (8, 6));
    let page = house.get(&format!("/reports?ward={EAST}")).await;
    assert!(page.says("6 reports here") && page.says("Eastward"), "{}", page.text);
    let staff = officer.get(&format!("/staff?ward={EAST}")).await;
    assert!(staff.says("4 reports") && staff.text.contains(&format!("value=\"{EAST}\" selected")), "{}", staff.text);
    wards(&house, -2.85).await;
    let setting = house.setting.clone();
    let renew = move |tx: &mut store::Tx| casework::report::ward::renew(tx, &setting, uuid::Uuid::nil());
    assert!(house.db.write(renew).await.unwrap().is_some());
    assert_eq!((ward(WEST).await + ward(EAST).await, ward(EAST).await < 6), (all.len(), true));
}

#[tokio::test]
async fn how_many_are_hidden_for_their_age_is_said_with_one_way_to_them() {
    let house = House::embedded().await;
    let (_, all) = many(&house).await;
    for place in ["", "box=51.2,-3.2,51.5,-2.5&"] {
        let page = house.get(&format!("/reports?{place}sort=changed")).await;
        assert!(page.says("Show 1 report that ended long ago"), "{}", page.text);
        let shown = house.get(&format!("/reports?{place}older=yes")).await;
        assert!(!shown.says("that ended long ago</a>") && shown.text.contains(&all[1]), "{}", shown.text);
    }
    let open = house.get("/reports?state=open").await;
    assert!(!open.says("Show 1 report"), "{}", open.text);
}

#[tokio::test]
async fn staff_narrow_their_list_by_stage_group_day_and_photo_and_the_map_beside_it() {
    let house = House::embedded().await;
    let (mut officer, _) = many(&house).await;
    for (query, open) in [
        ("group=street-problems", "10 reports"),
        ("group=crime", "0 reports"),
        ("stage=nothing", "0 reports"),
        ("from=2027-01-01", "8 reports"),
        ("to=2027-01-01", "2 reports"),
        ("photo=yes", "0 reports"),
        ("service=pothole&from=2027-01-01", "3 reports"),
    ] {
        let page = officer.get(&format!("/staff?{query}")).await;
        assert!(page.says(open), "{query}: {open}: {}", page.between("aria-live=\"polite\">", "<").unwrap_or_default());
        let map = officer.get(&format!("/staff/map?box=51.2,-3.2,51.5,-2.5&{query}")).await;
        let in_view = open.replace("0 reports", "No reports").replace("1No", "10");
        assert!(map.says(&format!("{in_view} in this view")), "{query}: {}", map.text);
    }
}

/// So many more at the same place, each a second older than the one before.
async fn crowd(house: &House, id: uuid::Uuid, many: i64) {
    let fill = move |tx: &mut store::Tx| -> store::Result<()> {
        let house = rights::Actor::House("test");
        let one = store::publication::of_report(&house, tx, id)?.unwrap();
        for n in 0..many {
            let own = uuid::Uuid::from_u128(0x7000 + n as u128);
            let reference = format!("{n:09}");
            tx.run(
                "INSERT INTO report (id, reference, service, definition, type_code, first_received_at, anonymous, \
                 sensitive, tracking, place, area, boundaries) \
                 VALUES ($1, $2, $3, $4, 'x', 0, FALSE, FALSE, 'link', '', '', '')",
                &[&own, &reference, &one.service, &one.definition],
            )?;
            let received_at = one.received_at.plus_seconds(-n - 1);
            let more = store::publication::Publication { report: own, reference, received_at, ..one.clone() };
            store::publication::insert(tx, &more, "")?;
        }
        Ok(())
    };
    house.db.write(fill).await.unwrap();
}

#[tokio::test]
async fn a_part_of_the_map_that_holds_very_many_is_listed_by_looking_through_the_newest() {
    let house = House::embedded().await;
    let (filed, _) = public(&house, "shortest").await;
    crowd(&house, filed.id, 20_010).await;
    let page = house.get("/reports?box=51.2,-3.2,51.6,-2.6").await;
    assert!(page.status == 200 && page.says("20,011 reports"), "{}", page.text);
    let listed = |page: &testkit::Page| -> Vec<String> {
        page.text.split("moot-alone\" href=\"/reports/").skip(1).map(|rest| rest[..9].to_owned()).collect()
    };
    let first = listed(&page);
    assert_eq!((first.len(), first[0].as_str(), first[24].as_str()), (25, filed.reference(), "000000023"));
    let next = page.between("rel=\"next\" href=\"", "\"").unwrap().replace("&amp;", "&").replace("&#38;", "&");
    assert_eq!(listed(&house.get(&next).await)[0], "000000024");
}

#[tokio::test]
async fn a_crowded_part_of_the_map_is_listed_page_by_page_each_once() {
    let house = House::embedded().await;
    let (filed, _) = public(&house, "shortest").await;
    crowd(&house, filed.id, 1_050).await;
    let (mut at, mut seen) = ("/reports?box=51.2,-3.2,51.6,-2.6".to_owned(), Vec::new());
    loop {
        let page = house.get(&at).await;
        assert!(page.status == 200 && page.says("1,051 reports"), "{}", page.text);
        let rows = page.text.matches("href=\"/reports/").count();
        assert!(rows > 0, "{at}: {}", page.text);
        let references = page.text.split("moot-alone\" href=\"/reports/").skip(1).map(|rest| rest[..9].to_owned());
        seen.extend(references);
        let Some(next) = page.between("rel=\"next\" href=\"", "\"") else { break };
        at = next.replace("&amp;", "&").replace("&#38;", "&");
        assert!(seen.len() <= 1_051, "no row comes twice");
    }
    assert_eq!(seen[0], filed.reference(), "the newest first");
    assert_eq!(seen.iter().collect::<std::collections::BTreeSet<_>>().len(), 1_051, "each is there");
}
