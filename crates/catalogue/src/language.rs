use crate::source::{Faults, Source};
use crate::tree::{Node, Reader, Value};
use std::collections::BTreeMap;

/// A language that pages are offered in beside English: a row of `services/languages.toml`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Language {
    /// BCP 47, as the files of its words are named: `pl`, `zh-Hans`.
    pub tag: String,
    /// In English, for staff.
    pub name: String,
    /// As those who speak it write it.
    pub own: String,
    pub right_to_left: bool,
    /// The headings of the list of services, by what they are in English.
    pub(crate) groups: BTreeMap<String, String>,
}

impl Language {
    /// A heading of the list of services; none where it has no words for it.
    pub fn group(&self, english: &str) -> Option<&str> {
        self.groups.get(english).map(String::as_str)
    }
}

pub(crate) fn read(source: &Source, faults: &mut Faults) -> Vec<Language> {
    let node = Node::parse(&source.text, faults);
    let Some(mut file) = Reader::of(&node, "the file", faults) else { return Vec::new() };
    let rows = file.tables("language", faults);
    file.close(faults);
    rows.into_iter().filter_map(|row| one(row, faults)).collect()
}

fn one(row: &Node, faults: &mut Faults) -> Option<Language> {
    let mut row = Reader::of(row, "a language", faults)?;
    let (tag, name, own) = (row.need_text("tag", faults), row.need_text("name", faults), row.need_text("own", faults));
    let right_to_left = row.flag("right_to_left", faults);
    let mut groups = BTreeMap::new();
    if let Some(Node { value: Value::Table(entries), .. }) = row.take("groups") {
        for entry in entries {
            match entry.node.as_text() {
                Some(text) => drop(groups.insert(entry.key.clone(), text.to_owned())),
                None => faults.add(entry.line, format_args!("`{}` must be a text", entry.key)),
            }
        }
    }
    row.close(faults);
    Some(Language { tag, name, own, right_to_left, groups })
}
