//! `/report/{service}/q/{question}`: one question a page.

use super::{
    alike, along,
    asset::Chooser,
    cost, files,
    gate::{Gate, is_passed},
    home,
    journey::Journey,
    keep::{Change, keep},
    offered::{Offered, offered},
    owner,
    page::{self, FromPhoto, News},
    phrase, stop, way,
};
use crate::{
    App,
    govuk::{BackLink, Button, ErrorSummary},
    page::{
        Caching, Failure, Frame, Map, Posted,
        files::{shown, wish},
        gone_to, html, html_with,
    },
    question::{Drawn, Look, draw},
};
use askama::Template;
use axum::{
    extract::{Path, Query, State},
    http::StatusCode,
    response::Response,
};
use catalogue::{Answer, Answers, Ask, End, Filled, Form, Problem, Question, Read, Service, Walk, kind, walk};
use store::{held::Held, site_message::Place as Spot};

/// What stands over the first question of a service.
pub struct Start {
    pub title: String,
    pub summary: String,
    pub before: Vec<String>,
    /// The page with all questions at once, where there is one.
    pub whole: Option<String>,
}

#[derive(Template)]
#[template(path = "report/ask.html")]
pub struct AskPage {
    pub frame: Frame,
    pub back: BackLink,
    pub errors: ErrorSummary,
    pub news: News,
    pub start: Option<Start>,
    pub action: String,
    /// The form holds files.
    pub has_files: bool,
    /// Answers of the emergency gate before this one.
    pub hidden: Vec<(String, String)>,
    pub question: Drawn,
    /// What it costs, where that hangs on this question.
    pub costs: Option<String>,
    /// May be left empty.
    pub is_optional: bool,
    pub button: Button,
    /// Nothing but optional questions is left: the way straight to check-answers (UI-3).
    pub rest: Option<Button>,
    pub chooser: Option<Chooser>,
}

/// Everything a question page is drawn from.
pub struct Asking<'a> {
    pub walk: &'a Walk<'a>,
    pub question: &'a Question,
    pub filled: Filled<'a>,
    pub problems: &'a [Problem],
    pub gate: &'a Gate,
    pub from_check: bool,
    pub news: News,
    pub start: Option<Start>,
    /// Answers that came along with a link, as hidden fields.
    pub along: Vec<(String, String)>,
    /// Files of the attempt.
    pub files: &'a [Held],
    /// What can be reported now of the home that was picked.
    pub offered: Option<&'a Offered>,
}

pub fn ask_page(app: &App, journey: &Journey, asking: Asking) -> Result<AskPage, Failure> {
    let Asking { walk, question, .. } = asking;
    let problems = match asking.offered {
        Some(offered) => offered.placed(asking.problems),
        None => asking.problems.to_vec(),
    };
    let service = &journey.service;
    let sensitive = walk.effects.sensitive;
    let map = page::map(app, service);
    let files: Vec<_> = asking.files.iter().map(|held| shown(held, |held| files::picture(&service.id, held))).collect();
    let tongue = journey.tongue();
    let look = Look::new(&problems).speaking(tongue).discreet(sensitive).on(map.as_ref()).with_files(&files);
    let mut face = kind::face(question, &service.words, asking.filled, &walk.kept);
    page::of_caller(journey, &mut face);
    if let Some(offered) = asking.offered {
        offered.mark(&mut face);
    }
    let mut drawn = draw(&face, look).map_err(|_| Failure::Broken)?;
    if !tongue.is_english() {
        drawn.html = drawn.html.error_said_as(tongue.say("frame.error"));
    }
    let mut wrong: Vec<_> = problems.iter().map(|p| (drawn.target(&p.field), p.text.as_str())).collect();
    // In the order in which the fields stand on the page, whatever the order in which they were looked at.
    wrong.sort_by_key(|(target, _)| drawn.stands(target));
    let errors = ErrorSummary::new(wrong).titled(tongue.say("frame.problem"));
    let title = match &asking.start {
        Some(start) => start.title.clone(),
        None => service.words.short(&question.id).to_owned(),
    };
    let has_files = wish(question).is_some();
    let has_some = has_files && matches!(asking.filled, Filled::Answer(_));
    let mut query = Vec::new();
    if asking.from_check {
        query.push("from=check".to_owned());
    }
    let chooser = asking.offered.and_then(|offered| offered.chooser(map));
    let frame = page::frame(app, journey, sensitive, &title).with_files(app, has_files);
    let mut frame = if chooser.is_some() { frame.with_chooser(app) } else { frame };
    if asking.start.is_some() {
        frame = frame.told(app, Spot::Reporting, Some(&service.id));
    } else if walk.before(&question.id).is_some_and(page::decides) {
        frame = page::told_there(app, frame, walk);
    }
    Ok(AskPage {
        costs: cost::beside(app, journey, walk, &question.id),
        back: frame.back(way::back(walk, &question.id, asking.from_check, &asking.gate.clone().without(&question.id))),
        frame: frame.wrong(!problems.is_empty()),
        errors,
        news: asking.news,
        start: asking.start,
        action: if has_files {
            way::files(&service.id, &question.id, &query)
        } else {
            way::question(&service.id, &question.id, &query)
        },
        has_files,
        hidden: asking.gate.hidden(&question.id).into_iter().chain(asking.along).chain(phrase::call(journey)).collect(),
        is_optional: !has_some && !kind::is_required_now(question, &walk.kept, &journey.world.context()),
        button: Button::text(tongue.say("ask.continue")),
        rest: (!asking.from_check && only_optional_left(journey, walk, question))
            .then(|| Button::text(tongue.say("ask.skip")).secondary().sends(REST, "yes")),
        question: drawn,
        chooser,
    })
}

/// The field of the button that passes over what is left.
const REST: &str = "rest";

/// The optional questions without an answer, this one left out.
fn optional(service: &Service, answers: &Answers, but: &str) -> Vec<String> {
    let open = |question: &&Question| {
        question.ask == Ask::Optional && question.id != but && answers.get(&question.id).is_none()
    };
    service.questions.iter().filter(open).map(|question| question.id.clone()).collect()
}

fn only_optional_left(journey: &Journey, walked: &Walk, question: &Question) -> bool {
    let service = &journey.service;
    let ctx = journey.world.context();
    if question.ask != Ask::Optional || kind::is_required_now(question, &walked.kept, &ctx) {
        return false;
    }
    let mut answers = walked.kept.clone();
    Change::Answer(question.id.clone(), Box::new(answers.get(&question.id).cloned()), optional(service, &answers, ""))
        .apply(&mut answers);
    matches!(walk(service, &answers, &ctx).end, End::Check)
}

pub(super) fn comes_from_check(pairs: &[(String, String)]) -> bool {
    pairs.iter().any(|(name, value)| name == "from" && value == "check")
}

/// An answer given before, or the one that other answers propose.
fn filled<'a>(walk: &'a Walk, id: &str) -> Filled<'a> {
    walk.kept.get(id).or_else(|| walk.effects.preset.get(id)).map_or(Filled::Empty, Filled::Answer)
}

pub async fn get(
    State(app): State<App>,
    journey: Journey,
    Path((_, id)): Path<(String, String)>,
    Query(pairs): Query<Vec<(String, String)>>,
) -> Result<Response, Failure> {
    let question = journey.service.question(&id).ok_or(Failure::NotFound)?;
    if journey.is_sent() {
        return Ok(gone_to(&way::page(&journey.service.id, "done")));
    }
    let files = files::needed(&app, &journey, question).await?;
    let offered = offered(&app, &journey, question).await?;
    let gate = journey.gate(&pairs);
    let answers = journey.with_gate(&gate);
    let ctx = journey.world.context();
    let walk = walk(&journey.service, &answers, &ctx);
    if !walk.may_visit(&id) || walk.is_shut() {
        return Ok(gone_to(&way::end(&walk, journey.has_pin(), &gate)));
    }
    let proposed = files::proposed(&journey, question, &files);
    let known = journey.owner.as_ref().and_then(|account| owner::known(&journey.service, account));
    let known = known.filter(|(question, _)| *question == id).map(|(_, answer)| answer);
    let filled = match (filled(&walk, &id), proposed.as_ref().or(known.as_ref())) {
        (Filled::Empty, Some(answer)) => Filled::Answer(answer),
        (filled, _) => filled,
    };
    let mut news = News::read(&walk, &pairs);
    news.from_photo = proposed.as_ref().filter(|_| walk.kept.get(&id).is_none()).map(|answer| match answer {
        Answer::Moment(_) => FromPhoto::Moment,
        _ => FromPhoto::Place,
    });
    // An answer that a later one has made wrong says why it is asked again.
    let kept = walk.kept.get(&id).map(|answer| kind::stands(question, answer, &walk.kept, &ctx));
    let mut problems = kept.and_then(Result::err).unwrap_or_default();
    problems.extend(offered.iter().flat_map(|offered| offered.problems(walk.kept.get(&id))));
    let asking = Asking {
        walk: &walk,
        question,
        filled,
        problems: &problems,
        gate: &gate,
        from_check: comes_from_check(&pairs),
        news,
        start: None,
        along: Vec::new(),
        files: &files,
        offered: offered.as_ref(),
    };
    html(&ask_page(&app, &journey, asking)?, Caching::Never)
}

/// What a post comes to before anything is written.
enum Step {
    /// The answer to the post: a page with errors, a stop, the next question of the gate.
    Answered(Response),
    Keep(Keeping),
}

struct Keeping {
    gate: Gate,
    change: Change,
    /// Notices that were told before.
    noticed: Vec<String>,
    /// There was no attempt any more: this answer begins another.
    is_lost: bool,
}

pub async fn post(
    State(app): State<App>,
    journey: Journey,
    Path((_, id)): Path<(String, String)>,
    Query(pairs): Query<Vec<(String, String)>>,
    Posted(form): Posted,
) -> Result<Response, Failure> {
    post_form(&app, journey, &id, &pairs, &form).await
}

/// The same, of a form that was read in another way.
pub(super) async fn post_form(
    app: &App,
    mut journey: Journey,
    id: &str,
    pairs: &[(String, String)],
    form: &Form,
) -> Result<Response, Failure> {
    journey.world.know(app, form).await?;
    let question = journey.service.question(id).ok_or(Failure::NotFound)?;
    phrase::same_call(&journey, form)?;
    let files = files::needed(app, &journey, question).await?;
    let offered = offered(app, &journey, question).await?;
    let keeping = match read(app, &journey, id, pairs, form, &files, offered.as_ref())? {
        Step::Answered(response) => return Ok(response),
        Step::Keep(keeping) => keeping,
    };
    let kept = keep(app, journey, &keeping.gate, &keeping.change).await?;
    if kept.journey.is_sent() {
        return Ok(gone_to(&way::page(&kept.journey.service.id, "done")));
    }
    let decides = kept.journey.service.deciding_place().is_some_and(|question| question.id == id);
    if decides && !comes_from_check(pairs) && !alike::near(app, &kept.journey).await?.is_empty() {
        let path = way::page(&kept.journey.service.id, "alike");
        return Ok(kept.hand_over(app, gone_to(&path)));
    }
    let asked = kept.journey.service.question(id).ok_or(Failure::NotFound)?;
    if !home::homes(app, &kept.journey, asked).await?.is_empty() {
        let path = home::path(&kept.journey.service, asked);
        return Ok(kept.hand_over(app, gone_to(&path)));
    }
    let walk = kept.journey.walk();
    let mut news = News::query(&kept.dropped, &keeping.noticed, &walk.effects.notices);
    if keeping.is_lost {
        news.push("lost=1".to_owned());
    }
    // What goes along from a report that is sent again need not be gone through page by page.
    let is_again = kept.journey.found.as_ref().is_some_and(|found| found.draft.after.is_some());
    let straight = comes_from_check(pairs) || form.get(REST).is_some() || is_again;
    let path = next(&walk, id, straight, kept.journey.has_pin(), news);
    Ok(kept.hand_over(app, gone_to(&path)))
}

fn read(
    app: &App,
    journey: &Journey,
    id: &str,
    pairs: &[(String, String)],
    form: &Form,
    files: &[Held],
    offered: Option<&Offered>,
) -> Result<Step, Failure> {
    let service = &journey.service;
    let question = service.question(id).ok_or(Failure::NotFound)?;
    if journey.is_sent() {
        return Ok(Step::Answered(gone_to(&way::page(&service.id, "done"))));
    }
    let gate = journey.gate(&form.0);
    let mut answers = journey.with_gate(&gate.clone().without(id));
    let ctx = journey.world.context();
    let walked = walk(service, &answers, &ctx);
    let is_lost = journey.found.is_none() && !walked.may_visit(id);
    let again = |filled: Filled, problems: &[Problem]| {
        let from_check = comes_from_check(pairs);
        let (news, along) = (News::default(), along::fields(form));
        let asking = Asking {
            walk: &walked,
            question,
            filled,
            problems,
            gate: &gate,
            from_check,
            news,
            start: None,
            along,
            files,
            offered,
        };
        let status = if problems.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
        html_with(status, &ask_page(app, journey, asking)?, Caching::Never).map(Step::Answered)
    };
    if let Some(rows) = kind::rows(question, form) {
        return again(Filled::Form(&rows), &[]);
    }
    let answer = match kind::read(question, form, &walked.kept, &ctx) {
        Ok(Read::Answer(Some(Answer::Files(ids))))
            if ids.iter().any(|id| !files.iter().any(|f| f.id.to_string() == *id)) =>
        {
            return again(Filled::Form(form), &[files::gone(question)]);
        }
        Ok(Read::Answer(answer)) => answer.map(|answer| home::still(answer, walked.kept.get(id))),
        Ok(Read::Pick(found)) => return again(Filled::Pick(form, &found), &unpicked(journey, id, form)),
        Err(_) if is_lost => return Err(Failure::AnswersGone),
        Err(problems) => return again(Filled::Form(form), &problems),
    };
    let closed: Vec<_> = offered.iter().flat_map(|offered| offered.problems(answer.as_ref())).collect();
    if !closed.is_empty() {
        return again(Filled::Form(form), &closed);
    }
    let told: Vec<_> = offered.iter().flat_map(|offered| offered.along(answer.as_ref())).collect();
    let rest = if form.get(REST).is_some() { optional(service, &answers, id) } else { Vec::new() };
    let mut change = Change::Answer(id.to_owned(), Box::new(answer), rest);
    if journey.found.is_none() {
        change = Change::Along(along::answers(service, form, &ctx), Box::new(change));
    }
    if !told.is_empty() {
        change = Change::Along(told, Box::new(change));
    }
    change.apply(&mut answers);
    let then = walk(service, &answers, &ctx);
    // Nothing of an emergency is kept (P-12): the page is drawn as the answer to the post.
    if let End::Stop(view) = &then.end
        && view.question.is_some_and(|asked| asked.id == id && (asked.gate || stop::is_final(view)))
    {
        return stop::draw(app, journey, &then, view, &gate, None).map(Step::Answered);
    }
    if question.gate && !is_passed(&then) {
        return Ok(Step::Answered(gone_to(&way::end(&then, false, &gate))));
    }
    if is_lost && then.dropped.iter().any(|gone| gone == id) {
        return Err(Failure::AnswersGone);
    }
    Ok(Step::Keep(Keeping { gate, change, noticed: walked.effects.notices, is_lost }))
}

/// The same words were sent again without a choice among the places that have that name.
fn unpicked(journey: &Journey, id: &str, form: &Form) -> Vec<Problem> {
    let shown = form.get(&format!("{id}.picking"));
    if shown.is_none_or(|shown| shown.trim() != form.trimmed(&format!("{id}.text"))) {
        return Vec::new();
    }
    vec![Problem {
        question: id.to_owned(),
        field: format!("{id}.pick"),
        key: "place.unpicked".to_owned(),
        text: journey.tongue().say("ask.unpicked").to_owned(),
    }]
}

/// Where a kept answer leads. From check-answers it leads back there once nothing is missing.
fn next(walk: &Walk, id: &str, from_check: bool, has_pin: bool, news: Vec<String>) -> String {
    let service = &walk.service.id;
    let mut query = news;
    if walk.is_shut() {
        return way::end(walk, has_pin, &Gate::default());
    }
    match (way::after(walk, id), &walk.end) {
        (Some(following), _) if !from_check => way::question(service, &following.id, &query),
        (_, End::Ask(asked)) => {
            if from_check {
                query.push("from=check".to_owned());
            }
            way::question(service, &asked.id, &query)
        }
        _ => way::with(way::end(walk, has_pin, &Gate::default()), &query),
    }
}
