//! `/reports`: what everybody may read of reports: a list and a map of one query (C-41), a page for each, feeds and open data.

pub mod confirm;
pub mod data;
pub mod feed;
pub mod list;
pub mod object;
pub mod one;
pub mod pins;
pub mod say;
pub mod widget;

use crate::{
    App,
    page::{
        address::escaped,
        view::{around, miles, read},
    },
};
use casework::report::publication::Sort;
use catalogue::Finder;
use places::{Point, cell::Bounds};
use serde::Deserialize;
use store::{
    Time,
    publication::{After, Filter, Stand},
};

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
    pub agency: String,
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
    pub fn filter(&self, now: Time) -> Filter {
        let some = |text: &str| Some(text.to_owned()).filter(|text| !text.is_empty());
        Filter {
            stand: Stand::from_name(&self.state),
            service: some(&self.service),
            agency: some(&self.agency),
            ended_after: (self.older != "yes").then(|| now.plus_hours(-24 * DAYS_LISTED)),
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
        let (at, reference) = self.after.split_once('.')?;
        Some(After { at: Time(at.parse().ok()?), reference: reference.chars().take(20).collect() })
    }

    pub fn place(&self, app: &App) -> Where {
        if let Some(bounds) = read(&self.bounds) {
            return Where::Here { bounds, centre: None, others: Vec::new() };
        }
        let typed: String = self.place.trim().chars().take(100).collect();
        if typed.is_empty() {
            return Where::Everywhere;
        }
        let mut found = app.setting.geography().find(&typed).into_iter();
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
            ("agency", &self.agency),
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
        assert_eq!(asked("12.AB"), Some(After { at: Time(12), reference: "AB".into() }));
        assert_eq!([asked(""), asked("x.AB"), asked("12")], [None, None, None]);
    }
}
