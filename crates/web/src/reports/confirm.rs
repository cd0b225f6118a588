//! `/confirm/{token}`: the link of a receipt. The page has a button; only its press shows the report to everybody (C-9).

use crate::{
    App,
    govuk::Button,
    page::{Caching, Failure, Frame, gone_to, html, html_with, token},
};
use askama::Template;
use axum::{
    extract::{Path, State},
    http::StatusCode,
    response::Response,
};
use casework::{
    Error,
    report::confirmation::{self, Asked, Stands},
};

#[derive(Template)]
#[template(path = "reports/confirm.html")]
pub struct ConfirmPage {
    pub frame: Frame,
    pub token: String,
    /// None where the link no longer works.
    pub asked: Option<Asked>,
    pub button: Button,
}

impl ConfirmPage {
    fn is_open(&self, asked: &Asked) -> bool {
        asked.stands == Stands::Open
    }

    /// Its public page, where there is one.
    fn public(&self, asked: &Asked) -> Option<String> {
        match &asked.stands {
            Stands::Public(reference) => Some(format!("/reports/{reference}")),
            _ => None,
        }
    }
}

fn page(app: &App, typed: &str, asked: Option<Asked>) -> ConfirmPage {
    let title = match asked.as_ref().map(|asked| &asked.stands) {
        None => "This link no longer works",
        Some(Stands::Open) => "Show your report to others?",
        Some(Stands::Public(_)) => "Others can read your report now",
        Some(Stands::NotPublic) => "A person looks at your report first",
    };
    let frame = Frame::citizen(app, title);
    ConfirmPage { frame, token: token::plain(typed), asked, button: Button::text("Show my report") }
}

fn gone(app: &App, token: &str) -> Result<Response, Failure> {
    html_with(StatusCode::GONE, &page(app, token, None), Caching::Never)
}

pub async fn get(State(app): State<App>, Path(token): Path<String>) -> Result<Response, Failure> {
    let (setting, now, at) = (app.setting.clone(), app.now(), token.clone());
    match app.db.read(move |tx| confirmation::asked(tx, &setting, &at, now)).await? {
        Some(asked) => html(&page(&app, &token, Some(asked)), Caching::Never),
        None => gone(&app, &token),
    }
}

pub async fn post(State(app): State<App>, Path(token): Path<String>) -> Result<Response, Failure> {
    let (draw, at) = (app.draw(), token.clone());
    match app.db.write(move |tx| confirmation::confirm(tx, &mut draw.clone(), &at)).await {
        Ok(()) => Ok(gone_to(&format!("/confirm/{}", token::plain(&token)))),
        Err(Error::NotFound(_)) => gone(&app, &token),
        Err(error) => Err(error.into()),
    }
}
