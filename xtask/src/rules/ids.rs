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

/// The folders of `services/`, and every `id` that a definition there or in `agencies/` gives to itself or to a body.
fn ids(repository: &Repository) -> BTreeSet<String> {
    let mut ids = BTreeSet::new();
    for file in &repository.files {
        // What else lies in `services/` is no service: what several of them take in.
        if let Some((id, "service.toml" | "en.toml")) =
            file.path.strip_prefix("services/").and_then(|rest| rest.split_once('/'))
        {
            ids.insert(id.to_owned());
        }
        let agency = file.path.strip_prefix("agencies/").is_some_and(|rest| !rest.contains('/'));
        if !(agency || file.path.ends_with("/service.toml")) || file.extension() != "toml" {
            continue;
        }
        // A definition that cannot be read is a fault of `moothall check`, not of this rule.
        let Ok(table) = file.text().parse::<toml::Table>() else { continue };
        let bodies = table.get("body").and_then(|bodies| bodies.as_array()).into_iter().flatten();
        let found = bodies.filter_map(|body| body.get("id")).chain(table.get("id"));
        ids.extend(found.filter_map(|id| id.as_str()).map(str::to_owned));
    }
    ids
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
            ("agencies/moon.toml", "id = 'moonshire'\n[[team]]\nid = 'roads'"),
            ("agencies/bodies.toml", "[[body]]\nid = 'the-water-board'"),
        ];
        find(&Repository::of(&[&data[..], &[(path, text)]].concat())).faults.len()
    }

    #[test]
    fn code_that_names_a_service_or_an_agency_is_found() {
        assert_eq!(faults("crates/web/src/a.rs", "if service == \"fly-tipping\" {}"), 1);
        assert_eq!(faults("crates/web/src/a.rs", "\"/report/fly-tipping/where\""), 1);
        assert_eq!(faults("crates/web/src/a.rs", "match agency { \"moonshire\" => 1 }"), 1);
        assert_eq!(faults("crates/web/src/a.rs", "if body == \"the-water-board\" {}"), 1);
        assert_eq!(faults("crates/web/templates/a.html", "{% if id == \"theft\" %}"), 1);
        assert_eq!(faults("assets/ts/a.ts", "if (id === 'theft') {}"), 1);
    }

    #[test]
    fn ordinary_words_and_tests_are_let_be() {
        assert_eq!(faults("crates/web/src/a.rs", "\"Report a theft\"; // fly-tipping\n\"anti-fly-tipping-day\""), 0);
        assert_eq!(faults("crates/web/src/a.rs", "\"bodies\"; \"roads\""), 0);
        assert_eq!(faults("crates/web/src/a.rs", "#[cfg(test)]\nmod tests { fn a() { \"fly-tipping\"; } }"), 0);
        assert_eq!(faults("crates/web/tests/a.rs", "\"fly-tipping\""), 0);
    }
}
