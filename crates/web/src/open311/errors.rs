//! What a program met instead of what it asked for: the list of errors of the protocol, in the format of the address.

use super::{AT, format::Format, node::Node};
use crate::page::{Caching, Failure, Problem};
use axum::{
    http::{HeaderName, HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};

/// Errors of one status. As a response it has no body yet: the guard writes it in the format of the address.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Told {
    status: StatusCode,
    errors: Vec<String>,
}

impl Told {
    pub fn new(status: StatusCode, words: impl Into<String>) -> Told {
        Told { status, errors: vec![words.into()] }
    }

    /// What was sent is not as it must be: one error for each fault.
    pub fn wrong(errors: Vec<String>) -> Told {
        Told { status: StatusCode::BAD_REQUEST, errors }
    }

    pub fn absent(what: &str) -> Told {
        Told::new(StatusCode::NOT_FOUND, format!("{what} was not found"))
    }

    pub fn is_absent(&self) -> bool {
        self.status == StatusCode::NOT_FOUND
    }

    fn answer(&self, format: Format) -> Response {
        let code = Node::Whole(self.status.as_u16().into());
        let each = self.errors.iter();
        let each = each.map(|words| Node::One(vec![("code", code.clone()), ("description", Node::text(words))]));
        let errors = Node::Many("error", each.collect());
        format.answer(self.status, "errors", &errors, Caching::Never)
    }
}

impl IntoResponse for Told {
    fn into_response(self) -> Response {
        let mut response = self.status.into_response();
        response.extensions_mut().insert(self);
        response
    }
}

impl From<Failure> for Told {
    fn from(failure: Failure) -> Told {
        let problem = Problem::from(failure);
        let words = match failure {
            Failure::WrongMethod => "This address does not take that method. The header Allow names those it takes",
            Failure::NotFound => "There is nothing under this address",
            Failure::TooLarge => "That is too large: a form may have 256 KB, and up to twenty photos beside it",
            _ => return Told::new(failure.status(), format!("{}. {}", problem.title(), problem.detail())),
        };
        Told::new(failure.status(), words)
    }
}

impl From<casework::Error> for Told {
    fn from(error: casework::Error) -> Told {
        Failure::from(error).into()
    }
}

/// Goes along from the answer that was made for people.
const KEPT: [HeaderName; 2] = [header::ALLOW, header::RETRY_AFTER];

/// The answer at an address under [`AT`]: errors and failures in its format.
pub fn in_place_of(path: &str, response: Response) -> Response {
    let told = match (response.extensions().get::<Told>(), response.extensions().get::<Failure>()) {
        (Some(told), _) => told.clone(),
        (None, Some(Failure::NotFound)) if lost_slash(path) => {
            let words = "There is nothing under this address: the base address has lost the slash at its end. \
                         It is /open311/v2/";
            Told::new(StatusCode::NOT_FOUND, words)
        }
        (None, Some(failure)) => (*failure).into(),
        (None, None) => return response,
    };
    let mut answer = told.answer(Format::of(path));
    for name in KEPT {
        let value: Option<HeaderValue> = response.headers().get(&name).cloned();
        if let Some(value) = value {
            answer.headers_mut().insert(name, value);
        }
    }
    answer
}

/// `/open311/v2services.xml`: the caller put the name of a file behind an address without a slash.
fn lost_slash(path: &str) -> bool {
    let rest = path.strip_prefix(AT).unwrap_or_default();
    let version = rest.strip_prefix("/v2").unwrap_or(rest);
    !version.is_empty() && !version.starts_with('/')
}
