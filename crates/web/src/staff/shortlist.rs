//! `/staff/shortlist`: what a person goes to see on a day, in their order (C-69).

use super::{
    acts::{run, version},
    queue::Table,
    session::SignedIn,
};
use crate::{
    App,
    page::{Caching, Failure, Frame, Posted, gone_to, html},
};
use askama::Template;
use axum::{
    extract::{Path, State},
    response::Response,
};
use casework::{
    codes,
    report::{acts::On, shortlist},
};

#[derive(Template)]
#[template(path = "staff/shortlist.html")]
pub struct ShortlistPage {
    pub frame: Frame,
    pub table: Table,
}

pub async fn get(State(app): State<App>, who: SignedIn) -> Result<Response, Failure> {
    let (actor, setting, now) = (who.actor.clone(), app.setting.clone(), app.now());
    rights::hold(&actor, rights::Right::KeepShortlist)?;
    let job = move |look: &mut store::Look| shortlist::list(&actor, look, &setting, now);
    let rows = app.db.look(&who.actor, app.draw().glance("work"), job).await?;
    let frame = Frame::staff(&app, "To go and see", Some(who.desk(&app, "shortlist")));
    html(&ShortlistPage { frame, table: Table { rows, now, ticks: false } }, Caching::Never)
}

/// Moves one a place up or down.
pub async fn shift(State(app): State<App>, who: SignedIn, posted: Posted) -> Result<Response, Failure> {
    let reference = codes::read_reference(posted.get("report")).ok_or(Failure::NotFound)?;
    let up = posted.get("do") == "up";
    let (actor, draw) = (who.actor.clone(), app.draw());
    app.db.write(move |tx| shortlist::shift(&actor, tx, &mut draw.clone(), (&reference, up))).await?;
    Ok(gone_to("/staff/shortlist"))
}

/// Puts a report on the actor's list, or takes it off.
pub async fn post(
    State(app): State<App>,
    who: SignedIn,
    Path(reference): Path<String>,
    posted: Posted,
) -> Result<Response, Failure> {
    let (version, off) = (version(&posted), posted.get("do") == "off");
    run(app, who, reference, String::new(), move |actor, tx, _, draw, reference| {
        let on = On { reference, version };
        if off {
            shortlist::remove(actor, tx, draw, on)?
        } else {
            shortlist::put(actor, tx, draw, on)?
        }
        Ok("saved")
    })
    .await
}
