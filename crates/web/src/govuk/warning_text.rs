use askama::Template;
use askama::filters::HtmlSafe;
use serde::Deserialize;

use super::{Attributes, Html};

/// A warning with an exclamation mark.
#[derive(Clone, Debug, Default, PartialEq, Deserialize, Template)]
#[serde(rename_all = "camelCase", default, deny_unknown_fields)]
#[template(
    ext = "html",
    source = r#"{%- import "govuk/warning-text.html" as govuk -%}{%- call govuk::warning_text(self) -%}{%- endcall -%}"#
)]
pub struct WarningText {
    pub text: String,
    pub html: Html,
    /// Read out before the words: "Warning" unless given.
    pub icon_fallback_text: String,
    pub classes: String,
    pub attributes: Attributes,
}

impl HtmlSafe for WarningText {}

impl WarningText {
    pub fn text(words: impl Into<String>) -> Self {
        Self { text: words.into(), ..Self::default() }
    }
}
