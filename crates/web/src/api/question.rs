//! A question as data: its words, its options, when it is asked, and which answers stop the journey.

use catalogue::{Kind, Question, Service, Stop, When, Words, kind};
use serde_json::{Map, Value as Json, json};

pub fn json(service: &Service, question: &Question) -> Json {
    at(&service.words, &question.id, question)
}

/// `path` is where the words stand: `people.suspect.name` inside a group.
fn at(words: &Words, path: &str, question: &Question) -> Json {
    let mut all = json!({
        "id": question.id,
        "kind": question.kind.name(),
        "label": words.label(path),
        "short": words.short(path),
        "hint": words.hint(path),
        "ask": question.ask.name(),
        "gate": question.gate,
        "show_when": question.show_when.as_ref().map(catalogue::Condition::to_json),
        "required_when": question.required_when.as_ref().map(catalogue::Condition::to_json),
        "stops": question.when.iter().filter_map(stops).collect::<Vec<_>>(),
        "schema": kind::json_schema(question),
    });
    // Options that follow another question's have its words.
    let of = match &question.kind {
        Kind::Choice { among: Some(other), .. } => other.as_str(),
        _ => path,
    };
    let options = |ids: &[String]| {
        let option =
            |id: &String| json!({ "id": id, "label": words.option(of, id), "hint": words.option_hint(of, id) });
        ids.iter().map(option).collect::<Json>()
    };
    match &question.kind {
        Kind::Choice { options: ids, .. } | Kind::Choices { options: ids, .. } => all["options"] = options(ids),
        Kind::Items { kinds, states, .. } => {
            all["options"] = options(kinds);
            all["states"] = options(states);
        }
        Kind::Group { questions, .. } => {
            let inner = |one: &Question| at(words, &format!("{path}.{}", one.id), one);
            all["questions"] = questions.iter().map(inner).collect();
        }
        _ => {}
    }
    all
}

/// An answer that stops the journey: the test of the answer, perhaps a condition on others, and the stop.
fn stops(when: &When) -> Option<Json> {
    let stop = when.stop.as_ref()?;
    let (name, value) = when.test.to_json();
    let mut all = Map::new();
    all.insert(name.to_owned(), value);
    all.extend(when.and.as_ref().map(|and| ("and".to_owned(), and.to_json())));
    all.insert("stop".to_owned(), json!(stop));
    Some(Json::Object(all))
}

/// A stop before anybody has met it; [`super::stop::json`] has its words.
pub fn stop(service: &Service, stop: &Stop) -> Json {
    let words = &service.words;
    let title = words.get(&format!("stop.{}.title", stop.id));
    let title = title.unwrap_or_else(|| words.say(&format!("stops.{}.title", stop.kind.name())));
    json!({ "id": stop.id, "kind": stop.kind.name(), "title": title, "carry_on": stop.carry_on })
}
