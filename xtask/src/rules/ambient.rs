//! Only the binary reads the environment and hands on what it found. (Clocks, ids and sleep are in `clippy.toml`; this
//! is here because tests may ask the environment and clippy does not tell them apart.)

use crate::{found::Found, repository::Repository, rust_code::Code, rust_path::paths};

/// The binary, and the kit that asks where the database for tests is.
const MAY: [&str; 2] = ["moothall", "testkit"];

pub fn find(repository: &Repository) -> Found {
    let mut found = Found::default();
    for (file, home, _) in repository.shipped().filter(|(_, home, _)| !MAY.contains(home)) {
        let code = Code::shipped(file.text());
        for path in
            paths(&code.code).into_iter().filter(|path| path.under("std::env") || path.path.starts_with("env::var"))
        {
            found.fault(
                &file.path,
                code.line(path.at),
                format!("{home} asks the environment: let the binary hand it in"),
            );
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    fn faults(path: &str, text: &str) -> usize {
        find(&Repository::of(&[(path, text)])).faults.len()
    }

    #[test]
    fn a_crate_that_asks_the_environment_is_found() {
        for text in ["fn a() { std::env::var(\"B\"); }", "use std::env::var_os;", "fn a() { env::vars(); }"] {
            assert_eq!(faults("crates/web/src/a.rs", text), 1, "{text}");
        }
    }

    #[test]
    fn the_binary_tests_and_the_compiler_may() {
        assert_eq!(faults("crates/moothall/src/a.rs", "std::env::var(\"B\")"), 0);
        assert_eq!(faults("crates/store/tests/a.rs", "std::env::var(\"B\")"), 0);
        assert_eq!(faults("crates/web/src/a.rs", "env!(\"CARGO_MANIFEST_DIR\")"), 0);
    }
}
