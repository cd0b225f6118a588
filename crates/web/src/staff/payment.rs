//! Posts about what is paid for a report: recorded as paid another way, or given back (council C-38).

use super::{
    acts::{run, told, version},
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
use casework::report::{acts::On, payment};
use store::payment::Method;

pub async fn record(
    State(app): State<App>,
    who: SignedIn,
    Path(reference): Path<String>,
    posted: Posted,
) -> Result<Response, Failure> {
    let (version, words) = (version(&posted), posted.get("words").to_owned());
    let method = Method::from_name(posted.get("method"));
    run(app, who, reference, words.clone(), move |actor, tx, setting, draw, reference| {
        Ok(told(payment::record(actor, tx, setting, draw, On { reference, version }, method, &words)?))
    })
    .await
}

pub async fn refund(
    State(app): State<App>,
    who: SignedIn,
    Path(reference): Path<String>,
    posted: Posted,
) -> Result<Response, Failure> {
    let (version, words) = (version(&posted), posted.get("words").to_owned());
    run(app, who, reference, words.clone(), move |actor, tx, setting, draw, reference| {
        Ok(told(payment::refund(actor, tx, setting, draw, On { reference, version }, &words)?))
    })
    .await
}
