//! `/account/sign-in`: an address, then a link by mail. The link opens a page with a button, and only the button signs in:
//! mail scanners open links.

use super::{COOKIE, THEN};
use crate::{
    App,
    govuk::{BackLink, Button, ErrorSummary, Input},
    page::{Caching, Failure, Frame, Posted, cookie, gone_to, html, html_with, origin::Origin},
};
use askama::Template;
use axum::{
    extract::{Path, State},
    http::{HeaderMap, StatusCode},
    response::Response,
};
use casework::account;

#[derive(Template)]
#[template(path = "account/door.html")]
pub struct DoorPage {
    pub frame: Frame,
    pub back: BackLink,
    pub errors: ErrorSummary,
    pub email: Input,
    pub button: Button,
    /// The address a link is on its way to, if it may go there.
    pub sent_to: Option<String>,
}

impl DoorPage {
    fn new(app: &App, typed: &str, problem: Option<&str>) -> DoorPage {
        let title = "Sign in or make an account";
        let email = Input::new("email", "email", "E-mail address").kind("email").autocomplete("email").value(typed);
        DoorPage {
            frame: Frame::citizen(app, title).wrong(problem.is_some()),
            back: BackLink::to("/"),
            errors: ErrorSummary::new(problem.map(|words| ("email", words))),
            email: email.error(problem),
            button: Button::text("Send me a link"),
            sent_to: None,
        }
    }
}

pub async fn get(State(app): State<App>) -> Result<Response, Failure> {
    html(&DoorPage::new(&app, "", None), Caching::Fresh)
}

/// The answer is the same whether there is an account or not.
pub async fn post(State(app): State<App>, Origin(origin): Origin, posted: Posted) -> Result<Response, Failure> {
    let Ok(email) = account::read_email(posted.get("email")) else {
        let words = "Enter an e-mail address, like name@example.org";
        let page = DoorPage::new(&app, posted.get("email"), Some(words));
        return html_with(StatusCode::UNPROCESSABLE_ENTITY, &page, Caching::Never);
    };
    let (setting, draw, to) = (app.setting.clone(), app.draw(), email.clone());
    app.db.write(move |tx| account::ask(tx, &setting, &mut draw.clone(), &to, &origin)).await?;
    app.bell.notify_one();
    let page = DoorPage { sent_to: Some(email), ..DoorPage::new(&app, "", None) };
    html(&page, Caching::Never)
}

#[derive(Template)]
#[template(path = "account/link.html")]
pub struct LinkPage {
    pub frame: Frame,
    pub errors: ErrorSummary,
    pub token: String,
    pub button: Button,
}

fn link_page(app: &App, token: &str, problem: Option<&str>) -> LinkPage {
    LinkPage {
        frame: Frame::citizen(app, "Sign in").wrong(problem.is_some()),
        errors: ErrorSummary::new(problem.map(|words| ("open", words))),
        // Anything but letters and digits is no token of ours and is not repeated.
        token: token.chars().filter(char::is_ascii_alphanumeric).take(64).collect(),
        button: Button { id: "open".into(), ..Button::text("Sign in") },
    }
}

pub async fn link(State(app): State<App>, Path(token): Path<String>) -> Result<Response, Failure> {
    html(&link_page(&app, &token, None), Caching::Never)
}

pub async fn open_link(
    State(app): State<App>,
    headers: HeaderMap,
    Path(token): Path<String>,
) -> Result<Response, Failure> {
    let (keys, draw, look_up) = (app.setting.keys.clone(), app.draw(), token.clone());
    let opened = app.db.write(move |tx| account::enter_by_link(tx, &keys, &mut draw.clone(), &look_up)).await?;
    let Some(signed_in) = opened else {
        let words = "This link no longer works. It works once, for one hour. Ask for a new one.";
        return html_with(StatusCode::UNPROCESSABLE_ENTITY, &link_page(&app, &token, Some(words)), Caching::Never);
    };
    let then = cookie::path(&headers, THEN);
    let mut response = gone_to(then.as_deref().unwrap_or("/account"));
    cookie::clear(&app, response.headers_mut(), THEN, "/account");
    cookie::keep(&app, response.headers_mut(), COOKIE, &signed_in, "/", account::SIGNED_IN_SECONDS);
    Ok(response)
}
