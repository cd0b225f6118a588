use askama::Template;
use askama::filters::HtmlSafe;
use serde::Deserialize;

use super::{Attributes, Html};

/// A group of fields with a legend.
#[derive(Clone, Debug, Default, PartialEq, Deserialize, Template)]
#[serde(rename_all = "camelCase", default, deny_unknown_fields)]
#[template(
    ext = "html",
    source = r#"{%- import "govuk/fieldset.html" as govuk -%}{%- call govuk::fieldset(self) -%}{%- endcall -%}"#
)]
pub struct Fieldset {
    pub described_by: String,
    pub legend: Legend,
    pub role: String,
    pub html: Html,
    pub classes: String,
    pub attributes: Attributes,
}

#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
#[serde(rename_all = "camelCase", default, deny_unknown_fields)]
pub struct Legend {
    pub text: String,
    pub html: Html,
    pub is_page_heading: bool,
    pub classes: String,
}

impl HtmlSafe for Fieldset {}

impl Fieldset {
    pub fn legend(words: impl Into<String>) -> Self {
        Self { legend: Legend { text: words.into(), ..Legend::default() }, ..Self::default() }
    }

    /// The legend becomes the heading of the page, in large letters.
    pub fn heading(mut self) -> Self {
        self.legend.is_page_heading = true;
        self.legend.classes = "govuk-fieldset__legend--l".to_owned();
        self
    }

    /// The same fieldset around a block of our own templates.
    pub(super) fn around(&self, block: &str, described_by: String) -> Self {
        Self { html: Html::block(block), described_by, ..self.clone() }
    }
}
