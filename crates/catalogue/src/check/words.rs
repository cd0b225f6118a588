use crate::source::Faults;
use crate::{Kind, Question, Service};
use std::collections::BTreeMap;

/// Whether a key must be there.
#[derive(Clone, Copy, PartialEq)]
enum Place {
    Text,
    TextIfWished,
    List,
    ListIfWished,
}

/// A missing or unused key is a fault.
pub(super) fn check(service: &Service, faults: &mut Faults) {
    let mut places = BTreeMap::new();
    head(service, &mut places);
    for question in &service.questions {
        of_question(&question.id, question, &mut places);
    }
    for stop in &service.stops {
        let key = |part: &str| format!("stop.{}.{part}", stop.id);
        // What a stop does not say itself, its kind says: only signposts and refusals have nothing general to say.
        let general = crate::words::kinds().is_text(&format!("stops.{}.title", stop.kind.name()));
        places.insert(key("title"), if general { Place::TextIfWished } else { Place::Text });
        places.insert(key("body"), if general { Place::ListIfWished } else { Place::List });
        if stop.carry_on {
            places.insert(key("carry_on"), Place::TextIfWished);
        }
        for link in &stop.links {
            places.insert(key(&format!("links.{}", link.key)), Place::Text);
        }
    }
    for notice in service.questions.iter().flat_map(|question| &question.when).filter_map(|when| when.notice.as_ref()) {
        places.insert(format!("notice.{notice}"), Place::Text);
    }
    for lead in &service.leads {
        places.insert(format!("lead.{}", lead.id), Place::Text);
    }
    set_off(service, &mut places);
    let words = &service.words;
    for (key, place) in &places {
        let there = match place {
            Place::Text => words.is_text(key),
            Place::List => words.is_list(key),
            Place::TextIfWished | Place::ListIfWished => true,
        };
        if !there {
            let what = if *place == Place::List { "a list of texts" } else { "a text" };
            faults.add(0, format_args!("`{key}` is missing; it must be {what}"));
        }
    }
    for (key, line) in words.keys() {
        match places.get(key) {
            None => {
                if !is_free(service, key) {
                    faults.add(line, format_args!("`{key}` is used by nothing"));
                }
            }
            Some(Place::Text | Place::TextIfWished) if !words.is_text(key) => {
                faults.add(line, format_args!("`{key}` must be a text"));
            }
            Some(Place::List | Place::ListIfWished) if !words.is_list(key) => {
                faults.add(line, format_args!("`{key}` must be a list of texts"));
            }
            Some(_) => {}
        }
    }
}

/// Report types have a title and flags have words, for staff. The service's own id as a type has the service's title.
fn set_off(service: &Service, places: &mut BTreeMap<String, Place>) {
    for when in service.questions.iter().flat_map(|question| &question.when) {
        if let Some(code) = &when.type_code {
            let place = if *code == service.id { Place::TextIfWished } else { Place::Text };
            places.insert(format!("type.{code}"), place);
        }
    }
    let tied = service.collections.iter().flat_map(crate::Collections::flags);
    let flags = service.questions.iter().flat_map(|question| &question.when).flat_map(|when| &when.flags);
    for flag in flags.chain(tied) {
        let key = format!("flag.{flag}");
        let place = if crate::words::kinds().is_text(&key) { Place::TextIfWished } else { Place::Text };
        places.insert(key, place);
    }
}

fn head(service: &Service, places: &mut BTreeMap<String, Place>) {
    for key in ["title", "summary"] {
        places.insert(format!("service.{key}"), Place::Text);
    }
    let can_turn = service.sensitive
        || service.neutral_mail
        || service.questions.iter().flat_map(|question| &question.when).any(|when| when.sensitive);
    places.insert("service.neutral_title".into(), if can_turn { Place::Text } else { Place::TextIfWished });
    for key in ["synonyms", "before", "next"] {
        places.insert(format!("service.{key}"), Place::ListIfWished);
    }
    places.insert("service.declaration".into(), Place::TextIfWished);
}

fn of_question(path: &str, question: &Question, places: &mut BTreeMap<String, Place>) {
    let key = |part: &str| format!("question.{path}.{part}");
    places.insert(key("label"), Place::Text);
    for part in ["hint", "short", "missing"] {
        places.insert(key(part), Place::TextIfWished);
    }
    match &question.kind {
        Kind::Choice { among: Some(_), .. } => {}
        Kind::Choice { options, .. } | Kind::Choices { options, .. } => {
            for option in options {
                places.insert(key(&format!("options.{option}")), Place::Text);
                places.insert(key(&format!("hints.{option}")), Place::TextIfWished);
            }
        }
        Kind::YesNo => {
            for option in ["yes", "no"] {
                places.insert(key(&format!("options.{option}")), Place::TextIfWished);
            }
        }
        Kind::Items { kinds, states, .. } => {
            for option in kinds.iter().chain(states) {
                places.insert(key(&format!("options.{option}")), Place::Text);
            }
            places.insert(key("row"), Place::TextIfWished);
        }
        Kind::Diary { .. } => {
            places.insert(key("row"), Place::TextIfWished);
        }
        Kind::Group { questions, .. } => {
            places.insert(key("row"), Place::TextIfWished);
            for inner in questions {
                of_question(&format!("{path}.{}", inner.id), inner, places);
            }
        }
        _ => {}
    }
}

/// Words of a kind that a question may say in its own way: part labels and error sentences that exist.
fn is_free(service: &Service, key: &str) -> bool {
    let kinds = crate::words::kinds();
    let all = service.questions.iter().flat_map(|question| match &question.kind {
        Kind::Group { questions, .. } => {
            questions.iter().map(|inner| (format!("{}.{}", question.id, inner.id), inner)).collect()
        }
        _ => vec![(question.id.clone(), question)],
    });
    let mut all = all.chain(service.questions.iter().map(|question| (question.id.clone(), question)));
    all.any(|(path, question)| {
        let part = key.strip_prefix(&format!("question.{path}.parts."));
        let error = key.strip_prefix(&format!("question.{path}.errors."));
        part.is_some_and(|part| kinds.is_text(&format!("{}.parts.{part}", question.kind.name())))
            || error.is_some_and(|error| kinds.is_text(&format!("errors.{error}")))
    })
}
