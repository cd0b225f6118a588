//! Words of the agency that staff put into an answer with one press, while they file a report for somebody (C-70). The page comes
//! back with them, so that it works without scripts.

use super::journey::Journey;
use crate::{
    App,
    govuk::{Button, Select, SelectItem},
    page::Failure,
};
use catalogue::{Form, Phrase};
use sha2::{Digest, Sha256};

/// The field that tells two reports apart which one member of staff files at the same time.
const CALL: &str = "call";
/// The button; its value is the question.
const PUT: &str = "put";

/// That field: enough to tell two from each other, and nothing that opens either. None for everybody else.
pub fn call(journey: &Journey) -> Option<(String, String)> {
    let token = journey.staff.as_ref().and(journey.token.as_deref())?;
    Some((CALL.to_owned(), data_encoding::HEXLOWER.encode(&Sha256::digest(token)[..6])))
}

/// Somebody else is asked in another window by now: nothing said of the one is kept of the other.
pub fn same_call(journey: &Journey, form: &Form) -> Result<(), Failure> {
    match (call(journey), form.get(CALL)) {
        (Some((_, now)), Some(then)) if now != then => Err(Failure::ChangedMeanwhile),
        _ => Ok(()),
    }
}

fn of<'a>(app: &'a App, journey: &'a Journey, question: &'a str) -> impl Iterator<Item = &'a Phrase> {
    let agency = journey.staff.as_ref().and_then(|staff| app.setting.catalogue.agency(&staff.staff.agency));
    let all = agency.map(|agency| agency.phrases.as_slice()).unwrap_or_default().iter();
    all.filter(move |phrase| phrase.service == journey.service.id && phrase.question == question)
}

fn field(question: &str) -> String {
    format!("{question}.phrase")
}

/// Those for the answer of one question, and the button that puts one in.
pub fn offered(app: &App, journey: &Journey, question: &str) -> Option<(Select, Button)> {
    let items: Vec<_> = of(app, journey, question).enumerate().collect();
    if items.is_empty() {
        return None;
    }
    let items = items.into_iter().map(|(n, phrase)| SelectItem::new(n.to_string(), &phrase.words));
    let none = SelectItem::new("", "Choose a phrase");
    let select = Select::new(field(question), field(question), "Phrases", std::iter::once(none).chain(items));
    Some((select, Button::text("Put it in").secondary().sends(PUT, question)))
}

pub fn is_pressed(form: &Form) -> bool {
    form.get(PUT).is_some()
}

/// Puts the one that was chosen behind what was typed.
pub fn put(app: &App, journey: &Journey, form: &mut Form) {
    let Some(question) = form.get(PUT).map(str::to_owned) else { return };
    let chosen = form.trimmed(&field(&question)).parse::<usize>().ok();
    let Some(phrase) = chosen.and_then(|n| of(app, journey, &question).nth(n)) else { return };
    let typed = form.trimmed(&question);
    let words = if typed.is_empty() { phrase.words.clone() } else { format!("{typed}\n{}", phrase.words) };
    form.set(&question, words);
}
