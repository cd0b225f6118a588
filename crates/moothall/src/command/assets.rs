//! `moothall import asset`: things that stand on the map (C-4, C-6), from GeoJSON points, as one data set of an agency's layer.

use super::{
    import::{self, Counts, Label},
    layers::{self, Whose},
};
use crate::{Args, house::House};
use anyhow::{Context, Result, bail};
use casework::asset as things;
use places::asset::read_assets;
use serde_json::{Value as Json, json};
use std::{fs, path::PathBuf};
use store::{
    asset::{self, Asset},
    data_set::{self, DataSet},
};

/// Rows of one write job: about 5 ms of work, so that a server beside it goes on answering.
const CHUNK: usize = 500;

pub async fn run(args: &Args, files: &[&str]) -> Result<()> {
    let (house, whose, label, dry) = layers::asked(args).await?;
    let files: Vec<PathBuf> = files.iter().map(PathBuf::from).collect();
    layers::done(&import(&house, &files, &whose, label, dry).await?, dry);
    Ok(())
}

/// In force once all of them are in.
pub async fn import(house: &House, files: &[PathBuf], whose: &Whose, label: Label, dry: bool) -> Result<Counts> {
    layers::named(house, whose)?;
    let (mut counts, mut rows) = (Counts::default(), Vec::new());
    for path in files {
        let bytes = fs::read(path).with_context(|| format!("cannot read {}", path.display()))?;
        for row in read_assets(&bytes).with_context(|| format!("{}", path.display()))? {
            match row {
                Ok(row) => rows.push(Asset {
                    code: row.code,
                    number: row.number,
                    kind: row.kind,
                    about: Json::Object(row.about.into_iter().map(|(key, value)| (key, json!(value))).collect()),
                    lat: row.point.lat,
                    lon: row.point.lon,
                }),
                Err(refused) => counts.refused.push((import::name_of(path), refused)),
            }
        }
    }
    counts.kept = rows.len();
    if rows.is_empty() {
        import::tell(&counts);
        bail!("nothing could be kept; nothing was changed");
    }
    if dry {
        return Ok(counts);
    }
    let load = house.db.write(data_set::next_load).await?;
    for chunk in rows.chunks(CHUNK) {
        let chunk = chunk.to_vec();
        house.db.write(move |tx| chunk.iter().try_for_each(|row| asset::insert(tx, load, row))).await?;
    }
    let set = DataSet { load, ..import::set_of(house, &things::set(&whose.agency, &whose.layer), &label, &counts) };
    house
        .db
        .write(move |tx| {
            data_set::put_in_force(tx, &set)?;
            asset::sweep(tx)
        })
        .await?;
    Ok(counts)
}
