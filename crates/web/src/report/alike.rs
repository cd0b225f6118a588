//! `/report/{service}/alike`: open reports of the same kind close by, before anything else is asked (C-46). Somebody may see that
//! it is known, say that they have it too, and be done.

use super::{journey::Journey, page, way};
use crate::{
    App,
    govuk::{BackLink, Button},
    page::{Caching, Failure, Frame, gone_to, html, when},
};
use askama::Template;
use axum::{extract::State, response::Response};
use casework::{
    codes,
    report::publication::{self, Alike, Listed},
};
use catalogue::Answer;

/// The most that are offered.
const MOST: usize = 5;

#[derive(Template)]
#[template(path = "report/alike.html")]
pub struct AlikePage {
    pub frame: Frame,
    pub back: BackLink,
    pub near: Vec<Alike>,
    pub it_is: Button,
    pub go_on: Button,
}

impl AlikePage {
    fn day(&self, row: &Listed) -> String {
        when::day(row.received_at)
    }

    fn shown(&self, row: &Listed) -> String {
        codes::show_reference(&row.reference)
    }

    fn far(&self, row: &Listed) -> String {
        format!("About {} metres away", ((row.metres.unwrap_or_default() / 10.0).round() * 10.0).max(10.0))
    }
}

/// Those near the place that was just given; none where the service or its agency wants none, or where there is no point.
pub async fn near(app: &App, journey: &Journey) -> Result<Vec<Listed>, Failure> {
    let service = &journey.service;
    let place = service.deciding_place().and_then(|question| journey.answers.get(&question.id));
    let Some(Answer::Place(place)) = place else { return Ok(Vec::new()) };
    let Some((lat, lon)) = place.point.filter(|_| service.public) else { return Ok(Vec::new()) };
    let within = app.setting.alike_within(&service.id, lat, lon);
    if within <= 0.0 {
        return Ok(Vec::new());
    }
    let (setting, id) = (app.setting.clone(), service.id.clone());
    let read = app.db.read(move |tx| publication::alike(tx, &setting, &id, (lat, lon), (within, MOST)));
    Ok(read.await?)
}

pub async fn get(State(app): State<App>, journey: Journey) -> Result<Response, Failure> {
    journey.live()?;
    let near = near(&app, &journey).await?;
    if journey.is_sent() || near.is_empty() {
        return Ok(gone_to(&journey.stands()));
    }
    let setting = app.setting.clone();
    let near = app.db.read(move |tx| publication::look_alike(tx, &setting, &near)).await?;
    let service = &journey.service;
    let back = service.deciding_place().map(|question| way::question(&service.id, &question.id, &[]));
    html(
        &AlikePage {
            frame: page::frame(&app, &journey, false, "Is it one of these?")
                .with_files(&app, near.iter().any(|one| !one.listed.photos.is_empty())),
            back: BackLink::to(back.unwrap_or_else(|| way::begin(&service.id))),
            near,
            it_is: Button::text("It is this one").secondary(),
            go_on: Button::link("None of these: go on", journey.stands()),
        },
        Caching::Never,
    )
}
