//! Reads `service.toml` and `en.toml` into a [`Service`].

mod case;
pub(crate) mod condition;
mod kind;
mod lead;
mod question;
mod stop;
mod when;

pub(crate) use condition::TESTS;
pub(crate) use kind::{MOST_MEGABYTES, ROWS};
pub(crate) use when::EFFECTS;

use crate::source::Faults;
use crate::tree::{Node, Reader};
use crate::{Anonymous, Fault, Regime, Retention, Service, Tracking, Words, check};
use sha2::{Digest, Sha256};

/// Reads one definition from its two texts: the way old versions come back from the database.
///
/// Faults name the files `service.toml` and `en.toml`.
pub fn definition(text: &str, words_text: &str) -> Result<Service, Vec<Fault>> {
    read("service.toml", text, "en.toml", words_text)
}

pub(crate) fn read(file: &str, text: &str, words_file: &str, words_text: &str) -> Result<Service, Vec<Fault>> {
    let (text, words_text) = (unix(text), unix(words_text));
    let mut faults = Faults::of(file);
    let mut word_faults = Faults::of(words_file);
    let words = Words::read(&words_text, &mut word_faults);
    let node = Node::parse(&text, &mut faults);
    let service = service(&node, text, words_text, words, &mut faults);
    if let Some(service) = &service {
        check::definition(service, &mut faults);
        check::words(service, &mut word_faults);
    }
    let found: Vec<Fault> = faults.done().into_iter().chain(word_faults.done()).collect();
    match service {
        Some(service) if found.is_empty() => Ok(service),
        _ => Err(found),
    }
}

/// Line ends as `\n`, so that the hash does not depend on how a file was checked out.
fn unix(text: &str) -> String {
    text.replace("\r\n", "\n")
}

/// SHA-256 over both texts; the length of the first keeps the two apart.
fn hash(text: &str, words: &str) -> String {
    let mut hasher = Sha256::new();
    hasher.update((text.len() as u64).to_be_bytes());
    hasher.update(text.as_bytes());
    hasher.update(words.as_bytes());
    hasher.finalize().iter().map(|byte| format!("{byte:02x}")).collect()
}

fn service(node: &Node, text: String, words_text: String, words: Words, faults: &mut Faults) -> Option<Service> {
    let mut file = Reader::of(node, "the file", faults)?;
    let Some(head) = file.take("service") else {
        file.missing("service", faults);
        return None;
    };
    let mut head = Reader::of(head, "[service]", faults)?;
    let questions = question::list(file.tables("question", faults), &words, faults);
    let stops = stop::list(file.tables("stop", faults), faults);
    let leads = lead::list(file.tables("lead", faults), faults);
    let collections = file.take("collections").and_then(|node| crate::collections::read(node, faults));
    let booking = file.take("booking").and_then(|node| crate::booking::read(node, faults));
    let order = file.take("order").and_then(|node| crate::order::read(node, faults));
    let asset = file.take("asset").and_then(|node| crate::asset::read(node, faults));
    let case = file.take("case").and_then(|node| case::rule(node, &questions, faults));
    file.close(faults);

    let need = |reader: &Reader, key: &str, faults: &mut Faults| {
        if !reader.has(key) {
            reader.missing(key, faults);
        }
    };
    for key in ["version", "regime", "tracking", "anonymous", "retention"] {
        need(&head, key, faults);
    }
    let id = head.need_text("id", faults);
    if !check::is_service_id(&id) {
        faults
            .add(head.line_of("id"), format_args!("`{id}` is not a service id: small letters, figures, `.`, `_`, `-`"));
    }
    let version: Option<u32> = head.number("version", faults);
    if version == Some(0) {
        faults.add(head.line_of("version"), "versions count from 1");
    }
    let service = Service {
        version: version.unwrap_or(1),
        hash: hash(&text, &words_text),
        group: head.need_text("group", faults),
        regime: head.word("regime", Regime::from_name, Regime::NAMES, faults).unwrap_or(Regime::Both),
        tracking: head.word("tracking", Tracking::from_name, Tracking::NAMES, faults).unwrap_or(Tracking::LinkAndPin),
        anonymous: head.word("anonymous", Anonymous::from_name, Anonymous::NAMES, faults).unwrap_or(Anonymous::Off),
        retention: head.word("retention", Retention::from_name, Retention::NAMES, faults).unwrap_or(Retention::Nothing),
        public: head.flag("public", faults),
        sensitive: head.flag("sensitive", faults),
        neutral_mail: head.flag("neutral_mail", faults),
        exit: head.flag("exit", faults),
        priority: priority(&mut head, faults).unwrap_or(3),
        opening: head.text("opening", faults),
        synonyms: words.list("service.synonyms").to_vec(),
        questions,
        stops,
        leads,
        collections,
        booking,
        order,
        asset,
        case,
        words,
        language: "en".to_owned(),
        reviewed: true,
        filed: None,
        text,
        words_text,
        id,
    };
    if service.case.is_some() && service.public {
        faults.add(head.line_of("public"), "a service with a [case] has no public pages (C-18)");
    }
    head.close(faults);
    Some(service)
}

/// 1 is the most urgent, 4 the least.
fn priority(reader: &mut Reader, faults: &mut Faults) -> Option<u8> {
    let priority: u8 = reader.number("priority", faults)?;
    if !(1..=4).contains(&priority) {
        faults.add(reader.line_of("priority"), "a priority is 1 (most urgent) to 4");
        return None;
    }
    Some(priority)
}
