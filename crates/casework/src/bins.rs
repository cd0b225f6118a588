//! Bin days (C-28, C-32, C-35): which homes an address may be, and what is known of the collections of one. General data that
//! everybody reads: no function here knows who lives where, or who has help with their bins (C-34).

use crate::{Result, Setting};
use catalogue::{Bins, Missed};
use collection::{By, Change, Facts, Occurrence, Opened, Record, Round, Stand};
use jiff::{Span, Timestamp, civil::Date};
use places::{Postcode, working_days};
use store::{
    Time, Tx, collection as log, missed,
    premises::{self, Premises},
    round,
};

/// Days that pages and calendars look ahead: a year, and a week for what a holiday moves.
const AHEAD: i64 = 372;
/// Days in which the last collection is looked for.
const BEHIND: i64 = 100;
/// Letters of an address that are enough to look for it.
const LEAST: usize = 4;

/// What is known of one property.
#[derive(Clone, Debug, PartialEq)]
pub struct Property {
    pub home: Premises,
    /// When the data of its rounds came in; None where there is none.
    pub came_in: Option<Time>,
    /// Older than the agency says it stays good.
    pub is_stale: bool,
    pub bins: Vec<Bin>,
}

/// One kind of collection.
#[derive(Clone, Debug, PartialEq)]
pub struct Bin {
    pub kind: String,
    /// The code of its round.
    pub round: String,
    pub container: String,
    /// Empty: as the agency says.
    pub put_out: String,
    /// `every other Tuesday`.
    pub pattern: Option<String>,
    pub last: Option<Occurrence>,
    /// From today on, in order.
    pub coming: Vec<Occurrence>,
    /// Days on which the crew does not come, and why.
    pub cancelled: Vec<(Date, String)>,
    /// What the crew recorded of the last one, where it may be told.
    pub record: Option<Record>,
    /// None where the agency has no rules.
    pub stand: Option<Stand>,
}

impl Bin {
    pub fn next(&self) -> Option<&Occurrence> {
        self.coming.first()
    }

    /// It can be reported now. Old days close nothing but what is reported already: somebody looks at it (C-32).
    pub fn is_open(&self, is_stale: bool) -> bool {
        match &self.stand {
            Some(Stand::AlreadyReported { .. }) => false,
            Some(stand) => stand.is_allowed() || is_stale,
            None => true,
        }
    }
}

/// Homes that were meant: by postcode, with or without the beginning of the address before it, or by the address alone.
pub fn find(tx: &mut Tx, typed: &str) -> Result<Vec<Premises>> {
    let words: Vec<&str> = typed.split_whitespace().collect();
    for of_postcode in [2, 1] {
        let Some(at) = words.len().checked_sub(of_postcode) else { continue };
        let Some(postcode) = Postcode::parse(&words[at..].join(" ")) else { continue };
        let all = premises::at_postcode(tx, &postcode.to_string())?;
        let begins = collection::folded(&words[..at].join(" "));
        let some: Vec<Premises> = all.iter().filter(|home| home.folded.starts_with(&begins)).cloned().collect();
        return Ok(if some.is_empty() { all } else { some });
    }
    let folded = collection::folded(typed);
    if folded.chars().count() < LEAST { Ok(Vec::new()) } else { Ok(premises::beginning(tx, &folded)?) }
}

/// What is known of a property now; None where there is none of that number.
pub fn property(tx: &mut Tx, setting: &Setting, uprn: &str, now: Time) -> Result<Option<Property>> {
    property_for(tx, setting, uprn, now, None)
}

/// The same; what can be reported now is what staff of that agency may report, where it is the agency of the home.
pub fn property_for(
    tx: &mut Tx,
    setting: &Setting,
    uprn: &str,
    now: Time,
    staff_of: Option<&str>,
) -> Result<Option<Property>> {
    let Some(home) = premises::by_uprn(tx, uprn)? else { return Ok(None) };
    let Some(agency) = setting.catalogue.agency(&home.agency) else { return Ok(None) };
    let Some(rules) = &agency.bins else { return Ok(None) };
    let came_in = round::came_in(tx, &home.agency)?;
    let mut bins = Vec::new();
    for row in round::of(tx, &home)? {
        let round = whole(tx, &row)?;
        bins.push(bin(tx, &home, &row, &round, now)?);
    }
    if let Some(rules) = &agency.missed {
        let open = opened(tx, setting, &home)?;
        let by = if staff_of == Some(home.agency.as_str()) { By::Staff } else { By::Resident };
        decide(setting, &home.agency, rules, (&open, by), &mut bins, now);
    }
    let age = came_in.map(|at| now.micros() - at.micros());
    let is_stale = age.is_some_and(|age| age > i64::from(rules.stale_days) * DAY);
    bins.sort_by_key(|bin| place(rules, bin));
    Ok(Some(Property { home, came_in, is_stale, bins }))
}

const DAY: i64 = 86_400_000_000;

/// What was reported of the home and is not done yet. Who reported it is not known here (C-34).
fn opened(tx: &mut Tx, setting: &Setting, home: &Premises) -> Result<Vec<Opened>> {
    let rows = missed::open(tx, &home.agency, &setting.keys.home(&home.uprn))?;
    Ok(rows.into_iter().map(|row| Opened { kind: row.kind, at: instant(row.at), assisted: row.assisted }).collect())
}

/// In the order in which the agency names its kinds.
fn place(rules: &Bins, bin: &Bin) -> usize {
    rules.kinds.iter().position(|kind| kind.id == bin.kind).unwrap_or(usize::MAX)
}

fn instant(at: Time) -> Timestamp {
    Timestamp::from_microsecond(at.micros()).unwrap_or_default()
}

fn whole(tx: &mut Tx, row: &round::Round) -> Result<Round> {
    let day = |text: &Option<String>| text.as_ref().and_then(|text| text.parse().ok());
    let changes = round::days(tx, row.load, &row.code)?.into_iter().map(|change| Change {
        day: change.day.parse().ok(),
        instead_of: change.instead_of.parse().ok(),
        why: change.why,
    });
    Ok(Round {
        every_weeks: u32::try_from(row.every_weeks).unwrap_or(0),
        first: day(&row.first_day),
        last: day(&row.last_day),
        changes: changes.collect(),
    })
}

fn bin(tx: &mut Tx, home: &Premises, row: &round::Round, round: &Round, now: Time) -> Result<Bin> {
    let today = working_days::london_day(instant(now));
    let on = |days: i64| today.checked_add(Span::new().days(days)).unwrap_or(today);
    let last = round.between(on(-BEHIND), today).pop();
    let record = match &last {
        Some(last) => log::of(tx, &home.agency, &row.code, &last.planned.to_string(), &home.uprn)?,
        None => None,
    };
    Ok(Bin {
        kind: row.kind.clone(),
        round: row.code.clone(),
        container: row.container.clone(),
        put_out: row.put_out.clone(),
        pattern: round.words(),
        coming: round.between(today, on(AHEAD)),
        cancelled: round.cancelled(today, on(AHEAD)).into_iter().map(|(day, why)| (day, why.to_owned())).collect(),
        record: record.map(|row| Record { outcome: row.outcome, reason: row.reason, at: instant(row.at) }),
        last,
        stand: None,
    })
}

/// Whether each can be reported now; twice, since some kinds can be reported wherever another can.
fn decide(setting: &Setting, agency: &str, missed: &Missed, (open, by): (&[Opened], By), bins: &mut [Bin], now: Time) {
    let rules = &missed.window;
    let holidays = setting.holidays(agency, rules.holidays.as_deref());
    let one = |bin: &Bin, another_allowed: bool| {
        let due = bin.last.as_ref().map(|last| last.day);
        let facts = Facts { kind: &bin.kind, due, record: bin.record.as_ref(), open, another_allowed };
        collection::stand(&facts, rules, by, instant(now), &holidays)
    };
    let allowed: Vec<bool> = bins.iter().map(|bin| one(bin, false).is_allowed()).collect();
    for (n, bin) in bins.iter_mut().enumerate() {
        let another = allowed.iter().enumerate().any(|(other, allowed)| other != n && *allowed);
        let stand = one(bin, another);
        if rules.hides_completion && matches!(stand, Stand::TooEarly { .. }) {
            bin.record = None;
        }
        bin.stand = Some(stand);
    }
}
