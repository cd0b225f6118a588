use crate::source::Faults;
use crate::tree::{Entry, Node, Value};
use std::collections::BTreeMap;
use std::sync::LazyLock;

mod spoken;
pub(crate) use spoken::spoken;

/// The words of one service in one language, by key: `question.size.label`, `stop.danger.title`.
/// Words of the kinds (part labels, error sentences) stand behind them and may be overridden.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Words {
    texts: BTreeMap<String, String>,
    lists: BTreeMap<String, Vec<String>>,
    lines: BTreeMap<String, usize>,
    /// The words of the kinds in its language; English without.
    behind: Option<&'static Words>,
}

/// The words every kind of question has, in English.
static KINDS: LazyLock<Words> = LazyLock::new(|| {
    let mut faults = Faults::of("words/en.toml");
    let words = Words::read(include_str!("../words/en.toml"), &mut faults);
    debug_assert!(faults.done().is_empty(), "crates/catalogue/words/en.toml has faults");
    words
});

impl Words {
    pub(crate) fn read(text: &str, faults: &mut Faults) -> Words {
        let mut words = Words::default();
        if let Node { value: Value::Table(entries), .. } = Node::parse(text, faults) {
            words.flatten("", &entries, faults);
        }
        words
    }

    /// The words of a translation, and its table `[translation]`.
    pub(crate) fn read_translated(text: &str, faults: &mut Faults) -> (Words, Option<Node>) {
        let mut words = Words::default();
        let Node { value: Value::Table(entries), .. } = Node::parse(text, faults) else { return (words, None) };
        let (head, said): (Vec<Entry>, Vec<Entry>) = entries.into_iter().partition(|entry| entry.key == "translation");
        words.flatten("", &said, faults);
        (words, head.into_iter().next().map(|entry| entry.node))
    }

    /// These words, then those of the others, before the words of the kinds in the same language.
    pub(crate) fn before<'w>(&self, others: impl Iterator<Item = &'w Words>, kinds: &'static Words) -> Words {
        let mut all = Words { behind: Some(kinds), ..self.clone() };
        for other in others {
            for (key, text) in &other.texts {
                all.texts.entry(key.clone()).or_insert_with(|| text.clone());
            }
            for (key, list) in &other.lists {
                all.lists.entry(key.clone()).or_insert_with(|| list.clone());
            }
        }
        all.lines.clear();
        all
    }

    /// Its own texts, and its lists, by key.
    pub(crate) fn texts(&self) -> impl Iterator<Item = (&str, &str)> {
        self.texts.iter().map(|(key, text)| (key.as_str(), text.as_str()))
    }

    pub(crate) fn lists(&self) -> impl Iterator<Item = (&str, &[String])> {
        self.lists.iter().map(|(key, list)| (key.as_str(), list.as_slice()))
    }

    /// Not the language that dates are said in with the name of the month.
    pub(crate) fn is_foreign(&self) -> bool {
        self.behind.is_some()
    }

    /// The words of the kinds that stand behind these.
    pub(crate) fn kinds(&self) -> &'static Words {
        self.behind.unwrap_or(&KINDS)
    }

    fn flatten(&mut self, prefix: &str, entries: &[Entry], faults: &mut Faults) {
        for Entry { key, line, node } in entries {
            let key = if prefix.is_empty() { key.clone() } else { format!("{prefix}.{key}") };
            if self.lines.contains_key(&key) && !matches!(node.value, Value::Table(_)) {
                faults.add(*line, format_args!("`{key}` stands twice"));
            }
            match &node.value {
                Value::Table(entries) => {
                    self.flatten(&key, entries, faults);
                    continue;
                }
                Value::Text(text) if !text.trim().is_empty() => {
                    self.texts.insert(key.clone(), text.clone());
                }
                Value::Text(_) => faults.add(*line, format_args!("`{key}` is empty")),
                Value::List(items) => {
                    let texts: Option<Vec<String>> =
                        items.iter().map(|item| item.as_text().map(str::to_owned)).collect();
                    match texts {
                        Some(texts) if !texts.iter().any(|text| text.trim().is_empty()) => {
                            self.lists.insert(key.clone(), texts);
                        }
                        _ => faults.add(*line, format_args!("`{key}` must be a list of texts that are not empty")),
                    }
                }
                _ => faults.add(*line, format_args!("`{key}` must be a text, not {}", node.name())),
            }
            self.lines.insert(key, *line);
        }
    }

    pub(crate) fn get_own(&self, key: &str) -> Option<&str> {
        self.texts.get(key).map(String::as_str)
    }

    pub(crate) fn own_list(&self, key: &str) -> Option<&[String]> {
        self.lists.get(key).map(Vec::as_slice)
    }

    /// Whether it says this itself.
    pub(crate) fn has(&self, key: &str) -> bool {
        self.texts.contains_key(key) || self.lists.contains_key(key)
    }

    /// Its own text or list under the key, as JSON.
    pub(crate) fn json(&self, key: &str) -> serde_json::Value {
        match self.texts.get(key) {
            Some(text) => serde_json::Value::from(text.as_str()),
            None => self.lists.get(key).map_or(&[][..], Vec::as_slice).into(),
        }
    }

    /// The service's own words, then those of the kinds.
    pub fn get(&self, key: &str) -> Option<&str> {
        let behind = || self.behind.and_then(|kinds| kinds.texts.get(key)).or_else(|| KINDS.texts.get(key));
        self.texts.get(key).or_else(behind).map(String::as_str)
    }

    /// Empty where there are none. A definition that was loaded has all the words it needs.
    pub fn say(&self, key: &str) -> &str {
        self.get(key).unwrap_or("")
    }

    /// Paragraphs or synonyms.
    pub fn list(&self, key: &str) -> &[String] {
        let behind = || self.behind.and_then(|kinds| kinds.lists.get(key)).or_else(|| KINDS.lists.get(key));
        self.lists.get(key).or_else(behind).map_or(&[], Vec::as_slice)
    }

    pub fn label(&self, question: &str) -> &str {
        self.say(&format!("question.{question}.label"))
    }

    /// The short name of a question, for lists of answers; its label where it has none.
    pub fn short(&self, question: &str) -> &str {
        self.get(&format!("question.{question}.short")).unwrap_or_else(|| self.label(question))
    }

    pub fn hint(&self, question: &str) -> Option<&str> {
        self.get(&format!("question.{question}.hint"))
    }

    pub fn option(&self, question: &str, option: &str) -> &str {
        self.say(&format!("question.{question}.options.{option}"))
    }

    pub fn option_hint(&self, question: &str, option: &str) -> Option<&str> {
        self.get(&format!("question.{question}.hints.{option}"))
    }

    /// Label of a part of a kind, `where.text`; a question may have its own.
    pub fn part(&self, question: &str, kind: &str, part: &str) -> &str {
        self.get(&format!("question.{question}.parts.{part}"))
            .unwrap_or_else(|| self.say(&format!("{kind}.parts.{part}")))
    }

    pub fn notice(&self, id: &str) -> &str {
        self.say(&format!("notice.{id}"))
    }

    /// The keys of its own texts.
    pub fn own_keys(&self) -> impl Iterator<Item = &str> {
        self.texts.keys().map(String::as_str)
    }

    /// The service's own keys with their lines, for the check.
    pub(crate) fn keys(&self) -> impl Iterator<Item = (&str, usize)> {
        self.lines.iter().map(|(key, line)| (key.as_str(), *line))
    }

    pub(crate) fn is_text(&self, key: &str) -> bool {
        self.texts.contains_key(key)
    }

    pub(crate) fn is_list(&self, key: &str) -> bool {
        self.lists.contains_key(key)
    }

    /// The own texts under a prefix, by what follows it.
    pub(crate) fn under(&self, prefix: &str) -> BTreeMap<String, String> {
        let under =
            self.texts.iter().filter_map(|(key, text)| Some((key.strip_prefix(prefix)?.to_owned(), text.clone())));
        under.collect()
    }
}

/// The words of the kinds.
pub(crate) fn kinds() -> &'static Words {
    &KINDS
}

/// Puts values in the places of a sentence: `"Use {max} characters or fewer"`.
pub(crate) fn fill(sentence: &str, values: &[(&str, &str)]) -> String {
    values.iter().fold(sentence.to_owned(), |text, (name, value)| text.replace(&format!("{{{name}}}"), value))
}
