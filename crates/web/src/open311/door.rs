//! Whose reports are meant, and whether one of that agency's programs asks.

use super::{errors::Told, params::Asked, services};
use crate::App;
use axum::http::StatusCode;
use casework::report::update::PROGRAM;
use catalogue::Agency;
use rights::Actor;

/// The agency of a `jurisdiction_id`, and who asks for it.
#[derive(Clone, Debug)]
pub struct Door {
    pub agency: String,
    pub keyed: bool,
}

impl Door {
    /// Everybody, or with a key the agency's own program.
    pub fn actor(&self) -> Actor {
        if self.keyed { PROGRAM } else { Actor::Anonymous }
    }
}

/// Agencies with services that a program can send to.
fn served(app: &App) -> Vec<&Agency> {
    app.setting.catalogue.agencies().iter().filter(|agency| !services::of(app, &agency.id).is_empty()).collect()
}

/// With or without a key; a key that is shown must be the agency's own.
pub fn open(app: &App, asked: &Asked) -> Result<Door, Told> {
    through(app, asked, asked.get("api_key"))
}

/// Without looking at a key.
pub fn plain(app: &App, asked: &Asked) -> Result<Door, Told> {
    through(app, asked, None)
}

/// With a key alone.
pub fn keyed(app: &App, asked: &Asked) -> Result<Door, Told> {
    match asked.get("api_key") {
        None => Err(Told::new(StatusCode::FORBIDDEN, "api_key was not provided")),
        key => through(app, asked, key),
    }
}

fn through(app: &App, asked: &Asked, key: Option<&str>) -> Result<Door, Told> {
    let whose = key.map(|key| app.setting.partners.agency_of(key));
    let invalid = || Told::new(StatusCode::FORBIDDEN, "api_key is not valid for this jurisdiction");
    if whose == Some(None) {
        return Err(invalid());
    }
    let (served, whose) = (served(app), whose.flatten());
    let agency = match (asked.get("jurisdiction_id"), whose, served.as_slice()) {
        (Some(id), ..) => served.iter().find(|agency| agency.id == id),
        (None, Some(id), _) => served.iter().find(|agency| agency.id == id),
        (None, None, [one]) => Some(one),
        (None, None, _) => return Err(Told::wrong(vec!["jurisdiction_id was not provided".to_owned()])),
    };
    let agency = agency.ok_or_else(|| Told::absent("jurisdiction_id"))?.id.clone();
    if whose.is_some_and(|whose| whose != agency) {
        return Err(invalid());
    }
    Ok(Door { agency, keyed: whose.is_some() })
}
