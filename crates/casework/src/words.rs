//! Words a person typed, as they may be kept.

use crate::{Refusal, Result};

/// Most characters of a message, a note or a reason.
pub const MOST: usize = 5000;

/// Trimmed, with plain line ends. Control characters (U+0000 among them) and characters that turn the direction of the
/// text around it are refused, not dropped: nothing is changed silently (P-29).
pub fn read(typed: &str) -> Result<String, Refusal> {
    let text = typed.replace("\r\n", "\n").replace('\r', "\n");
    let text = text.trim();
    if text.is_empty() {
        return Err(Refusal::WordsNeeded);
    }
    if text.chars().count() > MOST {
        return Err(Refusal::WordsTooLong);
    }
    let unreadable = |c: char| {
        (c.is_control() && c != '\n' && c != '\t')
            || matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{200e}' | '\u{200f}' | '\u{feff}')
    };
    if text.chars().any(unreadable) { Err(Refusal::WordsUnreadable) } else { Ok(text.to_owned()) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_trimmed_and_counted_in_characters() {
        assert_eq!(read("  it is back\r\nagain \n").as_deref(), Ok("it is back\nagain"));
        assert_eq!(read(&"é".repeat(MOST)).map(|w| w.chars().count()), Ok(MOST));
        assert_eq!(read(&"é".repeat(MOST + 1)), Err(Refusal::WordsTooLong));
        assert_eq!(read(" \n "), Err(Refusal::WordsNeeded));
    }

    #[test]
    fn hidden_characters_are_refused() {
        for hidden in ["a\0b", "a\u{202e}b", "a\u{2066}b", "a\u{1b}[31mb"] {
            assert_eq!(read(hidden), Err(Refusal::WordsUnreadable), "{hidden:?}");
        }
    }
}
