use askama::Template;
use askama::filters::HtmlSafe;
use serde::Deserialize;

use super::form_group::{either, field_words, ids, label_words};
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

    pub(super) fn own_id(&self) -> &str {
        either(&self.id, &self.name)
    }

    pub(super) fn own_label(&self) -> Label {
        self.label.of(self.own_id())
    }

    pub(super) fn own_hint(&self) -> Option<Hint> {
        let id = format!("{}-hint", self.own_id());
        self.hint.as_ref().map(|hint| hint.with_id(id))
    }

    pub(super) fn own_error(&self) -> Option<ErrorMessage> {
        let id = format!("{}-error", self.own_id());
        self.error_message.as_ref().map(|error| error.with_id(id))
    }

    pub(super) fn descriptions(&self) -> String {
        let hint = self.own_hint().map_or(String::new(), |hint| hint.id);
        let error = self.own_error().map_or(String::new(), |error| error.id);
        ids(&[&self.described_by, &hint, &error])
    }
}
