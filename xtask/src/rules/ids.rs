//! No code branches on the id of a service or an agency: what differs between them is data.

use std::collections::BTreeSet;

use crate::{found::Found, repository::Repository, rust_code::Code};

pub fn find(repository: &Repository) -> Found {
    let mut found = Found::default();
    let ids = ids(repository);
    for (file, ..) in repository.shipped() {
        for literal in Code::shipped(file.text()).literals {
            if let Some(id) = ids.iter().find(|id| names(&literal.text, id)) {
                found.fault(&file.path, literal.line, format!("names {id}: what differs is data"));
            }
        }
    }
    let outside =
        |path: &str| (path.starts_with("crates/") && path.contains("/templates/")) || path.starts_with("assets/ts/");
    for file in repository.files.iter().filter(|file| outside(&file.path)) {
        for (at, line) in file.text().lines().enumerate() {
            let quoted =
                |id: &&String| [('"', '"'), ('\'', '\'')].iter().any(|(a, b)| line.contains(&format!("{a}{id}{b}")));
            if let Some(id) = ids.iter().find(quoted) {
                found.fault(&file.path, at + 1, format!("names {id}: what differs is data"));
            }
        }
    }
    found.note(format!("{} ids", ids.len()));
    found
}

/// Folders of `services/` and files of `agencies/`.
fn ids(repository: &Repository) -> BTreeSet<String> {
    let service = |path: &str| Some(path.strip_prefix("services/")?.split_once('/')?.0.to_owned());
    let agency =
        |path: &str| Some(path.strip_prefix("agencies/")?.split('/').next()?.strip_suffix(".toml")?.to_owned());
    repository.files.iter().filter_map(|file| service(&file.path).or_else(|| agency(&file.path))).collect()
}

/// The id alone; or, where it cannot be an ordinary word, anywhere with no letter beside it.
fn names(text: &str, id: &str) -> bool {
    if text == id {
        return true;
    }
    let part =
        |letter: Option<char>| letter.is_some_and(|letter| letter.is_alphanumeric() || letter == '-' || letter == '_');
    id.contains(['-', '.', '_'])
        && text
            .match_indices(id)
            .any(|(at, _)| !part(text[..at].chars().next_back()) && !part(text[at + id.len()..].chars().next()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn faults(path: &str, text: &str) -> usize {
        let data = [
            ("services/fly-tipping/service.toml", ""),
            ("services/theft/en.toml", ""),
            ("agencies/moonshire.toml", ""),
        ];
        find(&Repository::of(&[&data[..], &[(path, text)]].concat())).faults.len()
    }

    #[test]
    fn code_that_names_a_service_or_an_agency_is_found() {
        assert_eq!(faults("crates/web/src/a.rs", "if service == \"fly-tipping\" {}"), 1);
        assert_eq!(faults("crates/web/src/a.rs", "\"/report/fly-tipping/where\""), 1);
        assert_eq!(faults("crates/web/src/a.rs", "match agency { \"moonshire\" => 1 }"), 1);
        assert_eq!(faults("crates/web/templates/a.html", "{% if id == \"theft\" %}"), 1);
        assert_eq!(faults("assets/ts/a.ts", "if (id === 'theft') {}"), 1);
    }

    #[test]
    fn ordinary_words_and_tests_are_let_be() {
        assert_eq!(faults("crates/web/src/a.rs", "\"Report a theft\"; // fly-tipping\n\"anti-fly-tipping-day\""), 0);
        assert_eq!(faults("crates/web/src/a.rs", "#[cfg(test)]\nmod tests { fn a() { \"fly-tipping\"; } }"), 0);
        assert_eq!(faults("crates/web/tests/a.rs", "\"fly-tipping\""), 0);
    }
}
