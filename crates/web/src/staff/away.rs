//! `/staff/away`: who is away from work and when they are back: one's own, and others' for those who manage staff.

use super::{acts::said, session::SignedIn};
use crate::{
    App,
    govuk::{Button, DateInput, ErrorSummary, Select, SelectItem},
    page::{Caching, Failure, Frame, Posted, gone_to, html, html_with, when},
};
use askama::Template;
use axum::{
    extract::{Query, State},
    http::StatusCode,
    response::Response,
};
use casework::{
    Error,
    report::away::{self, Absences},
};
use rights::Right;
use serde::Deserialize;
use store::away::Away;
use uuid::Uuid;

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct Asked {
    pub done: String,
}

#[derive(Template)]
#[template(path = "staff/away.html")]
pub struct AwayPage {
    pub frame: Frame,
    pub errors: ErrorSummary,
    pub saved: bool,
    pub shown: Absences,
    pub works: bool,
    pub manages: bool,
    /// What was typed, where it was refused.
    pub typed: Posted,
}

impl AwayPage {
    fn days(&self, away: &Away) -> String {
        let day = |text: &str| text.parse().map(when::weekday).unwrap_or_default();
        format!("from {}, back on {}", day(&away.from_on), day(&away.back_on))
    }

    fn who(&self) -> Select {
        let own = self.works.then(|| SelectItem::new("", "I am"));
        let all = self.shown.colleagues.iter().map(|c| SelectItem::new(c.id.to_string(), &c.name));
        Select::new("who", "who", "Who is away?", own.into_iter().chain(all)).value(self.typed.get("who"))
    }

    fn date(&self, name: &str, legend: &str, hint: &str) -> DateInput {
        let typed = |part: &str| self.typed.get(&format!("{name}-{part}"));
        DateInput::new(name, legend).hint(hint).values(typed("day"), typed("month"), typed("year"))
    }

    fn button(&self, words: &str) -> Button {
        Button::text(words)
    }

    fn plain_button(&self, words: &str) -> Button {
        Button::text(words).secondary()
    }
}

async fn page(app: &App, who: &SignedIn, typed: Posted, problem: Option<&'static str>) -> Result<AwayPage, Failure> {
    let (actor, now) = (who.actor.clone(), app.now());
    let shown = app.db.read(move |tx| away::absences(&actor, tx, now)).await?;
    Ok(AwayPage {
        frame: Frame::staff(app, "Time away", Some(who.desk(app, "away"))).wrong(problem.is_some()),
        errors: ErrorSummary::new(problem.map(|words| ("from-day", words))),
        saved: false,
        shown,
        works: who.may(Right::SeeQueue),
        manages: who.may(Right::ManageStaff),
        typed,
    })
}

pub async fn get(State(app): State<App>, who: SignedIn, Query(asked): Query<Asked>) -> Result<Response, Failure> {
    let saved = asked.done == "saved";
    html(&AwayPage { saved, ..page(&app, &who, Posted::default(), None).await? }, Caching::Never)
}

pub async fn post(State(app): State<App>, who: SignedIn, posted: Posted) -> Result<Response, Failure> {
    let staff = match posted.get("who") {
        "" => None,
        id => Some(Uuid::parse_str(id).map_err(|_| Failure::NotFound)?),
    };
    let (actor, draw, days) = (who.actor.clone(), app.draw(), (posted.date("from"), posted.date("back")));
    let back = posted.get("act") == "back";
    let done = app
        .db
        .write(move |tx| match back {
            true => away::end(&actor, tx, &mut draw.clone(), staff),
            false => away::say(&actor, tx, &mut draw.clone(), staff, days),
        })
        .await;
    match done {
        Ok(()) => Ok(gone_to("/staff/away?done=saved")),
        Err(Error::Refused(refusal)) => {
            let page = page(&app, &who, posted, Some(said(refusal))).await?;
            html_with(StatusCode::UNPROCESSABLE_ENTITY, &page, Caching::Never)
        }
        Err(other) => Err(other.into()),
    }
}
