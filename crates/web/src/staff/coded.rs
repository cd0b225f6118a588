//! `/staff/reports/{reference}/codes`: what the national return says of a report, put right by who knows better (C-15).

use super::{acts, inspection, session::SignedIn};
use crate::{
    App,
    govuk::{Button, Select, SelectItem},
    page::{Caching, Failure, Frame, Posted, html},
};
use askama::Template;
use axum::{
    extract::{Path, State},
    response::Response,
};
use casework::report::{
    acts::On,
    coded::{self, Now},
    work::Working,
};

#[derive(Template)]
#[template(path = "staff/coded.html")]
pub struct CodedPage {
    pub frame: Frame,
    pub working: Working,
    pub version: i64,
    pub fields: Vec<Select>,
    pub button: Button,
}

pub async fn get(State(app): State<App>, who: SignedIn, Path(reference): Path<String>) -> Result<Response, Failure> {
    let working = inspection::open(&app, &who, &reference).await?;
    if working.codes.is_empty() {
        return Err(Failure::NotFound);
    }
    let frame = Frame::staff(&app, "Codes of the national return", Some(who.desk(&app, "queue")));
    let version = working.case.as_ref().map_or(0, |case| case.version);
    let fields = working.codes.iter().map(field).collect();
    html(&CodedPage { frame, working, version, fields, button: Button::text("Save") }, Caching::Never)
}

fn field(now: &Now) -> Select {
    let coded = &now.coded;
    let items = coded.options.iter().map(|(id, words)| SelectItem::new(id, words));
    let unknown = coded.option.is_none().then(|| SelectItem::new("", "Not known"));
    let items = unknown.into_iter().chain(items);
    Select::new(&coded.question, &coded.question, &coded.label, items)
        .value(coded.option.as_deref().unwrap_or_default())
}

/// What a row of the report's page says of it.
pub fn line(now: &Now) -> String {
    let coded = &now.coded;
    let code = coded.code().unwrap_or("no code yet");
    let words = coded.words().unwrap_or("Not known");
    let corrected = if now.corrected { ", put right by staff" } else { "" };
    format!("{words}: {code}{corrected}")
}

pub async fn post(
    State(app): State<App>,
    who: SignedIn,
    Path(reference): Path<String>,
    posted: Posted,
) -> Result<Response, Failure> {
    let said = posted.0.0.iter().filter(|(name, _)| name != "version").cloned().collect();
    let version = acts::version(&posted);
    acts::run(app, who, reference, String::new(), move |actor, tx, setting, draw, reference| {
        coded::correct(actor, tx, setting, draw, On { reference, version }, &said)?;
        Ok("saved")
    })
    .await
}
