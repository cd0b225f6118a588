//! What a rule met.

use std::fmt::{self, Write};

/// One place that breaks a rule. `line` counts from 1; 0 stands for the file as a whole.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    pub path: String,
    pub line: usize,
    pub what: String,
}

impl fmt::Display for Fault {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.line {
            0 => write!(out, "{}: {}", self.path, self.what),
            line => write!(out, "{}:{line}: {}", self.path, self.what),
        }
    }
}

/// The faults of one rule, and figures worth printing even when there are none.
#[derive(Debug, Default)]
pub struct Found {
    pub faults: Vec<Fault>,
    pub notes: Vec<String>,
}

impl Found {
    pub fn fault(&mut self, path: &str, line: usize, what: impl Into<String>) {
        self.faults.push(Fault { path: path.to_owned(), line, what: what.into() });
    }

    pub fn note(&mut self, words: impl Into<String>) {
        self.notes.push(words.into());
    }

    /// As printed: one line for the rule, then its notes, then its faults.
    pub fn page(&self, rule: &str) -> String {
        let mut page = match self.faults.len() {
            0 => format!("{rule}: holds\n"),
            1 => format!("{rule}: 1 fault\n"),
            many => format!("{rule}: {many} faults\n"),
        };
        for note in &self.notes {
            let _ = writeln!(page, "  {note}");
        }
        for fault in &self.faults {
            let _ = writeln!(page, "  {fault}");
        }
        page
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_names_file_line_and_reason() {
        let mut found = Found::default();
        found.note("3 files");
        found.fault("a/b.rs", 7, "too long");
        found.fault("a/c.rs", 0, "badly named");
        assert_eq!(found.page("size"), "size: 2 faults\n  3 files\n  a/b.rs:7: too long\n  a/c.rs: badly named\n");
    }

    #[test]
    fn a_rule_without_faults_holds() {
        assert_eq!(Found::default().page("size"), "size: holds\n");
    }
}
