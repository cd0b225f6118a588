//! `moothall import neighbourhoods`: teams as data.police.uk tells them, with a report of what was read, kept and refused.
//! What staff wrote stays in the history, and the report names it. A broken file changes nothing.

use crate::{
    Args,
    house::{House, counted},
};
use anyhow::{Context, Result, bail};
use casework::neighbourhood::{
    self, Taken,
    read::{self, Told},
};
use rights::Actor;
use std::{collections::BTreeSet, fs, path::PathBuf};
use store::data_set::{self, DataSet};

const IMPORT: Actor = Actor::House("import");

/// What became of each team, by its code.
#[derive(Debug, Default)]
pub struct Report {
    pub taken: Vec<(String, Taken)>,
    /// File, team and why.
    pub refused: Vec<(String, String, String)>,
    /// Teams in force that no file names. They stay.
    pub unnamed: Vec<String>,
}

pub async fn run(args: &Args, files: &[&str]) -> Result<()> {
    args.known(&["name", "dated", "attribution", "agency"])?;
    let house = House::open(args.config()?).await?;
    let agency = args.flag("agency").context("--agency says whose teams these are")?;
    let Some(known) = house.setting.catalogue.agency(agency) else { bail!("there is no agency `{agency}`") };
    if known.neighbourhoods.is_none() {
        bail!("agencies/{agency}.toml has no [neighbourhoods]: it has no pages for teams");
    }
    let set = DataSet {
        kind: format!("neighbourhoods-{agency}"),
        load: 0,
        name: args.flag("name").map_or_else(|| format!("Neighbourhood teams of {}", known.name), str::to_owned),
        dated: args.flag("dated").unwrap_or("date not given").to_owned(),
        attribution: args.flag("attribution").unwrap_or_default().to_owned(),
        rows_kept: 0,
        rows_refused: 0,
        demonstration: false,
        imported_at: house.clock.now(),
    };
    let files: Vec<PathBuf> = files.iter().map(PathBuf::from).collect();
    print(&import(&house, agency, &files, set).await?);
    Ok(())
}

/// Reads every file first; then all teams come into force at once.
async fn import(house: &House, agency: &str, files: &[PathBuf], set: DataSet) -> Result<Report> {
    let mut report = Report::default();
    let mut teams: Vec<(String, Told)> = Vec::new();
    for path in files {
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let bytes = fs::read(path).with_context(|| format!("cannot read {}", path.display()))?;
        let read = read::file(&bytes).map_err(|why| anyhow::anyhow!("{}: {why}", path.display()))?;
        report.refused.extend(read.refused.into_iter().map(|(team, why)| (name.clone(), team, why)));
        for told in read.teams {
            match teams.iter().find(|(_, known)| known.code == told.code) {
                Some((other, _)) => report.refused.push((name.clone(), told.code, format!("{other} has it too"))),
                None => teams.push((name.clone(), told)),
            }
        }
    }
    if teams.is_empty() {
        let why: Vec<String> = report.refused.iter().map(line).collect();
        bail!("no team could be kept; nothing was changed\n{}", why.join("\n"));
    }
    let set = DataSet { rows_kept: teams.len() as i64, rows_refused: report.refused.len() as i64, ..set };
    let (agency, draw) = (agency.to_owned(), house.draw());
    let (taken, unnamed) = house
        .db
        .write(move |tx| -> casework::Result<_> {
            let mut draw = draw.clone();
            let named: BTreeSet<&str> = teams.iter().map(|(_, told)| told.code.as_str()).collect();
            let before = neighbourhood::list(tx, &agency)?.into_iter().map(|team| team.code);
            let unnamed: Vec<String> = before.filter(|code| !named.contains(code.as_str())).collect();
            let mut taken = Vec::new();
            for (file, told) in &teams {
                let source = format!("{}, {} ({file})", set.name, set.dated);
                let became = neighbourhood::take(&IMPORT, tx, &mut draw, &agency, told, &source)?;
                taken.push((told.code.clone(), became));
            }
            let load = data_set::next_load(tx)?;
            data_set::put_in_force(tx, &DataSet { load, ..set.clone() })?;
            Ok((taken, unnamed))
        })
        .await?;
    Ok(Report { taken, unnamed, ..report })
}

fn line((file, team, why): &(String, String, String)) -> String {
    format!("  {file}: {team}: {why}")
}

fn print(report: &Report) {
    let count = |what: Taken| report.taken.iter().filter(|(_, taken)| *taken == what).count();
    println!(
        "{}: {} new, {} changed, {} as before",
        counted(report.taken.len(), "team"),
        count(Taken::New),
        count(Taken::Changed) + count(Taken::OverStaff),
        count(Taken::Same)
    );
    for (code, _) in report.taken.iter().filter(|(_, taken)| *taken == Taken::OverStaff) {
        println!("  {code}: staff had written this page; theirs is in its history, the file’s is in force");
    }
    if !report.unnamed.is_empty() {
        println!("not in the files, and left as they are: {}", report.unnamed.join(", "));
    }
    if !report.refused.is_empty() {
        println!("refused or left out:");
        report.refused.iter().for_each(|refused| println!("{}", line(refused)));
    }
}
