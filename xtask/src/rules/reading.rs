//! Standing words are easy to read: every service as a whole, and every sentence.

use std::collections::BTreeMap;

use crate::{
    allowed,
    found::Found,
    generated,
    reading::{Reading, page, sentence, syllables},
    report_types,
    repository::Repository,
    standing::{self, Block},
};

const PAGE: &str = "docs/reading-age.md";

/// # Errors
/// When `reading.toml` or a definition cannot be read, or the page cannot be written.
pub fn find(repository: &Repository) -> anyhow::Result<Found> {
    let reading: Reading = allowed::read(repository, "reading.toml")?;
    let blocks: Vec<_> = standing::blocks(repository)?.into_iter().filter(|block| !block.for_staff()).collect();
    let catalogue = report_types::catalogue(repository)?;
    let rows = page::rows(&reading, &catalogue, &blocks)?;
    let pages = [generated::Page { path: PAGE.into(), text: page::text(&reading, &rows) }];
    let mut found = generated::hold(repository, "reading", "", &pages)?;
    for row in rows.iter().filter(|row| row.figures.age() > reading.service_limit) {
        found.fault(
            &row.path,
            0,
            format!("reading age {:.1}; {:.1} at most", row.figures.age(), reading.service_limit),
        );
    }
    sentences(&reading, &blocks, &mut found);
    lists(&reading, &blocks, &mut found);
    let above = rows.iter().filter(|row| row.figures.age() > reading.target).count();
    found.note(format!("{} texts, {above} above the target of {:.1}", rows.len(), reading.target));
    Ok(found)
}

fn sentences(reading: &Reading, blocks: &[Block], found: &mut Found) {
    for block in blocks {
        for sentence in sentence::split(&block.text) {
            let count = reading.count(sentence);
            let age = count.age().unwrap_or(0.0);
            let accepted = reading.exception.iter().any(|one| one.says == sentence);
            if age > reading.sentence_limit && count.words >= reading.shortest && !accepted {
                found.fault(&block.path, block.line, format!("reading age {age:.1}: {sentence}"));
            }
        }
    }
}

/// A name or an exception that nothing needs any more goes.
fn lists(reading: &Reading, blocks: &[Block], found: &mut Found) {
    for name in reading.names.iter().filter(|name| !blocks.iter().any(|block| reading.uses(name, &block.text))) {
        found.fault("xtask/reading.toml", 0, format!("the name {name} is used nowhere"));
    }
    for (word, count) in &reading.syllables {
        if syllables::of(word, &BTreeMap::new()) == *count {
            found.fault("xtask/reading.toml", 0, format!("the counter is right about {word}"));
        }
    }
    for one in &reading.exception {
        let age = reading.count(&one.says).age().unwrap_or(0.0);
        let said = blocks.iter().any(|block| sentence::split(&block.text).contains(&one.says.as_str()));
        if !said || age <= reading.sentence_limit {
            found.fault("xtask/reading.toml", 0, format!("the exception is not needed: {}", one.says));
        }
        if one.reason.split_whitespace().count() < 3 {
            found.fault("xtask/reading.toml", 0, format!("an exception without a reason: {}", one.says));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::reading::{Accepted, planted};

    const HARD: &str = "An administrative determination necessitates comprehensive documentation.";

    fn block(text: &str) -> Block {
        Block { path: "services/lamp/en.toml".into(), line: 3, key: "service.summary".into(), text: text.into() }
    }

    fn faults(reading: &Reading, text: &str) -> Vec<String> {
        let mut found = Found::default();
        sentences(reading, &[block(text)], &mut found);
        lists(reading, &[block(text), block("Moon, Moon Police, Clare’s Law")], &mut found);
        found.faults.iter().map(ToString::to_string).collect()
    }

    fn with(says: &str, reason: &str) -> Reading {
        Reading { exception: vec![Accepted { says: says.into(), reason: reason.into() }], ..planted() }
    }

    #[test]
    fn a_hard_sentence_is_found_with_its_line_whatever_stands_around_it() {
        let found = faults(&planted(), &format!("It is easy. {HARD}"));
        assert_eq!(found.len(), 1);
        assert!(found[0].starts_with("services/lamp/en.toml:3: reading age ") && found[0].ends_with(HARD), "{found:?}");
        assert!(faults(&planted(), "It is easy. Administrative documentation.").is_empty(), "a short phrase");
    }

    #[test]
    fn an_exception_is_for_one_sentence_and_must_be_needed() {
        assert!(faults(&with(HARD, "the law says it so"), HARD).is_empty());
        assert_eq!(faults(&with(HARD, "so be"), HARD).len(), 1, "a reason is a sentence");
        assert!(faults(&with(HARD, "the law says it so"), "Easy.")[0].contains("is not needed"));
        assert!(faults(&with("Easy.", "the law says it so"), "Easy.")[0].contains("is not needed"));
    }

    #[test]
    fn a_word_the_counter_is_right_about_need_not_be_listed() {
        let mut reading = planted();
        reading.syllables.insert("plate".into(), 1);
        assert_eq!(faults(&reading, "Easy."), ["xtask/reading.toml: the counter is right about plate"]);
    }

    #[test]
    fn a_name_that_nothing_uses_is_found() {
        let mut found = Found::default();
        lists(&planted(), &[block("Moon Police, Clare’s Law")], &mut found);
        assert!(found.faults.is_empty());
        lists(&planted(), &[block("Moon, Clare’s Law")], &mut found);
        assert_eq!(found.faults[0].to_string(), "xtask/reading.toml: the name Moon Police is used nowhere");
    }
}
