use askama::Template;
use askama::filters::HtmlSafe;
use serde::Deserialize;

use super::{Attributes, Html};

/// What is wrong with an answer, beside its field.
#[derive(Clone, Debug, Default, PartialEq, Deserialize, Template)]
#[serde(rename_all = "camelCase", default, deny_unknown_fields)]
#[template(
    ext = "html",
    source = r#"{%- import "govuk/error-message.html" as govuk -%}{%- call govuk::error_message(self) -%}{%- endcall -%}"#
)]
pub struct ErrorMessage {
    pub id: String,
    pub text: String,
    pub html: Html,
    /// Read out before the words: "Error" unless given, nothing when empty.
    pub visually_hidden_text: Option<String>,
    pub classes: String,
    pub attributes: Attributes,
}

impl HtmlSafe for ErrorMessage {}

impl ErrorMessage {
    pub fn text(words: impl Into<String>) -> Self {
        Self { text: words.into(), ..Self::default() }
    }

    pub(super) fn with_id(&self, id: String) -> Self {
        Self { id, ..self.clone() }
    }
}
