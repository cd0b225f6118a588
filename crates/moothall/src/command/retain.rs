//! `moothall retain`: which reports are due to close, to be looked at, to lose who reported them, to be deleted (council C-76). It
//! changes nothing without `--apply`; a server does the same once a day.

use crate::{Args, house::House};
use anyhow::Result;
use casework::{
    codes,
    retention::{self, Cursor, Done, Due},
};
use std::collections::BTreeMap;
use store::retention::Holds;

/// How many reports came to what.
pub type Counts = BTreeMap<&'static str, usize>;

pub async fn run(args: &Args) -> Result<()> {
    args.known(&["apply", "agency"])?;
    let house = House::open(args.config()?).await?;
    let applies = args.flag("apply").is_some();
    let only = args.flag("agency").map(str::to_owned);
    let counts = once(&house, only.as_deref(), applies, |due, what| println!("{}", line(due, what))).await?;
    println!("{}", summary(&counts));
    if !applies {
        println!("Nothing was changed. `moothall retain --apply` does it.");
    }
    Ok(())
}

/// Goes through what is due at every agency, or at one; each report is a transaction of its own. `tell` hears of each.
pub async fn once(house: &House, only: Option<&str>, applies: bool, tell: impl Fn(&Due, &str)) -> Result<Counts> {
    let mut counts = Counts::new();
    let now = house.clock.now();
    let agencies = house.setting.catalogue.agencies().iter().map(|agency| agency.id.clone());
    let agencies: Vec<String> = agencies.filter(|id| only.is_none_or(|only| only == id)).collect();
    if let Some(only) = only.filter(|_| agencies.is_empty()) {
        anyhow::bail!("there is no agency `{only}`");
    }
    // One report of two agencies is due at both.
    let mut seen = std::collections::HashSet::new();
    for agency in agencies {
        let mut from = Some(Cursor::default());
        while let Some(cursor) = from {
            let (setting, of) = (house.setting.clone(), agency.clone());
            let page = house.db.read(move |tx| retention::due(tx, &setting, now, &of, &cursor)).await?;
            from = page.next;
            for due in page.due {
                if !seen.insert((due.report, due.action.name())) {
                    continue;
                }
                let what = if applies { apply(house, &due).await? } else { planned(&due) };
                tell(&due, what);
                *counts.entry(what).or_default() += 1;
            }
        }
    }
    // Of what was deleted nothing stays in the log of the writes either.
    if applies && counts.keys().any(|what| ["deleted", "anonymised"].contains(what)) {
        match house.db.truncate().await {
            Ok(()) | Err(store::Error::Busy) => {}
            Err(error) => return Err(error.into()),
        }
    }
    Ok(counts)
}

async fn apply(house: &House, due: &Due) -> Result<&'static str> {
    let (setting, draw, due) = (house.setting.clone(), house.draw(), due.clone());
    let done = house.db.write(move |tx| retention::apply(tx, &setting, &mut draw.clone(), &due)).await?;
    Ok(match done {
        Done::Closed => "closed",
        Done::Review => "to be looked at",
        Done::Anonymised => "anonymised",
        Done::Deleted => "deleted",
        Done::Held(holds) => waits(holds),
        Done::Nothing => "not due any more",
    })
}

fn planned(due: &Due) -> &'static str {
    use catalogue::RetentionAction::{Anonymise, Close, Delete, Review};
    match (due.action, due.held) {
        (Review, _) => "would be looked at",
        (_, Some(holds)) => waits(holds),
        (Close, None) => "would be closed",
        (Anonymise, None) => "would be anonymised",
        (Delete, None) => "would be deleted",
    }
}

const fn waits(holds: Holds) -> &'static str {
    match holds {
        Holds::Law => "waits: held for the law",
        Holds::Underway => "waits: something is still to go out",
        Holds::Money => "waits: money is on its way",
        Holds::Crime => "waits: a crime is recorded of it",
        Holds::Case => "waits: part of an open case",
    }
}

fn line(due: &Due, what: &str) -> String {
    let rules: Vec<String> = due.rules.iter().map(|(agency, rule)| format!("{agency}:{}", rule.id)).collect();
    format!("{}  {:<40} {:<36} {}", codes::show_reference(&due.reference), what, due.service, rules.join(" "))
}

fn summary(counts: &Counts) -> String {
    if counts.is_empty() {
        return "Nothing is due.".to_owned();
    }
    let counted: Vec<String> = counts.iter().map(|(what, n)| format!("{n} {what}")).collect();
    counted.join(", ")
}
