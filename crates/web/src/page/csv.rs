//! Tables as text (RFC 4180), safe to be opened in a spreadsheet.

/// Quoted; a cell that a spreadsheet would run begins with an apostrophe (C-73).
pub fn cell(text: &str) -> String {
    let guard = if text.starts_with(['=', '+', '-', '@', '\t', '\r']) { "'" } else { "" };
    format!("\"{guard}{}\"", text.replace('"', "\"\""))
}

/// One line of a table. What is a figure is written as it is.
pub fn row<T: AsRef<str>>(cells: impl IntoIterator<Item = T>) -> String {
    let is_figure = |text: &str| {
        let digits = text.strip_prefix('-').unwrap_or(text);
        let (whole, part) = digits.split_once('.').unwrap_or((digits, "0"));
        [whole, part].iter().all(|part| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit()))
    };
    let written = |text: &str| if text.is_empty() || is_figure(text) { text.to_owned() } else { cell(text) };
    let mut line = cells.into_iter().map(|text| written(text.as_ref())).collect::<Vec<_>>().join(",");
    line.push_str("\r\n");
    line
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cell_is_quoted_and_never_run() {
        assert_eq!(cell("a \"b\", c"), "\"a \"\"b\"\", c\"");
        assert_eq!(cell("=1+1"), "\"'=1+1\"");
        assert_eq!(cell("-2+x"), "\"'-2+x\"");
    }

    #[test]
    fn a_figure_stays_one_and_nothing_else_is_bare() {
        assert_eq!(row(["-2.97720", "51", "", "a,b"]), "-2.97720,51,,\"a,b\"\r\n");
        for run in ["=1", "+1", "-1+1", "--1", "@x", "\tx", "\r=1", "-", "1.2.3", "-.5", "1e5"] {
            assert!(row([run]).starts_with('"'), "{run}");
        }
        for run in ["=1", "+1", "-1+1", "--1", "@x", "\tx", "\r=1", "-", "-.5"] {
            assert!(row([run]).starts_with("\"'"), "{run}");
        }
    }
}
