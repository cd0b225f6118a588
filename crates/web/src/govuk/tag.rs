use askama::Template;
use askama::filters::HtmlSafe;
use serde::Deserialize;

use super::{Attributes, Html};

/// A short status word in a coloured box. Colours: see `Tag::coloured`.
#[derive(Clone, Debug, Default, PartialEq, Deserialize, Template)]
#[serde(rename_all = "camelCase", default, deny_unknown_fields)]
#[template(
    ext = "html",
    source = r#"{%- import "govuk/tag.html" as govuk -%}{%- call govuk::tag(self) -%}{%- endcall -%}"#
)]
pub struct Tag {
    pub text: String,
    pub html: Html,
    pub classes: String,
    pub attributes: Attributes,
}

impl HtmlSafe for Tag {}

impl Tag {
    pub fn text(words: impl Into<String>) -> Self {
        Self { text: words.into(), ..Self::default() }
    }

    /// `colour` is one of grey, green, teal, blue, purple, magenta, red, orange, yellow.
    pub fn coloured(words: impl Into<String>, colour: &str) -> Self {
        Self { classes: format!("govuk-tag--{colour}"), ..Self::text(words) }
    }
}
