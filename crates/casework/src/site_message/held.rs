//! Messages in memory: which are said on a page now. A running server reads them anew when their generation rises.

use crate::{Result, Setting, contact};
use store::{
    Time, Tx,
    site_message::{self, Hours, Place, SiteMessage},
};

/// All that are shown now or later.
#[derive(Debug, Default)]
pub struct Messages(Vec<SiteMessage>);

/// A message as it stands on a page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Said {
    /// The name of the agency.
    pub agency: String,
    pub heading: String,
    /// Paragraphs.
    pub words: Vec<String>,
}

pub fn load(tx: &mut Tx, now: Time) -> Result<Messages> {
    Ok(Messages(site_message::shown(tx, now)?))
}

impl Setting {
    /// What is said there now, by agencies that the page is about: to everybody, and to who is known to be in a ward.
    pub fn said(&self, place: Place, of: &dyn Fn(&str) -> bool, ward: Option<&str>, now: Time) -> Vec<Said> {
        self.said_where(place, of, &|of| of.is_empty() || Some(of) == ward, now)
    }

    /// What is said only to who is in this ward.
    pub fn said_in_ward(&self, place: Place, of: &dyn Fn(&str) -> bool, ward: &str, now: Time) -> Vec<Said> {
        self.said_where(place, of, &|of| !of.is_empty() && of == ward, now)
    }

    fn said_where(&self, place: Place, of: &dyn Fn(&str) -> bool, ward: &dyn Fn(&str) -> bool, now: Time) -> Vec<Said> {
        let messages = self.messages();
        let is_now = |one: &&SiteMessage| one.from_at <= now && one.until_at.is_none_or(|until| until > now);
        let in_hours = |one: &&SiteMessage| match one.hours {
            Hours::Any => true,
            Hours::Open => self.is_open(&one.agency, now),
            Hours::Shut => !self.is_open(&one.agency, now),
        };
        let all = messages.0.iter().filter(|one| one.place == place && of(&one.agency) && ward(&one.ward));
        all.filter(is_now).filter(in_hours).map(|one| self.as_said(&one.agency, &one.heading, &one.words)).collect()
    }

    /// As it would stand on a page.
    pub fn as_said(&self, agency: &str, heading: &str, words: &str) -> Said {
        let words = words.replace("\r\n", "\n");
        let paragraphs = words.split("\n\n").map(str::trim).filter(|part| !part.is_empty());
        Said {
            agency: self.agency_name(agency),
            heading: heading.trim().to_owned(),
            words: paragraphs.map(str::to_owned).collect(),
        }
    }

    /// The offices of the agency are open now.
    pub fn is_open(&self, agency: &str, now: Time) -> bool {
        contact::local(now).is_none_or(|wall| self.catalogue.is_open(agency, wall.datetime()))
    }
}
