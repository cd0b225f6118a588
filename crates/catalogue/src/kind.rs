//! The kinds of question, each with all its faces: read a form post, read JSON, draw, show to people, JSON Schema.

mod at;
mod choice;
mod choices;
mod clean;
mod date;
mod declaration;
mod diary;
mod file;
mod group;
mod items;
mod moment;
mod money;
mod number;
mod object;
mod person;
mod phone;
mod place;
mod row;
mod safe;
mod text;
mod vehicle;
mod yes_no;

use crate::walk::is_required;
use crate::{Answer, Answers, Context, Face, Form, Format, Found, Kind, Problem, Question, Words};
use at::At;
pub(crate) use clean::safe_words;
pub use moment::time_of;
pub use phone::e164 as phone_number;
pub use phone::in_words as phone_in_words;
pub use row::rows;
use serde_json::{Value, json};
pub use text::is_email;

/// What a form post came to.
#[expect(clippy::large_enum_variant, reason = "a post gives one of these; it is not kept")]
#[derive(Clone, Debug, PartialEq)]
pub enum Read {
    /// None: an optional question was left empty.
    Answer(Option<Answer>),
    /// Several places match: show them to choose from.
    Pick(Vec<Found>),
}

/// What a page is drawn with.
#[derive(Clone, Copy, Debug)]
pub enum Filled<'a> {
    Empty,
    Answer(&'a Answer),
    /// As posted; nothing typed is lost.
    Form(&'a Form),
    /// As posted, with the matches to choose from.
    Pick(&'a Form, &'a [Found]),
}

impl<'a> Filled<'a> {
    fn form(self) -> Option<&'a Form> {
        match self {
            Filled::Form(form) | Filled::Pick(form, _) => Some(form),
            _ => None,
        }
    }

    fn answer(self) -> Option<&'a Answer> {
        if let Filled::Answer(answer) = self { Some(answer) } else { None }
    }
}

/// One line of an answer as text for people.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// What the line is, where the answer has several parts: "Phone".
    pub name: Option<String>,
    pub text: String,
}

impl Line {
    pub(crate) fn plain(text: impl Into<String>) -> Line {
        Line { name: None, text: text.into() }
    }

    pub(crate) fn named(name: &str, text: impl Into<String>) -> Line {
        Line { name: Some(name.to_owned()), text: text.into() }
    }
}

/// A line that is typed outside of any question, such as an address to sign in by: as it is kept, nothing where it is empty,
/// or the key of what is wrong with it.
pub fn line(format: Format, typed: &str) -> Result<Option<String>, &'static str> {
    let text = clean::clean(typed, false)?;
    if text.is_empty() { Ok(None) } else { text::formed(format, text).map(Some) }
}

/// Whether the question must be answered, given the other answers: `Frame::required` knows only `ask`.
pub fn is_required_now(question: &Question, answers: &Answers, ctx: &Context) -> bool {
    is_required(question, answers, ctx)
}

/// Reads a post. `answers` are those given so far: some options follow them, and some questions are required by them.
pub fn read(question: &Question, form: &Form, answers: &Answers, ctx: &Context) -> Result<Read, Vec<Problem>> {
    let at = At::new(question);
    let answer = match read_at(&at, form, answers, ctx)? {
        Read::Pick(found) => return Ok(Read::Pick(found)),
        Read::Answer(answer) => answer.filter(|answer| !answer.is_empty()),
    };
    match &answer {
        Some(answer) => stands(question, answer, answers, ctx)?,
        None if is_required(question, answers, ctx) => return Err(vec![at.missing()]),
        None => {}
    }
    Ok(Read::Answer(answer))
}

fn read_at(at: &At, form: &Form, answers: &Answers, ctx: &Context) -> Result<Read, Vec<Problem>> {
    let answer = match &at.question.kind {
        Kind::Text { .. } => text::read(at, form)?,
        Kind::LongText { .. } => text::read_long(at, form)?,
        Kind::YesNo => yes_no::read(at, form)?,
        Kind::Choice { .. } => choice::read(at, form)?,
        Kind::Choices { .. } => choices::read(at, form)?,
        Kind::Number { .. } => number::read(at, form)?,
        Kind::Money { .. } => money::read(at, form)?,
        Kind::Date { .. } => date::read(at, form)?,
        Kind::Moment { .. } => moment::read(at, form)?,
        Kind::Place { .. } => return place::read(at, form, ctx),
        Kind::Person { .. } => person::read(at, form, ctx)?,
        Kind::Vehicle => vehicle::read(at, form)?,
        Kind::Photo { .. } | Kind::File { .. } => file::read(at, form)?,
        Kind::Items { .. } => items::read(at, form)?,
        Kind::Diary { .. } => diary::read(at, form, ctx)?,
        Kind::Group { .. } => group::read(at, form, answers, ctx)?,
        Kind::Declaration { .. } => declaration::read(at, form, ctx)?,
    };
    Ok(Read::Answer(answer))
}

/// Whether an answer still stands beside the other answers and today.
pub fn stands(question: &Question, answer: &Answer, answers: &Answers, ctx: &Context) -> Result<(), Vec<Problem>> {
    let at = At::new(question);
    let problems = match (&question.kind, answer) {
        (Kind::Choice { options, among }, Answer::Choice(option)) => {
            choice::stands(&at, options, among.as_deref(), option, answers)
        }
        (Kind::Date { past, least }, Answer::Date(date)) => date::stands(&at, *past, *least, *date, ctx),
        (Kind::Moment { .. }, Answer::Moment(moment)) => moment::stands(&at, moment, ctx),
        (Kind::Person { .. }, Answer::Person(person)) => person::stands(&at, person, answers, ctx),
        (Kind::Diary { .. }, Answer::Diary(entries)) => diary::stands(&at, entries, ctx),
        (Kind::Group { questions, .. }, Answer::Group(rows)) => group::stands(&at, questions, rows, ctx),
        (Kind::Declaration { .. }, Answer::Declaration(given)) => declaration::stands(&at, given),
        _ => Vec::new(),
    };
    if problems.is_empty() { Ok(()) } else { Err(problems) }
}

/// Reads an answer from its natural JSON. `prefix` stands before the field names of problems.
pub(crate) fn from_json(question: &Question, value: &Value, prefix: &str) -> Result<Answer, Vec<Problem>> {
    let at = At { question, name: format!("{prefix}{}", question.id) };
    match &question.kind {
        Kind::Text { .. } => text::take(&at, value),
        Kind::LongText { .. } => text::take_long(&at, value),
        Kind::YesNo => yes_no::take(&at, value),
        Kind::Choice { .. } => choice::take(&at, value),
        Kind::Choices { .. } => choices::take(&at, value),
        Kind::Number { .. } => number::take(&at, value),
        Kind::Money { .. } => money::take(&at, value),
        Kind::Date { .. } => date::take(&at, value),
        Kind::Moment { .. } => moment::take(&at, value),
        Kind::Place { .. } => place::take(&at, value),
        Kind::Person { .. } => person::take(&at, value),
        Kind::Vehicle => vehicle::take(&at, value),
        Kind::Photo { .. } | Kind::File { .. } => file::take(&at, value),
        Kind::Items { .. } => items::take(&at, value),
        Kind::Diary { .. } => diary::take(&at, value),
        Kind::Group { .. } => group::take(&at, value),
        Kind::Declaration { .. } => declaration::take(&at, value),
    }
}

/// What the page needs. `answers` are those given so far: some options follow them.
pub fn face(question: &Question, words: &Words, filled: Filled, answers: &Answers) -> Face {
    face_at(&At::new(question), words, filled, answers)
}

fn face_at(at: &At, words: &Words, filled: Filled, answers: &Answers) -> Face {
    match &at.question.kind {
        Kind::Text { .. } => text::face(at, words, filled),
        Kind::LongText { .. } => text::face_long(at, words, filled),
        Kind::YesNo => yes_no::face(at, words, filled),
        Kind::Choice { .. } => choice::face(at, words, filled, answers),
        Kind::Choices { .. } => choices::face(at, words, filled),
        Kind::Number { .. } => number::face(at, words, filled),
        Kind::Money { .. } => money::face(at, words, filled),
        Kind::Date { .. } => date::face(at, words, filled),
        Kind::Moment { .. } => moment::face(at, words, filled),
        Kind::Place { .. } => place::face(at, words, filled),
        Kind::Person { .. } => person::face(at, words, filled),
        Kind::Vehicle => vehicle::face(at, words, filled),
        Kind::Photo { .. } | Kind::File { .. } => file::face(at, words, filled),
        Kind::Items { .. } => items::face(at, words, filled),
        Kind::Diary { .. } => diary::face(at, words, filled),
        Kind::Group { .. } => group::face(at, words, filled),
        Kind::Declaration { .. } => declaration::face(at, words, filled),
    }
}

/// The answer as text for people: staff view, check-answers, mail, CSV. An answer of another kind shows nothing.
pub fn show(question: &Question, words: &Words, answer: &Answer) -> Vec<Line> {
    show_at(&question.id, question, words, answer)
}

/// `path` is where the question's words stand: `people.suspect.name` inside a group.
fn show_at(path: &str, question: &Question, words: &Words, answer: &Answer) -> Vec<Line> {
    match (&question.kind, answer) {
        (_, Answer::Text(text)) => text::show(text),
        (_, Answer::YesNo(yes)) => yes_no::show(path, words, *yes),
        (_, Answer::Choice(option)) => choice::show(path, question, words, option),
        (_, Answer::Choices(options)) => choices::show(path, words, options),
        (_, Answer::Number(number)) => vec![Line::plain(number.to_string())],
        (_, Answer::Money(money)) => vec![Line::plain(money.in_words())],
        (_, Answer::Date(date)) => vec![Line::plain(date::in_words(words, *date))],
        (_, Answer::Moment(moment)) => moment::show(words, moment),
        (_, Answer::Place(place)) => place::show(words, place),
        (_, Answer::Person(person)) => person::show(words, person),
        (_, Answer::Vehicle(vehicle)) => vehicle::show(words, vehicle),
        (kind, Answer::Files(ids)) => file::show(kind, words, ids),
        (_, Answer::Items(items)) => items::show(path, words, items),
        (_, Answer::Diary(entries)) => diary::show(words, entries),
        (Kind::Group { questions, .. }, Answer::Group(rows)) => group::show(path, questions, words, rows),
        (_, Answer::Group(_)) => Vec::new(),
        (_, Answer::Declaration(declaration)) => declaration::show(words, declaration),
    }
}

/// JSON Schema (2020-12) of the natural JSON of an answer. Null stands for passed over and is added by the service.
pub fn json_schema(question: &Question) -> Value {
    let mut schema = match &question.kind {
        Kind::Text { format, min, max } => text::schema(*format, *min, *max),
        Kind::LongText { min, max } => json!({ "type": "string", "minLength": (*min).max(1), "maxLength": max }),
        Kind::YesNo => json!({ "type": "boolean" }),
        Kind::Choice { options, .. } => json!({ "type": "string", "enum": options }),
        Kind::Choices { options, .. } => {
            json!({ "type": "array", "items": { "enum": options }, "uniqueItems": true })
        }
        Kind::Number { least, most } => json!({ "type": "integer", "minimum": least, "maximum": most }),
        Kind::Money { most } => money::schema(*most),
        Kind::Date { .. } => json!({ "type": "string", "format": "date" }),
        Kind::Moment { modes } => moment::schema(modes),
        Kind::Place { .. } => place::schema(),
        Kind::Person { parts, .. } => person::schema(parts),
        Kind::Vehicle => vehicle::schema(),
        Kind::Photo { most, .. } | Kind::File { most, .. } => file::schema(*most),
        Kind::Items { kinds, states, most } => items::schema(kinds, states, *most),
        Kind::Diary { most } => diary::schema(*most),
        Kind::Group { questions, most } => group::schema(questions, *most),
        Kind::Declaration { signed } => declaration::schema(*signed),
    };
    if let Value::Object(map) = &mut schema {
        map.insert("title".into(), json!(question.label));
    }
    schema
}
