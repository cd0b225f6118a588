use serde::Deserialize;

use super::{Attributes, Html, Label};

/// What an item of radios or checkboxes shows under itself while it is chosen.
#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
#[serde(rename_all = "camelCase", default, deny_unknown_fields)]
pub struct Conditional {
    pub html: Html,
}

/// How the label of an item looks; its words are the item's own.
#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
#[serde(rename_all = "camelCase", default, deny_unknown_fields)]
pub struct ItemLabel {
    pub classes: String,
    pub attributes: Attributes,
}

impl ItemLabel {
    pub(super) fn of(&self, class: &str, id: &str) -> Label {
        let mut classes = class.to_owned();
        if !self.classes.is_empty() {
            classes = format!("{class} {}", self.classes);
        }
        Label { for_id: id.to_owned(), classes, attributes: self.attributes.clone(), ..Label::default() }
    }
}
