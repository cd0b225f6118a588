//! `/reports/{reference}/say`: whoever is signed in says that it is still there, that it is fixed, or more (C-48).

use crate::{
    App,
    govuk::{BackLink, Button, ErrorSummary, Fieldset, RadioItem, Radios, Textarea},
    page::{Caching, Failure, Frame, Posted, account::Owner, gone_to, html_with},
};
use askama::Template;
use axum::{
    extract::{Path, State},
    http::StatusCode,
    response::Response,
};
use casework::{
    Error, Refusal, codes,
    report::{
        publication,
        remark::{self, Heard, Takes},
    },
};
use store::remark::Says;

#[derive(Template)]
#[template(path = "reports/say.html")]
pub struct SayPage {
    pub frame: Frame,
    pub back: BackLink,
    pub errors: ErrorSummary,
    pub about: String,
    pub path: String,
    pub says: Radios,
    pub words: Textarea,
    pub button: Button,
}

const CHOICES: [(Says, &str); 3] =
    [(Says::Still, "It is still there"), (Says::Fixed, "It is fixed"), (Says::More, "Something else")];

async fn page(
    app: &App,
    reference: &str,
    (says, words): (&str, &str),
    problem: Option<(&'static str, &'static str)>,
) -> Result<Response, Failure> {
    let (setting, at) = (app.setting.clone(), reference.to_owned());
    let shown = app.db.read(move |tx| publication::one(tx, &setting, &at)).await?;
    let door = shown.voices.as_ref().ok_or(Failure::NotFound)?.door;
    if matches!(door.takes(app.now()), Takes::Nobody | Takes::Over) {
        return Ok(gone_to(&format!("/reports/{reference}?done=closed")));
    }
    let wrong = |field: &str| problem.filter(|(at, _)| *at == field).map(|(_, words)| words);
    let item = |(one, label): (Says, &str)| RadioItem::new(one.name(), label).checked(one.name() == says);
    let path = format!("/reports/{reference}");
    let radios = Radios {
        name: "says".to_owned(),
        fieldset: Some(Fieldset::legend("How is it now?")),
        items: CHOICES.map(item).to_vec().into(),
        ..Radios::default()
    };
    let page = SayPage {
        frame: Frame::citizen(app, "Say how it is now").wrong(problem.is_some()),
        back: BackLink::to(&path),
        errors: ErrorSummary::new(problem),
        about: match shown.listed.place.as_str() {
            "" => shown.listed.title.clone(),
            place => format!("{}, {place}", shown.listed.title),
        },
        says: radios.error(wrong("says")),
        words: Textarea::new("words", "words", "Anything to add?")
            .hint("You can leave this empty. No names, numbers or plates. A person reads it before others can.")
            .value(words)
            .error(wrong("words")),
        button: Button::text("Send"),
        path,
    };
    let status = if problem.is_some() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    html_with(status, &page, Caching::Never)
}

fn read(typed: &str) -> Result<String, Failure> {
    codes::read_reference(typed).ok_or(Failure::NotFound)
}

pub async fn get(State(app): State<App>, _: Owner, Path(reference): Path<String>) -> Result<Response, Failure> {
    page(&app, &read(&reference)?, ("", ""), None).await
}

pub async fn post(
    State(app): State<App>,
    owner: Owner,
    Path(reference): Path<String>,
    posted: Posted,
) -> Result<Response, Failure> {
    let reference = read(&reference)?;
    let (typed, words) = (posted.get("says").to_owned(), posted.get("words").to_owned());
    let Some(says) = Says::from_name(&typed) else {
        return page(&app, &reference, ("", &words), Some(("says", "Choose how it is now"))).await;
    };
    let (setting, draw, at, own) = (app.setting.clone(), app.draw(), reference.clone(), words.clone());
    let said =
        app.db.write(move |tx| remark::say(&owner.actor, tx, &setting, &mut draw.clone(), &at, (says, &own))).await;
    let problem = match said {
        Ok(Heard::Counted) => return Ok(gone_to(&format!("/reports/{reference}?done=said"))),
        Ok(Heard::Waits) => return Ok(gone_to(&format!("/reports/{reference}?done=waits"))),
        Ok(Heard::Closed) => return Ok(gone_to(&format!("/reports/{reference}?done=closed"))),
        Ok(Heard::TooOften) => return Ok(gone_to(&format!("/reports/{reference}?done=often"))),
        Err(Error::Refused(Refusal::WordsNeeded)) => "Say what it is",
        Err(Error::Refused(Refusal::WordsTooLong)) => "Use 1,000 letters or fewer",
        Err(Error::Refused(Refusal::WordsUnreadable)) => "Use letters, figures and plain signs only",
        Err(other) => return Err(other.into()),
    };
    page(&app, &reference, (&typed, &words), Some(("words", problem))).await
}
