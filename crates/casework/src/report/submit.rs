//! Sending a report: one transaction writes it, its answers, each agency's part, its entry and its messages.

use super::{
    answers, ban, booking, clock, confirmation,
    entry::{Happened, write},
    files::{self, Holder, Wanted},
    hook, missed, office, ordered, payment, property,
    publication::{self, Made},
    tell::{self, Message, Told},
    ward,
};
use crate::{
    Draw, Error, Refusal, Result, Setting, access, attempt, casefile, codes,
    geography::{Cells, team::Here},
    template,
};
use catalogue::{Answer, Answers, Context, Cue, Effects, End, Receivers, Service, Timer, Walk, walk};
use rights::{Actor, Group, Groups};
use serde::{Deserialize, Serialize};
use serde_json::{Value as Json, json};
use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};
use store::{
    Time, Tx,
    access::{keep_pin, keep_receipt},
    answer::{self, Answer as AnswerRow, Part},
    contact::{self, Contact},
    journal::{Audience, Verb, content_hash},
    neighbourhood,
    report::{self, NewReport, Spot, Tracking},
    sub_case,
};

/// How often another reference is drawn if one is in use.
const REFERENCE_TRIES: usize = 20;

/// A report that is complete and may be sent: everything that can be worked out before the write.
#[derive(Clone)]
pub struct Ready {
    service: Arc<Service>,
    receivers: Receivers,
    /// What agencies that help the one that leads may see and know of it (J-13, J-28, J-32).
    helpers: Groups,
    open_flags: Json,
    parts: BTreeMap<Part, Json>,
    contact: Option<Contact>,
    spot: Spot,
    cells: Cells,
    boundaries: String,
    type_code: String,
    priority: i64,
    flags: Json,
    timers: Vec<Timer>,
    recipients: Json,
    anonymous: bool,
    sensitive: bool,
    neighbourhoods: Vec<Here>,
    tracking: Tracking,
    short_view: bool,
    language: Option<String>,
    pin: Option<String>,
    files: Vec<Wanted>,
    /// What everybody may read of it.
    made: Option<Made>,
    /// Its sender has shown already that an address is theirs.
    signed_in: bool,
    /// What tells things from all others (P-68).
    marks: BTreeSet<catalogue::Mark>,
    /// The collections of a home that were missed (C-28).
    missed: Option<missed::Said>,
    /// What is to be paid for it.
    due: Option<payment::Due>,
    /// The day that is booked with it.
    booked: Option<booking::Said>,
    /// The containers of a home that are ordered.
    ordered: Option<ordered::Said>,
}

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

/// The PIN is the second thing that opens a police report (P-91); a report without a name has none (P-59).
pub fn needs_pin(walk: &Walk) -> bool {
    walk.service.tracking == catalogue::Tracking::LinkAndPin && !walk.effects.anonymous
}

/// Checks that every question on the path is answered, and works out who gets it. Pure but for the places in memory.
pub fn ready(
    setting: &Setting,
    service: &Arc<Service>,
    given: &Answers,
    pin: Option<&str>,
    context: &Context,
) -> Result<Ready> {
    let walk = walk(service, given, context);
    if !matches!(walk.end, End::Check) {
        return Err(Refusal::Incomplete.into());
    }
    let Some(kept) = &walk.to_store() else { return Err(Refusal::Incomplete.into()) };
    let place = service.deciding_place().and_then(|q| kept.get(&q.id)).and_then(|answer| match answer {
        Answer::Place(place) => Some(place),
        _ => None,
    });
    let receivers = setting.receivers(&walk);
    if receivers.agencies.is_empty() {
        return Err(Refusal::Incomplete.into());
    }
    let anonymous = walk.effects.anonymous;
    let contact = if anonymous { None } else { answers::person(service, kept).map(answers::contact) };
    let tracking = match (anonymous, service.tracking) {
        (true, _) | (_, catalogue::Tracking::Nothing) => Tracking::Code,
        (false, catalogue::Tracking::Link) => Tracking::Link,
        (false, catalogue::Tracking::LinkAndPin) => Tracking::LinkAndPin,
    };
    let pin = match (tracking, pin.and_then(codes::read_pin)) {
        (Tracking::LinkAndPin, None) => return Err(Refusal::Incomplete.into()),
        (Tracking::LinkAndPin, pin) => pin,
        _ => None,
    };
    let (spot, cells) = setting.geography().spot(place);
    let neighbourhoods = match (spot.lat, spot.lon) {
        (Some(lat), Some(lon)) => setting.geography().teams_at(lat, lon),
        _ => Vec::new(),
    };
    let sensitive = service.sensitive || walk.effects.sensitive;
    let leads = receivers.agencies.first().map(String::as_str).unwrap_or_default();
    Ok(Ready {
        made: publication::made(setting, service, kept, &spot, (sensitive, leads)),
        parts: answers::parts(service, kept),
        files: files::wanted(service, kept),
        marks: catalogue::marks(service, kept),
        missed: missed::said(service, kept, &walk.effects),
        due: receivers.agencies.first().and_then(|agency| payment::due(setting, service, kept, agency, context)),
        booked: booking::said(service, kept),
        ordered: ordered::said(service, kept),
        service: service.clone(),
        receivers,
        helpers: helpers(service, &walk.effects),
        open_flags: json!(walk.effects.flags.difference(&walk.effects.guarded).collect::<Vec<_>>()),
        contact,
        spot,
        cells,
        boundaries: setting.geography().boundaries_label(),
        type_code: walk.effects.type_code.clone(),
        priority: i64::from(walk.effects.priority).clamp(1, 9),
        flags: json!(walk.effects.flags),
        timers: walk.effects.timers.iter().cloned().collect(),
        recipients: json!(walk.effects.recipients),
        anonymous,
        sensitive,
        neighbourhoods,
        tracking,
        short_view: walk.effects.short_view,
        language: None,
        signed_in: false,
        pin,
    })
}

/// A report that was made in the agency's own back office, of which no more is known than it said: no questions were asked, and
/// nobody is its reporter here.
pub(super) fn brought(setting: &Setting, service: &Arc<Service>, agency: &str, said: &Answers) -> Ready {
    let place = service.deciding_place().and_then(|q| said.get(&q.id)).and_then(|answer| match answer {
        Answer::Place(place) => Some(place),
        _ => None,
    });
    let geography = setting.geography();
    let (spot, cells) = geography.spot(place);
    let point = spot.lat.zip(spot.lon);
    Ready {
        made: publication::made(setting, service, said, &spot, (service.sensitive, agency)),
        parts: answers::parts(service, said),
        files: Vec::new(),
        marks: BTreeSet::new(),
        missed: None,
        due: None,
        service: service.clone(),
        receivers: Receivers { agencies: vec![agency.to_owned()], row: None, reason: String::new() },
        helpers: Groups::default(),
        open_flags: json!([]),
        contact: None,
        spot,
        cells,
        boundaries: geography.boundaries_label(),
        type_code: service.id.clone(),
        priority: i64::from(service.priority).clamp(1, 9),
        flags: json!([]),
        timers: Vec::new(),
        recipients: json!([]),
        anonymous: true,
        sensitive: service.sensitive,
        neighbourhoods: point.map(|(lat, lon)| geography.teams_at(lat, lon)).unwrap_or_default(),
        tracking: Tracking::Code,
        short_view: false,
        language: None,
        signed_in: false,
        booked: None,
        ordered: None,
        pin: None,
    }
}

/// Without a table of leads every agency answers alike and sees all. With one, those that help see the account and the
/// place; who reported only where an answer says so; answers marked restricted and evidence only by a disclosure.
fn helpers(service: &Service, effects: &Effects) -> Groups {
    if service.leads.is_empty() {
        return Group::ALL.into_iter().collect();
    }
    let contact = effects.share_contact.then_some(Group::Contact);
    [Group::Summary, Group::Place, Group::Account].into_iter().chain(contact).collect()
}

impl Ready {
    /// The sender can come back to it.
    pub fn looked_up(&self) -> bool {
        self.service.tracking != catalogue::Tracking::Nothing
    }

    /// It was answered in a language other than English, by its tag.
    pub fn answered_in(mut self, tag: &str) -> Ready {
        self.language = (tag != "en").then(|| tag.to_owned());
        self
    }

    /// Whether its sender is signed in: then it is shown to others without a link in a mail (C-9).
    pub fn signed_in(mut self, signed_in: bool) -> Ready {
        self.signed_in = signed_in;
        self
    }

    pub fn sensitive(&self) -> bool {
        self.sensitive
    }

    /// Who gets it, the one that leads first.
    pub fn agencies(&self) -> &[String] {
        &self.receivers.agencies
    }

    pub(super) fn service(&self) -> &str {
        &self.service.id
    }

    pub(super) fn tracking(&self) -> Tracking {
        self.tracking
    }
}

/// What a sending came to: a new report, or the one this attempt became before (a second tap, a lost answer).
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Sent {
    New(Receipt),
    Before(Receipt),
}

/// Sends an attempt. The receipt may be shown once this is committed, and not before.
pub fn submit(tx: &mut Tx, setting: &Setting, draw: &mut Draw, token: &str, ready: &Ready) -> Result<Sent> {
    let before = attempt::receipt(tx, token, draw.now())?;
    if let Some(receipt) = before.and_then(|receipt| serde_json::from_value(receipt).ok()) {
        return Ok(Sent::Before(receipt));
    }
    let (id, receipt) = file(&Actor::Anonymous, tx, setting, draw, ready, &Holder::Attempt(token.to_owned()), "web")?;
    attempt::sent(tx, draw, token, id, json!(receipt)).map_err(|e| match e {
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
    let tied = missed::tie(tx, setting, &ready.receivers.agencies, ready.missed.as_ref(), draw.now())?;
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
    let mut confirm = None;
    if let (Some(made), Some(agency)) = (&ready.made, ready.receivers.agencies.first()) {
        let banned = ban::shuts_out(tx, agency, ready.contact.as_ref(), now)?;
        publication::keep(tx, &head, agency, (made, banned))?;
        if banned {
            ban::mark(tx, id, agency)?;
        }
        let mailed = ready.contact.as_ref().is_some_and(|contact| contact.email.is_some());
        confirm = confirmation::begin(tx, setting, draw, (id, agency), (ready.signed_in, mailed))?;
    }
    let public = ready.made.as_ref().and_then(Made::point);
    ward::keep(tx, setting, id, ready.spot.lat.zip(ready.spot.lon), public)?;
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
