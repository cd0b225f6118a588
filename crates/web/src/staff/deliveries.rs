//! `/staff/deliveries`: messages that did not go out, and what the agency's records system and back office were not told,
//! for a person to put right.

use super::{office::Office, session::SignedIn};
use crate::{
    App,
    page::{Caching, Failure, Frame, gone_to, html, when},
};
use askama::Template;
use axum::{
    extract::{Path, State},
    response::Response,
};
use casework::report::{hook::Event, work};
use store::{
    delivery::{self, Delivery, State as DeliveryState},
    hook::{self, Hook},
};
use uuid::Uuid;

pub struct Stuck {
    pub id: Uuid,
    pub reference: String,
    pub made: String,
    pub problem: String,
    pub can_retry: bool,
}

/// What the records system refuses.
pub struct Untold {
    pub id: Uuid,
    pub reference: String,
    pub event: &'static str,
    pub made: String,
    pub problem: String,
}

#[derive(Template)]
#[template(path = "staff/deliveries.html")]
pub struct DeliveriesPage {
    pub frame: Frame,
    pub stuck: Vec<Stuck>,
    pub untold: Vec<Untold>,
    /// Of what waits for the records system: how many, and since when.
    pub waiting: Option<(i64, String)>,
    pub office: Office,
}

pub async fn get(State(app): State<App>, signed_in: SignedIn) -> Result<Response, Failure> {
    let actor = signed_in.actor.clone();
    let look = app.db.look(&signed_in.actor, app.draw().glance("work"), move |look| {
        let rows = (delivery::stuck(&actor, look)?, hook::stuck(&actor, look)?);
        Ok::<_, store::Error>((rows, hook::waiting(&actor, look.tx)?, Office::read(&actor, look)?))
    });
    let ((rows, refused), (count, oldest), office) = look.await?;
    let frame = Frame::staff(&app, "Messages not sent", Some(signed_in.desk(&app, "deliveries")));
    let (stuck, untold) = (rows.into_iter().map(stuck).collect(), refused.into_iter().map(untold).collect());
    let waiting = oldest.map(|oldest| (count, when::moment(oldest)));
    html(&DeliveriesPage { frame, stuck, untold, waiting, office }, Caching::Never)
}

fn stuck(row: Delivery) -> Stuck {
    Stuck {
        id: row.id,
        reference: row.facts.get("reference").and_then(|r| r.as_str()).unwrap_or_default().to_owned(),
        made: when::moment(row.created_at),
        problem: match row.state {
            DeliveryState::Held => "Kept back: contact this person at a safe time".to_owned(),
            _ => format!("Not sent: {}", row.problem.as_deref().unwrap_or("unknown")),
        },
        can_retry: row.state == DeliveryState::Dead,
    }
}

fn untold((row, reference): (Hook, String)) -> Untold {
    Untold {
        id: row.id,
        reference,
        event: event(&row.event),
        made: when::moment(row.created_at),
        problem: row.problem.unwrap_or_default(),
    }
}

fn event(name: &str) -> &'static str {
    match Event::ALL.into_iter().find(|event| event.name() == name) {
        Some(Event::Received) => "Report received",
        Some(Event::MessageAdded) => "New words from the resident",
        Some(Event::Closed) => "Report closed",
        Some(Event::CrimeRecorded) => "Crime recorded",
        Some(Event::CrimeChanged) => "Crime changed",
        Some(Event::CrimeCancelled) => "Crime cancelled",
        None => "",
    }
}

pub async fn retry(State(app): State<App>, signed_in: SignedIn, Path(id): Path<String>) -> Result<Response, Failure> {
    let id = Uuid::parse_str(&id).map_err(|_| Failure::NotFound)?;
    let (actor, draw) = (signed_in.actor, app.draw());
    app.db.write(move |tx| work::retry_delivery(&actor, tx, &mut draw.clone(), id)).await?;
    app.bell.notify_one();
    Ok(gone_to("/staff/deliveries"))
}

pub async fn retry_hook(
    State(app): State<App>,
    signed_in: SignedIn,
    Path(id): Path<String>,
) -> Result<Response, Failure> {
    let id = Uuid::parse_str(&id).map_err(|_| Failure::NotFound)?;
    let (actor, draw) = (signed_in.actor, app.draw());
    app.db.write(move |tx| work::retry_hook(&actor, tx, &mut draw.clone(), id)).await?;
    app.bell.notify_one();
    Ok(gone_to("/staff/deliveries"))
}
