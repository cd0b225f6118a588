//! Days that are booked: one for each report, and never more of a day than it has places.

use crate::{Error, Look, Result, Time, Tx, from_row, journal::house, named_value};
use rights::{Actor, Right};
use uuid::Uuid;

named_value! {
    pub enum State {
        /// Its place is kept until it is paid for.
        Held = "held",
        Booked = "booked",
        Cancelled = "cancelled",
        /// Nobody paid in time.
        Lapsed = "lapsed",
    }
}

impl State {
    /// It has a place.
    pub fn is_live(self) -> bool {
        matches!(self, State::Held | State::Booked)
    }
}

#[derive(Clone, Debug, PartialEq)]
pub struct Booking {
    pub report: Uuid,
    pub agency: String,
    pub service: String,
    /// "2026-12-04".
    pub day: String,
    pub items: i64,
    pub state: State,
    /// Until when it is held; None: until somebody says otherwise.
    pub held_until: Option<Time>,
    pub remind_at: Option<Time>,
    pub made_at: Time,
}

from_row!(Booking { report, agency, service, day, items, state, held_until, remind_at, made_at });

/// Nobody else takes a place of the day until this transaction has ended: PostgreSQL lets two count at once.
fn lock(tx: &mut Tx, agency: &str, service: &str, day: &str) -> Result<()> {
    tx.lock(&format!("booking {agency} {service} {day}"))
}

fn is_full(tx: &mut Tx, agency: &str, service: &str, day: &str, places: i64) -> Result<bool> {
    let (taken,): (i64,) = tx.one(
        "SELECT COUNT(*) FROM booking WHERE agency = $1 AND service = $2 AND day = $3 AND state IN ('held', 'booked')",
        &[&agency, &service, &day],
    )?;
    Ok(taken >= places)
}

/// Takes one of so many places of a day: false where none is left.
pub fn take(tx: &mut Tx, row: &Booking, places: i64) -> Result<bool> {
    lock(tx, &row.agency, &row.service, &row.day)?;
    if is_full(tx, &row.agency, &row.service, &row.day, places)? {
        return Ok(false);
    }
    tx.run(
        "INSERT INTO booking (report, agency, service, day, items, state, held_until, remind_at, made_at) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
        &[
            &row.report,
            &row.agency,
            &row.service,
            &row.day,
            &row.items,
            &row.state,
            &row.held_until,
            &row.remind_at,
            &row.made_at,
        ],
    )?;
    Ok(true)
}

/// Moves a booking to another day that has so many places: false where none is left. One that was changed meanwhile is
/// [`Error::Stale`].
pub fn change_day(
    actor: &Actor,
    tx: &mut Tx,
    row: &Booking,
    day: &str,
    remind_at: Option<Time>,
    places: i64,
) -> Result<bool> {
    rights::hold(actor, Right::ChangeBooking)?;
    lock(tx, &row.agency, &row.service, day)?;
    if is_full(tx, &row.agency, &row.service, day, places)? {
        return Ok(false);
    }
    let n = tx.run(
        "UPDATE booking SET day = $1, remind_at = $2 WHERE report = $3 AND day = $4 AND state IN ('held', 'booked')",
        &[&day, &remind_at, &row.report, &row.day],
    )?;
    if n == 1 { Ok(true) } else { Err(Error::Stale) }
}

/// Gives its place back. One that has none is [`Error::Stale`].
pub fn cancel(actor: &Actor, tx: &mut Tx, report: Uuid) -> Result<()> {
    rights::hold(actor, Right::ChangeBooking)?;
    ended(tx, report, State::Cancelled)
}

fn ended(tx: &mut Tx, report: Uuid, to: State) -> Result<()> {
    let n = tx.run(
        "UPDATE booking SET state = $1, held_until = NULL, remind_at = NULL WHERE report = $2 AND state IN ('held', 'booked')",
        &[&to, &report],
    )?;
    if n == 1 { Ok(()) } else { Err(Error::Stale) }
}

/// Nobody paid for it in time.
pub fn lapse(actor: &Actor, tx: &mut Tx, report: Uuid) -> Result<()> {
    house(actor)?;
    ended(tx, report, State::Lapsed)
}

/// It is paid for, or need not be. One that is not held stays as it is.
pub fn settle(actor: &Actor, tx: &mut Tx, report: Uuid) -> Result<()> {
    house(actor)?;
    tx.run("UPDATE booking SET state = 'booked', held_until = NULL WHERE report = $1 AND state = 'held'", &[&report])?;
    Ok(())
}

const OF_REPORT: &str =
    "SELECT report, agency, service, day, items, state, held_until, remind_at, made_at FROM booking WHERE report = $1";

/// For the person who reported.
pub fn own(actor: &Actor, tx: &mut Tx, report: Uuid) -> Result<Option<Booking>> {
    rights::hold(actor, Right::FollowOwn)?;
    tx.maybe(OF_REPORT, &[&report])
}

/// For staff.
pub fn of_report(actor: &Actor, look: &mut Look, report: Uuid) -> Result<Option<Booking>> {
    rights::hold(actor, Right::SeeReport)?;
    let found: Option<Booking> = look.tx.maybe(OF_REPORT, &[&report])?;
    if found.is_some() {
        look.shows(report, "booking");
    }
    Ok(found)
}

/// How many places are taken, day by day, from a day on. Whose they are is not among it.
pub fn taken(tx: &mut Tx, agency: &str, service: &str, from: &str) -> Result<Vec<(String, i64)>> {
    tx.all(
        "SELECT day, COUNT(*) FROM booking WHERE agency = $1 AND service = $2 AND day >= $3 \
         AND state IN ('held', 'booked') GROUP BY day ORDER BY day",
        &[&agency, &service, &from],
    )
}

/// Held ones whose time has passed, the longest first.
pub fn held_too_long(actor: &Actor, tx: &mut Tx, now: Time, most: i64) -> Result<Vec<Booking>> {
    house(actor)?;
    tx.all(
        "SELECT report, agency, service, day, items, state, held_until, remind_at, made_at FROM booking \
         WHERE state = 'held' AND held_until IS NOT NULL AND held_until <= $1 ORDER BY held_until, report LIMIT $2",
        &[&now, &most],
    )
}

/// Looks again at one that is held, later.
pub fn hold_longer(actor: &Actor, tx: &mut Tx, report: Uuid, until: Time) -> Result<()> {
    house(actor)?;
    tx.run("UPDATE booking SET held_until = $1 WHERE report = $2 AND state = 'held'", &[&until, &report])?;
    Ok(())
}

/// Booked ones of which people are to be reminded.
pub fn to_remind(actor: &Actor, tx: &mut Tx, now: Time, most: i64) -> Result<Vec<Booking>> {
    house(actor)?;
    tx.all(
        "SELECT report, agency, service, day, items, state, held_until, remind_at, made_at FROM booking \
         WHERE state = 'booked' AND remind_at IS NOT NULL AND remind_at <= $1 ORDER BY remind_at, report LIMIT $2",
        &[&now, &most],
    )
}

/// One reminder is written; the next is due then. Another who did the same first makes it [`Error::Stale`].
pub fn reminded(actor: &Actor, tx: &mut Tx, row: &Booking, next: Option<Time>) -> Result<()> {
    house(actor)?;
    let n = tx.run(
        "UPDATE booking SET remind_at = $1 WHERE report = $2 AND remind_at = $3",
        &[&next, &row.report, &row.remind_at],
    )?;
    if n == 1 { Ok(()) } else { Err(Error::Stale) }
}

/// Places of a day as the council sends them; one that comes again replaces what was said.
pub fn give_day(tx: &mut Tx, agency: &str, service: &str, day: &str, places: i64) -> Result<()> {
    tx.run(
        "INSERT INTO booked_day (agency, service, day, places) VALUES ($1, $2, $3, $4) \
         ON CONFLICT (agency, service, day) DO UPDATE SET places = EXCLUDED.places",
        &[&agency, &service, &day, &places],
    )?;
    Ok(())
}

/// Days that were sent, from a day on.
pub fn given(tx: &mut Tx, agency: &str, service: &str, from: &str) -> Result<Vec<(String, i64)>> {
    tx.all(
        "SELECT day, places FROM booked_day WHERE agency = $1 AND service = $2 AND day >= $3 ORDER BY day",
        &[&agency, &service, &from],
    )
}
