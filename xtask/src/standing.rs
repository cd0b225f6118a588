//! Standing words: what services, agencies and kinds of question say to everybody, with the file and line it stands in.
//!
//! Left out are `service.synonyms`, which people type into the search and which hold their misspellings on purpose.

use std::collections::BTreeMap;

use anyhow::{Context, anyhow};
use toml::de::{DeTable, DeValue};

use crate::repository::{File, Repository};

/// One text under one key; a list is a block for each of its texts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Block {
    pub path: String,
    pub line: usize,
    /// `question.waste.options.tyres`; rows of an agency by their id: `outcome.fixed.sentence`.
    pub key: String,
    pub text: String,
}

impl Block {
    pub fn for_staff(&self) -> bool {
        for_staff(&self.key)
    }
}

/// Read by staff beside a report, not by residents.
pub fn for_staff(key: &str) -> bool {
    key.starts_with("flag.")
}

/// What an agency's file says to residents: the table of the row, and its key. The rest is ids, names and sources.
const OF_AGENCIES: [(&str, &str); 12] = [
    ("contact", "hours"),
    ("contact", "out_of_hours"),
    ("outcome", "name"),
    ("outcome", "now"),
    ("outcome", "reopen"),
    ("outcome", "sentence"),
    ("service", "what_next"),
    ("stage", "name"),
    ("stage", "next"),
    ("ways", "easy_read"),
    ("ways", "interpreter"),
    ("ways", "large_print"),
];

/// # Errors
/// When a file of words is not TOML.
pub fn blocks(repository: &Repository) -> anyhow::Result<Vec<Block>> {
    let mut found = Vec::new();
    for file in &repository.files {
        let all = |_: &str| true;
        let heading = |key: &str| key == "service.group";
        match file.path.split('/').collect::<Vec<_>>()[..] {
            ["services", _, "en.toml"] | ["crates", "catalogue" | "web", "words", "en.toml"] => {
                read(file, all, &mut found)?
            }
            ["services", "parts", name] if name.ends_with(".en.toml") => read(file, all, &mut found)?,
            ["services", _, "service.toml"] => read(file, heading, &mut found)?,
            ["agencies", name] if name.ends_with(".toml") && name != "bodies.toml" => {
                read(file, of_agency, &mut found)?
            }
            _ => {}
        }
    }
    Ok(found)
}

fn of_agency(key: &str) -> bool {
    let (table, last) = (key.split('.').next().unwrap_or(""), key.rsplit('.').next().unwrap_or(""));
    OF_AGENCIES.contains(&(table, last))
}

fn read(file: &File, wanted: impl Fn(&str) -> bool, found: &mut Vec<Block>) -> anyhow::Result<()> {
    let mut texts = texts(file.text()).with_context(|| file.path.clone())?;
    texts.retain(|(key, ..)| wanted(key));
    found.extend(texts.into_iter().map(|(key, line, text)| Block { path: file.path.clone(), line, key, text }));
    Ok(())
}

/// Key, line and text of all words in one file, in its order.
///
/// # Errors
/// When it is not TOML.
pub fn texts(file: &str) -> anyhow::Result<Vec<(String, usize, String)>> {
    let table = DeTable::parse(file).map_err(|error| anyhow!("{}", error.message()))?;
    let mut found = Vec::new();
    flatten("", table.get_ref(), &mut found);
    found.retain(|(key, ..)| key != "service.synonyms");
    // The parser gives the keys in alphabetical order.
    found.sort_by_key(|(_, start, _)| *start);
    let line = |start: usize| file[..start].matches('\n').count() + 1;
    Ok(found.into_iter().map(|(key, start, text)| (key, line(start), text)).collect())
}

/// As [`texts`], a key's texts together: the words of one service.
///
/// # Errors
/// When it is not TOML.
pub fn by_key(file: &str) -> anyhow::Result<BTreeMap<String, Vec<String>>> {
    let mut found: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for (key, _, text) in texts(file)? {
        found.entry(key).or_default().push(text);
    }
    Ok(found)
}

fn flatten(prefix: &str, table: &DeTable, found: &mut Vec<(String, usize, String)>) {
    for (key, value) in table {
        let key = if prefix.is_empty() { key.get_ref().to_string() } else { format!("{prefix}.{}", key.get_ref()) };
        match value.get_ref() {
            DeValue::String(text) => found.push((key, value.span().start, text.to_string())),
            DeValue::Table(table) => flatten(&key, table, found),
            DeValue::Array(list) => {
                for (at, item) in list.iter().enumerate() {
                    match item.get_ref() {
                        DeValue::String(text) => found.push((key.clone(), item.span().start, text.to_string())),
                        DeValue::Table(row) => flatten(&format!("{key}.{}", id(row, at)), row, found),
                        _ => {}
                    }
                }
            }
            _ => {}
        }
    }
}

fn id(row: &DeTable, at: usize) -> String {
    let id = row.iter().find(|(key, _)| key.get_ref() == "id").and_then(|(_, value)| value.get_ref().as_str());
    id.map_or_else(|| at.to_string(), str::to_owned)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(path: &str, text: &str) -> Vec<String> {
        let blocks = blocks(&Repository::of(&[(path, text)])).unwrap();
        blocks.iter().map(|block| format!("{} {} {}", block.line, block.key, block.text)).collect()
    }

    #[test]
    fn words_come_with_their_key_and_line_in_the_order_of_the_file() {
        let text = "[service]\ntitle = \"B\"\nsynonyms = [\"missspelt\"]\nbefore = [\n  \"C\",\n  \"D\",\n]\n[question.\"a.b\"]\nlabel = \"A\"\n";
        let wanted = ["2 service.title B", "5 service.before C", "6 service.before D", "9 question.a.b.label A"];
        assert_eq!(told("services/lamp/en.toml", text), wanted);
        assert_eq!(told("services/parts/gate.en.toml", text).len(), 4);
        assert_eq!(told("crates/catalogue/words/en.toml", text).len(), 4);
    }

    #[test]
    fn of_an_agency_only_what_residents_read_is_taken() {
        let text = "id = \"moon\"\nname = \"Moon Police\"\n[[service]]\nid = \"lamp\"\nsource = \"a letter\"\nwhat_next = [\"We look.\"]\n[[stage]]\nid = \"open\"\nname = \"Open\"\nnext = \"Wait.\"\n[[role]]\nname = \"Clerk\"\n";
        let wanted = ["6 service.lamp.what_next We look.", "9 stage.open.name Open", "10 stage.open.next Wait."];
        assert_eq!(told("agencies/moon.toml", text), wanted);
        assert!(told("agencies/bodies.toml", text).is_empty());
    }

    #[test]
    fn the_heading_of_a_service_is_the_one_text_of_its_definition() {
        let text = "[service]\nid = \"lamp\"\ngroup = \"Street problems\"\n";
        assert_eq!(told("services/lamp/service.toml", text), ["3 service.group Street problems"]);
    }

    #[test]
    fn a_file_that_is_not_toml_is_named() {
        let repository = Repository::of(&[("services/lamp/en.toml", "title =")]);
        assert!(format!("{:#}", blocks(&repository).unwrap_err()).starts_with("services/lamp/en.toml: "));
    }
}
