//! `/report`: one list of everything that can be reported, and a search box over it.

use crate::{
    App,
    govuk::{Button, Input},
    page::{Caching, Failure, Frame, html},
};
use askama::Template;
use axum::{
    extract::{Query, State},
    response::Response,
};

/// Most letters of a search.
const MOST: usize = 100;
/// Most services shown for a search.
const HITS: usize = 10;

pub struct Entry {
    pub href: String,
    pub title: String,
    pub summary: String,
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
    let hits = if asked.is_empty() { Vec::new() } else { catalogue.search(asked, HITS) };
    let entry = |id: &str, title: &str, summary: &str| Entry {
        href: super::way::begin(id),
        title: title.to_owned(),
        summary: summary.to_owned(),
    };
    let headings = catalogue.groups().into_iter().map(|group| Heading {
        name: group.name.to_owned(),
        entries: group.services.iter().map(|s| entry(&s.id, s.title(), s.summary())).collect(),
    });
    let title = match (asked.is_empty(), hits.is_empty()) {
        (true, _) => "What do you want to report?",
        (false, true) => "We found nothing for those words",
        (false, false) => "We found this",
    };
    let mut search =
        Input::new("q", "q", "Say it in a few words").kind("search").hint("For example: mattress dumped, bike stolen");
    search.value = Some(asked.to_owned());
    ListPage {
        frame: Frame::citizen(app, title),
        asked: asked.to_owned(),
        search,
        button: Button { prevent_double_click: None, ..Button::text("Find") },
        hits: hits.iter().map(|hit| entry(&hit.service, &hit.title, &hit.summary)).collect(),
        headings: headings.collect(),
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
