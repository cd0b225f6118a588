//! `moothall check`: every fault of every definition, with file, line and reason. `moothall lock`: the published hashes.

use crate::{Args, house};
use anyhow::{Result, bail};

pub fn run(args: &Args) -> Result<()> {
    args.known(&[])?;
    let catalogue = house::definitions(&args.config()?.definitions.dir)?;
    for stale in catalogue.stale() {
        println!("warning: {stale}");
    }
    if !catalogue.untold().is_empty() {
        let faults: Vec<String> = catalogue.untold().iter().map(ToString::to_string).collect();
        bail!("faults in translations, so people get English:\n{}", faults.join("\n"));
    }
    let (services, agencies) = (catalogue.services().len(), catalogue.agencies().len());
    println!("{} and {} are sound", house::counted(services, "service"), plural(agencies));
    Ok(())
}

fn plural(n: usize) -> String {
    if n == 1 { "1 agency".to_owned() } else { format!("{n} agencies") }
}

/// Adds what is new to the lock. Changed content under a published version is a fault and stops it.
pub fn lock(args: &Args) -> Result<()> {
    args.known(&[])?;
    let dir = args.config()?.definitions.dir;
    let catalogue = house::definitions(&dir)?;
    let services: Vec<_> = catalogue.services().iter().map(|service| (**service).clone()).collect();
    std::fs::write(dir.join("services/published.lock"), catalogue::lock(&services))?;
    println!("wrote services/published.lock");
    Ok(())
}

/// Prints the JSON Schema of `service.toml`, for editors.
pub fn schema(args: &Args) -> Result<()> {
    args.known(&[])?;
    println!("{:#}", catalogue::schema());
    Ok(())
}
