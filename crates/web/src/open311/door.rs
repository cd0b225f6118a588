//! Whose reports are meant, and whether one of that agency's programs asks.

use super::{errors::Told, params::Asked, services};
use crate::{
    App,
    page::{Caching, Failure},
};
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

    /// What is said behind a key is kept by nobody on the way.
    pub fn caching(&self) -> Caching {
        if self.keyed { Caching::Never } else { Caching::Fresh }
    }
}

/// Agencies with services that a program can send to; what is private is counted for the one whose key was shown.
fn served<'a>(app: &'a App, whose: Option<&str>) -> Vec<&'a Agency> {
    let door = |agency: &Agency| Door { agency: agency.id.clone(), keyed: whose == Some(agency.id.as_str()) };
    let agencies = app.setting.catalogue.agencies().iter();
    agencies.filter(|agency| !services::of(app, &door(agency)).is_empty()).collect()
}

/// With or without a key; a key that is shown must be the agency's own.
pub fn open(app: &App, asked: &Asked) -> Result<Door, Told> {
    through(app, asked, asked.get("api_key"))
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
    let whose = whose.flatten();
    let served = served(app, whose);
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
    known(app, asked, Some(&agency))?;
    Ok(Door { agency, keyed: whose.is_some() })
}

/// The base address of a client that the configuration names, of this agency or of any.
pub fn known(app: &App, asked: &Asked, agency: Option<&str>) -> Result<(), Told> {
    match asked.client() {
        Some(name) if !app.setting.partners.has_client(agency, name) => Err(Failure::NotFound.into()),
        _ => Ok(()),
    }
}
