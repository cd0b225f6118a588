use askama::Template;
use askama::filters::HtmlSafe;
use serde::Deserialize;

use super::{Attributes, Html};

/// The link to the page before.
#[derive(Clone, Debug, Default, PartialEq, Deserialize, Template)]
#[serde(rename_all = "camelCase", default, deny_unknown_fields)]
#[template(
    ext = "html",
    source = r#"{%- import "govuk/back-link.html" as govuk -%}{%- call govuk::back_link(self) -%}{%- endcall -%}"#
)]
pub struct BackLink {
    pub href: String,
    /// "Back" unless given.
    pub text: String,
    pub html: Html,
    pub classes: String,
    pub attributes: Attributes,
}

impl HtmlSafe for BackLink {}

impl BackLink {
    pub fn to(href: impl Into<String>) -> Self {
        Self { href: href.into(), ..Self::default() }
    }
}
