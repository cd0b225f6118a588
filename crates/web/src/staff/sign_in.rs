//! `/staff/sign-in` and `/staff/sign-out`.

use super::session::{COOKIE, PATH, Refused, SignedIn};
use crate::{
    App,
    govuk::{Button, ErrorSummary, Input, PasswordInput},
    page::{Caching, Failure, Frame, Posted, cookie, gone_to, html, html_with, origin::Origin, when},
};
use askama::Template;
use axum::{
    extract::State,
    http::{HeaderMap, StatusCode},
    response::Response,
};
use casework::staff::sign_in::{self, Proof, SignIn};

#[derive(Template)]
#[template(path = "staff/sign-in.html")]
pub struct SignInPage {
    pub frame: Frame,
    pub errors: ErrorSummary,
    pub login: Input,
    pub password: PasswordInput,
    pub code: Input,
    pub button: Button,
}

impl SignInPage {
    pub fn new(app: &App, login: &str, problem: Option<String>) -> SignInPage {
        SignInPage {
            frame: Frame::staff(app, "Sign in", None).wrong(problem.is_some()),
            errors: ErrorSummary::new(problem.map(|words| ("login", words))),
            login: Input::new("login", "login", "Work e-mail address")
                .kind("email")
                .autocomplete("username")
                .value(login),
            password: PasswordInput::new("password", "password", "Password"),
            code: Input::new("code", "code", "Code")
                .hint("Six digits from your authenticator app, or one of your recovery codes")
                .autocomplete("one-time-code")
                .width(20),
            button: Button::text("Sign in"),
        }
    }
}

pub async fn get(State(app): State<App>, signed_in: Result<SignedIn, Refused>) -> Result<Response, Failure> {
    if signed_in.is_ok() {
        return Ok(gone_to("/staff"));
    }
    html(&SignInPage::new(&app, "", None), Caching::Never)
}

pub async fn post(State(app): State<App>, Origin(origin): Origin, posted: Posted) -> Result<Response, Failure> {
    let (login, password, code) =
        (posted.get("login").to_owned(), posted.get("password").to_owned(), posted.get("code").to_owned());
    let look_up = login.clone();
    let candidate = app.db.read(move |tx| sign_in::candidate(tx, &look_up)).await?;
    let who = candidate.id();
    // A password takes some 20 ms of work on purpose: on a thread of its own, so that nobody waits behind it.
    let knows_password =
        tokio::task::spawn_blocking(move || candidate.knows(&password)).await.map_err(|_| Failure::Broken)?;
    let (keys, draw) = (app.setting.keys.clone(), app.draw());
    let outcome = app
        .db
        .write(move |tx| {
            let proof = Proof { knows_password, code: &code, origin: &origin };
            sign_in::sign_in(tx, &keys, &mut draw.clone(), who, &proof)
        })
        .await?;
    let problem = match outcome {
        SignIn::Open { token, .. } => {
            let mut response = gone_to("/staff");
            cookie::set(&app, response.headers_mut(), COOKIE, &token, PATH);
            return Ok(response);
        }
        SignIn::Wrong => "That did not work. Check the address, the password and the code, and try again.".to_owned(),
        SignIn::Closed(until) => {
            format!("Too many tries. Sign-in is closed until {}. Then try again.", when::moment(until))
        }
    };
    html_with(StatusCode::UNPROCESSABLE_ENTITY, &SignInPage::new(&app, &login, Some(problem)), Caching::Never)
}

pub async fn sign_out(State(app): State<App>, headers: HeaderMap) -> Result<Response, Failure> {
    if let Some(token) = cookie::read(&headers, COOKIE) {
        app.db.write(move |tx| sign_in::sign_out(tx, &token)).await?;
    }
    let mut response = gone_to("/staff/sign-in");
    cookie::clear(&app, response.headers_mut(), COOKIE, PATH);
    Ok(response)
}
