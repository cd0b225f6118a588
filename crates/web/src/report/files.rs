//! `/report/{service}/files/{question}`: photos and other files of an answer, and their pictures on the way back.
//!
//! A file is kept and bound to the attempt before anything is said of it; the answer names it. Several at once, one at a
//! time from a script, or none: the same post.

use super::{
    ask::{self, Asking},
    gate::{Gate, is_passed},
    journey::{COOKIE, Journey},
    keep::{Change, FileChange, keep},
    page::News,
    way,
};
use crate::{
    App,
    page::{
        Caching, Failure, cookie,
        files::{self, Size},
        gone_to, html_with,
        parts::{Part, Parts},
    },
};
use axum::{
    extract::{Path, Query, State},
    http::{HeaderMap, StatusCode},
    response::Response,
};
use casework::{Error, Refusal, report::files as held};
use catalogue::{Answer, Filled, Form, How, Kind, Moment, MomentMode, Place, Problem, Question, Who, kind, walk};
use store::{held::Held, rendition};

/// What one post came to.
pub(super) struct Taken {
    pub journey: Journey,
    pub form: Form,
    /// Files that were bound to the attempt: the question and the id of each.
    pub new: Vec<(String, String)>,
    pub problems: Vec<Problem>,
    /// A new attempt began: its cookie must be set.
    began: bool,
}

impl Taken {
    /// The token of an attempt that began with the files.
    pub fn began(&self) -> Option<String> {
        self.began.then(|| self.journey.token.clone()).flatten()
    }
}

pub async fn post(
    State(app): State<App>,
    journey: Journey,
    Path((_, id)): Path<(String, String)>,
    Query(pairs): Query<Vec<(String, String)>>,
    headers: HeaderMap,
    parts: Parts,
) -> Result<Response, Failure> {
    let service = journey.service.clone();
    let question = service.question(&id).ok_or(Failure::NotFound)?;
    if files::wish(question).is_none() {
        return Err(Failure::NotFound);
    }
    if journey.is_sent() {
        return Ok(gone_to(&way::page(&service.id, "done")));
    }
    let taken = take(&app, journey, &[question], parts).await?;
    let token = taken.began();
    let mut response = answer(&app, taken, question, &pairs, &headers).await?;
    if let Some(token) = token {
        cookie::set(&app, response.headers_mut(), COOKIE, &token, &way::begin(&service.id));
    }
    Ok(response)
}

/// The address of the post, looked at again: the question's own page.
pub async fn look(
    journey: Journey,
    Path((_, id)): Path<(String, String)>,
    Query(pairs): Query<Vec<(String, String)>>,
) -> Result<Response, Failure> {
    let question = journey.service.question(&id).ok_or(Failure::NotFound)?;
    files::wish(question).ok_or(Failure::NotFound)?;
    let from_check = ask::comes_from_check(&pairs).then(|| "from=check".to_owned());
    Ok(gone_to(&way::question(&journey.service.id, &question.id, from_check.as_slice())))
}

/// Reads the post; each file of one of the questions is kept as it comes.
pub(super) async fn take(
    app: &App,
    journey: Journey,
    questions: &[&Question],
    mut parts: Parts,
) -> Result<Taken, Failure> {
    let wishes: Vec<_> = questions.iter().filter_map(|question| Some((*question, files::wish(question)?))).collect();
    let most_bytes = wishes.iter().map(|(_, wish)| wish.most_bytes).max().unwrap_or_default();
    let mut taken = Taken { journey, form: Form::new(), new: Vec::new(), problems: Vec::new(), began: false };
    while let Some(part) = parts.next(most_bytes).await? {
        let (field, name, arrived) = match part {
            Part::Text(name, value) => {
                taken.form.0.push((name, value));
                continue;
            }
            Part::File { field, name, arrived } => (field, name, arrived),
        };
        let asked = wishes.iter().find(|(question, _)| field == format!("{}.new", question.id));
        let Some((question, wish)) = asked else { continue };
        let most = most(question);
        let new = taken.new.iter().filter(|(of, _)| *of == question.id).count();
        if given(&taken.journey, question).len() + new >= most {
            let words = format!("You can add {most} at most. “{name}” was left out");
            taken.problems.push(problem(question, "file.many", words));
            continue;
        }
        if !begin(app, &mut taken, question, questions.len() > 1).await? {
            continue;
        }
        // Staff who file it for somebody are known.
        let kept = match taken.journey.staff {
            Some(_) => files::receive(app, &name, arrived, wish).await?,
            None => files::receive_from(app, &parts.origin, &name, arrived, wish).await?,
        };
        match kept {
            Ok(file) => match bind(app, &taken.journey, file).await {
                Ok(id) => taken.new.push((question.id.clone(), id)),
                Err(Error::Refused(Refusal::TooManyFiles)) => {
                    let words = "You have added and removed too many. Send your report, then add the rest to it";
                    taken.problems.push(problem(question, "file.many", words.to_owned()));
                }
                Err(other) => return Err(other.into()),
            },
            Err((key, words)) => taken.problems.push(problem(question, key, words)),
        }
    }
    Ok(taken)
}

/// A file must be bound to something: an attempt begins with the first one. On a page of many questions it begins once the
/// emergency gate is behind, and a file before that is left (P-12): whether there is an attempt now.
async fn begin(app: &App, taken: &mut Taken, question: &Question, is_whole: bool) -> Result<bool, Failure> {
    if taken.journey.found.is_some() {
        return Ok(true);
    }
    let gate = taken.journey.gate(&taken.form.0);
    let answers = taken.journey.with_gate(&gate);
    let walked = walk(&taken.journey.service, &answers, &taken.journey.world.context());
    if is_whole && !is_passed(&walked) {
        return Ok(false);
    }
    if !is_whole && !walked.may_visit(&question.id) {
        return Err(Failure::AnswersGone);
    }
    let journey = taken.journey.again(app, None).await?;
    let kept = keep(app, journey, &gate, &Change::Nothing).await?;
    taken.journey = kept.journey.again(app, kept.journey.token.clone()).await?;
    taken.began = true;
    Ok(true)
}

async fn bind(app: &App, journey: &Journey, file: held::File) -> Result<String, Error> {
    let (token, draw) = (journey.token.clone().unwrap_or_default(), app.draw());
    let id = file.0.id.to_string();
    app.db.write(move |tx| held::hold(tx, &draw, &token, &file)).await?;
    Ok(id)
}

fn most(question: &Question) -> usize {
    match &question.kind {
        Kind::Photo { most, .. } | Kind::File { most, .. } => *most,
        _ => 0,
    }
}

pub(super) fn given<'a>(journey: &'a Journey, question: &Question) -> &'a [String] {
    match journey.answers.get(&question.id) {
        Some(Answer::Files(ids)) => ids,
        _ => &[],
    }
}

fn problem(question: &Question, key: &str, text: String) -> Problem {
    Problem { question: question.id.clone(), field: format!("{}.new", question.id), key: key.to_owned(), text }
}

/// Puts what came into the answer, and says what is next.
async fn answer(
    app: &App,
    taken: Taken,
    question: &Question,
    pairs: &[(String, String)],
    headers: &HeaderMap,
) -> Result<Response, Failure> {
    let Taken { journey, form, new, problems, .. } = taken;
    let gate = journey.gate(&form.0);
    let pressed = |part: &str| form.get(&format!("{}.{part}", question.id)).map(str::to_owned);
    let change = match (new.is_empty(), pressed("remove"), pressed("up")) {
        (false, ..) => Some(FileChange::Add(new.into_iter().map(|(_, id)| id).collect())),
        (true, Some(id), _) => Some(FileChange::Remove(id)),
        (true, None, Some(id)) => Some(FileChange::Up(id)),
        (true, None, None) => None,
    };
    let stays = pressed("add").is_some() || matches!(change, Some(FileChange::Remove(_) | FileChange::Up(_)));
    let journey = match change {
        Some(change) if journey.found.is_some() => {
            keep(app, journey, &gate, &Change::Files(question.id.clone(), change)).await?.journey
        }
        _ => journey,
    };
    let words: Vec<&str> = problems.iter().map(|problem| problem.text.as_str()).collect();
    if let Some(told) = files::told(headers, &words) {
        return Ok(told);
    }
    if !problems.is_empty() {
        return again(app, &journey, question, &gate, &problems, pairs).await;
    }
    if stays {
        let mut query = if ask::comes_from_check(pairs) { vec!["from=check".to_owned()] } else { Vec::new() };
        query.extend(gate.query());
        return Ok(gone_to(&way::question(&journey.service.id, &question.id, &query)));
    }
    // Go on, with what there is: the answer is read as that of any other question.
    let posted = given(&journey, question).iter().fold(form, |form, id| form.with(&question.id, id));
    ask::post_form(app, journey, &question.id, pairs, &posted).await
}

async fn again(
    app: &App,
    journey: &Journey,
    question: &Question,
    gate: &Gate,
    problems: &[Problem],
    pairs: &[(String, String)],
) -> Result<Response, Failure> {
    let files = waiting(app, journey).await?;
    let answers = journey.with_gate(gate);
    let ctx = journey.world.context();
    let walked = walk(&journey.service, &answers, &ctx);
    let asking = Asking {
        walk: &walked,
        question,
        filled: journey.answers.get(&question.id).map_or(Filled::Empty, Filled::Answer),
        problems,
        gate,
        from_check: ask::comes_from_check(pairs),
        news: News::default(),
        start: None,
        along: Vec::new(),
        files: &files,
        offered: None,
    };
    html_with(StatusCode::UNPROCESSABLE_ENTITY, &ask::ask_page(app, journey, asking)?, Caching::Never)
}

/// The files of the attempt.
pub async fn waiting(app: &App, journey: &Journey) -> Result<Vec<Held>, Failure> {
    match (&journey.found, journey.token.clone()) {
        (Some(_), Some(token)) => Ok(app.db.read(move |tx| held::waiting(tx, &token)).await?),
        _ => Ok(Vec::new()),
    }
}

/// The files that a question's page needs: its own, or those that propose its answer.
pub async fn needed(app: &App, journey: &Journey, question: &Question) -> Result<Vec<Held>, Failure> {
    let proposes = journey.service.questions.iter().any(|other| proposed_by(other).contains(&question.id));
    if proposes || files::wish(question).is_some() { waiting(app, journey).await } else { Ok(Vec::new()) }
}

fn proposed_by(question: &Question) -> &[String] {
    match &question.kind {
        Kind::Photo { proposes, .. } => proposes,
        _ => &[],
    }
}

/// What the photos of the visitor say, for a question that is not answered yet.
pub fn proposed(journey: &Journey, question: &Question, files: &[Held]) -> Option<Answer> {
    let photos = journey.service.questions.iter().find(|other| proposed_by(other).contains(&question.id))?;
    let of = |id: &String| files.iter().find(|held| held.id.to_string() == *id);
    let held: Vec<&Held> = given(journey, photos).iter().filter_map(of).collect();
    match &question.kind {
        Kind::Moment { modes } if modes.contains(&MomentMode::Exact) => moment(journey, question, &held),
        Kind::Place { .. } => place(journey, &held),
        _ => None,
    }
}

/// When the first of them that knows was taken. The clock of a camera may be wrong: a time to come, or one that two or no
/// instants have, is not offered.
fn moment(journey: &Journey, question: &Question, held: &[&Held]) -> Option<Answer> {
    let ctx = journey.world.context();
    let answer = Answer::Moment(Moment::Exact(held.iter().find_map(|held| files::moment(held, ctx.now.time_zone()))?));
    kind::stands(question, &answer, &journey.answers, &ctx).is_ok().then_some(answer)
}

/// The place where a photo says it was taken, the first that is one of ours or has a name. A photo from a holiday offers
/// nothing.
fn place(journey: &Journey, held: &[&Held]) -> Option<Answer> {
    let ctx = journey.world.context();
    let offer = |(lat, lon): (f64, f64)| {
        let name = ctx.finder.describe(lat, lon);
        let is_named = name.is_some();
        let label = name.unwrap_or_else(|| format!("{lat:.5}, {lon:.5}"));
        let place =
            Place { typed: String::new(), label, point: Some((lat, lon)), postcode: None, how: How::Pin, uprn: None };
        let is_ours = matches!(ctx.territory.who(&journey.service, &place), Who::Answered(_));
        (is_named || is_ours).then_some(Answer::Place(place))
    };
    held.iter().filter_map(|held| files::place(held)).find_map(offer)
}

/// A file that is named and is not there.
pub fn gone(question: &Question) -> Problem {
    problem(question, "file.gone", "We do not have this file any more. Add it again".to_owned())
}

/// Where the picture of a file of this attempt is.
pub fn picture(service: &str, held: &Held) -> String {
    format!("{}/{service}/file/{}", way::list(), held.id)
}

/// `/report/{service}/file/{file}`: the small picture of a file of this attempt.
pub async fn get(
    State(app): State<App>,
    journey: Journey,
    Path((_, file)): Path<(String, String)>,
) -> Result<Response, Failure> {
    journey.found.as_ref().ok_or(Failure::NotFound)?;
    let found = waiting(&app, &journey).await?.into_iter().find(|held| held.id.to_string() == file);
    let found = found.filter(held::may_be_shown).ok_or(Failure::NotFound)?;
    let (id, version) = (found.id, found.version);
    let renditions = app.db.read(move |tx| rendition::of(tx, id, version)).await?;
    files::serve(&app, &found, &renditions, Size::Small).await
}
