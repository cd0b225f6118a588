//! `POST /report/{service}/private`: takes out of the words that everybody may read one day what tells who somebody is: an e-mail
//! address, a telephone number, a number plate (C-8). The page before sending says what it found, and one press takes it out.
//! Who leaves it in sends it all the same; a person looks at it before it is shown.

use super::{
    gate::Gate,
    journey::Journey,
    keep::{Change, keep},
    way,
};
use crate::{
    App,
    page::{Failure, gone_to},
};
use axum::{extract::State, response::Response};
use catalogue::{Answer, without_private};

/// Answers that hold such a thing, and what is left of each without it.
pub(super) fn found(journey: &Journey) -> Vec<(String, String)> {
    let walk = journey.walk();
    if walk.effects.sensitive { Vec::new() } else { without_private(&journey.service, &walk.kept) }
}

pub async fn post(State(app): State<App>, journey: Journey) -> Result<Response, Failure> {
    journey.live()?;
    let service = journey.service.id.clone();
    if journey.is_sent() {
        return Ok(gone_to(&way::page(&service, "done")));
    }
    let left = |(id, words): (String, String)| {
        let answer = (!words.is_empty()).then_some(Answer::Text(words));
        Change::Answer(id, Box::new(answer), Vec::new())
    };
    let changes = found(&journey).into_iter().map(left).collect();
    let kept = keep(&app, journey, &Gate::default(), &Change::Several(changes)).await?;
    let stands = kept.journey.stands();
    Ok(kept.hand_over(&app, gone_to(&stands)))
}
