//! `moothall import premises|rounds|collections`: homes, rounds and what crews recorded, from CSV (docs/operate.md). Rows come
//! as a stream; one that is broken is named and kept aside, and a broken file changes nothing.

use super::import::Label;
use crate::{Args, house::House};
use anyhow::{Context, Result, bail};
use catalogue::Bins;
use collection::rows::{self, Aside, Broken, Collected, Premises, RoundRow};
use jiff::{Timestamp, civil::Date};
use places::{Refused, working_days::london_day};
use std::{
    collections::BTreeSet,
    fs::{self, File},
    io::{BufReader, BufWriter, Write},
    path::{Path, PathBuf},
};
use store::{
    Time, Tx, collection as log,
    data_set::{self, DataSet},
    premises,
    round::{self, RoundDay},
};

pub const KINDS: [&str; 3] = ["premises", "rounds", "collections"];

/// Rows of one write job: about 5 ms of work, so that a server beside it goes on answering.
const CHUNK: usize = 500;
/// Refusals shown by line; all of them stand in the file beside the data.
const SHOWN: usize = 10;

/// Whose the data are, and what they are called.
#[derive(Clone)]
pub struct Whose {
    pub agency: String,
    pub label: Label,
}

#[derive(Debug, Default)]
pub struct Counts {
    pub kept: usize,
    /// File and refusal.
    pub refused: Vec<(String, Refused)>,
    /// Where the refused rows stand.
    pub aside: Option<PathBuf>,
}

pub async fn run(args: &Args, kind: &str, files: &[&str]) -> Result<()> {
    args.known(&["name", "dated", "attribution", "agency"])?;
    let house = House::open(args.config()?).await?;
    let agency = args.flag("agency").context("--agency says whose these are")?.to_owned();
    let Some(known) = house.setting.catalogue.agency(&agency) else { bail!("there is no agency `{agency}`") };
    let label = Label {
        name: args.flag("name").map_or_else(|| format!("Bin {kind} of {}", known.name), str::to_owned),
        dated: args.flag("dated").unwrap_or("date not given").to_owned(),
        attribution: args.flag("attribution").unwrap_or_default().to_owned(),
        demonstration: false,
    };
    let files: Vec<PathBuf> = files.iter().map(PathBuf::from).collect();
    let counts = import(&house, kind, &files, &Whose { agency, label }, true).await?;
    println!("kept {}, refused {}", counts.kept, counts.refused.len());
    for (file, refused) in counts.refused.iter().take(SHOWN) {
        println!("  {file}: {refused}");
    }
    if counts.refused.len() > SHOWN {
        println!("  … and {} more", counts.refused.len() - SHOWN);
    }
    if let Some(aside) = counts.aside {
        println!("the refused rows stand in {}", aside.display());
    }
    Ok(())
}

/// Imports files of one kind as one data set, in force once all of them are in.
pub async fn import(house: &House, kind: &str, files: &[PathBuf], whose: &Whose, progress: bool) -> Result<Counts> {
    let agency = house.setting.catalogue.agency(&whose.agency).cloned();
    let Some(bins) = agency.and_then(|agency| agency.bins) else {
        bail!("agencies/{}.toml has no [bins]: it has no pages of bin days", whose.agency);
    };
    let now = house.clock.now();
    // Days without a year are looked for near the date of the data, where that is one.
    let today = london_day(Timestamp::from_microsecond(now.micros()).unwrap_or_default());
    let near: Date = whose.label.dated.parse().unwrap_or(today);
    let load = house.db.write(data_set::next_load).await?;
    let mut task = Task { house, load, counts: Counts::default(), aside: Vec::new(), progress };
    let done = match kind {
        "premises" => task.premises(files, &whose.agency).await,
        "rounds" => task.rounds(files, &bins, near).await,
        "collections" => task.collections(files, &whose.agency, near).await,
        other => bail!("`{other}` cannot be imported: expected {}", KINDS.join(", ")),
    };
    let done = match done {
        Ok(()) if task.counts.kept == 0 => Err(anyhow::anyhow!("no row could be kept; nothing was changed")),
        done => done,
    };
    task.keep_aside(kind)?;
    let Task { counts, .. } = task;
    if let Err(why) = done {
        house.db.write(sweep).await?;
        let first = counts.refused.iter().take(SHOWN).map(|(file, refused)| format!("\n  {file}: {refused}"));
        return Err(why.context(format!("nothing was changed{}", first.collect::<String>())));
    }
    let set = DataSet {
        kind: format!("{kind}-{}", whose.agency),
        load,
        name: whose.label.name.clone(),
        dated: whose.label.dated.clone(),
        attribution: whose.label.attribution.clone(),
        rows_kept: counts.kept as i64,
        rows_refused: counts.refused.len() as i64,
        demonstration: whose.label.demonstration,
        imported_at: now,
    };
    house
        .db
        .write(move |tx| {
            data_set::put_in_force(tx, &set)?;
            sweep(tx)
        })
        .await?;
    Ok(counts)
}

fn sweep(tx: &mut Tx) -> store::Result<u64> {
    Ok(premises::sweep(tx)? + round::sweep(tx)?)
}

struct Task<'h> {
    house: &'h House,
    load: i64,
    counts: Counts,
    /// Refused rows, behind their line and reason.
    aside: Vec<Vec<String>>,
    progress: bool,
}

fn name_of(path: &Path) -> String {
    path.file_name().unwrap_or_default().to_string_lossy().into_owned()
}

fn open(path: &Path) -> Result<BufReader<File>> {
    File::open(path).map(BufReader::new).with_context(|| format!("cannot read {}", path.display()))
}

fn whole<T>(read: Result<T, Broken>, path: &Path) -> Result<T> {
    read.with_context(|| path.display().to_string())
}

impl Task<'_> {
    /// Names a row and keeps it aside; a file that cannot be read on ends the import.
    fn refuse(&mut self, file: &Path, aside: Aside) -> Result<()> {
        if aside.fatal {
            bail!("{}: {}", file.display(), aside.refused);
        }
        let Aside { refused, row, .. } = aside;
        self.aside
            .push([name_of(file), refused.line.to_string(), refused.reason.clone()].into_iter().chain(row).collect());
        self.counts.refused.push((name_of(file), refused));
        Ok(())
    }

    /// Writes what was gathered, and says how far it is.
    async fn write<T: Clone + Send + 'static>(
        &mut self,
        rows: Vec<T>,
        keep: impl Fn(&mut Tx, &T) -> store::Result<()> + Send + 'static,
    ) -> Result<()> {
        self.counts.kept += rows.len();
        self.house.db.write(move |tx| rows.iter().try_for_each(|row| keep(tx, row))).await?;
        if self.progress && self.counts.kept.is_multiple_of(CHUNK * 20) {
            eprintln!("  {} rows", self.counts.kept);
        }
        Ok(())
    }

    async fn premises(&mut self, files: &[PathBuf], agency: &str) -> Result<()> {
        for path in files {
            let mut chunk = Vec::with_capacity(CHUNK);
            for row in whole(rows::premises(open(path)?), path)? {
                match row {
                    Ok(row) => chunk.push(home(row, self.load, agency)),
                    Err(aside) => self.refuse(path, aside)?,
                }
                if chunk.len() == CHUNK {
                    self.write(std::mem::take(&mut chunk), |tx, (row, rounds)| premises::insert(tx, row, rounds))
                        .await?;
                }
            }
            self.write(chunk, |tx, (row, rounds)| premises::insert(tx, row, rounds)).await?;
        }
        Ok(())
    }

    async fn rounds(&mut self, files: &[PathBuf], bins: &Bins, near: Date) -> Result<()> {
        let (mut told, mut changed) = (BTreeSet::new(), BTreeSet::new());
        let load = self.load;
        for path in files {
            let mut chunk = Vec::with_capacity(CHUNK);
            for row in whole(rows::rounds(open(path)?, near), path)? {
                let row = match row.map(|row| known(row, bins)) {
                    Ok(Ok(row)) => row,
                    Ok(Err(aside)) | Err(aside) => {
                        self.refuse(path, aside)?;
                        continue;
                    }
                };
                if row.head.is_some() {
                    told.insert(row.code.clone())
                } else {
                    changed.insert(row.code.clone())
                };
                chunk.push(row);
                if chunk.len() == CHUNK {
                    self.write(std::mem::take(&mut chunk), move |tx, row| keep_round(tx, load, row)).await?;
                }
            }
            self.write(chunk, move |tx, row| keep_round(tx, load, row)).await?;
        }
        for code in changed.difference(&told) {
            let refused = Refused { line: 0, reason: format!("round `{code}` has days and no service") };
            self.counts.refused.push(("all files".to_owned(), refused));
        }
        Ok(())
    }

    /// The log is no load: all files are read to their end before the first row is kept.
    async fn collections(&mut self, files: &[PathBuf], agency: &str, near: Date) -> Result<()> {
        for path in files {
            for row in whole(rows::collected(open(path)?, near), path)? {
                if let Err(aside) = row {
                    self.refuse(path, aside)?;
                }
            }
        }
        for path in files {
            let mut chunk = Vec::with_capacity(CHUNK);
            for row in whole(rows::collected(open(path)?, near), path)?.flatten() {
                chunk.push(recorded(row, agency));
                if chunk.len() == CHUNK {
                    self.write(std::mem::take(&mut chunk), log::keep).await?;
                }
            }
            self.write(chunk, log::keep).await?;
        }
        Ok(())
    }

    /// Writes the refused rows beside the data: file, line, reason, and the row as it stood.
    fn keep_aside(&mut self, kind: &str) -> Result<()> {
        if self.aside.is_empty() {
            return Ok(());
        }
        let folder = self.house.config.data.dir.join("aside");
        fs::create_dir_all(&folder)?;
        let path = folder.join(format!("{kind}-{}.csv", self.load));
        let mut out = BufWriter::new(File::create(&path).with_context(|| format!("cannot write {}", path.display()))?);
        writeln!(out, "file,line,reason,row")?;
        for row in &self.aside {
            let cells: Vec<String> = row.iter().map(|cell| format!("\"{}\"", cell.replace('"', "\"\""))).collect();
            writeln!(out, "{}", cells.join(","))?;
        }
        out.flush()?;
        self.counts.aside = Some(path);
        Ok(())
    }
}

fn home(row: Premises, load: i64, agency: &str) -> (premises::Premises, Vec<String>) {
    let home = premises::Premises {
        folded: collection::folded(&row.address),
        uprn: row.uprn,
        load,
        agency: agency.to_owned(),
        address: row.address,
        postcode: row.postcode.to_string(),
        lat: row.point.map(|point| point.lat),
        lon: row.point.map(|point| point.lon),
    };
    (home, row.rounds)
}

/// A round of what the agency collects, in what it has a word for.
fn known(row: RoundRow, bins: &Bins) -> Result<RoundRow, Aside> {
    let Some(head) = &row.head else { return Ok(row) };
    let what = match (bins.kind(&head.kind), bins.container(&head.kind, &head.container)) {
        (Some(_), Some(_)) => return Ok(row),
        (None, _) => format!("service `{}`", head.kind),
        (_, None) => format!("container `{}`", head.container),
    };
    let reason = format!("round `{}`: {what} is not in [bins] of the agency", row.code);
    Err(Aside { refused: Refused { line: 0, reason }, row: vec![row.code], fatal: false })
}

fn keep_round(tx: &mut Tx, load: i64, row: &RoundRow) -> store::Result<()> {
    let text = |day: Option<Date>| day.map(|day| day.to_string());
    if let Some(head) = &row.head {
        let kept = round::Round {
            load,
            code: row.code.clone(),
            kind: head.kind.clone(),
            container: head.container.clone(),
            put_out: head.put_out.clone(),
            every_weeks: i64::from(head.every_weeks),
            first_day: text(head.first),
            last_day: text(head.last),
        };
        round::insert(tx, &kept)?;
    }
    if let Some(change) = &row.change {
        let day = RoundDay {
            instead_of: text(change.instead_of).unwrap_or_default(),
            day: text(change.day).unwrap_or_default(),
            why: change.why.clone(),
        };
        round::insert_day(tx, load, &row.code, &day)?;
    }
    Ok(())
}

fn recorded(row: Collected, agency: &str) -> log::Collection {
    log::Collection {
        agency: agency.to_owned(),
        code: row.round,
        planned: row.planned.to_string(),
        uprn: row.uprn.unwrap_or_default(),
        outcome: row.outcome,
        reason: row.reason,
        at: Time(row.at.as_microsecond()),
    }
}
