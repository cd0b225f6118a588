//! Reports that were made in a back office (C-92): kept by their number first, then filed as reports of the service that the
//! agency's file names. Nobody is their reporter here: who that is, the back office knows.

use super::{heard::Taken, sends};
use crate::{
    Draw, Error, Refusal, Result, Setting, codes,
    report::{
        entry::{Happened, write},
        files::Holder,
        submit,
        update::{self, Of, PROGRAM, Update},
    },
};
use catalogue::{Answers, Kind, Publish, Question, Service};
use rights::Actor;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value as Json, json};
use store::{
    Time, Tx,
    fetched::{self, Fetched, State},
    journal::{Audience, Verb},
    outside::{self, Outside},
    report, sending,
};

/// Before the number of a report, in the place of the id of an update. No id of an update begins so.
pub const REPORT: &str = "report ";

/// One of them, in its own words.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Made {
    pub service_request_id: String,
    pub service_code: String,
    pub status: String,
    pub status_notes: String,
    pub title: String,
    pub description: String,
    pub address: String,
    pub lat: Option<f64>,
    pub lon: Option<f64>,
    /// Microseconds; none where the time it gave cannot be read.
    pub said_at: Option<i64>,
    /// The time as it came.
    pub stamp: String,
    pub customer_reference: Option<String>,
    /// Our own reference, where it is ours.
    pub fixmystreet_id: Option<String>,
}

/// Keeps what came under a name of its own; whether it is new.
pub fn hear_report(
    actor: &Actor,
    tx: &mut Tx,
    (agency, known_by): (&str, &str),
    made: &Made,
    now: Time,
) -> Result<bool> {
    sends(actor)?;
    Ok(fetched::keep(
        actor,
        tx,
        &Fetched {
            agency: agency.to_owned(),
            update_id: format!("{REPORT}{known_by}"),
            outside_id: made.service_request_id.clone(),
            state: State::Waiting,
            body: Some(json!(made)),
            said_at: made.said_at.map_or(now, Time),
            got_at: now,
            problem: None,
        },
    )?)
}

/// Files one that waits.
pub(super) fn take_in(
    actor: &Actor,
    tx: &mut Tx,
    setting: &Setting,
    draw: &mut Draw,
    (agency, row): (&str, &Fetched),
) -> Result<Taken> {
    sends(actor)?;
    let made: Option<Made> = row.body.clone().and_then(|body| serde_json::from_value(body).ok());
    let Some(made) = made else { return Ok(Taken::Done) };
    if is_ours(actor, tx, agency, &made)? {
        fetched::end(actor, tx, agency, &row.update_id, State::Ours)?;
        return Ok(Taken::Done);
    }
    let fit = match sending::in_doubt(actor, tx, agency)? {
        true => Err("something that we sent is not answered yet".to_owned()),
        false => fit(setting, agency, &made),
    };
    let (service, answers) = match fit {
        Ok(fit) => fit,
        Err(why) => {
            if row.problem.as_deref() != Some(why.as_str()) {
                fetched::wait(actor, tx, agency, &row.update_id, &why)?;
            }
            return Ok(Taken::Waits);
        }
    };
    let ready = submit::brought(setting, &service, agency, &answers);
    let (id, receipt) = submit::file(actor, tx, setting, draw, &ready, &Holder::Nobody, "back_office")?;
    let named = Outside {
        report: id,
        agency: agency.to_owned(),
        outside_id: made.service_request_id.clone(),
        customer_reference: made.customer_reference.clone(),
        known_at: draw.now(),
    };
    if !outside::keep(actor, tx, &named)? {
        return Err(Error::Stale);
    }
    let (kind, facts) = ("note.added", json!({ "outside_id": made.service_request_id }));
    let (verb, audience, words) = (Verb::Collection, Audience::Agency, note(&service, &made));
    let happened = Happened { report: id, agency: Some(agency), verb, kind, audience, facts, words: Some(&words) };
    write(actor, tx, draw, happened)?;
    fetched::end(actor, tx, agency, &row.update_id, State::Taken)?;
    stands(tx, setting, draw, (agency, &receipt.reference), (row, &made))?;
    Ok(Taken::In)
}

/// We told it of this one ourselves, or have filed it before.
fn is_ours(actor: &Actor, tx: &mut Tx, agency: &str, made: &Made) -> Result<bool> {
    let id = &made.service_request_id;
    if !id.is_empty() && outside::named(actor, tx, agency, id)?.is_some() {
        return Ok(true);
    }
    let ours = made.fixmystreet_id.as_deref().and_then(codes::read_reference);
    let Some(head) = ours.map(|ours| report::by_reference(tx, &ours)).transpose()?.flatten() else { return Ok(false) };
    Ok(sending::begun(tx, head.id, agency)?)
}

type Fit = (std::sync::Arc<Service>, Answers);

/// What it is here, or what staff must know of it.
fn fit(setting: &Setting, agency: &str, made: &Made) -> std::result::Result<Fit, String> {
    if made.service_request_id.is_empty() {
        return Err("it has no number".to_owned());
    }
    let office = setting.office(agency).ok_or("the agency has no back office now")?;
    let id = office.service(&made.service_code);
    let service = id.and_then(|id| setting.catalogue.service(id));
    let service = service.ok_or_else(|| format!("its code “{}” is no service here", made.service_code))?.clone();
    let point = made.lat.zip(made.lon).filter(|(lat, lon)| places::Point::new(*lat, *lon).is_some());
    let (lat, lon) = point.ok_or("it has no place")?;
    let geography = setting.geography();
    if !geography.agencies_at(lat, lon).iter().any(|here| here == agency) {
        return Err("its place is outside the agency’s area".to_owned());
    }
    let place = service.deciding_place().ok_or("reports of this service have no place")?;
    let label = catalogue::Finder::describe(&*geography, lat, lon).unwrap_or_else(|| made.address.clone());
    let mut all = Map::new();
    all.insert(place.id.clone(), json!({ "label": label, "lat": lat, "lon": lon, "how": "pin" }));
    if let Some((question, words)) = described(&service).zip(words(&service, made)) {
        all.insert(question.id.clone(), json!(words));
    }
    let answers = Answers::from_json(&service, &Json::Object(all)).unwrap_or_default();
    Ok((service, answers))
}

/// The question for the reporter's own words.
fn described(service: &Service) -> Option<&Question> {
    let own = |question: &&Question| question.publish == Publish::Text && !question.evidence;
    service.questions.iter().filter(own).find(|question| matches!(question.kind, Kind::LongText { .. }))
}

/// Its words, where they fit the question; else they stand in the note as a whole.
fn words(service: &Service, made: &Made) -> Option<String> {
    let Kind::LongText { max, .. } = described(service)?.kind else { return None };
    let said = made.description.trim();
    let said = if said.is_empty() { made.title.trim() } else { said };
    (!said.is_empty() && said.chars().count() <= max).then(|| said.to_owned())
}

/// For staff: what it said that has no question.
fn note(service: &Service, made: &Made) -> String {
    let mut lines = vec![format!("Made in the back office as {}.", made.service_request_id)];
    let mut put = |name: &str, text: &str| {
        if !text.trim().is_empty() {
            lines.push(format!("{name}: {}", text.trim()));
        }
    };
    put("Code", &made.service_code);
    put("Title", &made.title);
    if words(service, made).is_none_or(|words| words != made.description.trim()) {
        put("Description", &made.description);
    }
    put("Address", &made.address);
    if made.said_at.is_some() {
        put("Made there", &made.stamp);
    } else {
        put("The time it gave cannot be read. It is shown at the time we got it. It was", &made.stamp);
    }
    lines.join("\n").chars().filter(|c| !c.is_control() || *c == '\n').take(crate::words::MOST).collect()
}

/// One that has moved on before we heard of it stands here as it does there.
fn stands(
    tx: &mut Tx,
    setting: &Setting,
    draw: &mut Draw,
    (agency, reference): (&str, &str),
    (row, made): (&Fetched, &Made),
) -> Result<()> {
    if made.status.trim().is_empty() || made.status.trim().eq_ignore_ascii_case("open") {
        return Ok(());
    }
    let said = made.status_notes.trim();
    let said = if said.is_empty() { made.status.trim() } else { said };
    let update = Update {
        update_id: row.update_id.clone(),
        status: made.status.clone(),
        at: draw.now(),
        description: said.chars().filter(|c| !c.is_control()).take(crate::words::MOST).collect(),
        external_status_code: None,
        customer_reference: made.customer_reference.clone(),
        detail: None,
    };
    let of = Of { agency: agency.to_owned(), reference: reference.to_owned() };
    match update::tell(&PROGRAM, tx, setting, draw, &of, &update) {
        // Found before anything is written; the report itself is here.
        Ok(_) | Err(Error::Refused(Refusal::WordsUnreadable | Refusal::WordsTooLong)) => Ok(()),
        Err(other) => Err(other),
    }
}
