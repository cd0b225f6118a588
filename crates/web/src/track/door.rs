//! `/track`: the ways in. A private link opens a page with a button; only the button's post lets anybody in, since mail
//! scanners open links.

use super::visit;
use crate::{
    App,
    govuk::{Button, ErrorSummary, Input},
    page::{Caching, Failure, Frame, Posted, gone_to, html, html_with, origin::Origin, when},
};
use askama::Template;
use axum::{
    extract::{Path, State},
    http::StatusCode,
    response::Response,
};
use casework::{
    access::{self, Entry},
    report::follow,
};

#[derive(Template)]
#[template(path = "track/door.html")]
pub struct DoorPage {
    pub frame: Frame,
    pub errors: ErrorSummary,
    pub reference: Input,
    pub code: Input,
    pub button: Button,
    pub by_mail: Button,
    pub mail_reference: Input,
    pub mail_address: Input,
    pub mail_sent: bool,
}

impl DoorPage {
    pub fn new(app: &App, reference: &str, problem: Option<(&str, String)>) -> DoorPage {
        let wrong = problem.is_some();
        DoorPage {
            frame: Frame::citizen(app, "Follow a report").wrong(wrong),
            errors: ErrorSummary::new(problem),
            reference: Input::new("reference", "reference", "Reference")
                .hint("Nine digits, for example 123 456 782")
                .digits()
                .width(20)
                .value(reference),
            code: Input::new("code", "code", "Code")
                .hint("Eleven letters and digits, from the page you saw after you sent it")
                .width(20),
            button: Button::text("Follow"),
            mail_reference: Input::new("mail-reference", "reference", "Reference").digits().width(20),
            mail_address: Input::new("mail-address", "email", "E-mail address").kind("email").autocomplete("email"),
            by_mail: Button::text("Send me a link").secondary(),
            mail_sent: false,
        }
    }
}

pub async fn get(State(app): State<App>) -> Result<Response, Failure> {
    html(&DoorPage::new(&app, "", None), Caching::Fresh)
}

/// Reference and code.
pub async fn post(State(app): State<App>, Origin(origin): Origin, posted: Posted) -> Result<Response, Failure> {
    let (reference, code) = (posted.get("reference").to_owned(), posted.get("code").to_owned());
    let (keys, draw, typed) = (app.setting.keys.clone(), app.draw(), reference.clone());
    let entry = app
        .db
        .write(move |tx| access::enter_by_code(tx, &keys, &mut draw.clone(), (&reference, &code), &origin))
        .await?;
    match enter(&app, entry) {
        Ok(response) => Ok(response),
        Err(problem) => {
            let page = DoorPage::new(&app, &typed, Some(("reference", problem)));
            html_with(StatusCode::UNPROCESSABLE_ENTITY, &page, Caching::Never)
        }
    }
}

/// In, or the words of the problem.
fn enter(app: &App, entry: Entry) -> Result<Response, String> {
    match entry {
        Entry::Open { token, reference, .. } => {
            let mut response = gone_to(&visit::path(&reference));
            visit::open(app, response.headers_mut(), &reference, &token);
            Ok(response)
        }
        Entry::Wrong => {
            Err("We cannot find a report with these. Check the reference and the code, and try again.".to_owned())
        }
        Entry::NotYet => Err(visit::NOT_YET.to_owned()),
        Entry::Closed(until) => Err(format!("Too many tries. Try again after {}.", when::moment(until))),
    }
}

/// A link by e-mail: the answer is the same whether there is such a report or not.
pub async fn by_mail(State(app): State<App>, Origin(origin): Origin, posted: Posted) -> Result<Response, Failure> {
    let (reference, email) = (posted.get("reference").to_owned(), posted.get("email").to_owned());
    let (setting, draw) = (app.setting.clone(), app.draw());
    app.db.write(move |tx| follow::send_link(tx, &setting, &mut draw.clone(), &reference, &email, &origin)).await?;
    app.bell.notify_one();
    let page = DoorPage { mail_sent: true, ..DoorPage::new(&app, "", None) };
    html(&page, Caching::Never)
}

#[derive(Template)]
#[template(path = "track/link.html")]
pub struct LinkPage {
    pub frame: Frame,
    pub errors: ErrorSummary,
    pub token: String,
    pub button: Button,
}

fn link_page(app: &App, token: &str, problem: Option<String>) -> LinkPage {
    let wrong = problem.is_some();
    LinkPage {
        frame: Frame::citizen(app, "Open your report").exit("/track/leave", true).wrong(wrong),
        errors: ErrorSummary::new(problem.map(|words| ("open", words))),
        // Anything but letters and digits is no token of ours and is not repeated.
        token: token.chars().filter(char::is_ascii_alphanumeric).take(64).collect(),
        button: Button { id: "open".into(), ..Button::text("Open") },
    }
}

pub async fn link(State(app): State<App>, Path(token): Path<String>) -> Result<Response, Failure> {
    html(&link_page(&app, &token, None), Caching::Never)
}

pub async fn open_link(
    State(app): State<App>,
    Origin(origin): Origin,
    Path(token): Path<String>,
) -> Result<Response, Failure> {
    let (keys, draw, look_up) = (app.setting.keys.clone(), app.draw(), token.clone());
    let entry = app.db.write(move |tx| access::enter_by_link(tx, &keys, &mut draw.clone(), &look_up, &origin)).await?;
    match enter(&app, entry) {
        Ok(response) => Ok(response),
        Err(words) if words == visit::NOT_YET => {
            let page = link_page(&app, &token, Some(words));
            html_with(StatusCode::UNPROCESSABLE_ENTITY, &page, Caching::Never)
        }
        Err(_) => {
            let words = "This link no longer works. Links live for 30 days. Ask for a new one on the follow page.";
            let page = link_page(&app, &token, Some(words.to_owned()));
            html_with(StatusCode::UNPROCESSABLE_ENTITY, &page, Caching::Never)
        }
    }
}
