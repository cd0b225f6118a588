//! `/account/names`: where one's name is shown to everybody, and hiding it, here or everywhere (C-52).

use crate::{
    App,
    govuk::{BackLink, Button},
    page::{Caching, Failure, Frame, Posted, account::Owner, files, gone_to, html, when},
};
use askama::Template;
use axum::{
    extract::{Query, State},
    response::Response,
};
use casework::{
    Error, Refusal,
    report::shown_name::{self, Named},
};

#[derive(Template)]
#[template(path = "account/names.html")]
pub struct NamesPage {
    pub frame: Frame,
    pub back: BackLink,
    pub done: bool,
    pub named: Vec<Named>,
    pub everywhere: Button,
}

impl NamesPage {
    fn when(&self, one: &Named) -> String {
        when::moment(one.at)
    }
}

pub async fn get(
    State(app): State<App>,
    owner: Owner,
    Query(pairs): Query<Vec<(String, String)>>,
) -> Result<Response, Failure> {
    let (actor, setting) = (owner.actor, app.setting.clone());
    let named = app.db.read(move |tx| shown_name::mine(&actor, tx, &setting)).await?;
    let page = NamesPage {
        frame: Frame::citizen(&app, "Where your name is shown"),
        back: BackLink::to("/account"),
        done: pairs.iter().any(|(name, _)| name == "hidden"),
        named,
        everywhere: Button::text("Hide my name everywhere").secondary().sends("everywhere", "yes"),
    };
    html(&page, Caching::Never)
}

pub async fn post(State(app): State<App>, owner: Owner, posted: Posted) -> Result<Response, Failure> {
    let item = if posted.get("everywhere") == "yes" { None } else { Some(files::id(posted.get("item"))?) };
    let (actor, draw) = (owner.actor, app.draw());
    match app.db.write(move |tx| shown_name::hide_mine(&actor, tx, &mut draw.clone(), item)).await {
        // A second press found it done.
        Ok(()) | Err(Error::Refused(Refusal::AlreadyDone)) => Ok(gone_to("/account/names?hidden=1")),
        Err(other) => Err(other.into()),
    }
}
