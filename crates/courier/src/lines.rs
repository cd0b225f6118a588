//! The text part, in lines that every mail reader shows whole.

/// Longest line, in characters. RFC 5322 asks for no more than 78.
const WIDTH: usize = 72;

/// Wraps words at [`WIDTH`]; a word that is longer (a link) stands whole on a line of its own. Runs of blank lines
/// become one, and spaces at the ends of lines go.
pub fn wrapped(text: &str) -> String {
    let mut lines: Vec<String> = Vec::new();
    for line in text.lines() {
        if line.trim().is_empty() {
            if lines.last().is_some_and(|last| !last.is_empty()) {
                lines.push(String::new());
            }
            continue;
        }
        let mut row = String::new();
        for word in line.split_whitespace() {
            if !row.is_empty() && row.chars().count() + 1 + word.chars().count() > WIDTH {
                lines.push(std::mem::take(&mut row));
            }
            if !row.is_empty() {
                row.push(' ');
            }
            row.push_str(word);
        }
        lines.push(row);
    }
    while lines.last().is_some_and(String::is_empty) {
        lines.pop();
    }
    lines.push(String::new());
    lines.join("\n")
}

/// One line without control characters, for a header: what comes from data must not begin a header of its own.
pub fn one_line(text: &str) -> String {
    let plain: String = text.chars().map(|c| if c.is_control() || is_hidden(c) { ' ' } else { c }).collect();
    plain.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Line separators, and the marks that turn the direction of text.
fn is_hidden(c: char) -> bool {
    matches!(c, '\u{2028}' | '\u{2029}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn long_lines_are_wrapped_and_links_are_not() {
        let link = format!("https://moothall.example/track/link/{}", "a".repeat(80));
        let text = format!("{}\n{link}\n", "word ".repeat(40));
        let out = wrapped(&text);
        assert!(out.lines().any(|line| line == link));
        assert!(out.lines().filter(|line| *line != link).all(|line| line.len() <= WIDTH), "{out}");
    }

    #[test]
    fn blank_lines_are_kept_once() {
        assert_eq!(wrapped("\n\nHello  \n \n\n\nyou\n\n"), "Hello\n\nyou\n");
    }

    proptest! {
        #[test]
        fn no_word_is_lost_and_no_line_is_too_long(text in "[a-zé\n ]{0,300}") {
            let out = wrapped(&text);
            prop_assert_eq!(out.split_whitespace().collect::<Vec<_>>(), text.split_whitespace().collect::<Vec<_>>());
            for line in out.lines() {
                prop_assert!(line.chars().count() <= WIDTH || !line.contains(' '));
            }
        }

        #[test]
        fn a_header_stays_one_line(text in any::<String>()) {
            prop_assert!(!one_line(&text).chars().any(char::is_control));
        }
    }
}
