use serde::Deserialize;

use super::{Attributes, Html};

/// The block around a field: its classes, attributes and what stands right before and after its inputs.
#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
#[serde(rename_all = "camelCase", default, deny_unknown_fields)]
pub struct FormGroup {
    pub classes: String,
    pub attributes: Attributes,
    pub before_input: Insert,
    pub after_input: Insert,
    pub before_inputs: Insert,
    pub after_inputs: Insert,
}

#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
#[serde(rename_all = "camelCase", default, deny_unknown_fields)]
pub struct Insert {
    pub text: String,
    pub html: Html,
}

impl Insert {
    pub fn is_empty(&self) -> bool {
        self.text.is_empty() && self.html.is_empty()
    }
}

/// The ids for `aria-describedby`, with one space between.
pub(super) fn ids(parts: &[&str]) -> String {
    let given: Vec<_> = parts.iter().copied().filter(|id| !id.is_empty()).collect();
    given.join(" ")
}

/// `first`, or `second` when `first` is empty.
pub(super) fn either<'a>(first: &'a str, second: &'a str) -> &'a str {
    if first.is_empty() { second } else { first }
}

/// The ways in which every field is filled in.
macro_rules! field_words {
    ($field:ty) => {
        impl $field {
            /// A short explanation under the label.
            pub fn hint(mut self, words: impl Into<String>) -> Self {
                self.hint = Some($crate::govuk::Hint::text(words));
                self
            }

            /// What is wrong with the answer; nothing when `None`.
            pub fn error(mut self, words: Option<impl Into<String>>) -> Self {
                self.error_message = words.map($crate::govuk::ErrorMessage::text);
                self
            }

            pub fn classes(mut self, classes: impl Into<String>) -> Self {
                self.classes = classes.into();
                self
            }
        }
    };
}
pub(super) use field_words;

/// The label of a single field, for those that have one.
macro_rules! label_words {
    ($field:ty) => {
        impl $field {
            /// Makes the label the heading of the page.
            pub fn heading(mut self) -> Self {
                self.label = self.label.heading();
                self
            }
        }
    };
}
pub(super) use label_words;

/// What a single field writes of its label, hint and error, each under the field's own id.
macro_rules! own_words {
    ($field:ty) => {
        impl $field {
            pub(super) fn own_id(&self) -> &str {
                $crate::govuk::form_group::either(&self.id, &self.name)
            }

            pub(super) fn own_label(&self) -> $crate::govuk::Label {
                self.label.of(self.own_id())
            }

            pub(super) fn own_hint(&self) -> Option<$crate::govuk::Hint> {
                let id = format!("{}-hint", self.own_id());
                self.hint.as_ref().map(|hint| hint.with_id(id))
            }

            pub(super) fn own_error(&self) -> Option<$crate::govuk::ErrorMessage> {
                let id = format!("{}-error", self.own_id());
                self.error_message.as_ref().map(|error| error.with_id(id))
            }

            pub(super) fn descriptions(&self) -> String {
                let hint = self.own_hint().map_or(String::new(), |hint| hint.id);
                let error = self.own_error().map_or(String::new(), |error| error.id);
                $crate::govuk::form_group::ids(&[&self.described_by, &hint, &error])
            }
        }
    };
}
pub(super) use own_words;

/// The legend of a group of inputs, for those that have one.
macro_rules! legend_words {
    ($field:ty) => {
        impl $field {
            /// Makes the legend the heading of the page.
            pub fn heading(mut self) -> Self {
                self.fieldset = self.fieldset.map($crate::govuk::Fieldset::heading);
                self
            }
        }
    };
}
pub(super) use legend_words;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn empty_ids_leave_no_space() {
        assert_eq!(ids(&["", "a-hint", "", "a-error"]), "a-hint a-error");
        assert_eq!(ids(&["", ""]), "");
    }
}
