//! `cargo run -p xtask` runs every tidy rule; `cargo run -p xtask -- NAME…` only those named. With `MOOTHALL_WRITE=1`,
//! rules that hold pages made from the definitions (`report-types`, `reading`) write them.

use std::process::ExitCode;

use xtask::{repository::Repository, rules};

fn main() -> anyhow::Result<ExitCode> {
    let wanted: Vec<String> = std::env::args().skip(1).collect();
    if let Some(unknown) = wanted.iter().find(|name| rules::named(name).is_none()) {
        let names: Vec<_> = rules::ALL.iter().map(|rule| rule.name).collect();
        anyhow::bail!("no rule is named {unknown}; there are: {}", names.join(", "));
    }
    let repository = Repository::read(Repository::root())?;
    let mut faults = 0;
    for rule in rules::ALL.iter().filter(|rule| wanted.is_empty() || wanted.iter().any(|name| name == rule.name)) {
        let found = rules::run(rule, &repository)?;
        print!("{}", found.page(rule.name));
        faults += found.faults.len();
    }
    Ok(if faults == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}
