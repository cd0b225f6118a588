//! The reviewed lists beside this crate: `arrows.toml`, `licences.toml`, `exceptions.toml`.

use std::collections::BTreeMap;

use anyhow::Context;
use serde::{Deserialize, de::DeserializeOwned};

use crate::repository::Repository;

/// Crate → what it may depend on.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Arrows {
    /// Crates of the workspace; `*` stands for all.
    pub arrows: BTreeMap<String, Vec<String>>,
    /// Third parties of a pure crate.
    pub pure: BTreeMap<String, Vec<String>>,
    /// Third party → the only crates that may ship it.
    pub homes: BTreeMap<String, Vec<String>>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Licences {
    pub most_locked_packages: usize,
    /// SPDX identifier → why it may be used.
    pub allowed: BTreeMap<String, String>,
    #[serde(default)]
    pub exception: Vec<LicenceException>,
}

/// One package that may have a licence which is not allowed in general.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LicenceException {
    pub name: String,
    pub licence: String,
    pub reason: String,
}

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Exceptions {
    #[serde(default)]
    pub exception: Vec<Exception>,
}

/// Faults of `rule` in `path`, a file or a folder, are accepted for `reason`; with `says`, only those that hold it.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Exception {
    pub rule: String,
    pub path: String,
    pub says: Option<String>,
    pub reason: String,
}

/// # Errors
/// When the list is absent or not as described here.
pub fn read<T: DeserializeOwned>(repository: &Repository, name: &str) -> anyhow::Result<T> {
    let path = format!("xtask/{name}");
    let file = repository.file(&path).with_context(|| format!("{path} is absent"))?;
    toml::from_str(file.text()).with_context(|| path)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_lists_are_as_described_and_every_entry_has_a_reason() {
        let repository = Repository::read(Repository::root()).unwrap();
        read::<Arrows>(&repository, "arrows.toml").unwrap();
        let licences: Licences = read(&repository, "licences.toml").unwrap();
        let exceptions: Exceptions = read(&repository, "exceptions.toml").unwrap();
        let reasons = licences.allowed.values().chain(licences.exception.iter().map(|one| &one.reason));
        for reason in reasons.chain(exceptions.exception.iter().map(|one| &one.reason)) {
            assert!(reason.split_whitespace().count() >= 3, "no reason: {reason:?}");
        }
        for one in &exceptions.exception {
            assert!(crate::rules::named(&one.rule).is_some(), "no rule is named {}", one.rule);
        }
    }

    #[test]
    fn an_unknown_key_is_refused() {
        let repository =
            Repository::of(&[("xtask/exceptions.toml", "[[exception]]\nrule = 'ids'\npath = 'a'\nwhy = 'b'\n")]);
        assert!(read::<Exceptions>(&repository, "exceptions.toml").is_err());
        assert!(read::<Exceptions>(&repository, "absent.toml").is_err());
    }
}
