//! `/staff/reports/{reference}/place`: where a report is, put right (C-65). The place is asked for as it is of the public.

use super::{
    acts::{STALE, said, told, version},
    session::SignedIn,
};
use crate::{
    App,
    govuk::{BackLink, Button, ErrorSummary, Textarea},
    page::{Caching, Failure, Frame, Map, Posted, World, gone_to, html_with, when},
    question::{Drawn, Look, draw},
};
use askama::Template;
use axum::{
    extract::{Path, State},
    http::StatusCode,
    response::Response,
};
use casework::{
    Error, Refusal, codes,
    report::{
        acts::On,
        place::{self, Asking, Moved},
    },
};
use catalogue::{Answer, Answers, Filled, Place, Problem, Read, kind};

#[derive(Template)]
#[template(path = "staff/place.html")]
pub struct PlacePage {
    pub frame: Frame,
    pub back: BackLink,
    pub errors: ErrorSummary,
    pub reference: String,
    pub version: i64,
    pub now: String,
    pub moved: Vec<Moved>,
    pub question: Drawn,
    pub why: Textarea,
    pub button: Button,
}

impl PlacePage {
    fn when(&self, moved: &Moved) -> String {
        when::moment(moved.until)
    }
}

/// What is wrong, and with what.
enum Wrong {
    Place(&'static str),
    Why(&'static str),
}

fn page(
    app: &App,
    (who, reference): (&SignedIn, &str),
    asking: &Asking,
    filled: Filled,
    posted: Option<&Posted>,
    wrong: Option<Wrong>,
) -> Result<Response, Failure> {
    let map = Map::of(app, &app.setting.catalogue.agency(&who.staff.agency).map(areas).unwrap_or_default());
    let field = format!("{}.text", asking.question.id);
    let problems: Vec<Problem> = match &wrong {
        Some(Wrong::Place(text)) => vec![problem(&asking.question.id, &field, text)],
        _ => Vec::new(),
    };
    let face = kind::face(&asking.question, &asking.service.words, filled, &Answers::new());
    let look = Look::new(&problems).on(map.as_ref()).among_others().with_a_point();
    let question = draw(&face, look).map_err(|_| Failure::Broken)?;
    let why_wrong = match wrong {
        Some(Wrong::Why(text)) => Some(text),
        _ => None,
    };
    let of_place = problems.iter().map(|problem| (question.target(&problem.field), problem.text.as_str()));
    let all: Vec<(String, &str)> = of_place.chain(why_wrong.map(|text| ("why".to_owned(), text))).collect();
    let status = if all.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    let page = PlacePage {
        frame: Frame::staff(app, "Move the pin", Some(who.desk(app, "queue"))).with_place(app).wrong(!all.is_empty()),
        back: BackLink::to(format!("/staff/reports/{reference}")),
        errors: ErrorSummary::new(all),
        reference: reference.to_owned(),
        version: posted.map_or(asking.version, version),
        now: asking.spot.place.clone(),
        moved: asking.moved.clone(),
        question,
        why: Textarea::new("why", "why", "Why do you move it?")
            .hint("The person who reported it reads this.")
            .rows(3)
            .value(posted.map_or("", |posted| posted.get("why")))
            .error(why_wrong),
        button: Button::text("Move the pin"),
    };
    html_with(status, &page, Caching::Never)
}

fn areas(agency: &catalogue::Agency) -> Vec<&str> {
    agency.areas.iter().map(String::as_str).collect()
}

fn problem(question: &str, field: &str, text: &str) -> Problem {
    Problem { question: question.into(), field: field.into(), key: "place.staff".into(), text: text.into() }
}

async fn asking(app: &App, who: &SignedIn, reference: &str) -> Result<Asking, Failure> {
    let (actor, setting, at) = (who.actor.clone(), app.setting.clone(), reference.to_owned());
    let job = move |look: &mut store::Look| place::asking(&actor, look, &setting, &at);
    Ok(app.db.look(&who.actor, app.draw().glance("work"), job).await?)
}

/// The page once more: several places have that name, or something is wrong.
enum Again<'f> {
    Pick(&'f [catalogue::Found]),
    Wrong(Wrong),
}

async fn again(
    app: &App,
    who: &SignedIn,
    reference: &str,
    posted: &Posted,
    why: Again<'_>,
) -> Result<Response, Failure> {
    let asking = asking(app, who, reference).await?;
    let (filled, wrong) = match why {
        Again::Pick(found) => (Filled::Pick(&posted.0, found), None),
        Again::Wrong(wrong) => (Filled::Form(&posted.0), Some(wrong)),
    };
    page(app, (who, reference), &asking, filled, Some(posted), wrong)
}

fn read(typed: &str) -> Result<String, Failure> {
    codes::read_reference(typed).ok_or(Failure::NotFound)
}

pub async fn get(State(app): State<App>, who: SignedIn, Path(reference): Path<String>) -> Result<Response, Failure> {
    let reference = read(&reference)?;
    let asking = asking(&app, &who, &reference).await?;
    page(&app, (&who, &reference), &asking, Filled::Empty, None, None)
}

pub async fn post(
    State(app): State<App>,
    who: SignedIn,
    Path(reference): Path<String>,
    posted: Posted,
) -> Result<Response, Failure> {
    let reference = read(&reference)?;
    let (actor, setting, at) = (who.actor.clone(), app.setting.clone(), reference.clone());
    let question = app.db.read(move |tx| place::asked(&actor, tx, &setting, &at)).await?;
    let mut world = World::of(&app);
    world.know(&app, &posted.0).await?;
    let answered = kind::read(&question, &posted.0, &Answers::new(), &world.context());
    let to: Place = match answered {
        Ok(Read::Answer(Some(Answer::Place(place)))) if place.point.is_some() => place,
        Ok(Read::Pick(found)) => return again(&app, &who, &reference, &posted, Again::Pick(&found)).await,
        Ok(_) | Err(_) => {
            let wrong = Wrong::Place(said(Refusal::NoSuchPlace));
            return again(&app, &who, &reference, &posted, Again::Wrong(wrong)).await;
        }
    };
    let (version, why) = (version(&posted), posted.get("why").to_owned());
    let (actor, setting, draw, at) = (who.actor.clone(), app.setting.clone(), app.draw(), reference.clone());
    let job = move |tx: &mut store::Tx| {
        place::put(&actor, tx, &setting, &mut draw.clone(), On { reference: &at, version }, (&to, &why))
    };
    let wrong = match app.db.write(job).await {
        Ok(how) => {
            app.bell.notify_one();
            return Ok(gone_to(&format!("/staff/reports/{reference}?done={}", told(how))));
        }
        Err(Error::Stale) => Wrong::Why(STALE),
        Err(Error::Refused(Refusal::WordsNeeded)) => Wrong::Why("Say why you move it"),
        Err(Error::Refused(Refusal::AlreadyDone)) => Wrong::Place("The pin is there already. Give another place"),
        Err(Error::Refused(refusal @ (Refusal::NotOurPlace | Refusal::NoSuchPlace))) => Wrong::Place(said(refusal)),
        Err(Error::Refused(refusal)) => Wrong::Why(said(refusal)),
        Err(other) => return Err(other.into()),
    };
    again(&app, &who, &reference, &posted, Again::Wrong(wrong)).await
}
