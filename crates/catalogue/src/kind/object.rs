//! Reading natural JSON: wrong shapes and unknown keys are problems with a field to link to.

use super::at::At;
use super::clean::{clean, length};
use crate::Problem;
use serde_json::{Map, Value};

/// The most characters of a short part: a name, a make, a code word.
pub(super) const SHORT: usize = 200;

pub(super) struct Object<'a, 'q> {
    pub at: &'a At<'q>,
    /// Part under which this object's fields stand: `0` for a row, empty for the whole.
    part: String,
    map: &'a Map<String, Value>,
    read: Vec<&'static str>,
    pub problems: Vec<Problem>,
}

impl<'a, 'q> Object<'a, 'q> {
    pub fn of(at: &'a At<'q>, part: &str, value: &'a Value) -> Result<Object<'a, 'q>, Vec<Problem>> {
        match value {
            Value::Object(map) => Ok(Object { at, part: part.to_owned(), map, read: Vec::new(), problems: Vec::new() }),
            _ => Err(vec![at.problem(part, "json.shape", &[("shape", "an object")])]),
        }
    }

    fn part(&self, key: &str) -> String {
        if self.part.is_empty() { key.to_owned() } else { format!("{}.{key}", self.part) }
    }

    pub fn wrong(&mut self, key: &str, shape: &str) {
        let problem = self.at.problem(&self.part(key), "json.shape", &[("shape", shape)]);
        self.problems.push(problem);
    }

    /// Null counts as absent.
    pub fn value(&mut self, key: &'static str) -> Option<&'a Value> {
        self.read.push(key);
        self.map.get(key).filter(|value| !value.is_null())
    }

    pub fn long(&mut self, key: &'static str, most: usize, lines: bool) -> Option<String> {
        let value = self.value(key)?;
        let Value::String(raw) = value else {
            self.wrong(key, "a text");
            return None;
        };
        match clean(raw, lines) {
            Ok(text) if length(&text) > most => {
                let problem = self.at.problem(&self.part(key), "text.long", &[("max", &most.to_string())]);
                self.problems.push(problem);
                None
            }
            Ok(text) => Some(text).filter(|text| !text.is_empty()),
            Err(problem) => {
                let problem = self.at.problem(&self.part(key), problem, &[]);
                self.problems.push(problem);
                None
            }
        }
    }

    pub fn text(&mut self, key: &'static str) -> Option<String> {
        self.long(key, SHORT, false)
    }

    pub fn flag(&mut self, key: &'static str) -> bool {
        match self.value(key) {
            None => false,
            Some(Value::Bool(set)) => *set,
            Some(_) => {
                self.wrong(key, "true or false");
                false
            }
        }
    }

    /// A text that must be one of a closed list.
    pub fn word<T>(&mut self, key: &'static str, from_name: impl Fn(&str) -> Option<T>) -> Option<T> {
        let value = self.value(key)?;
        let word = value.as_str().and_then(from_name);
        if word.is_none() {
            self.wrong(key, "one of its words");
        }
        word
    }

    pub fn list(&mut self, key: &'static str) -> &'a [Value] {
        match self.value(key) {
            None => &[],
            Some(Value::Array(list)) => list,
            Some(_) => {
                self.wrong(key, "a list");
                &[]
            }
        }
    }

    /// A list of closed words, each once.
    pub fn words<T: PartialEq>(&mut self, key: &'static str, from_name: impl Fn(&str) -> Option<T>) -> Vec<T> {
        let mut words = Vec::new();
        for value in self.list(key) {
            match value.as_str().and_then(&from_name) {
                Some(word) if !words.contains(&word) => words.push(word),
                Some(_) => {}
                None => self.wrong(key, "a list of its words"),
            }
        }
        words
    }

    /// Every key that was not asked for is a problem.
    pub fn done<T>(mut self, made: T) -> Result<T, Vec<Problem>> {
        for key in self.map.keys().filter(|key| !self.read.contains(&key.as_str())) {
            let key = super::safe_words(key, 60);
            self.problems.push(self.at.problem(&self.part, "json.key", &[("key", &key)]));
        }
        if self.problems.is_empty() { Ok(made) } else { Err(self.problems) }
    }
}

/// The rows of a list, at most `most`.
pub(super) fn rows<'v>(at: &At, value: &'v Value, most: usize) -> Result<&'v [Value], Vec<Problem>> {
    match value {
        Value::Array(rows) if rows.len() <= most => Ok(rows),
        Value::Array(_) => Err(vec![at.problem("", "rows.many", &[("max", &most.to_string())])]),
        _ => Err(vec![at.problem("", "json.shape", &[("shape", "a list")])]),
    }
}
