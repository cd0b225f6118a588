//! `/property/{uprn}/home`: this browser keeps the home, so that its bin days stand on the front page, or forgets it.

use super::{Door, found};
use crate::{
    App,
    page::{Failure, Posted, cookie, gone_to, home, origin::Origin},
};
use axum::{
    extract::{Path, State},
    response::Response,
};

pub async fn post(
    State(app): State<App>,
    origin: Origin,
    Path(uprn): Path<String>,
    posted: Posted,
) -> Result<Response, Failure> {
    let found = found(&app, &uprn, &origin.0, Door::Page).await?;
    let keep = posted.get("keep") == "yes";
    let to = if keep { "/".to_owned() } else { found.path() };
    let mut response = gone_to(&to);
    let headers = response.headers_mut();
    if keep {
        cookie::keep(&app, headers, home::COOKIE, &found.property.home.uprn, "/", home::SECONDS);
    } else {
        cookie::clear(&app, headers, home::COOKIE, "/");
    }
    Ok(response)
}
