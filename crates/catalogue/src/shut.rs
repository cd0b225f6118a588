//! A service that an agency does not take for now, in its own words (C-68). Which those are is told; nothing here knows when.

use crate::{LinkView, Question, Service, StopKind, StopView};

/// What stands in place of the form.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Shut {
    pub agency: String,
    pub title: String,
    /// Paragraphs.
    pub body: Vec<String>,
    /// Another service to go on with.
    pub go: Option<String>,
    /// Words, and a page elsewhere.
    pub link: Option<(String, String)>,
}

/// The id of its stop.
pub const SHUT: &str = "shut";

/// The stop, at the place that was given or before anything is asked.
pub(crate) fn view<'s>(service: &Service, shut: &Shut, question: Option<&'s Question>) -> StopView<'s> {
    StopView {
        id: SHUT.to_owned(),
        kind: StopKind::Refusal,
        question,
        title: shut.title.clone(),
        body: shut.body.clone(),
        help: Vec::new(),
        links: shut.link.iter().map(|(words, href)| LinkView { words: words.clone(), href: href.clone() }).collect(),
        go: shut.go.clone().filter(|go| *go != service.id),
        elsewhere: None,
        carry_on: false,
        carry_on_words: String::new(),
        english: true,
    }
}
