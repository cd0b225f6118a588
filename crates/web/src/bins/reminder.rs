//! `/property/{uprn}/reminder`: asking for a mail on the evening before a bin day (C-37). What was typed is kept only once the
//! form is sent.

use super::{Door, Found, found};
use crate::{
    App,
    govuk::{BackLink, Button, CheckboxItem, Checkboxes, ErrorSummary, Input},
    page::{Caching, Failure, Frame, Posted, gone_to, html, html_with, origin::Origin, posted::NO_EMAIL},
};
use askama::Template;
use axum::{
    extract::{Path, State},
    http::StatusCode,
    response::Response,
};
use casework::alerts::{
    reminder::{self, Wanted},
    subscribe::Asked,
};

const NO_KIND: (&str, &str) = ("kinds", "Choose at least one");

#[derive(Template)]
#[template(path = "bins/reminder.html")]
pub struct ReminderPage {
    pub frame: Frame,
    pub errors: ErrorSummary,
    pub back: BackLink,
    /// On the page alone.
    pub address: String,
    pub path: String,
    /// Where there is more than one kind.
    pub kinds: Option<Checkboxes>,
    pub email: Input,
    pub hour: String,
    pub button: Button,
}

/// The kinds of a home, each once, with their names.
fn kinds(found: &Found) -> Vec<(String, String)> {
    let mut all: Vec<(String, String)> = Vec::new();
    for bin in &found.property.bins {
        if !all.iter().any(|(id, _)| *id == bin.kind) {
            all.push((bin.kind.clone(), found.kind(&bin.kind)));
        }
    }
    all
}

fn page(app: &App, found: &Found, chosen: Option<&Posted>, wrong: &[(&'static str, &'static str)]) -> ReminderPage {
    let there = kinds(found);
    let said = |id: &str| wrong.iter().find(|(field, _)| *field == id).map(|(_, words)| *words);
    let ticked: Vec<String> = match chosen {
        None => there.iter().map(|(id, _)| id.clone()).collect(),
        Some(posted) => posted.all("kinds").into_iter().map(str::to_owned).collect(),
    };
    let items: Vec<CheckboxItem> =
        there.iter().map(|(id, name)| CheckboxItem::new(id.as_str(), name.as_str())).collect();
    let hour = app.setting.alerts.bins_evening;
    ReminderPage {
        frame: Frame::citizen(app, "A reminder of your bin days").wrong(!wrong.is_empty()),
        errors: ErrorSummary::new(wrong.iter().copied()),
        back: BackLink::to(found.path()),
        address: found.property.home.address.clone(),
        path: found.path(),
        kinds: (there.len() > 1).then(|| {
            Checkboxes::new("kinds", "Which bins?", items)
                .values(ticked.iter().map(String::as_str))
                .error(said("kinds"))
        }),
        email: Input::new("email", "email", "Your e-mail address")
            .hint("We use it for your alerts alone. You can stop them with one press.")
            .kind("email")
            .autocomplete("email")
            .value(chosen.map(|posted| posted.get("email")).unwrap_or_default())
            .error(said("email")),
        hour: match hour {
            ..=11 => format!("{hour}am"),
            12 => "noon".to_owned(),
            _ => format!("{}pm", hour - 12),
        },
        button: Button::text("Send me a link to confirm"),
    }
}

pub async fn get(State(app): State<App>, origin: Origin, Path(uprn): Path<String>) -> Result<Response, Failure> {
    let found = found(&app, &uprn, &origin.0, Door::Page).await?;
    // Where nothing is known nothing can be told.
    if found.property.bins.is_empty() {
        return Err(Failure::NotFound);
    }
    html(&page(&app, &found, None, &[]), Caching::Fresh)
}

/// The answer is the same whether the address is known or not.
pub async fn post(
    State(app): State<App>,
    origin: Origin,
    Path(uprn): Path<String>,
    posted: Posted,
) -> Result<Response, Failure> {
    let found = found(&app, &uprn, &origin.0, Door::Page).await?;
    let there = kinds(&found);
    let mut chosen: Vec<String> = posted.all("kinds").into_iter().map(str::to_owned).collect();
    if let [(only, _)] = there.as_slice() {
        chosen = vec![only.clone()];
    }
    let mut wrong = Vec::new();
    if chosen.is_empty() {
        wrong.push(NO_KIND);
    }
    if !catalogue::is_email(posted.get("email").trim()) {
        wrong.push(NO_EMAIL);
    }
    if !wrong.is_empty() {
        let page = page(&app, &found, Some(&posted), &wrong);
        return html_with(StatusCode::UNPROCESSABLE_ENTITY, &page, Caching::Never);
    }
    let (setting, draw, address) = (app.setting.clone(), app.draw(), posted.get("email").to_owned());
    let wanted = Wanted { uprn: found.property.home.uprn.clone(), kinds: chosen };
    let job = move |tx: &mut store::Tx| reminder::ask(tx, &setting, &mut draw.clone(), &wanted, &address, &origin.0);
    match app.db.write(job).await? {
        Asked::Taken => {
            app.bell.notify_one();
            Ok(gone_to("/alerts/sent"))
        }
        Asked::TooOften => Err(Failure::TooMany),
    }
}
