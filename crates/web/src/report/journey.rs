use super::{gate::Gate, way};
use crate::{
    App,
    page::{Failure, Tongue, World, account, cookie, tongue::ENGLISH},
};
use axum::{
    extract::{FromRequestParts, Path},
    http::request::Parts,
};
use casework::{
    account::Account,
    attempt::{self, Found},
};
use catalogue::{Answers, Service, Walk, walk};
use serde_json::Value as Json;
use std::{collections::HashMap, sync::Arc};

pub use crate::page::ATTEMPT as COOKIE;

/// A visitor's journey through one service, as a request brings it.
pub struct Journey {
    pub service: Arc<Service>,
    pub world: World,
    /// The cookie, whether or not it still opens anything.
    pub token: Option<String>,
    /// What the cookie opens.
    pub found: Option<Found>,
    /// The answers kept so far.
    pub answers: Answers,
    /// The language the visitor chose.
    pub chosen: Tongue,
    /// The account the visitor is signed in to.
    pub owner: Option<Account>,
}

impl FromRequestParts<App> for Journey {
    type Rejection = Failure;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Journey, Failure> {
        let Path(path) =
            Path::<HashMap<String, String>>::from_request_parts(parts, app).await.map_err(|_| Failure::NotFound)?;
        let id = path.get("service").ok_or(Failure::NotFound)?;
        let (catalogue, chosen) = (&app.setting.catalogue, Tongue::chosen());
        let service = catalogue.service_in(id, chosen.tag()).or_else(|| catalogue.service(id));
        let service = service.ok_or(Failure::NotFound)?.clone();
        let owner = account::of(app, &parts.headers).await?;
        Ok(Journey { owner, ..Journey::load(app, service, cookie::read(&parts.headers, COOKIE)).await? })
    }
}

impl Journey {
    pub async fn load(app: &App, service: Arc<Service>, token: Option<String>) -> Result<Journey, Failure> {
        let found = match token.clone() {
            Some(token) => {
                let now = app.now();
                app.db.read(move |tx| attempt::find(tx, &token, now)).await?
            }
            None => None,
        };
        let found = found.filter(|found| found.service == service.id);
        let answers = found.as_ref().map(|found| read(&service, &found.draft.answers)).unwrap_or_default();
        Ok(Journey { service, world: World::of(app), token, found, answers, chosen: Tongue::chosen(), owner: None })
    }

    /// The language of its pages: the one that was chosen, where the service has words in it.
    pub fn tongue(&self) -> &Tongue {
        if self.service.language == self.chosen.tag() { &self.chosen } else { &ENGLISH }
    }

    /// The attempt, or the page that says it is gone.
    pub fn live(&self) -> Result<&Found, Failure> {
        self.found.as_ref().ok_or(Failure::AnswersGone)
    }

    /// It became a report already.
    pub fn is_sent(&self) -> bool {
        self.found.as_ref().is_some_and(|found| found.report.is_some())
    }

    pub fn walk(&self) -> Walk<'_> {
        walk(&self.service, &self.answers, &self.world.context())
    }

    pub fn gate(&self, pairs: &[(String, String)]) -> Gate {
        if self.answers.gate_passed() { Gate::default() } else { Gate::of(&self.service, pairs, &self.world.context()) }
    }

    /// The answers with those of the gate beside them.
    pub fn with_gate(&self, gate: &Gate) -> Answers {
        let mut answers = self.answers.clone();
        gate.add_to(&mut answers, &self.service, &self.world.context());
        answers
    }

    /// The next page, where nothing more is said.
    pub fn stands(&self) -> String {
        way::end(&self.walk(), self.has_pin(), &Gate::default())
    }

    pub fn has_pin(&self) -> bool {
        self.found.as_ref().is_some_and(|found| found.draft.pin.is_some())
    }
}

/// The answers of a draft. A definition may have changed since they were given: what no longer fits is left out.
fn read(service: &Service, kept: &Json) -> Answers {
    let problems = match Answers::from_json(service, kept) {
        Ok(answers) => return answers,
        Err(problems) => problems,
    };
    let mut fitting = kept.clone();
    if let Json::Object(map) = &mut fitting {
        map.retain(|id, _| !problems.iter().any(|problem| problem.question == *id));
    }
    Answers::from_json(service, &fitting).unwrap_or_default()
}
