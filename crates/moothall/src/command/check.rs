//! `moothall check`: every fault of every definition, with file, line and reason. `moothall lock`: the published hashes.

use crate::{Args, house};
use anyhow::Result;

pub fn run(args: &Args) -> Result<()> {
    args.known(&[])?;
    let catalogue = house::definitions(&args.config()?.definitions.dir)?;
    let (services, agencies) = (catalogue.services().len(), catalogue.agencies().len());
    println!("{} and {} are sound", house::counted(services, "service"), plural(agencies));
    Ok(())
}

fn plural(n: usize) -> String {
    if n == 1 { "1 agency".to_owned() } else { format!("{n} agencies") }
}

pub fn lock(args: &Args) -> Result<()> {
    args.known(&[])?;
    let dir = args.config()?.definitions.dir;
    let sources: Vec<_> =
        house::sources(&dir)?.into_iter().filter(|source| !source.path.ends_with("published.lock")).collect();
    let catalogue = catalogue::load(&sources).map_err(|faults| {
        let lines: Vec<_> = faults.iter().map(|f| format!("  {}:{}: {}", f.file, f.line, f.reason)).collect();
        anyhow::anyhow!("faults in the definitions:\n{}", lines.join("\n"))
    })?;
    let services: Vec<_> = catalogue.services().iter().map(|service| (**service).clone()).collect();
    std::fs::write(dir.join("services/published.lock"), catalogue::lock(&services))?;
    println!("wrote services/published.lock");
    Ok(())
}
