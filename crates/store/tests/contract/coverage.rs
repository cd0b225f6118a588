//! No public function of `store` is forgotten.

use std::{
    fs,
    path::{Path, PathBuf},
};

/// Functions of `store` that a caller can reach: file and name. `db/lite.rs` and `db/pg.rs` are private modules.
fn public_functions() -> Vec<(PathBuf, String)> {
    let mut found = Vec::new();
    let src = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    for folder in [src.clone(), src.join("db")] {
        for file in fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()) {
            let name = file.file_name().unwrap().to_str().unwrap().to_owned();
            if !name.ends_with(".rs") || (file.parent() != Some(&src) && ["lite.rs", "pg.rs"].contains(&name.as_str()))
            {
                continue;
            }
            for line in fs::read_to_string(&file).unwrap().lines().map(str::trim) {
                let rest =
                    ["pub fn ", "pub async fn ", "pub const fn "].iter().find_map(|start| line.strip_prefix(start));
                if let Some(rest) = rest {
                    let name: String = rest.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect();
                    found.push((file.clone(), name));
                }
            }
        }
    }
    found
}

#[test]
fn every_public_function_is_called_on_both_engines() {
    let tests = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/contract");
    let mut text = String::new();
    for file in fs::read_dir(tests).unwrap().map(|entry| entry.unwrap().path()) {
        let source = fs::read_to_string(&file).unwrap();
        // `everything` is called on both by `statements`; a file without `on_both!` proves nothing of the kind.
        if source.contains("on_both!(") || file.ends_with("everything.rs") || file.ends_with("engine.rs") {
            text.push_str(&source);
        }
    }
    let functions = public_functions();
    assert!(
        functions.len() > 90,
        "only {} functions were found: is the reading of the sources broken?",
        functions.len()
    );
    let mut forgotten = Vec::new();
    for (file, name) in functions {
        let noun = file.file_stem().unwrap().to_str().unwrap();
        let called = text.contains(&format!("{noun}::{name}("))
            || text.contains(&format!("{noun}::{name})"))
            || (text.contains(&format!(".{name}("))
                || text.contains(&format!(".{name}::<"))
                || text.contains(&format!("::{name}(")))
                && (file.parent().unwrap().ends_with("db") || OF_TYPES.contains(&noun));
        if !called {
            forgotten.push(format!("{noun}::{name}"));
        }
    }
    assert!(forgotten.is_empty(), "not called by the contract suite: {forgotten:?}");
}

/// Files whose functions belong to types, so that a call does not name the file.
const OF_TYPES: [&str; 9] = ["db", "migrate", "time", "value", "answer", "report", "sub_case", "booking", "delivery"];
