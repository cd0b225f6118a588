use crate::page::{Failure, Problem, problem::Wrong};
use axum::{
    body::to_bytes,
    extract::{FromRequest, Request},
    http::{HeaderValue, StatusCode, header},
};
use serde_json::{Map, Value as Json};

/// Most bytes of a body, as of a posted form.
pub const MOST_BYTES: usize = 256 * 1024;

/// The JSON object that was sent.
pub struct Body(pub Map<String, Json>);

impl<S: Send + Sync> FromRequest<S> for Body {
    type Rejection = Problem;

    async fn from_request(request: Request, _: &S) -> Result<Body, Problem> {
        let (head, body) = request.into_parts();
        let header = |name| head.headers.get(name).and_then(|value: &HeaderValue| value.to_str().ok());
        let kind = header(header::CONTENT_TYPE).unwrap_or_default();
        if !kind.split(';').next().unwrap_or_default().trim().eq_ignore_ascii_case("application/json") {
            return Err(Problem::new(
                StatusCode::UNSUPPORTED_MEDIA_TYPE,
                "media-type",
                "That is not JSON",
                "Send the body as application/json.",
            ));
        }
        if header(header::CONTENT_LENGTH).and_then(|n| n.parse::<usize>().ok()).is_some_and(|n| n > MOST_BYTES) {
            return Err(Failure::TooLarge.into());
        }
        let bytes = to_bytes(body, MOST_BYTES).await.map_err(|_| Failure::TooLarge)?;
        match serde_json::from_slice(&bytes) {
            Ok(Json::Object(map)) => Ok(Body(map)),
            Ok(_) => Err(Problem::wrong(vec![Wrong::field("", "json.object", "The body must be an object")])),
            Err(_) => Err(Failure::Unreadable.into()),
        }
    }
}

impl Body {
    /// Every key that is not one of these is wrong: what nobody reads was meant to be read.
    pub fn strangers(&self, known: &[&str]) -> Vec<Wrong> {
        let unknown = self.0.keys().filter(|key| !known.contains(&key.as_str()));
        unknown.map(|key| Wrong::field(&short(key), "json.unknown", "There is nothing of this name here")).collect()
    }

    /// A text that must be there.
    pub fn text(&self, key: &str, errors: &mut Vec<Wrong>) -> String {
        match self.0.get(key) {
            Some(Json::String(text)) => return text.clone(),
            Some(_) => errors.push(Wrong::field(key, "json.shape", "This must be a text")),
            None => errors.push(Wrong::field(key, "json.missing", "This must be there")),
        }
        String::new()
    }
}

/// A name somebody else chose, made fit to be said back.
pub fn short(name: &str) -> String {
    name.chars().filter(|letter| !letter.is_control()).take(60).collect()
}
