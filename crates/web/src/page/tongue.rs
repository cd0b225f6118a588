//! The language a page is read in, and the words of the frame and of reporting in it (P-108).
//!
//! The visitor chose it, or it is English. It is ambient for the length of a request, set by the guard and read where a frame or
//! a journey begins: every page has a frame, and no page is to be forgotten.

use super::{cookie, linked};
use crate::{App, govuk::Html};
use axum::http::HeaderMap;
use catalogue::{Language, Words};
use std::{
    collections::BTreeMap,
    sync::{Arc, LazyLock},
};

pub const COOKIE: &str = "language";

/// `crates/web/words/<tag>.toml`, by tag.
const TEXTS: &[(&str, &str)] = &[
    ("en", include_str!("../../words/en.toml")),
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

/// Words that lack nothing, by tag, and whether a person who speaks the language has read them. A test names what is lacking.
static WORDS: LazyLock<BTreeMap<&str, (Words, bool)>> = LazyLock::new(|| {
    let read = |text| catalogue::words_of(text).ok();
    let english = TEXTS.first().and_then(|(_, text)| read(text)).map(|(words, _)| words).unwrap_or_default();
    let whole = TEXTS.iter().filter_map(|(tag, text)| Some((*tag, read(text)?)));
    whole.filter(|(_, (words, _))| catalogue::lacks(&english, words).is_empty()).collect()
});

/// The house's own language.
pub static ENGLISH: Tongue = Tongue(None);

tokio::task_local! {
    static CHOSEN: Tongue;
}

/// A language with the words of the frame. Cheap to clone.
#[derive(Clone, Debug, Default)]
pub struct Tongue(Option<(Arc<Language>, &'static (Words, bool))>);

impl Tongue {
    /// The languages that are offered: those of the data that have words here.
    pub fn all(app: &App) -> impl Iterator<Item = Tongue> {
        let known = |language: &Arc<Language>| Some((language.clone(), WORDS.get(language.tag.as_str())?));
        app.setting.catalogue.languages().iter().filter_map(known).map(|known| Tongue(Some(known)))
    }

    pub fn by_tag(app: &App, tag: &str) -> Option<Tongue> {
        if tag == "en" { Some(Tongue::default()) } else { Tongue::all(app).find(|tongue| tongue.tag() == tag) }
    }

    /// The one that the cookie names; English without.
    pub fn of(app: &App, headers: &HeaderMap) -> Tongue {
        cookie::word(headers, COOKIE).and_then(|tag| Tongue::by_tag(app, &tag)).unwrap_or_default()
    }

    /// That of the request.
    pub fn chosen() -> Tongue {
        CHOSEN.try_with(Clone::clone).unwrap_or_default()
    }

    pub async fn spoken<F: Future>(self, running: F) -> F::Output {
        CHOSEN.scope(self, running).await
    }

    pub fn tag(&self) -> &str {
        self.0.as_ref().map_or("en", |(language, _)| language.tag.as_str())
    }

    pub fn is_english(&self) -> bool {
        self.0.is_none()
    }

    pub fn direction(&self) -> &'static str {
        if self.0.as_ref().is_some_and(|(language, _)| language.right_to_left) { "rtl" } else { "ltr" }
    }

    /// A person who speaks it has read its words.
    pub fn is_reviewed(&self) -> bool {
        self.0.as_ref().is_none_or(|(_, (_, reviewed))| *reviewed)
    }

    /// As those who speak it write it.
    pub fn own(&self) -> &str {
        self.0.as_ref().map_or("English", |(language, _)| language.own.as_str())
    }

    pub fn heading<'a>(&'a self, group: &'a str) -> Option<&'a str> {
        self.0.as_ref().map_or(Some(group), |(language, _)| language.group(group))
    }

    pub fn say(&self, key: &str) -> &'static str {
        let english = || WORDS.get("en").and_then(|(words, _)| words.get(key)).unwrap_or("");
        self.0.as_ref().and_then(|(_, (words, _))| words.get(key)).unwrap_or_else(english)
    }

    /// With a value in the place of each name in braces.
    pub fn fill(&self, key: &str, values: &[(&str, &str)]) -> String {
        values.iter().fold(self.say(key).to_owned(), |text, (name, value)| text.replace(&format!("{{{name}}}"), value))
    }

    /// With numbers to call and addresses as links; what stands in brackets leads to `to`.
    pub fn linked(&self, key: &str, to: &str) -> Html {
        linked(self.say(key), to)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_language_has_every_word() {
        let read = |text| catalogue::words_of(text).unwrap_or_else(|faults| panic!("{faults:?}")).0;
        let english = read(TEXTS[0].1);
        for (tag, text) in TEXTS {
            let found: Vec<String> =
                catalogue::lacks(&english, &read(text)).iter().map(|lost| format!("{tag}: {lost}")).collect();
            assert!(found.is_empty(), "{}", found.join("\n"));
            let brackets = |words: &Words, key: &str| words.say(key).matches(['[', ']']).count();
            for key in english.own_keys() {
                assert_eq!(brackets(&english, key), brackets(&read(text), key), "{tag}: {key}");
            }
        }
    }

    #[test]
    fn every_word_that_a_page_asks_for_is_there_and_every_word_is_asked_for() {
        let (english, _) = catalogue::words_of(TEXTS[0].1).unwrap();
        let mut asked = std::collections::BTreeSet::new();
        let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR"));
        let mut folders = vec![root.join("src"), root.join("templates")];
        while let Some(folder) = folders.pop() {
            for entry in std::fs::read_dir(folder).unwrap() {
                let path = entry.unwrap().path();
                if path.is_dir() {
                    folders.push(path);
                    continue;
                }
                let text = std::fs::read_to_string(&path).unwrap();
                for part in text.split('"').skip(1) {
                    if english.get(part).is_some() {
                        asked.insert(part.to_owned());
                    }
                }
                for call in ["say(\"", "linked(\"", "fill(\"", "chrome(\""] {
                    for rest in text.split(call).skip(1) {
                        let key = rest.split('"').next().unwrap_or_default();
                        let ours = key.contains('.') && !key.contains([' ', '{']);
                        assert!(!ours || english.get(key).is_some(), "{}: {key}", path.display());
                    }
                }
            }
        }
        let unused: Vec<&str> = english.own_keys().filter(|key| !asked.contains(*key)).collect();
        assert!(unused.is_empty(), "{unused:?}");
    }
}
