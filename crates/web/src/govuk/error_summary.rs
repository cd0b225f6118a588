use askama::Template;
use askama::filters::HtmlSafe;
use serde::Deserialize;

use super::{Attributes, Html, Items};

/// The list of everything that is wrong, at the top of a page; each leads to its field.
#[derive(Clone, Debug, Default, PartialEq, Deserialize, Template)]
#[serde(rename_all = "camelCase", default, deny_unknown_fields)]
#[template(
    ext = "html",
    source = r#"{%- import "govuk/error-summary.html" as govuk -%}{%- call govuk::error_summary(self) -%}{%- endcall -%}"#
)]
pub struct ErrorSummary {
    pub title_text: String,
    pub title_html: Html,
    pub description_text: String,
    pub description_html: Html,
    pub error_list: Items<ErrorItem>,
    pub disable_auto_focus: Option<bool>,
    pub classes: String,
    pub attributes: Attributes,
}

#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
#[serde(rename_all = "camelCase", default, deny_unknown_fields)]
pub struct ErrorItem {
    pub href: String,
    pub text: String,
    pub html: Html,
    pub attributes: Attributes,
}

impl HtmlSafe for ErrorSummary {}

impl ErrorSummary {
    /// "There is a problem", with one line for each (id of the field, words).
    pub fn new<I, H, W>(errors: I) -> Self
    where
        I: IntoIterator<Item = (H, W)>,
        H: AsRef<str>,
        W: Into<String>,
    {
        let line = |(id, words): (H, W)| ErrorItem {
            href: format!("#{}", id.as_ref()),
            text: words.into(),
            ..ErrorItem::default()
        };
        Self {
            title_text: "There is a problem".to_owned(),
            error_list: errors.into_iter().map(line).collect(),
            ..Self::default()
        }
    }

    pub fn titled(mut self, words: &str) -> Self {
        words.clone_into(&mut self.title_text);
        self
    }

    /// Nothing is wrong: leave the summary out.
    pub fn is_empty(&self) -> bool {
        self.error_list.is_empty()
    }
}
