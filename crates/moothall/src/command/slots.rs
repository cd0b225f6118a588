//! `moothall import slots`: how many bookings a crew takes on a day, from CSV (docs/operate.md). A day that comes again replaces what
//! was said of it; a file with a row that cannot be read changes nothing.

use crate::{Args, house::House};
use anyhow::{Context, Result, bail};
use collection::rows::{self, Slot};
use jiff::Timestamp;
use places::working_days::london_day;
use std::{fs::File, io::BufReader};
use store::booking;

pub async fn run(args: &Args, files: &[&str]) -> Result<()> {
    args.known(&["agency"])?;
    let house = House::open(args.config()?).await?;
    let agency = args.flag("agency").context("--agency says whose these are")?.to_owned();
    let kept = import(&house, &agency, files).await?;
    println!("kept {kept}");
    Ok(())
}

/// Keeps the rows of all files, or of none.
pub async fn import(house: &House, agency: &str, files: &[&str]) -> Result<usize> {
    let Some(known) = house.setting.catalogue.agency(agency) else { bail!("there is no agency `{agency}`") };
    let today = london_day(Timestamp::from_microsecond(house.clock.now().micros()).unwrap_or_default());
    let mut slots: Vec<Slot> = Vec::new();
    for file in files {
        let from = BufReader::new(File::open(file).with_context(|| format!("cannot read {file}"))?);
        for row in rows::slots(from, today).with_context(|| (*file).to_owned())? {
            match row {
                Ok(slot) if known.booking(&slot.service).is_none() => {
                    bail!("{file}: agencies/{agency}.toml has no booking for `{}`", slot.service)
                }
                Ok(slot) => slots.push(slot),
                Err(aside) => bail!("{file}: {}; nothing was changed", aside.refused),
            }
        }
    }
    let (kept, agency) = (slots.len(), agency.to_owned());
    let keep = move |tx: &mut store::Tx| {
        slots.iter().try_for_each(|slot| {
            booking::give_day(tx, &agency, &slot.service, &slot.day.to_string(), i64::from(slot.places))
        })
    };
    house.db.write(keep).await?;
    Ok(kept)
}
