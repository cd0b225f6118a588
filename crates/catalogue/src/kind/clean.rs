//! Text from outside. Nothing is cut silently: what cannot be kept is refused with a sentence (P-29).

/// Trims, and refuses what must not be stored. The error is the key of its sentence.
pub(super) fn clean(raw: &str, lines: bool) -> Result<String, &'static str> {
    let text = if lines { raw.replace("\r\n", "\n").replace('\r', "\n") } else { raw.to_owned() };
    for letter in text.chars() {
        if turns_direction(letter) {
            return Err("text.direction");
        }
        let allowed = lines && (letter == '\n' || letter == '\t');
        if letter.is_control() && !allowed {
            return Err("text.control");
        }
    }
    Ok(text.trim().to_owned())
}

/// Overrides, embeddings and isolates make text read in another order than it is stored.
fn turns_direction(letter: char) -> bool {
    matches!(letter, '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}')
}

/// Characters, as people count them closely enough: Unicode scalar values, not bytes (P-29).
pub(super) fn length(text: &str) -> usize {
    text.chars().count()
}

/// Foreign text made fit for a sentence of ours.
pub(crate) fn safe_words(text: &str, most: usize) -> String {
    text.chars().filter(|letter| !letter.is_control() && !turns_direction(*letter)).take(most).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn white_space_around_a_text_is_taken_off_and_inside_it_kept() {
        assert_eq!(clean("  a  b \t", false), Err("text.control"));
        assert_eq!(clean("  a  b ", false).as_deref(), Ok("a  b"));
        assert_eq!(clean("\r\n a\r\nb\rc\t ", true).as_deref(), Ok("a\nb\nc"));
    }

    #[test]
    fn control_characters_are_refused() {
        for raw in ["a\0b", "a\u{7}b", "a\u{85}b", "a\u{7f}"] {
            assert_eq!(clean(raw, true), Err("text.control"), "{raw:?}");
        }
        assert_eq!(clean("a\nb", false), Err("text.control"));
    }

    #[test]
    fn letters_that_turn_the_direction_are_refused_and_arabic_is_not() {
        assert_eq!(clean("abc\u{202E}cba", false), Err("text.direction"));
        assert_eq!(clean("\u{2066}abc", true), Err("text.direction"));
        assert!(clean("مرحبا", false).is_ok());
    }

    #[test]
    fn length_counts_characters_not_bytes() {
        assert_eq!(length("é€😀"), 3);
    }
}
