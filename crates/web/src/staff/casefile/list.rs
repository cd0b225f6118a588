//! `/staff/cases`: those that are worked, or those that ended.

use crate::{
    App,
    page::{Caching, Failure, Frame, html, when},
    staff::session::SignedIn,
};
use askama::Template;
use axum::{
    extract::{Query, State},
    response::Response,
};
use casework::casefile::read::{self, Row};
use serde::Deserialize;

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct Asked {
    pub view: String,
}

#[derive(Template)]
#[template(path = "staff/cases.html")]
pub struct CasesPage {
    pub frame: Frame,
    pub rows: Vec<Row>,
    pub closed: bool,
    pub mine: bool,
    /// As many as the page shows.
    pub cut: bool,
}

impl CasesPage {
    fn changed(&self, row: &Row) -> String {
        when::moment(row.case.changed_at)
    }

    fn review(&self, row: &Row) -> String {
        row.case.review_on.as_ref().and_then(|day| day.parse().ok()).map(when::date).unwrap_or_default()
    }
}

pub async fn get(State(app): State<App>, who: SignedIn, Query(asked): Query<Asked>) -> Result<Response, Failure> {
    let (closed, mine) = (asked.view == "closed", asked.view == "followed");
    let (actor, setting, now) = (who.actor.clone(), app.setting.clone(), app.now());
    let glance = app.draw().glance("work");
    let mut rows = app.db.look(&who.actor, glance, move |look| read::list(&actor, look, &setting, closed, now)).await?;
    let cut = rows.len() as i64 >= store::casefile::MOST;
    rows.retain(|row| !mine || row.follows);
    let frame = Frame::staff(&app, "Cases", Some(who.desk(&app, "cases")));
    html(&CasesPage { frame, rows, closed, mine, cut }, Caching::Never)
}
