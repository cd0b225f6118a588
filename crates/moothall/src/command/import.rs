//! `moothall import`: open data in place of the demonstration's, with progress and a report of what was read, kept and
//! refused. It may run beside a server, which takes it up within seconds. A broken file changes nothing.

use super::serve::basemap_path;
use crate::{Args, house::House};
use anyhow::{Context, Result, bail};
use places::{
    Point, Refused,
    boundary::{self, Area, Naming},
    gazetteer, postcode,
};
use std::{
    fs::{self, File},
    io::{BufRead, BufReader},
    path::{Path, PathBuf},
};
use store::{
    area, data_set,
    data_set::DataSet,
    place::{self, Place, Postcode},
};

/// Rows of one write job: about 5 ms of work, so that a server beside it goes on answering.
const CHUNK: usize = 1000;
/// Refusals shown by line; the rest are counted.
const SHOWN: usize = 10;

/// What a data set is called and whose it is, from the command line.
#[derive(Clone)]
pub struct Label {
    pub name: String,
    pub dated: String,
    pub attribution: String,
    pub demonstration: bool,
}

impl Label {
    /// As people are shown it.
    pub fn edition(&self) -> String {
        format!("{}, {}", self.name, self.dated)
    }
}

/// What was read, kept and refused.
#[derive(Debug, Default)]
pub struct Counts {
    pub kept: usize,
    pub refused: Vec<(String, Refused)>,
}

pub async fn run(args: &Args, kind: &str, files: &[&str]) -> Result<()> {
    args.known(&["name", "dated", "attribution", "kind"])?;
    let house = House::open(args.config()?).await?;
    let label = Label {
        name: args.flag("name").unwrap_or(kind).to_owned(),
        dated: args.flag("dated").unwrap_or("date not given").to_owned(),
        attribution: args.flag("attribution").unwrap_or_default().to_owned(),
        demonstration: false,
    };
    let files: Vec<PathBuf> = files.iter().map(PathBuf::from).collect();
    let counts = import(&house, kind, args.flag("kind"), &files, label, true).await?;
    tell(&counts);
    Ok(())
}

/// What was kept and refused, for who imports.
pub(super) fn tell(counts: &Counts) {
    println!("kept {}, refused {}", counts.kept, counts.refused.len());
    for (file, refused) in counts.refused.iter().take(SHOWN) {
        println!("  {file}: {refused}");
    }
    if counts.refused.len() > SHOWN {
        println!("  … and {} more", counts.refused.len() - SHOWN);
    }
}

/// Imports files of one kind as one data set, in force once all of them are in.
pub async fn import(
    house: &House,
    kind: &str,
    area_kind: Option<&str>,
    files: &[PathBuf],
    label: Label,
    progress: bool,
) -> Result<Counts> {
    match kind {
        "boundaries" => {
            let kind = area_kind.unwrap_or("district");
            areas(house, &format!("boundaries-{kind}"), kind, files, label).await
        }
        // Drawn where no base map is, and never asked who answers: no boundary.
        "land" => areas(house, "land", "land", files, label).await,
        "postcodes" => postcodes(house, files, label, progress).await,
        "places" => places_of(house, files, label, progress).await,
        "basemap" => basemap(house, files, label).await,
        other => bail!(
            "`{other}` cannot be imported: expected boundaries, postcodes, places, land, basemap, layer, asset, neighbourhoods, premises, rounds, collections or slots"
        ),
    }
}

pub(super) fn name_of(path: &Path) -> String {
    path.file_name().unwrap_or_default().to_string_lossy().into_owned()
}

async fn areas(house: &House, set: &str, kind: &str, files: &[PathBuf], label: Label) -> Result<Counts> {
    let naming = Naming { kind: kind.to_owned(), set: label.edition(), ..Naming::default() };
    let (read, counts) = read_areas(files, &naming)?;
    if read.is_empty() {
        bail!("no area was found; nothing was changed");
    }
    keep_areas(house, set, read, &label, &counts).await?;
    Ok(counts)
}

/// The areas of all files, and what was refused.
pub(super) fn read_areas(files: &[PathBuf], naming: &Naming) -> Result<(Vec<Area>, Counts)> {
    let mut counts = Counts::default();
    let mut areas: Vec<Area> = Vec::new();
    for path in files {
        let bytes = fs::read(path).with_context(|| format!("cannot read {}", path.display()))?;
        let is_kml = path.extension().is_some_and(|e| e.eq_ignore_ascii_case("kml"));
        let read = if is_kml { boundary::read_kml(&bytes, naming) } else { boundary::read_geojson(&bytes, naming) };
        let read = read.with_context(|| format!("{}", path.display()))?;
        counts.refused.extend(read.refused.into_iter().map(|refused| (name_of(path), refused)));
        for area in read.areas {
            if areas.iter().any(|known| known.code == area.code) {
                bail!("{}: the code {} comes twice; nothing was changed", path.display(), area.code);
            }
            areas.push(area);
        }
    }
    counts.kept = areas.len();
    Ok((areas, counts))
}

/// Puts areas in force as one data set, in place of those before.
pub(super) async fn keep_areas(
    house: &House,
    set: &str,
    areas: Vec<Area>,
    label: &Label,
    counts: &Counts,
) -> Result<()> {
    let set = set_of(house, set, label, counts);
    house
        .db
        .write(move |tx| {
            let load = data_set::next_load(tx)?;
            for found in &areas {
                let row = area::Area {
                    kind: found.kind.clone(),
                    code: found.code.clone(),
                    name: found.name.clone(),
                    dated: found.set.clone(),
                    geometry: found.geometry(),
                };
                area::insert(tx, load, &row)?;
            }
            data_set::put_in_force(tx, &DataSet { load, ..set.clone() })?;
            area::sweep(tx)
        })
        .await?;
    Ok(())
}

pub(super) fn set_of(house: &House, kind: &str, label: &Label, counts: &Counts) -> DataSet {
    DataSet {
        kind: kind.to_owned(),
        load: 0,
        name: label.name.clone(),
        dated: label.dated.clone(),
        attribution: label.attribution.clone(),
        rows_kept: counts.kept as i64,
        rows_refused: counts.refused.len() as i64,
        demonstration: label.demonstration,
        imported_at: house.clock.now(),
    }
}

async fn postcodes(house: &House, files: &[PathBuf], label: Label, progress: bool) -> Result<Counts> {
    let mut counts = Counts::default();
    let load = house.db.write(data_set::next_load).await?;
    for path in files {
        let open = || File::open(path).map(BufReader::new).with_context(|| format!("cannot read {}", path.display()));
        let row = |code: String, point: Point| Postcode { postcode: code, lat: point.lat, lon: point.lon };
        let rows: Box<dyn Iterator<Item = Result<Postcode, Refused>>> = if holds_outwards(open()?)? {
            let rows = gazetteer::read_outwards(open()?).with_context(|| format!("{}", path.display()))?;
            Box::new(rows.map(move |read| read.map(|(code, point)| row(code, point))))
        } else if let Ok(rows) = postcode::with_header(open()?) {
            Box::new(rows.map(move |read| read.map(|found| row(found.postcode.to_string(), found.point))))
        } else {
            // Without a header it is Code-Point Open.
            Box::new(
                postcode::code_point(open()?)
                    .map(move |read| read.map(|found| row(found.postcode.to_string(), found.point))),
            )
        };
        let mut chunk = Vec::with_capacity(CHUNK);
        for row in rows {
            match row {
                Ok(row) => chunk.push(row),
                Err(refused) => counts.refused.push((name_of(path), refused)),
            }
            if chunk.len() == CHUNK {
                counts.kept += keep_postcodes(house, load, std::mem::take(&mut chunk)).await?;
                said(progress, counts.kept);
            }
        }
        counts.kept += keep_postcodes(house, load, chunk).await?;
    }
    finish(house, "postcodes", load, &label, &counts).await?;
    Ok(counts)
}

/// Whether the header names the first halves of postcodes instead of whole ones.
fn holds_outwards(from: impl BufRead) -> Result<bool> {
    let header = from.lines().map_while(Result::ok).find(|line| !line.starts_with('#')).unwrap_or_default();
    let mut columns = header.split(',').map(|column| column.trim().to_lowercase());
    Ok(columns.any(|column| column == "outward" || column == "outcode"))
}

async fn keep_postcodes(house: &House, load: i64, rows: Vec<Postcode>) -> Result<usize> {
    let n = rows.len();
    house
        .db
        .write(move |tx| rows.iter().try_for_each(|row| place::insert_postcode(tx, load, row)))
        .await
        .map(|()| n)
        .context("cannot keep the postcodes")
}

async fn places_of(house: &House, files: &[PathBuf], label: Label, progress: bool) -> Result<Counts> {
    let mut counts = Counts::default();
    let load = house.db.write(data_set::next_load).await?;
    let mut n = 0;
    for path in files {
        let bytes = fs::read(path).with_context(|| format!("cannot read {}", path.display()))?;
        let is_geojson = path.extension().is_some_and(|e| e == "geojson" || e == "json");
        let read: Vec<_> = if is_geojson {
            gazetteer::read_places_geojson(&bytes).with_context(|| format!("{}", path.display()))?
        } else {
            gazetteer::read_places(bytes.as_slice()).with_context(|| format!("{}", path.display()))?.collect()
        };
        let mut chunk = Vec::with_capacity(CHUNK);
        for row in read {
            match row {
                Ok(row) => {
                    n += 1;
                    chunk.push((
                        n,
                        Place {
                            name: row.name,
                            kind: row.kind,
                            within: row.within.unwrap_or_default(),
                            lat: row.point.lat,
                            lon: row.point.lon,
                        },
                    ));
                }
                Err(refused) => counts.refused.push((name_of(path), refused)),
            }
            if chunk.len() == CHUNK {
                counts.kept += keep_places(house, load, std::mem::take(&mut chunk)).await?;
                said(progress, counts.kept);
            }
        }
        counts.kept += keep_places(house, load, chunk).await?;
    }
    finish(house, "places", load, &label, &counts).await?;
    Ok(counts)
}

async fn keep_places(house: &House, load: i64, rows: Vec<(i64, Place)>) -> Result<usize> {
    let kept = rows.len();
    house
        .db
        .write(move |tx| rows.iter().try_for_each(|(n, row)| place::insert(tx, load, *n, row)))
        .await
        .map(|()| kept)
        .context("cannot keep the places")
}

/// Puts the load in force; the rows of the one before go.
async fn finish(house: &House, kind: &str, load: i64, label: &Label, counts: &Counts) -> Result<()> {
    if counts.kept == 0 {
        house.db.write(place::sweep).await?;
        bail!("no row could be kept; nothing was changed");
    }
    let set = DataSet { load, ..set_of(house, kind, label, counts) };
    house
        .db
        .write(move |tx| {
            data_set::put_in_force(tx, &set)?;
            place::sweep(tx)
        })
        .await?;
    Ok(())
}

/// A base map is copied whole under a name of its own, on disk before it is in force.
async fn basemap(house: &House, files: &[PathBuf], label: Label) -> Result<Counts> {
    let [path] = files else { bail!("one base map at a time") };
    web::tile::Archive::new_with_path(path)
        .await
        .with_context(|| format!("{} is not a PMTiles archive", path.display()))?;
    let load = house.db.write(data_set::next_load).await?;
    let to = basemap_path(house, load);
    fs::create_dir_all(&house.config.data.dir)?;
    fs::copy(path, &to).with_context(|| format!("cannot copy to {}", to.display()))?;
    File::open(&to)?.sync_all()?;
    let counts = Counts { kept: 1, ..Counts::default() };
    let set = DataSet { load, ..set_of(house, "basemap", &label, &counts) };
    house.db.write(move |tx| data_set::put_in_force(tx, &set)).await?;
    Ok(counts)
}

fn said(progress: bool, kept: usize) {
    if progress && kept.is_multiple_of(CHUNK * 10) {
        eprintln!("  {kept} rows");
    }
}
