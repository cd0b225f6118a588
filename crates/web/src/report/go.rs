//! `/report/{service}/go/{to}`: a stop leads to another service, and what both ask goes along.

use super::{
    gate::{Gate, settle},
    journey::{COOKIE, Journey},
    way,
};
use crate::{
    App,
    page::{Failure, cookie, gone_to},
};
use axum::{
    extract::{Path, State},
    response::Response,
};
use casework::{
    attempt::{self, Draft},
    report::filing::Filing,
};
use catalogue::{End, carry, walk};

pub async fn post(
    State(app): State<App>,
    journey: Journey,
    Path((_, to)): Path<(String, String)>,
) -> Result<Response, Failure> {
    let before = journey.live()?.draft.clone();
    let from = journey.walk();
    let leads = matches!(&from.end, End::Stop(view) if view.go.as_ref() == Some(&to));
    if !leads || journey.is_sent() {
        return Ok(gone_to(&journey.stands()));
    }
    let service = app.setting.catalogue.service(&to).ok_or(Failure::NotFound)?.clone();
    // Staff are asked for whom again where the other service cannot be filed so.
    let filed = before.filing.as_ref().and_then(Filing::filed_as);
    if filed.is_some_and(|filed| !service.can_be_filed(filed)) {
        return Ok(gone_to(&way::begin(&to)));
    }
    let carried = carry(&journey.service, &service, &from.kept);
    let (answers, path) = {
        let ctx = journey.world.context();
        let there = walk(&service, &carried, &ctx);
        // The page of its first question is where the service begins; further on the journey has a page of its own.
        (settle(&there), way::end(&there, false, &Gate::default()))
    };
    let draft = Draft { answers: answers.to_json(), after: before.after, filing: before.filing, ..Draft::default() };
    let (id, draw) = (service.id.clone(), app.draw());
    let token = app.db.write(move |tx| attempt::begin(tx, &mut draw.clone(), &id, &draft)).await?;
    let mut response = gone_to(&path);
    cookie::set(&app, response.headers_mut(), COOKIE, &token, &way::begin(&service.id));
    Ok(response)
}
