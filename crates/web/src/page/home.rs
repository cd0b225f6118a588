//! The home whose bin days a browser shows on the front page: its number in a cookie, kept because somebody pressed for it.

use super::{Failure, cookie, when};
use crate::App;
use axum::http::HeaderMap;
use casework::bins;
use catalogue::Finder;
use jiff::civil::Date;
use store::premises::Premises;

pub const COOKIE: &str = "home";
/// A year; the page says that it can be forgotten.
pub const SECONDS: i64 = 365 * 24 * 60 * 60;

/// What the front page says of it.
pub struct Card {
    pub path: String,
    /// Where the home is.
    pub at: Option<(f64, f64)>,
    /// What is collected, and when.
    pub days: Vec<(String, String)>,
    pub is_stale: bool,
}

/// The number in the cookie, if it has the form of one.
pub fn number(headers: &HeaderMap) -> Option<String> {
    let word = cookie::word(headers, COOKIE)?;
    collection::rows::uprn(&word).filter(|number| *number == word)
}

/// Where a home is: its own point, or the middle of its postcode.
pub fn at(app: &App, home: &Premises) -> Option<(f64, f64)> {
    let near = || app.setting.geography().find(&home.postcode).first().map(|found| (found.lat, found.lon));
    home.lat.zip(home.lon).or_else(near)
}

/// The next day of each kind, the soonest first. None where the browser keeps no home, or one that is not known any more.
pub async fn card(app: &App, headers: &HeaderMap, origin: &str) -> Result<Option<Card>, Failure> {
    let Some(number) = number(headers) else { return Ok(None) };
    let now = app.now();
    let limits = app.setting.catalogue.agencies().iter().filter_map(|agency| agency.bins.as_ref());
    let most = limits.map(|bins| bins.lookups.properties).max().unwrap_or_default();
    // A cookie that is written by hand is a look-up like another (C-34).
    if !app.lookups.home("page", origin, &number, most, now) {
        return Ok(None);
    }
    let setting = app.setting.clone();
    let Some(property) = app.db.read(move |tx| bins::property(tx, &setting, &number, now)).await? else {
        return Ok(None);
    };
    let agency = app.setting.catalogue.agency(&property.home.agency);
    let Some(kinds) = agency.and_then(|agency| agency.bins.as_ref()) else { return Ok(None) };
    let name = |id: &str| kinds.kind(id).map_or_else(|| id.replace(['_', '-'], " "), |kind| kind.name.clone());
    let today = when::local(now).date();
    let next = |bin: &bins::Bin| Some((bin.next()?.day, name(&bin.kind)));
    let mut days: Vec<(Date, String)> = property.bins.iter().filter_map(next).collect();
    days.sort();
    Ok(Some(Card {
        path: format!("/property/{}", property.home.uprn),
        at: at(app, &property.home),
        days: days.into_iter().map(|(day, name)| (name, when::near(day, today))).collect(),
        is_stale: property.is_stale,
    }))
}
