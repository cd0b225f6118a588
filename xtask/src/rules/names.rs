//! No file or folder has a name that says nothing.

use crate::{found::Found, repository::Repository};

const EMPTY: [&str; 9] = ["base", "common", "helper", "helpers", "manager", "misc", "util", "utils", "utilities"];

pub fn find(repository: &Repository) -> Found {
    let mut found = Found::default();
    for file in &repository.files {
        let words = |part: &str| part.split(['.', '-', '_']).map(str::to_ascii_lowercase).collect::<Vec<_>>();
        if let Some(word) = file.path.split('/').flat_map(words).find(|word| EMPTY.contains(&word.as_str())) {
            found.fault(&file.path, 0, format!("\"{word}\" does not say what is in it"));
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    fn faults(path: &str) -> usize {
        find(&Repository::of(&[(path, "")])).faults.len()
    }

    #[test]
    fn a_name_that_says_nothing_is_found() {
        for path in [
            "crates/web/src/util.rs",
            "crates/web/src/common/a.rs",
            "assets/scss/_base.scss",
            "crates/store/src/date_helpers.rs",
        ] {
            assert_eq!(faults(path), 1, "{path}");
        }
    }

    #[test]
    fn a_name_that_holds_such_letters_is_let_be() {
        for path in ["crates/places/src/basemap.rs", "services/utility/service.toml", "crates/web/src/commons.rs"] {
            assert_eq!(faults(path), 0, "{path}");
        }
    }
}
