//! `/track/{reference}/reopen`: opening a closed report again, while it can be (C-49).

use super::{
    plea::{self, Plea},
    visit::Visiting,
};
use crate::{
    App,
    page::{Failure, Posted},
};
use axum::{extract::State, response::Response};
use casework::report::{
    follow,
    reopening::{self, Reopening},
};

async fn plea(app: &App, visiting: &Visiting) -> Result<Plea, Failure> {
    let (actor, setting, now) = (visiting.actor.clone(), app.setting.clone(), app.now());
    let shown = app.db.read(move |tx| follow::following(&actor, tx, &setting, now)).await?;
    if !matches!(shown.reopening, Reopening::Until(_)) {
        return Err(Failure::NotFound);
    }
    let about =
        "Is it not done, or has it come back? Tell us, and somebody looks at it again. You need not report it anew.";
    Ok(Plea {
        at: "reopen",
        title: "Open your report again",
        about: vec![about.to_owned()],
        label: "What is still wrong?",
        hint: "Say what you see now.",
        button: "Open it again",
    })
}

pub async fn get(State(app): State<App>, visiting: Visiting) -> Result<Response, Failure> {
    plea(&app, &visiting).await?.draw(&app, &visiting)
}

pub async fn post(State(app): State<App>, visiting: Visiting, posted: Posted) -> Result<Response, Failure> {
    let (actor, setting, draw) = (visiting.actor.clone(), app.setting.clone(), app.draw());
    let words = posted.get("words").to_owned();
    let came = app.db.write(move |tx| reopening::reopen(&actor, tx, &setting, &mut draw.clone(), &words)).await;
    match plea::came(&visiting, "reopened", came)? {
        Ok(gone) => Ok(gone),
        Err(problem) => plea(&app, &visiting).await?.again(&app, &visiting, (posted.get("words"), problem)),
    }
}
