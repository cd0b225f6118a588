//! What it says of reports: asked for from where the last answer came to, and some way back (C-92).

use super::{
    ASK_LEASE_SECONDS, BackOffice, Offices,
    node::Node,
    talk::{Failed, ending},
};
use crate::{again, courier::HOUSE};
use casework::report::office::{self, Heard, Made};
use catalogue::{Heard as How, Office};
use sha2::{Digest, Sha256};
use store::{
    Time,
    fetched::{self, Poll},
    outside,
};

/// The first time it is asked for so much.
const BEGIN_SECONDS: i64 = 30 * 24 * 60 * 60;
/// What it stamps long before it shows it lies behind the overlap: once a day it is asked for so much.
const DEEP_SECONDS: i64 = 7 * 24 * 60 * 60;
const DAY_SECONDS: i64 = 24 * 60 * 60;
/// Pages of one answer.
const MOST_PAGES: usize = 100;
/// Reports whose notes are asked for at once.
const AT_ONCE: i64 = 50;
/// A stamp before this is no date of a report: 1 January 2000.
const NO_EARLIER: i64 = 946_684_800_000_000;
/// As the door takes it.
const MOST_ID: usize = 100;

impl Offices {
    pub(super) async fn ask_updates(&self, agency: &str) -> Result<(), casework::Error> {
        let setting = self.setting.clone();
        let Some((line, said)) = self.lines.get(agency).zip(setting.office(agency)) else { return Ok(()) };
        let (every, back) = (i64::from(said.every_minutes) * 60, i64::from(said.overlap_minutes) * 60);
        let mut asked = false;
        if said.reports {
            for (what, every, back) in [("reports", every, back), ("reports of a week", DAY_SECONDS, DEEP_SECONDS)] {
                asked |= self
                    .turn(agency, what, every, |poll| {
                        self.reports(agency, line, said, poll.reached.plus_seconds(-back))
                    })
                    .await?;
            }
        }
        match said.heard {
            How::Updates => {
                asked |= self
                    .turn(agency, "updates", every, |poll| {
                        self.updates(agency, line, said, poll.reached.plus_seconds(-back))
                    })
                    .await?;
                let whose = agency.to_owned();
                let oldest = self.db.read(move |tx| outside::oldest_worked(&HOUSE, tx, &whose)).await?;
                let day_before = oldest.map(|at| at.plus_seconds(-DAY_SECONDS));
                asked |= self
                    .turn(agency, "updates of a week", DAY_SECONDS, |poll| {
                        let week = poll.reached.plus_seconds(-DEEP_SECONDS);
                        self.updates(agency, line, said, day_before.map_or(week, |oldest| oldest.min(week)))
                    })
                    .await?;
            }
            How::Notes => asked |= self.turn(agency, "notes", every, |_| self.notes(agency, line, said)).await?,
        }
        if asked { self.take_in(agency).await } else { Ok(()) }
    }

    /// Takes the turn to ask where it is due, and writes down how far it came. Whether it was.
    pub(super) async fn turn<F: Future<Output = Result<(), Failed>>>(
        &self,
        agency: &str,
        what: &'static str,
        every: i64,
        ask: impl FnOnce(Poll) -> F,
    ) -> Result<bool, casework::Error> {
        let mut draw = self.draw();
        let (now, claim, whose) = (draw.now(), draw.id(), agency.to_owned());
        let times = (now.plus_seconds(-BEGIN_SECONDS), now, now.plus_seconds(ASK_LEASE_SECONDS));
        let turn = self.db.write(move |tx| fetched::ask(&HOUSE, tx, (&whose, what), claim, times)).await?;
        let Some(mut poll) = turn else { return Ok(false) };
        match ask(poll.clone()).await {
            Ok(()) => {
                // The clock of the question: what is said while it is answered is asked for the next time.
                (poll.reached, poll.fails, poll.problem) = (now, 0, None);
                poll.next_at = now.plus_seconds(every);
            }
            Err(Failed::Down(why) | Failed::Refused(_, why)) => {
                poll.fails += 1;
                poll.problem = Some(why);
                poll.next_at = now.plus_seconds(again::office_probe(poll.fails, self.rng.seed()));
            }
        }
        let whose = agency.to_owned();
        match self.db.write(move |tx| fetched::asked(&HOUSE, tx, &whose, &poll)).await {
            Ok(()) | Err(store::Error::Stale) => Ok(true),
            Err(other) => Err(other.into()),
        }
    }

    async fn updates(&self, agency: &str, line: &BackOffice, said: &Office, from: Time) -> Result<(), Failed> {
        let path = format!("servicerequestupdates.{}", ending(said.format));
        let fields = self.span(said, from);
        let (mut node, mut next) = self.get(line, &[&path], &fields).await?;
        for _ in 0..MOST_PAGES {
            let records = node.list(&["service_request_updates"], "service_request_id").map_err(|_| unreadable())?;
            let all = records.into_iter().map(heard).collect();
            self.hear(agency, all).await?;
            let Some(url) = next else { return Ok(()) };
            (node, next) = self.follow(line, url).await?;
        }
        Err(Failed::Down("its answer has too many pages".to_owned()))
    }

    /// The agency's jurisdiction, and a span up to now.
    fn span(&self, said: &Office, from: Time) -> Vec<(String, String)> {
        let jurisdiction = said.jurisdiction.iter().map(|id| ("jurisdiction_id".to_owned(), id.clone()));
        let ends = [("start_date", from), ("end_date", self.clock.now())];
        jurisdiction.chain(ends.map(|(name, at)| (name.to_owned(), stamp(at)))).collect()
    }

    /// What was made there; ours are among it and are known by their numbers.
    async fn reports(&self, agency: &str, line: &BackOffice, said: &Office, from: Time) -> Result<(), Failed> {
        let path = format!("requests.{}", ending(said.format));
        let (mut node, mut next) = self.get(line, &[&path], &self.span(said, from)).await?;
        for _ in 0..MOST_PAGES {
            let names = ["service_requests", "requests"];
            let fields = ["service_request_id", "service_code"];
            let records = node.list_of(&names, &fields).map_err(|_| unreadable())?;
            let all: Vec<(String, Made)> = records.into_iter().map(made).collect();
            let (whose, now) = (agency.to_owned(), self.clock.now());
            let write = move |tx: &mut store::Tx| {
                let keep =
                    |(id, one): &(String, Made)| office::hear_report(&HOUSE, tx, (&whose, id), one, now).map(drop);
                all.iter().try_for_each(keep)
            };
            self.kept(self.db.write(write).await)?;
            let Some(url) = next else { return Ok(()) };
            (node, next) = self.follow(line, url).await?;
        }
        Err(Failed::Down("its answer has too many pages".to_owned()))
    }

    fn kept(&self, kept: Result<(), casework::Error>) -> Result<(), Failed> {
        kept.map_err(|error| {
            tracing::error!(%error, "what a back office said cannot be kept, and is asked for again");
            Failed::Down("what it said could not be kept".to_owned())
        })
    }

    /// For systems without updates: how each report that is worked stands (C-93).
    async fn notes(&self, agency: &str, line: &BackOffice, said: &Office) -> Result<(), Failed> {
        let path = format!("requests.{}", ending(said.format));
        let mut after = String::new();
        loop {
            let (whose, from) = (agency.to_owned(), after.clone());
            let ids = self.db.read(move |tx| outside::worked(&HOUSE, tx, &whose, &from, AT_ONCE)).await;
            let ids = ids.map_err(|_| Failed::Down("the database cannot be read".to_owned()))?;
            let Some(last) = ids.last().cloned() else { return Ok(()) };
            let mut fields = vec![("service_request_id".to_owned(), ids.join(","))];
            fields.extend(said.jurisdiction.iter().map(|id| ("jurisdiction_id".to_owned(), id.clone())));
            let (node, _) = self.get(line, &[&path], &fields).await?;
            let names = ["service_requests", "requests"];
            let records = node.list(&names, "service_request_id").map_err(|_| unreadable())?;
            let asked = records
                .into_iter()
                .filter(|one| one.field("service_request_id").is_some_and(|id| ids.iter().any(|known| known == id)));
            // Open and no more is how it began.
            let all =
                asked.map(noted).filter(|one| !(one.status.eq_ignore_ascii_case("open") && one.description.is_empty()));
            self.hear(agency, all.collect()).await?;
            after = last;
        }
    }

    async fn hear(&self, agency: &str, all: Vec<Heard>) -> Result<(), Failed> {
        let (whose, now) = (agency.to_owned(), self.clock.now());
        let write = move |tx: &mut store::Tx| {
            all.iter().try_for_each(|one| office::hear(&HOUSE, tx, &whose, one, now).map(drop))
        };
        self.kept(self.db.write(write).await)
    }
}

fn unreadable() -> Failed {
    Failed::Down("its answer is no list".to_owned())
}

/// U+0000 cannot be kept; it comes by `&#0;` or `\u0000`.
fn clean(text: &str) -> String {
    text.replace('\0', "")
}

fn heard(record: &Node) -> Heard {
    let text = |name: &str| clean(record.field(name).unwrap_or_default());
    let extra = |name: &str| record.extra(name).map(clean);
    let stamped = text("updated_datetime");
    let said_at = read_stamp(&stamped);
    let mut one = Heard {
        update_id: text("update_id"),
        service_request_id: text("service_request_id"),
        status: text("status").chars().take(MOST_ID).collect(),
        said_at,
        unreadable: said_at.is_none().then(|| stamped.chars().take(MOST_ID).collect()),
        description: text("description"),
        external_status_code: extra("external_status_code"),
        customer_reference: extra("customer_reference"),
        fixmystreet_id: extra("fixmystreet_id"),
        detail: extra("detailed_information"),
    };
    // One without an id is known by what it says; one that is too long for an id too, or is the name of a report.
    let is_unfit = one.update_id.is_empty() || one.update_id.len() > MOST_ID;
    if is_unfit || one.update_id.starts_with(office::REPORT) {
        one.update_id = known_by(&[&one.update_id, &one.service_request_id, &one.status, &stamped, &one.description]);
    }
    one
}

/// And what it is known by: its number, or what it says where that is missing.
fn made(record: &Node) -> (String, Made) {
    let text = |name: &str| clean(record.field(name).unwrap_or_default());
    let extra = |name: &str| record.extra(name).map(clean);
    let degrees = |name: &str| record.field(name).and_then(|text| text.parse::<f64>().ok()).filter(|n| n.is_finite());
    let stamped = text("requested_datetime");
    let one = Made {
        service_request_id: text("service_request_id"),
        service_code: text("service_code"),
        status: text("status").chars().take(MOST_ID).collect(),
        status_notes: text("status_notes"),
        title: text("title"),
        description: text("description"),
        address: text("address"),
        lat: degrees("lat"),
        lon: degrees("long"),
        said_at: read_stamp(&stamped),
        stamp: stamped.chars().take(MOST_ID).collect(),
        customer_reference: extra("customer_reference"),
        fixmystreet_id: extra("fixmystreet_id"),
    };
    let id = &one.service_request_id;
    let known = match id.is_empty() || id.len() > MOST_ID {
        true => known_by(&[id, &one.service_code, &stamped, &one.title, &one.description, &one.address]),
        false => id.clone(),
    };
    (known, one)
}

fn noted(record: &Node) -> Heard {
    let mut one = heard(record);
    let stamped = record.field("updated_datetime").unwrap_or_default();
    one.description = clean(record.field("status_notes").unwrap_or_default());
    one.update_id = known_by(&["notes", &one.service_request_id, &one.status, stamped, &one.description]);
    // Without a time of its own it is said now.
    one.unreadable = one.unreadable.filter(|text| !text.is_empty());
    one
}

fn known_by(parts: &[&str]) -> String {
    let hash = Sha256::digest(parts.join("\u{1f}").as_bytes());
    format!("said-{}", data_encoding::HEXLOWER.encode(&hash[..16]))
}

/// Microseconds of a time with its zone; none where there is none, or where it is no date of a report.
fn read_stamp(text: &str) -> Option<i64> {
    let at: jiff::Timestamp = text.trim().parse().ok()?;
    Some(at.as_microsecond()).filter(|at| *at >= NO_EARLIER)
}

/// W3CDTF in whole seconds, UTC.
fn stamp(at: Time) -> String {
    let at = jiff::Timestamp::from_microsecond(at.micros()).unwrap_or_default();
    at.strftime("%Y-%m-%dT%H:%M:%SZ").to_string()
}
