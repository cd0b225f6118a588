//! TOML with the line of every value, read key by key so that every fault is found and no key goes unread.

use crate::source::Faults;
use std::collections::BTreeSet;
use toml::de::{DeTable, DeValue};

#[derive(Clone, Debug)]
pub(crate) struct Node {
    pub line: usize,
    pub value: Value,
}

#[derive(Clone, Debug)]
pub(crate) enum Value {
    Text(String),
    Number(i64),
    Bool(bool),
    List(Vec<Node>),
    Table(Vec<Entry>),
    /// A float or a date: no definition uses one.
    Strange(&'static str),
}

#[derive(Clone, Debug)]
pub(crate) struct Entry {
    pub key: String,
    pub line: usize,
    pub node: Node,
}

impl Node {
    /// The document as a table; what cannot be parsed is a fault and the rest is read on.
    pub fn parse(text: &str, faults: &mut Faults) -> Node {
        let lines = Lines::of(text);
        let (document, errors) = DeTable::parse_recoverable(text);
        for error in errors {
            let line = error.span().map_or(0, |span| lines.at(span.start));
            faults.add(line, format_args!("not TOML: {}", error.message()));
        }
        Node { line: 1, value: Value::Table(entries(&lines, document.get_ref())) }
    }

    pub fn name(&self) -> &'static str {
        match self.value {
            Value::Text(_) => "a text",
            Value::Number(_) => "a whole number",
            Value::Bool(_) => "true or false",
            Value::List(_) => "a list",
            Value::Table(_) => "a table",
            Value::Strange(name) => name,
        }
    }

    pub fn as_text(&self) -> Option<&str> {
        if let Value::Text(text) = &self.value { Some(text) } else { None }
    }
}

/// Where each line begins, in bytes.
struct Lines(Vec<usize>);

impl Lines {
    fn of(text: &str) -> Lines {
        let after_breaks = text.bytes().enumerate().filter(|(_, byte)| *byte == b'\n').map(|(at, _)| at + 1);
        Lines(std::iter::once(0).chain(after_breaks).collect())
    }

    fn at(&self, offset: usize) -> usize {
        self.0.partition_point(|start| *start <= offset)
    }
}

fn entries(lines: &Lines, table: &DeTable) -> Vec<Entry> {
    let mut entries: Vec<(usize, Entry)> = table
        .iter()
        .map(|(key, value)| {
            let at = key.span().start;
            let line = lines.at(at);
            let node = node(lines, value.get_ref(), line, value.span().start);
            (at, Entry { key: key.get_ref().to_string(), line, node })
        })
        .collect();
    // The parser gives the keys in alphabetical order; people expect that of the file.
    entries.sort_by_key(|(at, _)| *at);
    entries.into_iter().map(|(_, entry)| entry).collect()
}

fn node(lines: &Lines, value: &DeValue, key_line: usize, start: usize) -> Node {
    // A table made by a dotted header has no place of its own.
    let line = if start == 0 { key_line } else { lines.at(start) };
    let value = match value {
        DeValue::String(text) => Value::Text(text.to_string()),
        DeValue::Integer(number) => match i64::from_str_radix(number.as_str(), number.radix()) {
            Ok(number) => Value::Number(number),
            Err(_) => Value::Strange("a number out of range"),
        },
        DeValue::Float(_) => Value::Strange("a fraction"),
        DeValue::Boolean(bool) => Value::Bool(*bool),
        DeValue::Datetime(_) => Value::Strange("a date"),
        DeValue::Array(list) => {
            Value::List(list.iter().map(|item| node(lines, item.get_ref(), line, item.span().start)).collect())
        }
        DeValue::Table(table) => Value::Table(entries(lines, table)),
    };
    Node { line, value }
}

/// A table being read. Keys not asked for by [`Reader::close`] are faults.
pub(crate) struct Reader<'n> {
    pub line: usize,
    /// What the table is, for the faults: "question `size`".
    pub what: String,
    entries: &'n [Entry],
    read: BTreeSet<&'static str>,
}

impl<'n> Reader<'n> {
    /// Nothing where the node is no table; that is a fault.
    pub fn of(node: &'n Node, what: impl Into<String>, faults: &mut Faults) -> Option<Reader<'n>> {
        let what = what.into();
        match &node.value {
            Value::Table(entries) => Some(Reader { line: node.line, what, entries, read: BTreeSet::new() }),
            _ => {
                faults.add(node.line, format_args!("{what} must be a table, not {}", node.name()));
                None
            }
        }
    }

    pub fn take(&mut self, key: &'static str) -> Option<&'n Node> {
        self.read.insert(key);
        self.entries.iter().find(|entry| entry.key == key).map(|entry| &entry.node)
    }

    pub fn line_of(&self, key: &str) -> usize {
        self.entries.iter().find(|entry| entry.key == key).map_or(self.line, |entry| entry.line)
    }

    pub fn has(&self, key: &str) -> bool {
        self.entries.iter().any(|entry| entry.key == key)
    }

    fn wrong(&self, key: &str, wanted: &str, node: &Node, faults: &mut Faults) {
        faults.add(node.line, format_args!("`{key}` of {} must be {wanted}, not {}", self.what, node.name()));
    }

    pub fn text(&mut self, key: &'static str, faults: &mut Faults) -> Option<String> {
        let node = self.take(key)?;
        match &node.value {
            Value::Text(text) if !text.trim().is_empty() => Some(text.clone()),
            Value::Text(_) => {
                faults.add(node.line, format_args!("`{key}` of {} is empty", self.what));
                None
            }
            _ => {
                self.wrong(key, "a text", node, faults);
                None
            }
        }
    }

    pub fn need_text(&mut self, key: &'static str, faults: &mut Faults) -> String {
        if !self.has(key) {
            self.missing(key, faults);
        }
        self.text(key, faults).unwrap_or_default()
    }

    pub fn missing(&self, key: &str, faults: &mut Faults) {
        faults.add(self.line, format_args!("{} has no `{key}`", self.what));
    }

    pub fn flag(&mut self, key: &'static str, faults: &mut Faults) -> bool {
        match self.take(key) {
            None => false,
            Some(Node { value: Value::Bool(set), .. }) => *set,
            Some(node) => {
                self.wrong(key, "true or false", node, faults);
                false
            }
        }
    }

    pub fn number<N: TryFrom<i64>>(&mut self, key: &'static str, faults: &mut Faults) -> Option<N> {
        let node = self.take(key)?;
        let Value::Number(number) = node.value else {
            self.wrong(key, "a whole number", node, faults);
            return None;
        };
        let fits = N::try_from(number).ok();
        if fits.is_none() {
            faults.add(node.line, format_args!("`{key}` of {} is out of range", self.what));
        }
        fits
    }

    pub fn texts(&mut self, key: &'static str, faults: &mut Faults) -> Vec<String> {
        self.texts_at(key, faults).into_iter().map(|(_, text)| text).collect()
    }

    /// A list of texts, each with its line.
    pub fn texts_at(&mut self, key: &'static str, faults: &mut Faults) -> Vec<(usize, String)> {
        let Some(node) = self.take(key) else { return Vec::new() };
        let Value::List(items) = &node.value else {
            self.wrong(key, "a list of texts", node, faults);
            return Vec::new();
        };
        let mut texts = Vec::new();
        for item in items {
            match item.as_text() {
                Some(text) if !text.trim().is_empty() => texts.push((item.line, text.to_owned())),
                _ => self.wrong(key, "a list of texts that are not empty", item, faults),
            }
        }
        texts
    }

    /// The tables of `[[key]]`, or of one inline table.
    pub fn tables(&mut self, key: &'static str, faults: &mut Faults) -> Vec<&'n Node> {
        let Some(node) = self.take(key) else { return Vec::new() };
        match &node.value {
            Value::List(items) => items.iter().collect(),
            _ => {
                self.wrong(key, "a list of tables", node, faults);
                Vec::new()
            }
        }
    }

    /// Text pairs of a table, in the order of the file.
    pub fn pairs(&mut self, key: &'static str, faults: &mut Faults) -> Vec<(usize, String, String)> {
        let Some(node) = self.take(key) else { return Vec::new() };
        let Value::Table(entries) = &node.value else {
            self.wrong(key, "a table of texts", node, faults);
            return Vec::new();
        };
        let mut pairs = Vec::new();
        for entry in entries {
            match entry.node.as_text() {
                Some(text) => pairs.push((entry.line, entry.key.clone(), text.to_owned())),
                None => self.wrong(&entry.key, "a text", &entry.node, faults),
            }
        }
        pairs
    }

    /// Whole numbers of a table, in the order of the file.
    pub fn numbers(&mut self, key: &'static str, faults: &mut Faults) -> Vec<(usize, String, i64)> {
        let Some(node) = self.take(key) else { return Vec::new() };
        let Value::Table(entries) = &node.value else {
            self.wrong(key, "a table of numbers", node, faults);
            return Vec::new();
        };
        let mut numbers = Vec::new();
        for entry in entries {
            match &entry.node.value {
                Value::Number(number) => numbers.push((entry.line, entry.key.clone(), *number)),
                _ => self.wrong(&entry.key, "a whole number", &entry.node, faults),
            }
        }
        numbers
    }

    /// A word of a closed list, given by its own `from_name`.
    pub fn word<T>(
        &mut self,
        key: &'static str,
        from_name: impl Fn(&str) -> Option<T>,
        names: &[&str],
        faults: &mut Faults,
    ) -> Option<T> {
        let line = self.line_of(key);
        let text = self.text(key, faults)?;
        let word = from_name(&text);
        if word.is_none() {
            let what = &self.what;
            faults.add(line, format_args!("`{key}` of {what} is `{text}`; it can be {}", names.join(", ")));
        }
        word
    }

    #[cfg(test)]
    pub fn asked(&self) -> &BTreeSet<&'static str> {
        &self.read
    }

    /// Every key that was never asked for is a fault.
    pub fn close(self, faults: &mut Faults) {
        for entry in self.entries {
            if !self.read.contains(entry.key.as_str()) {
                faults.add(entry.line, format_args!("{} has an unknown key `{}`", self.what, entry.key));
            }
        }
    }
}
