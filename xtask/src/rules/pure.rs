//! The pure crates do no IO, know no clock, use no async, and have few third parties.

use crate::{
    allowed::{self, Arrows},
    cargo::{self, Metadata},
    found::Found,
    repository::Repository,
    rust_code::Code,
    rust_path::paths,
};

const FORBIDDEN: [&str; 13] = [
    "std::env",
    "std::fs",
    "std::net",
    "std::os",
    "std::process",
    "std::thread",
    "std::time::Instant",
    "std::time::SystemTime",
    "getrandom",
    "rand",
    "tokio",
    "jiff::Timestamp::now",
    "jiff::Zoned::now",
];

/// # Errors
/// When `arrows.toml` or the manifests cannot be read.
pub fn find(repository: &Repository) -> anyhow::Result<Found> {
    let allowed: Arrows = allowed::read(repository, "arrows.toml")?;
    let mut found = code(repository, &allowed);
    third_parties(&cargo::workspace(&repository.root)?, &allowed, &mut found);
    Ok(found)
}

fn third_parties(metadata: &Metadata, allowed: &Arrows, found: &mut Found) {
    for package in &metadata.packages {
        let Some(may) = allowed.pure.get(&package.name) else { continue };
        for dependency in package.shipped().filter(|one| one.path.is_none() && !may.contains(&one.name)) {
            found.fault(
                &package.manifest(),
                0,
                format!("a pure crate may not use {} (xtask/arrows.toml)", dependency.name),
            );
        }
    }
}

fn code(repository: &Repository, allowed: &Arrows) -> Found {
    let mut found = Found::default();
    for (file, home, _) in repository.shipped().filter(|(_, home, _)| allowed.pure.contains_key(*home)) {
        let code = Code::shipped(file.text());
        for path in paths(&code.code) {
            // `Timestamp::now` after a `use` of it is the same call.
            let now =
                path.path.ends_with("::now") && !path.path.starts_with("self::") && !path.path.starts_with("crate::");
            if now || FORBIDDEN.iter().any(|one| path.under(one)) {
                found.fault(&file.path, code.line(path.at), format!("{home} is pure: no {}", path.path));
            }
        }
        for word in ["async", "await"] {
            if let Some((at, _)) = code.code.match_indices(word).find(|(at, _)| alone(&code.code, *at, word.len())) {
                found.fault(&file.path, code.line(at), format!("{home} is pure: no {word}"));
            }
        }
    }
    found
}

fn alone(code: &str, at: usize, length: usize) -> bool {
    let part = |byte: Option<&u8>| byte.is_some_and(|byte| byte.is_ascii_alphanumeric() || *byte == b'_');
    let bytes = code.as_bytes();
    !part(at.checked_sub(1).and_then(|before| bytes.get(before))) && !part(bytes.get(at + length))
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn lists() -> Arrows {
        toml::from_str("[arrows]\n[homes]\n[pure]\nplaces = ['serde']").unwrap()
    }

    fn faults(code_text: &str) -> Vec<String> {
        let repository = Repository::of(&[("crates/places/src/a.rs", code_text), ("crates/web/src/a.rs", code_text)]);
        code(&repository, &lists()).faults.iter().map(ToString::to_string).collect()
    }

    #[test]
    fn files_clocks_and_async_are_found_in_a_pure_crate_only() {
        assert_eq!(
            faults("fn a() {\n  std::fs::read(b);\n}"),
            ["crates/places/src/a.rs:2: places is pure: no std::fs::read"]
        );
        for planted in [
            "use std::{io, net::TcpStream};",
            "use std::time::SystemTime;",
            "Zoned::now()",
            "async fn a() {}",
            "b.await?",
            "tokio::spawn(c)",
        ] {
            assert_eq!(faults(planted).len(), 1, "{planted}");
        }
    }

    #[test]
    fn words_that_only_look_alike_are_let_be() {
        assert!(
            faults(
                "// std::fs\nfn known() { let awaiting = \"tokio::spawn\"; }\n#[cfg(test)]\nmod tests { use std::fs; }"
            )
            .is_empty()
        );
    }

    #[test]
    fn a_third_party_that_is_not_listed_is_found() {
        let metadata = cargo::planted(
            json!({ "packages": [{ "name": "places", "version": "0.1.0", "source": null, "license": "MIT",
            "dependencies": [{ "name": "serde", "kind": null }, { "name": "ureq", "kind": null }, { "name": "proptest", "kind": "dev" }] }] }),
        );
        let mut found = Found::default();
        third_parties(&metadata, &lists(), &mut found);
        assert_eq!(found.faults.len(), 1);
        assert!(found.faults[0].what.contains("ureq"));
    }
}
