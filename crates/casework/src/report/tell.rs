//! Telling the resident: through the contact gate into the outbox, or onto a person's list (P-55).

use crate::{
    Draw, Result, Setting, access,
    contact::{self, Kind, Passage, Quiet},
};
use catalogue::Notice;
use rights::Actor;
use serde_json::{Value as Json, json};
use store::{
    Time, Tx, agreement, contact as contacts,
    delivery::{self, Delivery, State},
    report::{Head, Tracking},
};
use uuid::Uuid;

/// The messages a resident can get. Their words are the courier's.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Message {
    /// We have your report, with the link that the receipt shows, and the one by which it is shown to others (C-9).
    Receipt { link: Option<Uuid>, confirm: Option<Uuid> },
    /// Something changed; sign in to read it.
    Update,
    /// We need to know something from you.
    Question,
    /// The day that was booked is near.
    Reminder,
    /// Whether it is fixed, with the link that asks (C-51).
    Questionnaire { link: Uuid },
    /// A link to follow the report, asked for on the track page.
    Link,
}

impl Message {
    const fn notice(self) -> Notice {
        match self {
            Message::Receipt { .. } => Notice::Receipt,
            Message::Update => Notice::Update,
            Message::Question => Notice::Question,
            Message::Reminder => Notice::Reminder,
            Message::Questionnaire { .. } => Notice::Questionnaire,
            Message::Link => Notice::Link,
        }
    }

    pub const fn name(self) -> &'static str {
        self.notice().name()
    }
}

/// What became of a message.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Told {
    /// In the outbox.
    Queued,
    /// Kept back by the gate: a task for a person.
    Held,
    /// There is nothing to send to.
    Nobody,
}

/// Queues a message, if the gate lets it. The mail carries no words of the case, only a private link.
pub fn resident(
    tx: &mut Tx,
    setting: &Setting,
    draw: &mut Draw,
    head: &Head,
    agency: &str,
    entry: Uuid,
    message: Message,
) -> Result<Told> {
    through_the_gate(tx, setting, draw, (head, agency), entry, (message, None))
}

/// News, with what the mail says beside its link: words of the agency for every report alike, none of the case.
pub(crate) fn in_words(
    tx: &mut Tx,
    setting: &Setting,
    draw: &mut Draw,
    of: (&Head, &str),
    entry: Uuid,
    mail: Option<String>,
) -> Result<Told> {
    through_the_gate(tx, setting, draw, of, entry, (Message::Update, mail))
}

fn through_the_gate(
    tx: &mut Tx,
    setting: &Setting,
    draw: &mut Draw,
    (head, agency): (&Head, &str),
    entry: Uuid,
    (message, mail): (Message, Option<String>),
) -> Result<Told> {
    let Some((passage, goes_at)) = ask_the_gate(tx, setting, draw.now(), (head, agency), message.notice())? else {
        return Ok(Told::Nobody);
    };
    let (state, address, problem) = match passage {
        Passage::NoAddress => return Ok(Told::Nobody),
        Passage::Now(address) => (State::Waiting, address, None),
        Passage::Later => (State::Held, String::new(), Some("contact at a safe time")),
        Passage::Never => (State::Held, String::new(), Some("no safe channel")),
    };
    let link = match (state, message) {
        (State::Waiting, Message::Receipt { link: Some(link), .. } | Message::Questionnaire { link }) => Some(link),
        (State::Waiting, _) => Some(access::make_link(tx, &setting.keys, draw, head.id)?),
        _ => None,
    };
    let mut facts = facts(head, agency, link, mail);
    if let Message::Receipt { confirm: Some(confirm), .. } = message {
        facts["confirm"] = json!(confirm);
    }
    delivery::insert(
        tx,
        &Delivery {
            report: Some(head.id),
            agency: Some(agency.to_owned()),
            state,
            next_at: goes_at.unwrap_or(draw.now()),
            problem: problem.map(str::to_owned),
            ..Delivery::email(draw.id(), entry, (address, message.name()), facts, draw.now())
        },
    )?;
    Ok(if state == State::Waiting { Told::Queued } else { Told::Held })
}

/// What the gate says of a message, and when it would go; nothing where there is nobody to write to.
fn ask_the_gate(
    tx: &mut Tx,
    setting: &Setting,
    now: Time,
    (head, agency): (&Head, &str),
    notice: Notice,
) -> Result<Option<(Passage, Option<Time>)>> {
    // An anonymous reporter is never written to (P-59).
    if head.tracking == Tracking::Code {
        return Ok(None);
    }
    let Some(person) = contacts::own(&Actor::House("contact"), tx, head.id)? else { return Ok(None) };
    // The gate is asked of the instant at which it goes: waiting for the morning must not lead out of a safe window.
    let goes_at = goes_at(tx, setting, now, (head.id, agency), notice)?;
    let passage = goes_at.map_or(Passage::Later, |at| contact::gate(&person.safe, Kind::Email, at));
    Ok(Some((passage, goes_at)))
}

/// Would a message go out? For one that nobody waits for, and that is better not written than left to staff.
pub(super) fn goes(tx: &mut Tx, setting: &Setting, now: Time, of: (&Head, &str), notice: Notice) -> Result<bool> {
    Ok(matches!(ask_the_gate(tx, setting, now, of, notice)?, Some((Passage::Now(_), _))))
}

/// When a message that waited goes out, asked again at the moment of sending: a try that failed may have come into hours in
/// which none goes. Nothing, where no hour of the day is left.
pub fn may_go_at(tx: &mut Tx, setting: &Setting, now: Time, delivery: &Delivery) -> store::Result<Option<Time>> {
    let notice = Notice::from_name(&delivery.template);
    match (delivery.report, delivery.agency.as_deref(), notice) {
        (Some(report), Some(agency), Some(notice)) => goes_at(tx, setting, now, (report, agency), notice),
        // What is no message to a resident cannot be written as one.
        _ => Ok(Some(now)),
    }
}

/// When a message goes out: now, or when the hours in which it may not have passed (P-90, P-94). Never, where no hour of
/// the day is left.
fn goes_at(
    tx: &mut Tx,
    setting: &Setting,
    now: Time,
    (report, agency): (Uuid, &str),
    notice: Notice,
) -> store::Result<Option<Time>> {
    let mut quiet = Vec::new();
    if let Some(release) = setting.release(agency).filter(|release| !release.urgent.contains(&notice)) {
        quiet.push(Quiet::outside(release.from, release.until));
    }
    // A link is asked for by somebody who waits for it.
    if notice != Notice::Link && setting.agreement(agency).is_some() {
        let agreed = agreement::own(&Actor::House("contact"), tx, report, agency)?;
        quiet.extend(agreed.and_then(|agreed| agreed.quiet_from.zip(agreed.quiet_to)).map(Quiet::between));
    }
    Ok(contact::after_quiet(now, &quiet))
}

/// What the courier needs to write the mail: no words of the case (`words` are the agency's, the same for every report), and
/// the link by its id, not its token.
fn facts(head: &Head, agency: &str, link: Option<Uuid>, mail: Option<String>) -> Json {
    let mut facts = json!({
        "reference": head.reference,
        "service": head.service,
        "definition": head.definition,
        "agency": agency,
        "sensitive": head.sensitive,
        "link": link,
        "pin": head.tracking == Tracking::LinkAndPin,
    });
    if let Some(words) = mail {
        facts["words"] = json!(words);
    }
    facts
}
