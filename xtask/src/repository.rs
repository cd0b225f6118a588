//! The files of the repository as the rules read them.

use std::{
    collections::BTreeSet,
    fs, io,
    path::{Path, PathBuf},
};

use crate::rust_code::Code;

/// Folders at the root that are built, fetched or written while running, and git's own.
const NOT_OURS: [&str; 7] = [".git", "target", "node_modules", "dist", "out", "data", ".hypothesis"];

/// One file. `path` is relative to the root, with `/`; `text` is absent where the file is not UTF-8.
#[derive(Debug, Clone)]
pub struct File {
    pub path: String,
    pub text: Option<String>,
}

impl File {
    pub fn extension(&self) -> &str {
        self.path.rsplit('/').next().and_then(|name| name.rsplit_once('.')).map_or("", |(_, end)| end)
    }

    pub fn text(&self) -> &str {
        self.text.as_deref().unwrap_or("")
    }

    /// `("web", "src/page/mod.rs")` of `crates/web/src/page/mod.rs`.
    pub fn in_crate(&self) -> Option<(&str, &str)> {
        self.path.strip_prefix("crates/")?.split_once('/')
    }
}

#[derive(Debug)]
pub struct Repository {
    pub root: PathBuf,
    pub files: Vec<File>,
    /// Rust files that only tests compile: in a `tests` folder, or declared under `#[cfg(test)]`.
    test_files: BTreeSet<String>,
}

impl Repository {
    /// The folder that holds the workspace.
    pub fn root() -> &'static Path {
        Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap_or(Path::new("."))
    }

    /// # Errors
    /// When a folder or file cannot be read.
    pub fn read(root: &Path) -> io::Result<Self> {
        let mut files = Vec::new();
        walk(root, "", &mut files)?;
        files.sort_by(|a, b| a.path.cmp(&b.path));
        Ok(Self::with(root, files))
    }

    /// A repository of a few files that a test writes down; nothing of it is on disk.
    pub fn of(files: &[(&str, &str)]) -> Self {
        let files =
            files.iter().map(|(path, text)| File { path: (*path).into(), text: Some((*text).into()) }).collect();
        Self::with(Path::new("/nowhere"), files)
    }

    fn with(root: &Path, files: Vec<File>) -> Self {
        let test_files = test_files(&files);
        Self { root: root.to_owned(), files, test_files }
    }

    pub fn has(&self, path: &str) -> bool {
        let folder = format!("{path}/");
        path.is_empty() || self.files.iter().any(|file| file.path == path || file.path.starts_with(&folder))
    }

    pub fn file(&self, path: &str) -> Option<&File> {
        self.files.iter().find(|file| file.path == path)
    }

    pub fn is_test(&self, file: &File) -> bool {
        self.test_files.contains(&file.path)
    }

    /// Rust files of `crates/*/src`, without those that only tests compile.
    pub fn shipped(&self) -> impl Iterator<Item = (&File, &str, &str)> {
        self.files.iter().filter(|file| file.extension() == "rs" && !self.is_test(file)).filter_map(|file| {
            let (home, rest) = file.in_crate()?;
            rest.starts_with("src/").then_some((file, home, rest))
        })
    }
}

fn walk(root: &Path, under: &str, files: &mut Vec<File>) -> io::Result<()> {
    for entry in fs::read_dir(root.join(under))? {
        let entry = entry?;
        let name = entry.file_name().to_string_lossy().into_owned();
        if (under.is_empty() && NOT_OURS.contains(&name.as_str())) || name == "node_modules" {
            continue;
        }
        let path = if under.is_empty() { name } else { format!("{under}/{name}") };
        let kind = entry.file_type()?;
        if kind.is_dir() {
            walk(root, &path, files)?;
        } else if kind.is_file() {
            match fs::read(root.join(&path)) {
                Ok(bytes) => files.push(File { path, text: String::from_utf8(bytes).ok() }),
                // An editor's swap file may be gone before it is read.
                Err(error) if error.kind() == io::ErrorKind::NotFound => {}
                Err(error) => return Err(error),
            }
        }
    }
    Ok(())
}

fn test_files(files: &[File]) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    for file in files.iter().filter(|file| file.extension() == "rs") {
        if file.path.split('/').any(|part| part == "tests" || part == "benches") {
            found.insert(file.path.clone());
            continue;
        }
        let (folder, name) = file.path.rsplit_once('/').unwrap_or(("", &file.path));
        let stem = name.trim_end_matches(".rs");
        let home = if ["mod", "lib", "main"].contains(&stem) { folder.to_owned() } else { format!("{folder}/{stem}") };
        for module in Code::whole(file.text()).test_modules() {
            let below = format!("{home}/{module}/");
            let one = format!("{home}/{module}.rs");
            found.extend(
                files.iter().map(|f| &f.path).filter(|path| **path == one || path.starts_with(&below)).cloned(),
            );
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_that_only_tests_compile_are_known() {
        let repository = Repository::of(&[
            ("crates/a/src/lib.rs", "mod b;\n#[cfg(test)]\nmod fixtures;\n"),
            ("crates/a/src/b.rs", "#[cfg(test)] mod deep;"),
            ("crates/a/src/b/deep.rs", ""),
            ("crates/a/src/fixtures.rs", ""),
            ("crates/a/tests/whole.rs", ""),
        ]);
        let shipped: Vec<_> = repository.shipped().map(|(file, ..)| file.path.as_str()).collect();
        assert_eq!(shipped, ["crates/a/src/lib.rs", "crates/a/src/b.rs"]);
    }

    #[test]
    fn folders_and_files_are_both_there() {
        let repository = Repository::of(&[("docs/decisions/1.md", "")]);
        assert!(repository.has("docs/decisions") && repository.has("docs/decisions/1.md") && !repository.has("doc"));
    }

    #[test]
    fn the_real_repository_is_read_without_what_is_built() {
        let repository = Repository::read(Repository::root()).unwrap();
        assert!(repository.has("xtask/src/repository.rs"));
        assert!(!repository.files.iter().any(|file| file.path.starts_with("target/")));
    }
}
