//! `POST /api/v1/reports`: a report in one call.

use super::{body::Body, complete::complete, reply, uploads};
use crate::{
    App,
    page::{Caching, Channel, Failure, Problem, World, problem::Wrong},
};
use axum::{
    extract::State,
    http::{HeaderMap, HeaderValue, StatusCode, header},
    response::Response,
};
use casework::{
    Error, Refusal, access, codes,
    report::once::{self, Given, Key, Once, submit_once},
};
use serde_json::{Value as Json, json};

/// A second try finds what the sending it met has made.
const TRIES: usize = 2;
/// Shorter keys are guessed, or chosen twice.
pub const KEY_LENGTH: std::ops::RangeInclusive<usize> = 16..=128;

pub async fn post(State(app): State<App>, headers: HeaderMap, body: Body) -> Result<Response, Problem> {
    let mut said = Json::Object(body.0.clone());
    // The same words in another order are the same words.
    said.sort_all_objects();
    let key = Key::new(&app.setting.keys, key(&headers)?, said.to_string().as_bytes());
    let (body, holder, wrong) = uploads::named(&app, body).await?;
    let ready = match complete(&app, &World::of(&app), &body, wrong) {
        Ok(ready) => ready,
        // What was taken before is acknowledged again, also where it would not be taken today.
        Err(problem) => {
            let now = app.now();
            let before = app.db.read(move |tx| once::before(tx, &key, now)).await?;
            return before.map_or(Err(problem), |once| answer(&app, once));
        }
    };
    for _ in 0..TRIES {
        let (setting, draw, key) = (app.setting.clone(), app.draw(), key.clone());
        let (ready, holder) = (ready.clone(), holder.clone());
        // Nothing is said before this has committed (house.md, invariant 8).
        match app.db.write(move |tx| submit_once(tx, &setting, &mut draw.clone(), &key, &ready, &holder)).await {
            Ok(once) => {
                if matches!(once, Once::New(_)) {
                    app.figures.received(Channel::Api);
                }
                app.bell.notify_one();
                return answer(&app, once);
            }
            Err(Error::Store(store::Error::Taken(_)) | Error::Stale) => {}
            Err(Error::Refused(Refusal::NotNow)) => return Err(not_now(&app, &body)),
            Err(Error::Refused(why @ (Refusal::NoSuchSlot | Refusal::TooManyItems | Refusal::AlreadyOrdered))) => {
                return Err(not_booked(&app, &body, why));
            }
            Err(other) => return Err(other.into()),
        }
    }
    Err(Failure::ChangedMeanwhile.into())
}

/// A collection of the home is reported already, or it is too early or too late for it.
fn not_now(app: &App, body: &Body) -> Problem {
    let service = body.0.get("service").and_then(Json::as_str).and_then(|id| app.setting.catalogue.service(id));
    let what = service.and_then(|service| service.collections.as_ref()).map(|ties| ties.what.clone());
    let words = "This cannot be reported now for this home. Its page of bin days says why";
    let field = Wrong::field(what.as_deref().unwrap_or_default(), "choices.closed", words);
    Problem::wrong(vec![Wrong { question: what, ..field }])
}

/// The day has no place left, or a crew does not take so much.
fn not_booked(app: &App, body: &Body, why: Refusal) -> Problem {
    let service = body.0.get("service").and_then(Json::as_str).and_then(|id| app.setting.catalogue.service(id));
    let ties = service.and_then(|service| service.booking.as_ref());
    let order = service.and_then(|service| service.order.as_ref());
    let rows = order.map(|order| &order.things.rows).or(ties.map(|ties| &ties.things.rows)).cloned();
    let (question, key, words) = match why {
        Refusal::TooManyItems => (rows, "group.too_many", "This is more than we can do at one time"),
        Refusal::AlreadyOrdered => (rows, "group.on_order", "One of these is on order for this home already"),
        _ => (ties.map(|ties| ties.date.clone()), "date.not_free", "This day cannot be booked, or is full"),
    };
    let field = Wrong::field(question.as_deref().unwrap_or_default(), key, words);
    Problem::wrong(vec![Wrong { question, ..field }])
}

pub fn key(headers: &HeaderMap) -> Result<&str, Problem> {
    let mut sent = headers.get_all("idempotency-key").iter();
    let one = sent.next().and_then(|value| value.to_str().ok()).filter(|_| sent.next().is_none());
    let plain = |key: &&str| {
        KEY_LENGTH.contains(&key.len()) && key.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_'))
    };
    one.filter(plain).ok_or_else(|| {
        let detail = "Send the header Idempotency-Key: 16 to 128 letters, digits, - and _, a new one for each sending.";
        Problem::new(
            StatusCode::BAD_REQUEST,
            "idempotency-key",
            "The key of this sending is missing or not right",
            detail,
        )
    })
}

fn answer(app: &App, once: Once) -> Result<Response, Problem> {
    let given = match once {
        Once::New(given) | Once::Before(given) => given,
        Once::Other => return Err(used()),
    };
    let location = HeaderValue::from_str(&format!("/api/v1/reports/{}", given.receipt.reference));
    let mut response = reply::json(StatusCode::CREATED, &receipt(app, &given), Caching::Never);
    if let Ok(location) = location {
        response.headers_mut().insert(header::LOCATION, location);
    }
    Ok(response)
}

/// The key stands for something else.
pub fn used() -> Problem {
    let detail = "Something else was sent under this Idempotency-Key. Nothing was kept of this.";
    Problem::new(StatusCode::CONFLICT, "key-used", "This key was used before", detail)
}

fn receipt(app: &App, given: &Given) -> Json {
    let (receipt, public) = (&given.receipt, &app.setting.public_url);
    let agencies: Vec<Json> = receipt
        .agencies
        .iter()
        .map(|told| {
            json!({
                "id": told.agency,
                "name": told.name,
                "what_next": told.next,
                "first_answer_due": told.first_by.map(reply::instant),
                "due": reply::instant(told.by),
            })
        })
        .collect();
    let lead = receipt.agencies.first();
    json!({
        "reference": receipt.reference,
        "receipt_code": codes::show_receipt_code(&receipt.code),
        "tracking_url": match &receipt.link {
            Some(token) => format!("{public}/track/link/{token}"),
            None => format!("{public}/track"),
        },
        "tracking": receipt.tracking,
        "token": given.token,
        "token_expires": reply::instant(receipt.received.plus_seconds(access::BEARER_SECONDS)),
        "received": reply::instant(receipt.received),
        "service": receipt.service,
        "what_next": lead.map_or("", |told| told.next.as_str()),
        "due": lead.map(|told| reply::instant(told.first_by.unwrap_or(told.by))),
        "agencies": agencies,
        "booked_day": receipt.booked.as_ref().map(|booked| booked.day.as_str()),
        "to_pay": receipt.to_pay,
        // Of a sensitive report the receipt tells nothing of why (P-51).
        "reason": if receipt.sensitive { "" } else { receipt.reason.as_str() },
        "emailed": receipt.emailed,
    })
}
