//! UK postcodes, and the files that place them.

mod rows;

pub(crate) use rows::{Columns, cell, headed, point};
pub use rows::{PostcodeRow, code_point, with_header};

use std::fmt;
use std::str::FromStr;

/// A well-formed postcode in its canonical spelling, "BS23 1AA". Well-formed does not mean in use (P-21).
///
/// Pattern: Royal Mail's programmers' guide to the postcode address file: `A9 A99 AA9 AA99 A9A AA9A`, a space, `9AA`
/// whose letters are none of C I K M O V; and GIR 0AA.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Postcode {
    /// Letters and figures without the space.
    text: [u8; 7],
    len: u8,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not a UK postcode")]
pub struct NotAPostcode;

impl Postcode {
    /// Any case; spaces, tabs, no-break spaces, dots and hyphens are passed over: "bs231aa", " BS0  1ZZ ".
    pub fn parse(text: &str) -> Option<Postcode> {
        let (text, len) = squeeze(text)?;
        let postcode = Postcode { text, len: len as u8 };
        let (outward, inward) = text[..len].split_at_checked(len.checked_sub(3)?)?;
        let well = is_outward(outward) && is_inward(inward) || &text[..len] == b"GIR0AA";
        well.then_some(postcode)
    }

    /// "BS23" of "BS23 1AA".
    pub fn outward(&self) -> &str {
        self.slice(0, self.len as usize - 3)
    }

    /// "1AA" of "BS23 1AA".
    pub fn inward(&self) -> &str {
        self.slice(self.len as usize - 3, self.len as usize)
    }

    fn slice(&self, from: usize, to: usize) -> &str {
        // Only ASCII letters and figures are ever put in.
        std::str::from_utf8(&self.text[from..to]).unwrap_or_default()
    }
}

/// Upper-case letters and figures of a possible postcode or the beginning of one, with their count.
pub(crate) fn squeeze(text: &str) -> Option<([u8; 7], usize)> {
    let (mut out, mut len) = ([0; 7], 0);
    for c in text.trim().chars() {
        match c {
            ' ' | '\t' | '\u{a0}' | '\u{2007}' | '\u{202f}' | '-' | '.' => {}
            c if c.is_ascii_alphanumeric() => {
                *out.get_mut(len)? = c.to_ascii_uppercase() as u8;
                len += 1;
            }
            _ => return None,
        }
    }
    Some((out, len))
}

/// True for "BS23", "W1A", "M1".
pub(crate) fn is_outward(text: &[u8]) -> bool {
    let (letter, figure) = (|b: u8| b.is_ascii_uppercase(), |b: u8| b.is_ascii_digit());
    match *text {
        [a, n] => letter(a) && figure(n),
        [a, b, c] => letter(a) && (letter(b) && figure(c) || figure(b) && c.is_ascii_alphanumeric()),
        [a, b, c, d] => letter(a) && letter(b) && figure(c) && d.is_ascii_alphanumeric(),
        _ => false,
    }
}

fn is_inward(text: &[u8]) -> bool {
    let letter = |b: u8| b.is_ascii_uppercase() && !b"CIKMOV".contains(&b);
    matches!(*text, [n, a, b] if n.is_ascii_digit() && letter(a) && letter(b))
}

impl fmt::Display for Postcode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.outward(), self.inward())
    }
}

impl fmt::Debug for Postcode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Postcode({self})")
    }
}

impl FromStr for Postcode {
    type Err = NotAPostcode;

    fn from_str(text: &str) -> Result<Self, NotAPostcode> {
        Postcode::parse(text).ok_or(NotAPostcode)
    }
}

impl serde::Serialize for Postcode {
    fn serialize<S: serde::Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.collect_str(self)
    }
}

impl<'de> serde::Deserialize<'de> for Postcode {
    fn deserialize<D: serde::Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        String::deserialize(from)?.parse().map_err(serde::de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn case_and_spacing_do_not_matter() {
        for text in ["BS23 1AA", "bs231aa", " Bs 23 1 aA ", "BS231AA", "BS23\u{a0}1AA", "BS23-1AA"] {
            assert_eq!(Postcode::parse(text).unwrap().to_string(), "BS23 1AA", "{text}");
        }
        assert_eq!(Postcode::parse("BS0 1ZZ").unwrap().outward(), "BS0");
        assert_eq!(Postcode::parse("W1A1AA").unwrap().to_string(), "W1A 1AA");
        assert_eq!(Postcode::parse("ec1a 1bb").unwrap().inward(), "1BB");
        assert_eq!(Postcode::parse("gir0aa").unwrap().to_string(), "GIR 0AA");
    }

    #[test]
    fn what_breaks_the_pattern_is_no_postcode() {
        for text in ["", "BS23", "BS23 1A", "BS23 AA1", "B23S 1AA", "1BS 1AA", "BS23 1CA", "BS233 1AA", "BS2£ 1AA"] {
            assert_eq!(Postcode::parse(text), None, "{text}");
        }
        assert_eq!("nowhere".parse::<Postcode>(), Err(NotAPostcode));
    }

    #[test]
    fn json_holds_the_canonical_spelling() {
        let read: Postcode = serde_json::from_str("\"bs231aa\"").unwrap();
        assert_eq!(serde_json::to_string(&read).unwrap(), "\"BS23 1AA\"");
        assert!(serde_json::from_str::<Postcode>("\"x\"").is_err());
    }

    proptest! {
        #[test]
        fn what_is_printed_is_read_back(text in "[A-Z]{1,2}[0-9][0-9A-Z]?[0-9][ABD-HJLNP-UW-Z]{2}") {
            let postcode = Postcode::parse(&text).unwrap();
            prop_assert_eq!(Postcode::parse(&postcode.to_string()), Some(postcode));
            prop_assert_eq!(postcode.to_string().replace(' ', ""), text);
        }

        #[test]
        fn no_text_makes_it_panic(text in ".{0,12}") {
            let _ = Postcode::parse(&text);
        }
    }
}
