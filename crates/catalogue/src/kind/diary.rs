use super::at::At;
use super::clean::{clean, length};
use super::moment::{self, Local, in_words, local, time_of};
use super::object::{self, Object, SHORT};
use super::{Filled, Line, date, row};
use crate::answer::{DiaryEntry, Moment, hour_and_minute};
use crate::{Answer, Context, DiaryEntryFace, DiaryFace, Face, Form, Kind, Problem, Words};
use jiff::ZonedDateTime;
use jiff::civil::{Date, Time};
use serde_json::{Value, json};

const DESCRIPTION: usize = 2000;

fn most(at: &At) -> usize {
    if let Kind::Diary { most } = at.question.kind { most } else { 0 }
}

pub(super) fn read(at: &At, form: &Form, _ctx: &Context) -> Result<Option<Answer>, Vec<Problem>> {
    let mut entries = Vec::new();
    let mut problems = Vec::new();
    for row in 0..form.rows(&at.name, most(at)) {
        if !form.touches(&at.field(&row.to_string())) {
            continue;
        }
        match entry(at, form, row) {
            Ok(entry) => entries.push(entry),
            Err(mut found) => problems.append(&mut found),
        }
    }
    if !problems.is_empty() {
        return Err(problems);
    }
    Ok((!entries.is_empty()).then_some(Answer::Diary(entries)))
}

fn entry(at: &At, form: &Form, row: usize) -> Result<DiaryEntry, Vec<Problem>> {
    let mut problems = Vec::new();
    let mut text =
        |part: &str, most: usize| match clean(form.get(&at.field(&format!("{row}.{part}"))).unwrap_or(""), true) {
            Ok(text) if length(&text) > most => {
                problems.push(at.problem(&format!("{row}.{part}"), "text.long", &[("max", &most.to_string())]));
                None
            }
            Ok(text) => Some(text).filter(|text| !text.is_empty()),
            Err(key) => {
                problems.push(at.problem(&format!("{row}.{part}"), key, &[]));
                None
            }
        };
    let (rooms, description, effect) =
        (text("rooms", SHORT), text("description", DESCRIPTION), text("effect", DESCRIPTION));
    if description.is_none() && problems.is_empty() {
        problems.push(at.problem(&format!("{row}.description"), "diary.description", &[]));
    }
    match (when(at, form, row), problems.is_empty()) {
        (Ok(when), true) => Ok(DiaryEntry { when, rooms, description: description.unwrap_or_default(), effect }),
        (when, _) => Err(when.err().into_iter().flatten().chain(problems).collect()),
    }
}

/// Start and end are times of one day; an end that has gone by when it starts is of the next day; equal times are a slip
/// (C-19). Without an end it was still going on, or nobody knows.
///
/// In the night when the clocks go back an hour comes twice. The end is then the first such time after the start where
/// only one of the two can be meant; where both can, it is asked.
fn when(at: &At, form: &Form, row: usize) -> Result<Moment, Vec<Problem>> {
    let part = |piece: &str| format!("{row}.{piece}");
    let Some(date) = date::read_part(at, form, &part("date"))? else {
        return Err(vec![at.problem(&part("date.day"), "moment.no_date", &[])]);
    };
    let typed = |piece: &str| form.trimmed(&at.field(&part(piece)));
    if typed("start").is_empty() && typed("end").is_empty() {
        return Ok(Moment::Day(date));
    }
    let problem = |piece: &str, key: &str| at.problem(&part(piece), key, &[]);
    let time = |piece: &str| time_of(typed(piece)).ok_or_else(|| vec![problem(piece, "moment.time")]);
    let start = time("start")?;
    let end = if typed("end").is_empty() { None } else { Some(time("end")?) };
    let from = match instants(date, start, typed("start_fold")) {
        Instants::These(these) if these.len() == 1 => these[0].clone(),
        Instants::These(_) => {
            let both =
                end.is_some_and(|end| matches!(local(date, end), Local::Twice(..))) && typed("end_fold").is_empty();
            let asked = ["start_fold", "end_fold"].into_iter().take(if both { 2 } else { 1 });
            return Err(asked.map(|piece| problem(piece, "moment.twice")).collect());
        }
        Instants::Never => return Err(vec![problem("start", "moment.never")]),
        Instants::Beyond => return Err(vec![problem("date.day", "date.form")]),
    };
    let Some(end) = end else { return Ok(Moment::Exact(from)) };
    // The same day, while that time lies ahead.
    match instants(date, end, typed("end_fold")) {
        Instants::Never if end > start => return Err(vec![problem("end", "moment.never")]),
        Instants::These(mut these) => {
            these.retain(|at| at.timestamp() > from.timestamp());
            match these.len() {
                0 => {}
                1 => return Ok(Moment::Between { from, to: these.remove(0) }),
                _ => return Err(vec![problem("end_fold", "moment.twice")]),
            }
        }
        Instants::Never | Instants::Beyond => {}
    }
    if start == end {
        return Err(vec![problem("end", "diary.equal")]);
    }
    match instants(date.tomorrow().unwrap_or(date), end, typed("end_fold")) {
        Instants::These(mut these) if these.len() == 1 => Ok(Moment::Between { from, to: these.remove(0) }),
        Instants::These(_) => Err(vec![problem("end_fold", "moment.twice")]),
        Instants::Never => Err(vec![problem("end", "moment.never")]),
        Instants::Beyond => Err(vec![problem("date.day", "date.form")]),
    }
}

/// What a local day and time may name.
enum Instants {
    /// One; or two in their order, where that time came twice and nobody said which.
    These(Vec<ZonedDateTime>),
    /// The clocks skipped it.
    Never,
    Beyond,
}

fn instants(date: Date, time: Time, fold: &str) -> Instants {
    match (local(date, time), fold) {
        (Local::Once(at), _) | (Local::Twice(at, _), "first") | (Local::Twice(_, at), "second") => {
            Instants::These(vec![at])
        }
        (Local::Twice(first, second), _) => Instants::These(vec![first, second]),
        (Local::Never, _) => Instants::Never,
        (Local::Beyond, _) => Instants::Beyond,
    }
}

pub(super) fn take(at: &At, value: &Value) -> Result<Answer, Vec<Problem>> {
    let mut entries = Vec::new();
    let mut problems = Vec::new();
    for (row, value) in object::rows(at, value, most(at))?.iter().enumerate() {
        match take_entry(at, row, value) {
            Ok(entry) => entries.push(entry),
            Err(mut found) => problems.append(&mut found),
        }
    }
    if problems.is_empty() { Ok(Answer::Diary(entries)) } else { Err(problems) }
}

fn take_entry(at: &At, row: usize, value: &Value) -> Result<DiaryEntry, Vec<Problem>> {
    let mut object = Object::of(at, &row.to_string(), value)?;
    let when =
        object.value("when").ok_or_else(|| vec![at.problem(&format!("{row}.date.day"), "moment.no_date", &[])])?;
    let when = moment::take_part(at, &row.to_string(), when)?;
    let rooms = object.text("rooms");
    let description = object.long("description", DESCRIPTION, true);
    let effect = object.long("effect", DESCRIPTION, true);
    if description.is_none() {
        object.problems.push(at.problem(&format!("{row}.description"), "diary.description", &[]));
    }
    object.done(DiaryEntry { when, rooms, description: description.unwrap_or_default(), effect })
}

pub(super) fn stands(at: &At, entries: &[DiaryEntry], ctx: &Context) -> Vec<Problem> {
    let of_row = |(row, entry): (usize, &DiaryEntry)| {
        let problems = moment::stands(at, &entry.when, ctx).into_iter();
        problems.map(move |problem| at.problem(&format!("{row}.date.day"), &problem.key, &[])).collect::<Vec<_>>()
    };
    entries.iter().enumerate().flat_map(of_row).collect()
}

pub(super) fn face(at: &At, words: &Words, filled: Filled) -> Face {
    let known: &[DiaryEntry] = match filled.answer() {
        Some(Answer::Diary(entries)) => entries,
        _ => &[],
    };
    let rows = row::count(at, filled, known.len());
    Face::Diary(DiaryFace {
        frame: at.frame(words),
        rows: (0..rows).map(|row| row_face(at, words, filled, row, known.get(row))).collect(),
        buttons: row::buttons(at, words, rows),
    })
}

fn row_face(at: &At, words: &Words, filled: Filled, row: usize, known: Option<&DiaryEntry>) -> DiaryEntryFace {
    let (start, end) = match known.map(|entry| &entry.when) {
        Some(Moment::Between { from, to }) => (Some(from), Some(to)),
        Some(Moment::Exact(from)) => (Some(from), None),
        _ => (None, None),
    };
    let shown = |at: Option<&ZonedDateTime>| at.map(|at| hour_and_minute(at.time()));
    let input = |part: &str, known: Option<&str>| at.input(words, filled, &format!("{row}.{part}"), known);
    let area = |part: &str, known: Option<&str>| {
        let mut field = input(part, known);
        field.rows = 4;
        field.max = Some(DESCRIPTION);
        field.spellcheck = true;
        field
    };
    let twice = filled.form().and_then(|form| when(at, form, row).err()).unwrap_or_default();
    let fold = |piece: &str, known: Option<&ZonedDateTime>| {
        let part = format!("{row}.{piece}");
        let asked = twice.iter().any(|problem| problem.key == "moment.twice" && problem.field == at.field(&part))
            || filled.form().is_some_and(|form| form.touches(&at.field(&part)));
        let chosen = known.and_then(moment::which_of_two);
        let folds = ["first", "second"].map(|option| (option, words.say(&format!("moment.fold.{option}"))));
        let is_shown = asked || chosen.is_some();
        if is_shown { at.choices(filled, &part, folds, &chosen.into_iter().collect::<Vec<_>>()) } else { Vec::new() }
    };
    DiaryEntryFace {
        legend: row::legend(at, words, row),
        date: at.date_fields(words, filled, &format!("{row}.date"), known.map(|entry| entry.when.first_day())),
        start: input("start", shown(start).as_deref()),
        end: input("end", shown(end).as_deref()),
        start_fold: fold("start_fold", start),
        end_fold: fold("end_fold", end),
        rooms: input("rooms", known.and_then(|entry| entry.rooms.as_deref())),
        description: area("description", known.map(|entry| entry.description.as_str())),
        effect: area("effect", known.and_then(|entry| entry.effect.as_deref())),
    }
}

pub(super) fn show(words: &Words, entries: &[DiaryEntry]) -> Vec<Line> {
    let mut lines = Vec::new();
    for entry in entries {
        lines.extend(show_when(words, &entry.when));
        for (part, text) in [
            ("rooms", entry.rooms.as_deref()),
            ("description", Some(&*entry.description)),
            ("effect", entry.effect.as_deref()),
        ] {
            lines.extend(text.map(|text| Line::named(words.say(&format!("diary.parts.{part}")), text)));
        }
    }
    lines
}

/// When it began and ended. A moment alone would say "after" and "before", which is something else.
fn show_when(words: &Words, when: &Moment) -> Vec<Line> {
    let line = |part: &str, text: String| Line::named(words.say(&format!("diary.show.{part}")), text);
    match when {
        Moment::Between { from, to } => vec![line("from", in_words(words, from)), line("to", in_words(words, to))],
        Moment::Exact(from) => {
            vec![line("from", in_words(words, from)), line("to", words.say("diary.show.open").to_owned())]
        }
        Moment::Day(_) => moment::show(words, when),
    }
}

pub(super) fn schema(most: usize) -> Value {
    let entry = json!({
        "type": "object",
        "properties": {
            "when": moment::schema(&[crate::MomentMode::Exact, crate::MomentMode::Between, crate::MomentMode::Day]),
            "rooms": { "type": "string", "maxLength": SHORT },
            "description": { "type": "string", "minLength": 1, "maxLength": DESCRIPTION },
            "effect": { "type": "string", "maxLength": DESCRIPTION },
        },
        "required": ["when", "description"],
        "additionalProperties": false,
    });
    json!({ "type": "array", "maxItems": most, "items": entry })
}
