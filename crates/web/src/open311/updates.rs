//! `GET` and `POST servicerequestupdates`: what happened to reports, read and said by an agency's program (C-80, C-82, C-87).

use super::{
    door,
    errors::Told,
    list,
    node::Node,
    params::{Asked, Sent},
    search, services, stamp,
};
use crate::{
    App,
    page::{Caching, Failure},
};
use axum::{
    extract::State,
    http::{StatusCode, header},
    response::Response,
};
use casework::{
    Error, Refusal, codes,
    report::{
        request,
        update::{self, Of, PROGRAM, Told as Said, Update},
    },
};
use store::{Time, request::Past};
use uuid::Uuid;

/// Another change may have come between.
const TRIES: usize = 2;
/// Most characters of an id or a code of theirs.
const MOST_ID: usize = 128;
const NEEDED: [&str; 4] = ["update_id", "updated_datetime", "status", "description"];

pub async fn get(State(app): State<App>, asked: Asked) -> Result<Response, Told> {
    let door = door::keyed(&app, &asked)?;
    let mut errors = Vec::new();
    let (from, to) = search::span(&asked, ["start_date", "end_date"], app.now(), &mut errors);
    let page = search::page(&asked, &mut errors);
    if !errors.is_empty() {
        return Err(Told::wrong(errors));
    }
    let references = search::references(&asked)?;
    let begin = Past { at: Time(from.unwrap_or(Time(0)).micros() - 1), id: Uuid::max() };
    let past = page.after.as_deref().and_then(|after| {
        let (at, id) = after.split_once('.')?;
        Some(Past { at: Time(at.parse().ok()?), id: Uuid::parse_str(id).ok()? })
    });
    let (past, before) = (past.unwrap_or(begin), to.unwrap_or(Time(i64::MAX)));
    let (setting, agency, most) = (app.setting.clone(), door.agency.clone(), page.skipped() + page.size + 1);
    let private = services::private(&app, &door);
    let told = app.db.read(move |tx| {
        request::told(&PROGRAM, tx, &setting, (&agency, &references, &private), (&past, before), most as i64)
    });
    let mut rows = told.await?;
    rows.drain(..page.skipped().min(rows.len()));
    let more = rows.len() > page.size;
    rows.truncate(page.size);
    let all = Node::Many("request_update", rows.iter().map(node).collect());
    let mut response = asked.format.answer(StatusCode::OK, "service_request_updates", &all, Caching::Never);
    let last = rows.last().filter(|_| more);
    let next = last.map(|row| list::link(&app, &asked, page.number + 1, &format!("{}.{}", row.at.micros(), row.id)));
    response.headers_mut().extend(next.flatten().map(|link| (header::LINK, link)));
    Ok(response)
}

fn node(row: &request::Told) -> Node<'_> {
    let text = |text: &Option<String>| Node::text(text.clone().unwrap_or_default());
    Node::One(vec![
        ("update_id", Node::text(row.id.to_string())),
        ("service_request_id", Node::text(&row.reference)),
        ("status", Node::text(row.status)),
        ("updated_datetime", Node::text(stamp::written(row.at))),
        ("description", Node::text(&row.description)),
        ("media_url", Node::Nothing),
        ("external_status_code", text(&row.external_status_code)),
        ("customer_reference", text(&row.customer_reference)),
        ("extras", Node::One(vec![("category", Node::text(&row.category))])),
    ])
}

pub async fn post(State(app): State<App>, Sent { asked, .. }: Sent) -> Result<Response, Told> {
    let door = door::keyed(&app, &asked)?;
    let update = said(&asked)?;
    // A peer may know the report by the number it gave it.
    let id = asked.get("service_request_id").or_else(|| asked.get("fixmystreet_id")).unwrap_or_default();
    let reference = codes::read_reference(id).ok_or_else(|| Told::absent("service_request_id"))?;
    let of = Of { agency: door.agency, reference };
    for last in 1..=TRIES {
        let (setting, draw, of, update) = (app.setting.clone(), app.draw(), of.clone(), update.clone());
        let told = app.db.write(move |tx| update::tell(&PROGRAM, tx, &setting, &mut draw.clone(), &of, &update)).await;
        match told {
            Ok(Said::New(id)) => {
                app.bell.notify_one();
                return Ok(answer(&asked, id));
            }
            Ok(Said::Before(id)) => return Ok(answer(&asked, id)),
            Ok(Said::Other) => {
                let words = "This update_id was used for something else before. Nothing was kept";
                return Err(Told::new(StatusCode::CONFLICT, words));
            }
            Err(Error::NotFound(_)) => return Err(Told::absent("service_request_id")),
            Err(Error::Refused(Refusal::WordsTooLong)) => {
                return Err(wrong("description has more than 5,000 characters"));
            }
            Err(Error::Refused(Refusal::WordsUnreadable)) => return Err(wrong("description holds hidden characters")),
            Err(Error::Stale | Error::Store(store::Error::Taken(_))) if last < TRIES => {}
            Err(other) => return Err(other.into()),
        }
    }
    Err(Failure::ChangedMeanwhile.into())
}

fn wrong(words: &str) -> Told {
    Told::wrong(vec![words.to_owned()])
}

fn said(asked: &Asked) -> Result<Update, Told> {
    let missing = NEEDED.into_iter().filter(|name| asked.get(name).is_none());
    let mut errors: Vec<String> = missing.map(|name| format!("{name} was not provided")).collect();
    if asked.get("service_request_id").or_else(|| asked.get("fixmystreet_id")).is_none() {
        errors.insert(0, "service_request_id was not provided".to_owned());
    }
    let text = |name: &str| asked.get(name).map(str::to_owned);
    let extra = |name: &str| text(name).or_else(|| text(&format!("extras[{name}]")));
    let at = asked.get("updated_datetime").map(stamp::read);
    if at == Some(None) {
        errors.push(
            "updated_datetime is not a time in W3CDTF with its zone, such as 2026-05-22T10:05:00+01:00".to_owned(),
        );
    }
    let update = Update {
        update_id: text("update_id").unwrap_or_default(),
        status: text("status").unwrap_or_default(),
        at: at.flatten().map_or(Time(0), |(at, _)| at),
        description: text("description").unwrap_or_default(),
        external_status_code: text("external_status_code"),
        customer_reference: extra("customer_reference"),
        detail: extra("detailed_information"),
    };
    let (code, reference) = (update.external_status_code.as_deref(), update.customer_reference.as_deref());
    for (name, text) in [
        ("update_id", Some(update.update_id.as_str())),
        ("status", Some(update.status.as_str())),
        ("external_status_code", code),
        ("customer_reference", reference),
    ] {
        if text.is_some_and(|text| text.chars().count() > MOST_ID) {
            errors.push(format!("{name} has more than {MOST_ID} characters"));
        }
    }
    if errors.is_empty() { Ok(update) } else { Err(Told::wrong(errors)) }
}

fn answer(asked: &Asked, id: Uuid) -> Response {
    let update = Node::One(vec![("update_id", Node::text(id.to_string()))]);
    let all = Node::Many("request_update", vec![update]);
    asked.format.answer(StatusCode::CREATED, "service_request_updates", &all, Caching::Never)
}
