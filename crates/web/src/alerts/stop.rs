//! `/alerts/stop/{token}`: no more mail, by one press: of a mail program (RFC 8058), or of the button on the page.

use super::plain;
use crate::{
    App,
    govuk::Button,
    page::{Caching, Failure, Frame, html},
};
use askama::Template;
use axum::{
    extract::{Path, State},
    response::Response,
};
use casework::alerts::own;

#[derive(Template)]
#[template(path = "alerts/stop.html")]
pub struct StopPage {
    pub frame: Frame,
    pub token: String,
    pub is_done: bool,
    pub button: Button,
}

fn page(app: &App, token: &str, is_done: bool) -> StopPage {
    StopPage {
        frame: Frame::citizen(app, if is_done { "Your alerts have stopped" } else { "Stop all your alerts?" }),
        token: plain(token),
        is_done,
        button: Button::text("Stop all alerts"),
    }
}

pub async fn get(State(app): State<App>, Path(token): Path<String>) -> Result<Response, Failure> {
    let (setting, asked) = (app.setting.clone(), token.clone());
    app.db.read(move |tx| own::page(tx, &setting, &asked)).await?;
    html(&page(&app, &token, false), Caching::Never)
}

/// What a mail program posts beside is not read: it is the same each time.
pub async fn post(State(app): State<App>, Path(token): Path<String>) -> Result<Response, Failure> {
    let (draw, asked) = (app.draw(), token.clone());
    app.db.write(move |tx| own::stop(tx, &mut draw.clone(), &asked)).await?;
    html(&page(&app, &token, true), Caching::Never)
}
