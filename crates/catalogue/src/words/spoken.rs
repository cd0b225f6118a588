//! The words of the kinds in other languages. What is not complete is left out, and a test names what it lacks.

use super::{KINDS, Words};
use crate::{source::Faults, translation};
use std::{collections::BTreeMap, sync::LazyLock};

/// By tag, as `services/languages.toml` has it.
pub(crate) const TEXTS: &[(&str, &str)] = &[
    ("pl", include_str!("../../words/pl.toml")),
    ("ro", include_str!("../../words/ro.toml")),
    ("es", include_str!("../../words/es.toml")),
    ("pt", include_str!("../../words/pt.toml")),
    ("zh-Hans", include_str!("../../words/zh-Hans.toml")),
    ("ar", include_str!("../../words/ar.toml")),
    ("so", include_str!("../../words/so.toml")),
    ("ur", include_str!("../../words/ur.toml")),
    ("bn", include_str!("../../words/bn.toml")),
    ("uk", include_str!("../../words/uk.toml")),
];

static SPOKEN: LazyLock<BTreeMap<&str, Words>> = LazyLock::new(|| {
    let read = TEXTS.iter().filter_map(|(tag, text)| {
        let mut faults = Faults::of(tag);
        let (words, _) = Words::read_translated(text, &mut faults);
        translation::compare(&KINDS, &words, &mut faults);
        faults.done().is_empty().then_some((*tag, words))
    });
    read.collect()
});

/// The words of the kinds in this language, if all are there.
pub(crate) fn spoken(tag: &str) -> Option<&'static Words> {
    SPOKEN.get(tag)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_words_of_the_kinds_are_complete_in_every_language() {
        for (tag, text) in TEXTS {
            let mut faults = Faults::of(&format!("crates/catalogue/words/{tag}.toml"));
            let (words, head) = Words::read_translated(text, &mut faults);
            translation::head(head.as_ref(), tag, &mut faults);
            translation::compare(&KINDS, &words, &mut faults);
            let found: Vec<String> = faults.done().iter().map(ToString::to_string).collect();
            assert!(found.is_empty(), "{}", found.join("\n"));
        }
    }
}
