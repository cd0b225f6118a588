//! `/alerts/confirm/{token}`: the link of the mail that asks. The page has a button; only its press begins anything.

use super::plain;
use crate::{
    App,
    govuk::Button,
    page::{Caching, Failure, Frame, gone_to, html, html_with},
};
use askama::Template;
use axum::{
    extract::{Path, State},
    http::StatusCode,
    response::Response,
};
use casework::{Error, alerts::subscribe};

#[derive(Template)]
#[template(path = "alerts/confirm.html")]
pub struct ConfirmPage {
    pub frame: Frame,
    pub token: String,
    /// What it is about; empty where the link no longer works.
    pub about: String,
    pub often: &'static str,
    pub days: i64,
    pub button: Button,
}

fn page(app: &App, token: &str, about: String, often: &'static str) -> ConfirmPage {
    ConfirmPage {
        frame: Frame::citizen(app, if about.is_empty() { "This link no longer works" } else { "Start these alerts?" }),
        token: plain(token),
        about,
        often,
        days: app.setting.alerts.confirm_days,
        button: Button::text("Start these alerts"),
    }
}

pub async fn get(State(app): State<App>, Path(token): Path<String>) -> Result<Response, Failure> {
    let (setting, asked) = (app.setting.clone(), token.clone());
    let Some(waiting) = app.db.read(move |tx| subscribe::asked(tx, &setting, &asked)).await? else {
        return html_with(StatusCode::GONE, &page(&app, &token, String::new(), ""), Caching::Never);
    };
    html(&page(&app, &token, waiting.about, waiting.often), Caching::Never)
}

pub async fn post(State(app): State<App>, Path(token): Path<String>) -> Result<Response, Failure> {
    let (setting, draw, asked) = (app.setting.clone(), app.draw(), token.clone());
    let done = app.db.write(move |tx| subscribe::confirm(tx, &setting, &mut draw.clone(), &asked)).await;
    match done {
        Ok(yours) => Ok(gone_to(&format!("/alerts/yours/{yours}?done=started"))),
        Err(Error::NotFound(_)) => html_with(StatusCode::GONE, &page(&app, &token, String::new(), ""), Caching::Never),
        Err(error) => Err(error.into()),
    }
}
