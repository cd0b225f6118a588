//! `/reports`: what everybody may read of reports: a list and a map of one query (C-41), a page for each, feeds and open data.

pub mod asked;
pub mod confirm;
pub mod data;
pub mod feed;
pub mod list;
pub mod object;
pub mod one;
pub mod pins;
pub mod say;
pub mod statistics;
pub mod widget;

use crate::{
    App,
    page::{
        address::escaped,
        offers, span,
        view::{around, miles, read},
    },
};
use casework::report::publication::Sort;
use catalogue::Finder;
use places::{Area, Point, cell::Bounds};
use serde::Deserialize;
use store::publication::{After, Filter, Stand};

/// Ended reports are listed for so many days (C-43).
pub const DAYS_LISTED: i64 = 90;

/// What is asked for, as it stands in the address (C-42).
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(default)]
pub struct Asked {
    pub place: String,
    pub within: String,
    /// South, west, north, east in degrees.
    #[serde(rename = "box")]
    pub bounds: String,
    pub state: String,
    pub service: String,
    /// A group of services.
    pub group: String,
    pub agency: String,
    /// The code of a ward.
    pub ward: String,
    /// Received from this day to that one: `2026-11-27`.
    pub from: String,
    pub to: String,
    /// Those with a photo.
    pub photo: String,
    /// Those that ended longer ago too.
    pub older: String,
    pub sort: String,
    /// The last row of the page before, in a list by time.
    pub after: String,
    pub page: String,
    /// A boundary by its kind and code: feeds are of one (C-62).
    pub area: String,
    /// How many reports a feed holds.
    pub items: String,
}

/// Which part of the map is looked at.
pub enum Where {
    Everywhere,
    /// The words that were typed are no place we know.
    Lost,
    Here {
        bounds: Bounds,
        centre: Option<(f64, f64)>,
        others: Vec<catalogue::Found>,
    },
}

impl Asked {
    pub fn filter(&self, app: &App) -> Filter {
        let some = |text: &str| Some(text.to_owned()).filter(|text| !text.is_empty());
        Filter {
            stand: Stand::from_name(&self.state),
            service: some(&self.service),
            services: offers::in_group(app, &self.group),
            agency: some(&self.agency),
            ward: some(&self.ward),
            from: span::from(&self.from),
            to: span::to(&self.to),
            with_photo: self.photo == "yes",
            ended_after: (self.older != "yes").then(|| app.now().plus_hours(-24 * DAYS_LISTED)),
            ..Filter::default()
        }
    }

    pub fn sort(&self) -> Sort {
        match self.sort.as_str() {
            "changed" => Sort::Changed,
            "me_too" => Sort::MeToo,
            "nearest" => Sort::Nearest,
            _ => Sort::Newest,
        }
    }

    pub fn after(&self) -> Option<After> {
        let (key, reference) = self.after.split_once('.')?;
        Some(After { key: key.parse().ok()?, reference: reference.chars().take(20).collect() })
    }

    pub fn place(&self, app: &App) -> Where {
        let geography = app.setting.geography();
        // A ward is looked at as a whole, unless a part of the map that touches it was asked for.
        let ward = geography.ward_of(&self.ward).map(Area::bounds);
        let ward = ward.and_then(|(low, high)| Bounds::new(low, high));
        if let Some(bounds) = read(&self.bounds).filter(|bounds| ward.is_none_or(|ward| touch(*bounds, ward))) {
            return Where::Here { bounds, centre: None, others: Vec::new() };
        }
        let typed: String = self.place.trim().chars().take(100).collect();
        if typed.is_empty() {
            let here = ward.map(|bounds| Where::Here { bounds, centre: None, others: Vec::new() });
            return here.unwrap_or(Where::Everywhere);
        }
        let mut found = geography.find(&typed).into_iter();
        match found.next().and_then(|found| Point::new(found.lat, found.lon)) {
            Some(point) => Where::Here {
                bounds: around(point, miles(&self.within)),
                centre: Some((point.lat, point.lon)),
                others: found.collect(),
            },
            None => Where::Lost,
        }
    }

    /// The filters alone, as they stand in an address: what a map and a feed are asked for beside the place.
    pub fn filters(&self) -> String {
        let known = |text: &str| text.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.'));
        let pairs = [
            ("state", &self.state),
            ("service", &self.service),
            ("group", &self.group),
            ("agency", &self.agency),
            ("ward", &self.ward),
            ("from", &self.from),
            ("to", &self.to),
            ("photo", &self.photo),
            ("older", &self.older),
            ("sort", &self.sort),
        ];
        let pairs = pairs.iter().filter(|(_, value)| !value.is_empty() && known(value));
        pairs.map(|(name, value)| format!("{name}={value}")).collect::<Vec<_>>().join("&")
    }

    /// The place, as it stands in an address.
    pub fn wherever(&self) -> String {
        if !self.bounds.is_empty() {
            return read(&self.bounds)
                .map(|bounds| format!("box={}", crate::page::view::written(bounds)))
                .unwrap_or_default();
        }
        match self.place.trim() {
            "" => String::new(),
            place => {
                let place: String = place.chars().take(100).collect();
                format!("place={}&within={}", escaped(&place), miles(&self.within))
            }
        }
    }
}

fn touch(a: Bounds, b: Bounds) -> bool {
    a.south <= b.north && b.south <= a.north && a.west <= b.east && b.west <= a.east
}

/// Pairs of an address, those that are empty left out.
pub fn joined(pairs: &[&str]) -> String {
    let pairs: Vec<&str> = pairs.iter().copied().filter(|pair| !pair.is_empty()).collect();
    if pairs.is_empty() { String::new() } else { format!("?{}", pairs.join("&")) }
}

/// How far off something is.
pub fn far(metres: f64) -> String {
    match metres {
        ..50.0 => "very close".to_owned(),
        ..950.0 => format!("{} metres away", (metres / 10.0).round() * 10.0),
        _ => format!("{:.1} miles away", metres / 1609.344),
    }
}

/// The word for how a report stands (C-40, C-44).
pub const fn stands(stand: Stand) -> &'static str {
    match stand {
        Stand::Open => "Open",
        Stand::Fixed => "Fixed",
        Stand::Closed => "Closed",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_holds_the_filters_that_are_set_and_nothing_that_is_none() {
        let asked = Asked { state: "open".into(), service: "fly-tipping".into(), ..Asked::default() };
        assert_eq!(asked.filters(), "state=open&service=fly-tipping");
        let evil = Asked { agency: "x\"&y".into(), place: "BS23 1AA&a=b".into(), ..Asked::default() };
        assert_eq!((evil.filters(), evil.wherever()), (String::new(), "place=BS23%201AA%26a%3Db&within=1".to_owned()));
        assert_eq!(joined(&["", "a=1", "b=2"]), "?a=1&b=2");
        assert_eq!(joined(&[""]), "");
    }

    #[test]
    fn where_a_page_begins_is_read_back_or_left_out() {
        let asked = |after: &str| Asked { after: after.into(), ..Asked::default() }.after();
        assert_eq!(asked("12.AB"), Some(After { key: 12, reference: "AB".into() }));
        assert_eq!([asked(""), asked("x.AB"), asked("12")], [None, None, None]);
    }
}
