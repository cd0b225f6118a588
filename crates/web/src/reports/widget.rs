//! `/widget`: the newest reports near a place, for other sites to show. `/widget/list` is what stands in their frame: no scripts, no
//! forms, and what everybody reads alone. Which sites may, the configuration says.

use super::{Asked, Where, joined, stands};
use crate::{
    App,
    govuk::{Button, Input, Select, SelectItem, Textarea},
    page::{Caching, Failure, Frame, guard::Framed, html, offers::agencies, when},
};
use askama::Template;
use axum::{
    extract::{Query, State},
    response::Response,
};
use casework::report::publication::{self, Listed, Part, Sort};
use store::Time;

/// Reports in a frame: what fits beside a page of text.
const MOST: usize = 10;

#[derive(Template)]
#[template(path = "reports/widget.html")]
pub struct WidgetPage {
    pub frame: Frame,
    pub place: Input,
    pub agencies: Select,
    pub button: Button,
    /// What somebody copies into their page.
    pub snippet: Textarea,
    pub list: String,
    pub is_lost: bool,
    pub sites: Vec<String>,
}

#[derive(Template)]
#[template(path = "reports/widget-list.html")]
pub struct WidgetList {
    pub style: String,
    pub icon: String,
    pub title: String,
    pub house: String,
    pub all: String,
    pub rows: Vec<Listed>,
}

impl WidgetList {
    fn stands(&self, row: &Listed) -> &'static str {
        stands(row.stand)
    }

    fn day(&self, at: &Time) -> String {
        when::day(*at)
    }
}

pub async fn get(State(app): State<App>, Query(asked): Query<Asked>) -> Result<Response, Failure> {
    let is_lost = matches!(asked.place(&app), Where::Lost);
    let query = joined(&[&asked.wherever(), &asked.filters()]);
    let list = format!("/widget/list{query}");
    let snippet = format!(
        "<iframe src=\"{}{list}\" title=\"Reports near you\" width=\"320\" height=\"480\"></iframe>",
        app.setting.public_url
    );
    let offered = agencies(&app).into_iter().map(|(id, name)| SelectItem::new(id, name));
    let all = [SelectItem::new("", "All")].into_iter().chain(offered);
    let caching = if asked.place.is_empty() { Caching::Fresh } else { Caching::Never };
    let page = WidgetPage {
        frame: Frame::citizen(&app, "Show reports on your site").wrong(is_lost),
        place: Input::new("place", "place", "Near")
            .hint("Postcode, street or place. Leave it empty for all.")
            .value(&asked.place)
            .error(is_lost.then_some("We do not know that place. Try a postcode, or a street with its town")),
        agencies: Select::new("agency", "agency", "Who deals with them", all).value(&asked.agency),
        button: Button::text("Make the lines to copy"),
        snippet: Textarea::new("snippet", "snippet", "Lines to copy into your page").rows(4).value(snippet),
        list,
        is_lost,
        sites: app.options.framed_by.clone(),
    };
    html(&page, caching)
}

pub async fn list(State(app): State<App>, Query(asked): Query<Asked>) -> Result<Response, Failure> {
    let (filter, setting) = (asked.filter(&app), app.setting.clone());
    let part = match asked.place(&app) {
        Where::Everywhere => None,
        Where::Lost => return Err(Failure::Unreadable),
        Where::Here { bounds, centre, .. } => Some((bounds, centre)),
    };
    let rows = app
        .db
        .read(move |tx| {
            let part = part.map(|(bounds, centre)| Part { bounds, centre, holds: &|_| true });
            publication::latest(tx, &setting, &filter, (part, Sort::Newest), MOST)
        })
        .await?;
    let query = joined(&[&asked.wherever(), &asked.filters()]);
    let page = WidgetList {
        style: app.assets.url("citizen.css"),
        icon: app.assets.url("favicon.svg"),
        title: "Newest reports".to_owned(),
        house: app.setting.public_url.clone(),
        all: format!("{}/reports{query}", app.setting.public_url),
        rows,
    };
    let caching = if asked.place.is_empty() { Caching::Fresh } else { Caching::Never };
    let mut response = html(&page, caching)?;
    response.extensions_mut().insert(Framed);
    Ok(response)
}
