//! `/property/{uprn}`: next and last day of each kind, how often, by when, what the crew said, and whether to report it.

use super::{Door, Found, drawing::Drawing, found};
use crate::{
    App,
    govuk::BackLink,
    page::{Caching, Failure, Frame, collected, home, html, origin::Origin, when},
};
use askama::Template;
use axum::{
    extract::{Path, State},
    http::HeaderMap,
    response::Response,
};
use casework::bins::Bin;
use collection::{Occurrence, Stand};
use jiff::civil::Date;
use store::site_message::Place;

pub struct Shown {
    pub name: String,
    pub container: String,
    /// What it looks like, where the agency says so.
    pub drawing: Option<Drawing>,
    pub pattern: Option<String>,
    pub next: Option<Day>,
    pub last: Option<Day>,
    pub put_out: String,
    /// The crew's record, or that it is under way.
    pub state: Option<String>,
    pub stand: Option<String>,
    /// What to report it as, where that is allowed.
    pub report: Option<Report>,
    pub cancelled: Vec<String>,
}

pub struct Report {
    pub kind: String,
    /// The crew says why it was left; the report says that this is not right.
    pub disputes: bool,
}

pub struct Day {
    pub words: String,
    /// Where a holiday moved it.
    pub moved: Option<String>,
}

#[derive(Template)]
#[template(path = "bins/property.html")]
pub struct PropertyPage {
    pub frame: Frame,
    pub back: BackLink,
    /// On the page alone: a title stays in the history of a browser.
    pub address: String,
    pub path: String,
    pub uprn: String,
    /// Where a report begins.
    pub action: String,
    pub postcode: String,
    pub agency: String,
    pub agency_url: String,
    pub bins: Vec<Shown>,
    /// How old the days are, where they came in.
    pub age: Option<String>,
    pub is_stale: bool,
    /// For a calendar that subscribes.
    pub webcal: String,
    /// This browser keeps it.
    pub is_kept: bool,
}

pub async fn get(
    State(app): State<App>,
    origin: Origin,
    headers: HeaderMap,
    Path(uprn): Path<String>,
) -> Result<Response, Failure> {
    let found = found(&app, &uprn, &origin.0, Door::Page).await?;
    let today = when::local(app.now()).date();
    let is_kept = home::number(&headers).is_some_and(|number| number == found.property.home.uprn);
    let property = &found.property;
    let calendar = format!("{}{}/calendar.ics", app.setting.public_url, found.path());
    let after = calendar.split_once("://").map_or(calendar.as_str(), |(_, after)| after);
    html(
        &PropertyPage {
            frame: Frame::citizen(&app, "Bin days").told_at(
                &app,
                Place::Waste,
                &found.agency.id,
                home::at(&app, &property.home),
            ),
            address: property.home.address.clone(),
            back: BackLink::to("/bins"),
            path: found.path(),
            uprn: property.home.uprn.clone(),
            action: format!("/report/{}/home", found.bins.report),
            postcode: property.home.postcode.clone(),
            agency: found.agency.name.clone(),
            agency_url: found.agency.url.clone(),
            bins: property.bins.iter().map(|bin| shown(&found, bin, today)).collect(),
            age: property.came_in.map(|at| when::age(at, app.now())),
            is_stale: property.is_stale,
            webcal: format!("webcal://{after}"),
            is_kept,
        },
        // What this browser keeps is its own.
        if is_kept { Caching::Never } else { Caching::Fresh },
    )
}

fn shown(found: &Found, bin: &Bin, today: Date) -> Shown {
    let is_today = bin.next().is_some_and(|next| next.day == today);
    let rules = found.agency.missed.as_ref();
    let state = match &bin.record {
        Some(record) => Some(collected::record(record, rules, &bin.kind)),
        None => is_today.then(|| "It is on its way today.".to_owned()),
    };
    let disputes = rules.is_some_and(|rules| rules.disputes)
        && matches!(bin.stand, Some(Stand::CrewRecorded { .. }))
        && !found.property.is_stale;
    let known = found.bins.container(&bin.kind, &bin.container);
    let is_open = disputes || bin.is_open(found.property.is_stale);
    Shown {
        name: found.kind(&bin.kind),
        container: found.container(bin),
        drawing: known.and_then(|container| container.look.as_ref()).map(Drawing::of),
        pattern: bin.pattern.clone(),
        next: bin.next().map(|next| day(next, today)),
        last: bin.last.as_ref().filter(|last| last.day != today).map(|last| day(last, today)),
        put_out: found.put_out(&bin.put_out),
        state,
        stand: bin.stand.as_ref().map(|stand| collected::stand(stand, &found.agency, &bin.kind)),
        report: is_open.then(|| Report { kind: bin.kind.clone(), disputes }),
        cancelled: bin.cancelled.iter().take(3).map(|(day, why)| cancelled(*day, why)).collect(),
    }
}

fn day(one: &Occurrence, today: Date) -> Day {
    let why = if one.why.is_empty() { String::new() } else { format!(" ({})", one.why) };
    let moved = one.moved().then(|| format!("Moved from {}{why}.", when::weekday(one.planned)));
    Day { words: when::near(one.day, today), moved }
}

fn cancelled(day: Date, why: &str) -> String {
    let why = if why.is_empty() { String::new() } else { format!(": {why}") };
    format!("Not on {}{why}", when::weekday(day))
}
