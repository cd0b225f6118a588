//! The search index: words under the number of a part. Each engine has its own kind; both get the same words.

use super::{Inner, Tx};
use crate::Result;
use std::{cmp::Reverse, collections::BTreeSet};
use unicode_normalization::{UnicodeNormalization, char::is_combining_mark};

/// Found rows are capped: a page shows half as many, and a count over all would read the whole index.
const MOST_FOUND: i64 = 50;
/// Lists of that length that are read for a rare word, before all words are looked up side by side.
const MOST_READ: usize = 8;
/// Different words of one report that count, from the first; with the next it keeps below the 1 MB PostgreSQL takes.
const MOST_INDEXED: usize = 3000;
/// Letters of a word that count.
const LONGEST_WORD: usize = 64;

impl Tx<'_> {
    pub(crate) fn create_word_index(&mut self) -> Result<()> {
        match &self.inner {
            Inner::Lite { .. } => self.batch(
                // How long a report is, is never asked. Without `detail` the index would be read from end to end.
                "CREATE VIRTUAL TABLE report_word USING fts5(words, columnsize = 0, \
                 tokenize = 'unicode61 remove_diacritics 2'); \
                 INSERT INTO report_word (report_word, rank) VALUES ('secure-delete', 1);",
            ),
            Inner::Pg(_) => self.batch(
                "CREATE TABLE report_word (number BIGINT PRIMARY KEY, words TSVECTOR NOT NULL); \
                 CREATE INDEX report_word_by_word ON report_word USING GIN (words);",
            ),
        }
    }

    /// Puts words under a number, in place of what was there: without case and accents, cut where they are neither letter
    /// nor digit. The engines' own cutters differ (an e-mail address is one word to PostgreSQL), so they get none to do.
    pub fn index_words(&mut self, number: i64, words: &str) -> Result<()> {
        let mut seen = BTreeSet::new();
        let words: Vec<String> = folded(words).filter(|word| seen.insert(word.clone())).take(MOST_INDEXED).collect();
        let words = words.join(" ");
        match &self.inner {
            Inner::Lite { .. } => {
                self.run("INSERT OR REPLACE INTO report_word (rowid, words) VALUES ($1, $2)", &[&number, &words])?;
            }
            Inner::Pg(_) => {
                self.run(
                    "INSERT INTO report_word (number, words) VALUES ($1, array_to_tsvector(array_remove(string_to_array($2, ' '), ''))) \
                     ON CONFLICT (number) DO UPDATE SET words = excluded.words",
                    &[&number, &words],
                )?;
            }
        }
        Ok(())
    }

    /// Forgets the words under a number.
    pub fn forget_words(&mut self, number: i64) -> Result<()> {
        match &self.inner {
            Inner::Lite { .. } => self.run("DELETE FROM report_word WHERE rowid = $1", &[&number])?,
            Inner::Pg(_) => self.run("DELETE FROM report_word WHERE number = $1", &[&number])?,
        };
        Ok(())
    }

    /// The numbers under which every one of the words stands, newest first. Where none has all of them whole, the last one
    /// may be the beginning of a word. `label` is a word that must stand there whole: the agency whose words they are.
    pub fn find_words(&mut self, label: &str, words: &str) -> Result<Vec<i64>> {
        let words: Vec<String> = folded(words).take(8).collect();
        let label = folded(label).collect::<String>();
        if words.is_empty() {
            return Ok(Vec::new());
        }
        let led = match &self.inner {
            Inner::Lite { .. } => self.found_by_rarest(&label, &words)?,
            Inner::Pg(_) => None,
        };
        let whole = match led {
            Some(found) => found,
            None => self.found_by(&label, &words, false)?,
        };
        if whole.is_empty() { self.found_by(&label, &words, true) } else { Ok(whole) }
    }

    /// FTS5 walks the lists of all words side by side, so one rare word beside two common ones costs the length of the
    /// common ones. Here the rarest leads, and what it finds is read. None where that would read too much.
    fn found_by_rarest(&mut self, label: &str, words: &[String]) -> Result<Option<Vec<i64>>> {
        // Numbers and long words tend to be rare: where one of them is, the others need no list.
        let mut likely: Vec<&String> = words.iter().collect();
        likely.sort_by_key(|word| (!word.contains(|c: char| c.is_ascii_digit()), Reverse(word.len())));
        let mut rarest: Option<(&String, Vec<i64>)> = None;
        for word in likely {
            let newest = self.newest(word, i64::MAX)?;
            let whole = (newest.len() as i64) < MOST_FOUND;
            // Newest first: the list that reaches back farther is of a rarer word.
            if whole || rarest.as_ref().is_none_or(|(_, list)| newest.last() < list.last()) {
                rarest = Some((word, newest));
            }
            if whole {
                break;
            }
        }
        let Some((word, mut list)) = rarest else { return Ok(None) };
        let mut found = Vec::new();
        for _ in 0..MOST_READ {
            for number in &list {
                let read: Option<(String,)> =
                    self.maybe("SELECT words FROM report_word WHERE rowid = $1", &[number])?;
                let read = read.map(|(words,)| words).unwrap_or_default();
                let has = |word: &str| read.split(' ').any(|one| one == word);
                if has(label) && words.iter().all(|word| has(word)) {
                    found.push(*number);
                }
                if found.len() as i64 == MOST_FOUND {
                    return Ok(Some(found));
                }
            }
            match list.last() {
                Some(last) if list.len() as i64 == MOST_FOUND => list = self.newest(word, *last)?,
                _ => return Ok(Some(found)),
            }
        }
        Ok(None)
    }

    /// The newest numbers below one, under which a word stands.
    fn newest(&mut self, word: &str, below: i64) -> Result<Vec<i64>> {
        let rows: Vec<(i64,)> = self.all(
            "SELECT rowid FROM report_word WHERE report_word MATCH $1 AND rowid < $2 ORDER BY rowid DESC LIMIT $3",
            &[&format!("\"{word}\""), &below, &MOST_FOUND],
        )?;
        Ok(rows.into_iter().map(|(number,)| number).collect())
    }

    fn found_by(&mut self, label: &str, words: &[String], beginning: bool) -> Result<Vec<i64>> {
        let last = words.len() - 1;
        let terms = |quote: char, star: &str, and: &str| {
            let term = |(n, word)| format!("{quote}{word}{quote}{}", if beginning && n == last { star } else { "" });
            let words: Vec<String> = words.iter().enumerate().map(term).collect();
            format!("{quote}{label}{quote}{and}{}", words.join(and))
        };
        let rows: Vec<(i64,)> = match &self.inner {
            Inner::Lite { .. } => self.all(
                "SELECT rowid FROM report_word WHERE report_word MATCH $1 ORDER BY rowid DESC LIMIT $2",
                &[&terms('"', "*", " "), &MOST_FOUND],
            )?,
            Inner::Pg(_) => self.all(
                "SELECT number FROM report_word WHERE words @@ CAST(CAST($1 AS TEXT) AS tsquery) \
                 ORDER BY number DESC LIMIT $2",
                &[&terms('\'', ":*", " & "), &MOST_FOUND],
            )?,
        };
        Ok(rows.into_iter().map(|(number,)| number).collect())
    }
}

/// Words as they are looked for.
fn folded(text: &str) -> impl Iterator<Item = String> {
    let plain: String = text.to_lowercase().nfd().filter(|c| !is_combining_mark(*c)).collect();
    let words: Vec<String> = plain
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(|word| word.chars().take(LONGEST_WORD).collect())
        .collect();
    words.into_iter()
}

#[cfg(test)]
mod tests {
    use super::folded;

    fn words(text: &str) -> Vec<String> {
        folded(text).collect()
    }

    #[test]
    fn case_and_accents_do_not_matter() {
        assert_eq!(words("CAFÉ Zoë İzmir"), ["cafe", "zoe", "izmir"]);
    }

    #[test]
    fn an_address_is_as_many_words_as_it_has_parts() {
        assert_eq!(words("robin@example.org, 01632-960123"), ["robin", "example", "org", "01632", "960123"]);
    }

    #[test]
    fn signs_alone_are_no_words() {
        assert_eq!(words("  --- '\" * & | ! () :* "), Vec::<String>::new());
    }

    #[test]
    fn a_word_without_end_is_cut() {
        assert_eq!(words(&"x".repeat(5000))[0].len(), 64);
    }
}
