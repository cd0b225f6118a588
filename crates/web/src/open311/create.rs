//! `POST requests`: a report like any other, from a program with a key (C-79 to C-81).

use super::{
    answers::{Gathered, gather},
    door,
    errors::Told,
    node::Node,
    params::{Asked, Sent},
    photos::{self, Taken},
    services,
};
use crate::{
    App,
    page::{
        Caching, Channel, Failure, Problem, World,
        program::{Body, complete},
    },
};
use axum::{
    extract::State,
    http::{HeaderMap, StatusCode},
    response::Response,
};
use casework::{
    Error,
    report::{photo_link::Links, request, submit::Ready, update::PROGRAM},
};
use catalogue::{Kind, Service};
use store::premises;

/// A second try finds what the sending it met has made.
const TRIES: usize = 2;
/// Most characters of a program's own id.
const MOST_ID: usize = 128;
/// Rounds in which answers that are not asked for go beside the others.
const ROUNDS: usize = 4;

pub async fn post(
    State(app): State<App>,
    headers: HeaderMap,
    Sent { mut asked, photos }: Sent,
) -> Result<Response, Told> {
    let door = door::keyed(&app, &asked)?;
    let key = own_id(&headers, &asked)?.map(|id| request::key(&app.setting, &door.agency, &id));
    if let Some(key) = key.clone() {
        let now = app.now();
        if let Some(reference) = app.db.read(move |tx| request::before(&PROGRAM, tx, &key, now)).await? {
            return Ok(answer(&app, &asked, &door.agency, &reference));
        }
    }
    let code =
        asked.get("service_code").ok_or_else(|| Told::wrong(vec!["service_code was not provided".to_owned()]))?;
    let service = services::open(&app, &door, code)?.clone();
    at_address(&app, &mut asked).await?;
    let taken = photos::receive(&app, &service, photos).await?;
    let (ready, beside) = ready(&app, &service, (&asked, &door.agency), &taken)?;
    if !ready.agencies().contains(&door.agency) {
        let names: Vec<String> = ready.agencies().iter().map(|agency| app.setting.agency_name(agency)).collect();
        let agency = app.setting.agency_name(&door.agency);
        return Err(Told::wrong(vec![format!("The place is outside {agency}. It is served by {}", names.join(", "))]));
    }
    for _ in 0..TRIES {
        let (setting, draw, key) = (app.setting.clone(), app.draw(), key.clone());
        let (ready, holder, beside) = (ready.clone(), taken.holder(), beside.clone());
        // Nothing is said before this has committed (house.md, invariant 8).
        let sent = app.db.write(move |tx| {
            request::send(&PROGRAM, tx, &setting, &mut draw.clone(), key.as_ref(), (&ready, &holder, &beside))
        });
        match sent.await {
            Ok(request::Sent::New(reference)) => {
                app.figures.received(Channel::Api);
                app.bell.notify_one();
                return Ok(answer(&app, &asked, &door.agency, &reference));
            }
            Ok(request::Sent::Before(reference)) => return Ok(answer(&app, &asked, &door.agency, &reference)),
            Err(Error::Store(store::Error::Taken(_)) | Error::Stale) => {}
            Err(other) => return Err(other.into()),
        }
    }
    Err(Failure::ChangedMeanwhile.into())
}

/// The place of a property: `address_id` is its UPRN. Who sends a place beside it means that place.
async fn at_address(app: &App, asked: &mut Asked) -> Result<(), Told> {
    let placed = ["lat", "long", "address_string"].iter().any(|name| asked.get(name).is_some());
    let Some(uprn) = asked.get("address_id").filter(|_| !placed).map(str::to_owned) else { return Ok(()) };
    let home = app.db.read(move |tx| premises::by_uprn(tx, &uprn)).await.map_err(Failure::from)?;
    let Some(home) = home else { return Ok(()) };
    let mut put = |name: &str, value: String| asked.said.0.push((name.to_owned(), value));
    if let Some((lat, lon)) = home.lat.zip(home.lon) {
        put("lat", lat.to_string());
        put("long", lon.to_string());
    }
    put("address_string", home.address);
    Ok(())
}

/// What a second try goes by: the header, or the sender's own number of the report.
fn own_id(headers: &HeaderMap, asked: &Asked) -> Result<Option<String>, Told> {
    let id = match headers.get("idempotency-key") {
        Some(value) => value.to_str().ok().map(str::to_owned),
        None => match asked.get("attribute[fixmystreet_id]") {
            Some(id) => Some(format!("fixmystreet {id}")),
            None => return Ok(None),
        },
    };
    let fits = |id: &String| !id.is_empty() && id.chars().count() <= MOST_ID;
    let words = || {
        Told::wrong(vec![format!("Idempotency-Key and attribute[fixmystreet_id] have at most {MOST_ID} characters")])
    };
    id.filter(fits).map(Some).ok_or_else(words)
}

/// By the checks of the JSON API. An answer that is not asked for after the others is no fault of a sender who cannot know it.
fn ready(
    app: &App,
    service: &Service,
    (asked, agency): (&Asked, &str),
    taken: &Taken,
) -> Result<(Ready, request::Beside), Told> {
    let urls: Vec<&str> = asked.said.all("media_url").map(str::trim).filter(|url| !url.is_empty()).collect();
    let (links, rest) = Links::of(service, &urls, taken.len());
    let mut gathered = gather(service, asked);
    gathered.aside.extend(rest.iter().map(|url| format!("Photo: {url}")));
    taken.answer(&mut gathered.body);
    let world = World::for_staff(app, agency);
    for _ in 0..ROUNDS {
        let problem = match complete(app, &world, &Body(gathered.body.clone()), Vec::new()) {
            Ok(ready) if gathered.errors.is_empty() => {
                return Ok((ready, request::Beside { words: gathered.words_aside(), links }));
            }
            Ok(_) => return Err(Told::wrong(gathered.errors)),
            Err(problem) => problem,
        };
        let wrongs = problem.wrongs();
        let unasked: Vec<String> = wrongs
            .iter()
            .filter(|wrong| wrong.code == "answer.not_asked")
            .filter_map(|wrong| wrong.question.clone())
            .collect();
        if unasked.is_empty() {
            return Err(told(service, &problem, gathered));
        }
        gathered.set_aside(&unasked);
    }
    Err(Failure::Unreadable.into())
}

/// A gate with its words, or each fault of an answer.
fn told(service: &Service, problem: &Problem, mut gathered: Gathered) -> Told {
    if let Some(stop) = problem.member("stop") {
        let text = |value: &serde_json::Value| value.as_str().map(str::to_owned);
        let who = text(&stop["who"]["name"]).map(|name| format!("It is served by {name}."));
        let on = text(&stop["id"]).filter(|_| stop["carry_on"] == true);
        let on = on.map(|id| format!("To send it all the same, add attribute[carried_on]={id}."));
        let words =
            [Some(format!("{}.", problem.title().trim_end_matches('.'))), Some(problem.detail().to_owned()), who, on];
        return Told::wrong(vec![
            words.into_iter().flatten().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" "),
        ]);
    }
    let place = service.deciding_place().map(|question| question.id.as_str());
    let has_place = !gathered.errors.iter().any(|error| error.contains("lat"));
    for wrong in problem.wrongs() {
        let question = wrong.question.as_deref().and_then(|id| service.question(id));
        let field = match question {
            Some(question) if Some(question.id.as_str()) == place && !has_place => continue,
            Some(question) if Some(question.id.as_str()) == place => "lat and long, or address_string".to_owned(),
            Some(question) if services::described(service) == Some(question) => "description".to_owned(),
            Some(question) if matches!(question.kind, Kind::Person { .. }) => "email or phone".to_owned(),
            Some(question) if gathered.errors.iter().any(|e| e.starts_with(&format!("attribute[{}]", question.id))) => {
                continue;
            }
            Some(question) => format!("attribute[{}]", question.id),
            None => wrong.field,
        };
        gathered.errors.push(format!("{field}: {}", wrong.words));
    }
    if gathered.errors.is_empty() {
        gathered.errors.push(format!("{}. {}", problem.title(), problem.detail()));
    }
    Told::wrong(gathered.errors)
}

fn answer(app: &App, asked: &Asked, agency: &str, reference: &str) -> Response {
    let notice = asked.get("service_code").map(|code| app.setting.what_next(agency, code)).unwrap_or_default();
    let request = Node::One(vec![
        ("service_request_id", Node::text(reference)),
        ("service_notice", Node::text(notice)),
        ("account_id", Node::Nothing),
    ]);
    let all = Node::Many("request", vec![request]);
    asked.format.answer(StatusCode::CREATED, "service_requests", &all, Caching::Never)
}
