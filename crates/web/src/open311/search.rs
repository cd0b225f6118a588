//! Which reports a program asks for, from what it said. Every fault is one error.

use super::{DAYS, MOST, door::Door, errors::Told, params::Asked, services, stamp};
use crate::App;
use casework::codes;
use store::{
    Time,
    publication::{After, Stand},
    request::{Near, Wanted},
};

/// Metres in a degree of latitude.
const DEGREE: f64 = 111_195.0;
/// A page that is asked for by its number alone is reached by reading those before it; there are no more of them than this.
const MOST_PAGES: usize = 20;

/// What is asked for, and which page of it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Search {
    pub wanted: Wanted,
    /// Nothing can be meant: another agency is asked for.
    pub nothing: bool,
    /// Only with a photo that everybody may see, or only without. A page may then hold fewer, and the next one more.
    pub has_photo: Option<bool>,
    pub page: Page,
}

#[derive(Clone, Debug, Default, PartialEq)]
pub struct Page {
    pub number: usize,
    pub size: usize,
    /// The key of the last row of the page before, as it was given.
    pub after: Option<String>,
}

impl Page {
    /// Rows to pass over where only the number of the page is known.
    pub fn skipped(&self) -> usize {
        if self.after.is_some() { 0 } else { (self.number - 1) * self.size }
    }

    pub fn from(&self) -> Option<After> {
        let (at, reference) = self.after.as_deref()?.split_once('.')?;
        Some(After { key: at.parse().ok()?, reference: reference.chars().take(20).collect() })
    }
}

impl Asked {
    /// `lat` with `long`; none where neither is given.
    pub fn point(&self) -> Result<Option<(f64, f64)>, Told> {
        let mut errors = Vec::new();
        let point = point(self, &mut errors);
        if errors.is_empty() { Ok(point) } else { Err(Told::wrong(errors)) }
    }
}

fn number(asked: &Asked, name: &str, most: f64, errors: &mut Vec<String>) -> Option<f64> {
    let text = asked.get(name)?;
    let number = text.parse::<f64>().ok().filter(|n| n.is_finite() && n.abs() <= most);
    if number.is_none() {
        errors.push(format!("{name} is not a number that can be"));
    }
    number
}

fn point(asked: &Asked, errors: &mut Vec<String>) -> Option<(f64, f64)> {
    let (lat, lon) = (number(asked, "lat", 90.0, errors), number(asked, "long", 180.0, errors));
    if asked.get("lat").is_some() != asked.get("long").is_some() {
        errors.push("lat and long go together".to_owned());
    }
    lat.zip(lon)
}

fn near(asked: &Asked, errors: &mut Vec<String>) -> Option<Near> {
    let point = point(asked, errors);
    let radius = number(asked, "radius", 1e7, errors);
    if asked.get("radius").is_some() != asked.get("lat").is_some() {
        errors.push("lat, long and radius go together".to_owned());
    }
    if radius.is_some_and(|metres| metres < 0.0) {
        errors.push("radius is not a number that can be".to_owned());
    }
    let ((lat, lon), metres) = point.zip(radius)?;
    let narrowing = lat.to_radians().cos().powi(2);
    Some(Near { lat, lon, narrowing, square: (metres / DEGREE).powi(2) })
}

/// The ends of a span, both of them in it. Without either, the last so many days.
pub fn span(asked: &Asked, names: [&str; 2], now: Time, errors: &mut Vec<String>) -> (Option<Time>, Option<Time>) {
    let mut read = |name: &str| {
        let text = asked.get(name)?;
        let found = stamp::read(text);
        if found.is_none() {
            errors.push(format!("{name} is not a time in W3CDTF with its zone, such as 2026-05-22T10:05:00+01:00"));
        }
        found
    };
    let (from, to) = (read(names[0]), read(names[1]));
    match (from, to) {
        (None, None) => (Some(now.plus_hours(-24 * DAYS)), None),
        (from, to) => (from.map(|(from, _)| from), to.map(|(_, to)| to)),
    }
}

pub fn page(asked: &Asked, errors: &mut Vec<String>) -> Page {
    let mut whole = |name: &str, otherwise: usize| match asked.get(name) {
        None => otherwise,
        Some(text) => text.parse().ok().filter(|n| *n > 0).unwrap_or_else(|| {
            errors.push(format!("{name} is not a whole number from 1 on"));
            otherwise
        }),
    };
    let (number, size) = (whole("page", 1), whole("page_size", MOST).min(MOST));
    let after = asked.get("after").map(str::to_owned);
    let page = Page { number: number.min(u32::MAX as usize), size, after };
    if page.after.is_none() && page.number > MOST_PAGES {
        errors.push(format!(
            "page {MOST_PAGES} is the last that can be asked for by its number: follow the Link to the next"
        ));
        return Page { number: 1, ..page };
    }
    page
}

/// Ids of reports as they are kept. Some were asked for and none can be one: not found.
pub fn references(asked: &Asked) -> Result<Vec<String>, Told> {
    let asked_for = asked.list("service_request_id");
    if asked_for.len() > MOST {
        return Err(Told::wrong(vec![format!("service_request_id has more than {MOST} ids")]));
    }
    let mut known: Vec<String> = asked_for.iter().filter_map(|id| codes::read_reference(id)).collect();
    known.sort();
    known.dedup();
    if known.is_empty() && !asked_for.is_empty() { Err(Told::absent("service_request_id")) } else { Ok(known) }
}

pub fn read(app: &App, asked: &Asked, door: &Door) -> Result<Search, Told> {
    let (agency, private) = (door.agency.as_str(), services::private(app, door));
    let mut errors = Vec::new();
    let page = page(asked, &mut errors);
    let references = references(asked)?;
    if !references.is_empty() {
        let wanted = Wanted { references, private, ..Wanted::default() };
        return if errors.is_empty() {
            Ok(Search { wanted, page, ..Search::default() })
        } else {
            Err(Told::wrong(errors))
        };
    }
    let mut stands = Vec::new();
    for status in asked.list("status") {
        match status.to_ascii_lowercase().as_str() {
            "open" => stands.push(Stand::Open),
            "closed" => stands.extend([Stand::Fixed, Stand::Closed]),
            _ => errors.push("status is neither open nor closed".to_owned()),
        }
    }
    let near = near(asked, &mut errors);
    let changed = ["updated_after", "updated_before"];
    let is_dated = |names: [&str; 2]| names.iter().any(|name| asked.get(name).is_some());
    let (received, by_change) = (["start_date", "end_date"], asked.client().is_some());
    let of = |names, errors: &mut Vec<String>| span(asked, names, app.now(), errors);
    let ((from, to), (changed_from, changed_to)) = match (is_dated(received), is_dated(changed)) {
        _ if by_change => ((None, None), of(if is_dated(changed) { changed } else { received }, &mut errors)),
        (false, true) => ((None, None), of(changed, &mut errors)),
        (true, true) => (of(received, &mut errors), of(changed, &mut errors)),
        (_, false) => (of(received, &mut errors), (None, None)),
    };
    let has_photo = match asked.get("has_photo").map(str::to_ascii_lowercase).as_deref() {
        None => None,
        Some("true" | "1") => Some(true),
        Some("false" | "0") => Some(false),
        Some(_) => {
            errors.push("has_photo is neither true nor false".to_owned());
            None
        }
    };
    if !errors.is_empty() {
        return Err(Told::wrong(errors));
    }
    let mut services = asked.list("service_code");
    let some = !services.is_empty();
    services.retain(|code| private.contains(code) || services::find(app, door, code).is_ok());
    if some && services.is_empty() {
        return Err(Told::absent("service_code"));
    }
    let name = app.setting.agency_name(agency);
    let other =
        asked.get("agency_responsible").is_some_and(|asked| asked != agency && !asked.eq_ignore_ascii_case(&name));
    let wanted = Wanted {
        references,
        services,
        stands,
        from,
        to,
        changed_from,
        changed_to,
        near,
        with_photo: has_photo == Some(true),
        private,
    };
    Ok(Search { wanted, nothing: other, has_photo, page })
}
