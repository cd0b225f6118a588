use super::bins::bins;
use super::booking::booking;
use super::cases::{action, cases, ward};
use super::charge::charge;
use super::clock::{Cue, clock};
use super::contact::{agreement, duty, release, ways};
use super::crime::{court, enhanced, grade, incident, numbers, offence};
use super::hours;
use super::inspection::{defect_type, traffic_management};
use super::layer::{layer, not_ours};
use super::missed::missed;
use super::offer::offer;
use super::office::office;
use super::open311::update;
use super::order::order;
use super::phrase::phrase;
use super::priority::priority;
use super::publication;
use super::questionnaire;
use super::remarks;
use super::retention;
use super::stop as own_stop;
use super::{Agency, Core, Neighbourhoods, Outcome, Partner, Role, Stage, Team};
use crate::holiday::{Holiday, HolidayList};
use crate::source::Faults;
use crate::tree::{Entry, Node, Reader, Value};
use crate::{Body, Fault, Source};

pub(super) fn agency(source: &Source) -> Result<Agency, Vec<Fault>> {
    let mut faults = Faults::of(&source.path);
    let node = Node::parse(&source.text, &mut faults);
    let agency = whole(&node, source, &mut faults);
    let found = faults.done();
    match agency {
        Some(agency) if found.is_empty() => Ok(agency),
        _ => Err(found),
    }
}

fn whole(node: &Node, source: &Source, faults: &mut Faults) -> Option<Agency> {
    let mut reader = Reader::of(node, "the file", faults)?;
    let Some(contact) = reader.take("contact") else {
        reader.missing("contact", faults);
        return None;
    };
    let mut contact = Reader::of(contact, "[contact]", faults)?;
    let mut agency = Agency {
        id: reader.need_text("id", faults),
        name: reader.need_text("name", faults),
        short_name: reader.need_text("short_name", faults),
        kind: reader.need_text("kind", faults),
        areas: reader.texts("areas", faults),
        holidays: reader.need_text("holidays", faults),
        url: contact.need_text("url", faults),
        phone: contact.text("phone", faults),
        hours: contact.need_text("hours", faults),
        out_of_hours: contact.need_text("out_of_hours", faults),
        emergency_phone: contact.need_text("emergency", faults),
        urgent_phone: contact.text("urgent", faults),
        services: each(&mut reader, "service", faults, offer),
        teams: each(&mut reader, "team", faults, team),
        roles: each(&mut reader, "role", faults, role),
        stages: each(&mut reader, "stage", faults, stage),
        stops: each(&mut reader, "stop", faults, own_stop::read),
        outcomes: each(&mut reader, "outcome", faults, outcome),
        partners: each(&mut reader, "partner", faults, partner),
        clocks: each(&mut reader, "clock", faults, clock),
        offences: each(&mut reader, "offence", faults, offence),
        incidents: each(&mut reader, "incident", faults, incident),
        court: each(&mut reader, "court", faults, court),
        enhanced: reader.take("enhanced").and_then(|node| enhanced(node, faults)),
        grades: each(&mut reader, "grade", faults, grade),
        defect_types: each(&mut reader, "defect_type", faults, defect_type),
        traffic_management: each(&mut reader, "traffic_management", faults, traffic_management),
        priorities: each(&mut reader, "priority", faults, priority),
        phrases: each(&mut reader, "phrase", faults, phrase),
        crime_numbers: reader.take("crime_number").and_then(|node| numbers(node, faults)),
        feedback: reader.text("feedback", faults),
        neighbourhoods: reader.take("neighbourhoods").and_then(|node| neighbourhoods(node, faults)),
        agreement: reader.take("agreement").and_then(|node| agreement(node, faults)),
        duty: reader.take("duty").and_then(|node| duty(node, faults)),
        ways: reader.take("ways").and_then(|node| ways(node, faults)),
        release: reader.take("release").and_then(|node| release(node, faults)),
        office_hours: reader.take("office_hours").and_then(|node| hours::read(node, faults)),
        remarks: reader.take("remarks").and_then(|node| remarks::read(node, faults)),
        publication: reader.take("publication").and_then(|node| publication::read(node, faults)),
        questionnaire: reader.take("questionnaire").and_then(|node| questionnaire::read(node, faults)),
        retention: each(&mut reader, "retention", faults, retention::read),
        bins: reader.take("bins").and_then(|node| bins(node, faults)),
        missed: reader.take("missed").and_then(|node| missed(node, faults)),
        charges: each(&mut reader, "charge", faults, charge),
        orders: each(&mut reader, "order", faults, order),
        bookings: each(&mut reader, "booking", faults, booking),
        cases: reader.take("case").and_then(|node| cases(node, faults)),
        actions: each(&mut reader, "action", faults, action),
        wards: each(&mut reader, "ward", faults, ward),
        layers: each(&mut reader, "layer", faults, layer),
        not_ours: each(&mut reader, "not_ours", faults, not_ours),
        updates: Vec::new(),
        office: reader.take("office").and_then(|node| office(node, faults)),
        file: source.path.clone(),
    };
    agency.updates =
        reader.tables("update", faults).into_iter().filter_map(|node| update(node, &agency, faults)).collect();
    contact.close(faults);
    reader.close(faults);
    let name = source.path.rsplit('/').next().and_then(|file| file.strip_suffix(".toml"));
    if name != Some(agency.id.as_str()) {
        faults.add(1, format_args!("the id is `{}`, the file's name is not", agency.id));
    }
    Some(agency)
}

fn each<T>(
    reader: &mut Reader,
    key: &'static str,
    faults: &mut Faults,
    one: fn(&Node, &mut Faults) -> Option<T>,
) -> Vec<T> {
    reader.tables(key, faults).into_iter().filter_map(|node| one(node, faults)).collect()
}

/// Reads one table with an id, and names it in its faults.
fn with_id<'n>(node: &'n Node, kind: &str, faults: &mut Faults) -> Option<(String, Reader<'n>)> {
    let mut reader = Reader::of(node, kind, faults)?;
    let id = reader.need_text("id", faults);
    reader.what = format!("{kind} `{id}`");
    Some((id, reader))
}

fn team(node: &Node, faults: &mut Faults) -> Option<Team> {
    let (id, mut reader) = with_id(node, "team", faults)?;
    let team = Team { id, name: reader.need_text("name", faults) };
    reader.close(faults);
    Some(team)
}

fn role(node: &Node, faults: &mut Faults) -> Option<Role> {
    let (id, mut reader) = with_id(node, "role", faults)?;
    let role = Role {
        id,
        name: reader.need_text("name", faults),
        rights: reader.texts("rights", faults),
        services: reader.texts("services", faults),
        wards: reader.texts("wards", faults),
    };
    if role.rights.is_empty() {
        reader.missing("rights", faults);
    }
    reader.close(faults);
    Some(role)
}

fn stage(node: &Node, faults: &mut Faults) -> Option<Stage> {
    let (id, mut reader) = with_id(node, "stage", faults)?;
    if !reader.has("core") {
        reader.missing("core", faults);
    }
    let core = reader.word("core", Core::from_name, Core::NAMES, faults);
    let stage = Stage {
        id,
        core: core.unwrap_or(Core::Open),
        name: reader.need_text("name", faults),
        next: reader.need_text("next", faults),
        opens: reader.flag("opens", faults),
        needs_words: reader.flag("needs_words", faults),
        dated: reader.text("dated", faults),
        cue: reader.word("cue", Cue::from_name, Cue::NAMES, faults),
    };
    if stage.dated.as_ref().is_some_and(|dated| !dated.contains("{day}")) {
        faults.add(node.line, format_args!("stage `{}`: its `dated` says no {{day}}", stage.id));
    }
    reader.close(faults);
    Some(stage)
}

fn outcome(node: &Node, faults: &mut Faults) -> Option<Outcome> {
    let (id, mut reader) = with_id(node, "outcome", faults)?;
    let outcome = Outcome {
        id,
        name: reader.need_text("name", faults),
        sentence: reader.need_text("sentence", faults),
        reopen: reader.need_text("reopen", faults),
        now: reader.texts("now", faults),
        needs_agency: reader.flag("needs_agency", faults),
        review: reader.flag("review", faults),
        services: reader.texts("services", faults),
        fixed: reader.flag("fixed", faults),
        send_again: reader.flag("send_again", faults),
        court: reader.flag("court", faults),
    };
    if outcome.now.is_empty() {
        reader.missing("now", faults);
    }
    reader.close(faults);
    Some(outcome)
}

fn neighbourhoods(node: &Node, faults: &mut Faults) -> Option<Neighbourhoods> {
    let mut reader = Reader::of(node, "[neighbourhoods]", faults)?;
    let neighbourhoods = Neighbourhoods {
        message: reader.need_text("message", faults),
        meeting: reader.text("meeting", faults),
        promise: reader.need_text("promise", faults),
        source: reader.need_text("source", faults),
        ladder: reader.texts("ladder", faults),
        complaint: reader.text("complaint", faults),
        answers: reader.text("answers", faults),
    };
    if neighbourhoods.ladder.is_empty() {
        reader.missing("ladder", faults);
    }
    reader.close(faults);
    Some(neighbourhoods)
}

fn partner(node: &Node, faults: &mut Faults) -> Option<Partner> {
    let mut reader = Reader::of(node, "a partner", faults)?;
    let agency = reader.need_text("agency", faults);
    reader.what = format!("partner `{agency}`");
    let decline = reader.pairs("decline", faults).into_iter().map(|(_, code, words)| (code, words)).collect();
    reader.close(faults);
    Some(Partner { agency, decline })
}

pub(super) fn bodies(source: &Source) -> Result<Vec<Body>, Vec<Fault>> {
    let mut faults = Faults::of(&source.path);
    let node = Node::parse(&source.text, &mut faults);
    let mut bodies = Vec::new();
    if let Some(mut reader) = Reader::of(&node, "the file", &mut faults) {
        bodies = each(&mut reader, "body", &mut faults, body);
        reader.close(&mut faults);
    }
    let found = faults.done();
    if found.is_empty() { Ok(bodies) } else { Err(found) }
}

fn body(node: &Node, faults: &mut Faults) -> Option<Body> {
    let (id, mut reader) = with_id(node, "body", faults)?;
    let body = Body {
        id,
        name: reader.need_text("name", faults),
        kind: reader.need_text("kind", faults),
        areas: reader.texts("areas", faults),
        url: reader.need_text("url", faults),
        phone: reader.text("phone", faults),
        verify: reader.text("verify", faults),
    };
    if !body.url.starts_with("https://") {
        faults.add(reader.line_of("url"), format_args!("{} needs a url that begins with https://", reader.what));
    }
    reader.close(faults);
    Some(body)
}

/// A list of holidays: its days are the tables that hold a `date`. Other keys belong to the reader of working days.
pub(super) fn holidays(source: &Source) -> Result<HolidayList, Vec<Fault>> {
    let mut faults = Faults::of(&source.path);
    let node = Node::parse(&source.text, &mut faults);
    let file = source.path.rsplit('/').next().unwrap_or(&source.path);
    let mut list = HolidayList {
        name: file.trim_end_matches(".toml").to_owned(),
        source: String::new(),
        checked: None,
        days: Vec::new(),
        text: source.text.clone(),
    };
    if let Value::Table(entries) = &node.value {
        for Entry { key, node, .. } in entries {
            match (key.as_str(), &node.value) {
                ("source", Value::Text(text)) => list.source = text.clone(),
                ("checked", Value::Text(text)) => list.checked = text.parse().ok(),
                (_, Value::List(items)) => list.days.extend(items.iter().filter_map(|item| day(item, &mut faults))),
                _ => {}
            }
        }
    }
    if list.days.is_empty() {
        faults.add(0, "the list has no days");
    }
    let found = faults.done();
    if found.is_empty() { Ok(list) } else { Err(found) }
}

fn day(node: &Node, faults: &mut Faults) -> Option<Holiday> {
    let Value::Table(entries) = &node.value else { return None };
    let text = |key: &str| entries.iter().find(|entry| entry.key == key).and_then(|entry| entry.node.as_text());
    let date = text("date").and_then(|date| date.parse().ok());
    if date.is_none() {
        faults.add(node.line, "a holiday needs a `date` like \"2026-12-25\"");
    }
    Some(Holiday { date: date?, name: text("name").unwrap_or_default().to_owned() })
}
