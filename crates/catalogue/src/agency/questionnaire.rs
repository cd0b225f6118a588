//! Asking people, some weeks after they sent a public report, whether it is fixed (C-51). Data of the agency.

use super::Offer;
use crate::source::Faults;
use crate::tree::{Node, Reader};

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Questionnaire {
    /// Days after a report was sent; 0: nobody is asked.
    pub after_days: u32,
    /// Days in which the link of the mail works.
    pub answer_days: u32,
    pub source: String,
}

impl Questionnaire {
    /// Days after which people are asked about a service; none where they are not.
    pub fn days(&self, offer: Option<&Offer>) -> Option<u32> {
        let own = offer.and_then(|offer| offer.ask_after_days);
        Some(own.unwrap_or(self.after_days)).filter(|days| *days > 0)
    }
}

pub(super) fn read(node: &Node, faults: &mut Faults) -> Option<Questionnaire> {
    let mut reader = Reader::of(node, "[questionnaire]", faults)?;
    let after = reader.number::<u32>("after_days", faults);
    if after.is_none() {
        faults.add(node.line, "[questionnaire] needs `after_days`, from 0 on");
    }
    let answer = reader.number::<u32>("answer_days", faults).filter(|days| *days > 0);
    if answer.is_none() {
        faults.add(node.line, "[questionnaire] needs `answer_days`, from 1 on");
    }
    let read = Questionnaire {
        after_days: after.unwrap_or(0),
        answer_days: answer.unwrap_or(1),
        source: reader.need_text("source", faults),
    };
    reader.close(faults);
    Some(read)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_service_may_have_days_of_its_own_and_nought_is_never() {
        let asks = |after_days| Questionnaire { after_days, answer_days: 28, source: String::new() };
        assert_eq!((asks(28).days(None), asks(0).days(None)), (Some(28), None));
    }

    #[test]
    fn days_that_are_missing_are_named() {
        for (text, fault) in [
            ("answer_days = 28\nsource = \"x\"", "after_days"),
            ("after_days = 28\nanswer_days = 0\nsource = \"x\"", "answer_days"),
            ("after_days = 28\nanswer_days = 28", "source"),
        ] {
            let mut faults = Faults::of("x.toml");
            let node = Node::parse(text, &mut faults);
            read(&node, &mut faults);
            let found = faults.done();
            assert!(found.iter().any(|one| one.to_string().contains(fault)), "{fault}: {found:?}");
        }
    }
}
