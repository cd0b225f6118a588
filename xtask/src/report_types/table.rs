//! A table in Markdown.

use std::fmt::Write;

/// Rows of cells; cells are Markdown already, words of people go through [`words`] first.
pub fn table(head: &[&str], rows: &[Vec<String>]) -> String {
    let mut text = format!("| {} |\n|{}\n", head.join(" | "), "---|".repeat(head.len()));
    for row in rows {
        // Writing to a String cannot fail.
        let _ = writeln!(text, "| {} |", row.join(" | "));
    }
    text
}

/// Words of a definition, with no letter that Markdown would take for its own.
pub fn words(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '|' | '[' | ']' | '*' | '`' | '\\' => safe.extend(['\\', letter]),
            '<' => safe.push_str("&lt;"),
            '\n' => safe.push(' '),
            other => safe.push(other),
        }
    }
    safe
}

/// Several lines in one cell; a dash where there is none.
pub fn lines(lines: &[String]) -> String {
    if lines.is_empty() { "–".into() } else { lines.join("<br>") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_table_has_a_head_and_a_line_for_each_row() {
        let rows = [vec!["1".into(), lines(&["a".into(), "b".into()])], vec!["2".into(), lines(&[])]];
        assert_eq!(table(&["n", "what"], &rows), "| n | what |\n|---|---|\n| 1 | a<br>b |\n| 2 | – |\n");
    }

    #[test]
    fn words_stay_words() {
        assert_eq!(words("a|b [c](d) <e>\nf"), "a\\|b \\[c\\](d) &lt;e> f");
    }
}
