//! What a witness or a third party sees at `/track/{reference}` (P-88).

use super::{
    own::{by, frame},
    visit::Visiting,
};
use crate::{
    App,
    govuk::{Button, ErrorSummary, Textarea},
    page::{Failure, Frame, when},
};
use askama::Template;
use casework::{
    codes,
    report::{
        follow::PartShown,
        short::{self, Short},
    },
};
use store::Time;

#[derive(Template)]
#[template(path = "track/short.html")]
pub struct ShortPage {
    pub frame: Frame,
    pub errors: ErrorSummary,
    pub done: &'static str,
    pub shown: Short,
    pub words: Textarea,
    pub reference: String,
}

impl ShortPage {
    fn by(&self, part: &PartShown) -> String {
        by(part)
    }

    fn when(&self, at: &Time) -> String {
        when::moment(*at)
    }

    fn button(&self, words: &str) -> Button {
        Button::text(words)
    }

    fn plain_button(&self, words: &str) -> Button {
        Button::text(words).secondary()
    }
}

/// The page again with what was typed and what is wrong with it, where something is.
pub(super) async fn page(
    app: &App,
    visiting: &Visiting,
    done: &'static str,
    typed: &str,
    problem: Option<&'static str>,
) -> Result<ShortPage, Failure> {
    let (actor, setting, now) = (visiting.actor.clone(), app.setting.clone(), app.now());
    let shown = app.db.read(move |tx| short::short(&actor, tx, &setting, now)).await?;
    let label = if shown.asked { "Your answer" } else { "Add something" };
    Ok(ShortPage {
        frame: frame(app, visiting, "Your report").wrong(problem.is_some()),
        errors: ErrorSummary::new(problem.map(|words| ("words", words))),
        done,
        words: Textarea::new("words", "words", label).rows(4).value(typed).error(problem),
        reference: codes::show_reference(&visiting.head.reference),
        shown,
    })
}
