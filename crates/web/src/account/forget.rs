//! `/account/forget`: what goes and what stays, and the button that ends the account.

use super::{Owner, close};
use crate::{
    App,
    govuk::{BackLink, Button},
    page::{Caching, Failure, Frame, html},
};
use askama::Template;
use axum::{extract::State, response::Response};
use casework::account;

#[derive(Template)]
#[template(path = "account/forget.html")]
pub struct ForgetPage {
    pub frame: Frame,
    pub back: BackLink,
    /// Nothing once it is done.
    pub button: Option<Button>,
}

pub async fn get(State(app): State<App>, _: Owner) -> Result<Response, Failure> {
    let page = ForgetPage {
        frame: Frame::citizen(&app, "End your account"),
        back: BackLink::to("/account"),
        button: Some(Button::text("End my account").warning()),
    };
    html(&page, Caching::Never)
}

pub async fn post(State(app): State<App>, owner: Owner) -> Result<Response, Failure> {
    let draw = app.draw();
    app.db.write(move |tx| account::forget(&owner.actor, tx, &mut draw.clone())).await?;
    let page =
        ForgetPage { frame: Frame::citizen(&app, "Your account has ended"), back: BackLink::to("/"), button: None };
    let mut response = html(&page, Caching::Never)?;
    close(&app, response.headers_mut());
    Ok(response)
}
