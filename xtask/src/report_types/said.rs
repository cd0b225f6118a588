//! Conditions in plain words: `people.known` is yes.

use catalogue::{Condition, Test};

pub fn condition(condition: &Condition) -> String {
    match condition {
        Condition::All(all) => joined(all, " and "),
        Condition::Any(any) => joined(any, " or "),
        Condition::Of { question, test } => format!("`{question}` {}", self::test(test)),
        Condition::Not(one) => match &**one {
            Condition::Of { question, test } => format!("`{question}` {}", negated(test)),
            many => format!("not ({})", self::condition(many)),
        },
    }
}

fn joined(all: &[Condition], word: &str) -> String {
    let part = |one: &Condition| match one {
        // Two words of different weight side by side would leave it open what belongs together.
        Condition::All(some) | Condition::Any(some) if some.len() > 1 && all.len() > 1 => {
            format!("({})", condition(one))
        }
        one => condition(one),
    };
    all.iter().map(part).collect::<Vec<_>>().join(word)
}

/// What is said of the answer: `is yes`.
pub fn test(test: &Test) -> String {
    match test {
        Test::Is(option) => format!("is {option}"),
        Test::In(options) => format!("is {}", either(options)),
        Test::Includes(option) => format!("includes {option}"),
        Test::Mentions(words) => format!("mentions {}", either(words)),
        Test::Ticked(least) => format!("has {least} or more ticked"),
        Test::AtLeast(least) => format!("is {least} or more"),
        Test::Answered => "is answered".into(),
        Test::Empty => "is empty".into(),
        Test::WithinDays(days) => format!("is at most {days} days ago"),
        Test::OlderThanDays(days) => format!("is more than {days} days ago"),
        Test::AgeUnder(years) => format!("is someone under {years}"),
        Test::Before(date) => format!("is before {date}"),
    }
}

/// It holds for a question without an answer too, as the condition does.
fn negated(test: &Test) -> String {
    match test {
        Test::Is(option) => format!("is not {option}"),
        Test::In(options) => format!("is not {}", either(options)),
        Test::Includes(option) => format!("does not include {option}"),
        Test::Mentions(words) => format!("does not mention {}", either(words)),
        Test::Answered => "is not answered".into(),
        Test::Empty => "is not empty".into(),
        other => format!("not: {}", self::test(other)),
    }
}

/// `a`, `a or b`, `a, b or c`.
pub fn either(options: &[String]) -> String {
    match options {
        [first @ .., last] if !first.is_empty() => format!("{} or {last}", first.join(", ")),
        options => options.join(""),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(question: &str, test: Test) -> Condition {
        Condition::Of { question: question.into(), test }
    }

    #[test]
    fn a_condition_reads_as_a_sentence() {
        assert_eq!(condition(&of("people.known", Test::Is("yes".into()))), "`people.known` is yes");
        let options = ["a", "b", "c"].map(str::to_owned).to_vec();
        assert_eq!(condition(&of("x", Test::In(options.clone()))), "`x` is a, b or c");
        assert_eq!(condition(&Condition::Not(Box::new(of("x", Test::In(options))))), "`x` is not a, b or c");
        assert_eq!(condition(&Condition::Not(Box::new(of("x", Test::Answered)))), "`x` is not answered");
    }

    #[test]
    fn brackets_say_what_belongs_together() {
        let pair = || vec![of("a", Test::Answered), of("b", Test::Ticked(2))];
        let both = Condition::All(vec![Condition::Any(pair()), of("c", Test::Empty)]);
        assert_eq!(condition(&both), "(`a` is answered or `b` has 2 or more ticked) and `c` is empty");
        let not = Condition::Not(Box::new(Condition::All(pair())));
        assert_eq!(condition(&not), "not (`a` is answered and `b` has 2 or more ticked)");
        assert_eq!(condition(&Condition::All(vec![Condition::Any(pair())])), condition(&Condition::Any(pair())));
    }

    #[test]
    fn every_test_has_words() {
        let date = Test::Before("2015-01-01".parse().unwrap());
        for (said, wanted) in [
            (Test::Includes("a".into()), "includes a"),
            (Test::Mentions(vec!["knife".into(), "gun".into()]), "mentions knife or gun"),
            (Test::AtLeast(3), "is 3 or more"),
            (Test::WithinDays(7), "is at most 7 days ago"),
            (Test::OlderThanDays(365), "is more than 365 days ago"),
            (Test::AgeUnder(18), "is someone under 18"),
            (date, "is before 2015-01-01"),
        ] {
            assert_eq!(test(&said), wanted);
        }
    }
}
