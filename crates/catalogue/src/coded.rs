//! Answers that have a code in a national return (C-15).

use crate::{Answer, Answers, Kind, Question, Service};

/// One question whose options have such codes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Coded {
    pub question: String,
    /// Its short name.
    pub label: String,
    /// The option that was answered, where one was.
    pub option: Option<String>,
    /// Every option that may be chosen, with its words.
    pub options: Vec<(String, String)>,
    codes: Vec<(String, String)>,
}

impl Coded {
    /// The code of the option; none where none is known.
    pub fn code(&self) -> Option<&str> {
        let option = self.option.as_ref()?;
        self.codes.iter().find(|(known, _)| known == option).map(|(_, code)| code.as_str())
    }

    /// The words of the option.
    pub fn words(&self) -> Option<&str> {
        let option = self.option.as_ref()?;
        self.options.iter().find(|(known, _)| known == option).map(|(_, words)| words.as_str())
    }
}

/// The questions that have codes, in their order, with what was answered.
pub fn coded(service: &Service, answers: &Answers) -> Vec<Coded> {
    let asked = service.questions.iter().filter(|question| !question.codes.is_empty());
    let coded = asked.map(|question| Coded {
        question: question.id.clone(),
        label: service.words.short(&question.id).to_owned(),
        option: answered(question, answers),
        options: options(question)
            .iter()
            .map(|option| (option.clone(), service.words.option(told(question), option).to_owned()))
            .collect(),
        codes: question.codes.clone(),
    });
    coded.collect()
}

fn options(question: &Question) -> &[String] {
    match &question.kind {
        Kind::Choice { options, .. } => options,
        _ => &[],
    }
}

/// Where its options have their words: those of another question are told there.
fn told(question: &Question) -> &str {
    match &question.kind {
        Kind::Choice { among: Some(other), .. } => other,
        _ => &question.id,
    }
}

/// One of several that were ticked is asked for only where several were: a single one is it.
fn answered(question: &Question, answers: &Answers) -> Option<String> {
    if let Some(Answer::Choice(option)) = answers.get(&question.id) {
        return Some(option.clone());
    }
    let Kind::Choice { among: Some(among), .. } = &question.kind else { return None };
    match answers.get(among) {
        Some(Answer::Choices(ticked)) => match ticked.as_slice() {
            [only] => Some(only.clone()),
            _ => None,
        },
        _ => None,
    }
}
