//! The repository's own definitions and demonstration geography, as a test loads them.

use catalogue::{Catalogue, Source};
use places::{
    Refused,
    boundary::{Naming, read_geojson},
    gazetteer::{read_outwards, read_places},
};
use std::{
    fs,
    path::{Path, PathBuf},
    sync::LazyLock,
};
use store::{Db, Time, area, data_set, data_set::DataSet, place, premises, round};

/// The folder that holds `services/`, `agencies/` and `geography/`.
pub fn repository() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// Reads every definition; a fault fails the test that asked.
pub fn definitions() -> Catalogue {
    static READ: LazyLock<Catalogue> = LazyLock::new(|| definitions_with("", ""));
    READ.clone()
}

/// The same, with more at the end of one file.
pub(crate) fn definitions_with(file: &str, more: &str) -> Catalogue {
    definitions_where(file, |text| format!("{text}\n{more}\n"))
}

/// The same, with other text in one file.
pub(crate) fn definitions_where(file: &str, change: impl Fn(&str) -> String) -> Catalogue {
    let root = repository();
    let mut sources = Vec::new();
    let mut folders = vec![root.join("services"), root.join("agencies")];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() && !path.ends_with("samples") {
                folders.push(path);
            } else if path.extension().is_some_and(|e| e == "toml" || e == "lock") {
                let text = fs::read_to_string(&path).unwrap();
                let path = path.strip_prefix(&root).unwrap().display().to_string();
                let text = if path == file { change(&text) } else { text };
                sources.push(Source { path, text });
            }
        }
    }
    sources.sort_by(|a, b| a.path.cmp(&b.path));
    catalogue::load(&sources).unwrap_or_else(|faults| panic!("faults in the definitions: {faults:#?}"))
}

fn kept<T>(row: Result<T, Refused>) -> T {
    row.unwrap_or_else(|refused| panic!("geography/demo: {refused}"))
}

/// Puts the hand-drawn geography in force.
pub(crate) async fn geography(db: &Db) {
    let demo = repository().join("geography/demo");
    let read = |name: &str| fs::read(demo.join(name)).unwrap();
    let mut areas = Vec::new();
    for (set, kind, file) in [
        ("boundaries-district", "district", "districts.geojson"),
        ("boundaries-police-force", "police-force", "police.geojson"),
        ("land", "land", "land.geojson"),
    ] {
        let naming = Naming { kind: kind.into(), set: "drawn by hand".into(), ..Naming::default() };
        areas.push((set, read_geojson(&read(file), &naming).unwrap().areas));
    }
    let outwards: Vec<_> = read_outwards(read("outward.csv").as_slice()).unwrap().map(kept).collect();
    let named: Vec<_> = read_places(read("places.csv").as_slice()).unwrap().map(kept).collect();
    db.write(move |tx| -> store::Result<()> {
        for (set, areas) in &areas {
            let load = data_set::next_load(tx)?;
            for found in areas {
                let row = area::Area {
                    kind: found.kind.clone(),
                    code: found.code.clone(),
                    name: found.name.clone(),
                    dated: found.set.clone(),
                    geometry: found.geometry(),
                };
                area::insert(tx, load, &row)?;
            }
            data_set::put_in_force(tx, &demonstration(set, load, areas.len()))?;
        }
        let load = data_set::next_load(tx)?;
        for (code, point) in &outwards {
            let row = place::Postcode { postcode: code.clone(), lat: point.lat, lon: point.lon };
            place::insert_postcode(tx, load, &row)?;
        }
        data_set::put_in_force(tx, &demonstration("postcodes", load, outwards.len()))?;
        let load = data_set::next_load(tx)?;
        for (n, found) in named.iter().enumerate() {
            let row = place::Place {
                name: found.name.clone(),
                kind: found.kind.clone(),
                within: found.within.clone().unwrap_or_default(),
                lat: found.point.lat,
                lon: found.point.lon,
            };
            place::insert(tx, load, n as i64, &row)?;
        }
        data_set::put_in_force(tx, &demonstration("places", load, named.len()))
    })
    .await
    .unwrap();
}

/// Made-up homes on made-up rounds, of the agency that has bins. Nothing is recorded of them.
pub(crate) async fn bins(db: &Db, catalogue: &Catalogue) {
    let folder = repository().join("geography/demo/bins");
    let open = |name: &str| fs::File::open(folder.join(name)).unwrap();
    let agency = catalogue.agencies().iter().find(|agency| agency.bins.is_some()).unwrap().id.clone();
    let homes: Vec<_> = collection::rows::premises(open("premises.csv")).unwrap().map(Result::unwrap).collect();
    let day = jiff::civil::date(2026, 11, 24);
    let rounds: Vec<_> = collection::rows::rounds(open("rounds.csv"), day).unwrap().map(Result::unwrap).collect();
    db.write(move |tx| -> store::Result<()> {
        let load = data_set::next_load(tx)?;
        for home in &homes {
            let row = premises::Premises {
                uprn: home.uprn.clone(),
                load,
                agency: agency.clone(),
                address: home.address.clone(),
                folded: collection::folded(&home.address),
                postcode: home.postcode.to_string(),
                lat: None,
                lon: None,
            };
            premises::insert(tx, &row, &home.rounds)?;
        }
        data_set::put_in_force(tx, &demonstration(&format!("premises-{agency}"), load, homes.len()))?;
        let load = data_set::next_load(tx)?;
        let text = |day: Option<jiff::civil::Date>| day.map(|day| day.to_string());
        for row in &rounds {
            if let Some(head) = &row.head {
                let round = round::Round {
                    load,
                    code: row.code.clone(),
                    kind: head.kind.clone(),
                    container: head.container.clone(),
                    put_out: head.put_out.clone(),
                    every_weeks: i64::from(head.every_weeks),
                    first_day: text(head.first),
                    last_day: text(head.last),
                };
                round::insert(tx, &round)?;
            }
            if let Some(change) = &row.change {
                let day = round::RoundDay {
                    instead_of: text(change.instead_of).unwrap_or_default(),
                    day: text(change.day).unwrap_or_default(),
                    why: change.why.clone(),
                };
                round::insert_day(tx, load, &row.code, &day)?;
            }
        }
        let came = Time(1_795_000_000_000_000);
        data_set::put_in_force(
            tx,
            &DataSet { imported_at: came, ..demonstration(&round::set(&agency), load, rounds.len()) },
        )
    })
    .await
    .unwrap();
}

/// The agency whose teams the hand-drawn outlines are: the one that has pages of teams.
pub fn agency_with_teams(catalogue: &Catalogue) -> String {
    catalogue.agencies().iter().find(|agency| agency.neighbourhoods.is_some()).unwrap().id.clone()
}

/// Made-up teams in the hand-drawn outlines. They were there before the test: no entry of the journal tells of them.
pub(crate) async fn teams(db: &Db, agency: &str) {
    let bytes = fs::read(repository().join("geography/demo/neighbourhoods.geojson")).unwrap();
    let naming = Naming { kind: "team".into(), set: "drawn by hand".into(), ..Naming::default() };
    let areas = read_geojson(&bytes, &naming).unwrap().areas;
    let agency = agency.to_owned();
    let house = rights::Actor::House("test");
    db.write(move |tx| -> store::Result<()> {
        for (n, area) in areas.iter().enumerate() {
            let ring = area.polygons[0].outer.points().map(|point| [point.lat, point.lon]).collect::<Vec<_>>();
            let body = serde_json::json!({
                "about": format!("We look after {}.", area.name),
                "officers": [{ "name": "PC Avery Example", "rank": "Police constable", "bio": "", "photo": null }],
                "priorities": [{ "issue": "Bikes are taken", "issued": "2026-11-02", "action": "", "acted": null }],
                "events": [{ "title": "Beat surgery", "where": "The Library", "starts": "2030-12-03T18:00:00", "minutes": 20 }],
                "ways": [{ "name": "Call", "about": "", "phone": "101", "email": null, "web": null }],
                "boundary": [ring],
            });
            let row = store::neighbourhood::Neighbourhood {
                id: uuid::Uuid::from_u128(0x0190_0000_0000_7000_8000_7465_616d_0000 | n as u128),
                agency: agency.clone(),
                code: area.code.clone(),
                version: 1,
                name: area.name.clone(),
                body,
                source: "drawn by hand".into(),
                since: store::Time(0),
                until: None,
                by_staff: None,
            };
            store::neighbourhood::put(&house, tx, &row)?;
        }
        Ok(())
    })
    .await
    .unwrap();
}

pub(crate) fn demonstration(kind: &str, load: i64, rows: usize) -> DataSet {
    DataSet {
        kind: kind.into(),
        load,
        name: kind.into(),
        dated: "drawn by hand".into(),
        attribution: String::new(),
        rows_kept: rows as i64,
        rows_refused: 0,
        demonstration: true,
        imported_at: store::Time(0),
    }
}
