use std::fmt;

/// One file of `services/` or `agencies/`, as text. The caller reads it; this crate does no IO.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Source {
    /// Path from the repository root, with `/`: `services/fly-tipping/en.toml`.
    pub path: String,
    pub text: String,
}

impl Source {
    pub fn new(path: impl Into<String>, text: impl Into<String>) -> Source {
        Source { path: path.into(), text: text.into() }
    }
}

/// What is wrong with a definition, and where. Lines count from 1; 0 means the file as a whole.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, thiserror::Error)]
#[error("{file}:{line}: {reason}")]
pub struct Fault {
    pub file: String,
    pub line: usize,
    pub reason: String,
}

/// Collects the faults of one file.
pub(crate) struct Faults {
    file: String,
    found: Vec<Fault>,
}

impl Faults {
    pub fn of(file: &str) -> Faults {
        Faults { file: file.to_owned(), found: Vec::new() }
    }

    pub fn add(&mut self, line: usize, reason: impl fmt::Display) {
        self.found.push(Fault { file: self.file.clone(), line, reason: reason.to_string() });
    }

    /// Sorted by line, each fault once.
    pub fn done(mut self) -> Vec<Fault> {
        self.found.sort();
        self.found.dedup();
        self.found
    }
}
