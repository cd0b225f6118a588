use askama::Template;
use askama::filters::HtmlSafe;
use serde::Deserialize;

use super::form_group::either;
use super::{Attributes, Html};

/// News about what the visitor just did, or about the service.
#[derive(Clone, Debug, Default, PartialEq, Deserialize, Template)]
#[serde(rename_all = "camelCase", default, deny_unknown_fields)]
#[template(
    ext = "html",
    source = r#"{%- import "govuk/notification-banner.html" as govuk -%}{%- call govuk::notification_banner(self) -%}{%- endcall -%}"#
)]
pub struct NotificationBanner {
    pub text: String,
    pub html: Html,
    pub title_text: String,
    pub title_html: Html,
    /// 2 unless given.
    pub title_heading_level: Option<u8>,
    /// `success` makes it green and reads it out at once.
    #[serde(rename = "type")]
    pub kind: String,
    pub role: String,
    pub title_id: String,
    pub disable_auto_focus: Option<bool>,
    pub classes: String,
    pub attributes: Attributes,
}

impl HtmlSafe for NotificationBanner {}

impl NotificationBanner {
    /// What went well.
    pub fn success(words: impl Into<String>) -> Self {
        Self { kind: "success".to_owned(), ..Self::important(words) }
    }

    /// What the visitor should know.
    pub fn important(words: impl Into<String>) -> Self {
        Self { text: words.into(), ..Self::default() }
    }

    pub(super) fn is_success(&self) -> bool {
        self.kind == "success"
    }

    pub(super) fn own_role(&self) -> &str {
        either(&self.role, if self.is_success() { "alert" } else { "region" })
    }

    pub(super) fn own_title(&self) -> &str {
        either(&self.title_text, if self.is_success() { "Success" } else { "Important" })
    }

    pub(super) fn own_title_id(&self) -> &str {
        either(&self.title_id, "govuk-notification-banner-title")
    }
}
