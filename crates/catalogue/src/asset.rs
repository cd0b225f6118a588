//! What ties a question of a service to things that stand on the map (C-4, C-6): lamp posts, bins, trees, gullies. Which there are
//! is imported by the agency; the number on one may always be typed.

use crate::source::Faults;
use crate::tree::{Node, Reader};
use crate::{Answer, Answers, Format, Kind, Service};

/// Farther than this nobody looks for a lamp post, in metres.
const WITHIN: i64 = 1_000;
/// More than this is no list to choose from.
const MOST: i64 = 20;

/// `[asset]` of a service.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AssetRule {
    /// The text that is its number.
    pub question: String,
    /// The agency's layer of them.
    pub layer: String,
    /// Metres around the place.
    pub within: i64,
    /// As many as are listed, the nearest first.
    pub most: i64,
    pub line: usize,
}

impl AssetRule {
    /// Where they are looked for: the place that was given before.
    pub fn point(&self, service: &Service, answers: &Answers) -> Option<(f64, f64)> {
        match service.deciding_place().and_then(|question| answers.get(&question.id)) {
            Some(Answer::Place(place)) => place.point,
            _ => None,
        }
    }
}

pub(crate) fn read(node: &Node, faults: &mut Faults) -> Option<AssetRule> {
    let mut reader = Reader::of(node, "[asset]", faults)?;
    let rule = AssetRule {
        question: reader.need_text("question", faults),
        layer: reader.need_text("layer", faults),
        within: reader.number("within", faults).unwrap_or(0),
        most: reader.number("most", faults).unwrap_or(0),
        line: node.line,
    };
    for (key, number, most) in [("within", rule.within, WITHIN), ("most", rule.most, MOST)] {
        if !(1..=most).contains(&number) {
            faults.add(reader.line_of(key), format_args!("`{key}` of [asset] is from 1 to {most}"));
        }
    }
    reader.close(faults);
    Some(rule)
}

pub(crate) fn check(service: &Service, faults: &mut Faults) {
    let Some(rule) = &service.asset else { return };
    let at = |id: &str| service.questions.iter().position(|question| question.id == id);
    let number = at(&rule.question).map(|n| (n, &service.questions[n].kind));
    let place = service.deciding_place().and_then(|question| at(&question.id));
    match (number, place) {
        (Some((n, Kind::Text { format: Format::Plain, .. })), Some(place)) if place < n => {}
        (Some((_, Kind::Text { format: Format::Plain, .. })), _) => {
            faults.add(rule.line, format_args!("[asset] needs a place that decides before `{}`", rule.question));
        }
        _ => faults
            .add(rule.line, format_args!("`question` of [asset] names `{}`, which is no plain text", rule.question)),
    }
}
