use askama::Template;
use askama::filters::HtmlSafe;
use serde::Deserialize;

use super::form_group::either;
use super::{Attributes, Html, Items};

/// The bar under the header: the service's name and its main pages.
#[derive(Clone, Debug, Default, PartialEq, Deserialize, Template)]
#[serde(rename_all = "camelCase", default, deny_unknown_fields)]
#[template(
    ext = "html",
    source = r#"{%- import "govuk/service-navigation.html" as govuk -%}{%- call govuk::service_navigation(self) -%}{%- endcall -%}"#
)]
pub struct ServiceNavigation {
    pub service_name: String,
    pub service_url: String,
    pub navigation: Items<NavigationItem>,
    /// "Service information" unless given.
    pub aria_label: Option<String>,
    /// "Menu" unless given.
    pub menu_button_text: String,
    pub menu_button_label: String,
    pub navigation_label: String,
    /// `navigation` unless given.
    pub navigation_id: String,
    pub navigation_classes: String,
    /// Folded away on a phone; so unless given when there is more than one item.
    pub collapse_navigation_on_mobile: Option<bool>,
    pub slots: Slots,
    pub classes: String,
    pub attributes: Attributes,
}

#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
#[serde(rename_all = "camelCase", default, deny_unknown_fields)]
pub struct NavigationItem {
    pub text: String,
    pub html: Html,
    pub href: String,
    /// This very page.
    pub current: bool,
    /// A page below this one.
    pub active: bool,
    pub attributes: Attributes,
}

/// What may be put in between.
#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
#[serde(rename_all = "camelCase", default, deny_unknown_fields)]
pub struct Slots {
    pub start: Html,
    pub end: EndSlot,
    pub navigation_start: Html,
    pub navigation_end: Html,
}

#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(untagged)]
pub enum EndSlot {
    Plain(Html),
    #[serde(rename_all = "camelCase")]
    Aligned {
        html: Html,
        align: String,
    },
}

impl Default for EndSlot {
    fn default() -> Self {
        Self::Plain(Html::default())
    }
}

impl EndSlot {
    pub(super) fn html(&self) -> &Html {
        match self {
            Self::Plain(html) | Self::Aligned { html, .. } => html,
        }
    }

    pub(super) fn is_inline(&self) -> bool {
        matches!(self, Self::Aligned { align, .. } if align == "inline")
    }
}

impl HtmlSafe for ServiceNavigation {}

impl NavigationItem {
    pub fn new(text: impl Into<String>, href: impl Into<String>) -> Self {
        Self { text: text.into(), href: href.into(), ..Self::default() }
    }

    /// Marks the page the visitor is on.
    pub fn current(mut self, current: bool) -> Self {
        self.current = current;
        self
    }

    pub(super) fn is_marked(&self) -> bool {
        self.active || self.current
    }
}

impl ServiceNavigation {
    pub fn new(items: impl IntoIterator<Item = NavigationItem>) -> Self {
        Self { navigation: items.into_iter().collect(), ..Self::default() }
    }

    pub(super) fn menu_words(&self) -> &str {
        either(&self.menu_button_text, "Menu")
    }

    pub(super) fn own_navigation_id(&self) -> &str {
        either(&self.navigation_id, "navigation")
    }

    pub(super) fn is_region(&self) -> bool {
        !self.service_name.is_empty() || !self.slots.start.is_empty() || !self.slots.end.html().is_empty()
    }

    pub(super) fn has_list(&self) -> bool {
        !self.navigation.is_empty() || !self.slots.navigation_start.is_empty() || !self.slots.navigation_end.is_empty()
    }

    pub(super) fn folds(&self) -> bool {
        self.collapse_navigation_on_mobile.unwrap_or(self.navigation.len() > 1)
    }
}
