//! `schema.toml` names the tags of every column there is, and of no other (J-26).

use std::{collections::BTreeSet, fs, path::Path};

const REGIMES: [&str; 4] = ["p2", "p3", "both", "none"];
const SENSITIVITIES: [&str; 5] = ["plain", "personal", "special", "restricted", "secret"];
const PUBLISHED: [&str; 4] = ["none", "as_is", "coarse", "count"];

fn tags() -> toml::Table {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("schema.toml");
    fs::read_to_string(path).unwrap().parse().unwrap()
}

fn tables(tags: &toml::Table) -> impl Iterator<Item = (&String, &toml::Table)> {
    tags.iter().filter(|(name, _)| *name != "class").map(|(name, table)| (name, table.as_table().unwrap()))
}

/// The four tags of a column: regime, sensitivity, publishable form, retention class.
fn four(value: &toml::Value) -> [&str; 4] {
    let tags: Vec<&str> = value.as_array().unwrap().iter().map(|tag| tag.as_str().unwrap()).collect();
    tags.try_into().unwrap_or_else(|tags: Vec<&str>| panic!("four tags, not {tags:?}"))
}

on_both!(every_column_has_its_tags_and_every_tag_its_column, |fresh| {
    let tags = tags();
    let tagged: BTreeSet<(String, String)> =
        tables(&tags).flat_map(|(table, columns)| columns.keys().map(move |c| (table.clone(), c.clone()))).collect();
    let mut stored: BTreeSet<(String, String)> = fresh.read(|tx| tx.columns()).unwrap().into_iter().collect();
    if fresh.is_sqlite() {
        // The word index keeps the number as its row id, which is no column.
        stored.insert(("report_word".into(), "number".into()));
    }
    let untagged: Vec<_> = stored.difference(&tagged).collect();
    let unstored: Vec<_> = tagged.difference(&stored).collect();
    assert!(untagged.is_empty() && unstored.is_empty(), "without tags: {untagged:?}; without column: {unstored:?}");
    assert!(stored.len() > 100);
});

#[test]
fn every_tag_is_one_of_the_list() {
    let tags = tags();
    let classes: Vec<&String> = tags["class"].as_table().unwrap().keys().collect();
    for (table, columns) in tables(&tags) {
        for (column, value) in columns {
            let [regime, sensitivity, publish, class] = four(value);
            assert!(REGIMES.contains(&regime), "{table}.{column}: {regime}");
            assert!(SENSITIVITIES.contains(&sensitivity), "{table}.{column}: {sensitivity}");
            assert!(PUBLISHED.contains(&publish), "{table}.{column}: {publish}");
            assert!(classes.iter().any(|known| *known == class), "{table}.{column}: {class}");
            assert!(
                publish == "none" || sensitivity == "plain" || publish == "coarse",
                "{table}.{column} is {sensitivity}"
            );
        }
    }
}

#[test]
fn every_retention_class_says_how_long_and_is_used() {
    let tags = tags();
    let used: BTreeSet<&str> = tables(&tags).flat_map(|(_, columns)| columns.values().map(|v| four(v)[3])).collect();
    for (class, rule) in tags["class"].as_table().unwrap() {
        assert!(used.contains(class.as_str()), "{class} is used by no column");
        assert!(rule["period"].is_str() && rule["trigger"].is_str(), "{class}");
    }
}
