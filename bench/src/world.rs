//! A house to measure: its folder, its database in this process too, and what the rules stand on.

use anyhow::{Context as _, Result};
use casework::{Draw, Geography, Keys, Setting};
use catalogue::{Catalogue, Service, Source};
use jiff::{Timestamp, ZonedDateTime, tz::TimeZone};
use std::{
    fs,
    path::{Path, PathBuf},
    sync::Arc,
    time::{SystemTime, UNIX_EPOCH},
};
use store::{DatabasePlace, Db, Time, area, data_set, definition};
use tempfile::TempDir;

/// What is reported in every row, and who answers for it.
pub const SERVICE: &str = "fly-tipping";
pub const AGENCY: &str = "north-somerset-council";
/// A square of land, south-west corner and side in degrees: every report lies in it.
pub const SQUARE: (f64, f64, f64) = (51.2, -3.0, 0.3);
/// The server and this process derive the same keys from it.
pub const SECRET: [u8; 32] = [11; 32];

pub struct World {
    pub folder: TempDir,
    pub db: Db,
    pub setting: Arc<Setting>,
    pub service: Arc<Service>,
}

pub fn repository() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

pub fn now() -> Time {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    Time(i64::try_from(since.as_micros()).unwrap_or(i64::MAX))
}

pub fn local(at: Time) -> ZonedDateTime {
    Timestamp::from_microsecond(at.micros()).unwrap_or_default().to_zoned_datetime(TimeZone::UTC)
}

/// Draws by number: no two alike within a run, and none guessable from another run.
pub fn draw(at: Time, n: usize) -> Draw {
    use std::sync::LazyLock;
    static RUN: LazyLock<[u8; 16]> = LazyLock::new(|| {
        let mut bytes = [0; 16];
        getrandom::fill(&mut bytes).map_or([3; 16], |()| bytes)
    });
    let mut seed = [0; 32];
    seed[..16].copy_from_slice(&*RUN);
    seed[16..24].copy_from_slice(&(n as u64).to_be_bytes());
    Draw::new(at, seed)
}

fn definitions() -> Result<Catalogue> {
    let root = repository();
    let (mut sources, mut folders) = (Vec::new(), vec![root.join("services"), root.join("agencies")]);
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder).with_context(|| folder.display().to_string())? {
            let path = entry?.path();
            if path.is_dir() && !path.ends_with("samples") {
                folders.push(path);
            } else if path.extension().is_some_and(|e| e == "toml" || e == "lock") {
                let text = fs::read_to_string(&path)?;
                sources.push(Source { path: path.strip_prefix(&root)?.display().to_string(), text });
            }
        }
    }
    sources.sort_by(|a, b| a.path.cmp(&b.path));
    catalogue::load(&sources).map_err(|faults| anyhow::anyhow!("faults in the definitions: {faults:?}"))
}

/// A new database with one boundary in it and no report.
pub async fn empty() -> Result<World> {
    let folder = tempfile::tempdir()?;
    let db = Db::open(&DatabasePlace::File(folder.path().join("moothall.db")))?;
    db.migrate().await?;
    let catalogue = Arc::new(definitions()?);
    let service = catalogue.service(SERVICE).context("no such service")?.clone();
    let code = catalogue.agency(AGENCY).and_then(|agency| agency.areas.first().cloned()).context("no such agency")?;
    let kept = definition::Definition {
        hash: service.hash.clone(),
        service: service.id.clone(),
        version: i64::from(service.version),
        body: service.text.clone(),
        words: service.words_text.clone(),
    };
    db.write(move |tx| -> store::Result<()> {
        definition::keep(tx, &kept, now())?;
        let load = data_set::next_load(tx)?;
        area::insert(tx, load, &square(&code))?;
        data_set::put_in_force(
            tx,
            &data_set::DataSet {
                kind: "boundaries-district".into(),
                load,
                name: "A square".into(),
                dated: "for the bench".into(),
                attribution: String::new(),
                rows_kept: 1,
                rows_refused: 0,
                demonstration: true,
                imported_at: now(),
            },
        )
    })
    .await?;
    let geography = db.read(Geography::load).await?;
    let setting = Arc::new(Setting::new(catalogue, Keys::new(SECRET), "http://bench".into(), geography));
    Ok(World { folder, db, setting, service })
}

fn square(code: &str) -> area::Area {
    let (south, west, side) = SQUARE;
    let (north, east) = (south + side, west + side);
    let ring = [[west, south], [east, south], [east, north], [west, north], [west, south]];
    area::Area {
        kind: "district".into(),
        code: code.to_owned(),
        name: "Square".into(),
        dated: "for the bench".into(),
        geometry: serde_json::json!({ "type": "Polygon", "coordinates": [ring] }).to_string(),
    }
}
