//! Real boundaries and postcodes, imported by the binary and routed (what must be shown, 1).

use crate::{
    database::Database,
    folder::{Folder, shared},
    resident,
    routing::{Routing, Way, fits, rows},
    server::stopwatch,
};
use casework::{Geography, Keys, Setting};
use catalogue::Who;
use jiff::{Timestamp, tz::TimeZone};
use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::{Path, PathBuf},
    sync::Arc,
};

const DISTRICT: &str = "E06000024";
const AGENCY: &str = "north-somerset-council";

fn geojson(folder: &Path) -> Vec<String> {
    let mut files: Vec<PathBuf> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.retain(|path| path.extension().is_some_and(|e| e == "geojson"));
    files.sort();
    files.into_iter().map(|path| path.display().to_string()).collect()
}

/// A house with the shared data imported by the binary; `None` where it is absent.
fn imported() -> Option<Folder> {
    let (boundaries, force) = (shared("boundaries/districts")?, shared("boundaries/police-force")?);
    let (postcodes, map) = (shared("postcodes/bs.csv")?, shared("basemap/demo.pmtiles")?);
    let folder = Folder::new();
    let import = |kind: &str, files: &[String], more: &[&str]| {
        let mut words = vec!["import", kind];
        words.extend(files.iter().map(String::as_str));
        words.extend(more);
        let began = stopwatch();
        let said = folder.done(&words);
        println!("import {kind} {more:?}: {:.1?}: {}", began.elapsed(), said.trim());
        said
    };
    let districts = import("boundaries", &geojson(&boundaries), &["--kind", "district", "--dated", "2014"]);
    assert!(districts.contains("kept 5, refused 0"), "{districts}");
    let force = import("boundaries", &geojson(&force), &["--kind", "police-force", "--dated", "2014"]);
    assert!(force.contains("kept 1, refused 0"), "{force}");
    let kept = import("postcodes", &[postcodes.display().to_string()], &["--dated", "August 2014"]);
    assert!(kept.contains("kept 26424, refused 0"), "{kept}");
    import("basemap", &[map.display().to_string()], &[]);
    Some(folder)
}

#[test]
fn every_postcode_is_routed_by_its_boundary() {
    let Some(folder) = imported() else { return };
    let Some(file) = shared("postcodes/bs.csv") else { return };
    let catalogue = Arc::new(testkit::definitions());
    let geography = Database::of(&folder).read(Geography::load);
    let setting = Setting::new(catalogue.clone(), Keys::new([7; 32]), String::new(), geography);
    let (rows, geography) = (rows(&file), setting.geography());
    assert_eq!(rows.len(), 26_424);
    let routing = Routing {
        geography: &geography,
        service: catalogue.service("fly-tipping").unwrap(),
        known: ["E06000022", "E06000023", DISTRICT, "E06000025", "E10000027"].map(str::to_owned).into(),
        now: Timestamp::UNIX_EPOCH.to_zoned_datetime(TimeZone::UTC),
    };
    let police = Routing {
        service: catalogue.service("crime.theft").unwrap(),
        known: BTreeSet::new(),
        now: routing.now.clone(),
        ..routing
    };

    let (mut own, mut beyond, mut elsewhere, mut edge) = (0, 0, BTreeMap::<String, usize>::new(), Vec::new());
    let mut forces = BTreeMap::<String, usize>::new();
    for row in &rows {
        let place = routing.place(row, Way::Postcode);
        let (expected, found) = (routing.expected(row), routing.districts(&place));
        own += usize::from(row.codes[1] == DISTRICT);
        beyond += usize::from(expected.is_none());
        if found.first().map(String::as_str) != expected || found.len() > 1 {
            edge.push(format!("{} is {} in the file and {found:?} by boundary", row.postcode, row.codes.join("/")));
        }
        // Whoever the boundary says is the one who is named.
        match (routing.who(&place), found.first()) {
            (Who::Answered(agencies), Some(code)) => {
                assert_eq!((agencies.as_slice(), code.as_str()), (&[AGENCY.to_owned()][..], DISTRICT))
            }
            (Who::Elsewhere(body), Some(code)) => {
                assert!(body.areas.contains(code), "{} in {code} is led to {}", row.postcode, body.name);
                *elsewhere.entry(body.name).or_default() += 1;
            }
            (Who::Elsewhere(body), None) => *elsewhere.entry(body.name).or_default() += 1,
            (who, code) => panic!("{}: {who:?} for {code:?}", row.postcode),
        }
        let force = match police.who(&place) {
            Who::Answered(agencies) => agencies.join(", "),
            Who::Elsewhere(body) => body.name,
            Who::Stopped(land) => land.words.title,
            Who::Shut(shut) => shut.title,
            Who::Unknown => "nobody".to_owned(),
        };
        *forces.entry(force).or_default() += 1;
        // The same place said in other ways is the same place.
        for way in [Way::GridReference, Way::Pin] {
            let other = routing.place(row, way);
            assert!(fits(way, other.how), "{way:?}: {other:?}");
            assert_eq!(routing.who(&other), routing.who(&place), "{} by {way:?}", row.postcode);
        }
    }
    println!(
        "proof: {} postcodes routed by postcode, grid reference and pin; {own} of {DISTRICT}; {beyond} beyond the boundaries loaded; {} differ from the file",
        rows.len(),
        edge.len()
    );
    edge.iter().for_each(|line| println!("proof:   {line}"));
    println!("proof: led elsewhere: {elsewhere:?}; police: {forces:?}");
    assert_eq!(own, 6_169);
    assert!(edge.len() <= 12, "more than a handful differ");
    assert!(forces["avon-and-somerset-police"] > 26_000 && !forces.contains_key("nobody"), "{forces:?}");
}

#[test]
fn a_report_is_made_at_a_real_postcode_through_the_pages() {
    let Some(folder) = imported() else { return };
    let server = folder.start();
    let mut references = BTreeSet::new();
    for postcode in ["BS23 1AA", "bs49 5aa", "BS01ZZ"] {
        let reference = resident::report(&server, postcode).unwrap_or_else(|page| panic!("{}", page.words()));
        assert!(references.insert(reference));
    }
    Database::of(&folder).holds(&references);
    // A place of another council is led there by name, and nothing is a dead end.
    let Err(page) = resident::report(&server, "BS1 1AD") else { panic!("taken for a place of ours") };
    assert!(page.body.contains("Bristol City Council"), "{}", page.words());
    assert_eq!(Database::of(&folder).reports(), 3);
}
