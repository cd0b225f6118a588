use askama::Template;
use askama::filters::HtmlSafe;
use serde::Deserialize;

use super::{Attributes, Html};

/// A short explanation of a field.
#[derive(Clone, Debug, Default, PartialEq, Deserialize, Template)]
#[serde(rename_all = "camelCase", default, deny_unknown_fields)]
#[template(
    ext = "html",
    source = r#"{%- import "govuk/hint.html" as govuk -%}{%- call govuk::hint(self) -%}{%- endcall -%}"#
)]
pub struct Hint {
    pub id: String,
    pub text: String,
    pub html: Html,
    pub classes: String,
    pub attributes: Attributes,
}

impl HtmlSafe for Hint {}

impl Hint {
    pub fn text(words: impl Into<String>) -> Self {
        Self { text: words.into(), ..Self::default() }
    }

    pub(super) fn with_id(&self, id: String) -> Self {
        Self { id, ..self.clone() }
    }
}
