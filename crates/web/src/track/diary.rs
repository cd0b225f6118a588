//! `/track/{reference}/diary`: a diary that goes on (C-18). Big buttons and few words: it is used at two in the morning with one
//! thumb. One tap says that it is happening now; the rest is said when there is peace.

use super::{
    own::frame,
    visit::{self, Visiting},
};
use crate::{
    App,
    govuk::{BackLink, Button, ErrorSummary},
    page::{Caching, Failure, Frame, Posted, World, gone_to, html, html_with, when},
    question::{Drawn, Look, draw, draw_words_of_a_time},
};
use askama::Template;
use axum::{
    extract::{Path, Query, State},
    http::StatusCode,
    response::Response,
};
use casework::{
    Error, Refusal, codes,
    report::diary::{self, Diary, Said},
};
use catalogue::{Answer, Answers, Declaration, DiaryEntry, Filled, Form, Problem, Question, Read, kind};
use serde::Deserialize;
use std::collections::HashMap;
use store::{
    Time,
    occurrence::{Occurrence, Told},
};
use uuid::Uuid;

/// One time, as its page and the list show it.
pub struct Shown {
    pub id: Uuid,
    pub when: String,
    /// How long it was, by the clock that runs and not by the one on the wall.
    pub length: String,
    pub signed: bool,
    pub lines: Vec<(String, String)>,
    pub kept: String,
}

#[derive(Template)]
#[template(path = "track/diary.html")]
pub struct DiaryPage {
    pub frame: Frame,
    pub back: BackLink,
    pub reference: String,
    pub path: String,
    pub done: &'static str,
    /// It goes on, since when.
    pub live: Option<(Uuid, String)>,
    pub first: Vec<String>,
    pub received: String,
    pub all: Vec<Shown>,
}

/// The same to print, in the order it happened.
#[derive(Template)]
#[template(path = "track/diary-print.html")]
pub struct PrintPage {
    pub frame: Frame,
    pub back: BackLink,
    pub reference: String,
    pub title: String,
    pub first: Vec<String>,
    pub received: String,
    pub all: Vec<Shown>,
}

#[derive(Template)]
#[template(path = "track/diary-entry.html")]
pub struct EntryPage {
    pub frame: Frame,
    pub back: BackLink,
    pub errors: ErrorSummary,
    /// Of a time that was tapped; else the question's own label is the heading.
    pub heading: &'static str,
    /// The clock of a time that was tapped.
    pub when: String,
    pub action: String,
    pub opened: i64,
    pub question: Drawn,
    pub truth: Drawn,
    pub button: Button,
}

impl DiaryPage {
    fn button(&self, words: &str) -> Button {
        Button::text(words)
    }

    fn plain_button(&self, words: &str) -> Button {
        Button::text(words).secondary()
    }
}

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct Asked {
    pub done: String,
}

fn path(visiting: &Visiting) -> String {
    format!("{}/diary", visit::path(&visiting.head.reference))
}

async fn known(app: &App, visiting: &Visiting) -> Result<Diary, Failure> {
    let (actor, setting) = (visiting.actor.clone(), app.setting.clone());
    Ok(app.db.read(move |tx| diary::diary(&actor, tx, &setting)).await?)
}

/// `1 hour 30 minutes`.
pub fn length(from: Time, to: Time) -> String {
    let minutes = (to.micros() - from.micros()).max(0) / 60_000_000;
    let say = |n: i64, unit: &str| match n {
        0 => None,
        1 => Some(format!("1 {unit}")),
        _ => Some(format!("{n} {unit}s")),
    };
    let parts: Vec<String> = [say(minutes / 60, "hour"), say(minutes % 60, "minute")].into_iter().flatten().collect();
    if parts.is_empty() { "less than a minute".to_owned() } else { parts.join(" ") }
}

fn shown(app: &App, diary: &Diary, told: &Told) -> Shown {
    let of = &told.of;
    let kept = match of.entry {
        Some(_) if of.written_at.micros() / 60_000_000 == of.arrived_at.micros() / 60_000_000 => {
            format!("Written and received {}", when::moment(of.arrived_at))
        }
        _ => format!("Written {}. Received {}", when::moment(of.written_at), when::moment(of.arrived_at)),
    };
    let mut lines = diary::lines(&app.setting, &diary.head, told);
    // Its clock stands above.
    let clock = clock(diary, of);
    lines.retain(|line| !clock.contains(line));
    Shown {
        id: of.id,
        when: clock_of(diary, of),
        length: of.ended_at.filter(|_| !of.by_day).map(|to| length(of.started_at, to)).unwrap_or_default(),
        signed: of.entry.is_some(),
        lines,
        kept,
    }
}

/// The lines that say when it was: which of two is said too, where the clocks went back.
fn clock(diary: &Diary, of: &Occurrence) -> Vec<(String, String)> {
    let entry = DiaryEntry { when: diary::when(of), rooms: None, description: String::new(), effect: None };
    let lines = kind::show(&diary.question, &diary.service.words, &Answer::Diary(vec![entry]));
    // The description, which is none, comes last.
    lines
        .into_iter()
        .filter(|line| !line.text.is_empty())
        .map(|line| (line.name.unwrap_or_default(), line.text))
        .collect()
}

fn clock_of(diary: &Diary, of: &Occurrence) -> String {
    if of.live {
        return format!("{}. It is still going on", begun(diary, of));
    }
    let say = |(name, text): (String, String)| if name.is_empty() { text } else { format!("{name}: {text}") };
    clock(diary, of).into_iter().map(say).collect::<Vec<_>>().join(". ")
}

fn begun(diary: &Diary, of: &Occurrence) -> String {
    clock(diary, of).into_iter().next().map(|(_, text)| text).unwrap_or_default()
}

fn first(diary: &Diary) -> Vec<String> {
    diary.first.iter().map(|answer| crate::page::said(&answer.lines)).collect()
}

pub async fn get(State(app): State<App>, visiting: Visiting, Query(asked): Query<Asked>) -> Result<Response, Failure> {
    let diary = known(&app, &visiting).await?;
    let done = match asked.done.as_str() {
        "now" => "We have written down the time. Stay inside. Do not go and argue.",
        "undone" => "We took it out.",
        "signed" => "Thank you. It is in your diary.",
        _ => "",
    };
    let page = DiaryPage {
        frame: frame(&app, &visiting, "Your diary"),
        back: BackLink::to(visit::path(&visiting.head.reference)),
        reference: codes::show_reference(&visiting.head.reference),
        path: path(&visiting),
        done,
        live: diary.live().map(|of| (of.id, begun(&diary, of))),
        first: first(&diary),
        received: when::moment(diary.received_at),
        all: diary.told.iter().map(|told| shown(&app, &diary, told)).collect(),
    };
    html(&page, Caching::Never)
}

pub async fn print(State(app): State<App>, visiting: Visiting) -> Result<Response, Failure> {
    let diary = known(&app, &visiting).await?;
    let page = PrintPage {
        frame: frame(&app, &visiting, "Your diary to print"),
        back: BackLink::to(path(&visiting)),
        reference: codes::show_reference(&visiting.head.reference),
        title: app.setting.service_title(&visiting.head),
        first: first(&diary),
        received: when::moment(diary.received_at),
        all: diary.told.iter().rev().map(|told| shown(&app, &diary, told)).collect(),
    };
    html(&page, Caching::Never)
}

pub async fn now(State(app): State<App>, visiting: Visiting) -> Result<Response, Failure> {
    let (actor, setting, draw) = (visiting.actor.clone(), app.setting.clone(), app.draw());
    app.db.write(move |tx| diary::now(&actor, tx, &setting, &mut draw.clone())).await?;
    Ok(gone_to(&format!("{}?done=now", path(&visiting))))
}

fn id(asked: &HashMap<String, String>) -> Result<Uuid, Failure> {
    asked.get("entry").and_then(|id| Uuid::parse_str(id).ok()).ok_or(Failure::NotFound)
}

type Asking = Path<HashMap<String, String>>;

/// It has stopped: now, or at a time that nobody knows.
pub async fn stop(
    State(app): State<App>,
    visiting: Visiting,
    Path(asked): Asking,
    posted: Posted,
) -> Result<Response, Failure> {
    let (id, known) = (id(&asked)?, posted.get("when") != "unknown");
    let (actor, setting, draw) = (visiting.actor.clone(), app.setting.clone(), app.draw());
    app.db.write(move |tx| diary::stopped(&actor, tx, &setting, &mut draw.clone(), id, known)).await?;
    Ok(gone_to(&format!("{}/{id}", path(&visiting))))
}

pub async fn undo(State(app): State<App>, visiting: Visiting, Path(asked): Asking) -> Result<Response, Failure> {
    let id = id(&asked)?;
    let (actor, setting, draw) = (visiting.actor.clone(), app.setting.clone(), app.draw());
    let done = app.db.write(move |tx| diary::undo(&actor, tx, &setting, &mut draw.clone(), id)).await;
    match done {
        Ok(()) => Ok(gone_to(&format!("{}?done=undone", path(&visiting)))),
        Err(Error::Refused(_)) => Ok(gone_to(&path(&visiting))),
        Err(other) => Err(other.into()),
    }
}

struct Asks<'a> {
    app: &'a App,
    visiting: &'a Visiting,
    diary: &'a Diary,
    /// A time that was tapped, whose clock stands.
    of: Option<&'a Occurrence>,
}

impl Asks<'_> {
    fn page(&self, form: Option<&Form>, wrong: &[Problem], refused: Option<&str>) -> Result<EntryPage, Failure> {
        let words = &self.diary.service.words;
        let filled = || form.map_or(Filled::Empty, Filled::Form);
        let page = Look::new(wrong).discreet(self.visiting.head.sensitive);
        let look = page.among_others();
        let face = |question: &Question| kind::face(question, words, filled(), &Answers::new());
        let question = match self.of {
            Some(_) => draw_words_of_a_time(&face(&self.diary.question), look),
            None => draw(&face(&self.diary.question), page),
        };
        let question = question.map_err(|_| Failure::Broken)?;
        let truth = draw(&face(&self.diary.truth), look).map_err(|_| Failure::Broken)?;
        let mut errors: Vec<(String, String)> =
            refused.map(|words| ("button".to_owned(), words.to_owned())).into_iter().collect();
        errors.extend(wrong.iter().map(|problem| {
            let of = if problem.field.starts_with(&self.diary.truth.id) { &truth } else { &question };
            (of.target(&problem.field), problem.text.clone())
        }));
        let at = path(self.visiting);
        let opened = form.and_then(|form| form.get("opened")?.parse().ok()).unwrap_or(self.app.now().micros());
        Ok(EntryPage {
            frame: frame(self.app, self.visiting, "Add to your diary").wrong(!errors.is_empty()),
            back: BackLink::to(&at),
            errors: ErrorSummary::new(errors.iter().map(|(id, words)| (id.clone(), words.as_str()))),
            heading: if self.of.is_some() { "What was it like?" } else { "" },
            when: self.of.map(|of| clock_of(self.diary, of)).unwrap_or_default(),
            action: match self.of {
                Some(of) => format!("{at}/{}", of.id),
                None => format!("{at}/earlier"),
            },
            opened,
            question,
            truth,
            button: Button::text("Sign and add to my diary"),
        })
    }

    /// Reads what was said and signed, or what is wrong with it.
    fn read(&self, form: &Form) -> Result<(DiaryEntry, Declaration), Vec<Problem>> {
        let world = World::of(self.app);
        let mut form = form.clone();
        if let Some(of) = self.of {
            // The clock of a tapped time is ours; its day alone is enough to read the words by.
            let day = when::local(of.started_at).date();
            let prefix = format!("{}.0.date.", self.diary.question.id);
            form.0.retain(|(name, _)| !name.starts_with(&prefix));
            for (part, n) in [("day", i64::from(day.day())), ("month", day.month().into()), ("year", day.year().into())]
            {
                form.0.push((format!("{prefix}{part}"), n.to_string()));
            }
        }
        let entry = kind::read(&self.diary.question, &form, &Answers::new(), &world.context());
        let truth = kind::read(&self.diary.truth, &form, &Answers::new(), &world.context());
        match (entry, truth) {
            (Ok(Read::Answer(Some(Answer::Diary(entries)))), Ok(Read::Answer(Some(Answer::Declaration(truth))))) => {
                entries.into_iter().next().map(|entry| (entry, truth)).ok_or_else(Vec::new)
            }
            (entry, truth) => Err([entry.err(), truth.err()].into_iter().flatten().flatten().collect()),
        }
    }
}

async fn add(app: &App, visiting: &Visiting, form: &Form, of: Option<Uuid>) -> Result<Response, Failure> {
    let diary = known(app, visiting).await?;
    let tapped = of.map(|id| diary.one(id).ok_or(Failure::NotFound)).transpose()?;
    let asks = Asks { app, visiting, diary: &diary, of: tapped.map(|told| &told.of) };
    let (entry, truth) = match asks.read(form) {
        Ok(read) => read,
        Err(wrong) => {
            let page = asks.page(Some(form), &wrong, None)?;
            return html_with(StatusCode::UNPROCESSABLE_ENTITY, &page, Caching::Never);
        }
    };
    let written_at = form.get("opened").and_then(|at| at.parse().ok()).map_or(app.now(), Time);
    let said = Said { entry, truth, written_at };
    let (actor, setting, draw) = (visiting.actor.clone(), app.setting.clone(), app.draw());
    let done = app.db.write(move |tx| diary::sign(&actor, tx, &setting, &mut draw.clone(), of, &said)).await;
    match done {
        // A second press of the same: it is signed.
        Ok(_) | Err(Error::Refused(Refusal::AlreadyDone)) => Ok(gone_to(&format!("{}?done=signed", path(visiting)))),
        Err(Error::Refused(Refusal::TooManyThings)) => {
            let full = "This diary has as many entries as it can have. Tell us in words on the page of your report";
            let page = asks.page(Some(form), &[], Some(full))?;
            html_with(StatusCode::UNPROCESSABLE_ENTITY, &page, Caching::Never)
        }
        Err(other) => Err(other.into()),
    }
}

pub async fn earlier(State(app): State<App>, visiting: Visiting) -> Result<Response, Failure> {
    let diary = known(&app, &visiting).await?;
    let asks = Asks { app: &app, visiting: &visiting, diary: &diary, of: None };
    html(&asks.page(None, &[], None)?, Caching::Never)
}

pub async fn add_earlier(
    State(app): State<App>,
    visiting: Visiting,
    Posted(form): Posted,
) -> Result<Response, Failure> {
    add(&app, &visiting, &form, None).await
}

/// What a tapped time was like; one that is signed stands in the list.
pub async fn one(State(app): State<App>, visiting: Visiting, Path(asked): Asking) -> Result<Response, Failure> {
    let diary = known(&app, &visiting).await?;
    let told = diary.one(id(&asked)?).ok_or(Failure::NotFound)?;
    if told.of.entry.is_some() {
        return Ok(gone_to(&path(&visiting)));
    }
    let asks = Asks { app: &app, visiting: &visiting, diary: &diary, of: Some(&told.of) };
    html(&asks.page(None, &[], None)?, Caching::Never)
}

pub async fn sign(
    State(app): State<App>,
    visiting: Visiting,
    Path(asked): Asking,
    Posted(form): Posted,
) -> Result<Response, Failure> {
    add(&app, &visiting, &form, Some(id(&asked)?)).await
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_length_is_that_of_the_clock_that_runs() {
        let at = |text: &str| Time(text.parse::<jiff::Timestamp>().unwrap().as_microsecond());
        // From 11pm to 1:30am after the clocks went back; and over the hour that they skip in spring.
        assert_eq!(length(at("2026-10-24T22:00Z"), at("2026-10-25T01:30Z")), "3 hours 30 minutes");
        assert_eq!(length(at("2026-03-29T00:30Z"), at("2026-03-29T01:30Z")), "1 hour");
        assert_eq!(length(at("2026-10-25T00:30Z"), at("2026-10-25T01:30Z")), "1 hour", "both 01:30s");
        assert_eq!(length(at("2026-11-24T01:00Z"), at("2026-11-24T01:01:59Z")), "1 minute");
        assert_eq!(length(at("2026-11-24T01:00Z"), at("2026-11-24T01:00:10Z")), "less than a minute");
    }
}
