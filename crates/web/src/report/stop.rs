//! A stop on the way: 999, 101, another body, a refusal, a place outside the area. Each has a way on (P-13, P-14).

use super::{
    ask::Start,
    gate::{Gate, is_passed},
    journey::Journey,
    keep::{Change, keep},
    page::{self, Piece, pieces},
    way,
};
use crate::{
    App,
    govuk::{BackLink, Button},
    page::{Caching, Failure, Frame, Posted, call, gone_to, html},
};
use askama::Template;
use axum::{
    extract::{Path, State},
    response::Response,
};
use catalogue::{End, LinkView, StopKind, StopView, Walk, walk};

/// "Carry on with my report": a button, with what the gate heard as hidden fields.
pub struct CarryOn {
    pub action: String,
    pub hidden: Vec<(String, String)>,
    pub button: Button,
}

#[derive(Template)]
#[template(path = "report/stop.html")]
pub struct StopPage {
    pub frame: Frame,
    pub back: BackLink,
    pub start: Option<Start>,
    /// What it says is only English.
    pub english: bool,
    pub title: String,
    pub body: Vec<String>,
    pub help: Vec<String>,
    /// Numbers to call, the most urgent first.
    pub calls: Vec<call::Call>,
    pub links: Vec<LinkView>,
    /// Another service: its page and its name.
    pub go: Option<(String, String)>,
    /// Where to post so that what both ask goes along; a plain link where nothing is kept yet.
    pub go_along: Option<String>,
    pub change: Option<String>,
    pub carry_on: Option<CarryOn>,
    /// Answers given before this one are still there.
    pub keeps_others: bool,
    /// The list of what else can be reported.
    pub list: &'static str,
}

impl StopPage {
    fn pieces<'a>(&self, text: &'a str) -> Vec<Piece<'a>> {
        pieces(text)
    }
}

/// 999, and no way on by this form: the answer that led here is not kept.
pub fn is_final(view: &StopView) -> bool {
    matches!(view.kind, StopKind::Emergency | StopKind::EmergencyFire) && !view.carry_on
}

pub fn draw(
    app: &App,
    journey: &Journey,
    walk: &Walk,
    view: &StopView,
    gate: &Gate,
    start: Option<Start>,
) -> Result<Response, Failure> {
    let service = &journey.service;
    let calls = call::of(view.kind, journey.tongue());
    let frame = page::frame(app, journey, walk.effects.sensitive, &view.title);
    let change =
        view.question.map(|asked| way::question(&service.id, &asked.id, &gate.clone().without(&asked.id).query()));
    let catalogue = &app.setting.catalogue;
    let told = |id: &String| catalogue.service_in(id, &service.language).or_else(|| catalogue.service(id));
    let go = view.go.as_ref().and_then(told);
    let page = StopPage {
        back: frame.back(change.clone().unwrap_or_else(|| way::list().to_owned())),
        frame,
        start,
        english: view.english && !journey.tongue().is_english(),
        title: view.title.clone(),
        body: view.body.clone(),
        help: view.help.clone(),
        links: view.links.iter().filter(|link| !calls.iter().any(|(href, _)| *href == link.href)).cloned().collect(),
        calls,
        go: go.map(|service| (way::begin(&service.id), service.title().to_owned())),
        go_along: go.filter(|_| journey.found.is_some()).map(|to| way::page(&service.id, &format!("go/{}", to.id))),
        change,
        carry_on: view.carry_on.then(|| CarryOn {
            action: way::page(&service.id, &format!("stop/{}", view.id)),
            hidden: gate.hidden(""),
            button: Button::text(&view.carry_on_words).secondary(),
        }),
        list: way::list(),
        keeps_others: (is_final(view) || walk.is_shut()) && !journey.answers.is_empty(),
    };
    html(&page, Caching::Never)
}

pub async fn get(State(app): State<App>, journey: Journey) -> Result<Response, Failure> {
    journey.live()?;
    if journey.is_sent() {
        return Ok(gone_to(&way::page(&journey.service.id, "done")));
    }
    let walk = journey.walk();
    match &walk.end {
        End::Stop(view) if view.question.is_some() || journey.staff.is_some() => {
            draw(&app, &journey, &walk, view, &Gate::default(), None)
        }
        _ => Ok(gone_to(&journey.stands())),
    }
}

pub async fn carry_on(
    State(app): State<App>,
    journey: Journey,
    Path((_, id)): Path<(String, String)>,
    Posted(form): Posted,
) -> Result<Response, Failure> {
    let gate = journey.gate(&form.0);
    if let Some(path) = aside(&journey, &gate, &id) {
        return Ok(gone_to(&path));
    }
    let kept = keep(&app, journey, &gate, &Change::CarryOn(id)).await?;
    let service = &kept.journey.service.id;
    let path = if kept.journey.is_sent() { way::page(service, "done") } else { kept.journey.stands() };
    Ok(kept.hand_over(&app, gone_to(&path)))
}

/// The page to go to where nothing is to be kept: the journey does not stand at this stop, or it is still in the gate.
fn aside(journey: &Journey, gate: &Gate, id: &str) -> Option<String> {
    let service = &journey.service;
    let ctx = journey.world.context();
    let mut answers = journey.with_gate(gate);
    let stands = walk(service, &answers, &ctx);
    if journey.is_sent() {
        return Some(way::page(&service.id, "done"));
    }
    let End::Stop(view) = &stands.end else { return Some(way::end(&stands, journey.has_pin(), gate)) };
    if view.id != id || !view.carry_on {
        return Some(way::end(&stands, journey.has_pin(), gate));
    }
    if !view.question.is_some_and(|asked| asked.gate) {
        return None;
    }
    answers.carry_on(id);
    let then = walk(service, &answers, &ctx);
    (!is_passed(&then)).then(|| way::end(&then, false, &gate.clone().going_on(id)))
}
