//! Every fixture that GOV.UK Frontend ships for a component in use, visible and hidden, against our macro.

use std::path::{Path, PathBuf};

use serde::Deserialize;
use serde_json::Value;
use web::govuk::fixtures::{COMPONENTS, render};

/// How many fixtures version 6.6.0 has for the components in use. A new version changes this line knowingly.
const FIXTURES: usize = 612;

#[derive(Deserialize)]
struct Fixtures {
    fixtures: Vec<Fixture>,
}

#[derive(Deserialize)]
struct Fixture {
    name: String,
    options: Value,
    html: String,
}

#[test]
fn every_fixture_is_written_as_govuk_frontend_writes_it() {
    let Some(folder) = components_folder() else {
        return;
    };
    let (mut total, mut wrong) = (0, Vec::new());
    for component in COMPONENTS {
        let fixtures = read(&folder, component);
        let mut passed = 0;
        for fixture in &fixtures {
            match differs(component, fixture) {
                None => passed += 1,
                Some(difference) => wrong.push(format!("{component} · {}: {difference}", fixture.name)),
            }
        }
        println!("{component}: {passed} of {}", fixtures.len());
        total += fixtures.len();
    }
    println!("all: {} of {total}", total - wrong.len());
    assert!(wrong.is_empty(), "{}", wrong.join("\n\n"));
    assert_eq!(total, FIXTURES, "GOV.UK Frontend ships another number of fixtures");
}

#[test]
fn the_normaliser_still_sees_space_between_text_and_a_tag() {
    assert_eq!(normalised("<p>\n  <b>\n a</b> </p>"), "<p><b> a</b></p>");
    assert_ne!(normalised("<p> a</p>"), normalised("<p>a</p>"));
    assert_eq!(normalised("<a href=\"&quot;\" >"), "<a href=\"&#34;\">");
}

/// The folder of GOV.UK Frontend's components, or `None` where `npm ci` has not run. Under CI that fails.
fn components_folder() -> Option<PathBuf> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let folder = root.join("node_modules/govuk-frontend/dist/govuk/components");
    if folder.is_dir() {
        return Some(folder);
    }
    assert!(std::env::var_os("CI").is_none(), "node_modules is absent: run `npm ci --ignore-scripts` first");
    println!("skipped: node_modules is absent; `npm ci --ignore-scripts` brings the fixtures");
    None
}

fn read(folder: &Path, component: &str) -> Vec<Fixture> {
    let path = folder.join(component).join("fixtures.json");
    let text = std::fs::read_to_string(&path).unwrap_or_else(|why| panic!("{}: {why}", path.display()));
    let read: Fixtures = serde_json::from_str(&text).unwrap_or_else(|why| panic!("{}: {why}", path.display()));
    read.fixtures
}

fn differs(component: &str, fixture: &Fixture) -> Option<String> {
    let expected = normalised(&fixture.html);
    match render(component, &fixture.options) {
        Ok(html) if normalised(&html) == expected => None,
        Ok(html) => Some(format!("\n  expected {expected}\n  written  {}", normalised(&html))),
        Err(why) => Some(why.to_string()),
    }
}

/// Entities in one spelling, white space as one space, none between tags, none before a tag's end. Nothing else.
fn normalised(html: &str) -> String {
    let html = html.replace("&quot;", "&#34;").replace("&amp;", "&#38;");
    let html = html.replace("&lt;", "&#60;").replace("&gt;", "&#62;");
    let mut spaced = String::with_capacity(html.len());
    for letter in html.chars() {
        match letter.is_whitespace() {
            true if spaced.ends_with(' ') => {}
            true => spaced.push(' '),
            false => spaced.push(letter),
        }
    }
    spaced.replace("> <", "><").replace(" >", ">")
}
