//! `/track/{reference}/removal`: asking that what says who one is be taken out of what is public (C-50).

use super::{
    plea::{self, Plea},
    visit::Visiting,
};
use crate::{
    App,
    page::{Failure, Posted},
};
use axum::{extract::State, response::Response};
use casework::report::{removal, wording};

async fn plea(app: &App, visiting: &Visiting) -> Result<Plea, Failure> {
    let (actor, setting) = (visiting.actor.clone(), app.setting.clone());
    app.db.read(move |tx| wording::own(&actor, tx, &setting)).await?;
    let about = "When you press the button, nobody else can read your report any more. Then a person decides what to take \
                 out, and whether others can read the rest. They deal with your report as before.";
    Ok(Plea {
        at: "removal",
        title: "Take out what says who you are",
        about: vec![about.to_owned()],
        label: "What says who you are?",
        hint: "For example, a name, a house number or a face in a photo.",
        button: "Hide my report and ask",
    })
}

pub async fn get(State(app): State<App>, visiting: Visiting) -> Result<Response, Failure> {
    plea(&app, &visiting).await?.draw(&app, &visiting)
}

pub async fn post(State(app): State<App>, visiting: Visiting, posted: Posted) -> Result<Response, Failure> {
    let (actor, draw, words) = (visiting.actor.clone(), app.draw(), posted.get("words").to_owned());
    let came = app.db.write(move |tx| removal::ask(&actor, tx, &mut draw.clone(), &words)).await;
    match plea::came(&visiting, "removal", came)? {
        Ok(gone) => Ok(gone),
        Err(problem) => plea(&app, &visiting).await?.again(&app, &visiting, (posted.get("words"), problem)),
    }
}
