use serde::Deserialize;
use serde_json::{Map, Value, json};

/// Attributes of an element, in the order they were given. Values are escaped when written.
///
/// A value is a string, a number or a boolean (`true` writes `"true"`), or `{"value": …, "optional": true}`:
/// then `true` writes the bare name, and `null` and `false` write nothing.
#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
#[serde(transparent)]
pub struct Attributes(Map<String, Value>);

impl Attributes {
    pub fn with(mut self, name: &str, value: impl Into<Value>) -> Self {
        self.0.insert(name.to_owned(), value.into());
        self
    }

    /// An attribute without a value, such as `hidden`.
    pub fn flag(self, name: &str) -> Self {
        self.with(name, json!({"value": true, "optional": true}))
    }

    /// Left out when there is no value.
    pub fn maybe(self, name: &str, value: Option<impl Into<Value>>) -> Self {
        match value {
            Some(value) => self.with(name, value),
            None => self,
        }
    }

    /// Words for a script, as `data-i18n.KEY`; left out when empty.
    pub(super) fn words(self, key: &str, words: &str) -> Self {
        let given = (!words.is_empty()).then_some(words);
        self.maybe(&format!("data-i18n.{key}"), given)
    }

    /// Words by plural rule, as `data-i18n.KEY.RULE`.
    pub(super) fn plural(self, key: &str, messages: &Map<String, Value>) -> Self {
        messages.iter().fold(self, |all, (rule, words)| all.with(&format!("data-i18n.{key}.{rule}"), words.clone()))
    }

    pub fn and(mut self, more: &Attributes) -> Self {
        self.0.extend(more.0.clone());
        self
    }

    pub(super) fn iter(&self) -> impl Iterator<Item = (&str, &Value)> {
        self.0.iter().map(|(name, value)| (name.as_str(), value))
    }
}
