//! `/staff/map`: the agency's open reports in a part of the map, as pins and as a list. Both come from one query (C-41).

use super::{
    queue::{Asked, Choice, Table, VIEWS, View, after, choices, filter, groups_of, kept, narrowed},
    session::SignedIn,
};
use crate::{
    App,
    page::{
        Caching, Failure, Frame, Map, gone_to, html, offers,
        view::{WITHIN, around, metre, miles, read, thousands, written},
    },
};
use askama::Template;
use axum::{
    Json,
    extract::{Path, Query, State},
    http::{HeaderValue, header},
    response::{IntoResponse, Response},
};
use casework::report::map::{self, Seen};
use catalogue::Finder;
use places::{Point, cell::Bounds};
use rights::Right;
use serde::{Deserialize, Serialize};

/// Which part of the map.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct Where {
    /// South, west, north, east in degrees.
    #[serde(rename = "box")]
    pub bounds: String,
    /// A postcode, street or place, where there is no box.
    pub place: String,
    /// Miles around it.
    pub within: String,
    pub page: String,
}

/// Where nothing says where the agency is.
const GREAT_BRITAIN: Bounds = Bounds { south: 49.8, west: -8.7, north: 60.9, east: 1.8 };

#[derive(Template)]
#[template(path = "staff/map.html")]
pub struct MapPage {
    pub frame: Frame,
    pub asked: Asked,
    pub place: String,
    pub within: Vec<Choice>,
    /// What was typed is no place we know.
    pub is_lost: bool,
    /// Other places of that name.
    pub others: Vec<Link>,
    pub views: Vec<View>,
    pub services: Vec<Choice>,
    pub teams: Vec<Choice>,
    pub stages: Vec<Choice>,
    pub groups: Vec<Choice>,
    pub wards: Vec<Choice>,
    pub map: Option<Map>,
    /// The filters, and the part of the map, as they stand in an address.
    pub query: String,
    pub bounds: String,
    pub list: String,
    pub total: usize,
    /// None where there are more than can be listed.
    pub table: Option<Table>,
    pub before: Option<String>,
    pub next: Option<String>,
    pub page: usize,
    pub pages: usize,
}

pub struct Link {
    pub words: String,
    pub href: String,
}

impl MapPage {
    fn heading(&self) -> String {
        match self.total {
            0 => "No reports in this view".to_owned(),
            1 => "1 report in this view".to_owned(),
            n => format!("{} reports in this view", thousands(n)),
        }
    }

    fn narrowed(&self) -> bool {
        narrowed(&self.asked)
    }
}

/// What is looked at, and what was found for the words that were typed.
struct Sight {
    bounds: Bounds,
    is_lost: bool,
    others: Vec<catalogue::Found>,
}

pub async fn get(
    State(app): State<App>,
    signed_in: SignedIn,
    Query(asked): Query<Asked>,
    Query(place): Query<Where>,
) -> Result<Response, Failure> {
    rights::hold(&signed_in.actor, Right::SeeQueue)?;
    let now = app.now();
    let sight = sight(&app, &signed_in, &place);
    let (actor, setting, filter) =
        (signed_in.actor.clone(), app.setting.clone(), filter(&app, &signed_in, &asked, now));
    let (bounds, page) = (sight.bounds, place.page.parse().unwrap_or(1));
    let job = move |look: &mut store::Look| map::list(&actor, look, &setting, &filter, bounds, page, now);
    let list = app.db.look(&signed_in.actor, app.draw().glance("work"), job).await?;
    let agency = &signed_in.staff.agency;
    let (query, bounds) = (kept(&asked), written(bounds));
    let here = |page: usize| format!("{}&page={page}", address(&bounds, &query));
    let within = miles(&place.within);
    html(
        &MapPage {
            frame: Frame::staff(&app, "Map", Some(signed_in.desk(&app, "map"))).with_pins(&app),
            views: views(&asked, &bounds),
            services: choices(app.setting.services_of(agency), &asked.service),
            teams: choices(app.setting.teams_of(agency), &asked.team),
            stages: choices(app.setting.stages_of(agency), &asked.stage),
            groups: choices(groups_of(&app, agency), &asked.group),
            wards: choices(offers::wards(&app), &asked.ward),
            map: Map::of(&app, &[]),
            within: choices(WITHIN.map(|(value, words)| (value.to_owned(), words.to_owned())), within),
            is_lost: sight.is_lost,
            others: sight.others.iter().filter_map(|found| other(found, &query, within)).collect(),
            list: format!("/staff{}", after(&query, '?')),
            before: (list.page > 1).then(|| here(list.page - 1)),
            next: (list.page < list.pages).then(|| here(list.page + 1)),
            place: place.place.chars().take(100).collect(),
            total: list.total,
            table: list.rows.map(|rows| Table { rows, now, ticks: false }),
            page: list.page,
            pages: list.pages,
            asked,
            query,
            bounds,
        },
        Caching::Never,
    )
}

/// What the map's script draws. Numbers, kinds and places alone: who reported is on the report's own page.
#[derive(Serialize)]
struct Drawn {
    total: usize,
    kinds: Vec<String>,
    /// Latitude, longitude, number, which of the kinds, look: 1 urgent, 2 overdue, 3 both.
    pins: Vec<(f64, f64, i64, usize, u8)>,
    /// Latitude, longitude, how many.
    clusters: Vec<(f64, f64, i64)>,
}

pub async fn pins(
    State(app): State<App>,
    signed_in: SignedIn,
    Query(asked): Query<Asked>,
    Query(place): Query<Where>,
) -> Result<Response, Failure> {
    rights::hold(&signed_in.actor, Right::SeeQueue)?;
    let bounds = read(&place.bounds).ok_or(Failure::Unreadable)?;
    let now = app.now();
    let (actor, filter) = (signed_in.actor.clone(), filter(&app, &signed_in, &asked, now));
    let job = move |look: &mut store::Look| map::pins(&actor, look, &filter, bounds);
    let seen = app.db.look(&signed_in.actor, app.draw().glance("work"), job).await?;
    let mut drawn = Drawn { total: seen.total(), kinds: Vec::new(), pins: Vec::new(), clusters: Vec::new() };
    match seen {
        Seen::Groups(groups) => {
            drawn.clusters = groups.iter().map(|group| (metre(group.lat), metre(group.lon), group.count)).collect();
        }
        Seen::Pins(pins) => {
            let mut services: Vec<&str> = Vec::new();
            for pin in &pins {
                let kind = services.iter().position(|service| *service == pin.service).unwrap_or_else(|| {
                    services.push(&pin.service);
                    services.len() - 1
                });
                let (urgent, overdue) = map::look_of(pin, now);
                let look = u8::from(urgent) + 2 * u8::from(overdue);
                drawn.pins.push((metre(pin.lat), metre(pin.lon), pin.number, kind, look));
            }
            drawn.kinds = services.iter().map(|service| app.setting.service_name(service)).collect();
        }
    }
    let never = [(header::CACHE_CONTROL, HeaderValue::from_static("no-store"))];
    Ok((never, Json(drawn)).into_response())
}

/// From a pin to its report.
pub async fn one(State(app): State<App>, signed_in: SignedIn, Path(number): Path<String>) -> Result<Response, Failure> {
    let number = number.parse().map_err(|_| Failure::NotFound)?;
    let actor = signed_in.actor.clone();
    let reference = app.db.read(move |tx| map::reference(&actor, tx, number)).await?;
    Ok(gone_to(&format!("/staff/reports/{reference}")))
}

fn sight(app: &App, signed_in: &SignedIn, asked: &Where) -> Sight {
    let seen = |bounds| Sight { bounds, is_lost: false, others: Vec::new() };
    if let Some(bounds) = read(&asked.bounds) {
        return seen(bounds);
    }
    let geography = app.setting.geography();
    let whole = || {
        let agency = app.setting.catalogue.agency(&signed_in.staff.agency);
        let codes: Vec<&str> = agency.iter().flat_map(|agency| &agency.areas).map(String::as_str).collect();
        geography.extent(&codes).and_then(|(low, high)| Bounds::new(low, high)).unwrap_or(GREAT_BRITAIN)
    };
    let typed: String = asked.place.trim().chars().take(100).collect();
    if typed.is_empty() {
        return seen(whole());
    }
    let mut found = geography.find(&typed).into_iter();
    let Some(point) = found.next().and_then(|found| Point::new(found.lat, found.lon)) else {
        return Sight { is_lost: true, ..seen(whole()) };
    };
    Sight { others: found.collect(), ..seen(around(point, miles(&asked.within))) }
}

/// The ready-made views that are of open reports.
fn views(asked: &Asked, bounds: &str) -> Vec<View> {
    let open = VIEWS.iter().filter(|(view, _)| *view != "closed");
    open.map(|(view, words)| View {
        words,
        href: address(bounds, &kept(&Asked { view: (*view).into(), ..Asked::default() })),
        here: asked.view == *view,
    })
    .collect()
}

fn other(found: &catalogue::Found, query: &str, within: &str) -> Option<Link> {
    let bounds = around(Point::new(found.lat, found.lon)?, within);
    Some(Link { words: found.full_label(), href: address(&written(bounds), query) })
}

fn address(bounds: &str, query: &str) -> String {
    format!("/staff/map?box={bounds}{}", after(query, '&'))
}
