//! A service in another language: the same questions with other words (P-108).
//!
//! `services/<id>/<tag>.toml` stands beside `en.toml` and has its keys, with a table `[translation]` that says of which version
//! it is and whether a person who speaks the language has read it. A service speaks a language when its own words, those of all
//! its parts and those of the kinds are there and complete; until then people read English. The hash of a service is that of its
//! English text: a translation changes no version.

use crate::source::{Fault, Faults, Source};
use crate::tree::{Node, Reader};
use crate::words::spoken;
use crate::{Language, Service, Words, compose};
use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

/// Services by language, then by id; what is wrong with a translation; and translations of an older version.
#[derive(Clone, Debug, Default)]
pub(crate) struct Told {
    pub services: BTreeMap<String, BTreeMap<String, Arc<Service>>>,
    pub faults: Vec<Fault>,
    pub stale: Vec<Fault>,
}

/// The table `[translation]`.
#[derive(Debug, Default)]
pub(crate) struct Head {
    pub reviewed: bool,
    pub version: Option<u32>,
}

pub(crate) fn head(node: Option<&Node>, tag: &str, faults: &mut Faults) -> Head {
    let Some(node) = node else {
        faults.add(0, "there is no table `[translation]`");
        return Head::default();
    };
    let Some(mut table) = Reader::of(node, "[translation]", faults) else { return Head::default() };
    let language = table.need_text("language", faults);
    if language != tag {
        faults.add(table.line_of("language"), format_args!("`{language}` is not the language of the file, `{tag}`"));
    }
    let read = Head { reviewed: table.flag("reviewed", faults), version: table.number("version", faults) };
    table.close(faults);
    read
}

/// Words that stand outside a service, and whether a person who speaks the language has read them. The English ones have no
/// table `[translation]`.
pub fn words_of(text: &str) -> Result<(Words, bool), Vec<Fault>> {
    let mut faults = Faults::of("words");
    let (words, node) = Words::read_translated(text, &mut faults);
    let mut reviewed = true;
    if let Some(mut table) = node.as_ref().and_then(|node| Reader::of(node, "[translation]", &mut faults)) {
        table.need_text("language", &mut faults);
        reviewed = table.flag("reviewed", &mut faults);
        table.close(&mut faults);
    }
    let found = faults.done();
    if found.is_empty() { Ok((words, reviewed)) } else { Err(found) }
}

/// What such words lack beside the English ones.
pub fn lacks(english: &Words, theirs: &Words) -> Vec<Fault> {
    let mut faults = Faults::of("words");
    compare(english, theirs, &mut faults);
    faults.done()
}

/// Every key of the English words and no other; every place for a value, number to call and address in each text.
pub(crate) fn compare(english: &Words, theirs: &Words, faults: &mut Faults) {
    for (key, text) in english.texts() {
        match theirs.get_own(key) {
            Some(said) => lost(key, text, said, faults),
            None => faults.add(0, format_args!("`{key}` is missing; it must be a text")),
        }
    }
    for (key, list) in english.lists() {
        match theirs.own_list(key) {
            None => faults.add(0, format_args!("`{key}` is missing; it must be a list of texts")),
            // People of each language have words of their own for the search.
            Some(_) if key == "service.synonyms" => {}
            Some(said) if said.len() != list.len() => {
                faults.add(0, format_args!("`{key}` has {} texts, and {} in English", said.len(), list.len()));
            }
            Some(said) => list.iter().zip(said).for_each(|(text, said)| lost(key, text, said, faults)),
        }
    }
    for (key, line) in theirs.keys() {
        if !english.has(key) {
            faults.add(line, format_args!("`{key}` is not among the English words"));
        }
    }
}

fn lost(key: &str, english: &str, theirs: &str, faults: &mut Faults) {
    let held = kept(theirs);
    for piece in kept(english).difference(&held) {
        faults.add(0, format_args!("`{key}` has lost `{piece}`"));
    }
}

/// What must be the same in every language: `{places}` for values, figures of three and more in a row, addresses.
fn kept(text: &str) -> BTreeSet<&str> {
    let braced = text.split('{').skip(1).filter_map(|rest| rest.split_once('}')).map(|(name, _)| name);
    let places = braced.filter(|name| !name.is_empty() && name.bytes().all(|b| b.is_ascii_lowercase() || b == b'_'));
    let figures = text.split(|letter: char| !letter.is_ascii_digit()).filter(|figures| figures.len() > 2);
    let addresses = text.match_indices("https://").map(|(at, _)| {
        let from = &text[at..];
        from[..from.find(char::is_whitespace).unwrap_or(from.len())].trim_end_matches(['.', ',', ')'])
    });
    places.chain(figures).chain(addresses.filter(|address| address.len() > "https://".len())).collect()
}

/// Reads every translation of the services.
pub(crate) fn read(languages: &[Arc<Language>], services: &[Arc<Service>], all: &[&Source]) -> Told {
    let mut told = Told::default();
    let files: BTreeMap<&str, &Source> = all.iter().map(|source| (source.path.as_str(), *source)).collect();
    let find = |path: &str| files.get(path).copied();
    // Each is compared with once for each language.
    let is_english = |path: &str| path.ends_with("/en.toml") || path.ends_with(".en.toml");
    let english: BTreeMap<&str, Words> = files
        .iter()
        .filter(|(path, _)| is_english(path))
        .map(|(path, source)| (*path, Words::read(&source.text, &mut Faults::of(path))))
        .collect();
    for language in languages {
        let tag = language.tag.as_str();
        let mut parts: BTreeMap<&str, Option<(Words, bool)>> = BTreeMap::new();
        let mut of_tag = BTreeMap::new();
        let names: BTreeSet<&str> = services
            .iter()
            .filter_map(|service| find(&path(&service.id, "service")))
            .flat_map(|own| compose::parts(own))
            .collect();
        for name in names {
            let file = |tag: &str| find(&format!("services/parts/{name}.{tag}.toml"));
            let read = file(tag).zip(english.get(format!("services/parts/{name}.en.toml").as_str())).and_then(
                |(theirs, english)| {
                    words(theirs, english, tag, &mut told.faults).map(|(words, head)| (words, head.reviewed))
                },
            );
            parts.insert(name, read);
        }
        for service in services {
            let (Some(own), Some(english)) =
                (find(&path(&service.id, tag)), english.get(path(&service.id, "en").as_str()))
            else {
                continue;
            };
            let Some((words, head)) = words(own, english, tag, &mut told.faults) else { continue };
            if head.version != Some(service.version) {
                let made = head.version.map_or("no version".to_owned(), |version| format!("version {version}"));
                let reason = format!("is of {made}, the service is version {}: people get English", service.version);
                told.stale.push(Fault { file: own.path.clone(), line: 0, reason });
                continue;
            }
            let taken = find(&path(&service.id, "service")).map(compose::parts).unwrap_or_default();
            let taken: Option<Vec<&(Words, bool)>> =
                taken.iter().map(|name| parts.get(name).and_then(Option::as_ref)).collect();
            let (Some(taken), Some(kinds)) = (taken, spoken(tag)) else { continue };
            let reviewed = head.reviewed && taken.iter().all(|(_, reviewed)| *reviewed);
            let words = words.before(taken.iter().map(|(words, _)| words), kinds);
            of_tag.insert(service.id.clone(), Arc::new(retold(service, words, tag, reviewed)));
        }
        told.services.insert(tag.to_owned(), of_tag);
    }
    told.faults.sort();
    told.faults.dedup();
    told
}

fn path(service: &str, name: &str) -> String {
    format!("services/{service}/{name}.toml")
}

/// The words of one file, where nothing is wrong with it.
fn words(theirs: &Source, english: &Words, tag: &str, found: &mut Vec<Fault>) -> Option<(Words, Head)> {
    let mut faults = Faults::of(&theirs.path);
    let (words, node) = Words::read_translated(&theirs.text, &mut faults);
    let head = head(node.as_ref(), tag, &mut faults);
    compare(english, &words, &mut faults);
    let faults = faults.done();
    let sound = faults.is_empty();
    found.extend(faults);
    sound.then_some((words, head))
}

/// The same service with other words. Its texts are left out: what is kept by hash is the English.
fn retold(service: &Service, words: Words, tag: &str, reviewed: bool) -> Service {
    Service {
        text: String::new(),
        words_text: String::new(),
        questions: service.questions.iter().map(|question| question.retold("", &words)).collect(),
        synonyms: words.list("service.synonyms").to_vec(),
        language: tag.to_owned(),
        reviewed,
        words,
        ..service.clone()
    }
}
