//! `/report/{service}/send`: the one write that makes a report of the answers.

use super::{check, journey::Journey, way};
use crate::{
    App,
    page::{Channel, Failure, Posted, gone_to},
};
use axum::{extract::State, response::Response};
use casework::{
    Error, Refusal,
    report::submit::{Ready, Sent, ready, submit, submit_for},
};
use catalogue::End;
use store::held::Held;

/// A second try finds the receipt of the sending it met.
const TRIES: usize = 2;

pub async fn post(State(app): State<App>, journey: Journey, posted: Posted) -> Result<Response, Failure> {
    send(&app, &journey, posted.get(check::NAMED) == "yes").await
}

/// The same, of a journey that was kept in another way.
pub(super) async fn send(app: &App, journey: &Journey, named: bool) -> Result<Response, Failure> {
    let held = check::held(app, journey).await?;
    let ready = match complete(app, journey, &held, named)? {
        Complete::Ready(ready) => ready.named(named),
        Complete::Not(response) => return Ok(response),
    };
    let done = way::page(&journey.service.id, "done");
    for _ in 0..TRIES {
        let (setting, draw, ready) = (app.setting.clone(), app.draw(), ready.clone());
        let token = journey.token.clone().ok_or(Failure::AnswersGone)?;
        // Nothing is said before this has committed (house.md, invariant 8).
        let staff = journey.staff.as_ref().map(|staff| staff.actor.clone());
        let job = move |tx: &mut store::Tx| match &staff {
            Some(actor) => submit_for(actor, tx, &setting, &mut draw.clone(), &token, &ready),
            None => submit(tx, &setting, &mut draw.clone(), &token, &ready),
        };
        match app.db.write(job).await {
            Ok(sent) => {
                if matches!(sent, Sent::New(_)) {
                    app.figures.received(Channel::Web);
                }
                app.bell.notify_one();
                return Ok(gone_to(&done));
            }
            Err(Error::Stale) => {}
            Err(Error::Refused(Refusal::FileGone)) => {
                let words = "check.file_gone";
                return check::draw(app, journey, &chosen(named), Some(words), &held);
            }
            // Reported meanwhile, by this visitor or another at the home: the page of what was missed says which.
            Err(Error::Refused(
                why @ (Refusal::NotNow | Refusal::NoSuchSlot | Refusal::TooManyItems | Refusal::AlreadyOrdered),
            )) => {
                return not_now(app, journey, why).await;
            }
            Err(Error::NotFound(_)) => return Err(Failure::AnswersGone),
            Err(other) => return Err(other.into()),
        }
    }
    Err(Failure::ChangedMeanwhile)
}

/// The box as it came.
fn chosen(named: bool) -> Vec<(String, String)> {
    if named { vec![(check::NAMED.to_owned(), "yes".to_owned())] } else { Vec::new() }
}

async fn not_now(app: &App, journey: &Journey, why: Refusal) -> Result<Response, Failure> {
    let journey = journey.again(app, journey.token.clone()).await?;
    let service = &journey.service;
    let booking = service.booking.as_ref();
    let what = match why {
        Refusal::NoSuchSlot => booking.map(|ties| ties.date.as_str()),
        Refusal::TooManyItems | Refusal::AlreadyOrdered => match &service.order {
            Some(order) => Some(order.things.rows.as_str()),
            None => booking.map(|ties| ties.things.rows.as_str()),
        },
        _ => service.collections.as_ref().map(|ties| ties.what.as_str()),
    };
    let what = what.filter(|_| !journey.is_sent());
    Ok(gone_to(&match what {
        Some(what) => way::question(&service.id, what, &["from=check".to_owned()]),
        None => way::page(&service.id, "done"),
    }))
}

enum Complete {
    Ready(Box<Ready>),
    /// Sent before, or something is missing: the page to go on with.
    Not(Response),
}

/// Everything that can be worked out before the write.
fn complete(app: &App, journey: &Journey, held: &[Held], named: bool) -> Result<Complete, Failure> {
    let found = journey.live()?;
    if journey.is_sent() {
        return Ok(Complete::Not(gone_to(&way::page(&journey.service.id, "done"))));
    }
    let walk = journey.walk();
    if walk.end != End::Check || (way::needs_pin(&walk) && found.draft.pin.is_none()) {
        return Ok(Complete::Not(gone_to(&journey.stands())));
    }
    let pin = found.draft.pin.as_deref();
    match ready(&app.setting, &journey.service, &journey.answers, pin, &journey.world.context()) {
        Ok(ready) => {
            let ready = ready.answered_in(journey.chosen.tag()).signed_in(journey.owner.is_some());
            let ready = ready.sent_after(found.draft.after).sent_from(journey.device);
            Ok(Complete::Ready(Box::new(match &found.draft.filing {
                Some(filing) => ready.filed_by(filing.clone()),
                None => ready,
            })))
        }
        Err(Error::Refused(Refusal::Incomplete)) => {
            let words = "check.unknown";
            check::draw(app, journey, &chosen(named), Some(words), held).map(Complete::Not)
        }
        Err(other) => Err(other.into()),
    }
}
