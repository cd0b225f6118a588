//! What one hears of, and a copy of all that the house holds of one.

use super::Owner;
use crate::{
    App,
    page::{Failure, gone_to},
};
use axum::{
    extract::{Path, State},
    http::header,
    response::{IntoResponse, Response},
};
use casework::account;
use uuid::Uuid;

/// No more mail of this.
pub async fn stop(State(app): State<App>, owner: Owner, Path(id): Path<Uuid>) -> Result<Response, Failure> {
    let (setting, draw, actor) = (app.setting.clone(), app.draw(), owner.actor);
    app.db.write(move |tx| account::hear_no_more(&actor, tx, &setting, &mut draw.clone(), id)).await?;
    Ok(gone_to("/account?stopped=1"))
}

/// `/account/copy`: a file of JSON, to keep or to take elsewhere.
pub async fn copy(State(app): State<App>, owner: Owner) -> Result<Response, Failure> {
    let (setting, now, actor) = (app.setting.clone(), app.now(), owner.actor.clone());
    let copy = app.db.read(move |tx| account::copy(&actor, tx, &setting, now)).await?;
    let draw = app.draw();
    app.db.write(move |tx| account::copied(&owner.actor, tx, &mut draw.clone())).await?;
    let text = serde_json::to_string_pretty(&copy).map_err(|_| Failure::Broken)?;
    let headers = [
        (header::CONTENT_TYPE, "application/json; charset=utf-8"),
        (header::CONTENT_DISPOSITION, "attachment; filename=\"moothall-my-data.json\""),
        (header::CACHE_CONTROL, "no-store"),
    ];
    Ok((headers, text).into_response())
}
