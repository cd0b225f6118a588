//! `/demo/outbox`: the mail as it would have gone out, newest first.

use crate::{
    App,
    page::{Caching, Failure, Frame, html, when},
};
use askama::Template;
use axum::{
    Json,
    extract::State,
    response::{IntoResponse, Response},
};
use rights::Actor;
use serde::Serialize;
use store::delivery;

/// A message as composed by the courier, which the binary puts in reach.
#[derive(Clone, Debug, Serialize)]
pub struct Mail {
    pub to: String,
    pub subject: String,
    pub text: String,
    pub html: String,
}

#[derive(Clone, Debug, Serialize)]
pub struct Shown {
    pub made: String,
    pub state: String,
    pub template: String,
    pub reference: String,
    #[serde(flatten)]
    pub mail: Option<Mail>,
}

#[derive(Template)]
#[template(path = "demo/outbox.html")]
pub struct OutboxPage {
    pub frame: Frame,
    pub shown: Vec<Shown>,
}

async fn shown(app: &App) -> Result<Vec<Shown>, Failure> {
    let rows = app.db.read(|tx| delivery::latest(&Actor::House("demonstration"), tx)).await?;
    Ok(rows
        .into_iter()
        .map(|row| Shown {
            made: when::moment(row.created_at),
            state: row.state.name().to_owned(),
            template: row.template.clone(),
            reference: row.facts.get("reference").and_then(|r| r.as_str()).unwrap_or_default().to_owned(),
            mail: app.options.compose.and_then(|compose| compose(&app.setting, &row)),
        })
        .collect())
}

pub async fn get(State(app): State<App>) -> Result<Response, Failure> {
    let shown = shown(&app).await?;
    html(&OutboxPage { frame: Frame::citizen(&app, "Mail of the demonstration"), shown }, Caching::Never)
}

pub async fn json(State(app): State<App>) -> Result<Response, Failure> {
    Ok(Json(shown(&app).await?).into_response())
}
