//! How old a reader must be: the Flesch–Kincaid grade and five years.
//!
//! Kincaid, Fishburne, Rogers and Chissom, "Derivation of New Readability Formulas for Navy Enlisted Personnel", Research
//! Branch Report 8-75, Naval Technical Training Command, 1975:
//!
//! ```text
//! grade = 0.39 × words / sentences + 11.8 × syllables / words − 15.59
//! age   = grade + 5        (a child of the first grade is six)
//! ```
//!
//! It was made for running text. A text is therefore judged by its whole sentences alone: short options such as "Yes" would
//! make it look easier than it is. A phrase of fewer than `shortest` words is not judged by itself, since one long word
//! decides it. Target, limits, names and exceptions are data: `xtask/reading.toml`.

pub mod page;
pub mod sentence;
pub mod syllables;

use std::{collections::BTreeMap, ops::AddAssign};

use serde::Deserialize;

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Reading {
    /// Who asks for it, and when this was read.
    pub source: String,
    pub date: String,
    /// Ages in years: what is wished, what no service may pass, what no sentence may pass.
    pub target: f64,
    pub service_limit: f64,
    pub sentence_limit: f64,
    /// Words; a shorter sentence is not judged by itself.
    pub shortest: usize,
    /// Names of bodies, laws and things: each is one easy word, since nobody can say them shorter.
    pub names: Vec<String>,
    /// Small letters → syllables, for words the counter gets wrong.
    pub syllables: BTreeMap<String, usize>,
    #[serde(default)]
    pub exception: Vec<Accepted>,
}

/// A sentence over the limit that was looked at.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Accepted {
    pub says: String,
    pub reason: String,
}

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Count {
    pub sentences: usize,
    pub words: usize,
    pub syllables: usize,
}

impl AddAssign for Count {
    fn add_assign(&mut self, more: Count) {
        self.sentences += more.sentences;
        self.words += more.words;
        self.syllables += more.syllables;
    }
}

impl Count {
    /// In years; none where there is no word.
    #[expect(clippy::cast_precision_loss, reason = "counts of words are far below 2^52")]
    pub fn age(self) -> Option<f64> {
        let per = |some: usize, each: usize| (each > 0).then(|| some as f64 / each as f64);
        Some(0.39 * per(self.words, self.sentences)? + 11.8 * per(self.syllables, self.words)? - 15.59 + 5.0)
    }
}

/// The figures of one service, or of one file: whole sentences, and all phrases as if each were a sentence.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Figures {
    pub whole: Count,
    pub all: Count,
}

impl Figures {
    /// By its whole sentences; by its phrases where it has none. To a tenth: what is judged is what is printed.
    pub fn age(&self) -> f64 {
        (self.whole.age().or(self.all.age()).unwrap_or(0.0) * 10.0).round() / 10.0
    }
}

impl Reading {
    pub fn count(&self, sentence: &str) -> Count {
        let words = sentence::words(&self.without_names(sentence));
        let syllables = words.iter().map(|word| syllables::of(word, &self.syllables)).sum();
        Count { sentences: usize::from(!words.is_empty()), words: words.len(), syllables }
    }

    pub fn figures<'t>(&self, texts: impl IntoIterator<Item = &'t str>) -> Figures {
        let mut figures = Figures::default();
        for sentence in texts.into_iter().flat_map(sentence::split) {
            let count = self.count(sentence);
            figures.all += count;
            if sentence::is_whole(sentence) {
                figures.whole += count;
            }
        }
        figures
    }

    /// Names become a figure, which counts as one easy word. Longer names first: one may stand in another.
    fn without_names(&self, text: &str) -> String {
        let mut names: Vec<&str> = self.names.iter().map(String::as_str).collect();
        names.sort_by_key(|name| std::cmp::Reverse(name.len()));
        names.iter().fold(text.replace('’', "'"), |text, name| {
            let mut left = String::new();
            let mut from = 0;
            for at in places(&text, &name.replace('’', "'")) {
                left.push_str(&text[from..at]);
                left.push('0');
                from = at + name.replace('’', "'").len();
            }
            left + &text[from..]
        })
    }

    pub fn uses(&self, name: &str, text: &str) -> bool {
        !places(&text.replace('’', "'"), &name.replace('’', "'")).is_empty()
    }
}

/// Where `name` stands in `text` with no letter beside it.
fn places(text: &str, name: &str) -> Vec<usize> {
    let letter = |one: Option<char>| one.is_some_and(char::is_alphanumeric);
    let free = |at: &usize| !letter(text[..*at].chars().next_back()) && !letter(text[at + name.len()..].chars().next());
    text.match_indices(name).map(|(at, _)| at).filter(free).collect()
}

#[cfg(test)]
pub(crate) fn planted() -> Reading {
    toml::from_str(
        "source = 'S-1: easy'\ndate = '2026-11-27'\ntarget = 9.0\nservice_limit = 9.0\nsentence_limit = 14.0\nshortest = 5\n\
         names = ['Moon Police', 'Moon', \"Clare's Law\"]\n[syllables]\nanyone = 3\n",
    )
    .unwrap()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn age(text: &str) -> f64 {
        planted().figures([text]).age()
    }

    #[test]
    fn the_formula_is_the_published_one() {
        // Ten words, twelve syllables, two sentences: 0.39 × 5 + 11.8 × 1.2 − 15.59 = 0.52.
        let count = Count { sentences: 2, words: 10, syllables: 12 };
        assert!((count.age().unwrap() - 5.52).abs() < 1e-9);
        assert_eq!(Count::default().age(), None);
    }

    #[test]
    fn a_sentence_with_long_words_reads_older() {
        assert!(
            age("An administrative determination necessitates documentation.") > age("We need your papers to decide.")
        );
    }

    #[test]
    fn a_long_sentence_reads_older_than_two_short_ones() {
        assert!(
            age("We look at it and then we tell you what we do.") > age("We look at it. Then we tell you what we do.")
        );
    }

    #[test]
    fn a_name_is_one_easy_word() {
        let reading = planted();
        let two = Count { sentences: 1, words: 2, syllables: 2 };
        assert_eq!(reading.count("Ask Moon Police."), two);
        assert_eq!(reading.count("Ask Moon."), two);
        assert_eq!(reading.count("Use Clare’s Law."), two);
        assert_eq!(reading.count("Ask Moonlight.").syllables, 3, "a name in another word is none");
    }

    #[test]
    fn short_options_do_not_make_a_text_easier() {
        let reading = planted();
        let alone = reading.figures(["We need your papers to decide."]);
        let with = reading.figures(["We need your papers to decide.", "Yes", "No"]);
        assert_eq!(alone.age(), with.age());
        assert!(with.all.age() < alone.all.age());
        assert!(reading.figures(["Yes"]).age() < 9.0);
    }
}
