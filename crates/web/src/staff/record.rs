//! Posts of the page of crimes and clocks: how urgent, crimes, what happened with a suspect, dates, a review.

use super::{
    acts::{run, told, version},
    session::SignedIn,
};
use crate::{
    App,
    page::{Failure, Posted},
};
use axum::{
    extract::{Path, State},
    response::Response,
};
use casework::report::{
    acts::On,
    assess, clock, court,
    crime::{self, Event, Typed},
    incident, review,
};
use rights::NotFound;
use uuid::Uuid;

type Report = Path<String>;
type Part = Path<(String, String)>;

pub async fn assess(
    State(app): State<App>,
    who: SignedIn,
    Path(reference): Report,
    posted: Posted,
) -> Result<Response, Failure> {
    let (version, words) = (version(&posted), posted.get("words").to_owned());
    let number = |name: &str| posted.get(name).parse::<i64>().ok();
    let scores: Option<Vec<i64>> = assess::SCORES.iter().map(|(id, _)| number(id)).collect();
    let typed = scores.and_then(|scores| <[i64; 6]>::try_from(scores).ok()).zip(number("grade"));
    run(app, who, reference, words.clone(), move |actor, tx, setting, draw, reference| {
        // What is no score is refused there, after the right is checked.
        let typed = typed.unwrap_or(([-1; 6], 0));
        assess::assess(actor, tx, setting, draw, On { reference, version }, typed, &words)?;
        Ok("assessed")
    })
    .await
}

fn typed(posted: &Posted) -> Typed {
    Typed {
        offence: posted.get("offence").to_owned(),
        number: posted.get("number").to_owned(),
        officer: Uuid::parse_str(posted.get("officer")).ok(),
        interviewed: posted.get("interviewed") == "yes",
    }
}

pub async fn record(
    State(app): State<App>,
    who: SignedIn,
    Path(reference): Report,
    posted: Posted,
) -> Result<Response, Failure> {
    let (version, typed, words) = (version(&posted), typed(&posted), posted.get("words").to_owned());
    run(app, who, reference, words.clone(), move |actor, tx, setting, draw, reference| {
        Ok(told(crime::record(actor, tx, setting, draw, On { reference, version }, &typed, &words)?))
    })
    .await
}

pub async fn join(
    State(app): State<App>,
    who: SignedIn,
    Path(reference): Report,
    posted: Posted,
) -> Result<Response, Failure> {
    let (version, number, words) = (version(&posted), posted.get("number").to_owned(), posted.get("words").to_owned());
    run(app, who, reference, words.clone(), move |actor, tx, setting, draw, reference| {
        Ok(told(crime::join(actor, tx, setting, draw, On { reference, version }, &number, &words)?))
    })
    .await
}

fn which(id: &str, posted: &Posted) -> Option<(Uuid, i64)> {
    Some((Uuid::parse_str(id).ok()?, posted.get("crime_version").parse().ok()?))
}

pub async fn change(
    State(app): State<App>,
    who: SignedIn,
    Path((reference, id)): Part,
    posted: Posted,
) -> Result<Response, Failure> {
    let (version, typed, which) = (version(&posted), typed(&posted), which(&id, &posted));
    run(app, who, reference, String::new(), move |actor, tx, setting, draw, reference| {
        crime::change(actor, tx, setting, draw, On { reference, version }, which.ok_or(NotFound)?, &typed)?;
        Ok("saved")
    })
    .await
}

pub async fn cancel(
    State(app): State<App>,
    who: SignedIn,
    Path((reference, id)): Part,
    posted: Posted,
) -> Result<Response, Failure> {
    let (version, which, words) = (version(&posted), which(&id, &posted), posted.get("words").to_owned());
    run(app, who, reference, words.clone(), move |actor, tx, setting, draw, reference| {
        let which = which.ok_or(NotFound)?;
        Ok(told(crime::cancel(actor, tx, setting, draw, On { reference, version }, which, &words)?))
    })
    .await
}

pub async fn event(
    State(app): State<App>,
    who: SignedIn,
    Path(reference): Report,
    posted: Posted,
) -> Result<Response, Failure> {
    let (version, event, words) =
        (version(&posted), Event::from_name(posted.get("event")), posted.get("words").to_owned());
    run(app, who, reference, words.clone(), move |actor, tx, setting, draw, reference| {
        crime::event(actor, tx, setting, draw, On { reference, version }, event, &words)?;
        Ok("tell")
    })
    .await
}

pub async fn court(
    State(app): State<App>,
    who: SignedIn,
    Path(reference): Report,
    posted: Posted,
) -> Result<Response, Failure> {
    let (version, step, words) = (version(&posted), posted.get("step").to_owned(), posted.get("words").to_owned());
    let day = posted.day("day");
    run(app, who, reference, words.clone(), move |actor, tx, setting, draw, reference| {
        Ok(told(court::say(actor, tx, setting, draw, On { reference, version }, (&step, day), &words)?))
    })
    .await
}

pub async fn incident(
    State(app): State<App>,
    who: SignedIn,
    Path(reference): Report,
    posted: Posted,
) -> Result<Response, Failure> {
    let (version, opening, closing) =
        (version(&posted), posted.get("opening").to_owned(), posted.get("closing").to_owned());
    run(app, who, reference, String::new(), move |actor, tx, setting, draw, reference| {
        incident::classify(actor, tx, setting, draw, On { reference, version }, (&opening, &closing))?;
        Ok("saved")
    })
    .await
}

pub async fn enhanced(
    State(app): State<App>,
    who: SignedIn,
    Path(reference): Report,
    posted: Posted,
) -> Result<Response, Failure> {
    let (version, words, give) = (version(&posted), posted.get("words").to_owned(), posted.get("give") == "yes");
    run(app, who, reference, words.clone(), move |actor, tx, _, draw, reference| {
        assess::enhance(actor, tx, draw, On { reference, version }, give, &words)?;
        Ok("saved")
    })
    .await
}

pub async fn support(
    State(app): State<App>,
    who: SignedIn,
    Path(reference): Report,
    posted: Posted,
) -> Result<Response, Failure> {
    let version = version(&posted);
    run(app, who, reference, String::new(), move |actor, tx, setting, draw, reference| {
        crime::passed_on(actor, tx, setting, draw, On { reference, version })?;
        Ok("saved")
    })
    .await
}

pub async fn following(
    State(app): State<App>,
    who: SignedIn,
    Path(reference): Report,
    posted: Posted,
) -> Result<Response, Failure> {
    let version = version(&posted);
    let sure = posted.get("safe") == "yes";
    run(app, who, reference, String::new(), move |actor, tx, _, draw, reference| {
        crime::open_following(actor, tx, draw, On { reference, version }, sure)?;
        Ok("opened")
    })
    .await
}

pub async fn review(
    State(app): State<App>,
    who: SignedIn,
    Path(reference): Report,
    posted: Posted,
) -> Result<Response, Failure> {
    let (version, words) = (version(&posted), posted.get("words").to_owned());
    let stands = match posted.get("stands") {
        "yes" => Some(true),
        "no" => Some(false),
        _ => None,
    };
    run(app, who, reference, words.clone(), move |actor, tx, setting, draw, reference| {
        Ok(told(review::answer(actor, tx, setting, draw, On { reference, version }, stands, &words)?))
    })
    .await
}

pub async fn promise(
    State(app): State<App>,
    who: SignedIn,
    Path((reference, id)): Part,
    posted: Posted,
) -> Result<Response, Failure> {
    let (version, words) = (version(&posted), posted.get("words").to_owned());
    let day = posted.date("by");
    let clock = Uuid::parse_str(&id).ok();
    run(app, who, reference, words.clone(), move |actor, tx, setting, draw, reference| {
        let which = (clock.ok_or(NotFound)?, day);
        Ok(told(clock::promise(actor, tx, setting, draw, On { reference, version }, which, &words)?))
    })
    .await
}
