use super::at::At;
use super::{Filled, Line, Read, object, read_at, row, show_at};
use crate::{
    Answer, Answers, Ask, Context, Face, Form, GroupFace, Kind, Problem, Question, RowFace, Words, answer, kind,
};
use serde_json::{Map, Value, json};

fn asks<'q>(at: &At<'q>) -> (&'q [Question], usize) {
    match &at.question.kind {
        Kind::Group { questions, most } => (questions, *most),
        _ => (&[], 0),
    }
}

fn inner<'q>(at: &At, row: usize, question: &'q Question) -> At<'q> {
    At { question, name: at.field(&format!("{row}.{}", question.id)) }
}

/// Rows without anything in them are left out; the questions of a row that is begun may be required.
pub(super) fn read(at: &At, form: &Form, answers: &Answers, ctx: &Context) -> Result<Option<Answer>, Vec<Problem>> {
    let (questions, most) = asks(at);
    let mut rows = Vec::new();
    let mut problems = Vec::new();
    for row in 0..form.rows(&at.name, most) {
        if !form.touches(&at.field(&row.to_string())) {
            continue;
        }
        let mut given = Answers::new();
        for question in questions {
            let inner = inner(at, row, question);
            match read_at(&inner, form, answers, ctx) {
                Ok(Read::Answer(Some(answer))) => given.give(&question.id, answer),
                Ok(Read::Answer(None)) if question.ask == Ask::Required => problems.push(inner.missing()),
                // Inside a group a place is not looked up to pick from: see the check of definitions.
                Ok(Read::Answer(None) | Read::Pick(_)) => {}
                Err(mut found) => problems.append(&mut found),
            }
        }
        if !given.is_empty() {
            rows.push(given);
        }
    }
    if !problems.is_empty() {
        return Err(problems);
    }
    Ok((!rows.is_empty()).then_some(Answer::Group(rows)))
}

pub(super) fn take(at: &At, value: &Value) -> Result<Answer, Vec<Problem>> {
    let (questions, most) = asks(at);
    let mut rows = Vec::new();
    let mut problems = Vec::new();
    for (row, value) in object::rows(at, value, most)?.iter().enumerate() {
        match answer::read_row(questions, value, &format!("{}.{row}.", at.name)) {
            Ok(given) if given.is_empty() => {}
            Ok(given) => rows.push(given),
            Err(mut found) => problems.append(&mut found),
        }
    }
    if problems.is_empty() { Ok(Answer::Group(rows)) } else { Err(problems) }
}

pub(super) fn stands(at: &At, questions: &[Question], rows: &[Answers], ctx: &Context) -> Vec<Problem> {
    let mut problems = Vec::new();
    for (row, given) in rows.iter().enumerate() {
        for question in questions {
            let inner = inner(at, row, question);
            match given.get(&question.id) {
                None if question.ask == Ask::Required => problems.push(inner.missing()),
                None => {}
                Some(answer) => {
                    let found = kind::stands(question, answer, given, ctx).err().unwrap_or_default();
                    problems.extend(found.into_iter().map(|problem| {
                        let part = problem.field.strip_prefix(question.id.as_str()).unwrap_or("");
                        Problem { field: format!("{}{part}", inner.name), ..problem }
                    }));
                }
            }
        }
    }
    problems
}

pub(super) fn face(at: &At, words: &Words, filled: Filled) -> Face {
    let (questions, most) = asks(at);
    let known: &[Answers] = match filled.answer() {
        Some(Answer::Group(rows)) => rows,
        _ => &[],
    };
    let empty = Answers::new();
    let rows = row::count(at, filled, known.len());
    let row_face = |row: usize| {
        let given = known.get(row).unwrap_or(&empty);
        let face = |question: &Question| {
            let filled = match (filled.form(), given.get(&question.id)) {
                (Some(form), _) => Filled::Form(form),
                (None, Some(answer)) => Filled::Answer(answer),
                (None, None) => Filled::Empty,
            };
            super::face_at(&inner(at, row, question), words, filled, given)
        };
        RowFace { legend: row::legend(at, words, row), faces: questions.iter().map(face).collect() }
    };
    Face::Group(GroupFace {
        frame: at.frame(words),
        rows: (0..rows).map(row_face).collect(),
        buttons: row::buttons(at, words, rows),
        single: most == 1,
    })
}

pub(super) fn show(path: &str, questions: &[Question], words: &Words, rows: &[Answers]) -> Vec<Line> {
    let mut lines = Vec::new();
    for given in rows {
        for question in questions {
            let Some(answer) = given.get(&question.id) else { continue };
            let path = format!("{path}.{}", question.id);
            let label = words.short(&path).to_owned();
            for line in show_at(&path, question, words, answer) {
                let name = line.name.map_or_else(|| label.clone(), |name| format!("{label}: {name}"));
                lines.push(Line { name: Some(name), text: line.text });
            }
        }
    }
    lines
}

pub(super) fn schema(questions: &[Question], most: usize) -> Value {
    let mut properties = Map::new();
    let mut required = Vec::new();
    for question in questions {
        properties.insert(question.id.clone(), kind::json_schema(question));
        if question.ask == Ask::Required {
            required.push(question.id.as_str());
        }
    }
    let row = json!({
        "type": "object", "properties": properties, "required": required, "additionalProperties": false,
    });
    json!({ "type": "array", "maxItems": most, "items": row })
}
