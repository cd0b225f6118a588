//! `/track/{reference}/review`, `/news`, `/updates`: what a victim may ask for beside adding words: a review of a decision,
//! how it goes, and to hear more or less often.

use super::{
    plea::{self, Plea},
    visit::{self, Visiting},
};
use crate::{
    App,
    page::{Failure, Posted, gone_to, when},
};
use axum::{extract::State, response::Response};
use casework::{
    Error, Refusal,
    report::{agreement, feedback, follow, review},
};

async fn plea(app: &App, visiting: &Visiting) -> Result<Plea, Failure> {
    let (actor, setting, now) = (visiting.actor.clone(), app.setting.clone(), app.now());
    let shown = app.db.read(move |tx| follow::following(&actor, tx, &setting, now)).await?;
    let until = shown.review_until.ok_or(Failure::NotFound)?;
    let about = "We decided not to take this further. You can ask us to look at that decision again. Somebody who did not make \
                 it will read the whole case.";
    let name = "It is called the Victims’ Right to Review.";
    Ok(Plea {
        at: "review",
        title: "Ask for a review",
        about: vec![about.to_owned(), format!("You can ask until {}. {name}", when::by(until))],
        label: "Why should we look again?",
        hint: "Tell us what you think we missed or got wrong.",
        button: "Ask for a review",
    })
}

pub async fn get(State(app): State<App>, visiting: Visiting) -> Result<Response, Failure> {
    plea(&app, &visiting).await?.draw(&app, &visiting)
}

pub async fn review(State(app): State<App>, visiting: Visiting, posted: Posted) -> Result<Response, Failure> {
    let (actor, setting, draw) = (visiting.actor.clone(), app.setting.clone(), app.draw());
    let words = posted.get("words").to_owned();
    let came = app.db.write(move |tx| review::ask(&actor, tx, &setting, &mut draw.clone(), &words)).await;
    match plea::came(&visiting, "review", came)? {
        Ok(gone) => Ok(gone),
        Err(problem) => plea(&app, &visiting).await?.again(&app, &visiting, (posted.get("words"), problem)),
    }
}

pub async fn news(State(app): State<App>, visiting: Visiting) -> Result<Response, Failure> {
    let (actor, setting, draw) = (visiting.actor.clone(), app.setting.clone(), app.draw());
    app.db.write(move |tx| follow::ask_news(&actor, tx, &setting, &mut draw.clone())).await?;
    Ok(gone_to(&format!("{}?done=news", visit::path(&visiting.head.reference))))
}

/// How the agency did: one press, and no page on which anything could be wrong.
pub async fn feedback(State(app): State<App>, visiting: Visiting, posted: Posted) -> Result<Response, Failure> {
    let (agency, answer) = (posted.get("agency").to_owned(), posted.get("answer").to_owned());
    let (actor, setting, draw) = (visiting.actor.clone(), app.setting.clone(), app.draw());
    let give = move |tx: &mut store::Tx| feedback::give(&actor, tx, &setting, &mut draw.clone(), &agency, &answer);
    match app.db.write(give).await {
        // Pressed twice: it counted once.
        Ok(()) | Err(Error::Refused(Refusal::AlreadyDone)) => {
            Ok(gone_to(&format!("{}?done=told", visit::path(&visiting.head.reference))))
        }
        Err(other) => Err(other.into()),
    }
}

pub async fn updates(State(app): State<App>, visiting: Visiting, posted: Posted) -> Result<Response, Failure> {
    let (actor, setting, draw, wish) =
        (visiting.actor.clone(), app.setting.clone(), app.draw(), posted.get("wish").to_owned());
    let asked = app.db.write(move |tx| agreement::ask(&actor, tx, &setting, &mut draw.clone(), &wish)).await;
    let done = match asked {
        Ok(()) => "updates",
        Err(Error::Refused(Refusal::ReasonNeeded)) => "wish",
        Err(other) => return Err(other.into()),
    };
    Ok(gone_to(&format!("{}?done={done}", visit::path(&visiting.head.reference))))
}
