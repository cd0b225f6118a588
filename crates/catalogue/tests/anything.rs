//! Whatever is posted or sent: an answer that is read the same again, or a problem with a sentence; never a panic.

mod ours;

use catalogue::{Answers, Filled, Form, Read, kind, walk};
use ours::World;
use proptest::prelude::*;
use serde_json::Value;
use std::sync::LazyLock;

static WORLD: LazyLock<World> = LazyLock::new(|| World::new(ours::catalogue()));

fn typed() -> impl Strategy<Value = String> {
    let known = [
        "",
        " ",
        "yes",
        "no",
        "other",
        "mattress",
        "tyres",
        "1",
        "31",
        "2",
        "2026",
        "9pm",
        "1:30am",
        "exact",
        "between",
        "day",
        "only",
        "email",
        "mon",
        "BS23 1AA",
        "high street",
        "51.3",
        "-2.9",
        "words",
        "phone",
        "stolen",
        "about 5",
        "2026-10-25",
        "\0",
        "\u{202e}",
        "999999999999999999999",
        "é€😀",
    ];
    prop_oneof![4 => prop::sample::select(known.to_vec()).prop_map(str::to_owned), 1 => any::<String>()]
}

fn part() -> impl Strategy<Value = &'static str> {
    prop::sample::select(vec![
        "",
        ".text",
        ".lat",
        ".lon",
        ".how",
        ".pick",
        ".words",
        ".day",
        ".month",
        ".year",
        ".mode",
        ".date",
        ".date.day",
        ".date.month",
        ".date.year",
        ".time",
        ".fold",
        ".from.date",
        ".from.time",
        ".to.date",
        ".to.time",
        ".on",
        ".name",
        ".phone",
        ".email",
        ".born",
        ".safe_mode",
        ".safe",
        ".never_via",
        ".windows.0.days",
        ".windows.0.from",
        ".windows.0.to",
        ".codeword",
        ".registration",
        ".marks",
        ".0.kind",
        ".0.value",
        ".0.imei",
        ".1.state",
        ".0.name",
        ".19.make",
        ".0.date",
        ".0.start",
        ".0.end",
        ".0.start_fold",
        ".0.end_fold",
        ".0.description",
        ".99999999999999999999.make",
        ".agree",
        ".add",
        ".remove",
    ])
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 600, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_post_is_read_or_refused_and_what_is_read_survives_json(fields in prop::collection::vec((part(), typed()), 0..8), pick in any::<prop::sample::Index>()) {
        let all: Vec<_> = WORLD.land.0.services().iter().flat_map(|service| service.questions.iter().map(move |question| (service, question))).collect();
        let (service, question) = all[pick.index(all.len())];
        let form = Form(fields.into_iter().map(|(part, value)| (format!("{}{part}", question.id), value)).collect());
        let none = Answers::new();
        kind::face(question, &service.words, Filled::Form(&form), &none);
        if let Some(again) = kind::rows(question, &form) {
            kind::face(question, &service.words, Filled::Form(&again), &none);
        }
        match kind::read(question, &form, &none, &WORLD.ctx()) {
            Ok(Read::Answer(Some(answer))) => {
                kind::show(question, &service.words, &answer);
                let given = none.with(&question.id, answer.clone());
                let again = Answers::from_json(service, &given.to_json()).unwrap();
                prop_assert_eq!(&again, &given);
                let face = kind::face(question, &service.words, Filled::Answer(&answer), &given);
                prop_assert_eq!(&face.frame().id, &question.id);
                walk(service, &given, &WORLD.ctx());
            }
            Ok(Read::Answer(None)) => {}
            Ok(Read::Pick(found)) => prop_assert!(found.len() > 1),
            Err(problems) => {
                prop_assert!(!problems.is_empty());
                for problem in problems {
                    prop_assert!(!problem.text.is_empty(), "{problem:?}");
                    prop_assert!(problem.field.starts_with(question.id.as_str()), "{problem:?}");
                }
            }
        }
    }

    #[test]
    fn json_is_read_or_refused(text in "[\\[\\]{}\":,0-9a-z. ]{0,60}", pick in any::<prop::sample::Index>()) {
        let value: Value = serde_json::from_str(&text).unwrap_or(Value::String(text));
        // A signpost has none.
        for service in WORLD.land.0.services().iter().filter(|service| !service.questions.is_empty()) {
            let question = &service.questions[pick.index(service.questions.len())];
            let whole = serde_json::json!({ question.id.as_str(): value });
            match Answers::from_json(service, &whole) {
                Ok(answers) => prop_assert_eq!(Answers::from_json(service, &answers.to_json()).unwrap(), answers),
                Err(problems) => prop_assert!(problems.iter().all(|problem| !problem.text.is_empty())),
            }
        }
    }
}
