use super::Answer;
use crate::{Problem, Question, Service, kind};
use serde_json::{Map, Value, json};
use std::collections::{BTreeMap, BTreeSet};

/// All that a journey remembers: the answers by question id, which optional questions were passed over, after which
/// stops the person went on, and whether the emergency gate was passed.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Answers {
    given: BTreeMap<String, Answer>,
    passed: BTreeSet<String>,
    carried_on: BTreeSet<String>,
    gate_passed: bool,
}

/// The JSON key of what is not an answer. No question may have it as its id.
pub(crate) const JOURNEY: &str = "journey";

impl Answers {
    pub fn new() -> Answers {
        Answers::default()
    }

    pub fn get(&self, id: &str) -> Option<&Answer> {
        self.given.get(id)
    }

    /// Answers by question id, in the order of the ids.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &Answer)> {
        self.given.iter().map(|(id, answer)| (id.as_str(), answer))
    }

    pub fn is_empty(&self) -> bool {
        self.given.is_empty()
    }

    pub fn give(&mut self, id: &str, answer: Answer) {
        self.passed.remove(id);
        self.given.insert(id.to_owned(), answer);
    }

    pub fn with(mut self, id: &str, answer: Answer) -> Answers {
        self.give(id, answer);
        self
    }

    /// The question was shown and left empty: it is not asked again unless the person goes back to it.
    pub fn pass(&mut self, id: &str) {
        self.given.remove(id);
        self.passed.insert(id.to_owned());
    }

    pub fn has_passed(&self, id: &str) -> bool {
        self.passed.contains(id)
    }

    /// Forgets answer and passing-over alike.
    pub fn forget(&mut self, id: &str) {
        self.given.remove(id);
        self.passed.remove(id);
    }

    /// The person read that stop and chose to go on.
    pub fn carry_on(&mut self, stop: &str) {
        self.carried_on.insert(stop.to_owned());
    }

    pub fn has_carried_on(&self, stop: &str) -> bool {
        self.carried_on.contains(stop)
    }

    pub(crate) fn forget_stop(&mut self, stop: &str) {
        self.carried_on.remove(stop);
    }

    /// Replaces the answers of the emergency gate by the one fact that it was passed (P-12). Only a journey whose
    /// gate questions were all answered without a stop may call it; [`crate::Walk::to_store`] does.
    pub fn pass_gate(&mut self, service: &Service) {
        for question in service.questions.iter().filter(|question| question.gate) {
            self.forget(&question.id);
        }
        self.gate_passed = true;
    }

    pub fn gate_passed(&self) -> bool {
        self.gate_passed
    }

    /// `{"land": "road_verge", "size": null, "journey": {"gate_passed": true}}`: null is passed over.
    pub fn to_json(&self) -> Value {
        let mut map = Map::new();
        for (id, answer) in &self.given {
            map.insert(id.clone(), answer.to_json());
        }
        for id in &self.passed {
            map.insert(id.clone(), Value::Null);
        }
        let mut journey = Map::new();
        if !self.carried_on.is_empty() {
            journey.insert("carried_on".into(), json!(self.carried_on));
        }
        if self.gate_passed {
            journey.insert("gate_passed".into(), json!(true));
        }
        if !journey.is_empty() {
            map.insert(JOURNEY.into(), Value::Object(journey));
        }
        Value::Object(map)
    }

    /// Reads what [`Answers::to_json`] wrote, or what a client sent. Unknown ids and wrong shapes are problems, all of
    /// them at once; whether an answer still stands (dates, options that follow others) is asked by [`crate::walk`].
    pub fn from_json(service: &Service, value: &Value) -> Result<Answers, Vec<Problem>> {
        read(&service.questions, value, "")
    }
}

/// `prefix` stands before field names: `people.suspect.0.` inside a group.
pub(crate) fn read(questions: &[Question], value: &Value, prefix: &str) -> Result<Answers, Vec<Problem>> {
    let Value::Object(map) = value else {
        return Err(vec![problem("", prefix, "json.object", "The answers must be an object.")]);
    };
    let mut answers = Answers::new();
    let mut problems = Vec::new();
    for (id, value) in map {
        if id == JOURNEY && prefix.is_empty() {
            match journey(&mut answers, value) {
                true => {}
                false => problems.push(problem(id, id, "json.journey", "`journey` is not as this service writes it.")),
            }
            continue;
        }
        let Some(question) = questions.iter().find(|question| question.id == *id) else {
            let text = format!("There is no question “{}”.", crate::kind::safe_words(id, 60));
            problems.push(problem(id, &format!("{prefix}{id}"), "json.unknown", &text));
            continue;
        };
        if value.is_null() {
            answers.pass(id);
            continue;
        }
        match kind::from_json(question, value, prefix) {
            Ok(answer) if answer.is_empty() => answers.pass(id),
            Ok(answer) => answers.give(id, answer),
            Err(mut found) => problems.append(&mut found),
        }
    }
    if problems.is_empty() { Ok(answers) } else { Err(problems) }
}

fn journey(answers: &mut Answers, value: &Value) -> bool {
    let Value::Object(map) = value else { return false };
    for (key, value) in map {
        match (key.as_str(), value) {
            ("gate_passed", Value::Bool(passed)) => answers.gate_passed = *passed,
            ("carried_on", Value::Array(stops)) => {
                for stop in stops {
                    let Value::String(stop) = stop else { return false };
                    answers.carried_on.insert(stop.clone());
                }
            }
            _ => return false,
        }
    }
    true
}

fn problem(question: &str, field: &str, key: &str, text: &str) -> Problem {
    Problem { question: question.into(), field: field.into(), key: key.into(), text: text.into() }
}
