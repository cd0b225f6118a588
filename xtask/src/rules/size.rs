//! Files stay short enough to read at one sitting.

use crate::{
    found::Found,
    repository::{File, Repository},
    rust_code::Code,
};

const LONGEST: usize = 1_000;
const MEDIAN: usize = 150;
const NINE_IN_TEN: usize = 300;
const KINDS: [&str; 7] = ["rs", "ts", "mjs", "scss", "html", "sh", "sql"];

pub fn find(repository: &Repository) -> Found {
    let mut found = Found::default();
    let lines = |file: &File| file.text().lines().count();
    // A generated or fetched file would need an exception; there is none.
    let mut lengths: Vec<_> = repository
        .files
        .iter()
        .filter(|file| KINDS.contains(&file.extension()) && lines(file) > 0)
        .map(|file| (lines(file), file.path.as_str()))
        .collect();
    lengths.sort_unstable();
    for (length, path) in lengths.iter().filter(|(length, _)| *length > LONGEST) {
        found.fault(path, 0, format!("{length} lines; none may have more than {LONGEST}"));
    }
    let Some((longest, path)) = lengths.last() else { return found };
    let at = |share: usize| lengths[(lengths.len() - 1) * share / 100].0;
    let (median, nine) = (at(50), at(90));
    if median > MEDIAN {
        found.fault(".", 0, format!("the median is {median} lines; it may be {MEDIAN}"));
    }
    if nine > NINE_IN_TEN {
        found.fault(".", 0, format!("nine in ten have up to {nine} lines; it may be {NINE_IN_TEN}"));
    }
    let (tests, all) = tests(repository);
    found.note(format!(
        "{} files, median {median} lines, nine in ten up to {nine}, longest {longest} ({path})",
        lengths.len()
    ));
    found.note(format!("{tests} of {all} lines of Rust are tests ({} %)", tests * 100 / all.max(1)));
    found
}

fn tests(repository: &Repository) -> (usize, usize) {
    repository.files.iter().filter(|file| file.extension() == "rs").fold((0, 0), |(tests, all), file| {
        let lines = file.text().lines().count();
        let of_tests = if repository.is_test(file) { lines } else { Code::whole(file.text()).test_lines() };
        (tests + of_tests, all + lines)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn faults(lengths: &[usize]) -> Vec<String> {
        let files: Vec<_> =
            lengths.iter().enumerate().map(|(at, length)| (format!("a/{at}.rs"), "//\n".repeat(*length))).collect();
        let files: Vec<_> = files.iter().map(|(path, text)| (path.as_str(), text.as_str())).collect();
        find(&Repository::of(&files)).faults.iter().map(ToString::to_string).collect()
    }

    #[test]
    fn a_file_too_long_is_found() {
        assert_eq!(faults(&[10, 10, 1_001]), ["a/2.rs: 1001 lines; none may have more than 1000"]);
        assert!(faults(&[10, 10, 1_000]).is_empty());
    }

    #[test]
    fn too_many_long_files_are_found() {
        assert_eq!(faults(&[151, 151, 10]), [".: the median is 151 lines; it may be 150"]);
        assert_eq!(
            faults(&[10, 10, 10, 10, 10, 10, 10, 301, 301, 301]),
            [".: nine in ten have up to 301 lines; it may be 300"]
        );
    }

    #[test]
    fn the_share_of_tests_counts_modules_and_files() {
        let repository = Repository::of(&[
            ("crates/a/src/b.rs", "fn a() {}\n#[cfg(test)]\nmod tests {\n}\n"),
            ("crates/a/tests/c.rs", "//\n"),
        ]);
        assert_eq!(tests(&repository), (4, 5));
    }
}
