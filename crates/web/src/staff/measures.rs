//! `/staff/measures`: how the agency keeps its limits, for those who answer for it (P-69).

use super::session::SignedIn;
use crate::{
    App,
    page::{Caching, Failure, Frame, html, when},
};
use askama::Template;
use axum::{extract::State, response::Response};
use casework::{
    codes,
    report::record::{self, Board, SPAN_HOURS},
};
use store::{Time, clock::Broken};

#[derive(Template)]
#[template(path = "staff/measures.html")]
pub struct MeasuresPage {
    pub frame: Frame,
    pub board: Board,
    pub now: Time,
    setting: std::sync::Arc<casework::Setting>,
    agency: String,
}

impl MeasuresPage {
    fn by(&self, at: &Time) -> String {
        when::by(*at)
    }

    fn late(&self, broken: &Broken) -> String {
        when::age(broken.due_at, self.now)
    }

    fn raised(&self, broken: &Broken) -> Option<String> {
        self.setting.raised_to(&self.agency, &broken.rule, broken.due_at, self.now)
    }

    fn who(&self, broken: &Broken) -> String {
        let team = || self.setting.team_name(&self.agency, &broken.team).unwrap_or_else(|| broken.team.clone());
        broken.assignee.clone().unwrap_or_else(|| format!("Team: {}", team()))
    }

    fn reference(&self, broken: &Broken) -> String {
        codes::show_reference(&broken.reference)
    }
}

pub async fn get(State(app): State<App>, signed_in: SignedIn) -> Result<Response, Failure> {
    let (actor, setting, now) = (signed_in.actor.clone(), app.setting.clone(), app.now());
    let board = app.db.read(move |tx| record::board(&actor, tx, &setting, now.plus_hours(-SPAN_HOURS), now)).await?;
    let page = MeasuresPage {
        frame: Frame::staff(&app, "How we keep our limits", Some(signed_in.desk(&app, "measures"))),
        setting: app.setting.clone(),
        agency: signed_in.staff.agency.clone(),
        board,
        now,
    };
    html(&page, Caching::Never)
}
