//! What a program met instead of what it asked for (RFC 9457).

use super::{Failure, failure::WAIT};
use axum::{
    http::{HeaderMap, HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value as Json, json};

pub const MEDIA_TYPE: &str = "application/problem+json";
/// Stands before the last part of a problem's type.
pub const TYPES: &str = "urn:moothall:problem:";

/// One thing that is wrong with what was sent.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Wrong {
    /// The id of the question, where one is meant.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub question: Option<String>,
    /// What is wrong in what was sent: `pin`, `where.lat`, `prop.item.0.imei`.
    pub field: String,
    /// Does not change with the words: `text.long`.
    pub code: String,
    pub words: String,
}

impl Wrong {
    pub fn field(field: &str, code: &str, words: impl Into<String>) -> Wrong {
        Wrong { question: None, field: field.to_owned(), code: code.to_owned(), words: words.into() }
    }
}

impl From<catalogue::Problem> for Wrong {
    fn from(problem: catalogue::Problem) -> Wrong {
        let question = Some(problem.question).filter(|id| !id.is_empty());
        Wrong { question, field: problem.field, code: problem.key, words: problem.text }
    }
}

/// A problem as it is sent. Boxed: an answer that goes well should not carry its size.
#[derive(Clone, Debug, PartialEq)]
pub struct Problem(Box<Told>);

#[derive(Clone, Debug, PartialEq)]
struct Told {
    status: StatusCode,
    /// The last part of its type.
    kind: &'static str,
    title: String,
    detail: String,
    more: Map<String, Json>,
    headers: HeaderMap,
}

impl Problem {
    pub fn new(status: StatusCode, kind: &'static str, title: impl Into<String>, detail: impl Into<String>) -> Problem {
        let (more, headers) = (Map::new(), HeaderMap::new());
        Problem(Box::new(Told { status, kind, title: title.into(), detail: detail.into(), more, headers }))
    }

    /// What was sent has the right form and cannot be taken; `errors` says why, one by one.
    pub fn wrong(errors: Vec<Wrong>) -> Problem {
        let detail = "Nothing was kept. Each error names what to change.";
        Problem::new(StatusCode::UNPROCESSABLE_ENTITY, "answers", "Something is missing or not right", detail)
            .with("errors", json!(errors))
    }

    pub fn title(&self) -> &str {
        &self.0.title
    }

    pub fn detail(&self) -> &str {
        &self.0.detail
    }

    pub fn member(&self, name: &str) -> Option<&Json> {
        self.0.more.get(name)
    }

    /// What is wrong with what was sent, one by one.
    pub fn wrongs(&self) -> Vec<Wrong> {
        self.member("errors").and_then(|errors| serde_json::from_value(errors.clone()).ok()).unwrap_or_default()
    }

    /// One member more.
    pub fn with(mut self, name: &str, value: Json) -> Problem {
        self.0.more.insert(name.to_owned(), value);
        self
    }

    pub fn header(mut self, name: header::HeaderName, value: HeaderValue) -> Problem {
        self.0.headers.insert(name, value);
        self
    }

    /// The same answer, told to a program where it was a page for people.
    pub fn in_place_of(response: Response) -> Response {
        let Some(failure) = response.extensions().get::<Failure>().copied() else { return response };
        let mut told = Problem::from(failure).into_response();
        if let Some(allow) = response.headers().get(header::ALLOW) {
            told.headers_mut().insert(header::ALLOW, allow.clone());
        }
        told
    }
}

/// The last part of the type of a failure, and what a program may do about it.
const fn told(failure: Failure) -> (&'static str, &'static str) {
    match failure {
        Failure::NotFound => ("not-found", "There is nothing under this address, or not for you."),
        Failure::WrongMethod => ("wrong-method", "The header Allow names the methods this address takes."),
        Failure::Unreadable => ("unreadable", "The address, a header or the body is not as it must be."),
        Failure::TooLarge => ("too-large", "A body may have 256 KB. Nothing was kept."),
        Failure::SentFromElsewhere => {
            ("sent-from-elsewhere", "A page of another site may not send here; a server sends no Origin.")
        }
        Failure::AnswersGone => ("gone", "It was here and is no longer."),
        Failure::ChangedMeanwhile => ("changed-meanwhile", "Nothing was kept. Ask for it anew before you try again."),
        Failure::TooMany => ("too-many", "Wait as long as Retry-After says. Nothing was kept."),
        Failure::CannotKeep => {
            ("cannot-keep", "Nothing was kept. Wait as long as Retry-After says, then send it again.")
        }
        Failure::Broken => ("broken", "A fault of ours. It is in our log under the id in X-Request-Id."),
    }
}

impl From<Failure> for Problem {
    fn from(failure: Failure) -> Problem {
        let (kind, detail) = told(failure);
        let problem = Problem::new(failure.status(), kind, failure.words().0, detail);
        if failure.passes() { problem.header(header::RETRY_AFTER, HeaderValue::from_static(WAIT)) } else { problem }
    }
}

impl From<casework::Error> for Problem {
    fn from(error: casework::Error) -> Problem {
        Failure::from(error).into()
    }
}

impl From<store::Error> for Problem {
    fn from(error: store::Error) -> Problem {
        Failure::from(error).into()
    }
}

impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        let Told { status, kind, title, detail, more, headers } = *self.0;
        let mut body = Map::new();
        body.insert("type".to_owned(), json!(format!("{TYPES}{kind}")));
        body.insert("title".to_owned(), json!(title));
        body.insert("status".to_owned(), json!(status.as_u16()));
        body.insert("detail".to_owned(), json!(detail));
        body.extend(more);
        let mut response = (status, Json::Object(body).to_string()).into_response();
        response.headers_mut().extend(headers);
        response.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static(MEDIA_TYPE));
        response.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
        response
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_failure_of_a_page_has_a_problem_of_its_own() {
        let mut kinds: Vec<&str> = Failure::ALL.iter().map(|failure| told(*failure).0).collect();
        kinds.sort_unstable();
        kinds.dedup();
        assert_eq!(kinds.len(), Failure::ALL.len());
        for failure in Failure::ALL {
            let response = Problem::in_place_of(failure.into_response());
            assert_eq!(response.status(), failure.status());
            assert_eq!(response.headers()[header::CONTENT_TYPE], MEDIA_TYPE, "{failure}");
            assert_eq!(response.headers().contains_key(header::RETRY_AFTER), failure.passes(), "{failure}");
        }
    }
}
