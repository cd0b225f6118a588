//! News of public reports, who is told of it, and the mails that tell it.

use crate::{
    Param, Result, Time, Tx, from_row,
    journal::house,
    leaf::{GROUP, put, values},
    named_value,
    subscription::Cadence,
};
use rights::Actor;
use std::sync::LazyLock;
use uuid::Uuid;

named_value! {
    /// What became known.
    pub enum What {
        /// Everybody can read the report from now on.
        New = "new",
        Changed = "changed",
        Fixed = "fixed",
    }
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct News {
    pub report: Uuid,
    pub at: Time,
    pub kind: What,
}

from_row!(News { report, at, kind });

/// Keeps what became known of a report that is public. A report is new once, and an instant has one piece of news.
pub fn note(tx: &mut Tx, news: &News) -> Result<()> {
    const NEW: &str = "SELECT report FROM news WHERE report = $1 AND kind = 'new'";
    const PUBLIC: &str = "SELECT report FROM publication WHERE report = $1 AND shown = 'public'";
    if news.kind == What::New && tx.maybe::<(Uuid,)>(NEW, &[&news.report])?.is_some() {
        return Ok(());
    }
    if tx.maybe::<(Uuid,)>(PUBLIC, &[&news.report])?.is_some() {
        tx.run(
            "INSERT INTO news (report, at, kind) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING",
            &[&news.report, &news.at, &news.kind],
        )?;
    }
    Ok(())
}

/// What was not compared with the subscriptions yet, the oldest first.
pub fn unmatched(actor: &Actor, tx: &mut Tx, most: i64) -> Result<Vec<News>> {
    house(actor)?;
    tx.all("SELECT report, at, kind FROM news WHERE matched_at IS NULL ORDER BY at, report LIMIT $1", &[&most])
}

pub fn matched(actor: &Actor, tx: &mut Tx, news: &News, now: Time) -> Result<()> {
    house(actor)?;
    tx.run("UPDATE news SET matched_at = $1 WHERE report = $2 AND at = $3", &[&now, &news.report, &news.at])?;
    Ok(())
}

/// One piece of news for one person, by the subscription that tells it first.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Alert {
    pub subscriber: Uuid,
    pub report: Uuid,
    pub at: Time,
    pub subscription: Uuid,
    pub due_at: Time,
}

/// Keeps who is told. What a person was told, or will be, stays as it is. How many are new.
pub fn keep(actor: &Actor, tx: &mut Tx, alerts: &[Alert]) -> Result<u64> {
    house(actor)?;
    const HEAD: &str = "INSERT INTO alert (subscriber, report, at, subscription, due_at) VALUES ";
    const END: &str = " ON CONFLICT (subscriber, report, at) DO NOTHING";
    static ROWS: LazyLock<[String; 2]> = LazyLock::new(|| [GROUP, 1].map(|rows| values(HEAD, 5, rows, END)));
    put(tx, alerts, &ROWS[0], &ROWS[1], |alert| -> Vec<&dyn Param> {
        vec![&alert.subscriber, &alert.report, &alert.at, &alert.subscription, &alert.due_at]
    })
}

/// Whom something waits for that is due, who waits longest first. In a write no other gets them until the end.
pub fn waiting(actor: &Actor, tx: &mut Tx, now: Time, most: i64) -> Result<Vec<Uuid>> {
    house(actor)?;
    tx.lock("alert")?;
    let rows: Vec<(Uuid,)> = tx.all(
        "SELECT subscriber FROM alert WHERE due_at IS NOT NULL AND due_at <= $1 ORDER BY due_at, subscriber LIMIT $2",
        &[&now, &most],
    )?;
    let mut found: Vec<Uuid> = Vec::new();
    for (subscriber,) in rows {
        if !found.contains(&subscriber) {
            found.push(subscriber);
        }
    }
    Ok(found)
}

/// An alert beside the subscription that tells it, as far as that is still there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Due {
    pub report: Uuid,
    pub at: Time,
    pub kind: What,
    pub due_at: Option<Time>,
    pub cadence: Option<Cadence>,
    pub since: Option<Time>,
}

from_row!(Due { report, at, kind, due_at, cadence, since });

const DUE: &str = "SELECT a.report, a.at, n.kind, a.due_at, s.cadence, s.since FROM alert AS a \
     JOIN news AS n ON n.report = a.report AND n.at = a.at LEFT JOIN subscription AS s ON s.id = a.subscription WHERE";

/// All that is due for a person, the newest first.
pub fn due(actor: &Actor, tx: &mut Tx, subscriber: Uuid, now: Time) -> Result<Vec<Due>> {
    house(actor)?;
    tx.all(
        &format!("{DUE} a.subscriber = $1 AND a.due_at IS NOT NULL AND a.due_at <= $2 ORDER BY a.at DESC, a.report"),
        &[&subscriber, &now],
    )
}

/// What stands in a mail, the newest first.
pub fn in_mail(actor: &Actor, tx: &mut Tx, delivery: Uuid) -> Result<Vec<Due>> {
    house(actor)?;
    tx.all(&format!("{DUE} a.delivery = $1 ORDER BY a.at DESC, a.report"), &[&delivery])
}

/// What was due for a person is settled: it stands in this mail, or is told no more. How many.
pub fn settle(actor: &Actor, tx: &mut Tx, subscriber: Uuid, now: Time, delivery: Option<Uuid>) -> Result<u64> {
    house(actor)?;
    tx.run(
        "UPDATE alert SET delivery = $1, due_at = NULL \
         WHERE subscriber = $2 AND due_at IS NOT NULL AND due_at <= $3",
        &[&delivery, &subscriber, &now],
    )
}

/// A mail to a subscriber.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mail {
    pub delivery: Uuid,
    pub subscriber: Uuid,
    /// The one that it asks to confirm; without it the mail tells news.
    pub subscription: Option<Uuid>,
    pub made_at: Time,
}

from_row!(Mail { delivery, subscriber, subscription, made_at });

pub fn mail(tx: &mut Tx, mail: &Mail) -> Result<()> {
    tx.run(
        "INSERT INTO alert_mail (delivery, subscriber, subscription, made_at) VALUES ($1, $2, $3, $4)",
        &[&mail.delivery, &mail.subscriber, &mail.subscription, &mail.made_at],
    )?;
    Ok(())
}

/// Whom a delivery is for, where it is one of these.
pub fn of_delivery(actor: &Actor, tx: &mut Tx, delivery: Uuid) -> Result<Option<Mail>> {
    house(actor)?;
    tx.maybe("SELECT delivery, subscriber, subscription, made_at FROM alert_mail WHERE delivery = $1", &[&delivery])
}

/// In a house that was filled from a copy, what waited may have been told since the copy was made: it is told no more. How many.
pub fn give_up_copied(actor: &Actor, tx: &mut Tx) -> Result<u64> {
    house(actor)?;
    Ok(tx.run("UPDATE news SET matched_at = at WHERE matched_at IS NULL", &[])?
        + tx.run("UPDATE alert SET due_at = NULL WHERE due_at IS NOT NULL", &[])?)
}

/// Takes a mail out of the outbox: it may not go any more.
pub fn take_back(actor: &Actor, tx: &mut Tx, delivery: Uuid) -> Result<()> {
    house(actor)?;
    tx.run("DELETE FROM delivery WHERE id = $1", &[&delivery])?;
    Ok(())
}

/// Removes mails that were made before an instant, and what was told before another: neither is asked for any more.
pub fn sweep(actor: &Actor, tx: &mut Tx, made_before: Time, told_before: Time) -> Result<u64> {
    house(actor)?;
    let mails = tx.run(
        "DELETE FROM delivery WHERE id IN (SELECT delivery FROM alert_mail WHERE made_at < $1) AND state <> 'sending'",
        &[&made_before],
    )?;
    Ok(mails + tx.run("DELETE FROM alert WHERE at < $1 AND due_at IS NULL", &[&told_before])?)
}
