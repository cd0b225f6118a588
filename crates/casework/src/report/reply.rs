//! Answers to our mails (C-61): the address that invites one, and the words that come to it. Decision 51.
//!
//! The address says which report, until when and for whom, and is signed; nothing else of a mail is believed. It opens less than
//! a private link: it adds words, and shows nothing.

use super::{
    follow,
    reopening::{self, Reopening},
};
use crate::{
    Draw, Error, Refusal, Result, Setting, access, codes,
    contact::{self, Kind},
    staff::sign_in::same,
};
use rights::{Actor, NotFound};
use serde::Deserialize;
use serde_json::{Value as Json, json};
use store::{
    Time, Tx, contact as contacts,
    delivery::Delivery,
    reply,
    report::{self, Head, Tracking},
    sub_case, throttle,
};
use uuid::Uuid;

const HOUSE: Actor = Actor::House("reply");
/// What stands before the `+`.
const LOCAL: &str = "reply";
const DAY_MICROS: i64 = 24 * 60 * 60 * 1_000_000;
/// Mails that are taken of one report in an hour: more are a machine's, or somebody's who means no good.
const MOST: i64 = 20;
const MOST_SECONDS: i64 = 60 * 60;
/// Bytes of a signed address: report, day, whose it is, and 80 bits of signature. As letters and with what stands around them
/// they stay below the 64 that may stand before the `@` (RFC 5321).
const BYTES: usize = 16 + 2 + WHO + SIGNATURE;
const WHO: usize = 4;
const SIGNATURE: usize = 10;

/// The section `[replies]` of the configuration.
#[derive(Clone, Debug, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Replies {
    /// Whose mail the mail server gives to `moothall receive-mail`. Without it answers are not invited.
    pub domain: String,
    /// How long an address can be answered; as long as a private link (C-9) where nothing else is said.
    pub days: u16,
    /// The most of a whole mail that is read, with what is attached.
    pub most_bytes: usize,
}

impl Default for Replies {
    fn default() -> Replies {
        Replies { domain: String::new(), days: 30, most_bytes: 10_000_000 }
    }
}

impl Replies {
    /// A domain that can stand in an address, or none. Together with what is signed an address must not be too long.
    pub fn is_sound(&self) -> bool {
        let plain = |b: u8| b.is_ascii_alphanumeric() || b == b'-' || b == b'.';
        let whole = self.domain.split('.').all(|label| !label.is_empty() && label.len() < 64);
        self.domain.is_empty() || (self.domain.len() <= 180 && self.domain.bytes().all(plain) && whole)
    }
}

/// What a signed address says, once its signature was found to be ours.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Signed {
    report: Uuid,
    /// The last day, counted from 1970.
    day: u16,
    who: [u8; WHO],
}

impl Signed {
    fn ends_at(self) -> Time {
        Time((i64::from(self.day) + 1) * DAY_MICROS)
    }

    fn signature(self, setting: &Setting) -> Vec<u8> {
        setting.keys.reply(self.report, self.day, &self.who)[..SIGNATURE].to_vec()
    }

    fn address(self, setting: &Setting) -> String {
        let bytes =
            [&self.report.as_bytes()[..], &self.day.to_be_bytes(), &self.who, &self.signature(setting)].concat();
        format!("{LOCAL}+{}@{}", codes::show_token(&bytes), setting.replies.domain)
    }

    /// Reads the address a mail came to; nothing where it is not one of ours, or is out of date. Servers may change the case.
    pub fn read(setting: &Setting, address: &str, now: Time) -> Option<Signed> {
        let bytes: [u8; BYTES] = codes::in_address(address, LOCAL, &setting.replies.domain)?;
        let (report, rest) = bytes.split_first_chunk::<16>()?;
        let (day, rest) = rest.split_first_chunk::<2>()?;
        let (who, signature) = rest.split_first_chunk::<WHO>()?;
        let signed = Signed { report: Uuid::from_bytes(*report), day: u16::from_be_bytes(*day), who: *who };
        (same(&signed.signature(setting), signature) && now < signed.ends_at()).then_some(signed)
    }
}

/// Where this mail may be answered, if it may: the same at every try.
pub fn invite(tx: &mut Tx, setting: &Setting, delivery: &Delivery, now: Time) -> store::Result<Option<String>> {
    let Some(report) = delivery.report.filter(|_| !setting.replies.domain.is_empty()) else { return Ok(None) };
    let Some(head) = head(tx, report)? else { return Ok(None) };
    let Some(address) = writes_from(tx, setting, &head, now)?.filter(|address| *address == delivery.address) else {
        return Ok(None);
    };
    let day = delivery.created_at.micros().div_euclid(DAY_MICROS) + i64::from(setting.replies.days);
    let Ok(day) = u16::try_from(day) else { return Ok(None) };
    let signed = Signed { report, day, who: setting.keys.who(&address) };
    Ok((now < signed.ends_at()).then(|| signed.address(setting)))
}

/// The report, where it is still there.
fn head(tx: &mut Tx, report: Uuid) -> store::Result<Option<Head>> {
    match report::by_id(tx, report) {
        Err(store::Error::NotFound(_)) => Ok(None),
        found => found.map(Some),
    }
}

/// The address of the person whose answers are taken by mail. None where the report is sensitive, where a PIN or a code stands
/// before it, where there is any wish about contact, and where nothing can be added to it any more.
fn writes_from(tx: &mut Tx, setting: &Setting, head: &Head, now: Time) -> store::Result<Option<String>> {
    let open =
        !head.sensitive && head.tracking == Tracking::Link && !head.follow_waits() && head.withdrawn_at.is_none();
    if !open || reopening::stands(setting, &sub_case::of_report(tx, head.id)?, now) == Reopening::Over {
        return Ok(None);
    }
    let person = contacts::own(&HOUSE, tx, head.id)?;
    Ok(person.and_then(|person| contact::at_any_time(&person.safe, Kind::Email)))
}

/// A mail as it was read.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Brought {
    pub words: String,
    /// The one address it says it is from. Never believed; compared.
    pub from: Option<String>,
    /// What the mail calls itself: the same whenever it comes again.
    pub message_id: String,
    /// Files that came with it.
    pub left_out: usize,
    /// The words were longer than may be kept.
    pub cut: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Taken {
    Now,
    /// This mail was taken before.
    Before,
    /// Too many came in a short time: it may come again later.
    Later,
}

/// Puts the words into the report, as if they had been typed on its page. What is not there, not open, or not this person's
/// any more is not found, all alike.
pub fn take(tx: &mut Tx, setting: &Setting, draw: &mut Draw, signed: Signed, mail: &Brought) -> Result<Taken> {
    let head = head(tx, signed.report)?.ok_or(NotFound)?;
    let address = writes_from(tx, setting, &head, draw.now())?.ok_or(NotFound)?;
    if !same(&setting.keys.who(&address), &signed.who) || draw.now() >= signed.ends_at() {
        return Err(NotFound.into());
    }
    let mark = setting.keys.reply_mark(head.id, &mail.message_id);
    if !reply::keep(&HOUSE, tx, &mark, head.id, signed.ends_at())? {
        return Ok(Taken::Before);
    }
    let knocks = throttle::knock(tx, "reply", &setting.keys.reply_mark(head.id, ""), draw.now(), MOST_SECONDS)?;
    if knocks > MOST {
        // Nothing is kept of it: it comes again.
        reply::forget(&HOUSE, tx, &mark)?;
        return Ok(Taken::Later);
    }
    match follow::say(&access::opened(&head), tx, setting, draw, &mail.words, facts(mail, &address)) {
        Err(Error::Refused(Refusal::Ended)) => Err(NotFound.into()),
        said => said.map(|()| Taken::Now),
    }
}

/// How the words came, for the line of the thread: figures and yes or no.
fn facts(mail: &Brought, address: &str) -> Json {
    let mut facts = json!({ "by_mail": true });
    if !mail.from.as_deref().is_some_and(|from| from.trim().eq_ignore_ascii_case(address.trim())) {
        facts["other_address"] = json!(true);
    }
    if mail.left_out > 0 {
        facts["left_out"] = json!(mail.left_out);
    }
    if mail.cut {
        facts["cut"] = json!(true);
    }
    facts
}

/// Forgets mails whose address has ended.
pub fn sweep(tx: &mut Tx, now: Time) -> store::Result<u64> {
    reply::sweep(&HOUSE, tx, now)
}
