//! What of a report everybody may read: the answers that the definition says may be published, and nothing else (C-55).

use crate::{Answer, Answers, Publish, Service};

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
    let shown = service.questions.iter().filter(|question| question.publish == Publish::Picture && !question.evidence);
    let files = shown.filter_map(|question| match answers.get(&question.id) {
        Some(Answer::Files(files)) if service.public => Some(files.clone()),
        _ => None,
    });
    files.flatten().collect()
}

/// A person should look before it is shown: somebody's own words hold an address, a number or a number plate (C-54).
pub fn is_doubtful(answers: &Answers) -> bool {
    answers.iter().any(|(_, answer)| matches!(answer, Answer::Text(text) if looks_private(text)))
}

fn looks_private(text: &str) -> bool {
    let words: Vec<&str> = text.split_whitespace().collect();
    let mail = |word: &&str| word.trim_matches(|c: char| !c.is_alphanumeric()).contains('@');
    let bare = |word: &str| word.trim_matches(|c: char| !c.is_ascii_alphanumeric()).to_ascii_uppercase();
    // Of two words the newest shape alone: "A370 the" is a road.
    let whole = |word: &&str| ["LLDDLLL", "LDDDLLL", "LLLDDDL"].contains(&shape(&bare(word)).as_str());
    let halves = |pair: &[&str]| shape(&(bare(pair[0]) + &bare(pair[1]))) == "LLDDLLL" && bare(pair[0]).len() == 4;
    words.iter().any(mail) || telephone(text) || words.iter().any(whole) || words.windows(2).any(halves)
}

/// Letters and digits of a number plate, as L and D.
fn shape(word: &str) -> String {
    word.chars().map(|c| if c.is_ascii_digit() { 'D' } else { 'L' }).collect()
}

fn telephone(text: &str) -> bool {
    let mut figures = 0;
    for c in text.chars() {
        match c {
            '0'..='9' => figures += 1,
            ' ' | '-' | '(' | ')' | '+' | '\u{a0}' => {}
            _ => figures = 0,
        }
        if figures >= FIGURES {
            return true;
        }
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;

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
            assert!(looks_private(text), "{text}");
        }
        for text in [
            "20 bags and 3 mattresses by the gate",
            "since 2024, @ the park",
            "on 12 May 2026",
            "AB was here 12 times",
            "",
        ] {
            assert!(!looks_private(text), "{text}");
        }
    }
}
