//! What of a report everybody may read: the answers that the definition says may be published, and nothing else (C-55).

use crate::{Answer, Answers, Publish, Question, Service};
use std::ops::Range;

/// Digits in a row, with spaces between, that make a telephone number.
const FIGURES: usize = 9;

/// The answers that may be shown as they are; none where the service is not public. Places and pictures are shown in forms of
/// their own.
pub fn published(service: &Service, answers: &Answers) -> Option<Answers> {
    if !service.public {
        return None;
    }
    let mut shown = Answers::new();
    for question in service.questions.iter().filter(|question| !question.gate && !question.evidence) {
        if let (Publish::Text | Publish::Choice, Some(answer)) = (question.publish, answers.get(&question.id)) {
            shown.give(&question.id, answer.clone());
        }
    }
    Some(shown)
}

/// The pictures among the answers that may be shown, by id.
pub fn published_photos(service: &Service, answers: &Answers) -> Vec<String> {
    let shown = service.questions.iter().filter(|question| is_pictured(question));
    let files = shown.filter_map(|question| match answers.get(&question.id) {
        Some(Answer::Files(files)) if service.public => Some(files.clone()),
        _ => None,
    });
    files.flatten().collect()
}

fn is_pictured(question: &Question) -> bool {
    question.publish == Publish::Picture && !question.evidence
}

impl Service {
    /// Ids of the questions whose pictures everybody may see.
    pub fn pictured(&self) -> impl Iterator<Item = &str> {
        self.questions.iter().filter(|question| is_pictured(question)).map(|question| question.id.as_str())
    }
}

/// A person should look before it is shown: somebody's own words hold an address, a number or a number plate (C-54).
pub fn is_doubtful(answers: &Answers) -> bool {
    answers.iter().any(|(_, answer)| matches!(answer, Answer::Text(text) if !private(text).is_empty()))
}

/// The text holds an address, a number or a number plate.
pub fn says_private(text: &str) -> bool {
    !private(text).is_empty()
}

/// One of these words, in small letters, stands in somebody's own words.
pub fn is_listed(answers: &Answers, words: &[String]) -> bool {
    answers.iter().any(|(_, answer)| matches!(answer, Answer::Text(text) if holds(text, words)))
}

/// Whole, in whatever letters.
fn holds(text: &str, words: &[String]) -> bool {
    let folded = text.to_lowercase();
    folded.split(|c: char| !c.is_alphanumeric()).any(|word| words.iter().any(|listed| listed == word))
}

/// Answers that everybody may read one day and that hold such things: each with what is left without those things
/// (C-8).
pub fn without_private(service: &Service, answers: &Answers) -> Vec<(String, String)> {
    let shown = published(service, answers).unwrap_or_default();
    let told = |(id, answer): (&str, &Answer)| match answer {
        Answer::Text(text) if !private(text).is_empty() => Some((id.to_owned(), taken_out(text))),
        _ => None,
    };
    shown.iter().filter_map(told).collect()
}

/// What is left of a text without its private parts; one space where a part was.
fn taken_out(text: &str) -> String {
    let mut left = String::new();
    let mut from = 0;
    for part in private(text) {
        left.push_str(text.get(from..part.start).unwrap_or_default().trim_end_matches(' '));
        from = part.end.max(from);
        if left.ends_with(',') && text.get(from..).is_some_and(|rest| rest.starts_with(',')) {
            from += 1;
        }
        let rest = text.get(from..).unwrap_or_default();
        if rest.starts_with(' ') || rest.chars().next().is_some_and(char::is_alphanumeric) {
            left.push(' ');
            from += rest.len() - rest.trim_start_matches(' ').len();
        }
    }
    left.push_str(text.get(from..).unwrap_or_default());
    left.trim().to_owned()
}

/// Where a text holds an e-mail address, a telephone number or a number plate, in order and without overlap.
fn private(text: &str) -> Vec<Range<usize>> {
    let words = words(text);
    let said = |word: &Range<usize>| text.get(word.clone()).unwrap_or_default().to_ascii_uppercase();
    let mut parts: Vec<Range<usize>> = telephones(text);
    parts.extend(words.iter().filter(|word| said(word).contains('@') && word.len() > 1).cloned());
    // Of two words the newest shape alone: "A370 the" is a road.
    parts.extend(
        words.iter().filter(|word| ["LLDDLLL", "LDDDLLL", "LLLDDDL"].contains(&shape(&said(word)).as_str())).cloned(),
    );
    let halves = words.windows(2).filter(|pair| {
        let (one, two) = (said(&pair[0]), said(&pair[1]));
        one.len() == 4 && shape(&(one + &two)) == "LLDDLLL"
    });
    parts.extend(halves.map(|pair| pair[0].start..pair[1].end));
    parts.sort_by_key(|part| part.start);
    let mut all: Vec<Range<usize>> = Vec::new();
    for part in parts {
        match all.last_mut() {
            Some(last) if part.start < last.end => last.end = last.end.max(part.end),
            _ => all.push(part),
        }
    }
    all
}

/// Where each word stands, without the marks around it.
fn words(text: &str) -> Vec<Range<usize>> {
    let mut all = Vec::new();
    let mut start = None;
    for (at, c) in text.char_indices().chain([(text.len(), ' ')]) {
        match (c.is_whitespace(), start) {
            (false, None) => start = Some(at),
            (true, Some(from)) => {
                let word = text.get(from..at).unwrap_or_default();
                let bare = word.trim_start_matches(|c: char| !c.is_alphanumeric());
                let from = at - bare.len();
                all.push(from..from + bare.trim_end_matches(|c: char| !c.is_alphanumeric()).len());
                start = None;
            }
            _ => {}
        }
    }
    all.retain(|word| !word.is_empty());
    all
}

/// Letters and digits of a number plate, as L and D.
fn shape(word: &str) -> String {
    word.chars().map(|c| if c.is_ascii_digit() { 'D' } else { 'L' }).collect()
}

/// Runs of figures, with what people write between them, that are long enough.
fn telephones(text: &str) -> Vec<Range<usize>> {
    let mut all = Vec::new();
    let (mut start, mut end, mut figures) = (None, 0, 0);
    for (at, c) in text.char_indices().chain([(text.len(), '.')]) {
        match c {
            '0'..='9' => {
                start.get_or_insert(at);
                (end, figures) = (at + 1, figures + 1);
            }
            '(' | '+' => _ = start.get_or_insert(at),
            ' ' | '-' | ')' | '\u{a0}' => {}
            _ => {
                if figures >= FIGURES {
                    all.extend(start.map(|start| start..end));
                }
                (start, figures) = (None, 0);
            }
        }
    }
    all
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_listed_word_is_found_whole_and_in_any_letters() {
        let listed = ["drat".to_owned()];
        for (text, held) in [("DRAT it", true), ("oh, drat!", true), ("the dratted bin", false), ("", false)] {
            assert_eq!(holds(text, &listed), held, "{text}");
        }
    }

    #[test]
    fn words_that_may_tell_who_somebody_is_are_looked_at_first() {
        for text in [
            "write to robin@example.org",
            "(robin@example.org)",
            "call 01632 960001 now",
            "07700-900 123",
            "a van, AB12 CDE, was there",
            "it was ab12cde.",
        ] {
            assert!(!private(text).is_empty(), "{text}");
        }
        for text in [
            "20 bags and 3 mattresses by the gate",
            "since 2024, @ the park",
            "on 12 May 2026",
            "AB was here 12 times",
            "",
        ] {
            assert!(private(text).is_empty(), "{text}");
        }
    }

    #[test]
    fn what_is_private_is_taken_out_and_nothing_else() {
        for (text, left) in [
            ("Ring 01632 960001 now.", "Ring now."),
            ("(robin@example.org)", "()"),
            ("A van, AB12 CDE, was there.", "A van, was there."),
            ("Write to robin@example.org or +44 7700 900123.\nIt is by the gate.", "Write to or.\nIt is by the gate."),
            ("07700-900 123", ""),
            ("it was ab12cde", "it was"),
            ("Since 2024, 20 bags. Café é 3", "Since 2024, 20 bags. Café é 3"),
        ] {
            assert_eq!(taken_out(text), left, "{text}");
            assert!(private(&taken_out(text)).is_empty(), "{text}");
        }
    }
}
