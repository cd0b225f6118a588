//! Which home a report of a collection is of: its bin-days page begins the report with the home and what was not collected
//! filled in, and a postcode leads to a list of its homes (council C-6, C-28).

use super::{
    gate::Gate,
    journey::Journey,
    keep::{Change, keep},
    page, phrase, way,
};
use crate::{
    App,
    govuk::{BackLink, Button, Fieldset, RadioItem, Radios},
    page::{Caching, Failure, Frame, Posted, gone_to, html, lookups, origin::Origin},
};
use askama::Template;
use axum::{
    extract::{Query, State},
    response::Response,
};
use casework::bins::{self, Property};
use catalogue::{Answer, Answers, Collections, How, Kind, Place, Question, Service};
use collection::Stand;
use places::Postcode;
use store::premises::Premises;

#[derive(Template)]
#[template(path = "report/homes.html")]
pub struct HomesPage {
    pub frame: Frame,
    pub back: BackLink,
    pub action: String,
    /// The question it is an answer to, where that is not the one that decides who answers.
    pub of: Option<String>,
    pub homes: Radios,
    pub call: Option<(String, String)>,
    pub button: Button,
}

/// Names the place question, where it is not the one that decides who answers.
const OF: &str = "of";

/// Where one of the homes of a postcode is picked for a question.
pub fn path(service: &Service, question: &Question) -> String {
    let of = (!decides(service, question)).then(|| format!("{OF}={}", question.id));
    way::with(way::page(&service.id, "homes"), of.as_slice())
}

fn decides(service: &Service, question: &Question) -> bool {
    service.deciding_place().is_some_and(|place| place.id == question.id)
}

/// The place question that is meant, where it asks for a home.
fn asked<'s>(service: &'s Service, of: &str) -> Option<&'s Question> {
    let question = if of.is_empty() { service.deciding_place() } else { service.question(of) };
    question.filter(|question| service.asks_home(question))
}

/// Homes of the postcode that was given, where the question wants one of them and none was picked yet.
pub async fn homes(app: &App, journey: &Journey, question: &Question) -> Result<Vec<Premises>, Failure> {
    let place = journey.answers.get(&question.id).filter(|_| journey.service.asks_home(question));
    let Some(Answer::Place(place)) = place else { return Ok(Vec::new()) };
    // Of a postcode that is not in the list of postcodes the homes may be known all the same.
    let postcode =
        place.postcode.clone().or_else(|| Postcode::parse(&place.typed).map(|postcode| postcode.to_string()));
    let Some(postcode) = postcode.filter(|_| place.uprn.is_none()) else { return Ok(Vec::new()) };
    Ok(app.db.read(move |tx| bins::find(tx, &postcode)).await?)
}

/// A place that was sent again as it was typed is still the home that was picked.
pub fn still(answer: Answer, before: Option<&Answer>) -> Answer {
    match (&answer, before) {
        (Answer::Place(now), Some(Answer::Place(home))) if home.uprn.is_some() && now.typed == home.typed => {
            Answer::Place(home.clone())
        }
        _ => answer,
    }
}

pub async fn get(
    State(app): State<App>,
    journey: Journey,
    origin: Origin,
    Query(pairs): Query<Vec<(String, String)>>,
) -> Result<Response, Failure> {
    journey.live()?;
    // A contact centre has one origin.
    if journey.staff.is_none()
        && lookups::limits(&app).is_some_and(|limits| !app.lookups.request(&origin.0, limits.requests, app.now()))
    {
        return Err(Failure::TooMany);
    }
    let service = &journey.service;
    let of = pairs.iter().find(|(name, _)| name == OF).map_or("", |(_, id)| id.as_str());
    let Some(question) = asked(service, of) else { return Ok(gone_to(&journey.stands())) };
    let homes = homes(&app, &journey, question).await?;
    if journey.is_sent() || homes.is_empty() {
        return Ok(gone_to(&journey.stands()));
    }
    let title = "Which home is it?";
    let mut items: Vec<RadioItem> = homes.iter().map(|home| RadioItem::new(&home.uprn, &home.address)).collect();
    items.push(RadioItem::divider(journey.tongue().say("ask.or")));
    items.push(RadioItem::new("", "It is not in this list").checked(true));
    let fieldset = Some(Fieldset::legend(title).heading());
    html(
        &HomesPage {
            frame: page::frame(&app, &journey, false, title),
            back: BackLink::to(way::question(&service.id, &question.id, &[])),
            action: way::page(&service.id, "home"),
            of: (!decides(service, question)).then(|| question.id.clone()),
            homes: Radios { name: "uprn".into(), fieldset, items: items.into(), ..Radios::default() },
            call: phrase::call(&journey),
            button: Button::text(journey.tongue().say("ask.continue")),
        },
        Caching::Never,
    )
}

/// Takes a home, and perhaps a kind of collection there. What cannot be reported now leads back to the page that says why.
pub async fn post(
    State(app): State<App>,
    journey: Journey,
    origin: Origin,
    Posted(form): Posted,
) -> Result<Response, Failure> {
    phrase::same_call(&journey, &form)?;
    let question = asked(&journey.service, form.trimmed(OF)).ok_or(Failure::NotFound)?.clone();
    let ties = journey.service.collections.clone();
    if form.trimmed("uprn").is_empty() {
        journey.live()?;
        return Ok(gone_to(&journey.stands()));
    }
    let uprn = collection::rows::uprn(form.trimmed("uprn")).ok_or(Failure::NotFound)?;
    let (now, limits) = (app.now(), lookups::limits(&app).ok_or(Failure::NotFound)?);
    if journey.staff.is_none() && !app.lookups.home("page", &origin.0, &uprn, limits.properties, now) {
        return Err(Failure::TooMany);
    }
    let (setting, number, of) = (app.setting.clone(), uprn.clone(), journey.staff_of());
    let property = app.db.read(move |tx| bins::property_for(tx, &setting, &number, now, of.as_deref())).await?;
    let property = property.ok_or(Failure::NotFound)?;
    let mut given = vec![home(&app, &question, &property)];
    if let Some(ties) = ties.filter(|_| !form.trimmed("kind").is_empty()) {
        match missed(&app, &journey, &ties, &property, form.trimmed("kind")) {
            Some(answers) => given.extend(answers),
            None if journey.staff.is_some() => {}
            None => return Ok(gone_to(&format!("/property/{uprn}"))),
        }
    }
    if journey.is_sent() && journey.staff.is_some() {
        return Ok(gone_to(&way::page(&journey.service.id, "done")));
    }
    // What was sent before is done; this is another report.
    let journey = match journey.is_sent() {
        true => Journey { token: None, found: None, answers: Answers::new(), ..journey },
        false => journey,
    };
    let kept = keep(&app, journey, &Gate::default(), &Change::Given(given)).await?;
    let to = kept.journey.stands();
    Ok(kept.hand_over(&app, gone_to(&to)))
}

type Given = (String, Option<Answer>);

fn home(app: &App, question: &Question, property: &Property) -> Given {
    let home = &property.home;
    let point = crate::page::home::at(app, home);
    let place = Place {
        typed: home.postcode.clone(),
        label: format!("{}, {}", home.address, home.postcode),
        point,
        postcode: Some(home.postcode.clone()),
        how: if point.is_some() { How::Postcode } else { How::Words },
        uprn: Some(home.uprn.clone()),
    };
    (question.id.clone(), Some(Answer::Place(place)))
}

/// The answers that say what was not collected; None where it cannot be reported now.
fn missed(app: &App, journey: &Journey, ties: &Collections, property: &Property, kind: &str) -> Option<Vec<Given>> {
    let Kind::Choices { options, .. } = &journey.service.question(&ties.what)?.kind else { return None };
    let rules = app.setting.catalogue.agency(&property.home.agency)?.missed.as_ref();
    let may_dispute = rules.is_some_and(|rules| rules.disputes);
    options.iter().find(|option| *option == kind)?;
    let bin = property.bins.iter().find(|bin| bin.kind == kind);
    let is_told = bin.is_some_and(|bin| matches!(bin.stand, Some(Stand::CrewRecorded { .. }))) && !property.is_stale;
    let is_open = bin.map_or(property.bins.is_empty(), |bin| bin.is_open(property.is_stale));
    if is_told && !may_dispute || !is_told && !is_open {
        return None;
    }
    let mut given = vec![(ties.what.clone(), Some(Answer::Choices(vec![kind.to_owned()])))];
    if let Some(told) = &ties.told {
        let said = Answer::Choice(told.option.clone());
        match is_told {
            true => given.push((told.question.clone(), Some(said))),
            // Left from another kind that was begun before.
            false if journey.answers.get(&told.question) == Some(&said) => given.push((told.question.clone(), None)),
            false => {}
        }
    }
    Some(given)
}
