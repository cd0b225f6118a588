//! Canonical JSON (RFC 8785), as much of it as a leaf needs: one object of texts, whole numbers and nulls.
//!
//! Narrower than the RFC, so that each value has one spelling that every JSON reader understands alike: names are of
//! small letters and underscores; numbers are whole and within ±(2⁵³ − 1), where a double is exact. No arrays, no nesting, no
//! true or false, no fractions.

use std::{borrow::Cow, collections::BTreeMap};

/// Beyond this, whole numbers of JSON readers are no longer exact.
pub const MOST: i64 = (1 << 53) - 1;

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Value<'a> {
    Null,
    Integer(i64),
    Text(Cow<'a, str>),
}

/// Sorted by name. All names are ASCII, so the order of bytes is the RFC's order of UTF-16 units.
pub type Object<'a> = BTreeMap<&'a str, Value<'a>>;

#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum CanonicalError {
    #[error("a name in canonical JSON here has small letters and underscores only")]
    Name,
    #[error("a number in canonical JSON here lies within ±(2⁵³ − 1)")]
    Number,
    #[error("this is not the canonical JSON of an object of texts, whole numbers and nulls")]
    NotCanonical,
}

/// # Errors
/// For a name or a number that has no canonical form here.
pub fn encode(object: &Object<'_>) -> Result<Vec<u8>, CanonicalError> {
    // Roomy enough for a usual leaf.
    let mut text = String::with_capacity(512);
    text.push('{');
    for (name, value) in object {
        if name.is_empty() || !name.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'_') {
            return Err(CanonicalError::Name);
        }
        if text.len() > 1 {
            text.push(',');
        }
        text.push('"');
        text += name;
        text += "\":";
        match value {
            Value::Null => text += "null",
            Value::Integer(number) if (-MOST..=MOST).contains(number) => text += &number.to_string(),
            Value::Integer(_) => return Err(CanonicalError::Number),
            Value::Text(value) => quote(value, &mut text),
        }
    }
    text.push('}');
    Ok(text.into_bytes())
}

/// # Errors
/// For everything that [`encode`] would not have written byte for byte: spaces, another order, a name twice, another
/// spelling of a sign or a number.
pub fn decode(bytes: &[u8]) -> Result<Object<'_>, CanonicalError> {
    let text = std::str::from_utf8(bytes).map_err(|_| CanonicalError::NotCanonical)?;
    let object = Reader { rest: text }.object().ok_or(CanonicalError::NotCanonical)?;
    match encode(&object) {
        Ok(again) if again == bytes => Ok(object),
        _ => Err(CanonicalError::NotCanonical),
    }
}

fn quote(value: &str, text: &mut String) {
    text.push('"');
    let mut rest = value;
    while let Some(at) = rest.find(|sign: char| sign < ' ' || sign == '"' || sign == '\\') {
        text.push_str(&rest[..at]);
        match rest.as_bytes()[at] {
            b'"' => *text += "\\\"",
            b'\\' => *text += "\\\\",
            0x08 => *text += "\\b",
            b'\t' => *text += "\\t",
            b'\n' => *text += "\\n",
            0x0c => *text += "\\f",
            b'\r' => *text += "\\r",
            other => *text += &format!("\\u{other:04x}"),
        }
        rest = &rest[at + 1..];
    }
    text.push_str(rest);
    text.push('"');
}

/// Reads what has the rough shape; `decode` then compares.
struct Reader<'a> {
    rest: &'a str,
}

impl<'a> Reader<'a> {
    fn take(&mut self, token: &str) -> Option<()> {
        self.rest = self.rest.strip_prefix(token)?;
        Some(())
    }

    /// What stands before the next of these signs.
    fn until(&mut self, signs: [char; 2]) -> Option<&'a str> {
        let (before, rest) = self.rest.split_at(self.rest.find(signs)?);
        self.rest = rest;
        Some(before)
    }

    fn object(mut self) -> Option<Object<'a>> {
        let mut object = Object::new();
        self.take("{")?;
        while self.take("}").is_none() {
            if !object.is_empty() {
                self.take(",")?;
            }
            self.take("\"")?;
            // A name needs no escapes.
            let name = self.until(['"', '\\'])?;
            self.take("\":")?;
            let value = self.value()?;
            object.insert(name, value);
        }
        self.rest.is_empty().then_some(object)
    }

    fn value(&mut self) -> Option<Value<'a>> {
        if self.take("null").is_some() {
            return Some(Value::Null);
        }
        if self.take("\"").is_some() {
            return self.text().map(Value::Text);
        }
        self.until([',', '}'])?.parse().ok().map(Value::Integer)
    }

    /// The rest of a text, with the quotation mark that ends it.
    fn text(&mut self) -> Option<Cow<'a, str>> {
        let mut text = Cow::Borrowed(self.until(['"', '\\'])?);
        while self.take("\\").is_some() {
            let mut signs = self.rest.chars();
            text.to_mut().push(match signs.next()? {
                'b' => '\u{8}',
                't' => '\t',
                'n' => '\n',
                'f' => '\u{c}',
                'r' => '\r',
                'u' => {
                    let code = signs.as_str().get(..4)?;
                    signs = signs.as_str()[4..].chars();
                    char::from_u32(u32::from_str_radix(code, 16).ok()?)?
                }
                sign => sign,
            });
            self.rest = signs.as_str();
            text.to_mut().push_str(self.until(['"', '\\'])?);
        }
        self.take("\"")?;
        Some(text)
    }
}

#[cfg(test)]
mod tests;
