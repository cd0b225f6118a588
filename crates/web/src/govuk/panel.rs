use askama::Template;
use askama::filters::HtmlSafe;
use serde::Deserialize;

use super::{Attributes, Button, Html, Items};

/// The large confirmation at the end of a journey, or a page that interrupts one.
#[derive(Clone, Debug, Default, PartialEq, Deserialize, Template)]
#[serde(rename_all = "camelCase", default, deny_unknown_fields)]
#[template(
    ext = "html",
    source = r#"{%- import "govuk/panel.html" as govuk -%}{%- call govuk::panel(self) -%}{%- endcall -%}"#
)]
pub struct Panel {
    pub title_text: String,
    pub title_html: Html,
    /// 1 unless given.
    pub heading_level: Option<u8>,
    pub text: String,
    pub html: Html,
    /// Only in an interruption.
    pub actions: Option<PanelActions>,
    pub classes: String,
    pub attributes: Attributes,
}

#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
#[serde(rename_all = "camelCase", default, deny_unknown_fields)]
pub struct PanelActions {
    pub items: Items<PanelAction>,
    pub classes: String,
    pub attributes: Attributes,
}

/// A link when it has an `href` and is not of the kind `button`; otherwise a button.
#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
#[serde(rename_all = "camelCase", default, deny_unknown_fields)]
pub struct PanelAction {
    pub text: String,
    #[serde(rename = "type")]
    pub kind: String,
    pub href: String,
    pub classes: String,
    pub attributes: Attributes,
}

impl HtmlSafe for Panel {}

impl PanelAction {
    /// Goes on: sends the form the panel stands in.
    pub fn button(words: impl Into<String>) -> Self {
        Self { text: words.into(), kind: "submit".to_owned(), ..Self::default() }
    }

    pub fn link(words: impl Into<String>, href: impl Into<String>) -> Self {
        Self { text: words.into(), href: href.into(), ..Self::default() }
    }

    pub(super) fn own_button(&self) -> Option<Button> {
        if !self.href.is_empty() && self.kind != "button" {
            return None;
        }
        let kind = if self.kind.is_empty() { "button" } else { &self.kind };
        let mut classes = "govuk-button--inverse".to_owned();
        if !self.classes.is_empty() {
            classes = format!("{classes} {}", self.classes);
        }
        Some(Button {
            text: self.text.clone(),
            kind: kind.to_owned(),
            classes,
            href: self.href.clone(),
            attributes: self.attributes.clone(),
            ..Button::default()
        })
    }
}

impl Panel {
    pub fn confirmation(title: impl Into<String>, html: Html) -> Self {
        Self { title_text: title.into(), html, ..Self::default() }
    }

    /// A pause before something hard, with ways on.
    pub fn interruption(title: impl Into<String>, html: Html, actions: impl IntoIterator<Item = PanelAction>) -> Self {
        Self {
            classes: "govuk-panel--interruption".to_owned(),
            actions: Some(PanelActions { items: actions.into_iter().collect(), ..PanelActions::default() }),
            ..Self::confirmation(title, html)
        }
    }

    pub(super) fn interrupts(&self) -> bool {
        self.classes.contains("govuk-panel--interruption")
    }

    pub(super) fn own_actions(&self) -> Option<&PanelActions> {
        self.actions.as_ref().filter(|_| self.interrupts())
    }
}
