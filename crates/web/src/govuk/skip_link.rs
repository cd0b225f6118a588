use askama::Template;
use askama::filters::HtmlSafe;
use serde::Deserialize;

use super::{Attributes, Html};

/// The first thing on a page for the keyboard: a way past the header.
#[derive(Clone, Debug, Default, PartialEq, Deserialize, Template)]
#[serde(rename_all = "camelCase", default, deny_unknown_fields)]
#[template(
    ext = "html",
    source = r#"{%- import "govuk/skip-link.html" as govuk -%}{%- call govuk::skip_link(self) -%}{%- endcall -%}"#
)]
pub struct SkipLink {
    pub href: String,
    pub text: String,
    pub html: Html,
    pub classes: String,
    pub attributes: Attributes,
}

impl HtmlSafe for SkipLink {}

impl SkipLink {
    /// "Skip to main content", to `#main-content`.
    pub fn main() -> Self {
        Self { href: "#main-content".to_owned(), text: "Skip to main content".to_owned(), ..Self::default() }
    }
}
