use super::at::At;
use super::clean::{clean, length};
use super::moment::{self, time_of};
use super::object::{self, Object, SHORT};
use super::{Filled, Line, date, row};
use crate::answer::{DiaryEntry, Moment, hour_and_minute};
use crate::{Answer, Context, DiaryEntryFace, DiaryFace, Face, Form, Kind, Problem, Words};
use jiff::civil::Date;
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

/// Start and end are times of one day; an end before the start is of the next day; equal times are a slip (C-19).
fn when(at: &At, form: &Form, row: usize) -> Result<Moment, Vec<Problem>> {
    let part = |piece: &str| format!("{row}.{piece}");
    let Some(date) = date::read_part(at, form, &part("date"))? else {
        return Err(vec![at.problem(&part("date.day"), "moment.no_date", &[])]);
    };
    let typed = |piece: &str| form.trimmed(&at.field(&part(piece)));
    if typed("start").is_empty() && typed("end").is_empty() {
        return Ok(Moment::Day(date));
    }
    let time = |piece: &str| time_of(typed(piece)).ok_or_else(|| vec![at.problem(&part(piece), "moment.time", &[])]);
    let (start, end) = (time("start")?, time("end")?);
    if start == end {
        return Err(vec![at.problem(&part("end"), "diary.equal", &[])]);
    }
    let last = if end < start { date.tomorrow().unwrap_or(date) } else { date };
    let fold = typed("start_fold");
    let instant = |piece: &str, date: Date, time| {
        moment::settle(at, "", date, time, fold).map_err(|problems| {
            let key = problems.first().map_or("date.form", |problem| problem.key.as_str()).to_owned();
            let field = if key == "moment.twice" { "start_fold" } else { piece };
            vec![at.problem(&part(field), &key, &[])]
        })
    };
    Ok(Moment::Between { from: instant("start", date, start)?, to: instant("end", last, end)? })
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
        Some(Moment::Between { from, to }) => (Some(hour_and_minute(from.time())), Some(hour_and_minute(to.time()))),
        _ => (None, None),
    };
    let input = |part: &str, known: Option<&str>| at.input(words, filled, &format!("{row}.{part}"), known);
    let area = |part: &str, known: Option<&str>| {
        let mut field = input(part, known);
        field.rows = 4;
        field.max = Some(DESCRIPTION);
        field.spellcheck = true;
        field
    };
    let folds = ["first", "second"].map(|option| (option, words.say(&format!("moment.fold.{option}"))));
    let twice = filled.form().is_some_and(|form| {
        when(at, form, row).is_err_and(|problems| problems.iter().any(|problem| problem.key == "moment.twice"))
            || form.touches(&at.field(&format!("{row}.start_fold")))
    });
    DiaryEntryFace {
        legend: row::legend(at, words, row),
        date: at.date_fields(words, filled, &format!("{row}.date"), known.map(|entry| entry.when.first_day())),
        start: input("start", start.as_deref()),
        end: input("end", end.as_deref()),
        start_fold: if twice { at.choices(filled, &format!("{row}.start_fold"), folds, &[]) } else { Vec::new() },
        rooms: input("rooms", known.and_then(|entry| entry.rooms.as_deref())),
        description: area("description", known.map(|entry| entry.description.as_str())),
        effect: area("effect", known.and_then(|entry| entry.effect.as_deref())),
    }
}

pub(super) fn show(words: &Words, entries: &[DiaryEntry]) -> Vec<Line> {
    let mut lines = Vec::new();
    for entry in entries {
        lines.extend(moment::show(words, &entry.when));
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
