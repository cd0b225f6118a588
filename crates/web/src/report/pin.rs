//! `/report/{service}/pin`: six digits that open a police report beside its link (P-91).

use super::{
    gate::Gate,
    journey::Journey,
    keep::{Change, keep},
    page, way,
};
use crate::{
    App,
    govuk::{BackLink, Button, ErrorSummary, Input},
    page::{Caching, Failure, Frame, Posted, gone_to, html, html_with, pin},
};
use askama::Template;
use axum::{extract::State, http::StatusCode, response::Response};
use catalogue::End;

#[derive(Template)]
#[template(path = "report/pin.html")]
pub struct PinPage {
    pub frame: Frame,
    pub back: BackLink,
    pub errors: ErrorSummary,
    pub action: String,
    pub pin: Input,
    pub button: Button,
}

fn pin_page(app: &App, journey: &Journey, typed: &str, problem: Option<&'static str>) -> PinPage {
    let service = &journey.service;
    let walk = journey.walk();
    let last = walk.path.last().map(|question| way::question(&service.id, &question.id, &[]));
    let back = if journey.has_pin() { Some(way::page(&service.id, "check")) } else { last };
    let tongue = journey.tongue();
    let frame = page::frame(app, journey, walk.effects.sensitive, tongue.say("pin.title"));
    let problem = problem.map(|words| if tongue.is_english() { words } else { tongue.say("pin.wrong") });
    let mut pin = Input::new("pin", "pin", tongue.say("pin.title"))
        .heading()
        .hint(tongue.say("pin.hint"))
        .digits()
        .autocomplete("off")
        .width(10)
        .value(typed)
        .error(problem);
    pin.attributes = crate::govuk::Attributes::default().with("aria-required", "true");
    PinPage {
        back: frame.back(back.unwrap_or_else(|| way::begin(&service.id))),
        frame: frame.wrong(problem.is_some()),
        errors: ErrorSummary::new(problem.map(|words| ("pin", words))).titled(tongue.say("frame.problem")),
        action: way::page(&service.id, "pin"),
        pin,
        button: Button::text(tongue.say("ask.continue")),
    }
}

/// Only where the answers are complete and the report has a PIN at all; otherwise where the journey stands.
fn elsewhere(journey: &Journey) -> Result<Option<Response>, Failure> {
    journey.live()?;
    if journey.is_sent() {
        return Ok(Some(gone_to(&way::page(&journey.service.id, "done"))));
    }
    let walk = journey.walk();
    let is_here = walk.end == End::Check && way::needs_pin(&walk);
    Ok((!is_here).then(|| gone_to(&journey.stands())))
}

pub async fn get(State(app): State<App>, journey: Journey) -> Result<Response, Failure> {
    match elsewhere(&journey)? {
        Some(response) => Ok(response),
        None => html(&pin_page(&app, &journey, "", None), Caching::Never),
    }
}

pub async fn post(State(app): State<App>, journey: Journey, posted: Posted) -> Result<Response, Failure> {
    if let Some(response) = elsewhere(&journey)? {
        return Ok(response);
    }
    let typed = posted.get("pin");
    match pin::read(typed) {
        Err((_, problem)) => {
            let page = pin_page(&app, &journey, typed, Some(problem));
            html_with(StatusCode::UNPROCESSABLE_ENTITY, &page, Caching::Never)
        }
        Ok(pin) => {
            let kept = keep(&app, journey, &Gate::default(), &Change::Pin(pin)).await?;
            let name = if kept.journey.is_sent() { "done" } else { "check" };
            let path = way::page(&kept.journey.service.id, name);
            Ok(kept.hand_over(&app, gone_to(&path)))
        }
    }
}
