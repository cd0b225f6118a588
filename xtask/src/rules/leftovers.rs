//! Nothing is put off, switched off or bound to one machine.

use crate::{
    found::Found,
    repository::{File, Repository},
    rust_code::Code,
};

/// Written in two halves, so that this file does not break its own rule.
const PUT_OFF: [&str; 3] = [concat!("TO", "DO"), concat!("FIX", "ME"), concat!("X", "XX")];
const MACHINE: [&str; 4] =
    [concat!("/wo", "rk/"), concat!("/ro", "ot/"), concat!("/ho", "me/"), concat!("/Us", "ers/")];
const SWITCHED_OFF: [&str; 6] = [
    concat!(".on", "ly("),
    concat!("test.sk", "ip("),
    concat!("it.sk", "ip("),
    concat!("describe.sk", "ip("),
    concat!("test.fix", "me("),
    concat!("describe.fix", "me("),
];
const SOURCES: [&str; 1] = ["https://github.com/rust-lang/crates.io-index"];
const MIRRORS: [&str; 4] = ["registry=", "replace-with", "index-url", "\"resolved\""];

pub fn find(repository: &Repository) -> Found {
    let mut found = Found::default();
    for file in &repository.files {
        let fetched = file.path == "Cargo.lock" || file.path.ends_with("package-lock.json");
        for (at, line) in file.text().lines().enumerate() {
            if let Some(what) = in_line(file, line, fetched) {
                found.fault(&file.path, at + 1, what);
            }
        }
        if file.extension() == "rs" && !is_proof(&file.path) {
            let code = Code::whole(file.text());
            for (at, _) in code.code.match_indices("#[ignore") {
                found.fault(&file.path, code.line(at), "only a proof may be ignored (a test file named prove)");
            }
        }
    }
    found
}

fn is_proof(path: &str) -> bool {
    path.split('/').any(|part| part == "prove" || part == "prove.rs")
}

fn in_line(file: &File, line: &str, fetched: bool) -> Option<String> {
    // Rust fetches nothing; its tests plant such lines.
    if file.extension() != "rs"
        && MIRRORS.iter().any(|sign| line.contains(sign))
        && line.contains("://")
        && !SOURCES.iter().any(|one| line.contains(one))
    {
        return Some("a registry other than the public ones".to_owned());
    }
    // What was fetched by its hash has words of its own.
    if fetched {
        return None;
    }
    let whole = |word: &&&str| {
        line.match_indices(**word).any(|(at, _)| {
            let part = |letter: Option<char>| letter.is_some_and(|letter| letter.is_alphanumeric() || letter == '_');
            !part(line[..at].chars().next_back()) && !part(line[at + word.len()..].chars().next())
        })
    };
    if let Some(word) = PUT_OFF.iter().find(whole) {
        return Some(format!("{word}: do it, or write an issue"));
    }
    let starts = |path: &&&str| {
        line.match_indices(**path).any(|(at, _)| {
            line[..at].chars().next_back().is_none_or(|before| before.is_whitespace() || "\"'`(=:<".contains(before))
        })
    };
    if let Some(path) = MACHINE.iter().find(starts) {
        return Some(format!("{path}… is a place on one machine"));
    }
    if ["ts", "mjs", "js"].contains(&file.extension())
        && let Some(word) = SWITCHED_OFF.iter().find(|word| line.contains(**word))
    {
        return Some(format!("{word}…) switches tests off"));
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    fn faults(path: &str, text: &str) -> usize {
        find(&Repository::of(&[(path, text)])).faults.len()
    }

    #[test]
    fn work_put_off_is_found() {
        for word in PUT_OFF {
            assert_eq!(faults("crates/a/src/b.rs", &format!("// {word}: later")), 1, "{word}");
            assert_eq!(faults("docs/a.md", &format!("METHOD{word}S")), 0, "{word}");
        }
    }

    #[test]
    fn a_place_on_one_machine_is_found() {
        for path in MACHINE {
            assert_eq!(faults("docs/a.md", &format!("see {path}main")), 1, "{path}");
            assert_eq!(faults("docs/a.md", &format!("see https://example.org{path}main")), 0, "{path}");
        }
    }

    #[test]
    fn a_test_switched_off_is_found() {
        for word in SWITCHED_OFF {
            assert_eq!(faults("e2e/journeys/a.spec.ts", &format!("{word}'a', () => {{}})")), 1, "{word}");
        }
        assert_eq!(faults("crates/a/src/b.rs", "#[ignore = \"slow\"]\nfn c() {}"), 1);
        assert_eq!(faults("crates/moothall/tests/prove.rs", "#[ignore = \"long\"]\nfn c() {}"), 0);
        assert_eq!(faults("crates/moothall/tests/prove/kill.rs", "#[ignore = \"long\"]\nfn c() {}"), 0);
    }

    #[test]
    fn a_registry_of_ones_own_is_found() {
        let host = "mirror.example.test";
        assert_eq!(faults("package-lock.json", &format!("\"resolved\": \"https://{host}/a.tgz\"")), 1);
        assert_eq!(faults(".npmrc", &format!("registry=https://{host}/")), 1);
    }
}
