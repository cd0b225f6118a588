//! Journeys in `web` do not know each other: what they share is in `page`, `govuk` or `question`.

use std::collections::BTreeSet;

use crate::{found::Found, repository::Repository, rust_code::Code, rust_path::paths};

/// Folders of `crates/web/src` that every journey may use.
const SHARED: [&str; 4] = ["asset", "govuk", "page", "question"];

pub fn find(repository: &Repository) -> Found {
    let mut found = Found::default();
    let place = |path: &str, under: &str| {
        let (folder, rest) = path.strip_prefix(under)?.split_once('/')?;
        (!SHARED.contains(&folder)).then(|| (folder.to_owned(), rest.to_owned()))
    };
    let journeys: BTreeSet<String> =
        repository.files.iter().filter_map(|file| Some(place(&file.path, "crates/web/src/")?.0)).collect();
    for (file, ..) in repository.shipped() {
        let Some((own, rest)) = place(&file.path, "crates/web/src/") else { continue };
        let code = Code::shipped(file.text());
        for path in paths(&code.code) {
            if let Some(other) = reached(&path.path, &rest).filter(|other| *other != own && journeys.contains(*other)) {
                found.fault(
                    &file.path,
                    code.line(path.at),
                    format!("the journey {own} reaches into the journey {other}"),
                );
            }
        }
    }
    for file in repository.files.iter().filter(|file| file.extension() == "html") {
        let Some((own, _)) = place(&file.path, "crates/web/templates/") else { continue };
        for (at, line) in file.text().lines().enumerate() {
            let taken = ["extends", "import", "include"].iter().any(|word| line.contains(&format!("{word} \"")));
            let other = line.split('"').nth(1).and_then(|path| path.split_once('/')).map(|(folder, _)| folder);
            if let Some(other) = other.filter(|other| taken && *other != own && journeys.contains(*other)) {
                found.fault(&file.path, at + 1, format!("the pages of {own} use a template of {other}"));
            }
        }
    }
    found.note(format!("{} journeys", journeys.len()));
    found
}

/// The folder of the crate that `path` leads into, written in the file `rest` of a journey's folder.
fn reached<'a>(path: &'a str, rest: &str) -> Option<&'a str> {
    if let Some(inside) = path.strip_prefix("crate::") {
        return inside.split("::").next();
    }
    // `mod.rs` is one step below the crate, `list.rs` two, `list/row.rs` three.
    let depth = rest.trim_end_matches(".rs").split('/').filter(|part| *part != "mod").count() + 1;
    let mut names = path.split("::").skip_while(|name| *name == "self");
    let up = names.clone().take_while(|name| *name == "super").count();
    (up == depth).then(|| names.nth(up)).flatten()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn faults(path: &str, text: &str) -> Vec<String> {
        let other = ("crates/web/src/track/mod.rs", "pub fn open() {}");
        let shared = ("crates/web/src/page/mod.rs", "");
        let own = ("crates/web/src/report/mod.rs", "");
        let files: Vec<_> =
            [other, shared, own].into_iter().filter(|(at, _)| *at != path).chain([(path, text)]).collect();
        find(&Repository::of(&files)).faults.iter().map(ToString::to_string).collect()
    }

    #[test]
    fn a_journey_that_reaches_into_another_is_found() {
        assert_eq!(
            faults("crates/web/src/report/list.rs", "use crate::{page::Page, track::open};"),
            ["crates/web/src/report/list.rs:1: the journey report reaches into the journey track"]
        );
        assert_eq!(faults("crates/web/src/report/list.rs", "fn a() { crate::track::open() }").len(), 1);
        assert_eq!(faults("crates/web/src/report/list.rs", "use super::super::track::open;").len(), 1);
        assert_eq!(faults("crates/web/src/report/mod.rs", "use super::track;").len(), 1);
    }

    #[test]
    fn its_own_folder_and_what_is_shared_are_free() {
        for free in [
            "use crate::{page::Page, report::list};",
            "use super::track;",
            "use crate::app::App;",
            "use crate::page::track;",
        ] {
            assert!(faults("crates/web/src/report/list.rs", free).is_empty(), "{free}");
        }
    }

    #[test]
    fn the_router_and_shared_folders_are_no_journeys() {
        assert!(faults("crates/web/src/router.rs", "use crate::track::open;").is_empty());
        assert!(faults("crates/web/src/page/frame.rs", "use crate::track::open;").is_empty());
    }

    #[test]
    fn a_template_of_another_journey_is_found() {
        let text = "{% extends \"page/frame.html\" %}\n{% include \"track/row.html\" %}";
        assert_eq!(
            faults("crates/web/templates/report/list.html", text),
            ["crates/web/templates/report/list.html:2: the pages of report use a template of track"]
        );
    }
}
