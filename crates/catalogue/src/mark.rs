//! What tells a thing from all others: serial number, IMEI, frame number, registration (P-68).

use crate::{Answer, Answers, Item, Kind, Question, Service, Side};
use std::collections::BTreeSet;

/// Fewer letters and figures than this are no serial number: they would meet too many others.
const FEWEST: usize = 5;

/// A mark in the form in which marks are compared, and of what it speaks.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Mark {
    pub side: Side,
    /// Letters and figures alone, upper case.
    pub text: String,
}

/// Letters and figures alone, upper case; nothing where that tells no thing from another.
pub fn fold(typed: &str) -> Option<String> {
    let text = bare(typed);
    let first = text.chars().next()?;
    // "Not known" and "00000" stand in many reports.
    let tells = text.chars().any(|sign| sign.is_ascii_digit()) && text.chars().any(|sign| sign != first);
    (tells && text.chars().count() >= FEWEST).then_some(text)
}

fn bare(typed: &str) -> String {
    typed.chars().filter(|sign| sign.is_alphanumeric()).flat_map(char::to_uppercase).collect()
}

/// A registration may be short: `1 A` is one.
fn plate(typed: &str) -> Option<String> {
    let text = bare(typed);
    let both = text.chars().any(char::is_alphabetic) && text.chars().any(|sign| sign.is_ascii_digit());
    both.then_some(text)
}

/// Every mark that the answers give, by what the questions say of themselves.
pub fn marks(service: &Service, answers: &Answers) -> BTreeSet<Mark> {
    let mut marks = BTreeSet::new();
    of_questions(&service.questions, answers, &mut marks);
    marks
}

fn of_questions(questions: &[Question], answers: &Answers, marks: &mut BTreeSet<Mark>) {
    for question in questions {
        match (&question.kind, answers.get(&question.id), question.matches) {
            (Kind::Group { questions, .. }, Some(Answer::Group(rows)), _) => {
                rows.iter().for_each(|row| of_questions(questions, row, marks));
            }
            (_, Some(Answer::Text(text)), Some(side)) => marks.extend(fold(text).map(|text| Mark { side, text })),
            (_, Some(Answer::Vehicle(vehicle)), Some(side)) => {
                let text = vehicle.registration.as_deref().and_then(plate);
                marks.extend(text.map(|text| Mark { side, text }));
            }
            (_, Some(Answer::Items(items)), _) => {
                items.iter().for_each(|item| marks.extend(marks_of_item(question, item)));
            }
            _ => {}
        }
    }
}

/// The marks of one thing of an items question.
pub fn marks_of_item(question: &Question, item: &Item) -> BTreeSet<Mark> {
    let Some(side) = question.matches else { return BTreeSet::new() };
    let back = item.state.as_ref().is_some_and(|state| question.found_states.contains(state));
    let side = if back { Side::Found } else { side };
    let texts = [&item.serial, &item.imei, &item.frame].into_iter().flatten().filter_map(|text| fold(text));
    let texts = texts.chain(item.registration.as_deref().and_then(plate));
    texts.map(|text| Mark { side, text }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mark_is_the_same_however_it_is_written() {
        for typed in ["wsbc-602 1234", "WSBC6021234", " wsbc.602/1234 "] {
            assert_eq!(fold(typed).as_deref(), Some("WSBC6021234"), "{typed}");
        }
        assert_eq!(plate("b-mw 1234"), plate("BMW1234"));
        assert_eq!(plate("1 a").as_deref(), Some("1A"));
    }

    #[test]
    fn what_many_would_write_is_no_mark() {
        for typed in ["", "not known", "n/a", "00000000", "1234", "-----", "unknown", "none, sorry"] {
            assert_eq!(fold(typed), None, "{typed}");
        }
        assert_eq!((plate(""), plate("none"), plate("123")), (None, None, None));
    }
}
