//! Which of several templates fits best.

use store::template::{Moment, Template};

/// What is to be answered.
#[derive(Clone, Copy, Debug)]
pub(super) struct At<'a> {
    pub service: &'a str,
    pub moment: Moment,
    pub state: &'a str,
    /// The status code that an outside system gave.
    pub code: Option<&'a str>,
}

/// A code as it is asked for: a `*` stands for any letters, also for none.
fn matches(pattern: &str, code: &str) -> bool {
    match pattern.split_once('*') {
        None => pattern == code,
        Some((head, rest)) => code.strip_prefix(head).is_some_and(|left| {
            left.char_indices().map(|(at, _)| at).chain([left.len()]).any(|at| matches(rest, &left[at..]))
        }),
    }
}

/// How well one fits; nothing where it does not. An exact code goes before a pattern, a longer pattern before a shorter one, any code
/// before none, the service's own before one for all, a named state before any.
fn rank(template: &Template, at: At) -> Option<(u8, usize, bool, bool)> {
    let is_for = template.service.is_empty() || template.service == at.service;
    let is_then = match template.moment {
        Moment::Any => !template.code.is_empty(),
        moment => moment == at.moment && (moment == Moment::Filed || template.state == at.state),
    };
    if !is_for || !is_then {
        return None;
    }
    let (kind, length) = match (template.code.as_str(), at.code) {
        ("", _) => (0, 0),
        (pattern, Some(code)) if matches(pattern, code) => {
            (if pattern.contains('*') { 1 } else { 2 }, pattern.chars().filter(|letter| *letter != '*').count())
        }
        _ => return None,
    };
    Some((kind, length, !template.service.is_empty(), template.moment != Moment::Any))
}

/// The one that fits best; of two that fit alike the one that was made first.
pub(super) fn best<'t>(all: impl IntoIterator<Item = &'t Template>, at: At) -> Option<&'t Template> {
    let ranked = all.into_iter().filter_map(|one| Some((rank(one, at)?, one)));
    let first = ranked.reduce(|best, next| match next.0.cmp(&best.0) {
        std::cmp::Ordering::Greater => next,
        std::cmp::Ordering::Equal if next.1.line < best.1.line => next,
        _ => best,
    });
    first.map(|(_, one)| one)
}

#[cfg(test)]
mod tests {
    use super::*;
    use store::Time;
    use uuid::Uuid;

    fn of(name: &str, service: &str, (moment, state): (Moment, &str), code: &str) -> Template {
        Template {
            id: Uuid::nil(),
            line: Uuid::from_u128(name.bytes().fold(0, |n, b| n * 256 + u128::from(b))),
            version: 1,
            agency: "anywhere".into(),
            name: name.into(),
            service: service.into(),
            moment,
            state: state.into(),
            code: code.into(),
            words: String::new(),
            mail: String::new(),
            everybody: String::new(),
            automatic: true,
            active: true,
            since: Time(0),
            until: None,
            by_staff: Uuid::nil(),
        }
    }

    fn found(all: &[Template], service: &str, state: &str, code: Option<&str>) -> Option<String> {
        best(all, At { service, moment: Moment::Stage, state, code }).map(|one| one.name.clone())
    }

    #[test]
    fn the_most_exact_code_comes_first_then_the_service() {
        let stage = (Moment::Stage, "planned");
        let all = [
            of("all", "", stage, ""),
            of("own", "hole", stage, ""),
            of("any code", "", (Moment::Any, ""), "9*"),
            of("pattern", "", stage, "98*"),
            of("exact", "", stage, "981"),
            of("exact own", "hole", stage, "981"),
        ];
        let name = |service, code| found(&all, service, "planned", code);
        assert_eq!(name("hole", None).as_deref(), Some("own"));
        assert_eq!(name("lamp", None).as_deref(), Some("all"));
        assert_eq!(name("lamp", Some("981")).as_deref(), Some("exact"));
        assert_eq!(name("hole", Some("981")).as_deref(), Some("exact own"));
        assert_eq!(name("hole", Some("985")).as_deref(), Some("pattern"));
        assert_eq!(name("hole", Some("955")).as_deref(), Some("any code"));
        assert_eq!(name("hole", Some("1")).as_deref(), Some("own"));
        assert_eq!(found(&all, "hole", "other", None), None);
        assert_eq!(found(&all, "hole", "other", Some("955")).as_deref(), Some("any code"));
    }

    #[test]
    fn a_star_stands_for_any_letters_and_nothing_else_does() {
        for (pattern, code, fits) in [
            ("*", "", true),
            ("A*", "A1", true),
            ("*1", "A1", true),
            ("A*B*C", "A-B-C", true),
            ("A*B*C", "A-C-B", false),
            ("A.1", "AX1", false),
            ("A?", "A1", false),
            ("é*", "éa", true),
        ] {
            assert_eq!(matches(pattern, code), fits, "{pattern} {code}");
        }
    }
}
