//! What agencies say on a page for a time (C-74), in a banner over its content. Their own words, plain and in English.

use super::{Frame, linked::addresses};
use crate::{App, govuk::Html};
use casework::site_message::Said;
use store::site_message::Place;

#[derive(Clone, Debug)]
pub struct Message {
    pub agency: String,
    pub heading: String,
    /// Paragraphs in which addresses alone are links.
    pub words: Vec<Html>,
}

impl From<&Said> for Message {
    fn from(said: &Said) -> Message {
        Message {
            agency: said.agency.clone(),
            heading: said.heading.clone(),
            words: said.words.iter().map(|words| addresses(words)).collect(),
        }
    }
}

impl Frame {
    /// Says what is said to everybody there, of agencies that offer the service, or of all.
    pub fn told(self, app: &App, place: Place, service: Option<&str>) -> Frame {
        let of = offers(app, service);
        self.with_messages(&app.setting.said(place, &of, None, app.now()))
    }

    /// The same of one agency, with what is said in a ward.
    pub fn told_at(self, app: &App, place: Place, agency: &str, at: Option<(f64, f64)>) -> Frame {
        let ward = ward(app, at);
        self.with_messages(&app.setting.said(place, &|id| id == agency, ward.as_deref(), app.now()))
    }

    /// Only what is said in the ward of a place.
    pub fn told_in_ward(self, app: &App, place: Place, service: Option<&str>, at: Option<(f64, f64)>) -> Frame {
        match ward(app, at) {
            Some(ward) => {
                let said = app.setting.said_in_ward(place, &offers(app, service), &ward, app.now());
                self.with_messages(&said)
            }
            None => self,
        }
    }

    fn with_messages(mut self, said: &[Said]) -> Frame {
        self.messages.extend(said.iter().map(Message::from));
        self
    }
}

fn offers<'a>(app: &'a App, service: Option<&'a str>) -> impl Fn(&str) -> bool + use<'a> {
    let catalogue = &app.setting.catalogue;
    move |id| service.is_none_or(|service| catalogue.agency(id).is_some_and(|agency| agency.offer(service).is_some()))
}

fn ward(app: &App, at: Option<(f64, f64)>) -> Option<String> {
    let (lat, lon) = at?;
    app.setting.geography().ward(lat, lon).map(|ward| ward.code.clone())
}
