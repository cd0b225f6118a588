//! `/staff/views`: filters of the list that are kept under a name (C-63).

use super::{
    acts::{refused, said},
    queue::{Asked, address},
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
use serde_json::json;
use store::saved_view::SavedView;
use uuid::Uuid;

/// The list as a kept view asks for it.
pub fn asked(view: &SavedView) -> Asked {
    let text = |name: &str| view.filter[name].as_str().unwrap_or_default().to_owned();
    Asked { view: text("view"), team: text("team"), service: text("service"), sort: text("sort"), ..Asked::default() }
}

pub async fn keep(State(app): State<App>, who: SignedIn, posted: Posted) -> Result<Response, Failure> {
    let text = |name: &str| posted.get(name).to_owned();
    let now = Asked {
        view: text("view"),
        team: text("team"),
        service: text("service"),
        sort: text("sort"),
        ..Asked::default()
    };
    let filter = json!({ "view": now.view, "team": now.team, "service": now.service, "sort": now.sort });
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
