//! `/report`: one list of everything that can be reported, and a search box over it.

use crate::{
    App,
    govuk::{Button, Html, Input},
    page::{Caching, Failure, Frame, html},
};
use askama::Template;
use axum::{
    extract::{Query, State},
    response::Response,
};
use store::site_message::Place;

/// Most letters of a search.
const MOST: usize = 100;
/// Most services shown for a search.
const HITS: usize = 10;

pub struct Entry {
    pub href: String,
    pub title: String,
    pub summary: String,
    /// Says that the words are English, where the page is not.
    pub lang: Html,
    /// What agencies say under its name, and that it is not taken for now: their own words, and English.
    pub beside: Vec<String>,
}

pub struct Heading {
    pub name: String,
    pub entries: Vec<Entry>,
}

#[derive(Template)]
#[template(path = "report/list.html")]
pub struct ListPage {
    pub frame: Frame,
    /// What was searched for; empty where nothing was.
    pub asked: String,
    pub search: Input,
    pub button: Button,
    pub hits: Vec<Entry>,
    pub headings: Vec<Heading>,
}

pub async fn get(State(app): State<App>, Query(asked): Query<Vec<(String, String)>>) -> Result<Response, Failure> {
    let typed = asked.iter().find(|(name, _)| name == "q").map_or("", |(_, value)| value.as_str());
    html(&page(&app, &read(typed)), if typed.is_empty() { Caching::Fresh } else { Caching::Never })
}

/// One line of at most [`MOST`] letters.
fn read(typed: &str) -> String {
    let plain: String = typed.chars().map(|letter| if letter.is_control() { ' ' } else { letter }).collect();
    plain.trim().chars().take(MOST).collect()
}

fn page(app: &App, asked: &str) -> ListPage {
    let catalogue = &app.setting.catalogue;
    let frame = Frame::citizen(app, "").offers(app, None).told(app, Place::Reporting, None);
    let mut frame = frame.clone().speaks(&frame.tongue);
    let tag = frame.tongue.tag().to_owned();
    let mut hits = if asked.is_empty() { Vec::new() } else { catalogue.search_in(&tag, asked, HITS) };
    let entry = |id: &str, title: &str, summary: &str, language: &str| Entry {
        lang: if language == tag { Html::default() } else { Html::fixed(" lang=\"en\" dir=\"ltr\"") },
        href: super::way::begin(id),
        title: title.to_owned(),
        summary: summary.to_owned(),
        beside: app.setting.shut(id).map(|shut| shut.title).into_iter().chain(app.setting.hints(id)).collect(),
    };
    let listed = |id: &str| !app.setting.is_for_staff(id);
    hits.retain(|hit| listed(&hit.service));
    let headings: Vec<Heading> = catalogue
        .groups_in(&tag)
        .into_iter()
        .map(|group| Heading {
            name: frame.said.heading(group.name).unwrap_or(group.name).to_owned(),
            entries: group
                .services
                .iter()
                .filter(|service| listed(&service.id))
                .map(|s| entry(&s.id, s.title(), s.summary(), &s.language))
                .collect(),
        })
        .filter(|heading: &Heading| !heading.entries.is_empty())
        .collect();
    let title = match (asked.is_empty(), hits.is_empty()) {
        (true, _) => "list.title",
        (false, true) => "list.none",
        (false, false) => "list.found",
    };
    frame.title = frame.say(title).to_owned();
    let mut search = Input::new("q", "q", frame.say("list.search")).kind("search").hint(frame.say("list.example"));
    search.value = Some(asked.to_owned());
    ListPage {
        asked: asked.to_owned(),
        search,
        button: Button { prevent_double_click: None, ..Button::text(frame.say("list.find")) },
        hits: hits.iter().map(|hit| entry(&hit.service, &hit.title, &hit.summary, &hit.language)).collect(),
        headings,
        frame,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_search_is_one_short_line() {
        assert_eq!(read("  bike\r\nstolen\u{7f} "), "bike  stolen");
        assert_eq!(read(&"é".repeat(5000)).chars().count(), MOST);
    }
}
