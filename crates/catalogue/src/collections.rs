//! What ties the reports of a service to the collections of a home (C-28, C-32, C-33): which question asks what was not
//! collected, and which flags say the rest. Data, so that no code knows the service.

use crate::source::Faults;
use crate::tree::{Node, Reader};
use crate::{Answer, Answers, Kind, Place, Service};
use std::collections::BTreeSet;

/// `[collections]` of a service.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Collections {
    /// The question whose options are kinds of collection of the agencies.
    pub what: String,
    /// The answer that is given where the crew recorded why it took nothing, so that the report asks whether that is right.
    pub told: Option<Told>,
    /// The flag of a report that does not agree with the crew's record.
    pub disputed: Option<String>,
    /// The flag of a home whose bins are fetched from the door.
    pub assisted: Option<String>,
    /// The flag of a report that says that others in the street were left too.
    pub street: Option<String>,
    /// The flag a report is given where the days of the home are old or not known.
    pub stale: Option<String>,
    pub line: usize,
}

/// One option of one question.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Told {
    pub question: String,
    pub option: String,
}

impl Collections {
    /// The home that was picked, where one was.
    pub fn home<'a>(&self, service: &Service, answers: &'a Answers) -> Option<(&'a Place, &'a str)> {
        match service.deciding_place().and_then(|question| answers.get(&question.id)) {
            Some(Answer::Place(place)) => place.uprn.as_deref().map(|uprn| (place, uprn)),
            _ => None,
        }
    }

    /// The kinds of collection that were ticked.
    pub fn kinds<'a>(&self, answers: &'a Answers) -> Vec<&'a str> {
        answers.get(&self.what).map(Answer::options).unwrap_or_default()
    }

    pub(crate) fn flags(&self) -> BTreeSet<&String> {
        [&self.disputed, &self.assisted, &self.street, &self.stale].into_iter().flatten().collect()
    }
}

pub(crate) fn read(node: &Node, faults: &mut Faults) -> Option<Collections> {
    let mut reader = Reader::of(node, "[collections]", faults)?;
    let told = reader.take("told").and_then(|node| told(node, faults));
    let collections = Collections {
        what: reader.need_text("what", faults),
        told,
        disputed: reader.text("disputed", faults),
        assisted: reader.text("assisted", faults),
        street: reader.text("street", faults),
        stale: reader.text("stale", faults),
        line: node.line,
    };
    reader.close(faults);
    Some(collections)
}

fn told(node: &Node, faults: &mut Faults) -> Option<Told> {
    let mut reader = Reader::of(node, "`told` of [collections]", faults)?;
    let told = Told { question: reader.need_text("question", faults), option: reader.need_text("option", faults) };
    reader.close(faults);
    Some(told)
}

pub(crate) fn check(service: &Service, faults: &mut Faults) {
    let Some(collections) = &service.collections else { return };
    let line = collections.line;
    if service.deciding_place().is_none() {
        faults.add(line, "[collections] needs a place that decides: the home");
    }
    if !matches!(service.question(&collections.what).map(|question| &question.kind), Some(Kind::Choices { .. })) {
        faults.add(line, format_args!("`what` of [collections] names `{}`, which is no choices", collections.what));
    }
    if let Some(told) = &collections.told {
        let has = match service.question(&told.question).map(|question| &question.kind) {
            Some(Kind::Choice { options, .. }) => options.contains(&told.option),
            _ => false,
        };
        if !has {
            let (question, option) = (&told.question, &told.option);
            faults.add(line, format_args!("`told` of [collections]: `{question}` has no option `{option}`"));
        }
    }
    if collections.told.is_some() != collections.disputed.is_some() {
        faults.add(line, "[collections] has both `told` and `disputed`, or neither");
    }
    for flag in collections.flags().into_iter().filter(|flag| !crate::check::is_word(flag)) {
        faults.add(line, format_args!("`{flag}` of [collections] is not a flag: small letters, figures and `_`"));
    }
}
