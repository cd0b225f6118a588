//! The same for `package-lock.json` (version 3).

use serde_json::Value;

use super::check;
use crate::{allowed::Licences, found::Found};

/// The lock file of the house; a tool that serves nothing but a bench may have one of its own, by the same rules.
pub const LOCK: &str = "package-lock.json";

pub fn is_lock(path: &str) -> bool {
    path == LOCK || path.ends_with("/package-lock.json")
}

pub fn packages(file: &str, lock: &Value, allowed: &Licences, found: &mut Found) {
    let Some(packages) = lock["packages"].as_object().filter(|_| lock["lockfileVersion"] == 3) else {
        return found.fault(file, 0, "is not of version 3");
    };
    let mut count = 0;
    for (place, package) in packages.iter().filter(|(place, _)| !place.is_empty()) {
        let name = place.rsplit("node_modules/").next().unwrap_or(place);
        let shown = format!("{name} {}", package["version"].as_str().unwrap_or("without a version"));
        count += 1;
        // The lock names no address: npm asks the registry it is set up for, and the hash says that it is the same package.
        if package["resolved"].is_string() || package["link"] == true {
            found.fault(file, 0, format!("{shown} does not come from the registry"));
        }
        if !package["integrity"].as_str().is_some_and(|hash| hash.starts_with("sha512-")) {
            found.fault(file, 0, format!("{shown} has no SHA-512"));
        }
        check(file, name, &shown, package["license"].as_str(), allowed, found);
    }
    found.note(format!("{file}: {count} locked packages"));
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::licences::lists;
    use serde_json::json;

    fn faults(package: Value) -> Vec<String> {
        let mut found = Found::default();
        let lock = json!({ "lockfileVersion": 3, "packages": { "": {}, "node_modules/a/node_modules/@b/c": package } });
        packages(LOCK, &lock, &lists(), &mut found);
        found.faults.iter().map(ToString::to_string).collect()
    }

    #[test]
    fn a_package_from_the_registry_with_an_allowed_licence_holds() {
        let package = json!({ "version": "1.0.0", "license": "MIT", "integrity": "sha512-x" });
        assert!(faults(package).is_empty());
    }

    #[test]
    fn another_source_an_unknown_licence_and_a_weak_hash_are_found() {
        let package = json!({ "version": "1.0.0", "license": "GPL-3.0", "integrity": "sha1-x", "resolved": "https://example.test/c.tgz" });
        assert_eq!(
            faults(package),
            [
                "package-lock.json: @b/c 1.0.0 does not come from the registry",
                "package-lock.json: @b/c 1.0.0 has no SHA-512",
                "package-lock.json: @b/c 1.0.0: GPL-3.0 is not in xtask/licences.toml",
            ]
        );
    }

    #[test]
    fn a_lock_of_another_shape_is_found() {
        let mut found = Found::default();
        packages(LOCK, &json!({ "lockfileVersion": 1 }), &lists(), &mut found);
        assert_eq!(found.faults.len(), 1);
    }
}
