//! `/staff/reports/{reference}/history`: who of the agency opened a report, for those who answer for it (J-33 to J-36).

use super::session::SignedIn;
use crate::{
    App,
    page::{Caching, Failure, Frame, html, when},
};
use askama::Template;
use axum::{
    extract::{Path, State},
    response::Response,
};
use casework::{
    codes,
    report::work::{self, Seen},
};
use std::collections::BTreeSet;
use store::journal::MOST_LOOKS;

#[derive(Template)]
#[template(path = "staff/history.html")]
pub struct HistoryPage {
    pub frame: Frame,
    pub reference: String,
    pub looks: Vec<Seen>,
    /// There are more than the page shows.
    pub cut: bool,
}

impl HistoryPage {
    fn when(&self, seen: &Seen) -> String {
        when::moment(seen.at)
    }

    fn shown(&self, seen: &Seen) -> String {
        let words: BTreeSet<&str> = seen.groups.iter().map(|group| group_words(group)).collect();
        words.into_iter().collect::<Vec<_>>().join(", ")
    }

    fn why<'s>(&self, seen: &'s Seen) -> &'s str {
        if let Some((_, words)) = casework::report::work::NEEDS.iter().find(|(id, _)| *id == seen.reason) {
            return words;
        }
        match seen.reason.as_str() {
            "work" => "To work on it",
            "check" => "To check who opened it",
            other => other,
        }
    }
}

/// What was read, in the words of the report's page.
fn group_words(group: &str) -> &'static str {
    match group {
        "summary" => "Summary",
        "place" => "Place",
        "contact" => "Name and contact details",
        "evidence" => "Evidence",
        "special" | "restricted" => "Sensitive answers",
        "plain" | "personal" => "What the resident told us",
        "files" => "Photos and files",
        "thread" => "What has happened",
        "assessment" => "How urgent it is",
        "property" => "Things that may be in another report",
        "earlier" => "How many earlier reports",
        "history" => "This list",
        _ => "Other",
    }
}

pub async fn get(
    State(app): State<App>,
    signed_in: SignedIn,
    Path(reference): Path<String>,
) -> Result<Response, Failure> {
    let reference = codes::read_reference(&reference).ok_or(Failure::NotFound)?;
    let actor = signed_in.actor.clone();
    let glance = app.draw().glance("check");
    let (head, looks) =
        app.db.look(&signed_in.actor, glance, move |look| work::history(&actor, look, &reference)).await?;
    let title = format!("Who opened report {}", codes::show_reference(&head.reference));
    html(
        &HistoryPage {
            frame: Frame::staff(&app, title, Some(signed_in.desk(&app, "queue"))),
            cut: looks.len() as i64 >= MOST_LOOKS,
            reference: head.reference,
            looks,
        },
        Caching::Never,
    )
}
