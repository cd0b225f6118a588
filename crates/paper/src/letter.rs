//! From characters to letters of a font.

use unicode_normalization::{UnicodeNormalization, char::is_combining_mark};

/// One character as a font draws it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Letter {
    pub sign: char,
    /// Its number in the whole font.
    pub glyph: u16,
    /// In thousandths of the size.
    pub width: f32,
}

impl Letter {
    /// A space at which a line may end.
    pub fn is_space(self) -> bool {
        is_space(self.sign) && !matches!(self.sign, '\u{a0}' | '\u{2007}' | '\u{202f}')
    }

    /// Stands on the letter before it.
    pub fn joins(self) -> bool {
        self.width == 0.0 && is_combining_mark(self.sign)
    }
}

/// Any space, a tab too; not a line break.
pub fn is_space(sign: char) -> bool {
    sign == '\t' || (sign.is_whitespace() && !ends_line(sign))
}

pub fn ends_line(sign: char) -> bool {
    matches!(sign, '\n' | '\u{b}' | '\u{c}' | '\r' | '\u{85}' | '\u{2028}' | '\u{2029}')
}

/// Every character of a text in form NFC, without its line breaks.
pub fn signs(text: &str) -> impl Iterator<Item = char> {
    text.nfc().filter(|sign| !ends_line(*sign))
}

/// The lines that the writer made, each in form NFC. `\r\n` is one break.
pub fn lines(text: &str) -> Vec<Vec<char>> {
    let mut lines = vec![Vec::new()];
    let mut before = ' ';
    for sign in text.nfc() {
        match sign {
            '\n' if before == '\r' => {}
            sign if ends_line(sign) => lines.push(Vec::new()),
            sign => lines.last_mut().expect("there is one line at least").push(sign),
        }
        before = sign;
    }
    lines
}

/// Whether its signs stand one after the other from left to right, each drawn as it is alone.
pub fn is_simple(sign: char) -> bool {
    let drawn = matches!(u32::from(sign),
        // Latin, phonetic letters, marks, Greek, Cyrillic, Armenian.
        0x20..=0x7e | 0xa0..=0x58f
        // Georgian; Cyrillic, Latin and Greek as extended.
        | 0x10a0..=0x10ff | 0x1c80..=0x1cbf | 0x1d00..=0x1fff
        // Punctuation, currencies, signs, arrows, forms; then letters again.
        | 0x2000..=0x2bff | 0x2c60..=0x2c7f | 0x2d00..=0x2d2f | 0x2de0..=0x2e7f
        | 0xa640..=0xa69f | 0xa700..=0xa7ff | 0xab30..=0xab6f | 0xfb00..=0xfb17 | 0xfffd);
    // Soft hyphen, joiners, marks of direction: nothing to see, and some of them turn the text around.
    let hidden = matches!(u32::from(sign), 0xad | 0x34f | 0x200b..=0x200f | 0x2028..=0x202e | 0x2060..=0x206f);
    drawn && !hidden
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn any_line_break_is_one_break() {
        let read = |text: &str| lines(text).into_iter().map(String::from_iter).collect::<Vec<String>>();
        assert_eq!(read("a\r\nb\rc\u{2029}d\n\ne"), ["a", "b", "c", "d", "", "e"]);
        assert_eq!(read(""), [""]);
    }

    #[test]
    fn parted_accents_are_put_together() {
        assert_eq!(lines("e\u{301}"), [['é']]);
    }

    #[test]
    fn what_turns_or_hides_text_is_never_simple() {
        for sign in "\u{202e}\u{2066}\u{200f}\u{200b}\u{ad}\0\u{7f}\u{feff}\u{fe0f}אبक字😀".chars() {
            assert!(!is_simple(sign), "{sign:?}");
        }
        for sign in "aéŁжΩ£’–€\u{a0}\u{301}".chars() {
            assert!(is_simple(sign), "{sign:?}");
        }
    }
}
