//! `/report/{service}/check`: every answer with a way to change it, who will get it, and the button that sends.

use super::{
    cost, files,
    journey::Journey,
    page::{self, FromPhoto, News},
    private, way,
};
use crate::{
    App,
    govuk::{BackLink, Button, CheckboxItem, Checkboxes, ErrorSummary, Html, SummaryAction, SummaryList, SummaryRow},
    page::{
        Caching, Failure, Frame,
        files::{Shown, shown as shown_file},
        gone_to, html_with, when,
    },
};
use askama::Template;
use axum::{
    extract::{Query, State},
    http::StatusCode,
    response::Response,
};
use casework::report::shown_name;
use catalogue::{Answer, End, Line, Receivers, Service, Walk, Who, shown};
use store::held::Held;

/// Who will get the report.
pub struct Recipient {
    pub name: String,
    pub next: String,
    pub by: String,
    /// It helps the one that leads, and sees less.
    pub helps: bool,
}

#[derive(Template)]
#[template(path = "report/check.html")]
pub struct CheckPage {
    pub frame: Frame,
    pub back: BackLink,
    pub errors: ErrorSummary,
    pub news: News,
    pub answers: SummaryList,
    /// What there is to pay once it is sent.
    pub to_pay: Option<String>,
    /// What was passed over and may still be told (UI-3).
    pub more: SummaryList,
    pub notices: Vec<String>,
    pub recipients: Vec<Recipient>,
    /// Why the first of them leads (J-3).
    pub reason: String,
    /// Those that help see who reported.
    pub shares_contact: bool,
    /// The place is in words only: people at the agencies find out whose it is.
    pub is_unplaced: bool,
    /// Everybody will read parts of it.
    pub is_public: bool,
    /// Where a name may be shown with it.
    pub name: Option<Checkboxes>,
    /// Questions whose words tell who somebody is, in the words of the page; and the button that takes it out.
    pub private: String,
    pub take_out: (String, Button),
    pub action: String,
    pub button: Button,
}

/// One answer as it is shown: a line each, long texts whole.
#[derive(Template)]
#[template(path = "report/lines.html")]
struct Lines<'a> {
    lines: &'a [Line],
    pictures: Vec<Shown>,
}

pub async fn get(
    State(app): State<App>,
    journey: Journey,
    Query(pairs): Query<Vec<(String, String)>>,
) -> Result<Response, Failure> {
    journey.live()?;
    if journey.is_sent() {
        return Ok(gone_to(&way::page(&journey.service.id, "done")));
    }
    let stands = journey.stands();
    if stands != way::page(&journey.service.id, "check") {
        return Ok(gone_to(&stands));
    }
    let held = held(&app, &journey).await?;
    draw(&app, &journey, &pairs, None, &held)
}

/// The files of the attempt, where the service asks for any.
pub async fn held(app: &App, journey: &Journey) -> Result<Vec<Held>, Failure> {
    let has_files = journey.answers.iter().any(|(_, answer)| matches!(answer, Answer::Files(_)));
    if has_files { files::waiting(app, journey).await } else { Ok(Vec::new()) }
}

/// The field that says that the name is to be shown (C-52).
pub const NAMED: &str = "show_name";

/// The box for it: not chosen unless somebody chose it.
pub fn name(journey: &Journey, walk: &Walk, chosen: bool) -> Option<Checkboxes> {
    // Staff name nobody for others.
    if journey.staff.is_some() {
        return None;
    }
    let service = &journey.service;
    let sensitive = walk.effects.sensitive || walk.effects.anonymous;
    let name = shown_name::offered(service, &walk.kept, sensitive)?;
    let tongue = journey.tongue();
    let hint = tongue.fill("check.name_about", &[("name", &name)]);
    let item = CheckboxItem::new("yes", tongue.say("check.name")).hint(hint).checked(chosen);
    Some(Checkboxes { name: NAMED.to_owned(), items: vec![item].into(), ..Checkboxes::default() })
}

pub fn draw(
    app: &App,
    journey: &Journey,
    pairs: &[(String, String)],
    problem: Option<&'static str>,
    held: &[Held],
) -> Result<Response, Failure> {
    let walk = journey.walk();
    let service = &journey.service;
    let news = News::read(&walk, pairs);
    let receivers = app.setting.receivers(&walk);
    let tongue = journey.tongue();
    let frame =
        page::told_there(app, page::frame(app, journey, walk.effects.sensitive, tongue.say("check.title")), &walk);
    let found = private::found(journey);
    let names: Vec<&str> = found.iter().map(|(id, _)| service.words.short(id)).collect();
    let page = CheckPage {
        back: frame.back(back(&walk)),
        frame: frame.wrong(problem.is_some()).with_files(app, !held.is_empty()),
        errors: ErrorSummary::new(problem.map(|words| ("send", tongue.say(words)))).titled(tongue.say("frame.problem")),
        answers: answers(journey, &walk, held)?,
        to_pay: cost::price(app, journey, &walk),
        more: more(journey, &walk),
        notices: walk.effects.notices.iter().map(|id| service.words.notice(id).to_owned()).collect(),
        recipients: recipients(app, journey, &receivers),
        reason: receivers.reason,
        shares_contact: walk.effects.share_contact,
        is_unplaced: !matches!(walk.who, Some(Who::Answered(_))),
        is_public: service.public && !walk.effects.sensitive,
        name: name(journey, &walk, pairs.iter().any(|(name, value)| name == NAMED && value == "yes")),
        private: names.join(", "),
        take_out: (way::page(&service.id, "private"), Button::text(tongue.say("check.private_out")).secondary()),
        action: way::page(&service.id, "send"),
        button: Button { id: "send".to_owned(), ..Button::text(tongue.say("check.send")) },
        news,
    };
    let status = if problem.is_some() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    html_with(status, &page, Caching::Never)
}

fn back(walk: &Walk) -> String {
    let service = &walk.service.id;
    walk.path.last().map_or_else(|| way::begin(service), |last| way::question(service, &last.id, &[]))
}

fn from_check(service: &Service, id: &str) -> String {
    way::question(&service.id, id, &["from=check".to_owned()])
}

fn answers(journey: &Journey, walk: &Walk, held: &[Held]) -> Result<SummaryList, Failure> {
    let (service, tongue) = (&*journey.service, journey.tongue());
    let change = |row: SummaryRow, href: String, what: String| {
        row.action(SummaryAction::new(tongue.say("check.change"), href, what))
    };
    let mut rows = Vec::new();
    for answer in shown(service, &walk.kept) {
        let pictures = pictures(service, walk.kept.get(&answer.question), held);
        let lines = Html::rendered(&Lines { lines: &answer.lines, pictures }).map_err(|_| Failure::Broken)?;
        let row = SummaryRow::html(&answer.label, lines);
        rows.push(change(row, from_check(service, &answer.question), answer.label.to_lowercase()));
    }
    if walk.end == End::Check && way::needs_pin(walk) {
        let row = SummaryRow::new("PIN", tongue.say("pin.chosen"));
        rows.push(change(row, way::page(&service.id, "pin"), "PIN".to_owned()));
    }
    Ok(SummaryList::new(rows))
}

/// The pictures of an answer that is files.
fn pictures(service: &Service, answer: Option<&Answer>, held: &[Held]) -> Vec<Shown> {
    let Some(Answer::Files(ids)) = answer else { return Vec::new() };
    let found = ids.iter().filter_map(|id| held.iter().find(|held| held.id.to_string() == *id));
    found.map(|held| shown_file(held, |held| files::picture(&service.id, held))).collect()
}

fn more(journey: &Journey, walk: &Walk) -> SummaryList {
    let (service, tongue) = (&*journey.service, journey.tongue());
    let row = |question: &&catalogue::Question| {
        let label = service.words.short(&question.id);
        let add = SummaryAction::new(tongue.say("check.add"), from_check(service, &question.id), label.to_lowercase());
        SummaryRow::new(label, tongue.say("check.unanswered")).action(add)
    };
    SummaryList::new(walk.passed_over.iter().map(row))
}

fn recipients(app: &App, journey: &Journey, receivers: &Receivers) -> Vec<Recipient> {
    let (service, now) = (&*journey.service, app.now());
    let recipient = |(place, id): (usize, &String)| {
        let first = app.setting.first_answer_by(id, &service.id, now);
        Recipient {
            name: app.setting.agency_name(id),
            next: app.setting.what_next(id, &service.id),
            by: first.map(|by| when::by_in(journey.tongue(), by)).unwrap_or_default(),
            helps: receivers.row.is_some() && place > 0,
        }
    };
    receivers.agencies.iter().enumerate().map(recipient).collect()
}
