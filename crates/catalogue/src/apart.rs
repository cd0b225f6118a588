//! Whether a way to reach the person who reports is also a way to reach somebody else (P-57).

use crate::{Answer, Answers, Question};

/// Letters and figures of an address that are compared; fewer would be found in too many.
const FEWEST: usize = 6;

/// What a report says of somebody who must not be reached in place of the one who reports.
#[derive(Clone, Debug, Default)]
pub struct Theirs {
    texts: Vec<String>,
}

impl Theirs {
    /// What the answers say of those from whom the person of this question is kept apart.
    pub fn of(question: &Question, answers: &Answers) -> Theirs {
        let mut texts = Vec::new();
        for id in &question.apart_from {
            match answers.get(id) {
                Some(Answer::Text(text)) => texts.push(text.clone()),
                Some(Answer::Group(rows)) => {
                    let all = rows.iter().flat_map(Answers::iter).filter_map(|(_, answer)| match answer {
                        Answer::Text(text) => Some(text.clone()),
                        _ => None,
                    });
                    texts.extend(all);
                }
                _ => {}
            }
        }
        Theirs { texts }
    }

    /// The e-mail address stands in it.
    pub fn email(&self, email: &str) -> bool {
        let email = email.trim().to_lowercase();
        let part = |sign: char| sign.is_alphanumeric() || "@._+-".contains(sign);
        let words = |text: &String| {
            let text = text.to_lowercase();
            text.split(|sign| !part(sign)).any(|word| word.trim_matches('.') == email)
        };
        !email.is_empty() && self.texts.iter().any(words)
    }

    /// The telephone number stands in it, however it is spaced, with or without the code of the country.
    pub fn phone(&self, phone: &str) -> bool {
        let number = figures(phone.strip_prefix("+44").unwrap_or(phone));
        let number = number.trim_start_matches('0');
        number.len() >= FEWEST && self.texts.iter().any(|text| figures(text).contains(number))
    }

    /// The postal address stands in it, or what stands in it is in the address.
    pub fn home(&self, address: &str) -> bool {
        let bare = |text: &str| text.to_lowercase().chars().filter(|sign| sign.is_alphanumeric()).collect::<String>();
        let home = bare(address);
        let holds = |whole: &str, part: &str| part.chars().count() >= FEWEST && whole.contains(part);
        self.texts.iter().map(|text| bare(text)).any(|text| holds(&text, &home) || holds(&home, &text))
    }
}

fn figures(text: &str) -> String {
    text.chars().filter(char::is_ascii_digit).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn theirs(text: &str) -> Theirs {
        Theirs { texts: vec![text.to_owned()] }
    }

    #[test]
    fn an_email_is_found_in_what_was_written_and_no_other_is() {
        for text in ["robin@example.org", "He reads ROBIN@example.org.", "mail <Robin@Example.org>, old one"] {
            assert!(theirs(text).email("robin@example.org"), "{text}");
        }
        for text in ["", "alice.robin@example.org", "robin@example.org.uk", "robin"] {
            assert!(!theirs(text).email("robin@example.org"), "{text}");
        }
        assert!(!theirs("").email(""));
    }

    #[test]
    fn a_number_is_found_however_it_is_written() {
        for text in ["07700 900123", "+44 7700 900 123", "0044 (0) 7700-900123", "His number is 07700900123."] {
            assert!(theirs(text).phone("+447700900123"), "{text}");
        }
        for text in ["07700 900124", "90 0123", ""] {
            assert!(!theirs(text).phone("+447700900123"), "{text}");
        }
        assert!(!theirs("any 123").phone("123"));
    }

    #[test]
    fn one_home_is_known_by_more_or_less_of_its_address() {
        assert!(theirs("1 Example Road").home("1 Example Road\nWeston-super-Mare"));
        assert!(theirs("1, example road, Weston, with me").home("1 Example Road"));
        assert!(!theirs("2 Example Road").home("1 Example Road"));
        assert!(!theirs("yes").home("1 Example Road"));
        assert!(!theirs("").home(""));
    }
}
