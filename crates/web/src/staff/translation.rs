//! What a resident wrote in another language, and a colleague's translation beside it: the form, its post, and how both stand.

use super::{
    acts::{run, version},
    session::SignedIn,
};
use crate::{
    App,
    govuk::{Html, Select, SelectItem},
    page::{Failure, Posted, said, when},
};
use askama::Template;
use axum::{
    extract::{Path, State},
    response::Response,
};
use casework::{
    codes,
    report::{
        acts::On,
        translation::{self, Of, Translated},
        work::Working,
    },
};

/// The words of the resident, and a translation where there is one.
#[derive(Template)]
#[template(path = "staff/sides.html")]
struct Sides<'a> {
    tag: Option<&'a str>,
    words: &'a str,
    translated: Option<&'a Translated>,
}

impl Sides<'_> {
    fn when(&self, at: &store::Time) -> String {
        when::moment(*at)
    }
}

pub fn sides(working: &Working, of: &Of, words: &str) -> Html {
    let translated = working.translations.iter().find(|known| known.of == *of);
    let tag = working.language.as_ref().map(|(tag, _)| tag.as_str());
    // The template is ours, and escapes; it cannot fail but for memory.
    Html::rendered(&Sides { tag, words, translated }).unwrap_or_default()
}

/// What may be translated, to choose from; nothing where nobody wrote anything.
pub fn choose(working: &Working) -> Option<Select> {
    let answers = working
        .answers
        .iter()
        .filter(|answer| answer.free)
        .map(|answer| SelectItem::new(Of::Answer(answer.question.clone()).named(), &answer.label));
    let written = working.timeline.iter().filter(|event| event.of_resident).map(|event| {
        let label = format!("{}, {}", event.title, when::moment(event.at));
        SelectItem::new(Of::Entry(event.entry).named(), label)
    });
    let all: Vec<SelectItem> = answers.chain(written).collect();
    (!all.is_empty()).then(|| Select::new("of", "of", "What you translated", all))
}

/// An answer, with its translation where it is in the resident's own words.
pub fn answer(working: &Working, answer: &catalogue::ShownAnswer) -> Html {
    let words = said(&answer.lines);
    if answer.free { sides(working, &Of::Answer(answer.question.clone()), &words) } else { Html::text(&words) }
}

pub async fn post(
    State(app): State<App>,
    signed_in: SignedIn,
    Path(reference): Path<String>,
    posted: Posted,
) -> Result<Response, Failure> {
    codes::read_reference(&reference).ok_or(Failure::NotFound)?;
    let of = Of::read(posted.get("of")).ok_or(Failure::NotFound)?;
    let (version, words) = (version(&posted), posted.get("words").to_owned());
    let typed = words.clone();
    run(app, signed_in, reference, typed, move |actor, tx, setting, draw, reference| {
        translation::add(actor, tx, setting, draw, On { reference, version }, &of, &words)?;
        Ok("saved")
    })
    .await
}
