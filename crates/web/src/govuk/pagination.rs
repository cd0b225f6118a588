use askama::Template;
use askama::filters::HtmlSafe;
use serde::Deserialize;

use super::{Attributes, Html, Items, loose};

/// Ways to the page before and after, and to numbered pages where their number is known.
#[derive(Clone, Debug, Default, PartialEq, Deserialize, Template)]
#[serde(rename_all = "camelCase", default, deny_unknown_fields)]
#[template(
    ext = "html",
    source = r#"{%- import "govuk/pagination.html" as govuk -%}{%- call govuk::pagination(self) -%}{%- endcall -%}"#
)]
pub struct Pagination {
    pub items: Option<Items<PageItem>>,
    pub previous: Option<PageLink>,
    pub next: Option<PageLink>,
    /// "Pagination" unless given.
    pub landmark_label: String,
    pub classes: String,
    pub attributes: Attributes,
}

#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
#[serde(rename_all = "camelCase", default, deny_unknown_fields)]
pub struct PageLink {
    pub text: String,
    pub html: Html,
    /// What is on that page; only shown when there are no numbered pages.
    pub label_text: String,
    pub href: String,
    pub attributes: Attributes,
}

#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
#[serde(rename_all = "camelCase", default, deny_unknown_fields)]
pub struct PageItem {
    #[serde(deserialize_with = "loose::text")]
    pub number: String,
    pub visually_hidden_text: Option<String>,
    pub href: String,
    pub current: bool,
    /// Stands for pages left out; nothing else counts then.
    pub ellipsis: bool,
    pub attributes: Attributes,
}

impl HtmlSafe for Pagination {}

impl PageItem {
    pub(super) fn is_blank(&self) -> bool {
        *self == Self::default()
    }
}

impl PageLink {
    pub fn to(href: impl Into<String>) -> Self {
        Self { href: href.into(), ..Self::default() }
    }
}

impl Pagination {
    /// Pages by key have no numbers: only before and after.
    pub fn around(previous: Option<String>, next: Option<String>) -> Self {
        Self { previous: previous.map(PageLink::to), next: next.map(PageLink::to), ..Self::default() }
    }

    pub(super) fn is_block(&self) -> bool {
        self.items.is_none() && (self.next.is_some() || self.previous.is_some())
    }

    pub(super) fn own_previous(&self) -> Option<&PageLink> {
        self.previous.as_ref().filter(|link| !link.href.is_empty())
    }

    pub(super) fn own_next(&self) -> Option<&PageLink> {
        self.next.as_ref().filter(|link| !link.href.is_empty())
    }
}
