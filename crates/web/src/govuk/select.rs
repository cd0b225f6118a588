use askama::Template;
use askama::filters::HtmlSafe;
use serde::Deserialize;

use super::form_group::{field_words, label_words, own_words};
use super::{Attributes, ErrorMessage, FormGroup, Hint, Items, Label, loose};

/// A list from which one is chosen. Radios are better where there are few.
#[derive(Clone, Debug, Default, PartialEq, Deserialize, Template)]
#[serde(rename_all = "camelCase", default, deny_unknown_fields)]
#[template(
    ext = "html",
    source = r#"{%- import "govuk/select.html" as govuk -%}{%- call govuk::select(self) -%}{%- endcall -%}"#
)]
pub struct Select {
    pub id: String,
    pub name: String,
    pub items: Items<SelectItem>,
    #[serde(deserialize_with = "loose::text")]
    pub value: String,
    pub disabled: bool,
    pub described_by: String,
    pub label: Label,
    pub hint: Option<Hint>,
    pub error_message: Option<ErrorMessage>,
    pub form_group: FormGroup,
    pub classes: String,
    pub attributes: Attributes,
}

#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
#[serde(rename_all = "camelCase", default, deny_unknown_fields)]
pub struct SelectItem {
    /// The text counts as the value when there is none.
    #[serde(deserialize_with = "loose::maybe_text")]
    pub value: Option<String>,
    pub text: String,
    pub selected: Option<bool>,
    pub disabled: bool,
    pub attributes: Attributes,
}

impl HtmlSafe for Select {}
field_words!(Select);
label_words!(Select);
own_words!(Select);

impl SelectItem {
    pub fn new(value: impl Into<String>, text: impl Into<String>) -> Self {
        Self { value: Some(value.into()), text: text.into(), ..Self::default() }
    }
}

impl Select {
    pub fn new(
        id: impl Into<String>,
        name: impl Into<String>,
        label: impl Into<String>,
        items: impl IntoIterator<Item = SelectItem>,
    ) -> Self {
        Self {
            id: id.into(),
            name: name.into(),
            label: Label::text(label),
            items: items.into_iter().collect(),
            ..Self::default()
        }
    }

    /// Chooses the item with this value.
    pub fn value(mut self, value: impl Into<String>) -> Self {
        self.value = value.into();
        self
    }

    pub(super) fn chosen(&self, item: &SelectItem) -> bool {
        let value = item.value.as_ref().unwrap_or(&item.text);
        item.selected.unwrap_or(!self.value.is_empty() && *value == self.value)
    }
}
