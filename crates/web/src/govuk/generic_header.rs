use askama::Template;
use askama::filters::HtmlSafe;
use serde::Deserialize;

use super::{Attributes, Html};

/// The bar at the top with our mark and name.
#[derive(Clone, Debug, Default, PartialEq, Deserialize, Template)]
#[serde(rename_all = "camelCase", default, deny_unknown_fields)]
#[template(
    ext = "html",
    source = r#"{%- import "govuk/generic-header.html" as govuk -%}{%- call govuk::generic_header(self) -%}{%- endcall -%}"#
)]
pub struct GenericHeader {
    /// Where the mark leads: `/` unless given.
    pub url: String,
    pub logo_text: String,
    pub logo_html: Html,
    /// `govuk-width-container` unless given.
    pub container_classes: String,
    pub classes: String,
    pub attributes: Attributes,
}

impl HtmlSafe for GenericHeader {}

impl GenericHeader {
    pub fn new(logo: Html) -> Self {
        Self { logo_html: logo, ..Self::default() }
    }
}
