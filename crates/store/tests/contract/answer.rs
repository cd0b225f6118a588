use crate::{engine::wait, fixtures::*};
use rights::Right;
use serde_json::json;
use store::answer::{self, Answer, Part};

fn answer(part: Part) -> Answer {
    Answer { part, body: json!({ "said": part.name(), "z": 1, "a": [true, null] }), salt: SALT.to_vec() }
}

on_both!(a_reporter_reads_every_part_back, |fresh| {
    fresh
        .write(|tx| {
            a_house(tx)?;
            Part::ALL.iter().try_for_each(|part| answer::insert(tx, report_id(1), &answer(*part)))
        })
        .unwrap();
    let own = fresh.read(|tx| answer::own(&resident(report_id(1)), tx, report_id(1))).unwrap();
    let mut all: Vec<Answer> = Part::ALL.iter().map(|part| answer(*part)).collect();
    all.sort_by_key(|answer| answer.part.name());
    assert_eq!(own, all);
    let stranger = fresh.read(|tx| answer::own(&resident(report_id(2)), tx, report_id(1)));
    assert!(is_not_found(&stranger), "{stranger:?}");
    let staff = fresh.read(|tx| answer::own(&officer(), tx, report_id(1)));
    assert!(is_not_found(&staff), "{staff:?}");
});

on_both!(staff_read_a_part_by_its_right, |fresh| {
    fresh
        .write(|tx| {
            a_house(tx)?;
            Part::ALL.iter().try_for_each(|part| answer::insert(tx, report_id(1), &answer(*part)))
        })
        .unwrap();
    for (n, part) in Part::ALL.iter().copied().enumerate() {
        let entitled = officer_with(COUNCIL, &[part.right()]);
        let by = entitled.clone();
        let seen =
            wait(fresh.db.look(&entitled, glance(n as u64), move |look| answer::part(&by, look, report_id(1), part)));
        assert_eq!(seen.unwrap(), Some(answer(part).body));
        let others: Vec<Right> = Right::ALL.iter().copied().filter(|right| *right != part.right()).collect();
        let not = officer_with(COUNCIL, &others);
        let by = not.clone();
        let refused = wait(fresh.db.look(&not, glance(100), move |look| answer::part(&by, look, report_id(1), part)));
        assert!(is_not_found(&refused), "{refused:?}");
    }
});

on_both!(a_part_is_given_once, |fresh| {
    fresh
        .write(|tx| {
            a_report(tx, 1)?;
            answer::insert(tx, report_id(1), &answer(Part::Plain))
        })
        .unwrap();
    let again = fresh.write(|tx| answer::insert(tx, report_id(1), &answer(Part::Plain)));
    assert!(matches!(again, Err(store::Error::Taken(_))), "{again:?}");
    let of_none = fresh.write(|tx| answer::insert(tx, report_id(9), &answer(Part::Plain)));
    assert!(matches!(of_none, Err(store::Error::Refused(_))), "{of_none:?}");
});

on_both!(an_answer_read_back_still_has_the_hash_it_was_given_under, |fresh| {
    let given = answer(Part::Plain);
    let hash = store::journal::content_hash(&given.salt, &given.body);
    fresh
        .write(move |tx| {
            a_report(tx, 1)?;
            answer::insert(tx, report_id(1), &given)
        })
        .unwrap();
    let read = fresh.read(|tx| answer::own(&HOUSE, tx, report_id(1))).unwrap();
    assert_eq!(store::journal::content_hash(&read[0].salt, &read[0].body), hash);
});
