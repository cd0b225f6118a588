//! `/figures`: how each agency keeps what it promises, in sums (P-110). Small numbers are withheld (P-100).

use crate::{
    App,
    page::{Caching, Failure, Frame, html, share},
};
use askama::Template;
use axum::{extract::State, response::Response};
use casework::report::{
    feedback::{self, Said},
    record::{self, Measure, SPAN_HOURS},
};

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
        share::in_time(measure.kept)
    }

    fn said(&self, said: &Said) -> String {
        share::of(said.good, said.all)
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
    let agencies = app.promises.or(now, share::FRESH_SECONDS, read).await?;
    html(&FiguresPage { frame: Frame::citizen(&app, "How we do"), agencies }, Caching::Fresh)
}
