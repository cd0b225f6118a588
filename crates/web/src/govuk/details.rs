use askama::Template;
use askama::filters::HtmlSafe;
use serde::Deserialize;

use super::{Attributes, Html};

/// Words that open when their heading is pressed.
#[derive(Clone, Debug, Default, PartialEq, Deserialize, Template)]
#[serde(rename_all = "camelCase", default, deny_unknown_fields)]
#[template(
    ext = "html",
    source = r#"{%- import "govuk/details.html" as govuk -%}{%- call govuk::details(self) -%}{%- endcall -%}"#
)]
pub struct Details {
    pub id: String,
    pub summary_text: String,
    pub summary_html: Html,
    pub text: String,
    pub html: Html,
    pub open: bool,
    pub classes: String,
    pub attributes: Attributes,
}

impl HtmlSafe for Details {}

impl Details {
    pub fn text(summary: impl Into<String>, words: impl Into<String>) -> Self {
        Self { summary_text: summary.into(), text: words.into(), ..Self::default() }
    }

    pub fn html(summary: impl Into<String>, html: Html) -> Self {
        Self { summary_text: summary.into(), html, ..Self::default() }
    }
}
