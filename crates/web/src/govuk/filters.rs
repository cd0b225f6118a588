//! The one filter of the component templates.

use std::fmt::{self, Write};

use askama::Values;
use askama::filters::{HtmlSafe, escape};
use serde_json::Value;

use super::Attributes;

/// Writes ` name="value"` for each attribute, escaped, in their order.
#[askama::filter_fn]
pub fn attributes<'a>(given: &'a Attributes, _: &dyn Values) -> askama::Result<Written<'a>> {
    Ok(Written(given))
}

pub struct Written<'a>(&'a Attributes);

impl HtmlSafe for Written<'_> {}

impl fmt::Display for Written<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (name, value) in self.0.iter() {
            let (value, optional) = match value {
                Value::Object(parts) => {
                    (parts.get("value").unwrap_or(&Value::Null), parts.get("optional") == Some(&Value::Bool(true)))
                }
                plain => (plain, false),
            };
            match value {
                Value::Null | Value::Bool(false) if optional => {}
                Value::Bool(true) if optional => {
                    f.write_char(' ')?;
                    escaped(f, name)?;
                }
                Value::Null => pair(f, name, "")?,
                Value::String(words) => pair(f, name, words)?,
                other => pair(f, name, &other.to_string())?,
            }
        }
        Ok(())
    }
}

fn pair(f: &mut fmt::Formatter<'_>, name: &str, value: &str) -> fmt::Result {
    f.write_char(' ')?;
    escaped(f, name)?;
    f.write_str("=\"")?;
    escaped(f, value)?;
    f.write_char('"')
}

fn escaped(f: &mut fmt::Formatter<'_>, words: &str) -> fmt::Result {
    match escape(words, askama::filters::Html) {
        Ok(written) => write!(f, "{written}"),
        Err(never) => match never {},
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn attributes_keep_their_order_and_are_escaped() {
        let given = Attributes::default()
            .with("data-z", "1 < 2 & \"x\"")
            .with("data-a", 7)
            .with("aria-hidden", true)
            .flag("hidden")
            .maybe("data-none", None::<&str>);
        assert_eq!(
            Written(&given).to_string(),
            r#" data-z="1 &#60; 2 &#38; &#34;x&#34;" data-a="7" aria-hidden="true" hidden"#
        );
    }
}
