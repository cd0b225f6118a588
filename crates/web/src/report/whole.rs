//! `/report/{service}/all`: every question on one page, for those who know what is asked, and one post that sends. What an
//! answer opens up is asked below the others, and nothing that was typed is lost on the way.

use super::{
    alike, check, cost, files,
    gate::{Gate, is_passed},
    home,
    journey::{COOKIE, Journey},
    keep::{Change, FileChange, keep},
    owner,
    page::{self, News},
    phrase, private, send, stop, way,
};
use crate::{
    App,
    govuk::{BackLink, Button, Checkboxes, ErrorSummary, Select},
    page::{
        Caching, Failure, Frame, cookie,
        files::{shown, wish},
        gone_to, html_with,
        parts::Parts,
    },
    question::{Drawn, Look, draw},
};
use askama::Template;
use axum::{
    extract::{Query, State},
    http::StatusCode,
    response::Response,
};
use catalogue::{
    Answer, Answers, End, Filled, Form, Found, Problem, Question, Read, Service, Tracking, Walk, kind, walk,
};
use std::collections::BTreeSet;
use store::held::Held;

/// The field that names a question of the page: an empty one that was not there is not missing.
const ASKED: &str = "asked";
/// The button that leads to check-answers first.
const CHECK: &str = "check";
/// What an answer opened up stands on the page now.
const MORE: &str = "more";

/// One question of the page.
pub struct Part {
    pub id: String,
    pub drawn: Drawn,
    pub is_optional: bool,
    /// Words of the agency that staff can put in.
    pub phrases: Option<(Select, Button)>,
    /// What it costs, where that hangs on this question.
    pub costs: Option<String>,
}

#[derive(Template)]
#[template(path = "report/whole.html")]
pub struct WholePage {
    pub frame: Frame,
    pub back: BackLink,
    pub errors: ErrorSummary,
    pub news: News,
    /// There is more to ask than there was.
    pub has_more: bool,
    pub title: String,
    pub summary: String,
    pub action: String,
    pub parts: Vec<Part>,
    pub is_public: bool,
    /// Where a name may be shown with it.
    pub name: Option<Checkboxes>,
    pub send: Button,
    pub check: Button,
    pub one_by_one: Option<String>,
    /// Tells the reports that one member of staff files from each other.
    pub call: Option<(String, String)>,
}

/// May all be asked at once? Not where somebody may have to leave in a hurry, and not where a PIN is chosen on the way.
pub fn may(service: &Service) -> bool {
    !service.sensitive && !service.exit && service.tracking != Tracking::LinkAndPin && service.opening.is_none()
}

/// Staff who file for somebody are asked so in any service: nobody looks over their shoulder, and a PIN is asked for at the end.
fn may_now(journey: &Journey) -> bool {
    journey.staff.is_some() || may(&journey.service)
}

/// The address of the page, where there is one.
pub fn path(service: &Service) -> Option<String> {
    may(service).then(|| way::page(&service.id, "all"))
}

/// What one question was given in a post that could not be taken.
enum Given {
    Form,
    /// Rows were added or taken away.
    Rows(Form),
    Pick(Vec<Found>),
}

/// How a post was read.
#[derive(Default)]
struct Said {
    changes: Vec<Change>,
    problems: Vec<Problem>,
    /// Questions that are shown as they were typed.
    again: Vec<(String, Given)>,
    /// A button of one question was pressed, such as the one that uploads: the page comes back, and nothing is said of the others.
    stays: bool,
}

impl Said {
    fn given(&self, id: &str) -> Option<&Given> {
        self.again.iter().find(|(found, _)| found == id).map(|(_, given)| given)
    }
}

pub async fn get(
    State(app): State<App>,
    journey: Journey,
    Query(pairs): Query<Vec<(String, String)>>,
) -> Result<Response, Failure> {
    if !may_now(&journey) {
        return Err(Failure::NotFound);
    }
    if journey.is_sent() {
        return Ok(gone_to(&way::page(&journey.service.id, "done")));
    }
    // Nobody fills in what nobody takes.
    if journey.walk().is_shut() {
        return Ok(gone_to(&journey.stands()));
    }
    let has_more = pairs.iter().any(|(name, _)| name == MORE);
    let form = Form::new();
    page(&app, &journey, &form, &Said::default(), has_more).await
}

/// The answers to begin with: those that are kept, and who reports, where an account says it.
fn begun(journey: &Journey, gate: &Gate) -> Answers {
    let mut answers = journey.with_gate(gate);
    let known = journey.owner.as_ref().and_then(|account| owner::known(&journey.service, account));
    if let Some((id, answer)) = known.filter(|(id, _)| answers.get(id).is_none() && !answers.has_passed(id)) {
        answers.give(&id, answer);
    }
    answers
}

async fn page(app: &App, journey: &Journey, form: &Form, said: &Said, has_more: bool) -> Result<Response, Failure> {
    let held = files::waiting(app, journey).await?;
    drawn(app, journey, form, said, has_more, &held)
}

fn drawn(
    app: &App,
    journey: &Journey,
    form: &Form,
    said: &Said,
    has_more: bool,
    held: &[Held],
) -> Result<Response, Failure> {
    let (service, tongue) = (&journey.service, journey.tongue());
    let files: Vec<_> = held.iter().map(|held| shown(held, |held| files::picture(&service.id, held))).collect();
    let mut answers = begun(journey, &journey.gate(&form.0));
    Change::Several(said.changes.clone()).apply(&mut answers);
    let ctx = journey.world.context();
    let walked = walk(service, &answers, &ctx);
    let map = page::map(app, service);
    let mut parts = Vec::new();
    for question in walked.at_once(&ctx) {
        let proposed = files::proposed(journey, question, held);
        let typed = match said.given(&question.id) {
            Some(Given::Form) => Some(Filled::Form(form)),
            Some(Given::Rows(rows)) => Some(Filled::Form(rows)),
            Some(Given::Pick(found)) => Some(Filled::Pick(form, found)),
            None => None,
        };
        let answer = walked.kept.get(&question.id).or_else(|| walked.effects.preset.get(&question.id));
        let filled = typed.or(answer.or(proposed.as_ref()).map(Filled::Answer)).unwrap_or(Filled::Empty);
        let look = Look::new(&said.problems).speaking(tongue).on(map.as_ref()).with_files(&files).among_others();
        let mut face = kind::face(question, &service.words, filled, &walked.kept);
        page::of_caller(journey, &mut face);
        let mut drawn = draw(&face, look).map_err(|_| Failure::Broken)?;
        if !tongue.is_english() {
            drawn.html = drawn.html.error_said_as(tongue.say("frame.error"));
        }
        let is_optional = !kind::is_required_now(question, &walked.kept, &ctx);
        let phrases = phrase::offered(app, journey, &question.id);
        let costs = cost::beside(app, journey, &walked, &question.id);
        parts.push(Part { id: question.id.clone(), drawn, is_optional, phrases, costs });
    }
    // In the order in which the fields stand on the page.
    let mut wrong = Vec::new();
    for problem in &said.problems {
        if let Some(at) = parts.iter().position(|part| part.id == problem.question) {
            let target = parts[at].drawn.target(&problem.field);
            wrong.push(((at, parts[at].drawn.stands(&target)), target, problem.text.as_str()));
        }
    }
    wrong.sort_by_key(|(stands, ..)| *stands);
    let errors = ErrorSummary::new(wrong.into_iter().map(|(_, target, text)| (target, text)));
    let frame = page::frame(app, journey, false, tongue.say("whole.title"));
    let page = WholePage {
        back: frame.back(if journey.staff.is_some() { way::begin(&service.id) } else { way::list().to_owned() }),
        frame: frame.wrong(!said.problems.is_empty()).with_file_styles(app),
        errors: errors.titled(tongue.say("frame.problem")),
        news: News::default(),
        has_more,
        title: service.title().to_owned(),
        summary: service.summary().to_owned(),
        action: way::page(&service.id, "all"),
        parts,
        is_public: service.public,
        name: check::name(journey, &walked, form.get(check::NAMED) == Some("yes")),
        send: Button { id: "send".to_owned(), ..Button::text(tongue.say("check.send")) },
        check: Button::text(tongue.say("whole.check")).secondary().sends(CHECK, "yes"),
        one_by_one: journey.staff.is_none().then(|| way::begin(&service.id) + "?one=1"),
        call: phrase::call(journey),
    };
    let status = if said.problems.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    html_with(status, &page, Caching::Never)
}

pub async fn post(State(app): State<App>, journey: Journey, parts: Parts) -> Result<Response, Failure> {
    let service = journey.service.clone();
    if !may_now(&journey) {
        return Err(Failure::NotFound);
    }
    if journey.is_sent() {
        return Ok(gone_to(&way::page(&service.id, "done")));
    }
    let with_files: Vec<&Question> = service.questions.iter().filter(|question| wish(question).is_some()).collect();
    let mut taken = files::take(&app, journey, &with_files, parts).await?;
    phrase::same_call(&taken.journey, &taken.form)?;
    phrase::put(&app, &taken.journey, &mut taken.form);
    taken.journey.world.know(&app, &taken.form).await?;
    let token = taken.began();
    let mut response = answer(&app, taken).await?;
    if let Some(token) = token {
        cookie::set(&app, response.headers_mut(), COOKIE, &token, &way::begin(&service.id));
    }
    Ok(response)
}

/// What a post comes to before anything is kept.
enum Step {
    /// A stop at which nothing is kept.
    Stopped(Response),
    /// Still in the emergency gate.
    InGate(Said),
    Keep {
        said: Said,
        has_more: bool,
    },
}

fn step(app: &App, taken: &files::Taken, gate: &Gate) -> Result<Step, Failure> {
    let (journey, form) = (&taken.journey, &taken.form);
    let ctx = journey.world.context();
    let mut answers = begun(journey, gate);
    let said = read(journey, form, taken, &mut answers);
    let then = walk(&journey.service, &answers, &ctx);
    // Nothing of an emergency is kept (P-12): the page is drawn as the answer to the post.
    if let End::Stop(view) = &then.end
        && view.question.is_some_and(|asked| asked.gate || stop::is_final(view))
    {
        return stop::draw(app, journey, &then, view, gate, None).map(Step::Stopped);
    }
    if !is_passed(&then) {
        return Ok(Step::InGate(said));
    }
    Ok(Step::Keep { has_more: opened(&then, form, &ctx), said })
}

async fn answer(app: &App, taken: files::Taken) -> Result<Response, Failure> {
    let service = taken.journey.service.clone();
    if taken.form.get(ASKED).is_none() {
        return page(app, &taken.journey, &taken.form, &Said::default(), false).await;
    }
    let gate = taken.journey.gate(&taken.form.0);
    let (mut said, has_more) = match step(app, &taken, &gate)? {
        Step::Stopped(response) => return Ok(response),
        Step::InGate(said) => return page(app, &taken.journey, &taken.form, &said, false).await,
        Step::Keep { said, has_more } => (said, has_more),
    };
    let form = taken.form;
    let kept = keep(app, taken.journey, &gate, &Change::Several(std::mem::take(&mut said.changes))).await?;
    if kept.journey.is_sent() {
        return Ok(gone_to(&way::page(&service.id, "done")));
    }
    if said.stays || !said.problems.is_empty() || !said.again.is_empty() {
        let response = page(app, &kept.journey, &form, &said, has_more).await?;
        return Ok(kept.hand_over(app, response));
    }
    if has_more {
        return Ok(kept.hand_over(app, gone_to(&format!("{}?{MORE}=1", way::page(&service.id, "all")))));
    }
    let stands = kept.journey.stands();
    let is_whole = stands == way::page(&service.id, "check");
    if is_whole && !alike::near(app, &kept.journey).await?.is_empty() {
        return Ok(kept.hand_over(app, gone_to(&way::page(&service.id, "alike"))));
    }
    if is_whole {
        for question in service.questions.iter() {
            if !home::homes(app, &kept.journey, question).await?.is_empty() {
                let path = home::path(&service, question);
                return Ok(kept.hand_over(app, gone_to(&path)));
            }
        }
    }
    // What there is to pay is read before anything is sent.
    let costs = cost::price(app, &kept.journey, &kept.journey.walk()).is_some();
    if !is_whole || costs || form.get(CHECK).is_some() || !private::found(&kept.journey).is_empty() {
        return Ok(kept.hand_over(app, gone_to(&stands)));
    }
    // An attempt that just began is read as it was kept.
    let journey = kept.journey.again(app, kept.journey.token.clone()).await?;
    let response = send::send(app, &journey, form.get(check::NAMED) == Some("yes")).await?;
    Ok(kept.hand_over(app, response))
}

/// Whether a question that must be answered is shown now and was not on the page.
fn opened(walk: &Walk, form: &Form, ctx: &catalogue::Context) -> bool {
    let asked: BTreeSet<&str> = form.all(ASKED).collect();
    let is_new = |question: &&Question| {
        !asked.contains(question.id.as_str()) && walk.kept.get(&question.id).is_none() && !question.gate
    };
    walk.at_once(ctx).iter().any(is_new)
}

/// Reads every question that was on the page, each by the answers before it.
fn read(journey: &Journey, form: &Form, taken: &files::Taken, answers: &mut Answers) -> Said {
    let (service, ctx) = (&journey.service, journey.world.context());
    let asked: BTreeSet<&str> = form.all(ASKED).collect();
    let mut said = Said { problems: taken.problems.clone(), stays: phrase::is_pressed(form), ..Said::default() };
    for question in service.questions.iter().filter(|question| asked.contains(question.id.as_str())) {
        let walked = walk(service, answers, &ctx);
        if !walked.at_once(&ctx).iter().any(|shown| shown.id == question.id) {
            continue;
        }
        let mut own = form.clone();
        if wish(question).is_some() {
            let new: Vec<String> =
                taken.new.iter().filter(|(of, _)| *of == question.id).map(|(_, id)| id.clone()).collect();
            let all = files::given(journey, question).iter().chain(&new);
            own = all.fold(own, |form, id| form.with(&question.id, id));
            let pressed = |part: &str| form.get(&format!("{}.{part}", question.id)).map(str::to_owned);
            let moved = pressed("remove").map(FileChange::Remove).or(pressed("up").map(FileChange::Up));
            said.stays |= moved.is_some() || pressed("add").is_some();
            let added = (!new.is_empty()).then_some(FileChange::Add(new));
            let changes = added.into_iter().chain(moved);
            said.changes.extend(changes.map(|change| Change::Files(question.id.clone(), change)));
        }
        if let Some(rows) = kind::rows(question, form) {
            said.stays = true;
            said.again.push((question.id.clone(), Given::Rows(rows)));
            continue;
        }
        match kind::read(question, &own, &walked.kept, &ctx) {
            Ok(Read::Answer(Some(Answer::Files(ids)))) => answers.give(&question.id, Answer::Files(ids)),
            Ok(Read::Answer(answer)) => {
                let answer = answer.map(|answer| home::still(answer, walked.kept.get(&question.id)));
                let change = Change::Answer(question.id.clone(), Box::new(answer), Vec::new());
                change.apply(answers);
                // What the gate heard travels with the page and is not kept.
                if !question.gate {
                    said.changes.push(change);
                }
            }
            Ok(Read::Pick(found)) => said.again.push((question.id.clone(), Given::Pick(found))),
            Err(problems) => {
                said.problems.extend(problems);
                said.again.push((question.id.clone(), Given::Form));
            }
        }
    }
    if said.stays {
        said.problems.clone_from(&taken.problems);
    }
    said
}
