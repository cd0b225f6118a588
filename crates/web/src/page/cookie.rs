//! Cookies: host-only, `HttpOnly`, `SameSite=Lax`, `Secure` behind TLS, each on the path it is for.

use crate::App;
use axum::http::{HeaderMap, HeaderValue, header};

/// Letters and digits of a token of ours; anything else in a cookie is no token.
const LONGEST: usize = 64;

/// The value of the first cookie of this name that looks like a token of ours.
pub fn read(headers: &HeaderMap, name: &str) -> Option<String> {
    let is_token = |value: &str| {
        (16..=LONGEST).contains(&value.len()) && value.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit())
    };
    all(headers).find(|(found, value)| *found == name && is_token(value)).map(|(_, value)| value.to_owned())
}

/// The value of the first cookie of this name that is a short word, such as the tag of a language.
pub fn word(headers: &HeaderMap, name: &str) -> Option<String> {
    let is_word =
        |value: &str| (2..=12).contains(&value.len()) && value.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-');
    all(headers).find(|(found, value)| *found == name && is_word(value)).map(|(_, value)| value.to_owned())
}

/// The value of the first cookie of this name that is the path of a page here: small letters, figures, lines.
pub fn path(headers: &HeaderMap, name: &str) -> Option<String> {
    let is_path = |value: &str| {
        value.len() <= LONGEST
            && value.starts_with('/')
            && !value.contains("//")
            && value.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'/' || b == b'-')
    };
    all(headers).find(|(found, value)| *found == name && is_path(value)).map(|(_, value)| value.to_owned())
}

fn all(headers: &HeaderMap) -> impl Iterator<Item = (&str, &str)> {
    headers
        .get_all(header::COOKIE)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|line| line.split(';'))
        .filter_map(|pair| pair.trim().split_once('='))
}

/// Sets a cookie for the length of the browser session.
pub fn set(app: &App, headers: &mut HeaderMap, name: &str, value: &str, path: &str) {
    append(app, headers, &format!("{name}={value}; Path={path}"));
}

/// Sets a cookie that stays for so many seconds.
pub fn keep(app: &App, headers: &mut HeaderMap, name: &str, value: &str, path: &str, seconds: i64) {
    append(app, headers, &format!("{name}={value}; Path={path}; Max-Age={seconds}"));
}

pub fn clear(app: &App, headers: &mut HeaderMap, name: &str, path: &str) {
    append(app, headers, &format!("{name}=; Path={path}; Max-Age=0"));
}

fn append(app: &App, headers: &mut HeaderMap, cookie: &str) {
    let secure = if app.options.https() { "; Secure" } else { "" };
    if let Ok(value) = HeaderValue::from_str(&format!("{cookie}; HttpOnly; SameSite=Lax{secure}")) {
        headers.append(header::SET_COOKIE, value);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn headers(line: &'static str) -> HeaderMap {
        HeaderMap::from_iter([(header::COOKIE, HeaderValue::from_static(line))])
    }

    #[test]
    fn only_a_path_of_this_site_is_one() {
        assert_eq!(path(&headers("then=/reports/123456782/say"), "then").as_deref(), Some("/reports/123456782/say"));
        for bad in ["then=//elsewhere.example", "then=https://a.example", "then=/a?b", "then=/a\\b", "then=/A", "then="]
        {
            assert_eq!(path(&headers(bad), "then"), None, "{bad}");
        }
    }

    #[test]
    fn only_what_looks_like_a_token_is_read() {
        assert_eq!(read(&headers("a=1; visit=abcdefghijklmnop2345"), "visit").as_deref(), Some("abcdefghijklmnop2345"));
        for bad in [
            "visit=short",
            "visit=ABCDEFGHIJKLMNOP2345",
            "visit=../../etc/passwd0000",
            "visit=",
            "visitx=abcdefghijklmnop2345",
        ] {
            assert_eq!(read(&headers(bad), "visit"), None, "{bad}");
        }
    }
}
