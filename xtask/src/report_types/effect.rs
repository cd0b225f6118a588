//! What an answer sets off, in one line each.

use catalogue::{Service, When};

use super::said;

/// `is danger: stop `danger`, priority 1`.
pub fn line(service: &Service, when: &When) -> String {
    let mut said = said::test(&when.test);
    if let Some(and) = &when.and {
        said = format!("{said} and {}", said::condition(and));
    }
    format!("{said}: {}", effects(service, when).join(", "))
}

fn effects(service: &Service, when: &When) -> Vec<String> {
    let mut all = Vec::new();
    let mut named = |word: &str, id: Option<&String>| all.extend(id.map(|id| format!("{word} `{id}`")));
    named("stop", when.stop.as_ref());
    named("on to", when.stop.as_ref().and_then(|stop| service.stop(stop)).and_then(|stop| stop.go.as_ref()));
    for flag in &when.flags {
        named("flag", Some(flag));
    }
    named("notice", when.notice.as_ref());
    named("timer", when.timer.as_ref());
    named("desk", when.recipient.as_ref());
    named("type", when.type_code.as_ref());
    all.extend(when.priority.map(|priority| format!("priority {priority}")));
    all.extend(when.sensitive.then(|| "sensitive report".to_owned()));
    all.extend(when.anonymous.then(|| "no name is asked".to_owned()));
    all.extend(when.share_contact.then(|| "helping agencies see who reported".to_owned()));
    all.extend(when.short_view.then(|| "the reporter follows by the shorter view".to_owned()));
    all.extend(when.preset.iter().map(|(question, option)| format!("proposes {option} for `{question}`")));
    all
}

#[cfg(test)]
mod tests {
    use super::super::planted;
    use super::*;

    #[test]
    fn every_effect_of_an_answer_is_named() {
        let catalogue = planted::catalogue();
        let lamp = catalogue.service("lamp").unwrap();
        let lines: Vec<_> = lamp.question("fault").unwrap().when.iter().map(|when| line(lamp, when)).collect();
        assert_eq!(
            lines,
            [
                "includes leaning: flag `unsafe`, notice `keep_away`, desk `night`, priority 1, proposes yes for `seen`",
                "includes dark and `where` is answered: stop `river`, on to `route.water`, timer `soon`, type `lamp.dark`, sensitive report",
            ]
        );
    }
}
