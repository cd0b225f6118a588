use std::fmt;

use askama::Template;
use askama::filters::{HtmlSafe, escape};
use serde::{Deserialize, Deserializer, de};
use serde_json::Value;

use super::fixtures;

/// Markup that is written as it is. Only our own templates and literals become one;
/// what a visitor typed never does: it goes through `text`, which is always escaped.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Html(String);

impl Html {
    /// A literal in our own source.
    pub fn fixed(markup: &'static str) -> Self {
        Self(markup.to_owned())
    }

    /// A component, or anything else that writes safe markup.
    pub fn of(piece: &impl HtmlSafe) -> Self {
        Self(piece.to_string())
    }

    /// A whole template: what it shows is escaped by the template.
    pub fn rendered(template: &impl Template) -> askama::Result<Self> {
        template.render().map(Self)
    }

    /// Words, escaped.
    pub fn text(words: &str) -> Self {
        Self(Html::default().or(words).to_string())
    }

    /// This, then that.
    pub fn then(mut self, next: &Html) -> Self {
        self.0.push_str(&next.0);
        self
    }

    /// "Error:" before what is wrong is for those who hear the page; here it is said in its language.
    pub fn error_said_as(self, word: &str) -> Self {
        let own = format!("<span class=\"govuk-visually-hidden\">{}:</span>", Self::text(word).0);
        Self(self.0.replace("<span class=\"govuk-visually-hidden\">Error:</span>", &own))
    }

    /// For templates of this module, whose blocks arrive as strings.
    pub(super) fn block(markup: &str) -> Self {
        Self(markup.to_owned())
    }

    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// This markup, or the text (escaped) where there is none.
    pub fn or<'a>(&'a self, text: &'a str) -> Said<'a> {
        Said { html: &self.0, text }
    }
}

impl fmt::Display for Html {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl HtmlSafe for Html {}

/// Markup without white space around it, or escaped text.
#[derive(Clone, Copy, Debug)]
pub struct Said<'a> {
    html: &'a str,
    text: &'a str,
}

impl Said<'_> {
    pub fn is_empty(&self) -> bool {
        self.html.is_empty() && self.text.is_empty()
    }
}

impl fmt::Display for Said<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if !self.html.is_empty() {
            return f.write_str(self.html.trim());
        }
        match escape(self.text, askama::filters::Html) {
            Ok(escaped) => write!(f, "{escaped}"),
            Err(never) => match never {},
        }
    }
}

impl HtmlSafe for Said<'_> {}

/// Refused everywhere but inside `fixtures::render`: no request, file or message can carry markup.
impl<'de> Deserialize<'de> for Html {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        match Value::deserialize(from)? {
            Value::Null | Value::Bool(false) => Ok(Self::default()),
            Value::String(markup) if fixtures::reading() => Ok(Self(markup)),
            _ => Err(de::Error::custom("markup is never read from outside")),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_request_cannot_carry_markup() {
        let read = serde_json::from_str::<Html>(r#""<b>bold</b>""#);
        assert!(read.unwrap_err().to_string().contains("never read from outside"));
    }

    #[test]
    fn text_is_escaped_and_markup_is_not() {
        assert_eq!(Html::default().or("<b>&\"'").to_string(), "&#60;b&#62;&#38;&#34;&#39;");
        assert_eq!(Html::fixed(" <b>x</b> ").or("unused").to_string(), "<b>x</b>");
        assert_eq!(Html::text("a < b").as_str(), "a &#60; b");
    }
}
