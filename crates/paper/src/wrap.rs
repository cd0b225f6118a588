//! Lines that fit.

use crate::{
    font::Font,
    letter::{self, Letter},
};

/// The letters of one line, the spaces at its end with them: they may stand out at the right, and are there to be copied.
pub type Line = Vec<Letter>;

/// A text in lines of at most `width` points. A word that is longer than a line is cut between two letters. A text without a
/// letter has no lines.
pub fn wrap(text: &str, font: &Font, size: f32, width: f32) -> Vec<Line> {
    if text.is_empty() {
        return Vec::new();
    }
    let room = width * 1_000.0 / size;
    let mut lines = Vec::new();
    for line in letter::lines(text) {
        let letters: Vec<_> = line.into_iter().map(|sign| font.letter(sign)).collect();
        cut(&letters, room, &mut lines);
    }
    lines
}

fn cut(letters: &[Letter], room: f32, lines: &mut Vec<Line>) {
    let (mut start, mut at, mut width, mut last) = (0, 0, 0.0, 0);
    while let Some(letter) = letters.get(at) {
        let over = width + letter.width > room && !letter.is_space() && !letter.joins();
        // One letter stands on each line, however narrow.
        if over && at > start {
            let end = if last > start { last } else { at };
            lines.push(letters[start..end].to_vec());
            (start, at, width) = (end, end, 0.0);
            continue;
        }
        width += letter.width;
        at += 1;
        if may_end(letters, at) {
            last = at;
        }
    }
    lines.push(letters[start..].to_vec());
}

/// Whether a line may end before the letter `at`: after spaces, and after a dash or a stroke between two words.
fn may_end(letters: &[Letter], at: usize) -> bool {
    let (Some(before), Some(next)) = (letters.get(at - 1), letters.get(at)) else { return false };
    if before.is_space() {
        return !next.is_space();
    }
    let Some(word) = at.checked_sub(2).and_then(|at| letters.get(at)) else { return false };
    match before.sign {
        '-' | '\u{2010}' | '\u{2013}' | '\u{2014}' => word.sign.is_alphanumeric() && next.sign.is_alphanumeric(),
        '/' => word.sign.is_alphabetic() && next.sign.is_alphabetic(),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Every letter one wide.
    fn wrapped(text: &str, room: f32) -> Vec<String> {
        let letters: Vec<_> = text.chars().map(|sign| Letter { sign, glyph: 1, width: 1.0 }).collect();
        let mut lines = Vec::new();
        cut(&letters, room, &mut lines);
        lines.iter().map(|line| line.iter().map(|letter| letter.sign).collect()).collect()
    }

    #[test]
    fn a_line_ends_between_words_and_keeps_its_spaces() {
        assert_eq!(wrapped("one two  three", 7.0), ["one two  ", "three"]);
        assert_eq!(wrapped("one two", 6.0), ["one ", "two"]);
        assert_eq!(wrapped("  one two", 6.0), ["  one ", "two"]);
    }

    #[test]
    fn a_word_that_fits_on_no_line_is_cut() {
        assert_eq!(wrapped("a incomprehensible", 6.0), ["a ", "incomp", "rehens", "ible"]);
        assert_eq!(wrapped("ab", 0.5), ["a", "b"]);
    }

    #[test]
    fn a_line_ends_after_a_dash_in_a_word_and_never_in_a_date() {
        assert_eq!(wrapped("well-known", 6.0), ["well-", "known"]);
        assert_eq!(wrapped("to -5 and", 4.0), ["to ", "-5 ", "and"]);
        assert_eq!(wrapped("on 12/03", 6.0), ["on ", "12/03"]);
        assert_eq!(wrapped("10\u{a0}km", 4.0), ["10\u{a0}k", "m"]);
    }
}
