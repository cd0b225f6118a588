use crate::{Answer, Answers, Service};
use serde_json::{Map, Value};

/// The answers that go along where a report of one service goes on as one of another: those to questions that both ask in
/// the same shape, and that the gate was passed, where the other asks nothing more at its gate. Files stay: they belong to
/// the report they were given to.
pub fn carry(from: &Service, to: &Service, answers: &Answers) -> Answers {
    let mut carried = Answers::new();
    for (id, answer) in answers.iter() {
        if matches!(answer, Answer::Files(_)) || from.question(id).is_none() {
            continue;
        }
        let alone = Value::Object(Map::from_iter([(id.to_owned(), answer.to_json())]));
        if let Some(same) = Answers::from_json(to, &alone).ok().and_then(|read| read.get(id).cloned()) {
            carried.give(id, same);
        }
    }
    let gate = |service: &Service| -> Vec<String> {
        service.questions.iter().filter(|question| question.gate).map(|question| question.id.clone()).collect()
    };
    let heard = gate(from);
    if answers.gate_passed() && gate(to).iter().all(|id| heard.contains(id)) {
        carried.pass_gate(to);
    }
    carried
}
