use super::{Caching, reply};
use askama::Template;
use axum::{
    http::{HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};

/// Seconds after which it may go well.
pub(super) const WAIT: &str = "120";

/// What a visitor met instead of the page, each with words and ways on. No detail of what broke reaches the page.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Failure {
    /// There is no such page, or not for you: the two read alike.
    #[error("not found")]
    NotFound,
    /// The address takes another method.
    #[error("method not allowed")]
    WrongMethod,
    /// What was sent could not be read.
    #[error("unreadable")]
    Unreadable,
    /// More was sent than we take.
    #[error("too large")]
    TooLarge,
    /// A form was sent from another site.
    #[error("sent from elsewhere")]
    SentFromElsewhere,
    /// The answers in progress are gone: two hours passed, or they were sent or dropped.
    #[error("answers gone")]
    AnswersGone,
    /// Someone else changed it since the page was shown.
    #[error("changed meanwhile")]
    ChangedMeanwhile,
    /// Too many in a short time.
    #[error("too many")]
    TooMany,
    /// The house cannot keep anything now: the disk is full, the database is away.
    #[error("cannot keep")]
    CannotKeep,
    /// A fault of ours.
    #[error("broken")]
    Broken,
}

impl Failure {
    pub const ALL: [Failure; 10] = [
        Failure::NotFound,
        Failure::WrongMethod,
        Failure::Unreadable,
        Failure::TooLarge,
        Failure::SentFromElsewhere,
        Failure::AnswersGone,
        Failure::ChangedMeanwhile,
        Failure::TooMany,
        Failure::CannotKeep,
        Failure::Broken,
    ];

    pub const fn status(self) -> StatusCode {
        match self {
            Failure::NotFound => StatusCode::NOT_FOUND,
            Failure::WrongMethod => StatusCode::METHOD_NOT_ALLOWED,
            Failure::Unreadable => StatusCode::BAD_REQUEST,
            Failure::TooLarge => StatusCode::PAYLOAD_TOO_LARGE,
            Failure::SentFromElsewhere => StatusCode::FORBIDDEN,
            Failure::AnswersGone => StatusCode::GONE,
            Failure::ChangedMeanwhile => StatusCode::CONFLICT,
            Failure::TooMany => StatusCode::TOO_MANY_REQUESTS,
            Failure::CannotKeep => StatusCode::SERVICE_UNAVAILABLE,
            Failure::Broken => StatusCode::INTERNAL_SERVER_ERROR,
        }
    }

    /// It may go well after a while.
    pub(super) const fn passes(self) -> bool {
        matches!(self, Failure::TooMany | Failure::CannotKeep)
    }

    /// The heading and the text of its page.
    pub(super) const fn words(self) -> (&'static str, &'static str) {
        match self {
            Failure::NotFound => (
                "We cannot find that page",
                "The address may be mistyped, or the page may have gone. If you followed a link from us, ask for a new one on the track page.",
            ),
            Failure::WrongMethod => ("That does not work here", "Go back to the page before and try again."),
            Failure::Unreadable => (
                "We could not read that",
                "Something in what you sent is not plain text. Go back, check what you typed or pasted, and try again.",
            ),
            Failure::TooLarge => {
                ("That is too much at once", "Go back, make the text shorter, and try again. Nothing was sent.")
            }
            Failure::SentFromElsewhere => (
                "That came from another site",
                "For your safety we only take forms sent from our own pages. Open the page here and try again.",
            ),
            Failure::AnswersGone => (
                "Your answers are no longer here",
                "We keep unfinished answers for two hours, then we forget them. If you sent your report, you have a reference: follow it on the track page. If not, please start again.",
            ),
            Failure::ChangedMeanwhile => (
                "Somebody changed this just before you",
                "Nothing of yours was saved. Go back, reload the page to see what is new, and do it again if it is still needed.",
            ),
            Failure::TooMany => ("That was a lot in a short time", "Wait a few minutes, then try again."),
            Failure::CannotKeep => (
                "We cannot save anything just now",
                "Nothing was sent. What you answered before is still there. Please try again in a few minutes. If it cannot wait, call 101. In danger, call 999.",
            ),
            Failure::Broken => (
                "Sorry, something went wrong on our side",
                "Please try again in a few minutes. If it cannot wait, call 101. In danger, call 999.",
            ),
        }
    }
}

#[derive(Template)]
#[template(path = "page/failure.html")]
struct FailurePage {
    title: &'static str,
    words: &'static str,
}

impl IntoResponse for Failure {
    fn into_response(self) -> Response {
        let (title, words) = self.words();
        let mut response = reply::html_with(self.status(), &FailurePage { title, words }, Caching::Never)
            .unwrap_or_else(|_| (self.status(), title).into_response());
        if self.passes() {
            response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from_static(WAIT));
        }
        // The guard tells a program the same in its own form.
        response.extensions_mut().insert(self);
        response
    }
}

impl From<casework::Error> for Failure {
    fn from(error: casework::Error) -> Failure {
        match error {
            casework::Error::NotFound(_) => Failure::NotFound,
            casework::Error::Stale | casework::Error::Refused(_) => Failure::ChangedMeanwhile,
            casework::Error::Store(error) => error.into(),
        }
    }
}

impl From<store::Error> for Failure {
    fn from(error: store::Error) -> Failure {
        match error {
            store::Error::NotFound(_) => Failure::NotFound,
            store::Error::Stale | store::Error::Taken(_) => Failure::ChangedMeanwhile,
            store::Error::Unwritable(_)
            | store::Error::Busy
            | store::Error::Gone(_)
            | store::Error::Lost
            | store::Error::Conflict => {
                tracing::error!(%error, "cannot keep");
                Failure::CannotKeep
            }
            other => {
                tracing::error!(error = %other, "broken");
                Failure::Broken
            }
        }
    }
}

impl From<rights::NotFound> for Failure {
    fn from(_: rights::NotFound) -> Failure {
        Failure::NotFound
    }
}
