use super::{gate::Gate, way};
use crate::{
    App,
    page::{
        Failure, Tongue, World, account, cookie, device, filing as here, gone_to,
        session::{self, SignedIn},
        tongue::ENGLISH,
    },
};
use axum::{
    extract::{FromRequestParts, Path},
    http::request::Parts,
    response::{IntoResponse, Response},
};
use casework::{
    account::Account,
    attempt::{self, Found},
    report::filing,
};
use catalogue::{Answers, Service, Walk, walk};
use serde_json::Value as Json;
use std::{collections::HashMap, sync::Arc};
use store::report::Device;

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
    /// The member of staff who files it for somebody. The service is then the one that such are asked.
    pub staff: Option<SignedIn>,
    pub device: Device,
}

/// Why there is no journey.
pub enum Refused {
    /// At the desk nobody is signed in.
    SignIn,
    /// At the desk nothing was begun, or no longer: the page that says for whom a report of this service is filed.
    Begin(String),
    Failure(Failure),
}

impl From<Failure> for Refused {
    fn from(failure: Failure) -> Refused {
        Refused::Failure(failure)
    }
}

impl IntoResponse for Refused {
    fn into_response(self) -> Response {
        match self {
            Refused::SignIn => gone_to(session::DOOR),
            Refused::Begin(path) => gone_to(&path),
            Refused::Failure(failure) => failure.into_response(),
        }
    }
}

impl FromRequestParts<App> for Journey {
    type Rejection = Refused;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Journey, Refused> {
        let Path(path) =
            Path::<HashMap<String, String>>::from_request_parts(parts, app).await.map_err(|_| Failure::NotFound)?;
        let id = path.get("service").ok_or(Failure::NotFound)?;
        let (catalogue, chosen) = (&app.setting.catalogue, Tongue::chosen());
        let service = catalogue.service_in(id, chosen.tag()).or_else(|| catalogue.service(id));
        let service = service.ok_or(Failure::NotFound)?.clone();
        let token = cookie::read(&parts.headers, COOKIE);
        if here::is_here() {
            let staff = SignedIn::from_request_parts(parts, app).await.map_err(|refused| match refused {
                session::Refused::SignIn => Refused::SignIn,
                session::Refused::Failure(failure) => Refused::Failure(failure),
            })?;
            if filing::ways(&staff.actor).is_empty() {
                return Err(Failure::NotFound.into());
            }
            let begin = way::begin(&service.id);
            let journey = Journey::of(app, service, token, Some(staff)).await?;
            return if journey.found.is_some() { Ok(journey) } else { Err(Refused::Begin(begin)) };
        }
        let owner = account::of(app, &parts.headers).await?;
        let device = device::of(&parts.headers);
        Ok(Journey { owner, device, ..Journey::of(app, service, token, None).await? })
    }
}

impl Journey {
    /// The same visitor's, as it is kept now under this token.
    pub async fn again(&self, app: &App, token: Option<String>) -> Result<Journey, Failure> {
        let (owner, device) = (self.owner.clone(), self.device);
        Ok(Journey { owner, device, ..Journey::of(app, self.service.clone(), token, self.staff.clone()).await? })
    }

    async fn of(
        app: &App,
        service: Arc<Service>,
        token: Option<String>,
        staff: Option<SignedIn>,
    ) -> Result<Journey, Failure> {
        let found = match token.clone() {
            Some(token) => {
                let now = app.now();
                app.db.read(move |tx| attempt::find(tx, &token, now)).await?
            }
            None => None,
        };
        let found = found.filter(|found| found.service == service.id);
        // What staff file is no resident's, what a resident tells is no staff's, and each member of staff has their own.
        let found = found.filter(|found| match (&found.draft.filing, &staff) {
            (Some(filing), Some(staff)) => filing.is_of(&staff.staff),
            (None, None) => true,
            _ => false,
        });
        let filed = found.as_ref().and_then(|found| found.draft.filing.as_ref()?.filed_as());
        let service = match filed.filter(|filed| service.filed != Some(*filed)) {
            Some(filed) => Arc::new(service.filed(filed)),
            None => service,
        };
        let answers = found.as_ref().map(|found| read(&service, &found.draft.answers)).unwrap_or_default();
        let world = match &staff {
            Some(staff) => World::for_staff(app, &staff.staff.agency),
            None => World::of(app),
        };
        let chosen = Tongue::chosen();
        let (owner, device) = (None, Device::Unknown);
        Ok(Journey { service, world, token, found, answers, chosen, owner, staff, device })
    }

    /// The language of its pages: the one that was chosen, where the service has words in it.
    pub fn tongue(&self) -> &Tongue {
        if self.service.language == self.chosen.tag() { &self.chosen } else { &ENGLISH }
    }

    /// The agency of the staff who file it.
    pub fn staff_of(&self) -> Option<String> {
        self.staff.as_ref().map(|staff| staff.staff.agency.clone())
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
