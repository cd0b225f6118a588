//! A report of a missed collection meets the rounds of its home (C-28, C-32, C-33): what cannot be reported now is refused
//! in the transaction that would have written it, so that two at once make one; several of one round and day come to
//! one task for staff.

use super::{
    entry::{Happened, write},
    mark,
};
use crate::{Draw, Refusal, Result, Setting, bins};
use catalogue::{Answers, Effects, Service, WaitsFor};
use collection::Stand;
use places::working_days::london_day;
use rights::Actor;
use serde_json::{Value as Json, json};
use store::{
    Time, Tx,
    journal::{Audience, Verb},
    missed::{self, Missed},
    sub_case::{self, SubCase},
};
use uuid::Uuid;

const HOUSE: Actor = Actor::House("missed");

/// What the answers say: pure.
#[derive(Clone)]
pub(super) struct Said {
    uprn: String,
    kinds: Vec<String>,
    disputed: bool,
    assisted: bool,
    street: bool,
    /// The flag of days that are old or not known.
    stale: Option<String>,
}

/// None where the service has no collections, or no home was picked.
pub(super) fn said(service: &Service, kept: &Answers, effects: &Effects) -> Option<Said> {
    let ties = service.collections.as_ref()?;
    let (_, uprn) = ties.home(service, kept)?;
    let has = |flag: &Option<String>| flag.as_ref().is_some_and(|flag| effects.flags.contains(flag));
    Some(Said {
        uprn: uprn.to_owned(),
        kinds: ties.kinds(kept).into_iter().map(str::to_owned).collect(),
        disputed: has(&ties.disputed),
        assisted: has(&ties.assisted),
        street: has(&ties.street),
        stale: ties.stale.clone(),
    })
}

/// A report that may be written, and the collections it is of.
pub(super) struct Tied {
    agency: String,
    home: Vec<u8>,
    rows: Vec<Row>,
    assisted: bool,
    street: bool,
    flag: Option<String>,
}

struct Row {
    kind: String,
    round: String,
    planned: String,
}

impl Tied {
    /// Flags beside those of the answers.
    pub fn flags(&self) -> impl Iterator<Item = String> + Clone {
        self.flag.clone().into_iter()
    }

    /// For the entry: neither the home nor anything of who lives there.
    pub fn facts(&self) -> Json {
        let row = |row: &Row| json!({ "kind": row.kind, "round": row.round, "planned": row.planned });
        json!(self.rows.iter().map(row).collect::<Vec<_>>())
    }
}

/// Decides by the rounds of the home, and lets no other report of the home in until this one is written or refused. `staff_of` is
/// the agency of the staff who file it, if any do.
pub(super) fn tie(
    tx: &mut Tx,
    setting: &Setting,
    agencies: &[String],
    (said, staff_of): (Option<&Said>, Option<&str>),
    now: Time,
) -> Result<Option<Tied>> {
    let Some(said) = said else { return Ok(None) };
    let home = setting.keys.home(&said.uprn);
    tx.lock(&format!("home {}", data_encoding::HEXLOWER.encode(&home)))?;
    // A number that nobody has, or a home of another agency, is no more than an address.
    let Some(property) = bins::property_for(tx, setting, &said.uprn, now, staff_of)? else { return Ok(None) };
    let agency = property.home.agency.clone();
    if !agencies.contains(&agency) {
        return Ok(None);
    }
    let disputes = setting.catalogue.agency(&agency).and_then(|a| a.missed.as_ref()).is_some_and(|m| m.disputes);
    let today = london_day(jiff::Timestamp::from_microsecond(now.micros()).unwrap_or_default());
    let mut rows = Vec::new();
    let mut is_known = true;
    for kind in &said.kinds {
        let bins: Vec<_> = property.bins.iter().filter(|bin| bin.kind == *kind).collect();
        let may = |stand: Option<&Stand>| match stand {
            None | Some(Stand::Allowed { .. }) => true,
            Some(Stand::AlreadyReported { .. }) => false,
            Some(Stand::CrewRecorded { .. }) if disputes && said.disputed => true,
            // Old days close nothing: somebody looks at it.
            Some(_) => property.is_stale,
        };
        // Where nothing is known of any bin of the home, it is taken and looked at (C-32).
        if bins.is_empty() && !property.bins.is_empty() && !property.is_stale {
            return Err(Refusal::NotNow.into());
        }
        let bin = bins.iter().find(|bin| may(bin.stand.as_ref()));
        if bin.is_none() && !bins.is_empty() {
            return Err(Refusal::NotNow.into());
        }
        is_known &= bin.is_some();
        rows.push(Row {
            kind: kind.clone(),
            round: bin.map(|bin| bin.round.clone()).unwrap_or_default(),
            planned: bin.and_then(|bin| bin.last.as_ref()).map_or(today, |last| last.planned).to_string(),
        });
    }
    if !is_known && repeats(tx, &agency, &home, &rows)? {
        return Err(Refusal::NotNow.into());
    }
    let flag = said.stale.clone().filter(|_| property.is_stale || !is_known);
    Ok(Some(Tied { agency, home, rows, assisted: said.assisted, street: said.street, flag }))
}

/// Without rounds nothing but the reports themselves says that one was made today.
fn repeats(tx: &mut Tx, agency: &str, home: &[u8], rows: &[Row]) -> Result<bool> {
    let open = missed::open(tx, agency, home)?;
    Ok(rows.iter().any(|row| open.iter().any(|open| open.kind == row.kind && open.planned == row.planned)))
}

/// Writes them, and raises the round where enough homes say the same, or one says it for the street.
pub(super) fn keep(tx: &mut Tx, setting: &Setting, draw: &mut Draw, report: Uuid, tied: &Tied) -> Result<()> {
    let rules = setting.catalogue.agency(&tied.agency).and_then(|agency| agency.missed.as_ref());
    let enough = rules.and_then(|rules| rules.whole_round).map(i64::from);
    let escalate_at = super::waiting::opens(setting, &tied.agency, WaitsFor::Missed, draw.now());
    for row in &tied.rows {
        let kept = Missed {
            report,
            kind: row.kind.clone(),
            agency: tied.agency.clone(),
            home: tied.home.clone(),
            code: row.round.clone(),
            planned: row.planned.clone(),
            at: draw.now(),
            assisted: tied.assisted,
            is_open: true,
            escalate_at,
        };
        missed::insert(tx, &kept)?;
    }
    for row in tied.rows.iter().filter(|row| !row.round.is_empty()) {
        // Two homes at once would both count without the other.
        tx.lock(&format!("round {} {} {}", tied.agency, row.round, row.planned))?;
        let homes = missed::homes(tx, &tied.agency, &row.round, &row.planned)?;
        if !tied.street && enough.is_none_or(|enough| homes < enough) {
            continue;
        }
        if missed::raise(tx, &tied.agency, &row.round, &row.planned, draw.now())? {
            raised(tx, draw, report, tied, row, homes)?;
        }
    }
    Ok(())
}

fn raised(tx: &mut Tx, draw: &mut Draw, report: Uuid, tied: &Tied, row: &Row, homes: i64) -> Result<()> {
    let part = sub_case::of_report(tx, report)?.into_iter().find(|case| case.agency == tied.agency);
    if let Some(mut case) = part {
        mark::raise(&mut case, mark::WHOLE_ROUND);
        sub_case::mark(&HOUSE, tx, &case)?;
    }
    let happened = Happened {
        report,
        agency: Some(&tied.agency),
        verb: Verb::Combination,
        kind: "missed.whole_round",
        audience: Audience::Agency,
        facts: json!({ "round": row.round, "planned": row.planned, "homes": homes, "street": tied.street }),
        words: None,
    };
    write(&HOUSE, tx, draw, happened)?;
    Ok(())
}

/// Keeps open or ended in step with the work on a report.
pub(super) fn follow(tx: &mut Tx, report: Uuid, cases: &[SubCase]) -> Result<()> {
    match cases.iter().all(|case| case.core.ended()) {
        true => Ok(missed::close(&HOUSE, tx, report)?),
        false => Ok(missed::reopen(&HOUSE, tx, report)?),
    }
}
