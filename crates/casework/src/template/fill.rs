//! The places in a template that a report fills.

use crate::clocks;
use store::Time;

/// Every place there is: its name in the text, and what stands there. A mail never says what an outside system said.
pub const PLACES: [(&str, &str); 4] = [
    ("{reference}", "the reference"),
    ("{service}", "the kind of report"),
    ("{date}", "the day it is sent"),
    ("{outside}", "the words of the outside system"),
];

pub(super) struct About<'a> {
    pub reference: &'a str,
    pub service: &'a str,
    pub date: &'a str,
    pub outside: &'a str,
}

/// The text with its places filled. What is filled in is not read again.
pub(super) fn filled(text: &str, about: &About) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('{') {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        let known = PLACES.iter().map(|(place, _)| *place).find(|place| rest.starts_with(place));
        let (value, length) = match known {
            Some("{reference}") => (about.reference, "{reference}".len()),
            Some("{service}") => (about.service, "{service}".len()),
            Some("{date}") => (about.date, "{date}".len()),
            Some(place) => (about.outside, place.len()),
            None => ("{", 1),
        };
        out.push_str(value);
        rest = &rest[length..];
    }
    out.push_str(rest);
    out.trim().to_owned()
}

/// What stands in braces and is no place; a brace that stands alone is one too.
pub(super) fn unknown(text: &str) -> Option<String> {
    let mut rest = text;
    while let Some(at) = rest.find(['{', '}']) {
        rest = &rest[at..];
        match PLACES.iter().find(|(place, _)| rest.starts_with(place)) {
            Some((place, _)) => rest = &rest[place.len()..],
            None => {
                let end = rest.find('}').map_or(rest.len(), |end| end + 1);
                return Some(rest[..end].chars().take(40).collect());
            }
        }
    }
    None
}

/// `27 November 2026`, the local day.
pub(super) fn date(now: Time) -> String {
    clocks::local_day(now).strftime("%-d %B %Y").to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_are_filled_once_and_what_fills_them_is_not_read_again() {
        let about = About { reference: "1", service: "{date}", date: "today", outside: "{reference}" };
        assert_eq!(filled("{service} {reference} {date}: {outside} {x", &about), "{date} 1 today: {reference} {x");
    }

    #[test]
    fn what_is_no_place_is_named() {
        assert_eq!(unknown("{reference} and {service}{date}{outside}"), None);
        for (text, wrong) in [
            ("Dear {name},", "{name}"),
            ("{Reference}", "{Reference}"),
            ("a } b", "}"),
            ("{é", "{é"),
            ("{{date}}", "{{date}"),
        ] {
            assert_eq!(unknown(text).as_deref(), Some(wrong), "{text}");
        }
    }
}
