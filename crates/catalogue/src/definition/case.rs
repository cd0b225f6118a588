use crate::source::Faults;
use crate::tree::{Node, Reader};
use crate::{CaseRule, Kind, Question};

pub(super) fn rule(node: &Node, questions: &[Question], faults: &mut Faults) -> Option<CaseRule> {
    let mut reader = Reader::of(node, "[case]", faults)?;
    let (line, hours) = (reader.line, reader.number("now_lasts_hours", faults));
    if !hours.is_some_and(|hours: u32| (1..=168).contains(&hours)) {
        faults.add(line, "`now_lasts_hours` of [case] is from 1 to 168");
    }
    let rule = CaseRule {
        diary: reader.need_text("diary", faults),
        truth: reader.need_text("truth", faults),
        now_lasts_hours: hours.unwrap_or(1),
    };
    let kind = |id: &str| questions.iter().find(|question| question.id == id).map(|question| &question.kind);
    if !matches!(kind(&rule.diary), Some(Kind::Diary { .. })) {
        faults.add(line, format_args!("[case] names `{}`, which is no diary of it", rule.diary));
    }
    if !matches!(kind(&rule.truth), Some(Kind::Declaration { .. })) {
        faults.add(line, format_args!("[case] names `{}`, which is no declaration of it", rule.truth));
    }
    reader.close(faults);
    Some(rule)
}
