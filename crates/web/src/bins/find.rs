//! `/bins`: which property is meant. What was typed is kept nowhere.

use crate::{
    App,
    govuk::{BackLink, Button, ErrorSummary, Input},
    page::{Caching, Failure, Frame, gone_to, html, html_with, lookups::limits, origin::Origin},
};
use askama::Template;
use axum::{
    extract::{Query, State},
    http::StatusCode,
    response::Response,
};
use casework::bins;
use store::site_message::Place;

/// Letters of an address that was typed.
const MOST: usize = 100;

pub struct Home {
    pub words: String,
    pub href: String,
}

#[derive(Template)]
#[template(path = "bins/find.html")]
pub struct FindPage {
    pub frame: Frame,
    pub back: BackLink,
    pub errors: ErrorSummary,
    pub text: Input,
    pub button: Button,
    pub homes: Vec<Home>,
    /// Nothing was found: who else may know.
    pub unknown: bool,
    /// Councils that take a missing address, by name, and where.
    pub missing: Vec<(String, String)>,
}

pub async fn get(
    State(app): State<App>,
    origin: Origin,
    Query(pairs): Query<Vec<(String, String)>>,
) -> Result<Response, Failure> {
    let Some((_, typed)) = pairs.iter().find(|(name, _)| name == "q") else {
        return html(&page(&app, "", None, Vec::new(), false), Caching::Fresh);
    };
    let plain: String = typed.chars().map(|letter| if letter.is_control() { ' ' } else { letter }).collect();
    let typed: String = plain.trim().chars().take(MOST).collect();
    let wrong = |words: &'static str, unknown: bool| {
        html_with(
            StatusCode::UNPROCESSABLE_ENTITY,
            &page(&app, &typed, Some(words), Vec::new(), unknown),
            Caching::Never,
        )
    };
    if typed.is_empty() {
        return wrong("Enter a postcode or an address", false);
    }
    if limits(&app).is_some_and(|limits| !app.lookups.request(&origin.0, limits.requests, app.now())) {
        return Err(Failure::TooMany);
    }
    let asked = typed.clone();
    let homes = app.db.read(move |tx| bins::find(tx, &asked)).await?;
    match &homes[..] {
        [] => wrong("We do not know bin days for that. Try your postcode", true),
        [home] => Ok(gone_to(&format!("/property/{}", home.uprn))),
        _ => {
            let home = |home: &store::premises::Premises| Home {
                words: format!("{}, {}", home.address, home.postcode),
                href: format!("/property/{}", home.uprn),
            };
            html(&page(&app, &typed, None, homes.iter().map(home).collect(), false), Caching::Never)
        }
    }
}

fn page(app: &App, typed: &str, wrong: Option<&'static str>, homes: Vec<Home>, unknown: bool) -> FindPage {
    let title = if homes.is_empty() { "When are my bins collected?" } else { "Which home is it?" };
    FindPage {
        frame: Frame::citizen(app, title).wrong(wrong.is_some()).told(app, Place::Waste, None),
        back: BackLink::to(if homes.is_empty() { "/" } else { "/bins" }),
        errors: ErrorSummary::new(wrong.map(|words| ("q", words))),
        text: Input::new("q", "q", "What is your postcode?")
            .hint("Or the first line of your address. We do not keep it.")
            .autocomplete("postal-code")
            .value(typed)
            .error(wrong),
        button: Button { prevent_double_click: None, ..Button::text("Find my bin days") },
        homes,
        unknown,
        missing: missing(app),
    }
}

/// Where a home is reported that is not in the list: each agency with bins that takes it.
fn missing(app: &App) -> Vec<(String, String)> {
    let agencies = app.setting.catalogue.agencies().iter();
    let taking = agencies.filter_map(|agency| {
        let service = agency.bins.as_ref()?.missing_address.as_ref()?;
        Some((agency.name.clone(), format!("/report/{service}")))
    });
    taking.collect()
}
