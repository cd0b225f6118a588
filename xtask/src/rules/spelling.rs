//! Standing words are spelt as the dictionary has them, or stand in `xtask/words.txt`.

use std::collections::{BTreeMap, BTreeSet};

use anyhow::Context;

use crate::{
    found::Found,
    repository::Repository,
    spelling,
    standing::{self, Block},
};

const LIST: &str = "xtask/words.txt";

/// # Errors
/// When the words, the list or the dictionary cannot be read.
pub fn find(repository: &Repository) -> anyhow::Result<Found> {
    let list = repository.file(LIST).with_context(|| format!("{LIST} is absent"))?.text();
    let blocks = standing::blocks(repository)?;
    let ci = std::env::var_os("CI").is_some();
    check(list, &blocks, ci, |words| Ok(spelling::unknown(words)?))
}

fn check(
    list: &str,
    blocks: &[Block],
    must_be_there: bool,
    unknown: impl Fn(&BTreeSet<String>) -> anyhow::Result<Option<BTreeSet<String>>>,
) -> anyhow::Result<Found> {
    let mut found = Found::default();
    let mut used: BTreeMap<String, Vec<&Block>> = BTreeMap::new();
    for block in blocks {
        for word in spelling::words(&block.text) {
            used.entry(word).or_default().push(block);
        }
    }
    let own: Vec<&str> = list.lines().collect();
    let sorted = |pair: &[&str]| (pair[0].to_lowercase(), pair[0]) < (pair[1].to_lowercase(), pair[1]);
    for (at, pair) in own.windows(2).enumerate().filter(|(_, pair)| !sorted(pair)) {
        found.fault(LIST, at + 2, format!("{} must stand before {}, and each word once", pair[1], pair[0]));
    }
    for (at, word) in own.iter().enumerate().filter(|(_, word)| !used.keys().any(|used| is(used, word))) {
        found.fault(LIST, at + 1, format!("{word} is used nowhere"));
    }
    let ask: BTreeSet<String> = used.keys().filter(|word| !own.iter().any(|own| is(word, own))).cloned().collect();
    found.note(format!("{} words, {} of our own", used.len(), own.len()));
    match unknown(&ask)? {
        None if must_be_there => {
            found.fault(LIST, 0, "hunspell or its dictionary en_GB is absent: scripts/setup.sh test")
        }
        None => found.note("skipped: hunspell or its dictionary en_GB is absent (Debian: hunspell hunspell-en-gb)"),
        Some(unknown) => {
            for (word, places) in used.iter().filter(|(word, _)| unknown.contains(*word)) {
                for block in places {
                    found.fault(&block.path, block.line, format!("{word} is in no dictionary ({})", block.key));
                }
            }
        }
    }
    Ok(found)
}

/// The word of the list, at the start of a sentence too, or what belongs to it.
fn is(used: &str, own: &str) -> bool {
    let bare = used.strip_suffix("'s").unwrap_or(used);
    let begins = || own.chars().all(|letter| !letter.is_uppercase()) && bare.to_lowercase() == own;
    bare == own || used == own || begins()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn faults(list: &str, text: &str, ci: bool, known: Option<&[&str]>) -> Vec<String> {
        let block = Block { path: "services/a/en.toml".into(), line: 4, key: "k".into(), text: text.into() };
        let unknown = |words: &BTreeSet<String>| {
            Ok(known.map(|known| words.iter().filter(|word| !known.contains(&word.as_str())).cloned().collect()))
        };
        let found = check(list, &[block], ci, unknown).unwrap();
        found.faults.iter().map(ToString::to_string).collect()
    }

    #[test]
    fn a_word_in_no_dictionary_is_found_where_it_stands() {
        let said = faults("", "Dumped rubish", false, Some(&["Dumped"]));
        assert_eq!(said, ["services/a/en.toml:4: rubish is in no dictionary (k)"]);
    }

    #[test]
    fn a_word_of_our_own_is_let_be_and_what_belongs_to_it() {
        for text in ["BikeRegister", "BikeRegister’s page", "Vapes vapes"] {
            let own = if text.contains("apes") { "vapes" } else { "BikeRegister" };
            assert!(faults(own, text, false, Some(&["page"])).is_empty(), "{text}");
        }
        assert_eq!(faults("BikeRegister", "bikeregister BikeRegister", false, Some(&[])).len(), 1);
    }

    #[test]
    fn a_listed_word_that_nothing_uses_is_found() {
        assert_eq!(faults("vapes", "nothing", false, None), ["xtask/words.txt:1: vapes is used nowhere"]);
    }

    #[test]
    fn the_list_is_sorted_and_has_each_word_once() {
        assert!(faults("abh\nBikeRegister\nvapes", "abh BikeRegister vapes", false, None).is_empty());
        assert_eq!(faults("vapes\nabh", "abh vapes", false, None).len(), 1);
        assert_eq!(faults("abh\nabh", "abh", false, None).len(), 1);
    }

    #[test]
    fn an_absent_dictionary_is_a_fault_only_where_it_must_be_there() {
        assert!(faults("", "rubish", false, None).is_empty());
        assert!(faults("", "rubish", true, None)[0].contains("is absent"));
    }
}
