//! `moothall import layer`: land on the map that decides who gets a report (C-4), from GeoJSON. A layer is one that the agency's
//! file names; its outlines take the place of those before as one data set.

use super::import::{self, Counts, Label, tell};
use crate::{Args, house::House};
use anyhow::{Context, Result, bail};
use casework::geography::layer;
use places::boundary::Naming;
use std::path::PathBuf;

/// Whose layer, and which.
#[derive(Clone, Debug)]
pub struct Whose {
    pub agency: String,
    pub layer: String,
}

pub async fn run(args: &Args, files: &[&str]) -> Result<()> {
    let (house, whose, label, dry) = asked(args).await?;
    let files: Vec<PathBuf> = files.iter().map(PathBuf::from).collect();
    done(&import(&house, &files, &whose, label, dry).await?, dry);
    Ok(())
}

/// What the command line says. What people are told rests on the map, so its date and source must be there.
pub(super) async fn asked(args: &Args) -> Result<(House, Whose, Label, bool)> {
    args.known(&["name", "dated", "attribution", "agency", "layer", "dry-run"])?;
    let house = House::open(args.config()?).await?;
    let agency = args.flag("agency").context("--agency says whose it is")?.to_owned();
    let layer = args.flag("layer").context("--layer says which one it is")?.to_owned();
    let whose = Whose { agency, layer };
    let label = Label {
        name: args.flag("name").map_or_else(|| named(&house, &whose), |name| Ok(name.to_owned()))?,
        dated: args.flag("dated").context("--dated says what date the map is of")?.to_owned(),
        attribution: args.flag("attribution").context("--attribution says where the map comes from")?.to_owned(),
        demonstration: false,
    };
    Ok((house, whose, label, args.flag("dry-run").is_some()))
}

pub(super) fn done(counts: &Counts, dry: bool) {
    tell(counts);
    if dry {
        println!("nothing was changed: this was a dry run");
    }
}

/// What the agency's file calls it.
pub(super) fn named(house: &House, whose: &Whose) -> Result<String> {
    let agency = house.setting.catalogue.agency(&whose.agency);
    let agency = agency.with_context(|| format!("there is no agency `{}`", whose.agency))?;
    match agency.layers.iter().find(|layer| layer.id == whose.layer) {
        Some(layer) => Ok(layer.name.clone()),
        None => {
            let known: Vec<&str> = agency.layers.iter().map(|layer| layer.id.as_str()).collect();
            let file = &agency.file;
            bail!("{file} names no layer `{}`; it names: {}", whose.layer, known.join(", "))
        }
    }
}

/// Imports the outlines of one layer. An outline that crosses itself is refused, and the others are kept.
pub async fn import(house: &House, files: &[PathBuf], whose: &Whose, label: Label, dry: bool) -> Result<Counts> {
    named(house, whose)?;
    if let Some(other) = files.iter().find(|file| file.extension().is_some_and(|e| e.eq_ignore_ascii_case("kml"))) {
        bail!("{}: a layer is read from GeoJSON", other.display());
    }
    let set = layer::set(&whose.agency, &whose.layer);
    let naming = Naming { kind: set.clone(), set: label.edition(), uncrossed: true, ..Naming::default() };
    let (areas, counts) = import::read_areas(files, &naming)?;
    if areas.is_empty() {
        import::tell(&counts);
        bail!("no area could be kept; nothing was changed");
    }
    if !dry {
        import::keep_areas(house, &set, areas, &label, &counts).await?;
    }
    Ok(counts)
}
