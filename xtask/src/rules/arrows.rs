//! Arrows between crates never point up, and third parties stay in the crates that have their job.

use crate::{
    allowed::{self, Arrows},
    cargo::{self, Metadata},
    found::Found,
    repository::Repository,
};

/// # Errors
/// When `arrows.toml` or the manifests cannot be read.
pub fn find(repository: &Repository) -> anyhow::Result<Found> {
    Ok(compare(&cargo::workspace(&repository.root)?, &allowed::read(repository, "arrows.toml")?))
}

fn compare(metadata: &Metadata, allowed: &Arrows) -> Found {
    let mut found = Found::default();
    let mut arrows = 0;
    for package in &metadata.packages {
        let manifest = package.manifest();
        let Some(may) = allowed.arrows.get(&package.name) else {
            found.fault(&manifest, 0, "this crate has no row in xtask/arrows.toml");
            continue;
        };
        for dependency in package.shipped() {
            let name = &dependency.name;
            let homes = allowed.homes.get(name);
            if homes.is_some_and(|homes| !homes.contains(&package.name)) {
                found.fault(&manifest, 0, format!("{name} may be used in {:?} only", homes.unwrap_or(&Vec::new())));
            } else if dependency.path.is_some() {
                arrows += 1;
                if homes.is_none() && !may.iter().any(|one| one == "*" || one == name) {
                    found.fault(&manifest, 0, format!("{} → {name} is no allowed arrow", package.name));
                }
            }
        }
        // A crate's tests may reach for the test kit, and for nothing else above them.
        for dependency in
            package.dependencies.iter().filter(|one| one.kind.as_deref() == Some("dev") && one.path.is_some())
        {
            if dependency.name != "testkit" && !may.iter().any(|one| one == "*" || *one == dependency.name) {
                found.fault(&manifest, 0, format!("the tests of {} may not use {}", package.name, dependency.name));
            }
        }
    }
    found.note(format!("{} crates, {arrows} arrows", metadata.packages.len()));
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::{Value, json};

    fn faults(name: &str, dependency: Value) -> Vec<String> {
        let allowed: Arrows = toml::from_str(
            "[arrows]\nstore = ['rights']\ncasework = ['store']\n[pure]\n[homes]\nrusqlite = ['store']\ntestkit = []",
        )
        .unwrap();
        let package =
            json!({ "name": name, "version": "0.1.0", "source": null, "license": "MIT", "dependencies": [dependency] });
        compare(&cargo::planted(json!({ "packages": [package] })), &allowed)
            .faults
            .iter()
            .map(ToString::to_string)
            .collect()
    }

    fn inside(name: &str, kind: Option<&str>) -> Value {
        json!({ "name": name, "kind": kind, "path": "/somewhere" })
    }

    #[test]
    fn an_arrow_that_points_up_is_found() {
        assert_eq!(
            faults("store", inside("casework", None)),
            ["crates/store/Cargo.toml: store → casework is no allowed arrow"]
        );
        assert_eq!(faults("store", inside("casework", Some("build"))).len(), 1);
        assert_eq!(
            faults("store", inside("casework", Some("dev"))),
            ["crates/store/Cargo.toml: the tests of store may not use casework"]
        );
        assert!(faults("store", inside("rights", None)).is_empty());
    }

    #[test]
    fn the_test_kit_is_for_tests() {
        assert_eq!(faults("casework", inside("testkit", None)).len(), 1);
        assert!(faults("casework", inside("testkit", Some("dev"))).is_empty());
    }

    #[test]
    fn a_third_party_outside_its_home_is_found() {
        let driver = json!({ "name": "rusqlite", "kind": null, "path": null });
        assert_eq!(
            faults("casework", driver.clone()),
            ["crates/casework/Cargo.toml: rusqlite may be used in [\"store\"] only"]
        );
        assert!(faults("store", driver).is_empty());
    }

    #[test]
    fn a_crate_without_a_row_is_found() {
        assert_eq!(
            faults("shed", inside("store", None)),
            ["crates/shed/Cargo.toml: this crate has no row in xtask/arrows.toml"]
        );
    }
}
