//! How long an agency keeps reports, and what becomes of them then (council C-76, J-43): rows with an id, so that an entry can
//! name the one by which it was done.

use super::{Agency, Limit, names, offer};
use crate::answer::named;
use crate::source::Faults;
use crate::tree::{Node, Reader};
use crate::{Catalogue, Retention};

named! {
    /// From when the time is counted.
    RetentionTrigger {
        Closed = "closed",
        /// From when it was sent; it is over all the same.
        Received = "received",
        /// From the last thing that happened to an open report.
        Untouched = "untouched",
    }
}
named! {
    /// What becomes of a report when its time is over. Each goes further than the one before.
    RetentionAction {
        Close = "close",
        /// Somebody decides whether it is still needed (E-119).
        Review = "review",
        /// Who reported it, and all that is not public, goes; what everybody may read stays.
        Anonymise = "anonymise",
        /// All of it goes; that it was here stays.
        Delete = "delete",
    }
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RetentionRule {
    pub id: String,
    pub class: Retention,
    /// Services, or `prefix.*`, that it is for; empty: all of the class.
    pub services: Vec<String>,
    pub trigger: RetentionTrigger,
    pub after: Limit,
    pub action: RetentionAction,
    /// By what it closes.
    pub outcome: Option<String>,
    /// What its reporter reads when it closes.
    pub words: Option<String>,
    /// The law or the schedule that it rests on.
    pub basis: String,
    pub source: String,
}

impl RetentionRule {
    pub fn fits(&self, class: Retention, service: &str) -> bool {
        self.class == class && (self.services.is_empty() || self.services.iter().any(|one| names(one, service)))
    }
}

pub(super) fn read(node: &Node, faults: &mut Faults) -> Option<RetentionRule> {
    let mut reader = Reader::of(node, "a retention", faults)?;
    let id = reader.need_text("id", faults);
    reader.what = format!("retention `{id}`");
    for key in ["class", "trigger", "action"] {
        if !reader.has(key) {
            reader.missing(key, faults);
        }
    }
    let rule = RetentionRule {
        id,
        class: reader.word("class", Retention::from_name, Retention::NAMES, faults).unwrap_or(Retention::Nothing),
        services: reader.texts("services", faults),
        trigger: reader
            .word("trigger", RetentionTrigger::from_name, RetentionTrigger::NAMES, faults)
            .unwrap_or(RetentionTrigger::Closed),
        after: offer::need_limit(&mut reader, "after", faults).unwrap_or(Limit::Months(0)),
        action: reader
            .word("action", RetentionAction::from_name, RetentionAction::NAMES, faults)
            .unwrap_or(RetentionAction::Review),
        outcome: reader.text("outcome", faults),
        words: reader.text("words", faults),
        basis: reader.need_text("basis", faults),
        source: reader.need_text("source", faults),
    };
    if !matches!(rule.after, Limit::Days(1..) | Limit::Months(1..)) {
        faults.add(node.line, format_args!("retention `{}` is over after days or months, at least 1", rule.id));
    }
    let closes = rule.action == RetentionAction::Close;
    if closes != (rule.trigger == RetentionTrigger::Untouched) {
        faults.add(
            node.line,
            format_args!("retention `{}`: what is untouched is closed, what is closed is not closed again", rule.id),
        );
    }
    if closes != rule.outcome.is_some() || closes != rule.words.is_some() {
        faults.add(
            node.line,
            format_args!("retention `{}`: `outcome` and `words` belong to `close`, and to it alone", rule.id),
        );
    }
    reader.close(faults);
    Some(rule)
}

pub(super) fn check(agency: &Agency, catalogue: &Catalogue, faults: &mut Faults) {
    for (n, rule) in agency.retention.iter().enumerate() {
        let id = &rule.id;
        if agency.retention[..n].iter().any(|before| before.id == *id) {
            faults.add(0, format_args!("two retentions have the id `{id}`"));
        }
        if rule.class == Retention::Nothing {
            faults.add(0, format_args!("retention `{id}`: of the class `nothing` there is nothing to keep"));
        }
        let offered = |class| {
            agency
                .services
                .iter()
                .filter_map(|offer| catalogue.service(&offer.service))
                .any(|known| rule.fits(class, &known.id) && known.retention == class)
        };
        if !offered(rule.class) {
            faults.add(0, format_args!("retention `{id}` is for no service that it offers"));
        }
        if let Some(outcome) = &rule.outcome {
            match agency.outcome(outcome) {
                None => {
                    faults.add(0, format_args!("retention `{id}` names outcome `{outcome}`, which it does not have"))
                }
                Some(known) if known.needs_agency => {
                    faults.add(0, format_args!("retention `{id}`: of outcome `{outcome}` staff say who acts instead"))
                }
                Some(_) => {}
            }
        }
    }
    // What is kept for ever, somebody has decided to keep for ever.
    for offer in &agency.services {
        let Some(known) = catalogue.service(&offer.service) else { continue };
        let ends =
            |rule: &RetentionRule| rule.fits(known.retention, &known.id) && rule.action != RetentionAction::Close;
        if !agency.retention.is_empty() && known.retention != Retention::Nothing && !agency.retention.iter().any(ends) {
            faults.add(0, format_args!("no retention says what becomes of reports of `{}` in the end", known.id));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn faults(text: &str) -> Vec<String> {
        let mut faults = Faults::of("x.toml");
        let node = Node::parse(text, &mut faults);
        read(&node, &mut faults);
        faults.done().iter().map(ToString::to_string).collect()
    }

    const WHOLE: &str = "id = \"a\"\nclass = \"council_report\"\ntrigger = \"closed\"\nafter = { months = 72 }\n\
                         action = \"delete\"\nbasis = \"the schedule\"\nsource = \"made up\"\n";

    #[test]
    fn a_whole_rule_is_read_and_a_service_may_have_its_own() {
        assert_eq!(faults(WHOLE), Vec::<String>::new());
        let mut none = Faults::of("x.toml");
        let node = Node::parse(&format!("{WHOLE}services = [\"street.*\"]"), &mut none);
        let rule = read(&node, &mut none).unwrap();
        assert!(rule.fits(Retention::CouncilReport, "street.light"));
        assert!(!rule.fits(Retention::CouncilReport, "noise"));
        assert!(!rule.fits(Retention::PoliceReport, "street.light"));
    }

    #[test]
    fn what_makes_no_sense_is_named() {
        for (from, to, fault) in [
            ("{ months = 72 }", "{ hours = 3 }", "days or months"),
            ("{ months = 72 }", "{ days = 0 }", "days or months"),
            ("\"closed\"", "\"untouched\"", "what is untouched is closed"),
            ("\"delete\"", "\"close\"", "what is closed is not closed again"),
            ("\"delete\"", "\"burn\"", "burn"),
            ("basis = \"the schedule\"\n", "", "basis"),
            ("action = \"delete\"\n", "action = \"delete\"\noutcome = \"ended\"\n", "belong to `close`"),
        ] {
            let found = faults(&WHOLE.replace(from, to));
            assert!(found.iter().any(|one| one.contains(fault)), "{fault}: {found:?}");
        }
    }
}
