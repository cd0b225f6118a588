use crate::source::Faults;
use crate::tree::{Node, Reader, Value};
use crate::{Condition, Test};

/// `{ question = "seen", is = "saw_it" }`, or `{ all = [...] }`, `{ any = [...] }`, `{ not = {...} }`.
pub(crate) fn read(node: &Node, faults: &mut Faults) -> Option<Condition> {
    let mut reader = Reader::of(node, "a condition", faults)?;
    let forms = ["all", "any", "not", "question"].into_iter().filter(|key| reader.has(key)).count();
    if forms != 1 {
        faults.add(node.line, "a condition has one of `all`, `any`, `not`, `question`");
        return None;
    }
    let condition = if reader.has("question") {
        let question = reader.need_text("question", faults);
        reader.what = format!("the condition on `{question}`");
        test(&mut reader, faults).map(|test| Condition::Of { question, test })
    } else if let Some(inner) = reader.take("not") {
        read(inner, faults).map(|inner| Condition::Not(Box::new(inner)))
    } else {
        let key = if reader.has("all") { "all" } else { "any" };
        let inner: Vec<Condition> =
            reader.tables(key, faults).into_iter().filter_map(|node| read(node, faults)).collect();
        if inner.is_empty() {
            faults.add(node.line, format_args!("`{key}` holds no condition"));
        }
        Some(if key == "all" { Condition::All(inner) } else { Condition::Any(inner) })
    };
    reader.close(faults);
    condition
}

pub(crate) const TESTS: &[&str] = &[
    "is",
    "in",
    "includes",
    "ticked",
    "at_least",
    "answered",
    "empty",
    "within_days",
    "older_than_days",
    "age_under",
    "before",
    "mentions",
];

/// The one test of a condition or of a `when`.
pub(super) fn test(reader: &mut Reader, faults: &mut Faults) -> Option<Test> {
    let line = reader.line;
    let tests: Vec<&str> = TESTS.iter().copied().filter(|key| reader.has(key)).collect();
    let [test] = tests[..] else {
        let what = &reader.what;
        faults.add(line, format_args!("{what} has {} tests; it needs one of {}", tests.len(), TESTS.join(", ")));
        return None;
    };
    match test {
        "is" => match reader.take("is").map(|node| (&node.value, node.line)) {
            // `is = true` reads better than "yes" where the question is a yes/no question.
            Some((Value::Bool(yes), _)) => Some(Test::Is(if *yes { "yes" } else { "no" }.to_owned())),
            _ => reader.text("is", faults).map(Test::Is),
        },
        "in" => Some(Test::In(reader.texts("in", faults))),
        "includes" => reader.text("includes", faults).map(Test::Includes),
        "ticked" => reader.number("ticked", faults).map(Test::Ticked),
        "at_least" => reader.number("at_least", faults).map(Test::AtLeast),
        "answered" => must_be_true(reader, "answered", faults).then_some(Test::Answered),
        "empty" => must_be_true(reader, "empty", faults).then_some(Test::Empty),
        "older_than_days" => reader.number("older_than_days", faults).map(Test::OlderThanDays),
        "age_under" => reader.number("age_under", faults).map(Test::AgeUnder),
        "mentions" => Some(Test::Mentions(reader.texts("mentions", faults))),
        "within_days" => reader.number("within_days", faults).map(Test::WithinDays),
        _ => {
            let line = reader.line_of("before");
            let text = reader.text("before", faults)?;
            let date = text.parse().ok();
            if date.is_none() {
                faults.add(line, format_args!("`{text}` is not a date like 2026-05-22"));
            }
            date.map(Test::Before)
        }
    }
}

fn must_be_true(reader: &mut Reader, key: &'static str, faults: &mut Faults) -> bool {
    let line = reader.line_of(key);
    let set = reader.flag(key, faults);
    if !set {
        faults.add(line, format_args!("`{key}` can only be true; use `not` for its opposite"));
    }
    set
}
