//! What staff see of a report: their own part, and of the rest what the view table gives (J-26, J-28).

use super::{
    acts::{Parts, parts, reads_words, relation},
    amend::{self, Added},
    booking, clock, coded, duplicate, files, mark,
    objection::{Raised, raised},
    payment,
    place::{self, Moved},
    property::{self, Met},
    remark::{Spoken, spoken},
    service,
    timeline::{self, Event},
    translation::{self, Of, Translated},
};
use crate::{Refusal, Result, Setting, geography::layer::Stood, template};
use rights::{Actor, Group, Groups, NotFound, Relation, Right};
use store::{
    Look, Time, answer, casefile,
    contact::{self, Contact},
    delivery::{self, Delivery},
    desk,
    held::{self, Held},
    journal::{self, Audience},
    objection,
    payment::Payment,
    publication::{self, Publication},
    remark,
    report::{self, Filed, Head, Spot},
    sending::{self, Sending},
    shown_name,
    staff::{self, Colleague},
    sub_case::SubCase,
    template::Template,
    transfer::{self, Transfer},
};

/// Another agency's part: who, and how far.
#[derive(Clone, Debug)]
pub struct Other {
    pub agency_name: String,
    pub stage_name: String,
    pub since: Time,
}

#[derive(Clone, Debug)]
pub struct Working {
    pub head: Head,
    pub service_title: String,
    pub relation: Relation,
    pub groups: Groups,
    pub case: Option<SubCase>,
    pub stage_name: String,
    pub team_name: String,
    pub assignee: Option<String>,
    pub spot: Option<Spot>,
    pub contact: Option<Contact>,
    pub answers: Vec<catalogue::ShownAnswer>,
    /// Things told later, oldest first.
    pub added: Vec<Added>,
    /// Photos and other files of the parts that are seen.
    pub files: Vec<Held>,
    pub others: Vec<Other>,
    /// Other reports that may speak of the same things.
    pub met: Vec<Met>,
    /// The open transfer, either way.
    pub transfer: Option<Transfer>,
    pub timeline: Vec<Event>,
    pub deliveries: Vec<Delivery>,
    /// What the agency's back office was told of it.
    pub sendings: Vec<Sending>,
    pub colleagues: Vec<Colleague>,
    /// Limits that stand in the list too: what each is called, and when it ends.
    pub limits: Vec<(String, Time)>,
    /// What is paid for it to the actor's agency.
    pub payment: Option<Payment>,
    /// The day that is booked.
    pub booking: Option<store::booking::Booking>,
    /// The case it stands in, by its reference.
    pub kept_in: Option<String>,
    /// What everybody may read of it, shown or not, where the agency leads.
    pub publication: Option<Publication>,
    /// Staff keep it private.
    pub is_private: bool,
    /// Its reporter asks that what says who they are be taken out, and nobody has decided.
    pub asks_for_removal: bool,
    /// Its reporter showed it, and its pictures wait for a person.
    pub pictures_wait: bool,
    /// Where it was before staff moved the pin, where the actor sees the place.
    pub moved: Vec<Moved>,
    /// Its pin can be moved.
    pub may_move: bool,
    /// What it is the same as, and what is the same as it, by their references.
    pub same_as: Option<String>,
    pub duplicates: Vec<String>,
    /// Metres within which staff may say that another is the same.
    pub same_within: Option<f64>,
    /// It can become a report of another service.
    pub may_change: bool,
    /// What others said of it in public, newest first, for who may show and hide it.
    pub remarks: Vec<Spoken>,
    /// Names that people chose to show with it: the item, whether it is of what somebody said, and the name.
    pub names: Vec<(uuid::Uuid, bool, String)>,
    /// What others say should not be public.
    pub objections: Vec<Raised>,
    /// The language it was answered in, where it is not English: its tag, and its name.
    pub language: Option<(String, String)>,
    /// Who of the staff filed it, and for whom.
    pub filed: Option<(Filed, String)>,
    /// Land on the agency's maps that it lay in when it came: what it is called, and by which map.
    pub layers: Vec<(String, String)>,
    /// Codes of a national return, as the agency has them now.
    pub codes: Vec<coded::Now>,
    /// It is on the actor's own list of what to go and see.
    pub shortlisted: bool,
    /// Teams that have it beside the agency's own one, by name.
    pub also_with: Vec<String>,
    /// Templates to choose from, each with its words as this report fills them.
    pub templates: Vec<(Template, String)>,
    /// What colleagues translated of what this person may see.
    pub translations: Vec<Translated>,
}

/// One report for one member of staff. What it shows is entered in the journal before it is released.
pub fn working(actor: &Actor, look: &mut Look, setting: &Setting, (reference, now): (&str, Time)) -> Result<Working> {
    rights::hold(actor, Right::SeeReport)?;
    let agency = actor.agency().ok_or(NotFound)?.to_owned();
    let head = report::by_reference(look.tx, reference)?.ok_or(NotFound)?;
    let Parts { relation, mine: case, others, transfers } = parts(actor, look.tx, &agency, &head)?;
    rights::allow(actor, Right::SeeReport, relation)?;
    let shared: Groups =
        case.as_ref().and_then(|case| serde_json::from_value(case.shared.clone()).ok()).unwrap_or_default();
    let groups = rights::groups_seen(actor, relation, &shared);
    look.shows(head.id, Group::Summary.name());

    let mut bodies = Vec::new();
    let seen = files::parts_of(&groups);
    for part in &seen {
        bodies.extend(answer::part(actor, look, head.id, *part)?);
    }
    let mut files = held::for_staff(actor, look, head.id, &seen)?;
    let may_redact = rights::allow(actor, Right::RedactFile, relation).is_ok();
    files.retain(|file| file.hidden_at.is_none() || may_redact);
    let answers =
        setting.definition(&head.definition).map(|s| super::answers::shown(&s, bodies.iter())).unwrap_or_default();
    let spot = if groups.contains(&Group::Place) { Some(report::spot(actor, look, head.id)?) } else { None };
    let contact = if groups.contains(&Group::Contact) { contact::of_report(actor, look, head.id)? } else { None };
    let mut entries: Vec<_> = journal::for_staff(actor, look, head.id)?
        .into_iter()
        // An agency that is not the holder reads the thread of the hand-over, not the resident's words (J-26).
        .filter(|entry| match relation {
            Relation::Holder => true,
            _ => {
                let of_hand_over = entry.audience == Audience::Agencies || entry.kind.starts_with("transfer.");
                of_hand_over || entry.agency.as_deref() == Some(&agency)
            }
        })
        .collect();
    for entry in entries.iter_mut().filter(|entry| entry.actor == "resident") {
        if !case.as_ref().is_some_and(|case| reads_words(case, entry.at)) {
            entry.content = None;
        }
    }
    let codes = match setting.definition(&head.definition) {
        Some(service) if relation == Relation::Holder => coded::now(&service, bodies.iter(), &entries, &agency),
        _ => Vec::new(),
    };
    let mut translations = translation::of(&entries);
    // Beside what this person sees, and not otherwise.
    translations.retain(|known| match &known.of {
        Of::Answer(id) => answers.iter().any(|answer| answer.question == *id),
        Of::Entry(id) => entries.iter().any(|entry| entry.id == *id && entry.content.is_some()),
    });
    let language = if groups.contains(&Group::Account) { report::language(actor, look, head.id)? } else { None };
    let filed = report::filed(actor, look, head.id)?;
    let language = language.map(|tag| {
        let name = setting.language_name(&tag);
        (tag, name)
    });
    let layers = match &spot {
        Some(_) => named_layers(setting, &agency, report::layers(actor, look, head.id)?),
        None => Vec::new(),
    };
    let met = match &case {
        Some(case) if relation == Relation::Holder => property::of_report(actor, look, setting, case)?,
        _ => Vec::new(),
    };
    let payment = match &case {
        Some(case) if relation == Relation::Holder => payment::of_report(actor, look, head.id, &case.agency)?,
        _ => None,
    };
    let booking = match &case {
        Some(case) if relation == Relation::Holder => booking::of_report(actor, look, head.id, &case.agency)?,
        _ => None,
    };
    let limits = match &case {
        Some(case) if relation == Relation::Holder => {
            clock::listed(look.tx, setting, (head.id, &case.service), &case.agency)?
        }
        _ => Vec::new(),
    };
    let publication = match &case {
        Some(case) if relation == Relation::Holder => {
            publication::of_report(actor, look.tx, head.id)?.filter(|row| row.agency == case.agency)
        }
        _ => None,
    };
    let is_private = publication.is_some() && store::private::is_kept(actor, look.tx, head.id)?;
    let pictures_wait = publication.is_some() && store::confirmation::waits(actor, look.tx, head.id)?;
    let asks_for_removal =
        publication.is_some() && case.as_ref().is_some_and(|case| mark::has(case, mark::ASKS_FOR_REMOVAL));
    let allows = |right| rights::allow(actor, right, relation).is_ok();
    let may_move = allows(Right::EditReport) && case.as_ref().is_some_and(|case| place::may_move(setting, &head, case));
    let (same_as, duplicates) = match relation {
        Relation::Holder => duplicate::around(look.tx, head.id)?,
        _ => Default::default(),
    };
    let holder = case.as_ref().filter(|_| allows(Right::Close));
    let same_within = holder.and_then(|case| duplicate::within(setting, &head, case));
    let may_change = allows(Right::ChangeService)
        && case.as_ref().is_some_and(|case| !case.core.ended() && service::may_change(setting, &head, &case.agency));
    let remarks = match (&publication, rights::allow(actor, Right::Moderate, relation)) {
        (Some(_), Ok(())) => remark::of_report(actor, look, head.id)?,
        _ => Vec::new(),
    };
    let names = match (&publication, rights::allow(actor, Right::Moderate, relation)) {
        (Some(_), Ok(())) => shown_name::of_report(actor, look.tx, head.id)?,
        _ => Vec::new(),
    };
    let names = names.into_iter().map(|row| (row.item, row.remark.is_some(), row.name)).collect();
    let remarks = remarks.into_iter().map(|said| spoken(said, &files)).collect();
    // Those of others stand beside what they said.
    files.retain(|held| held.remark.is_none());
    let objections = match (&publication, rights::allow(actor, Right::Moderate, relation)) {
        (Some(_), Ok(())) => objection::of_report(actor, look, head.id)?,
        _ => Vec::new(),
    };
    let kept_in = match relation {
        Relation::Holder => casefile::of_report(look.tx, head.id)?.into_iter().find(|known| known.agency == agency),
        _ => None,
    };
    let templates = match rights::allow(actor, Right::AskResident, relation) {
        Ok(()) => template::of_report(actor, look.tx, setting, (&head, &template::outside_said(&entries), now))?,
        Err(NotFound) => Vec::new(),
    };
    let also_with = match (&case, relation) {
        (Some(case), Relation::Holder) => also_with(actor, look, setting, case)?,
        _ => Vec::new(),
    };
    let shortlisted = match rights::allow(actor, Right::KeepShortlist, relation) {
        Ok(()) => super::shortlist::is_mine(actor, look.tx, head.id)?,
        Err(NotFound) => false,
    };
    let colleagues = staff::colleagues(actor, look.tx)?;
    let deliveries = match rights::allow(actor, Right::SeeDeliveries, relation) {
        Ok(()) => delivery::of_report(actor, look, head.id)?,
        Err(NotFound) => Vec::new(),
    };
    let sendings = match rights::allow(actor, Right::SeeDeliveries, relation) {
        Ok(()) => sending::for_staff(actor, look, head.id)?,
        Err(NotFound) => Vec::new(),
    };
    let others = others
        .into_iter()
        .map(|other| Other {
            agency_name: setting.agency_name(&other.agency),
            stage_name: setting.stands(&other).unwrap_or_else(|| other.stage.clone()),
            since: other.changed_at,
        })
        .collect();
    let transfer = transfers
        .into_iter()
        .find(|t| t.state == transfer::State::Proposed && (t.to_agency == agency || t.from_agency == agency));
    let stage_name = case.as_ref().and_then(|case| setting.stands(case)).unwrap_or_default();
    let team_name = case.as_ref().and_then(|case| setting.team_name(&case.agency, &case.team)).unwrap_or_default();
    let assignee = case
        .as_ref()
        .and_then(|case| case.assignee)
        .and_then(|id| colleagues.iter().find(|c| c.id == id))
        .map(|c| c.name.clone());
    Ok(Working {
        service_title: setting.service_title(&head),
        relation,
        stage_name,
        team_name,
        assignee,
        spot,
        contact,
        added: if groups.contains(&Group::Account) { amend::added(&entries) } else { Vec::new() },
        answers,
        files,
        others,
        met,
        payment,
        booking,
        transfer,
        timeline: timeline::for_staff(setting, &entries),
        deliveries,
        sendings,
        limits,
        kept_in: kept_in.map(|known| known.reference),
        moved: if groups.contains(&Group::Place) { place::moved(&entries) } else { Vec::new() },
        is_private,
        asks_for_removal,
        pictures_wait,
        same_as,
        duplicates,
        same_within,
        may_move,
        may_change,
        publication,
        objections: objections.into_iter().map(raised).collect(),
        remarks,
        names,
        language,
        filed,
        layers,
        codes,
        shortlisted,
        also_with,
        templates,
        translations,
        colleagues,
        groups,
        case,
        head,
    })
}

/// Who may not read what called a team in does not read that it was, but where it is their own.
fn also_with(actor: &Actor, look: &mut Look, setting: &Setting, case: &SubCase) -> Result<Vec<String>> {
    let mine = actor.staff().map(|me| me.teams.as_slice()).unwrap_or_default();
    let all = rights::hold(actor, Right::SeeRestricted).is_ok();
    let desks = desk::of(actor, look, case.id)?.into_iter();
    let shown = desks.filter(|desk| (desk.open || all || mine.contains(&desk.team)) && desk.team != case.team);
    Ok(shown.map(|desk| setting.team_name(&case.agency, &desk.team).unwrap_or(desk.team)).collect())
}

/// What an agency's own layers are called. Those of another agency are that agency's.
fn named_layers(setting: &Setting, agency: &str, kept: serde_json::Value) -> Vec<(String, String)> {
    let kept: Vec<Stood> = serde_json::from_value(kept).unwrap_or_default();
    let own = kept.into_iter().filter(|stood| stood.agency == agency);
    own.map(|stood| (setting.layer_name(agency, &stood.layer), stood.map)).collect()
}

/// Why staff need to know of earlier reports by the same person (P-63): a name for the record of access, and words.
pub const NEEDS: [(&str, &str); 3] = [
    ("risk", "To judge how much they are at risk"),
    ("repeat", "To see if this happened to them before"),
    ("link", "To join reports of the same matter"),
];

/// How many earlier reports the agency has from the same e-mail address or telephone number. The number alone; the look
/// and its reason are entered in the journal.
pub fn earlier(actor: &Actor, look: &mut Look, reference: &str) -> Result<(Head, i64)> {
    rights::hold(actor, Right::SeeContact)?;
    let agency = actor.agency().ok_or(NotFound)?.to_owned();
    let head = report::by_reference(look.tx, reference)?.ok_or(NotFound)?;
    rights::allow(actor, Right::SeeContact, relation(actor, look.tx, &agency, &head)?.0)?;
    let count = contact::earlier(actor, look, head.id, &agency)?;
    Ok((head, count))
}

/// One look at a report: when, who, at which groups of its data, and why.
#[derive(Clone, Debug)]
pub struct Seen {
    pub at: Time,
    pub by: String,
    pub groups: Vec<String>,
    pub reason: String,
}

/// Who of the actor's own agency opened the report, newest first.
pub fn history(actor: &Actor, look: &mut Look, reference: &str) -> Result<(Head, Vec<Seen>)> {
    rights::hold(actor, Right::SeeHistory)?;
    let agency = actor.agency().ok_or(NotFound)?.to_owned();
    let head = report::by_reference(look.tx, reference)?.ok_or(NotFound)?;
    rights::allow(actor, Right::SeeHistory, relation(actor, look.tx, &agency, &head)?.0)?;
    let entries = journal::history(actor, look, head.id)?;
    let seen = entries.into_iter().filter(|entry| entry.kind == "report.seen").map(|entry| {
        let groups = entry.facts.get("groups").cloned().unwrap_or_default();
        Seen {
            at: entry.at,
            by: entry.actor_name,
            groups: serde_json::from_value(groups).unwrap_or_default(),
            reason: entry.facts["reason"].as_str().unwrap_or_default().to_owned(),
        }
    });
    Ok((head, seen.collect()))
}

/// A stuck message of the agency goes out again.
pub fn retry_delivery(actor: &Actor, tx: &mut store::Tx, draw: &mut crate::Draw, delivery: uuid::Uuid) -> Result<()> {
    rights::hold(actor, Right::RetryDelivery)?;
    delivery::retry(actor, tx, delivery, draw.now()).map_err(|e| match e {
        store::Error::Stale => Refusal::AlreadyDone.into(),
        other => crate::Error::from(other),
    })?;
    super::entry::write_without_report(actor, tx, draw, "delivery.retried", serde_json::json!({ "delivery": delivery }))
}

/// What the records system of the agency refused is sent to it again.
pub fn retry_hook(actor: &Actor, tx: &mut store::Tx, draw: &mut crate::Draw, hook: uuid::Uuid) -> Result<()> {
    rights::hold(actor, Right::RetryDelivery)?;
    store::hook::retry(actor, tx, hook, draw.now())?;
    super::entry::write_without_report(actor, tx, draw, "hook.retried", serde_json::json!({ "hook": hook }))
}

/// What the back office of the actor's agency refused is sent to it again.
pub fn retry_sending(actor: &Actor, tx: &mut store::Tx, draw: &mut crate::Draw, sending: uuid::Uuid) -> Result<()> {
    rights::hold(actor, Right::RetryDelivery)?;
    store::sending::retry(actor, tx, sending, draw.now())?;
    super::entry::write_without_report(actor, tx, draw, "office.retried", serde_json::json!({ "sending": sending }))
}
