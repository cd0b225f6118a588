//! `/track/{reference}/paper`: a copy for an insurer as a PDF: that it was reported, when, where, its crime number and the
//! things taken. Nothing of people, nothing that staff wrote.

use super::visit::Visiting;
use crate::{
    App,
    page::{Failure, when},
};
use axum::{
    extract::State,
    http::{HeaderValue, header},
    response::{IntoResponse, Response},
};
use casework::{
    codes,
    report::follow::{self, Following},
};
use paper::{Block, Fonts, Paper, Rank};
use store::Time;

pub async fn get(State(app): State<App>, visiting: Visiting) -> Result<Response, Failure> {
    let (actor, setting, now) = (visiting.actor.clone(), app.setting.clone(), app.now());
    let shown = app.db.read(move |tx| follow::following(&actor, tx, &setting, now)).await?;
    let fonts = app.assets.paper_fonts();
    let bytes = Fonts::read(&fonts.regular, &fonts.bold)
        .and_then(|fonts| words(&shown, now, &fonts).pdf(&fonts))
        .map_err(|fault| {
            tracing::error!(%fault, "no paper can be made");
            Failure::Broken
        })?;
    let mut response = bytes.into_response();
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("application/pdf"));
    // The name says nothing of the matter (P-52).
    headers.insert(header::CONTENT_DISPOSITION, HeaderValue::from_static("attachment; filename=\"report.pdf\""));
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    Ok(response)
}

/// What stands on it.
pub fn words(shown: &Following, now: Time, fonts: &Fonts) -> Paper {
    let reference = codes::show_reference(&shown.head.reference);
    let what = if shown.head.sensitive { "Report".to_owned() } else { shown.service_title.clone() };
    let mut rows = vec![
        ("Reference".to_owned(), reference.clone()),
        ("What was reported".to_owned(), what),
        ("When we got it".to_owned(), when::moment(shown.head.first_received_at)),
        ("Where".to_owned(), shown.spot.place.clone()),
    ];
    for part in &shown.parts {
        rows.push(("Who deals with it".to_owned(), part.agency_name.clone()));
        rows.push(("How it stands".to_owned(), part.stage_name.clone()));
        for crime in part.crimes.iter().filter(|crime| !crime.cancelled) {
            let number = crime.number.clone().unwrap_or_else(|| "Not given yet".to_owned());
            rows.push(("Crime number".to_owned(), number));
            rows.push(("Recorded as".to_owned(), format!("{}, on {}", crime.offence, when::day(crime.recorded_at))));
        }
    }
    let mut blocks = vec![Block::Rows(rows)];
    for things in shown.answers.iter().filter(|answer| answer.things) {
        blocks.push(Block::Heading(Rank::First, things.label.clone()));
        blocks.push(Block::Rows(
            things.lines.iter().map(|line| (line.name.clone().unwrap_or_default(), line.text.clone())).collect(),
        ));
    }
    if !shown.added.is_empty() {
        blocks.push(Block::Heading(Rank::First, "Told later".to_owned()));
        blocks.push(Block::Rows(
            shown.added.iter().map(|added| (when::moment(added.at), added.words.replace('\n', ". "))).collect(),
        ));
    }
    blocks.push(Block::Note(
        "This paper says what was reported to us. It does not say what happened or who was at fault.".to_owned(),
    ));
    let mut paper = Paper {
        language: "en-GB".to_owned(),
        title: format!("Report {reference}"),
        made: format!("Made on {}", when::moment(now)),
        header: shown.parts.iter().map(|part| part.agency_name.as_str()).collect::<Vec<_>>().join(", "),
        reference,
        pages: "Page {page} of {pages}".to_owned(),
        blocks,
    };
    if !paper.stood_in_for(fonts).is_empty() {
        let sign = fonts.stands_in();
        paper.blocks.push(Block::Note(format!(
            "Where you see {sign}, this paper cannot draw the letter. Copy the text to read it, or look at the report online."
        )));
    }
    paper
}
