//! `/officers`: which team a place has. The place goes along to the team's page, and is kept nowhere.

use super::{given, message, page, read};
use crate::{
    App,
    govuk::{BackLink, Button, ErrorSummary, Input},
    page::{Caching, Failure, Frame, gone_to, html},
};
use askama::Template;
use axum::{
    extract::{Query, State},
    response::Response,
};
use casework::neighbourhood;
use catalogue::{Agency, Body, Finder, Place, Territory, Who};
use places::Point;

/// Field names as the script of places knows them, so that "Use my location" works here too.
const TEXT: &str = "place.text";

pub struct Link {
    pub words: String,
    pub href: String,
}

/// The teams of an agency, by name.
pub struct Listed {
    pub agency: String,
    pub teams: Vec<Link>,
}

/// What there is to say of a place without the page of one team.
pub enum Nothing {
    /// Other places have that name.
    Several(Vec<Link>),
    /// One of ours, and no page of a team for it.
    NoPage { agency: String, message: Option<String> },
    /// Somebody else's. The place as it was typed; empty where a point was given.
    Elsewhere { body: Body, place: String },
}

#[derive(Template)]
#[template(path = "neighbourhood/find.html")]
pub struct FindPage {
    pub frame: Frame,
    pub back: BackLink,
    pub errors: ErrorSummary,
    pub text: Input,
    pub button: Button,
    pub nothing: Option<Nothing>,
    pub listed: Vec<Listed>,
}

/// A place that was found, and what it is called in the address of the page it leads to.
struct At {
    point: Point,
    words: String,
}

enum Asked {
    Nothing,
    Empty,
    Unknown,
    Several(Vec<catalogue::Found>),
    One(At),
}

pub async fn get(State(app): State<App>, Query(pairs): Query<Vec<(String, String)>>) -> Result<Response, Failure> {
    let typed = read(given(&pairs, TEXT));
    let nothing = match asked(&app, &pairs, &typed) {
        Asked::Nothing => return html(&find_page(&app, &typed, None, None).await?, Caching::Fresh),
        Asked::Empty => {
            let words = Some("Enter a postcode, street or place");
            return html(&find_page(&app, &typed, words, None).await?, Caching::Never);
        }
        Asked::Unknown => {
            let words = Some("We do not know that place. Try a postcode, or a town nearby");
            return html(&find_page(&app, &typed, words, None).await?, Caching::Never);
        }
        Asked::Several(found) => Nothing::Several(found.iter().map(other).collect()),
        Asked::One(at) => {
            let here = app.setting.geography().teams_at(at.point.lat, at.point.lon);
            match here.first() {
                Some(team) => return Ok(gone_to(&page(&team.agency, &team.code, &at.words))),
                None => without_team(&app, &at, &typed),
            }
        }
    };
    html(&find_page(&app, &typed, None, Some(nothing)).await?, Caching::Never)
}

fn asked(app: &App, pairs: &[(String, String)], typed: &str) -> Asked {
    if !typed.is_empty() {
        let mut found = app.setting.geography().find(typed);
        return match found.len() {
            0 => Asked::Unknown,
            1 => {
                let one = found.remove(0);
                let words = typed.to_owned();
                Point::new(one.lat, one.lon).map_or(Asked::Unknown, |point| Asked::One(At { point, words }))
            }
            _ => Asked::Several(found),
        };
    }
    let degrees = |name: &str| given(pairs, name).trim().parse::<f64>().ok().filter(|degrees| degrees.is_finite());
    let point = || Point::new(degrees("place.lat")?, degrees("place.lon")?);
    match point() {
        // To about ten metres: nobody needs to be told more of it.
        Some(point) => Asked::One(At { point, words: format!("{:.4}, {:.4}", point.lat, point.lon) }),
        None if pairs.is_empty() => Asked::Nothing,
        None => Asked::Empty,
    }
}

fn other(found: &catalogue::Found) -> Link {
    let href = format!("/officers?place.lat={:.5}&place.lon={:.5}", found.lat, found.lon);
    Link { words: found.full_label(), href }
}

/// Agencies with pages of teams.
fn with_pages(app: &App) -> impl Iterator<Item = &Agency> {
    app.setting.catalogue.agencies().iter().filter(|agency| agency.neighbourhoods.is_some())
}

fn without_team(app: &App, at: &At, typed: &str) -> Nothing {
    let geography = app.setting.geography();
    let ours = geography.agencies_at(at.point.lat, at.point.lon);
    if let Some(agency) = with_pages(app).find(|agency| ours.contains(&agency.id)) {
        return Nothing::NoPage { agency: agency.name.clone(), message: message(agency, &at.words) };
    }
    let place = Place {
        typed: at.words.clone(),
        label: at.words.clone(),
        point: Some((at.point.lat, at.point.lon)),
        postcode: None,
        how: catalogue::How::Figures,
        uprn: None,
    };
    let named = with_pages(app).filter_map(|agency| agency.neighbourhoods.as_ref());
    let services = named.filter_map(|own| app.setting.catalogue.service(&own.message));
    let elsewhere = services.map(|service| geography.who(service, &place)).find_map(|who| match who {
        Who::Elsewhere(body) => Some(body),
        _ => None,
    });
    match elsewhere {
        Some(body) => Nothing::Elsewhere { body, place: typed.to_owned() },
        None => Nothing::Several(Vec::new()),
    }
}

async fn find_page(
    app: &App,
    typed: &str,
    wrong: Option<&'static str>,
    nothing: Option<Nothing>,
) -> Result<FindPage, Failure> {
    let agencies: Vec<(String, String)> = with_pages(app).map(|a| (a.id.clone(), a.name.clone())).collect();
    let listed = app
        .db
        .read(move |tx| -> casework::Result<Vec<Listed>> {
            let mut listed = Vec::new();
            for (id, agency) in &agencies {
                let teams = neighbourhood::list(tx, id)?;
                let link = |team: neighbourhood::Team| Link { href: page(id, &team.code, ""), words: team.name };
                listed.push(Listed { agency: agency.clone(), teams: teams.into_iter().map(link).collect() });
            }
            Ok(listed)
        })
        .await?;
    let title = match &nothing {
        None => "Contact my local officers",
        Some(Nothing::Several(_)) => "Which place do you mean?",
        Some(Nothing::NoPage { .. }) => "There is no page of that team yet",
        Some(Nothing::Elsewhere { .. }) => "Another force looks after that place",
    };
    let text = Input::new("place", TEXT, "Where do you live, or which place is it about?")
        .hint("A postcode, street or town. We do not keep it.")
        .autocomplete("postal-code")
        .value(typed)
        .error(wrong);
    Ok(FindPage {
        frame: Frame::citizen(app, title).offers(app, None).wrong(wrong.is_some()),
        back: BackLink::to(if nothing.is_some() { "/officers" } else { "/" }),
        errors: ErrorSummary::new(wrong.map(|words| ("place", words))),
        text,
        button: Button { prevent_double_click: None, ..Button::text("Find my team") },
        nothing,
        listed: listed.into_iter().filter(|listed| !listed.teams.is_empty()).collect(),
    })
}
