//! `/staff/deliveries`: messages that did not go out, for a person to put right.

use super::session::SignedIn;
use crate::{
    App,
    page::{Caching, Failure, Frame, gone_to, html, when},
};
use askama::Template;
use axum::{
    extract::{Path, State},
    response::Response,
};
use casework::report::work;
use store::delivery::{self, Delivery, State as DeliveryState};
use uuid::Uuid;

pub struct Stuck {
    pub id: Uuid,
    pub reference: String,
    pub made: String,
    pub problem: String,
    pub can_retry: bool,
}

#[derive(Template)]
#[template(path = "staff/deliveries.html")]
pub struct DeliveriesPage {
    pub frame: Frame,
    pub stuck: Vec<Stuck>,
}

pub async fn get(State(app): State<App>, signed_in: SignedIn) -> Result<Response, Failure> {
    let actor = signed_in.actor.clone();
    let rows =
        app.db.look(&signed_in.actor, app.draw().glance("work"), move |look| delivery::stuck(&actor, look)).await?;
    let frame = Frame::staff(&app, "Messages not sent", Some(signed_in.desk(&app, "deliveries")));
    html(&DeliveriesPage { frame, stuck: rows.into_iter().map(stuck).collect() }, Caching::Never)
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

pub async fn retry(State(app): State<App>, signed_in: SignedIn, Path(id): Path<String>) -> Result<Response, Failure> {
    let id = Uuid::parse_str(&id).map_err(|_| Failure::NotFound)?;
    let (actor, draw) = (signed_in.actor, app.draw());
    app.db.write(move |tx| work::retry_delivery(&actor, tx, &mut draw.clone(), id)).await?;
    app.bell.notify_one();
    Ok(gone_to("/staff/deliveries"))
}
