//! Every locked package has a licence that `licences.toml` allows and comes from a public registry, and there are few.

mod expression;
mod npm;

use crate::{
    allowed::{self, Licences},
    cargo::{self, Metadata},
    found::Found,
    repository::Repository,
};

const CRATES_IO: &str = "registry+https://github.com/rust-lang/crates.io-index";

/// # Errors
/// When `licences.toml`, the lock files or `cargo metadata` cannot be read.
pub fn find(repository: &Repository) -> anyhow::Result<Found> {
    let allowed: Licences = allowed::read(repository, "licences.toml")?;
    let mut found = Found::default();
    let locked = repository.file("Cargo.lock").map_or(0, |file| file.text().matches("\nsource = ").count());
    crates(&cargo::locked(&repository.root)?, locked, &allowed, &mut found);
    if repository.file(npm::LOCK).is_none() {
        found.fault(npm::LOCK, 0, "is absent");
    }
    for file in repository.files.iter().filter(|file| npm::is_lock(&file.path)) {
        npm::packages(&file.path, &serde_json::from_str(file.text())?, &allowed, &mut found);
    }
    Ok(found)
}

fn crates(metadata: &Metadata, locked: usize, allowed: &Licences, found: &mut Found) {
    for package in &metadata.packages {
        let name = format!("{} {}", package.name, package.version);
        if let Some(source) = package.source.as_deref().filter(|source| *source != CRATES_IO) {
            found.fault("Cargo.lock", 0, format!("{name} comes from {source}"));
        }
        check("Cargo.lock", &package.name, &name, package.license.as_deref(), allowed, found);
    }
    found.note(format!("{locked} locked crates of at most {}", allowed.most_locked_packages));
    if locked > allowed.most_locked_packages {
        found.fault(
            "Cargo.lock",
            0,
            format!("{locked} locked packages; at most {} may be", allowed.most_locked_packages),
        );
    }
}

/// One package: its licence is allowed in general, or in `licences.toml` by its name.
fn check(lock: &str, package: &str, shown: &str, licence: Option<&str>, allowed: &Licences, found: &mut Found) {
    let by_hand = || allowed.exception.iter().find(|one| one.name == package).map(|one| one.licence.as_str());
    // A package that names none is allowed by its name alone, once somebody has read its licence.
    let Some(licence) = licence.or_else(by_hand) else {
        return found.fault(lock, 0, format!("{shown} names no licence"));
    };
    let by_name = |id: &str| allowed.exception.iter().any(|one| one.name == package && one.licence == id);
    match expression::holds(licence, &|id| allowed.allowed.contains_key(id) || by_name(id)) {
        Ok(true) => {}
        Ok(false) => found.fault(lock, 0, format!("{shown}: {licence} is not in xtask/licences.toml")),
        Err(why) => found.fault(lock, 0, format!("{shown}: {licence} cannot be read ({why})")),
    }
}

#[cfg(test)]
fn lists() -> Licences {
    let exception = "[[exception]]\nname = 'axe'\nlicence = 'MPL-2.0'\nreason = 'tests only'";
    toml::from_str(&format!(
        "most_locked_packages = 2\n[allowed]\nMIT = 'free enough'\nISC = 'free enough'\n{exception}"
    ))
    .unwrap()
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn faults(name: &str, licence: Option<&str>, source: Option<&str>, locked: usize) -> Vec<String> {
        let package =
            json!({ "name": name, "version": "1.0.0", "source": source, "license": licence, "dependencies": [] });
        let mut found = Found::default();
        crates(&cargo::planted(json!({ "packages": [package] })), locked, &lists(), &mut found);
        found.faults.iter().map(ToString::to_string).collect()
    }

    #[test]
    fn a_licence_that_is_not_allowed_is_found() {
        assert_eq!(
            faults("a", Some("MPL-2.0"), Some(CRATES_IO), 1),
            ["Cargo.lock: a 1.0.0: MPL-2.0 is not in xtask/licences.toml"]
        );
        assert_eq!(faults("a", None, Some(CRATES_IO), 1), ["Cargo.lock: a 1.0.0 names no licence"]);
        assert_eq!(faults("a", Some("MIT AND"), Some(CRATES_IO), 1).len(), 1);
        assert!(faults("a", Some("MIT OR GPL-3.0"), Some(CRATES_IO), 1).is_empty());
    }

    #[test]
    fn an_exception_is_for_one_package() {
        assert!(faults("axe", Some("MPL-2.0"), Some(CRATES_IO), 1).is_empty());
        assert!(faults("axe", None, Some(CRATES_IO), 1).is_empty(), "its licence was read by hand");
    }

    #[test]
    fn another_source_is_found() {
        assert_eq!(
            faults("a", Some("MIT"), Some("git+https://example.test/a"), 1),
            ["Cargo.lock: a 1.0.0 comes from git+https://example.test/a"]
        );
        assert!(faults("a", Some("MIT"), None, 1).is_empty());
    }

    #[test]
    fn too_many_packages_are_found() {
        assert_eq!(faults("a", Some("MIT"), None, 3), ["Cargo.lock: 3 locked packages; at most 2 may be"]);
    }
}
