use askama::Template;
use askama::filters::HtmlSafe;
use serde::Deserialize;

use super::{Attributes, Html};

/// The label of one field.
#[derive(Clone, Debug, Default, PartialEq, Deserialize, Template)]
#[serde(rename_all = "camelCase", default, deny_unknown_fields)]
#[template(
    ext = "html",
    source = r#"{%- import "govuk/label.html" as govuk -%}{%- call govuk::label(self) -%}{%- endcall -%}"#
)]
pub struct Label {
    pub text: String,
    pub html: Html,
    /// The id of the field. Fields set it themselves.
    #[serde(rename = "for")]
    pub for_id: String,
    pub is_page_heading: bool,
    pub classes: String,
    pub attributes: Attributes,
}

impl HtmlSafe for Label {}

impl Label {
    pub fn text(words: impl Into<String>) -> Self {
        Self { text: words.into(), ..Self::default() }
    }

    /// The label becomes the heading of the page, in large letters.
    pub fn heading(mut self) -> Self {
        self.is_page_heading = true;
        self.classes = "govuk-label--l".to_owned();
        self
    }

    pub(super) fn of(&self, id: &str) -> Self {
        Self { for_id: id.to_owned(), ..self.clone() }
    }
}
