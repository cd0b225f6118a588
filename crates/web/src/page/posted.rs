use super::Failure;
use axum::{
    body::to_bytes,
    extract::{FromRequest, Request},
    http::header,
};
use catalogue::Form;
use jiff::civil::Date;

/// Most bytes of a posted form.
const MOST_BYTES: usize = 256 * 1024;
/// Most fields of a posted form.
const MOST_FIELDS: usize = 1000;

/// What is said of an e-mail address that is none: the field, and the words.
pub const NO_EMAIL: (&str, &str) = ("email", "Enter an e-mail address, such as name@example.org");

/// A posted form: names and values in their order, valid UTF-8, no U+0000.
#[derive(Clone, Debug, Default)]
pub struct Posted(pub Form);

impl Posted {
    /// What stands in a query, or in a form that came by other ways.
    pub fn parse(text: &[u8]) -> Result<Form, Failure> {
        parse(text)
    }

    /// The first value of a field; empty where there is none.
    pub fn get(&self, name: &str) -> &str {
        self.0.get(name).unwrap_or_default()
    }

    /// The day of a date input, where what was typed is one.
    pub fn date(&self, prefix: &str) -> Option<Date> {
        let part = |name: &str| self.get(&format!("{prefix}-{name}")).trim().parse::<i16>().ok();
        let small = |name: &str| part(name).and_then(|n| i8::try_from(n).ok());
        Date::new(part("year")?, small("month")?, small("day")?).ok()
    }

    /// The day of a date input that may stay empty; none where what stands there is no day.
    pub fn day(&self, prefix: &str) -> Option<Option<Date>> {
        let empty = ["day", "month", "year"].iter().all(|part| self.get(&format!("{prefix}-{part}")).trim().is_empty());
        if empty { Some(None) } else { self.date(prefix).map(Some) }
    }

    pub fn all<'p>(&'p self, name: &'p str) -> Vec<&'p str> {
        self.0.all(name).collect()
    }
}

impl<S: Send + Sync> FromRequest<S> for Posted {
    type Rejection = Failure;

    async fn from_request(request: Request, _: &S) -> Result<Posted, Failure> {
        let kind = request.headers().get(header::CONTENT_TYPE).and_then(|v| v.to_str().ok()).unwrap_or_default();
        let plain =
            kind.split(';').next().unwrap_or_default().trim().eq_ignore_ascii_case("application/x-www-form-urlencoded");
        let declared =
            request.headers().get(header::CONTENT_LENGTH).and_then(|v| v.to_str().ok()?.parse::<usize>().ok());
        if declared.is_some_and(|n| n > MOST_BYTES) {
            return Err(Failure::TooLarge);
        }
        let body = to_bytes(request.into_body(), MOST_BYTES).await.map_err(|_| Failure::TooLarge)?;
        if body.is_empty() {
            return Ok(Posted::default());
        }
        if !plain {
            return Err(Failure::Unreadable);
        }
        parse(&body).map(Posted)
    }
}

/// Decodes strictly: a broken escape, bytes that are no UTF-8 and U+0000 are refused, not mended.
fn parse(body: &[u8]) -> Result<Form, Failure> {
    let mut fields = Vec::new();
    for pair in body.split(|b| *b == b'&').filter(|pair| !pair.is_empty()) {
        if fields.len() == MOST_FIELDS {
            return Err(Failure::TooLarge);
        }
        let at = pair.iter().position(|b| *b == b'=').unwrap_or(pair.len());
        let value = pair.get(at + 1..).unwrap_or_default();
        fields.push((decode(&pair[..at])?, decode(value)?));
    }
    Ok(Form(fields))
}

fn decode(text: &[u8]) -> Result<String, Failure> {
    let mut out = Vec::with_capacity(text.len());
    let mut rest = text.iter();
    while let Some(b) = rest.next() {
        out.push(match b {
            b'+' => b' ',
            b'%' => {
                let mut digit = || rest.next().and_then(|d| char::from(*d).to_digit(16)).ok_or(Failure::Unreadable);
                (digit()? * 16 + digit()?) as u8
            }
            other => *other,
        });
    }
    let text = String::from_utf8(out).map_err(|_| Failure::Unreadable)?;
    if text.contains('\0') { Err(Failure::Unreadable) } else { Ok(text) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_form_is_read_as_it_was_typed() {
        let form = parse("who=R%C3%B3b%C3%ADn+Example&size=small&size=large&empty=&bare".as_bytes()).unwrap();
        assert_eq!(form.get("who"), Some("Róbín Example"));
        assert_eq!(form.all("size").collect::<Vec<_>>(), ["small", "large"]);
        assert_eq!((form.get("empty"), form.get("bare")), (Some(""), Some("")));
    }

    #[test]
    fn what_is_not_text_is_refused() {
        for bad in ["a=%ff", "a=%zz", "a=%4", "a=%00", "%c3=1"] {
            assert_eq!(parse(bad.as_bytes()).err(), Some(Failure::Unreadable), "{bad}");
        }
        let many = "a=1&".repeat(MOST_FIELDS + 1);
        assert_eq!(parse(many.as_bytes()).err(), Some(Failure::TooLarge));
    }
}
