use super::Agency;
use crate::source::Faults;
use crate::tree::{Node, Reader};
use crate::{Catalogue, Kind};

/// Words that staff put into an answer with one press when they file a report for somebody (C-70).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Phrase {
    pub service: String,
    /// The question whose answer they are put into: a text of several lines.
    pub question: String,
    pub words: String,
}

pub(super) fn phrase(node: &Node, faults: &mut Faults) -> Option<Phrase> {
    let mut reader = Reader::of(node, "a phrase", faults)?;
    let phrase = Phrase {
        service: reader.need_text("service", faults),
        question: reader.need_text("question", faults),
        words: reader.need_text("words", faults),
    };
    reader.close(faults);
    Some(phrase)
}

/// What a phrase names must be asked, and must take words.
pub(super) fn check(agency: &Agency, catalogue: &Catalogue, faults: &mut Faults) {
    for phrase in &agency.phrases {
        let Some(service) = catalogue.service(&phrase.service) else {
            faults.add(0, format_args!("a phrase names service `{}`, which is not there", phrase.service));
            continue;
        };
        let takes = service.question(&phrase.question).is_some_and(|asked| matches!(asked.kind, Kind::LongText { .. }));
        if !takes {
            let (question, service) = (&phrase.question, &phrase.service);
            faults
                .add(0, format_args!("a phrase names question `{question}` of `{service}`, which takes no long text"));
        }
    }
}
