//! `/demo/staff` and `/demo/staff.json`: made-up people, the password they share, and a code that works now.

use crate::{
    App,
    page::{Caching, Failure, Frame, html},
};
use askama::Template;
use axum::{
    Json,
    extract::State,
    response::{IntoResponse, Response},
};
use casework::staff::totp;
use rights::Actor;
use serde::Serialize;

/// The password of every made-up member of staff. It opens nothing outside a demonstration.
pub const PASSWORD: &str = "moothall demonstration";

#[derive(Clone, Debug, Serialize)]
pub struct Person {
    pub agency: String,
    pub agency_name: String,
    pub name: String,
    pub login: String,
    pub password: &'static str,
    pub code: String,
    pub roles: Vec<String>,
}

#[derive(Template)]
#[template(path = "demo/staff.html")]
pub struct StaffPage {
    pub frame: Frame,
    pub people: Vec<Person>,
}

async fn people(app: &App) -> Result<Vec<Person>, Failure> {
    let rows = app.db.read(|tx| store::staff::all(&Actor::House("demonstration"), tx)).await?;
    let step = totp::step_of(app.now());
    Ok(rows
        .into_iter()
        .map(|row| {
            let secret = app.setting.keys.open("totp", &row.totp).unwrap_or_default();
            Person {
                agency_name: app.setting.agency_name(&row.agency),
                agency: row.agency,
                name: row.name,
                login: row.login,
                password: PASSWORD,
                // A code opens the door once: after it was used, the next one is shown.
                code: totp::code(&secret, step.max(row.totp_step + 1)),
                roles: serde_json::from_value(row.roles).unwrap_or_default(),
            }
        })
        .collect())
}

pub async fn get(State(app): State<App>) -> Result<Response, Failure> {
    let people = people(&app).await?;
    html(&StaffPage { frame: Frame::citizen(&app, "Staff of the demonstration"), people }, Caching::Never)
}

pub async fn json(State(app): State<App>) -> Result<Response, Failure> {
    Ok(Json(people(&app).await?).into_response())
}
