//! What a program needs to ask a service's questions itself: conditions as data, and the shape of the answers.

use crate::{Ask, Condition, Service, Test, kind};
use serde_json::{Map, Value, json};

impl Condition {
    /// As it stands in `service.toml`: `{"question": "seen", "is": "saw_it"}`, or `all`, `any`, `not` of such. Of a yes/no
    /// question `yes` and `no` are its options.
    pub fn to_json(&self) -> Value {
        let list = |all: &[Condition]| all.iter().map(Condition::to_json).collect::<Value>();
        match self {
            Condition::All(all) => json!({ "all": list(all) }),
            Condition::Any(any) => json!({ "any": list(any) }),
            Condition::Not(one) => json!({ "not": one.to_json() }),
            Condition::Of { question, test } => {
                let (name, value) = test.to_json();
                json!({ "question": question, name: value })
            }
        }
    }
}

impl Test {
    /// The name of the test in `service.toml`, and what stands beside it.
    pub fn to_json(&self) -> (&'static str, Value) {
        match self {
            Test::Is(option) => ("is", json!(option)),
            Test::In(options) => ("in", json!(options)),
            Test::Includes(option) => ("includes", json!(option)),
            Test::Ticked(least) => ("ticked", json!(least)),
            Test::AtLeast(number) => ("at_least", json!(number)),
            Test::Answered => ("answered", json!(true)),
            Test::Empty => ("empty", json!(true)),
            Test::WithinDays(days) => ("within_days", json!(days)),
            Test::OlderThanDays(days) => ("older_than_days", json!(days)),
            Test::AgeUnder(years) => ("age_under", json!(years)),
            Test::Before(date) => ("before", json!(date.to_string())),
            Test::Mentions(phrases) => ("mentions", json!(phrases)),
        }
    }
}

/// JSON Schema (2020-12) of a service's answers by question id. What is required here is asked of everybody; what else is
/// asked follows from the conditions. Null stands for a question that was passed over.
pub fn answers_schema(service: &Service) -> Value {
    let mut properties = Map::new();
    let mut required = Vec::new();
    for question in &service.questions {
        let always = question.ask == Ask::Required && question.show_when.is_none();
        let schema = kind::json_schema(question);
        if always {
            required.push(question.id.as_str());
        }
        let schema = if always { schema } else { json!({ "anyOf": [schema, { "type": "null" }] }) };
        properties.insert(question.id.clone(), schema);
    }
    json!({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "type": "object",
        "properties": properties,
        "required": required,
        "additionalProperties": false,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_condition_reads_as_it_is_written() {
        let of = |question: &str, test| Condition::Of { question: question.into(), test };
        let date = jiff::civil::Date::constant(2026, 5, 22);
        let condition = Condition::All(vec![
            of("seen", Test::Is("saw_it".into())),
            Condition::Not(Box::new(Condition::Any(vec![
                of("when", Test::Before(date)),
                of("waste", Test::Ticked(2)),
            ]))),
        ]);
        assert_eq!(
            condition.to_json(),
            json!({ "all": [
                { "question": "seen", "is": "saw_it" },
                { "not": { "any": [{ "question": "when", "before": "2026-05-22" }, { "question": "waste", "ticked": 2 }] } },
            ] })
        );
    }
}
