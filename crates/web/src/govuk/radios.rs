use askama::Template;
use askama::filters::HtmlSafe;
use serde::Deserialize;

use super::form_group::{either, field_words, ids, legend_words};
use super::{Attributes, Conditional, ErrorMessage, Fieldset, FormGroup, Hint, Html, ItemLabel, Items, Label, loose};

/// Several answers of which one is chosen.
#[derive(Clone, Debug, Default, PartialEq, Deserialize, Template)]
#[serde(rename_all = "camelCase", default, deny_unknown_fields)]
#[template(
    ext = "html",
    source = r#"{%- import "govuk/radios.html" as govuk -%}{%- call govuk::radios(self) -%}{%- endcall -%}"#
)]
pub struct Radios {
    pub fieldset: Option<Fieldset>,
    pub hint: Option<Hint>,
    pub error_message: Option<ErrorMessage>,
    pub form_group: FormGroup,
    /// The id of the first item, and the beginning of the others: the name unless given.
    pub id_prefix: String,
    pub name: String,
    pub items: Items<RadioItem>,
    pub value: String,
    pub classes: String,
    pub attributes: Attributes,
}

#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
#[serde(rename_all = "camelCase", default, deny_unknown_fields)]
pub struct RadioItem {
    pub id: String,
    #[serde(deserialize_with = "loose::text")]
    pub value: String,
    pub text: String,
    pub html: Html,
    /// The id of the field that an error summary leads to is that of the first item.
    pub label: ItemLabel,
    pub hint: Option<Hint>,
    /// A line between items, such as "or"; then nothing else of the item counts.
    pub divider: String,
    /// Chosen or not, whatever the group's value says.
    pub checked: Option<bool>,
    pub conditional: Conditional,
    pub disabled: bool,
    pub attributes: Attributes,
}

impl RadioItem {
    pub fn new(value: impl Into<String>, text: impl Into<String>) -> Self {
        Self { value: value.into(), text: text.into(), ..Self::default() }
    }

    /// A word between items.
    pub fn divider(words: impl Into<String>) -> Self {
        Self { divider: words.into(), ..Self::default() }
    }

    pub fn hint(mut self, words: impl Into<String>) -> Self {
        self.hint = Some(Hint::text(words));
        self
    }

    pub fn checked(mut self, checked: bool) -> Self {
        self.checked = Some(checked);
        self
    }

    /// Shown under the item while it is chosen; always shown without JavaScript.
    pub fn reveals(mut self, html: Html) -> Self {
        self.conditional = Conditional { html };
        self
    }

    pub(super) fn own_id(&self, prefix: &str, place: usize) -> String {
        match (self.id.is_empty(), place) {
            (false, _) => self.id.clone(),
            (true, 1) => prefix.to_owned(),
            (true, place) => format!("{prefix}-{place}"),
        }
    }

    pub(super) fn own_label(&self, id: &str) -> Label {
        Label { text: self.text.clone(), html: self.html.clone(), ..self.label.of("govuk-radios__label", id) }
    }

    pub(super) fn own_hint(&self, id: &str) -> Option<Hint> {
        let hint = self.hint.as_ref().filter(|hint| !hint.html.or(&hint.text).is_empty())?;
        let mut classes = "govuk-radios__hint".to_owned();
        if !hint.classes.is_empty() {
            classes = format!("{classes} {}", hint.classes);
        }
        Some(Hint { id: format!("{id}-item-hint"), classes, ..hint.clone() })
    }
}

impl HtmlSafe for Radios {}
field_words!(Radios);
legend_words!(Radios);

impl Radios {
    pub fn new(name: impl Into<String>, legend: impl Into<String>, items: impl IntoIterator<Item = RadioItem>) -> Self {
        Self {
            name: name.into(),
            fieldset: Some(Fieldset::legend(legend)),
            items: items.into_iter().collect(),
            ..Self::default()
        }
    }

    /// Chooses the item with this value.
    pub fn value(mut self, value: impl Into<String>) -> Self {
        self.value = value.into();
        self
    }

    /// Beside each other, for two short answers.
    pub fn inline(self) -> Self {
        self.classes("govuk-radios--inline")
    }

    pub(super) fn chosen(&self, item: &RadioItem) -> bool {
        item.checked.unwrap_or(!self.value.is_empty() && item.value == self.value)
    }

    pub(super) fn prefix(&self) -> &str {
        either(&self.id_prefix, &self.name)
    }

    pub(super) fn own_hint(&self) -> Option<Hint> {
        let id = format!("{}-hint", self.prefix());
        self.hint.as_ref().map(|hint| hint.with_id(id))
    }

    pub(super) fn own_error(&self) -> Option<ErrorMessage> {
        let id = format!("{}-error", self.prefix());
        self.error_message.as_ref().map(|error| error.with_id(id))
    }

    pub(super) fn descriptions(&self) -> String {
        let outer = self.fieldset.as_ref().map_or("", |fieldset| &fieldset.described_by);
        let hint = self.own_hint().map_or(String::new(), |hint| hint.id);
        let error = self.own_error().map_or(String::new(), |error| error.id);
        ids(&[outer, &hint, &error])
    }
}
