use super::at::At;
use super::clean::{clean, length};
use super::{Filled, Line, phone};
use crate::{Answer, Face, Form, Format, Kind, LongTextFace, Problem, TextFace, Words};
use serde_json::{Value, json};

pub(super) fn read(at: &At, form: &Form) -> Result<Option<Answer>, Vec<Problem>> {
    let typed = form.get(&at.name).unwrap_or("");
    let picked = form.trimmed(&at.field("pick"));
    let text = if typed.trim().is_empty() { picked } else { typed };
    check(at, text).map(|text| text.map(Answer::Text))
}

pub(super) fn read_long(at: &At, form: &Form) -> Result<Option<Answer>, Vec<Problem>> {
    read(at, form)
}

pub(super) fn take(at: &At, value: &Value) -> Result<Answer, Vec<Problem>> {
    let Value::String(raw) = value else {
        return Err(vec![at.problem("", "json.shape", &[("shape", "a text")])]);
    };
    match check(at, raw)? {
        Some(text) => Ok(Answer::Text(text)),
        None => Err(vec![at.missing()]),
    }
}

pub(super) fn take_long(at: &At, value: &Value) -> Result<Answer, Vec<Problem>> {
    take(at, value)
}

fn check(at: &At, raw: &str) -> Result<Option<String>, Vec<Problem>> {
    let (format, min, max, lines) = match &at.question.kind {
        Kind::Text { format, min, max } => (*format, *min, *max, false),
        Kind::LongText { min, max } => (Format::Plain, *min, *max, true),
        _ => (Format::Plain, 0, super::object::SHORT, false),
    };
    let text = clean(raw, lines).map_err(|key| vec![at.problem("", key, &[])])?;
    if text.is_empty() {
        return Ok(None);
    }
    let count = length(&text);
    if count > max {
        let over = (count - max).to_string();
        return Err(vec![at.problem("", "text.long", &[("max", &max.to_string()), ("over", &over)])]);
    }
    if count < min {
        return Err(vec![at.problem("", "text.short", &[("min", &min.to_string())])]);
    }
    formed(format, text).map(Some).map_err(|key| vec![at.problem("", key, &[])])
}

/// The text in its stored form, or the key of what is wrong with it.
pub(super) fn formed(format: Format, text: String) -> Result<String, &'static str> {
    match format {
        Format::Plain => Ok(text),
        Format::Phone => phone::e164(&text).ok_or("phone.form"),
        Format::Email if !is_email(&text) => Err("email.form"),
        // Few mail servers take such an address yet (RFC 6531): better said here than found out when mail fails.
        Format::Email if !text.is_ascii() => Err("email.letters"),
        Format::Email => Ok(text),
        Format::Imei => Ok(imei(&text)),
        Format::Url => {
            if is_url(&text) {
                Ok(text)
            } else {
                Err("url.form")
            }
        }
    }
}

/// One address, at most 254 characters (P-26). Only its form is looked at: mail shows whether it is there.
pub fn is_email(text: &str) -> bool {
    let Some((name, host)) = text.rsplit_once('@') else { return false };
    let forbidden = |letter: char| letter.is_whitespace() || letter.is_control() || "<>()[]\\,;:\"@".contains(letter);
    text.len() <= 254
        && !name.is_empty()
        && name.len() <= 64
        && !name.chars().any(forbidden)
        && !name.starts_with('.')
        && !name.ends_with('.')
        && !name.contains("..")
        && host.contains('.')
        && host.split('.').all(is_host_label)
}

fn is_host_label(label: &str) -> bool {
    let letters = label.chars().all(|letter| letter.is_alphanumeric() || letter == '-');
    !label.is_empty() && label.len() <= 63 && letters && !label.starts_with('-') && !label.ends_with('-')
}

fn is_url(text: &str) -> bool {
    let rest = text.strip_prefix("https://").or_else(|| text.strip_prefix("http://"));
    rest.is_some_and(|rest| {
        rest.split(['/', '?', '#']).next().is_some_and(|host| host.contains('.')) && !rest.contains(char::is_whitespace)
    })
}

/// Digits without spaces or hyphens; anything else stays as typed (P-24: warn and accept as text).
pub(super) fn imei(text: &str) -> String {
    let digits: String = text.chars().filter(|letter| !letter.is_whitespace() && *letter != '-').collect();
    if digits.chars().all(|digit| digit.is_ascii_digit()) { digits } else { text.to_owned() }
}

/// Fifteen digits whose check digit is right by Luhn's rule (P-24).
pub(super) fn is_imei(text: &str) -> bool {
    text.len() == 15 && text.bytes().all(|byte| byte.is_ascii_digit()) && luhn(text)
}

fn luhn(digits: &str) -> bool {
    let sum: u32 = digits
        .bytes()
        .rev()
        .enumerate()
        .map(|(place, byte)| {
            let digit = u32::from(byte - b'0');
            if place % 2 == 0 { digit } else { digit * 2 / 10 + digit * 2 % 10 }
        })
        .sum();
    sum.is_multiple_of(10)
}

pub(super) fn face(at: &At, words: &Words, filled: Filled) -> Face {
    let mut field = at.input(words, filled, "", answered(filled));
    field.spellcheck = false;
    if let Kind::Text { format, max, .. } = &at.question.kind {
        field.max = Some(*max);
        (field.input, field.inputmode, field.autocomplete) = match format {
            Format::Plain => ("text", None, None),
            Format::Phone => ("tel", Some("tel"), Some("tel")),
            Format::Email => ("email", Some("email"), Some("email")),
            Format::Imei => ("text", Some("numeric"), None),
            Format::Url => ("url", Some("url"), None),
        };
    }
    Face::Text(TextFace { frame: at.frame(words), pick: Vec::new(), field })
}

pub(super) fn face_long(at: &At, words: &Words, filled: Filled) -> Face {
    let mut field = at.input(words, filled, "", answered(filled));
    if let Kind::LongText { max, .. } = &at.question.kind {
        field.max = Some(*max);
        field.rows = if *max > 1000 { 9 } else { 5 };
    }
    field.spellcheck = true;
    Face::LongText(LongTextFace { frame: at.frame(words), field })
}

fn answered(filled: Filled<'_>) -> Option<&str> {
    match filled.answer() {
        Some(Answer::Text(text)) => Some(text),
        _ => None,
    }
}

/// One line for each line of the text.
pub(super) fn show(text: &str) -> Vec<Line> {
    text.lines().map(Line::plain).collect()
}

pub(super) fn schema(format: Format, min: usize, max: usize) -> Value {
    let mut schema = json!({ "type": "string", "minLength": min.max(1), "maxLength": max });
    match format {
        Format::Email => schema["format"] = json!("email"),
        Format::Url => schema["format"] = json!("uri"),
        Format::Phone => schema["description"] = json!("A telephone number; UK numbers may be given without +44."),
        Format::Plain | Format::Imei => {}
    }
    schema
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_e_mail_address_is_one_address_of_the_right_form() {
        for good in ["robin@example.org", "r.o+b@sub.example.test", "röbin@exämple.org"] {
            assert!(is_email(good), "{good}");
        }
        for bad in [
            "robin",
            "robin@",
            "@example.org",
            "a@b",
            "a b@example.org",
            "a@example.org,b@example.org",
            "a@b@example.org",
            ".a@example.org",
            "a..b@example.org",
            "a@-example.org",
            "<a@example.org>",
            "a@example..org",
        ] {
            assert!(!is_email(bad), "{bad}");
        }
        assert!(!is_email(&format!("{}@example.org", "a".repeat(65))));
        assert!(!is_email(&format!("a@{}.org", "b.".repeat(130))));
    }

    #[test]
    fn an_address_that_no_mail_would_reach_is_refused_with_its_own_words() {
        assert_eq!(formed(Format::Email, "röbin@example.org".into()), Err("email.letters"));
        assert_eq!(formed(Format::Email, "robin@exämple.org".into()), Err("email.letters"));
        assert_eq!(formed(Format::Email, "robin".into()), Err("email.form"));
        assert_eq!(formed(Format::Email, "robin@example.org".into()), Ok("robin@example.org".into()));
    }

    #[test]
    fn the_check_digit_of_an_imei_is_checked() {
        assert!(is_imei("490154203237518"));
        for wrong in 0..10 {
            let imei = format!("49015420323751{wrong}");
            assert_eq!(is_imei(&imei), wrong == 8, "{imei}");
        }
        assert_eq!(imei("49 015420-323751 8"), "490154203237518");
        assert_eq!(imei("on the box"), "on the box");
    }

    #[test]
    fn an_address_of_a_page_has_a_host() {
        assert!(is_url("https://example.org/a?b=c"));
        assert!(!is_url("javascript:alert(1)"));
        assert!(!is_url("https://localhost"));
        assert!(!is_url("https://example.org/a b"));
    }
}
