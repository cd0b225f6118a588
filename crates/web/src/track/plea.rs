//! A page on which a reporter asks for one thing in their own words, and what comes of it.

use super::{
    own::{frame, wrong},
    visit::{self, Visiting},
};
use crate::{
    App,
    govuk::{BackLink, Button, ErrorSummary, Textarea},
    page::{Caching, Failure, Frame, gone_to, html, html_with},
};
use askama::Template;
use axum::{http::StatusCode, response::Response};
use casework::Error;

/// What the page says; its last part in the address is `at`.
pub struct Plea {
    pub at: &'static str,
    pub title: &'static str,
    pub about: Vec<String>,
    pub label: &'static str,
    pub hint: &'static str,
    pub button: &'static str,
}

#[derive(Template)]
#[template(path = "track/plea.html")]
pub struct PleaPage {
    pub frame: Frame,
    pub back: BackLink,
    pub errors: ErrorSummary,
    pub title: &'static str,
    pub about: Vec<String>,
    pub action: String,
    pub words: Textarea,
    pub button: Button,
}

impl Plea {
    fn page(self, app: &App, visiting: &Visiting, typed: &str, problem: Option<&'static str>) -> PleaPage {
        let path = visit::path(&visiting.head.reference);
        PleaPage {
            frame: frame(app, visiting, self.title).wrong(problem.is_some()),
            errors: ErrorSummary::new(problem.map(|words| ("words", words))),
            title: self.title,
            about: self.about,
            action: format!("{path}/{}", self.at),
            back: BackLink::to(path),
            words: Textarea::new("words", "words", self.label).hint(self.hint).rows(4).value(typed).error(problem),
            button: Button::text(self.button),
        }
    }

    pub fn draw(self, app: &App, visiting: &Visiting) -> Result<Response, Failure> {
        html(&self.page(app, visiting, "", None), Caching::Never)
    }

    /// The page again, with what is wrong with the words.
    pub fn again(
        self,
        app: &App,
        visiting: &Visiting,
        (typed, problem): (&str, &'static str),
    ) -> Result<Response, Failure> {
        let page = self.page(app, visiting, typed, Some(problem));
        html_with(StatusCode::UNPROCESSABLE_ENTITY, &page, Caching::Never)
    }
}

/// Back to the report, which says what was `done`; or what is wrong with the words.
pub fn came(
    visiting: &Visiting,
    done: &str,
    came: Result<(), Error>,
) -> Result<Result<Response, &'static str>, Failure> {
    match came {
        Ok(()) => Ok(Ok(gone_to(&format!("{}?done={done}", visit::path(&visiting.head.reference))))),
        Err(Error::Refused(refusal)) => Ok(Err(wrong(refusal).ok_or(Error::Refused(refusal))?)),
        Err(other) => Err(other.into()),
    }
}
