use crate::{Answers, Kind, Line, Publish, Regime, Sensitivity, Service, kind};

/// One answer as text for people, with the tags that decide who may see it.
#[derive(Clone, Debug, PartialEq)]
pub struct ShownAnswer {
    /// Question id.
    pub question: String,
    /// The question's short name.
    pub label: String,
    pub lines: Vec<Line>,
    pub regime: Regime,
    pub sensitivity: Sensitivity,
    pub publish: Publish,
    /// Its own right to see (C-17).
    pub evidence: bool,
    /// The place question: its own field group of the view table.
    pub place: bool,
    /// A person's contact: its own field group too.
    pub contact: bool,
    /// Things that were taken, damaged or found.
    pub things: bool,
    /// In the person's own words.
    pub free: bool,
}

/// Every answer, in the order of the questions: staff view, check-answers, mail, CSV. Gate answers are in it only
/// where they are in `answers`; stored ones are not (P-12).
pub fn shown(service: &Service, answers: &Answers) -> Vec<ShownAnswer> {
    let answered = service.questions.iter().filter_map(|question| {
        let answer = answers.get(&question.id)?;
        Some(ShownAnswer {
            question: question.id.clone(),
            label: service.words.short(&question.id).to_owned(),
            lines: kind::show(question, &service.words, answer),
            regime: question.regime,
            sensitivity: question.sensitivity,
            publish: question.publish,
            evidence: question.evidence,
            place: matches!(question.kind, Kind::Place { .. }),
            contact: matches!(question.kind, Kind::Person { .. }),
            things: matches!(question.kind, Kind::Items { .. }),
            free: matches!(question.kind, Kind::Text { .. } | Kind::LongText { .. }),
        })
    });
    answered.collect()
}
