use askama::Template;
use askama::filters::HtmlSafe;
use serde::Deserialize;

use super::form_group::{either, field_words, label_words, own_words};
use super::{Attributes, ErrorMessage, FormGroup, Hint, Html, Label, loose};

/// One line of text.
#[derive(Clone, Debug, Default, PartialEq, Deserialize, Template)]
#[serde(rename_all = "camelCase", default, deny_unknown_fields)]
#[template(
    ext = "html",
    source = r#"{%- import "govuk/input.html" as govuk -%}{%- call govuk::input(self) -%}{%- endcall -%}"#
)]
pub struct Input {
    pub id: String,
    pub name: String,
    /// `text` unless given.
    #[serde(rename = "type")]
    pub kind: String,
    pub inputmode: String,
    #[serde(deserialize_with = "loose::maybe_text")]
    pub value: Option<String>,
    pub disabled: bool,
    pub described_by: String,
    pub label: Label,
    pub hint: Option<Hint>,
    pub error_message: Option<ErrorMessage>,
    pub prefix: Option<Affix>,
    pub suffix: Option<Affix>,
    pub form_group: FormGroup,
    pub input_wrapper: Wrapper,
    pub classes: String,
    pub autocomplete: String,
    pub pattern: String,
    pub spellcheck: Option<bool>,
    pub autocapitalize: String,
    pub attributes: Attributes,
}

/// Words in front of the input or behind it, such as £.
#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
#[serde(rename_all = "camelCase", default, deny_unknown_fields)]
pub struct Affix {
    pub text: String,
    pub html: Html,
    pub classes: String,
    pub attributes: Attributes,
}

/// The block around input, prefix and suffix.
#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
#[serde(rename_all = "camelCase", default, deny_unknown_fields)]
pub struct Wrapper {
    pub classes: String,
    pub attributes: Attributes,
}

impl HtmlSafe for Input {}
field_words!(Input);
label_words!(Input);
own_words!(Input);

impl Input {
    pub fn new(id: impl Into<String>, name: impl Into<String>, label: impl Into<String>) -> Self {
        Self { id: id.into(), name: name.into(), label: Label::text(label), ..Self::default() }
    }

    pub fn value(mut self, value: impl Into<String>) -> Self {
        self.value = Some(value.into());
        self
    }

    /// `email`, `tel`, `url` … ; the browser's own checks stay off through the form's `novalidate`.
    pub fn kind(mut self, kind: impl Into<String>) -> Self {
        self.kind = kind.into();
        self
    }

    pub fn autocomplete(mut self, what: impl Into<String>) -> Self {
        self.autocomplete = what.into();
        self
    }

    /// A whole number: the phone shows its number keys.
    pub fn digits(mut self) -> Self {
        self.inputmode = "numeric".to_owned();
        self.spellcheck = Some(false);
        self
    }

    /// As wide as so many letters: 2, 3, 4, 5, 10, 20 or 30.
    pub fn width(self, letters: u8) -> Self {
        self.classes(format!("govuk-input--width-{letters}"))
    }

    pub fn prefix(mut self, words: impl Into<String>) -> Self {
        self.prefix = Some(Affix { text: words.into(), ..Affix::default() });
        self
    }

    pub(super) fn own_prefix(&self) -> Option<&Affix> {
        self.prefix.as_ref().filter(|affix| !affix.html.or(&affix.text).is_empty())
    }

    pub(super) fn own_suffix(&self) -> Option<&Affix> {
        self.suffix.as_ref().filter(|affix| !affix.html.or(&affix.text).is_empty())
    }

    pub(super) fn is_wrapped(&self) -> bool {
        let inserts = [&self.form_group.before_input, &self.form_group.after_input];
        self.own_prefix().is_some() || self.own_suffix().is_some() || inserts.iter().any(|insert| !insert.is_empty())
    }

    pub(super) fn own_attributes(&self) -> Attributes {
        let mut class = "govuk-input".to_owned();
        if !self.classes.is_empty() {
            class = format!("{class} {}", self.classes);
        }
        if self.error_message.is_some() {
            class.push_str(" govuk-input--error");
        }
        let given = |words: &str| (!words.is_empty()).then(|| words.to_owned());
        let attributes = Attributes::default()
            .with("class", class)
            .with("id", self.own_id())
            .with("name", self.name.as_str())
            .with("type", either(&self.kind, "text"))
            .maybe("spellcheck", self.spellcheck)
            .maybe("value", self.value.clone());
        let attributes = if self.disabled { attributes.flag("disabled") } else { attributes };
        attributes
            .maybe("aria-describedby", given(&self.descriptions()))
            .maybe("autocomplete", given(&self.autocomplete))
            .maybe("autocapitalize", given(&self.autocapitalize))
            .maybe("pattern", given(&self.pattern))
            .maybe("inputmode", given(&self.inputmode))
    }
}
