use askama::Template;
use askama::filters::HtmlSafe;
use serde::Deserialize;

use super::{Attributes, Html};

/// A button, or a link that looks like one when it has an `href`.
#[derive(Clone, Debug, Default, PartialEq, Deserialize, Template)]
#[serde(rename_all = "camelCase", default, deny_unknown_fields)]
#[template(
    ext = "html",
    source = r#"{%- import "govuk/button.html" as govuk -%}{%- call govuk::button(self) -%}{%- endcall -%}"#
)]
pub struct Button {
    pub text: String,
    pub html: Html,
    pub name: String,
    pub value: String,
    /// `submit` unless given.
    #[serde(rename = "type")]
    pub kind: String,
    pub href: String,
    pub id: String,
    pub disabled: bool,
    pub prevent_double_click: Option<bool>,
    pub is_start_button: bool,
    pub classes: String,
    pub attributes: Attributes,
}

impl HtmlSafe for Button {}

impl Button {
    /// A button that sends its form; a second press within a second is ignored.
    pub fn text(words: impl Into<String>) -> Self {
        Self { text: words.into(), prevent_double_click: Some(true), ..Self::default() }
    }

    /// A link that looks like a button.
    pub fn link(words: impl Into<String>, href: impl Into<String>) -> Self {
        Self { text: words.into(), href: href.into(), ..Self::default() }
    }

    /// The large green-blue link with an arrow that begins a journey.
    pub fn start(words: impl Into<String>, href: impl Into<String>) -> Self {
        Self { is_start_button: true, ..Self::link(words, href) }
    }

    /// What the form sends when this button is the one pressed.
    pub fn sends(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        self.name = name.into();
        self.value = value.into();
        self
    }

    pub fn secondary(self) -> Self {
        self.looks("govuk-button--secondary")
    }

    pub fn warning(self) -> Self {
        self.looks("govuk-button--warning")
    }

    fn looks(mut self, class: &str) -> Self {
        self.classes = class.to_owned();
        self
    }
}
