//! The paths that Rust code names: `std::fs::read` where it is written out, and each leaf of a `use`.

/// A path such as `crate::page::Page`, and the byte at which it begins.
#[derive(Debug, PartialEq, Eq)]
pub struct RustPath {
    pub at: usize,
    pub path: String,
}

impl RustPath {
    /// Whether this path is `other` or lies under it.
    pub fn under(&self, other: &str) -> bool {
        self.path.strip_prefix(other).is_some_and(|rest| rest.is_empty() || rest.starts_with("::"))
    }
}

/// Paths of at least two names in code that holds no comments and no quotes ([`crate::rust_code::Code`]).
pub fn paths(code: &str) -> Vec<RustPath> {
    let tokens = tokens(code);
    let mut found = Vec::new();
    let mut at = 0;
    while at < tokens.len() {
        let (start, token) = tokens[at];
        if token == "use" {
            at = tree(&tokens, at + 1, start, &mut Vec::new(), &mut found);
        } else if is_name(token) && tokens.get(at + 1).is_some_and(|next| next.1 == "::") {
            let mut names = vec![token];
            at += 1;
            while tokens.get(at).is_some_and(|next| next.1 == "::")
                && let Some((_, name)) = tokens.get(at + 1).filter(|next| is_name(next.1))
            {
                names.push(name);
                at += 2;
            }
            if names.len() > 1 {
                found.push(RustPath { at: start, path: names.join("::") });
            }
        } else {
            at += 1;
        }
    }
    found
}

/// Reads one branch of a `use` and gives the token after it.
fn tree<'a>(
    tokens: &[(usize, &'a str)],
    mut at: usize,
    start: usize,
    above: &mut Vec<&'a str>,
    found: &mut Vec<RustPath>,
) -> usize {
    let depth = above.len();
    while let Some((_, token)) = tokens.get(at) {
        match *token {
            "::" => {}
            "{" => {
                at += 1;
                while tokens.get(at).is_some_and(|next| next.1 != "}") {
                    at = tree(tokens, at, start, above, found);
                    if tokens.get(at).is_some_and(|next| next.1 == ",") {
                        at += 1;
                    }
                }
                above.truncate(depth);
                return at + 1;
            }
            "as" => at += 1,
            name if is_name(name) || name == "*" => above.push(name),
            _ => break,
        }
        at += 1;
    }
    if above.len() > depth {
        found.push(RustPath {
            at: start,
            path: above
                .iter()
                .filter(|name| **name != "self" || above[0] == "self")
                .copied()
                .collect::<Vec<_>>()
                .join("::"),
        });
    }
    above.truncate(depth);
    // A token that belongs to no `use` at all must not hold the reader here.
    if matches!(tokens.get(at), Some((_, "," | "}"))) { at } else { at + 1 }
}

fn is_name(token: &str) -> bool {
    token.starts_with(|first: char| first.is_alphabetic() || first == '_')
}

fn tokens(code: &str) -> Vec<(usize, &str)> {
    let mut found = Vec::new();
    let mut rest = code.char_indices().peekable();
    while let Some((start, first)) = rest.next() {
        let mut end = start + first.len_utf8();
        if first.is_alphanumeric() || first == '_' {
            while let Some((at, next)) = rest.next_if(|(_, next)| next.is_alphanumeric() || *next == '_') {
                end = at + next.len_utf8();
            }
        } else if first == ':' && rest.next_if(|(_, next)| *next == ':').is_some() {
            end += 1;
        } else if first.is_whitespace() {
            continue;
        }
        found.push((start, &code[start..end]));
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(code: &str) -> Vec<String> {
        paths(code).into_iter().map(|path| path.path).collect()
    }

    #[test]
    fn written_out_paths_are_found() {
        assert_eq!(names("let a = std::fs::read(b)?; Vec::<u8>::new(); crate::x!(c)"), ["std::fs::read", "crate::x"]);
    }

    #[test]
    fn each_leaf_of_a_use_is_found() {
        assert_eq!(
            names("pub use std::{fs, io::{self, Read as R}, net::*};\nuse crate::page::Page;\nuse tokio;"),
            ["std::fs", "std::io", "std::io::Read", "std::net::*", "crate::page::Page", "tokio"]
        );
    }

    #[test]
    fn a_path_lies_under_its_beginning_by_whole_names() {
        let path = |path: &str| RustPath { at: 0, path: path.into() };
        assert!(path("std::fs::read").under("std::fs") && path("std::fs").under("std::fs"));
        assert!(!path("std::fsx").under("std::fs"));
    }

    #[test]
    fn broken_code_does_not_hold_the_reader() {
        for code in ["use a::{b", "use {", "use", "use a::{b,,c};", "a::", "use a::{{b}}; c::d", "use <T> }"] {
            paths(code);
        }
    }
}
