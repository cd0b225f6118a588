//! Rounds of the data sets in force: what is collected, in which pattern, and the days that are not in it. Days are text,
//! "2026-12-25".

use crate::{Result, Time, Tx, from_row, premises::Premises};

#[derive(Clone, Debug, PartialEq)]
pub struct Round {
    pub load: i64,
    pub code: String,
    pub kind: String,
    pub container: String,
    pub put_out: String,
    pub every_weeks: i64,
    pub first_day: Option<String>,
    pub last_day: Option<String>,
}

from_row!(Round { load, code, kind, container, put_out, every_weeks, first_day, last_day });

/// A day that is not in the pattern; an empty one is none.
#[derive(Clone, Debug, PartialEq)]
pub struct RoundDay {
    pub instead_of: String,
    pub day: String,
    pub why: String,
}

from_row!(RoundDay { instead_of, day, why });

/// The data set of an agency's rounds.
pub fn set(agency: &str) -> String {
    format!("rounds-{agency}")
}

/// The later of two rows of one round wins.
pub fn insert(tx: &mut Tx, round: &Round) -> Result<()> {
    tx.run(
        "INSERT INTO round (load, code, kind, container, put_out, every_weeks, first_day, last_day) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8) ON CONFLICT (load, code) DO UPDATE SET kind = excluded.kind, \
         container = excluded.container, put_out = excluded.put_out, every_weeks = excluded.every_weeks, \
         first_day = excluded.first_day, last_day = excluded.last_day",
        &[
            &round.load,
            &round.code,
            &round.kind,
            &round.container,
            &round.put_out,
            &round.every_weeks,
            &round.first_day,
            &round.last_day,
        ],
    )?;
    Ok(())
}

pub fn insert_day(tx: &mut Tx, load: i64, code: &str, day: &RoundDay) -> Result<()> {
    tx.run(
        "INSERT INTO round_day (load, code, instead_of, day, why) VALUES ($1, $2, $3, $4, $5) \
         ON CONFLICT (load, code, instead_of, day) DO UPDATE SET why = excluded.why",
        &[&load, &code, &day.instead_of, &day.day, &day.why],
    )?;
    Ok(())
}

/// The rounds a property is on, by what they collect.
pub fn of(tx: &mut Tx, premises: &Premises) -> Result<Vec<Round>> {
    let set = set(&premises.agency);
    let Some((load,)) = tx.maybe::<(i64,)>("SELECT load FROM data_set WHERE kind = $1", &[&set])? else {
        return Ok(Vec::new());
    };
    tx.all(
        "SELECT r.load, r.code, r.kind, r.container, r.put_out, r.every_weeks, r.first_day, r.last_day \
         FROM premises_round AS o JOIN round AS r ON r.load = $1 AND r.code = o.code \
         WHERE o.uprn = $2 AND o.load = $3 ORDER BY r.kind, r.container, r.code",
        &[&load, &premises.uprn, &premises.load],
    )
}

pub fn days(tx: &mut Tx, load: i64, code: &str) -> Result<Vec<RoundDay>> {
    tx.all(
        "SELECT instead_of, day, why FROM round_day WHERE load = $1 AND code = $2 ORDER BY instead_of, day",
        &[&load, &code],
    )
}

/// When the rounds of an agency came in.
pub fn came_in(tx: &mut Tx, agency: &str) -> Result<Option<Time>> {
    let set = set(agency);
    Ok(tx.maybe::<(Time,)>("SELECT imported_at FROM data_set WHERE kind = $1", &[&set])?.map(|(at,)| at))
}

/// Removes the rows of loads that are not in force.
pub fn sweep(tx: &mut Tx) -> Result<u64> {
    Ok(tx.run("DELETE FROM round WHERE NOT EXISTS (SELECT 1 FROM data_set AS d WHERE d.load = round.load)", &[])?
        + tx.run(
            "DELETE FROM round_day WHERE NOT EXISTS (SELECT 1 FROM data_set AS d WHERE d.load = round_day.load)",
            &[],
        )?)
}
