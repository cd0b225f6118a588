use crate::{Body, How, Land, LandStop, Place, Service, Shut};

/// What a journey may know of the world. All of it is handed in.
#[derive(Clone, Copy)]
pub struct Context<'a> {
    /// The present moment, in Europe/London.
    pub now: &'a jiff::ZonedDateTime,
    pub finder: &'a dyn Finder,
    pub territory: &'a dyn Territory,
}

/// Looks up places by what people type.
pub trait Finder {
    /// Best first, in an order that stays the same for the same text. Empty: nothing found.
    fn find(&self, text: &str) -> Vec<Found>;
    /// Words for a point, such as "near Milton Road, Weston-super-Mare".
    fn describe(&self, lat: f64, lon: f64) -> Option<String>;
}

/// One match of a look-up.
#[derive(Clone, Debug, PartialEq)]
pub struct Found {
    /// "Milton Road".
    pub label: String,
    /// What tells it from others of the same name: "Weston-super-Mare". May be empty.
    pub detail: String,
    /// WGS84 degrees.
    pub lat: f64,
    pub lon: f64,
    /// Canonical, where the match is a postcode or has one.
    pub postcode: Option<String>,
    pub how: How,
}

impl Found {
    /// The value of its radio in a pick list. It names the match itself, so a changed order cannot pick another.
    pub fn key(&self) -> String {
        format!("{:.5},{:.5} {}", self.lat, self.lon, self.full_label())
    }

    pub fn full_label(&self) -> String {
        if self.detail.is_empty() { self.label.clone() } else { format!("{}, {}", self.label, self.detail) }
    }
}

/// Decides who answers at a place.
pub trait Territory {
    fn who(&self, service: &Service, place: &Place) -> Who;

    /// What the land there adds to that (C-4). Without a map of it, nothing.
    fn land(&self, _: &Service, _: &Place) -> Land {
        Land::default()
    }

    /// What an agency says in place of a stop, or before the service as a whole where none is named, there and then (C-2).
    fn own_stop(&self, _: &Service, _: Option<&str>, _: Option<&Place>, _: &jiff::ZonedDateTime) -> Option<LandStop> {
        None
    }

    /// What is said in place of the form where nobody takes the service for now, wherever it is.
    fn shut(&self, _: &Service) -> Option<Shut> {
        None
    }
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Who {
    /// Ids of the agencies that answer for this service there, lead first.
    Answered(Vec<String>),
    /// Another body answers there.
    Elsewhere(Body),
    /// Nobody: the land there is not theirs, and it is said whose it is.
    Stopped(LandStop),
    /// Nobody for now: who answers there does not take it, and says so.
    Shut(Shut),
    /// Words only, no point: staff of the agencies that offer the service decide.
    Unknown,
}
