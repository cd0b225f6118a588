//! `/staff/views`: filters of the list that are kept under a name (C-63).

use super::{
    acts::{refused, said},
    queue::{Asked, KEPT, address},
    session::SignedIn,
};
use crate::{
    App,
    page::{Failure, Posted, gone_to},
};
use axum::{
    extract::{Path, State},
    response::Response,
};
use casework::{Error, report::saved_view};
use serde_json::{Value as Json, json};
use store::saved_view::SavedView;
use uuid::Uuid;

/// The list as a kept view asks for it.
pub fn asked(view: &SavedView) -> Asked {
    serde_json::from_value(view.filter.clone()).unwrap_or_default()
}

pub async fn keep(State(app): State<App>, who: SignedIn, posted: Posted) -> Result<Response, Failure> {
    let text = |name: &str| posted.get(name).to_owned();
    let chosen = KEPT.iter().map(|name| ((*name).to_owned(), json!(text(name))));
    let filter = Json::Object(chosen.filter(|(_, value)| value != "").collect());
    let now: Asked = serde_json::from_value(filter.clone()).unwrap_or_default();
    let (actor, draw, name, team) = (who.actor.clone(), app.draw(), text("name"), text("for"));
    let back = address(&now);
    let done =
        app.db.write(move |tx| saved_view::keep(&actor, tx, &mut draw.clone(), (&name, &team), filter.clone())).await;
    match done {
        Ok(()) => Ok(gone_to(&back)),
        Err(Error::Refused(refusal)) => refused(&app, &who, said(refusal), text("name"), back),
        Err(other) => Err(other.into()),
    }
}

pub async fn remove(State(app): State<App>, who: SignedIn, Path(view): Path<String>) -> Result<Response, Failure> {
    let id = Uuid::parse_str(&view).map_err(|_| Failure::NotFound)?;
    let (actor, draw) = (who.actor.clone(), app.draw());
    app.db.write(move |tx| saved_view::remove(&actor, tx, &mut draw.clone(), id)).await?;
    Ok(gone_to("/staff"))
}
