use askama::Template;
use askama::filters::HtmlSafe;
use serde::Deserialize;

use super::form_group::{field_words, label_words, own_words};
use super::{Attributes, ErrorMessage, FormGroup, Hint, Label};

/// Several lines of text.
#[derive(Clone, Debug, Default, PartialEq, Deserialize, Template)]
#[serde(rename_all = "camelCase", default, deny_unknown_fields)]
#[template(
    ext = "html",
    source = r#"{%- import "govuk/textarea.html" as govuk -%}{%- call govuk::textarea(self) -%}{%- endcall -%}"#
)]
pub struct Textarea {
    pub id: String,
    pub name: String,
    pub spellcheck: Option<bool>,
    /// 5 unless given.
    pub rows: Option<u16>,
    pub value: String,
    pub disabled: bool,
    pub described_by: String,
    pub label: Label,
    pub hint: Option<Hint>,
    pub error_message: Option<ErrorMessage>,
    pub form_group: FormGroup,
    pub classes: String,
    pub autocomplete: String,
    pub attributes: Attributes,
}

impl HtmlSafe for Textarea {}
field_words!(Textarea);
label_words!(Textarea);
own_words!(Textarea);

impl Textarea {
    pub fn new(id: impl Into<String>, name: impl Into<String>, label: impl Into<String>) -> Self {
        Self { id: id.into(), name: name.into(), label: Label::text(label), ..Self::default() }
    }

    pub fn value(mut self, value: impl Into<String>) -> Self {
        self.value = value.into();
        self
    }

    pub fn rows(mut self, rows: u16) -> Self {
        self.rows = Some(rows);
        self
    }
}
