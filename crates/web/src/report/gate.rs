use catalogue::{Answers, Context, End, Form, Read, Service, Walk, kind};

/// Name of the pair that says which stop of the gate was read and left.
const ON: &str = "on";

/// What was said at the emergency gate, as it travels with the pages: in addresses and hidden fields, never in the
/// database (P-12). Only the gate's own questions and options are let through.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Gate(Vec<(String, String)>);

impl Gate {
    /// Reads the pairs of an address or a form; anything that is not the gate's is left out.
    pub fn of(service: &Service, pairs: &[(String, String)], ctx: &Context) -> Gate {
        let form = Form(pairs.to_vec());
        let mut kept: Vec<(String, String)> = Vec::new();
        for question in service.questions.iter().filter(|question| question.gate) {
            if let Ok(Read::Answer(Some(answer))) = kind::read(question, &form, &Answers::new(), ctx)
                && let Some(option) = answer.option()
            {
                kept.push((question.id.clone(), option.to_owned()));
            }
        }
        for (_, id) in pairs.iter().filter(|(name, _)| name == ON) {
            let of_gate = |when: &catalogue::When| when.stop.as_ref() == Some(id);
            let is_known = service.questions.iter().filter(|q| q.gate).any(|q| q.when.iter().any(of_gate));
            let pair = (ON.to_owned(), id.clone());
            if is_known && !kept.contains(&pair) {
                kept.push(pair);
            }
        }
        Gate(kept)
    }

    /// Puts what was said at the gate beside the answers, unless the gate was passed.
    pub fn add_to(&self, answers: &mut Answers, service: &Service, ctx: &Context) {
        if answers.gate_passed() {
            return;
        }
        let form = Form(self.0.clone());
        for question in service.questions.iter().filter(|question| question.gate) {
            if let Ok(Read::Answer(Some(answer))) = kind::read(question, &form, &Answers::new(), ctx) {
                answers.give(&question.id, answer);
            }
        }
        for (_, stop) in self.0.iter().filter(|(name, _)| name == ON) {
            answers.carry_on(stop);
        }
    }

    pub fn with(mut self, name: &str, value: &str) -> Gate {
        self.0.retain(|(found, _)| found != name);
        self.0.push((name.to_owned(), value.to_owned()));
        self
    }

    /// As it was before that question was answered.
    pub fn without(mut self, name: &str) -> Gate {
        self.0.retain(|(found, _)| found != name);
        self
    }

    pub fn going_on(self, stop: &str) -> Gate {
        self.with(ON, stop)
    }

    /// For hidden fields of a form. The question of the page itself is asked, not hidden.
    pub fn hidden(&self, asked: &str) -> Vec<(String, String)> {
        self.0.iter().filter(|(name, _)| name != asked).cloned().collect()
    }

    /// For an address: ids and options are letters, digits, dots, lines and need no escape.
    pub fn query(&self) -> Vec<String> {
        self.0.iter().map(|(name, value)| format!("{name}={value}")).collect()
    }
}

/// The answers as they may be kept: those of the gate are not among them. Once all of it is behind, that it was passed
/// is remembered, and no more.
pub fn settle(walk: &Walk) -> Answers {
    let mut kept = walk.kept.clone();
    let service = walk.service;
    if is_passed(walk) {
        if service.questions.iter().any(|question| question.gate) {
            kept.pass_gate(service);
        }
        return kept;
    }
    for question in service.questions.iter().filter(|question| question.gate) {
        kept.forget(&question.id);
    }
    kept
}

/// The gate, if there is one, is behind: the walk has come to something beyond it.
pub fn is_passed(walk: &Walk) -> bool {
    walk.kept.gate_passed()
        || match &walk.end {
            End::Ask(question) => !question.gate,
            End::Stop(stop) => stop.question.is_some_and(|question| !question.gate),
            End::Check => true,
        }
}
