//! HTML is made in `web` (pages) and `courier` (mail) alone.

use crate::{found::Found, repository::Repository, rust_code::Code};

const HOMES: [&str; 2] = ["web", "courier"];
const TAGS: [&str; 17] = [
    "<!doctype",
    "<html",
    "<body",
    "<div",
    "<span",
    "<p>",
    "<p ",
    "<a ",
    "<h1",
    "<h2",
    "<ul",
    "<li",
    "<table",
    "<td",
    "<br",
    "<strong",
    "<form",
];

pub fn find(repository: &Repository) -> Found {
    let mut found = Found::default();
    for (file, home, _) in repository.shipped().filter(|(_, home, _)| !HOMES.contains(home)) {
        for literal in Code::shipped(file.text()).literals {
            let text = literal.text.to_ascii_lowercase();
            if let Some(tag) = TAGS.iter().find(|tag| text.contains(**tag)) {
                found.fault(
                    &file.path,
                    literal.line,
                    format!("HTML ({tag}) in {home}: pages are made in web, mail in courier"),
                );
            }
        }
    }
    for file in repository.files.iter().filter(|file| ["html", "htm", "askama"].contains(&file.extension())) {
        if file.in_crate().is_some_and(|(home, _)| !HOMES.contains(&home)) {
            found.fault(&file.path, 0, "a template outside web and courier");
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
    fn html_outside_web_and_courier_is_found() {
        assert_eq!(faults("crates/casework/src/a.rs", "\"<p>Hello\""), 1);
        assert_eq!(faults("crates/casework/templates/a.html", ""), 1);
        assert_eq!(faults("crates/web/src/a.rs", "\"<p>Hello\""), 0);
        assert_eq!(faults("crates/courier/templates/a.html", ""), 0);
    }

    #[test]
    fn other_marks_are_let_be() {
        assert_eq!(faults("crates/places/src/kml.rs", "// <p>\n\"<coordinates>\"; \"a <b\"; Vec::<u8>::new()"), 0);
    }
}
