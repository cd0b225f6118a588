use askama::Template;
use askama::filters::HtmlSafe;
use serde::Deserialize;

use super::{Attributes, Html};

/// Words set apart from the rest by a line at their side.
#[derive(Clone, Debug, Default, PartialEq, Deserialize, Template)]
#[serde(rename_all = "camelCase", default, deny_unknown_fields)]
#[template(
    ext = "html",
    source = r#"{%- import "govuk/inset-text.html" as govuk -%}{%- call govuk::inset_text(self) -%}{%- endcall -%}"#
)]
pub struct InsetText {
    pub id: String,
    pub text: String,
    pub html: Html,
    pub classes: String,
    pub attributes: Attributes,
}

impl HtmlSafe for InsetText {}

impl InsetText {
    pub fn text(words: impl Into<String>) -> Self {
        Self { text: words.into(), ..Self::default() }
    }
}
