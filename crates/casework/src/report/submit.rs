//! Sending a report: one transaction writes it, its answers, each agency's part, its entry and its messages.

mod ready;

pub(super) use ready::brought;
pub use ready::{Ready, needs_pin, ready};

use super::{
    again, ban, booking, clock, confirmation,
    entry::{Happened, write},
    files::{self, Holder},
    filing, hook, missed, office, ordered, payment, property, publication, questionnaire, shown_name,
    tell::{self, Message, Told},
};
use crate::{Draw, Error, Result, Setting, access, attempt, casefile, codes, template};
use catalogue::Cue;
use rights::{Actor, Group, Groups};
use serde::{Deserialize, Serialize};
use serde_json::{Value as Json, json};
use std::collections::BTreeSet;
use store::{
    Time, Tx,
    access::{keep_pin, keep_receipt},
    answer::{self, Answer as AnswerRow},
    contact,
    journal::{Audience, Verb, content_hash},
    neighbourhood,
    report::{self, NewReport, Tracking},
    sub_case,
};

/// How often another reference is drawn if one is in use.
const REFERENCE_TRIES: usize = 20;

/// What the sender is given. Shown once, on the page that follows; the secret parts are stored as hashes only.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Receipt {
    pub reference: String,
    pub code: String,
    pub received: Time,
    pub service: String,
    /// The token of the private link, where there is one.
    pub link: Option<String>,
    pub agencies: Vec<AgencyTold>,
    pub tracking: String,
    pub emailed: bool,
    pub held: bool,
    pub sensitive: bool,
    /// Why the first agency leads, in one sentence (J-3); empty where the service has no table of leads.
    #[serde(default)]
    pub reason: String,
    /// Pence that are to be paid for it.
    #[serde(default)]
    pub to_pay: Option<i64>,
    /// The day that is booked with it.
    #[serde(default)]
    pub booked: Option<booking::InReceipt>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AgencyTold {
    pub agency: String,
    pub name: String,
    pub next: String,
    pub first_by: Option<Time>,
    pub by: Time,
}

/// What a sending came to: a new report, or the one this attempt became before (a second tap, a lost answer).
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Sent {
    New(Receipt),
    Before(Receipt),
}

/// Sends an attempt. The receipt may be shown once this is committed, and not before.
pub fn submit(tx: &mut Tx, setting: &Setting, draw: &mut Draw, token: &str, ready: &Ready) -> Result<Sent> {
    send(&Actor::Anonymous, tx, setting, draw, token, ready)
}

/// The same, of staff who file it for somebody (C-70).
pub fn submit_for(
    actor: &Actor,
    tx: &mut Tx,
    setting: &Setting,
    draw: &mut Draw,
    token: &str,
    ready: &Ready,
) -> Result<Sent> {
    filing::allow(actor, ready.filing.as_ref().ok_or(rights::NotFound)?, &ready.service)?;
    send(actor, tx, setting, draw, token, ready)
}

fn send(actor: &Actor, tx: &mut Tx, setting: &Setting, draw: &mut Draw, token: &str, ready: &Ready) -> Result<Sent> {
    let before = attempt::receipt(tx, token, draw.now())?;
    if let Some(receipt) = before.and_then(|receipt| serde_json::from_value(receipt).ok()) {
        return Ok(Sent::Before(receipt));
    }
    let channel = if ready.filing.is_some() { "staff" } else { "web" };
    let (id, receipt) = file(actor, tx, setting, draw, ready, &Holder::Attempt(token.to_owned()), channel)?;
    attempt::sent(tx, draw, token, id, (json!(receipt), ready.filing.clone())).map_err(|e| match e {
        // Two sendings met; the other one won and this one is undone.
        Error::Stale => Error::Stale,
        other => other,
    })?;
    Ok(Sent::New(receipt))
}

/// Files a report that is ready, by whatever channel it came.
pub fn file(
    actor: &Actor,
    tx: &mut Tx,
    setting: &Setting,
    draw: &mut Draw,
    ready: &Ready,
    holder: &Holder,
    channel: &'static str,
) -> Result<(uuid::Uuid, Receipt)> {
    let by = ready.filing.as_ref().map(|filing| filing.agency.as_str());
    let tied = missed::tie(tx, setting, &ready.receivers.agencies, (ready.missed.as_ref(), by), draw.now())?;
    let of = (ready.receivers.agencies.as_slice(), ready.service.id.as_str());
    let order = ordered::tie(tx, setting, of, ready.ordered.as_ref(), draw.now())?;
    let with = |flags: &Json| match &tied {
        None => flags.clone(),
        Some(tied) => json!(names(flags).into_iter().chain(tied.flags()).collect::<BTreeSet<_>>()),
    };
    let (all_flags, open_flags) = (with(&ready.flags), with(&ready.open_flags));
    let id = draw.id();
    let now = draw.now();
    let mut reference = codes::reference(draw);
    for _ in 0..REFERENCE_TRIES {
        if !report::reference_taken(tx, &reference)? {
            break;
        }
        reference = codes::reference(draw);
    }
    let filed = match &ready.filing {
        Some(filing) => filing.row(tx, setting)?,
        None => None,
    };
    let row = NewReport {
        id,
        reference: reference.clone(),
        service: ready.service.id.clone(),
        definition: ready.service.hash.clone(),
        type_code: ready.type_code.clone(),
        first_received_at: now,
        anonymous: ready.anonymous,
        sensitive: ready.sensitive,
        tracking: ready.tracking,
        short_view: ready.short_view,
        spot: ready.spot.clone(),
        cell_6: ready.cells.town,
        cell_8: ready.cells.neighbourhood,
        cell_10: ready.cells.street,
        boundaries: ready.boundaries.clone(),
        language: ready.language.clone(),
        channel: channel.to_owned(),
        ward: ready.ward.clone(),
        layers: json!(ready.layers),
        device: ready.device,
        filed,
    };
    report::insert(tx, &row)?;
    let taken = match ready.receivers.agencies.first() {
        Some(agency) => {
            let of = (id, agency.as_str(), ready.service.id.as_str());
            booking::take(tx, setting, draw, of, ready.booked.as_ref(), ready.due.is_some())?
        }
        None => None,
    };
    let mut hashes = serde_json::Map::new();
    for (part, body) in &ready.parts {
        let salt = draw.salt().to_vec();
        hashes.insert(part.name().to_owned(), json!(hex(&content_hash(&salt, body))));
        answer::insert(tx, id, &AnswerRow { part: *part, body: body.clone(), salt })?;
    }
    if let Some(contact) = &ready.contact {
        contact::insert(tx, id, contact)?;
        for way in [&contact.email, &contact.phone].into_iter().flatten() {
            contact::mark(tx, id, &setting.keys.reporter(way))?;
        }
    }
    // What cannot be looked up has no code to look it up by (P-59).
    let code = if ready.looked_up() { codes::receipt_code(draw) } else { String::new() };
    if ready.looked_up() {
        keep_receipt(tx, id, &setting.keys.code("receipt", id, &code))?;
    }
    if let Some(pin) = &ready.pin {
        keep_pin(tx, id, &setting.keys.code("pin", id, pin))?;
    }

    let head = row.head();
    let all: Groups = Group::ALL.into_iter().collect();
    let mut told = Vec::new();
    let mut moved = clock::Moved::default();
    for (ordinal, agency) in ready.receivers.agencies.iter().enumerate() {
        let (shared, flags) = if ordinal == 0 { (&all, &all_flags) } else { (&ready.helpers, &open_flags) };
        let number = sub_case::next_number(tx)?;
        let mut case = setting.new_case(draw, &head, agency, ready.priority, flags.clone(), number)?;
        case.shared = json!(shared);
        if shared.contains(&Group::Place) {
            (case.cell, case.lat, case.lon) = (row.cell_10, row.spot.lat, row.spot.lon);
        }
        sub_case::insert(tx, &case)?;
        if ordinal == 0 {
            setting.desks(tx, &case, (&ready.recipients, &ready.open_recipients))?;
        }
        if let Some(here) = ready.neighbourhoods.iter().find(|here| here.agency == *agency) {
            neighbourhood::lies_in(tx, id, agency, &here.code)?;
        }
        setting.index(tx, &head, &case)?;
        moved.add(clock::cue(tx, setting, draw, &case, &[Cue::Received])?);
        clock::timers(tx, setting, draw, &case, &ready.timers, &mut moved)?;
        told.push(AgencyTold {
            agency: agency.clone(),
            name: setting.agency_name(agency),
            next: setting.what_next(agency, &head.service),
            first_by: case.first_due_at,
            by: case.due_at,
        });
    }
    let timers: Vec<_> =
        ready.timers.iter().map(|t| json!({ "id": t.id, "until": t.until.map(|d| d.to_string()) })).collect();
    let file_facts = files::facts(tx, holder, &ready.files)?;
    let mut facts = json!({
                "service": ready.service.id, "version": ready.service.version, "definition": ready.service.hash,
                "type": ready.type_code, "channel": channel, "agencies": told, "lead": ready.receivers.row,
                "answers": hashes,
                "flags": all_flags, "timers": timers, "recipients": ready.recipients, "anonymous": ready.anonymous,
    });
    moved.note(&mut facts);
    if let Some(tied) = &tied {
        facts["missed"] = tied.facts();
    }
    if let Some(due) = &ready.due {
        facts["payment"] = due.facts();
    }
    if let Some(taken) = &taken {
        facts["booking"] = taken.facts();
    }
    let before = again::named(tx, ready.after)?;
    if let Some(before) = &before {
        facts["after"] = json!(before.reference);
    }
    if let Some(filing) = &ready.filing {
        facts["filed"] = filing.facts();
    }
    if !ready.layers.is_empty() {
        facts["layers"] = json!(ready.layers);
    }
    if !file_facts.is_empty() {
        facts["files"] = json!(file_facts);
    }
    let entry = write(
        actor,
        tx,
        draw,
        Happened {
            report: id,
            agency: None,
            verb: Verb::Collection,
            kind: "report.received",
            audience: Audience::Resident,
            facts,
            words: None,
        },
    )?;
    files::claim(tx, holder, &ready.files, id, entry)?;
    if let Some(before) = &before {
        again::note(actor, tx, draw, before, &reference)?;
    }
    let mut confirm = None;
    if let (Some(made), Some(agency)) = (&ready.made, ready.receivers.agencies.first()) {
        let banned = ban::shuts_out(tx, agency, ready.contact.as_ref(), now)?;
        let said_by = ready.filing.as_ref().map(filing::Filing::said_by).unwrap_or_default();
        publication::keep(tx, &head, agency, (made, banned), said_by)?;
        if banned {
            ban::mark(tx, id, agency)?;
        }
        if ready.named {
            shown_name::keep_with_report(tx, setting, id, (ready.contact.as_ref(), banned), now)?;
        }
        questionnaire::begin(tx, setting, now, &head, agency)?;
        let mailed = ready.contact.as_ref().is_some_and(|contact| contact.email.is_some());
        confirm = confirmation::begin(tx, setting, draw, (id, agency), (ready.signed_in, mailed))?;
    }
    casefile::begin::received(tx, setting, draw, &head, &ready.service, &ready.receivers.agencies)?;
    property::keep(tx, setting, draw, id, &ready.marks)?;
    if let Some(due) = &ready.due {
        payment::keep(tx, draw, id, due)?;
    }
    if let Some(tied) = &tied {
        missed::keep(tx, setting, draw, id, tied)?;
    }
    if let Some(order) = &order {
        ordered::keep(tx, setting, draw, id, order)?;
    }
    for agency in &ready.receivers.agencies {
        hook::report(tx, setting, draw, (hook::Event::Received, entry), agency, &head, None)?;
        office::tell(actor, tx, setting, draw, (entry, agency, &head))?;
    }
    let link = match ready.tracking {
        Tracking::Code => None,
        Tracking::Link | Tracking::LinkAndPin => Some(access::make_link(tx, &setting.keys, draw, id)?),
    };
    let message = match ready.receivers.agencies.first() {
        Some(agency) => tell::resident(tx, setting, draw, &head, agency, entry, Message::Receipt { link, confirm })?,
        None => Told::Nobody,
    };
    for agency in &ready.receivers.agencies {
        say_first(actor, tx, setting, draw, &head, agency)?;
    }
    let receipt = Receipt {
        reference,
        code,
        received: now,
        service: ready.service.id.clone(),
        link: link.map(|link| setting.keys.link_token(link)),
        agencies: told,
        tracking: if ready.looked_up() { ready.tracking.name() } else { catalogue::Tracking::Nothing.name() }
            .to_owned(),
        emailed: message == Told::Queued,
        held: message == Told::Held,
        sensitive: ready.sensitive,
        reason: ready.receivers.reason.clone(),
        to_pay: ready.due.as_ref().map(payment::Due::amount),
        booked: taken.as_ref().and_then(|taken| booking::of_receipt(setting, taken, now)),
    };
    Ok((id, receipt))
}

/// What an agency says by itself of a report like this (C-67). A second mail goes only where the template has words for one: the
/// receipt leads to the same page.
fn say_first(
    actor: &Actor,
    tx: &mut Tx,
    setting: &Setting,
    draw: &mut Draw,
    head: &report::Head,
    agency: &str,
) -> Result<()> {
    let Some((words, one)) = template::first(tx, setting, draw.now(), (head, agency))? else { return Ok(()) };
    let (verb, audience, facts) = (Verb::Collection, Audience::Resident, json!({ "template": one.id }));
    let kind = "update.first";
    let mail = template::mail(tx, setting, draw.now(), head, &facts)?;
    let happened = Happened { report: head.id, agency: Some(agency), verb, kind, audience, facts, words: Some(&words) };
    let entry = write(actor, tx, draw, happened)?;
    if mail.is_some() {
        tell::in_words(tx, setting, draw, (head, agency), entry, mail)?;
    }
    Ok(())
}

fn names(flags: &Json) -> Vec<String> {
    serde_json::from_value(flags.clone()).unwrap_or_default()
}

fn hex(bytes: &[u8]) -> String {
    data_encoding::HEXLOWER.encode(bytes)
}
