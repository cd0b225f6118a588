//! Pages that are made from the definitions: what is committed must be what would be made.
//!
//! `MOOTHALL_WRITE=1 cargo run -p xtask -- RULE` writes them, as the schema of services is written.

use std::{fs, io};

use crate::{found::Found, repository::Repository};

/// One page as it should be. `path` is relative to the root, with `/`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Page {
    pub path: String,
    pub text: String,
}

/// Compares, or writes where `MOOTHALL_WRITE` is set. `folder` holds pages of `rule` and nothing else; empty where the pages
/// have no folder of their own.
///
/// # Errors
/// When a page cannot be written.
pub fn hold(repository: &Repository, rule: &str, folder: &str, pages: &[Page]) -> anyhow::Result<Found> {
    if std::env::var_os("MOOTHALL_WRITE").is_none() {
        return Ok(compare(repository, rule, folder, pages));
    }
    write(repository, folder, pages)?;
    let mut found = Found::default();
    found.note(format!("written: {}", pages.len()));
    Ok(found)
}

fn compare(repository: &Repository, rule: &str, folder: &str, pages: &[Page]) -> Found {
    let mut found = Found::default();
    let command = format!("MOOTHALL_WRITE=1 cargo run -p xtask -- {rule}");
    for page in pages {
        match repository.file(&page.path) {
            Some(file) if file.text() == page.text => {}
            Some(file) => {
                let same = file.text().lines().zip(page.text.lines()).take_while(|(is, should)| is == should).count();
                found.fault(&page.path, same + 1, format!("is old; write it: {command}"));
            }
            None => found.fault(&page.path, 0, format!("is absent; write it: {command}")),
        }
    }
    for path in left_over(repository, folder, pages) {
        found.fault(path, 0, format!("belongs to nothing any more; take it away: {command}"));
    }
    found.note(format!("pages: {}", pages.len()));
    found
}

fn write(repository: &Repository, folder: &str, pages: &[Page]) -> io::Result<()> {
    for page in pages {
        let path = repository.root.join(&page.path);
        if let Some(folder) = path.parent() {
            fs::create_dir_all(folder)?;
        }
        fs::write(path, &page.text)?;
    }
    left_over(repository, folder, pages).try_for_each(|path| fs::remove_file(repository.root.join(path)))
}

fn left_over<'r>(repository: &'r Repository, folder: &'r str, pages: &'r [Page]) -> impl Iterator<Item = &'r str> {
    let inside = move |path: &&str| !folder.is_empty() && path.strip_prefix(folder).is_some_and(|p| p.starts_with('/'));
    let paths = repository.files.iter().map(|file| file.path.as_str());
    paths.filter(inside).filter(|path| !pages.iter().any(|page| page.path == *path))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn page(path: &str, text: &str) -> Page {
        Page { path: path.into(), text: text.into() }
    }

    #[test]
    fn a_page_that_is_old_absent_or_left_over_is_found_with_the_command() {
        let repository = Repository::of(&[("docs/a.md", "1\n2\n"), ("docs/b.md", "1\n"), ("docsies/c.md", "1\n")]);
        let faults = |folder: &str, pages: &[Page]| -> Vec<String> {
            compare(&repository, "tables", folder, pages).faults.iter().map(ToString::to_string).collect()
        };
        let (a, b) = (page("docs/a.md", "1\n2\n"), page("docs/b.md", "1\n"));
        assert!(faults("docs", &[a.clone(), b.clone()]).is_empty());
        assert!(faults("", std::slice::from_ref(&a)).is_empty());
        assert_eq!(
            faults("docs", &[page("docs/a.md", "1\n3\n"), b.clone()]),
            ["docs/a.md:2: is old; write it: MOOTHALL_WRITE=1 cargo run -p xtask -- tables"]
        );
        assert!(faults("docs", &[a.clone(), b, page("docs/d.md", "")])[0].starts_with("docs/d.md: is absent"));
        assert!(faults("docs", &[a])[0].starts_with("docs/b.md: belongs to nothing"));
    }

    #[test]
    fn what_is_written_is_what_is_compared_and_the_rest_of_the_folder_goes() {
        let root = std::env::temp_dir().join(format!("moothall-generated-{}", std::process::id()));
        fs::create_dir_all(root.join("docs")).unwrap();
        fs::write(root.join("docs/old.md"), "old").unwrap();
        let pages = [page("docs/deep/a.md", "new\n")];
        write(&Repository::read(&root).unwrap(), "docs", &pages).unwrap();
        let after = Repository::read(&root).unwrap();
        fs::remove_dir_all(&root).unwrap();
        assert_eq!(after.files.iter().map(|file| &file.path).collect::<Vec<_>>(), ["docs/deep/a.md"]);
        assert!(compare(&after, "tables", "docs", &pages).faults.is_empty());
    }
}
