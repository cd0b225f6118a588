//! `/staff/reports/{reference}/publication`: shows a report to everybody, or hides it (C-53).

use super::{
    acts::{run, version},
    session::SignedIn,
};
use crate::{
    App,
    page::{Failure, Posted},
};
use axum::{
    extract::{Path, State},
    response::Response,
};
use casework::report::{acts::On, objection, private, publication, remark, shown_name};
use uuid::Uuid;

pub async fn post(
    State(app): State<App>,
    who: SignedIn,
    Path(reference): Path<String>,
    posted: Posted,
) -> Result<Response, Failure> {
    let (version, words, show) = (version(&posted), posted.get("words").to_owned(), posted.get("show") == "yes");
    run(app, who, reference, words.clone(), move |actor, tx, setting, draw, reference| {
        publication::moderate(actor, tx, setting, draw, On { reference, version }, show, &words)?;
        Ok("saved")
    })
    .await
}

/// `/staff/reports/{reference}/private`: keeps a report private, or ends that (C-65).
pub async fn private(
    State(app): State<App>,
    who: SignedIn,
    Path(reference): Path<String>,
    posted: Posted,
) -> Result<Response, Failure> {
    let (version, words, is_private) =
        (version(&posted), posted.get("words").to_owned(), posted.get("private") == "yes");
    run(app, who, reference, words.clone(), move |actor, tx, setting, draw, reference| {
        private::set(actor, tx, setting, draw, On { reference, version }, (is_private, &words))?;
        Ok("saved")
    })
    .await
}

/// `/staff/reports/{reference}/remarks/{remark}`: shows what somebody said to everybody, or hides it.
pub async fn remark(
    State(app): State<App>,
    who: SignedIn,
    Path((reference, id)): Path<(String, Uuid)>,
    posted: Posted,
) -> Result<Response, Failure> {
    let (version, show) = (version(&posted), posted.get("show") == "yes");
    run(app, who, reference, String::new(), move |actor, tx, setting, draw, reference| {
        remark::decide(actor, tx, setting, draw, On { reference, version }, (id, show))?;
        Ok("saved")
    })
    .await
}

/// `/staff/reports/{reference}/names/{item}`: hides a name that somebody chose to show (C-53).
pub async fn name(
    State(app): State<App>,
    who: SignedIn,
    Path((reference, item)): Path<(String, Uuid)>,
    posted: Posted,
) -> Result<Response, Failure> {
    let (version, words) = (version(&posted), posted.get("words").to_owned());
    run(app, who, reference, words.clone(), move |actor, tx, setting, draw, reference| {
        shown_name::hide(actor, tx, setting, draw, On { reference, version }, (item, &words))?;
        Ok("saved")
    })
    .await
}

/// `/staff/reports/{reference}/objections/{objection}`: hides what somebody says should not be public, or leaves it.
pub async fn objection(
    State(app): State<App>,
    who: SignedIn,
    Path((reference, id)): Path<(String, Uuid)>,
    posted: Posted,
) -> Result<Response, Failure> {
    let (version, hide, words) = (version(&posted), posted.get("hide") == "yes", posted.get("words").to_owned());
    run(app, who, reference, words.clone(), move |actor, tx, setting, draw, reference| {
        objection::decide(actor, tx, setting, draw, On { reference, version }, (id, hide, &words))?;
        Ok("saved")
    })
    .await
}
