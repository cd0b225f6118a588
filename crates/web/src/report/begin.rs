//! `/report/{service}`: the first question under the name of the service, or the way back into a report begun before.

use super::{
    along,
    ask::{Asking, Start, ask_page},
    gate::Gate,
    journey::{COOKIE, Journey},
    page::{self, News},
    stop, way, whole,
};
use crate::{
    App,
    govuk::{BackLink, Button},
    page::{Caching, Failure, Frame, cookie, gone_to, html},
};
use askama::Template;
use axum::{
    extract::{Query, State},
    response::Response,
};
use casework::attempt;
use catalogue::{End, Filled, Form, Kind, Question, Service};

/// A report was begun, or sent, in this browser.
#[derive(Template)]
#[template(path = "report/begun.html")]
pub struct BegunPage {
    pub frame: Frame,
    pub back: BackLink,
    pub title: String,
    pub is_sent: bool,
    pub go_on: Button,
    pub again: String,
    pub again_button: Button,
    /// Unfinished answers stay for a shorter time.
    pub sensitive: bool,
}

fn start(service: &Service, sensitive: bool) -> Start {
    let title = if sensitive { service.neutral_title() } else { service.title() };
    Start {
        title: title.to_owned(),
        summary: service.summary().to_owned(),
        before: service.words.list("service.before").to_vec(),
        whole: whole::path(service),
    }
}

/// `?place=` of the page somebody came by stands in a first question about a place, to be looked at and sent.
fn came_by(question: &Question, pairs: &[(String, String)]) -> Option<Form> {
    let place = pairs.iter().find(|(name, value)| name == "place" && !value.trim().is_empty())?;
    let typed: String = place.1.chars().filter(|letter| !letter.is_control()).take(100).collect();
    matches!(question.kind, Kind::Place { .. }).then(|| Form(vec![(format!("{}.text", question.id), typed)]))
}

pub async fn get(
    State(app): State<App>,
    journey: Journey,
    Query(pairs): Query<Vec<(String, String)>>,
) -> Result<Response, Failure> {
    let walk = journey.walk();
    let opens = matches!(&walk.end, End::Stop(view) if view.question.is_none());
    let begun = journey.found.is_some() && (!journey.answers.is_empty() || journey.answers.gate_passed());
    if journey.is_sent() || (begun && !opens) {
        return html(&begun_page(&app, &journey), Caching::Never);
    }
    // Whoever wants all on one page gets it, unless they ask for one at a time or come with answers of a link.
    if journey.owner.as_ref().is_some_and(|owner| owner.one_page)
        && pairs.is_empty()
        && let Some(path) = whole::path(&journey.service)
    {
        return Ok(gone_to(&path));
    }
    let is_lost = journey.token.is_some() && journey.found.is_none();
    let first = start(&journey.service, walk.effects.sensitive);
    let gate = Gate::default();
    let mut response = match &walk.end {
        End::Ask(question) => {
            let form = came_by(question, &pairs);
            let filled = form.as_ref().map_or(Filled::Empty, Filled::Form);
            let asking = Asking {
                walk: &walk,
                question,
                filled: walk.kept.get(&question.id).map_or(filled, Filled::Answer),
                problems: &[],
                gate: &gate,
                from_check: false,
                news: News { is_lost, ..News::default() },
                start: Some(first),
                along: along::brought(&journey.service, &pairs, &journey.world.context()),
                files: &[],
                offered: None,
            };
            html(&ask_page(&app, &journey, asking)?, Caching::Never)?
        }
        End::Stop(view) => stop::draw(&app, &journey, &walk, view, &gate, Some(first))?,
        End::Check => gone_to(&journey.stands()),
    };
    if journey.token.is_some() && journey.found.is_none() {
        cookie::clear(&app, response.headers_mut(), COOKIE, &way::begin(&journey.service.id));
    }
    Ok(response)
}

fn begun_page(app: &App, journey: &Journey) -> BegunPage {
    let service = &journey.service;
    let is_sent = journey.is_sent();
    let walk = journey.walk();
    // After sending the draft holds the receipt alone, and the receipt says whether the flow was sensitive.
    let receipt = journey.found.as_ref().and_then(|found| found.draft.receipt.as_ref());
    let was_sensitive = receipt.and_then(|receipt| receipt.get("sensitive")).is_some_and(|yes| yes == true);
    let sensitive = walk.effects.sensitive || was_sensitive;
    let title = if sensitive { service.neutral_title() } else { service.title() };
    let (words, href) = match is_sent {
        true => ("begun.receipt", way::page(&service.id, "done")),
        false => ("begun.go_on", way::end(&walk, journey.has_pin(), &Gate::default())),
    };
    // An unanswered first question stands on this very page.
    let href = match &walk.end {
        End::Ask(asked) if href == way::begin(&service.id) => way::question(&service.id, &asked.id, &[]),
        _ => href,
    };
    let tongue = journey.tongue();
    let said = tongue.say(if is_sent { "begun.sent" } else { "begun.begun" });
    let frame = page::frame(app, journey, sensitive, said);
    BegunPage {
        back: frame.back(way::list()),
        frame,
        title: title.to_owned(),
        is_sent,
        go_on: Button::link(tongue.say(words), href),
        again: way::page(&service.id, "again"),
        again_button: Button::text(tongue.say(if is_sent { "begun.another" } else { "begun.again" })).secondary(),
        sensitive,
    }
}

/// Drops what was begun, and begins anew.
pub async fn again(State(app): State<App>, journey: Journey) -> Result<Response, Failure> {
    let path = way::begin(&journey.service.id);
    let mut response = gone_to(&path);
    cookie::clear(&app, response.headers_mut(), COOKIE, &path);
    if let Some(token) = journey.token {
        let now = app.now();
        app.db.write(move |tx| attempt::drop(tx, &token, now)).await?;
    }
    Ok(response)
}
