use crate::{Answer, Answers, Person};
use jiff::civil::Date;
use jiff::{ToSpan, ZonedDateTime};

/// A condition over earlier answers: data, not a language.
#[derive(Clone, Debug, PartialEq)]
pub enum Condition {
    All(Vec<Condition>),
    Any(Vec<Condition>),
    Not(Box<Condition>),
    Of { question: String, test: Test },
}

#[derive(Clone, Debug, PartialEq)]
pub enum Test {
    /// The option chosen is this one.
    Is(String),
    /// The option chosen is one of these.
    In(Vec<String>),
    /// This option is among those ticked, or this kind among the items.
    Includes(String),
    /// At least so many are ticked.
    Ticked(usize),
    /// The number is this or more.
    AtLeast(i64),
    Answered,
    /// No answer, or an empty one.
    Empty,
    /// The day of the answer lies at most so many days before today.
    WithinDays(i64),
    /// The day of the answer lies more than so many days before today.
    OlderThanDays(i64),
    /// The person was born less than so many years ago.
    AgeUnder(i16),
    /// The day of the answer lies before this one.
    Before(Date),
    /// The text holds one of these words or phrases, whole, in any case.
    Mentions(Vec<String>),
}

impl Test {
    /// It holds by itself where this option is chosen.
    pub(crate) fn names(&self, option: &str) -> bool {
        match self {
            Test::Is(one) | Test::Includes(one) => one == option,
            Test::In(some) => some.iter().any(|one| one == option),
            _ => false,
        }
    }
}

impl Condition {
    pub fn holds(&self, answers: &Answers, now: &ZonedDateTime) -> bool {
        match self {
            Condition::All(all) => all.iter().all(|one| one.holds(answers, now)),
            Condition::Any(any) => any.iter().any(|one| one.holds(answers, now)),
            Condition::Not(one) => !one.holds(answers, now),
            Condition::Of { question, test } => test.holds(answers.get(question), now),
        }
    }

    /// Every question it rests on.
    pub fn questions(&self) -> Vec<(&str, &Test)> {
        match self {
            Condition::All(all) | Condition::Any(all) => all.iter().flat_map(Condition::questions).collect(),
            Condition::Not(one) => one.questions(),
            Condition::Of { question, test } => vec![(question, test)],
        }
    }
}

impl Test {
    pub fn holds(&self, answer: Option<&Answer>, now: &ZonedDateTime) -> bool {
        let Some(answer) = answer else { return *self == Test::Empty };
        match self {
            Test::Is(option) => answer.option() == Some(option),
            Test::In(options) => answer.option().is_some_and(|given| options.iter().any(|option| option == given)),
            Test::Includes(option) => answer.options().contains(&option.as_str()),
            Test::Ticked(least) => answer.options().len() >= *least,
            Test::AtLeast(least) => matches!(answer, Answer::Number(number) if number >= least),
            Test::Answered => !answer.is_empty(),
            Test::Empty => answer.is_empty(),
            Test::WithinDays(days) => answer.day().is_some_and(|day| age_in_days(day, now) <= *days),
            Test::OlderThanDays(days) => answer.day().is_some_and(|day| age_in_days(day, now) > *days),
            Test::AgeUnder(years) => is_younger(answer, *years, now),
            Test::Before(date) => answer.day().is_some_and(|day| day < *date),
            Test::Mentions(phrases) => {
                let Answer::Text(text) = answer else { return false };
                let text = plain_words(text);
                phrases.iter().any(|phrase| text.contains(&plain_words(phrase)))
            }
        }
    }
}

/// The words of a text in small letters with a space around each, so that a phrase is found whole or not at all. An
/// apostrophe, straight or curly, is left out: "don’t" is "dont" whoever types it.
pub(crate) fn plain_words(text: &str) -> String {
    let text = text.replace(['\'', '’'], "").to_lowercase();
    let words = text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    words.fold(" ".to_owned(), |all, word| all + word + " ")
}

fn is_younger(answer: &Answer, years: i16, now: &ZonedDateTime) -> bool {
    let Answer::Person(Person { born: Some(born), .. }) = answer else { return false };
    born.checked_add(i32::from(years).years()).is_ok_and(|birthday| birthday > now.date())
}

/// Local calendar days from `day` to now; negative for a day to come.
pub(crate) fn age_in_days(day: Date, now: &ZonedDateTime) -> i64 {
    i64::from(day.until(now.date()).map_or(0, |span| span.get_days()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    fn now() -> ZonedDateTime {
        "2026-11-24T09:00:00+00:00[Europe/London]".parse().unwrap()
    }

    #[test]
    fn an_unanswered_question_is_empty_and_nothing_else() {
        for test in [
            Test::Is("a".into()),
            Test::Answered,
            Test::Ticked(0),
            Test::AtLeast(0),
            Test::WithinDays(9),
            Test::Includes("a".into()),
        ] {
            assert!(!test.holds(None, &now()), "{test:?}");
        }
        assert!(Test::Empty.holds(None, &now()));
    }

    #[test]
    fn a_text_mentions_whole_words_and_phrases_in_any_case() {
        let mentions = |text: &str| {
            let test = Test::Mentions(vec!["knife".into(), "break in".into(), "don’t feel safe".into()]);
            test.holds(Some(&Answer::Text(text.into())), &now())
        };
        for text in ["He has a KNIFE!", "a break-in", "Break\n in?", "knife", "I don't feel safe.", "I don’t feel safe"]
        {
            assert!(mentions(text), "{text}");
        }
        for text in ["knifes", "penknife", "a break", "tea break inside", "", "in break"] {
            assert!(!mentions(text), "{text}");
        }
        assert!(!Test::Mentions(vec!["a".into()]).holds(Some(&Answer::Choice("a".into())), &now()));
    }

    #[test]
    fn a_number_is_enough_from_the_least_on() {
        let holds = |answer: Answer| Test::AtLeast(3).holds(Some(&answer), &now());
        assert!(holds(Answer::Number(3)) && holds(Answer::Number(4)) && !holds(Answer::Number(2)));
        assert!(!holds(Answer::Text("5".into())));
    }

    #[test]
    fn days_are_counted_on_the_calendar() {
        let answer = Answer::Date(date(2026, 11, 17));
        assert!(Test::WithinDays(7).holds(Some(&answer), &now()));
        assert!(!Test::WithinDays(6).holds(Some(&answer), &now()));
        assert!(Test::OlderThanDays(6).holds(Some(&answer), &now()));
        assert!(!Test::OlderThanDays(7).holds(Some(&answer), &now()));
        assert!(Test::Before(date(2026, 11, 18)).holds(Some(&answer), &now()));
        assert!(!Test::Before(date(2026, 11, 17)).holds(Some(&answer), &now()));
    }

    #[test]
    fn a_person_is_of_age_on_the_birthday() {
        let born = |day| Answer::Person(Person { born: Some(day), ..Person::default() });
        assert!(Test::AgeUnder(18).holds(Some(&born(date(2008, 11, 25))), &now()));
        assert!(!Test::AgeUnder(18).holds(Some(&born(date(2008, 11, 24))), &now()));
        assert!(!Test::AgeUnder(18).holds(Some(&Answer::Person(Person::default())), &now()));
    }

    #[test]
    fn all_any_and_not_nest() {
        let of = |question: &str, test| Condition::Of { question: question.into(), test };
        let condition = Condition::All(vec![
            Condition::Any(vec![of("a", Test::Is("x".into())), of("a", Test::Is("y".into()))]),
            Condition::Not(Box::new(of("b", Test::Includes("z".into())))),
        ]);
        let answers = Answers::new().with("a", Answer::Choice("y".into()));
        assert!(condition.holds(&answers, &now()));
        assert!(!condition.holds(&answers.with("b", Answer::Choices(vec!["z".into()])), &now()));
        assert_eq!(condition.questions().len(), 3);
    }
}
