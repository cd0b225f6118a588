//! The map of a place question, where no base map was imported, and the outline it is drawn from.

use super::answer;
use casework::Geography;
use places::{
    Boundaries, Point,
    boundary::{Area, Naming, read_geojson},
};
use serde_json::Value;
use std::path::Path;
use store::{area, data_set, data_set::DataSet, place};
use testkit::{House, Page};

const OUTLINE: &str = "/places/outline";
/// What a phone is asked to load once "Show map" was pressed, before any compression on the way.
const MOST_BYTES: usize = 60_000;

async fn outline(house: &House) -> (Page, Value) {
    let page = house.get(OUTLINE).await;
    assert_eq!((page.status, page.header("content-type")), (200, "application/geo+json"), "{}", page.text);
    let read = serde_json::from_str(&page.text).unwrap();
    (page, read)
}

fn names(outline: &Value, part: &str) -> Vec<String> {
    let features = outline["features"].as_array().unwrap().iter();
    let of_part = features.filter(|feature| feature["properties"]["part"] == part);
    of_part.map(|feature| feature["properties"]["name"].as_str().unwrap().to_owned()).collect()
}

/// Puts areas in force in place of the demonstration's, as an import does.
async fn load(house: &House, areas: Vec<Area>) {
    let geography = house.db.write(move |tx| -> store::Result<Geography> {
        let load = data_set::next_load(tx)?;
        for found in &areas {
            let (kind, code, name) = (found.kind.clone(), found.code.clone(), found.name.clone());
            area::insert(
                tx,
                load,
                &area::Area { kind, code, name, dated: found.set.clone(), geometry: found.geometry() },
            )?;
        }
        let set = DataSet {
            kind: "boundaries-district".into(),
            load,
            name: "Districts".into(),
            dated: "May 2025".into(),
            attribution: "Contains \"open\" data <b>".into(),
            rows_kept: areas.len() as i64,
            rows_refused: 0,
            demonstration: false,
            imported_at: store::Time(0),
        };
        data_set::put_in_force(tx, &set)?;
        Geography::load(tx)
    });
    house.setting.set_geography(geography.await.unwrap());
}

fn real_districts() -> Option<Vec<Area>> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/data/boundaries/districts");
    let naming = Naming { kind: "district".into(), set: "shared data".into(), ..Naming::default() };
    let mut areas = Vec::new();
    for name in ["bathandnortheastsomerset", "bristol", "northsomerset", "somerset", "southgloucestershire"] {
        let Ok(bytes) = std::fs::read(folder.join(format!("boundary_{name}.geojson"))) else {
            eprintln!("skipped: ../shared/data/boundaries/districts is absent");
            return None;
        };
        areas.extend(read_geojson(&bytes, &naming).unwrap().areas);
    }
    Some(areas)
}

#[tokio::test]
async fn the_outline_has_the_areas_the_land_around_and_the_names_of_places() {
    let house = House::embedded().await;
    let (page, outline) = outline(&house).await;
    assert_eq!(names(&outline, "area").len(), 5);
    assert!(names(&outline, "area").contains(&"North Somerset".to_owned()));
    assert_eq!(names(&outline, "land").len(), 4);
    let places = names(&outline, "name");
    assert_eq!(places[..3], ["Bath", "Bristol", "Wells"], "cities stand first");
    assert!(places.contains(&"Yatton".to_owned()) && places.contains(&"Grand Pier".to_owned()));
    assert_eq!(outline["rough"], true);
    let sets: Vec<_> = outline["sets"].as_array().unwrap().iter().map(|set| set["name"].as_str().unwrap()).collect();
    assert_eq!(sets, ["boundaries-district", "land", "places"]);
    assert!(page.text.len() < 20_000, "{}", page.text.len());
}

#[tokio::test]
async fn the_outline_may_be_kept_and_is_not_sent_twice_to_who_has_it() {
    let house = House::embedded().await;
    let (first, _) = outline(&house).await;
    assert_eq!(first.header("cache-control"), "public, max-age=3600");
    let tag = first.header("etag").to_owned();
    assert!(tag.len() > 10 && tag.starts_with('"'), "{tag}");
    let ask = |tags: &str| {
        axum::http::Request::get(OUTLINE).header("if-none-match", tags).body(axum::body::Body::empty()).unwrap()
    };
    for tags in [tag.clone(), format!("W/{tag}"), format!("\"other\", {tag}")] {
        let again = house.visitor().send(ask(&tags)).await;
        assert_eq!((again.status, again.text.as_str(), again.header("etag")), (304, "", tag.as_str()), "{tags}");
    }
    assert_eq!(house.visitor().send(ask("\"other\"")).await.text, first.text);
}

#[tokio::test]
async fn real_boundaries_fit_a_phone_and_neighbours_keep_one_line() {
    let house = House::embedded().await;
    let before = house.get(OUTLINE).await;
    let Some(areas) = real_districts() else { return };
    let corners: usize = areas.iter().map(Area::corners).sum();
    load(&house, areas.clone()).await;
    let (page, outline) = outline(&house).await;
    println!("{corners} corners are {} bytes, to within {} m", page.text.len(), outline["metres"]);
    assert!(page.text.len() <= MOST_BYTES, "{}", page.text.len());
    assert!(outline["metres"].as_f64().unwrap() <= 200.0);
    assert_ne!(before.header("etag"), page.header("etag"), "an import is seen");
    assert_eq!(outline["sets"][0]["attribution"], "Contains \"open\" data <b>");
    // Away from the true lines, every place of a grid lies in the same district as drawn.
    let drawn = outline["features"].as_array().unwrap().iter().filter(|f| f["properties"]["part"] == "area").map(|f| {
        let name = f["properties"]["name"].as_str().unwrap();
        Area::from_row("district", name, name, "drawn", &f["geometry"].to_string()).unwrap()
    });
    let (truth, drawn) = (Boundaries::new(areas), Boundaries::new(drawn.collect()));
    let far = outline["metres"].as_f64().unwrap() + 2.0;
    let mut compared = 0;
    for (row, column) in (0..30).flat_map(|row| (0..40).map(move |column| (row, column))) {
        let point = Point { lat: 50.82 + 0.029 * f64::from(row), lon: -3.84 + 0.04 * f64::from(column) };
        if truth.areas().iter().any(|area| area.edge_distance(point) < far) {
            continue;
        }
        let name = |areas: &Boundaries| areas.at(point).iter().map(|area| area.name.clone()).collect::<Vec<_>>();
        assert_eq!(name(&drawn), name(&truth), "{point:?}");
        compared += 1;
    }
    assert!(compared > 900, "{compared}");
}

#[tokio::test]
async fn however_many_names_there_are_the_outline_stays_small() {
    let house = House::embedded().await;
    let geography = house.db.write(|tx| -> store::Result<Geography> {
        let load = data_set::next_load(tx)?;
        for n in 0..3_000_i64 {
            let (lat, lon) = (51.29 + 0.003 * (n % 60) as f64, -2.9 + 0.004 * (n / 60) as f64);
            let row = place::Place {
                name: format!("Made-up End {n}"),
                kind: "village".into(),
                within: String::new(),
                lat,
                lon,
            };
            place::insert(tx, load, n, &row)?;
        }
        let known = data_set::all(tx)?;
        let set = known.iter().find(|set| set.kind == "places").unwrap();
        data_set::put_in_force(tx, &DataSet { load, ..set.clone() })?;
        Geography::load(tx)
    });
    house.setting.set_geography(geography.await.unwrap());
    let (page, outline) = outline(&house).await;
    let written = names(&outline, "name").len();
    assert!((100..=250).contains(&written), "{written}");
    assert!(page.text.len() <= MOST_BYTES, "{}", page.text.len());
}

#[tokio::test]
async fn without_boundaries_there_is_no_outline_and_no_map() {
    let house = House::embedded().await;
    let empty = house.db.write(|tx| -> store::Result<Geography> {
        let load = data_set::next_load(tx)?;
        for set in data_set::all(tx)?.into_iter().filter(|set| set.kind != "places") {
            data_set::put_in_force(tx, &DataSet { load, ..set })?;
        }
        Geography::load(tx)
    });
    house.setting.set_geography(empty.await.unwrap());
    assert_eq!(house.get(OUTLINE).await.status, 404);
    let mut visitor = house.visitor();
    answer(&mut visitor, "fly-tipping", "now", &[("now", "no")]).await;
    let page = answer(&mut visitor, "fly-tipping", "photos", &[]).await;
    assert!(page.text.contains("data-place=\"where\"") && !page.text.contains("data-outline"));
}

#[tokio::test]
async fn the_question_offers_the_map_where_the_service_is_offered() {
    let house = House::embedded().await;
    let mut visitor = house.visitor();
    answer(&mut visitor, "fly-tipping", "now", &[("now", "no")]).await;
    let page = answer(&mut visitor, "fly-tipping", "photos", &[]).await;
    // The council that offers it, not the whole force area.
    let around = page.between("data-outline=\"/places/outline\" data-around=\"", "\"").unwrap();
    assert_eq!(around, "51.2880,-3.0000,51.5030,-2.5940");
    assert!(!page.text.contains("data-tiles"));
}

/// A pin moved over the line: who answers is another one.
#[tokio::test]
async fn a_pin_on_the_other_side_of_a_line_goes_to_who_answers_there() {
    let house = House::embedded().await;
    for (lon, main) in [("-2.7100", "/report/fly-tipping/q/land"), ("-2.6500", "/report/fly-tipping/stop")] {
        let mut visitor = house.visitor();
        answer(&mut visitor, "fly-tipping", "now", &[("now", "no")]).await;
        answer(&mut visitor, "fly-tipping", "photos", &[]).await;
        let pin = [("where.lat", "51.340000"), ("where.lon", lon), ("where.how", "pin")];
        let page = visitor.post("/report/fly-tipping/q/where", &pin).await;
        assert!(page.location.starts_with(main), "{lon}: {}", page.location);
        let next = visitor.follow(page).await;
        assert_eq!(next.says("Bath and North East Somerset Council"), lon == "-2.6500", "{lon}: {}", next.text);
    }
}
