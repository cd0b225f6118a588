//! `/figures`: how each agency keeps what it promises, in sums (P-110). Small numbers are withheld (P-100).

use crate::{
    App,
    page::{Caching, Failure, Frame, html},
};
use askama::Template;
use axum::{extract::State, response::Response};
use casework::report::{
    feedback::{self, Said},
    record::{self, Measure, SPAN_HOURS},
};
use store::clock::Kept;

/// A share of fewer than these could be told of single people (P-100).
const LEAST: i64 = 5;
/// However many look, the limits of four weeks are counted once in this time.
pub const FRESH_SECONDS: i64 = 300;

#[derive(Template)]
#[template(path = "front/figures.html")]
pub struct FiguresPage {
    pub frame: Frame,
    pub agencies: Vec<Done>,
}

/// What one agency did.
#[derive(Clone)]
pub struct Done {
    pub name: String,
    pub measures: Vec<Measure>,
    pub said: Option<Said>,
}

impl FiguresPage {
    fn share(&self, measure: &Measure) -> String {
        share(measure.kept)
    }

    fn said(&self, said: &Said) -> String {
        of(said.good, said.all)
    }
}

/// The share that was in time.
pub fn share(kept: Kept) -> String {
    of(kept.met, kept.met + kept.late + kept.open)
}

fn of(part: i64, all: i64) -> String {
    match all {
        few if few < LEAST => "Too few to say".to_owned(),
        all => format!("{} % of {all}", part * 100 / all),
    }
}

pub async fn get(State(app): State<App>) -> Result<Response, Failure> {
    let (setting, now) = (app.setting.clone(), app.now());
    let read = app.db.read(move |tx| {
        let mut all = Vec::new();
        for agency in setting.catalogue.agencies() {
            let measures = record::measures(tx, &setting, &agency.id, now.plus_hours(-SPAN_HOURS), now)?;
            let said = feedback::said(tx, &setting, &agency.id, now)?;
            all.push(Done { name: agency.name.clone(), measures, said });
        }
        Ok::<_, casework::Error>(all)
    });
    let agencies = app.promises.or(now, FRESH_SECONDS, read).await?;
    html(&FiguresPage { frame: Frame::citizen(&app, "How we do"), agencies }, Caching::Fresh)
}
