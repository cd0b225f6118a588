//! The rows of list questions, and their buttons.

use super::at::At;
use crate::face::RowButtons;
use crate::{Filled, Form, Kind, OptionFace, Question, Words};

/// Where the post asks for a row more or less: the form to be shown again. Nothing is checked and nothing stored.
pub fn rows(question: &Question, form: &Form) -> Option<Form> {
    let most = most(question)?;
    let (add, remove) = (format!("{}.add", question.id), format!("{}.remove", question.id));
    let mut plain = form.clone();
    plain.0.retain(|(field, _)| *field != add && *field != remove);
    if let Some(gone) = form.get(&remove) {
        let gone: usize = gone.trim().parse().ok()?;
        return Some(if gone < most { plain.without_row(&question.id, gone) } else { plain });
    }
    form.get(&add)?;
    let rows = plain.rows(&question.id, most).max(1);
    if rows < most {
        // An empty field makes the new row known.
        plain.0.push((format!("{}.{rows}.row", question.id), String::new()));
    }
    Some(plain)
}

pub(super) fn most(question: &Question) -> Option<usize> {
    match question.kind {
        Kind::Items { most, .. } | Kind::Diary { most } | Kind::Group { most, .. } => Some(most),
        _ => None,
    }
}

/// How many rows a page shows: those filled, and at least one.
pub(super) fn count(at: &At, filled: Filled, answered: usize) -> usize {
    let most = most(at.question).unwrap_or(1);
    match filled.form() {
        Some(form) => form.rows(&at.name, most).max(1),
        None => answered.clamp(1, most),
    }
}

pub(super) fn legend(at: &At, words: &Words, row: usize) -> String {
    let id = at.words_id();
    let said = words.get(&format!("question.{id}.row")).unwrap_or_else(|| words.say("rows.row"));
    crate::words::fill(said, &[("n", &(row + 1).to_string())])
}

pub(super) fn buttons(at: &At, words: &Words, rows: usize) -> RowButtons {
    let most = most(at.question).unwrap_or(1);
    let button = |part: &str, value: String, label: String| OptionFace {
        name: at.field(part),
        value,
        label,
        hint: None,
        checked: false,
        alone: false,
        closed: false,
    };
    let add = (rows < most).then(|| button("add", "yes".into(), words.say("rows.add").to_owned()));
    let remove = |row: usize| {
        let label = crate::words::fill(words.say("rows.remove"), &[("row", &legend(at, words, row))]);
        button("remove", row.to_string(), label)
    };
    RowButtons { add, remove: if most > 1 { (0..rows).map(remove).collect() } else { Vec::new() } }
}
