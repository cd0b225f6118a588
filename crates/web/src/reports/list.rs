//! `/reports`: near a place as a map and a list of one query; without a place, the newest everywhere.

use super::{Asked, Where, far, joined, stands};
use crate::{
    App,
    page::{
        Caching, Failure, Frame, Map, gone_to, html,
        offers::{agencies, groups, services, wards},
        view::{WITHIN, miles, thousands, written},
        when,
    },
};
use askama::Template;
use axum::{
    extract::{Query, State},
    response::Response,
};
use casework::{
    codes,
    report::publication::{self, Listed, Page, Sort},
};
use places::cell::Bounds;
use store::queue::MOST_COUNTED;

pub struct Choice {
    pub value: String,
    pub words: String,
    pub chosen: bool,
}

pub struct Link {
    pub words: String,
    pub href: String,
}

#[derive(Template)]
#[template(path = "reports/list.html")]
pub struct ListPage {
    pub frame: Frame,
    pub asked: Asked,
    pub is_lost: bool,
    pub others: Vec<Link>,
    pub within: Vec<Choice>,
    pub states: Vec<Choice>,
    pub services: Vec<Choice>,
    pub groups: Vec<Choice>,
    pub agencies: Vec<Choice>,
    pub wards: Vec<Choice>,
    pub sorts: Vec<Choice>,
    pub map: Option<Map>,
    pub bounds: String,
    /// The filters, as they stand in an address.
    pub query: String,
    pub alerts: String,
    pub feed: String,
    pub rss: String,
    pub csv: String,
    pub json: String,
    pub page: Page,
    /// To those that ended long ago too, where there are any.
    pub older: Option<Link>,
    pub before: Option<String>,
    pub next: Option<String>,
}

impl ListPage {
    fn heading(&self) -> String {
        match self.page.total {
            None => match self.asked.sort() {
                Sort::Changed => "Last changed".to_owned(),
                Sort::MeToo => "What most people have".to_owned(),
                Sort::Newest | Sort::Nearest => "The newest".to_owned(),
            },
            Some(0) => "No reports here".to_owned(),
            Some(1) => "1 report here".to_owned(),
            Some(n) => format!("{} reports here", thousands(n)),
        }
    }

    fn narrowed(&self) -> bool {
        !self.query.is_empty()
    }

    fn stands(&self, row: &Listed) -> &'static str {
        stands(row.stand)
    }

    fn look(&self, row: &Listed) -> &'static str {
        match row.stand {
            store::publication::Stand::Open => "govuk-tag--blue",
            store::publication::Stand::Fixed => "govuk-tag--green",
            store::publication::Stand::Closed => "govuk-tag--grey",
        }
    }

    fn day(&self, row: &Listed) -> String {
        when::day(row.received_at)
    }

    fn far(&self, row: &Listed) -> String {
        row.metres.map(far).unwrap_or_default()
    }
}

fn choices(known: impl IntoIterator<Item = (String, String)>, chosen: &str) -> Vec<Choice> {
    known.into_iter().map(|(value, words)| Choice { chosen: value == chosen, value, words }).collect()
}

fn worded<'a>(known: impl Iterator<Item = (&'a str, &'a str)>) -> Vec<(String, String)> {
    known.map(|(value, words)| (value.to_owned(), words.to_owned())).collect()
}

/// The number that is hidden (C-43).
fn hidden(n: i64) -> String {
    match n {
        1 => "Show 1 report that ended long ago".to_owned(),
        MOST_COUNTED.. => "Show 1,000 or more reports that ended long ago".to_owned(),
        n => format!("Show {n} reports that ended long ago"),
    }
}

pub async fn get(State(app): State<App>, Query(asked): Query<Asked>) -> Result<Response, Failure> {
    // Who types the number of a report in place of a place looks for that report.
    if let Some(reference) = codes::read_reference(&asked.place) {
        let number = reference.clone();
        if app.db.read(move |tx| publication::place_of(tx, &number)).await?.is_some() {
            return Ok(gone_to(&format!("/reports/{reference}")));
        }
    }
    let (filter, sort, after) = (asked.filter(&app), asked.sort(), asked.after());
    let (here, is_lost) = match asked.place(&app) {
        Where::Everywhere => (None, false),
        Where::Lost => (None, true),
        Where::Here { bounds, centre, others } => (Some((bounds, centre, others)), false),
    };
    let number = asked.page.parse().unwrap_or(1);
    let (setting, looked_at) = (app.setting.clone(), here.as_ref().map(|(bounds, centre, _)| (*bounds, *centre)));
    let read = app.db.read(move |tx| match looked_at {
        Some(at) => publication::around(tx, &setting, &filter, at, sort, (number, after.as_ref())),
        None => publication::list(tx, &setting, &filter, sort, after.as_ref()),
    });
    let page = read.await?;
    let (query, place) = (asked.filters(), asked.wherever());
    let link = |path: &str, more: &str| format!("{path}{}", joined(&[&place, &query, more]));
    let next = match &page.next {
        Some(last) => Some(link("/reports", &format!("after={}.{}", last.key, last.reference))),
        None => (page.page < page.pages).then(|| link("/reports", &format!("page={}", page.page + 1))),
    };
    let others = here.as_ref().map(|(_, _, others)| others.as_slice()).unwrap_or_default();
    let bounds: Option<Bounds> = here.as_ref().map(|(bounds, ..)| *bounds);
    // What somebody typed as a place stands in the page.
    let caching = if place.is_empty() { Caching::Fresh } else { Caching::Never };
    let older = (page.older > 0).then(|| Link { words: hidden(page.older), href: link("/reports", "older=yes") });
    let bare = asked.place.trim().is_empty() && asked.bounds.is_empty() && asked.ward.is_empty();
    let sorts = [("", "Newest"), ("changed", "Last changed"), ("me_too", "Most people"), ("nearest", "Nearest")];
    // Without a place nothing is nearest.
    let sorts = if bare { &sorts[..3] } else { &sorts[..] };
    let states = [("", "Any"), ("open", "Open"), ("fixed", "Fixed"), ("closed", "Closed")];
    html(
        &ListPage {
            frame: Frame::citizen(&app, "Reports near you").wrong(is_lost).with_pins(&app),
            is_lost,
            others: others.iter().map(|found| other(found, &query)).collect(),
            within: choices(worded(WITHIN.into_iter()), miles(&asked.within)),
            states: choices(worded(states.into_iter()), &asked.state),
            services: choices(services(&app), &asked.service),
            groups: choices(groups(&app), &asked.group),
            wards: choices(wards(&app), &asked.ward),
            agencies: choices(agencies(&app), &asked.agency),
            sorts: choices(worded(sorts.iter().copied()), &asked.sort),
            map: bounds.and_then(|_| Map::of(&app, &[])),
            bounds: bounds.map(written).unwrap_or_default(),
            alerts: link("/alerts", ""),
            feed: link("/reports/feed", ""),
            rss: link("/reports/rss", ""),
            csv: link("/reports/data.csv", ""),
            json: link("/reports/data.json", ""),
            before: (page.page > 1).then(|| link("/reports", &format!("page={}", page.page - 1))),
            next,
            older,
            query,
            page,
            asked,
        },
        caching,
    )
}

fn other(found: &catalogue::Found, query: &str) -> Link {
    let href = format!("/reports{}", joined(&[&format!("place={:.5},{:.5}", found.lat, found.lon), query]));
    Link { words: found.full_label(), href }
}
