use askama::Template;
use askama::filters::HtmlSafe;
use serde::Deserialize;

use super::form_group::either;
use super::{Attributes, Button, Html, loose};

/// A red button that stays in reach and leaves at once for a harmless page; Shift three times does the same.
#[derive(Clone, Debug, Default, PartialEq, Deserialize, Template)]
#[serde(rename_all = "camelCase", default, deny_unknown_fields)]
#[template(
    ext = "html",
    source = r#"{%- import "govuk/exit-this-page.html" as govuk -%}{%- call govuk::exit_this_page(self) -%}{%- endcall -%}"#
)]
pub struct ExitThisPage {
    pub text: String,
    pub html: Html,
    /// A weather page unless given.
    pub redirect_url: String,
    #[serde(deserialize_with = "loose::text")]
    pub id: String,
    #[serde(deserialize_with = "loose::text")]
    pub classes: String,
    pub attributes: Attributes,
    pub activated_text: String,
    pub timed_out_text: String,
    pub press_two_more_times_text: String,
    pub press_one_more_time_text: String,
}

impl HtmlSafe for ExitThisPage {}

impl ExitThisPage {
    /// Leaves by an address of ours, which forgets what was typed and then goes on.
    pub fn through(address: impl Into<String>) -> Self {
        Self { redirect_url: address.into(), ..Self::default() }
    }

    pub(super) fn own_button(&self) -> Button {
        let plain = Html::fixed(r#"<span class="govuk-visually-hidden">Emergency</span> Exit this page"#);
        let given = !self.html.or(&self.text).is_empty();
        Button {
            html: if given { self.html.clone() } else { plain },
            text: self.text.clone(),
            classes: "govuk-button--warning govuk-exit-this-page__button govuk-js-exit-this-page-button".to_owned(),
            href: either(&self.redirect_url, "https://www.bbc.co.uk/weather").to_owned(),
            attributes: Attributes::default().with("rel", "nofollow noreferrer"),
            ..Button::default()
        }
    }

    pub(super) fn own_words(&self) -> Attributes {
        Attributes::default()
            .words("activated", &self.activated_text)
            .words("timed-out", &self.timed_out_text)
            .words("press-two-more-times", &self.press_two_more_times_text)
            .words("press-one-more-time", &self.press_one_more_time_text)
    }
}
