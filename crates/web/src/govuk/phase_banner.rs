use askama::Template;
use askama::filters::HtmlSafe;
use serde::Deserialize;

use super::{Attributes, Html, Tag};

/// A line under the header that says how ready the service is.
#[derive(Clone, Debug, Default, PartialEq, Deserialize, Template)]
#[serde(rename_all = "camelCase", default, deny_unknown_fields)]
#[template(
    ext = "html",
    source = r#"{%- import "govuk/phase-banner.html" as govuk -%}{%- call govuk::phase_banner(self) -%}{%- endcall -%}"#
)]
pub struct PhaseBanner {
    pub tag: Tag,
    pub text: String,
    pub html: Html,
    pub classes: String,
    pub attributes: Attributes,
}

impl HtmlSafe for PhaseBanner {}

impl PhaseBanner {
    pub fn new(tag: impl Into<String>, html: Html) -> Self {
        Self { tag: Tag::text(tag), html, ..Self::default() }
    }

    pub(super) fn own_tag(&self) -> Tag {
        let mut classes = "govuk-phase-banner__content__tag".to_owned();
        if !self.tag.classes.is_empty() {
            classes = format!("{classes} {}", self.tag.classes);
        }
        Tag { text: self.tag.text.clone(), html: self.tag.html.clone(), classes, ..Tag::default() }
    }
}
