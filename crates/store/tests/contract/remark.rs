use crate::{engine::wait, fixtures::*, publication::publication};
use rights::Actor;
use serde_json::json;
use store::{
    journal::{self, NewEntry},
    publication as public,
    publication::Shown,
    remark::{self, Remark, Says},
};

pub fn remark_of(n: u64, mark: &[u8], says: Says, shown: Shown) -> Remark {
    Remark { id: id(9, n), report: report_id(1), mark: mark.to_vec(), says, shown, at: NOW.plus_seconds(n as i64) }
}

/// Keeps one with its entry, whose content are words.
pub fn keep(tx: &mut store::Tx, n: u64, remark: &Remark) -> store::Result<()> {
    let content = Some(json!({ "words": format!("words {n}") }));
    journal::write(&HOUSE, tx, &NewEntry { content, id: remark.id, ..entry(n, 1) })?;
    remark::insert(&Actor::Account(id(30, 1)), tx, remark)
}

fn filled(tx: &mut store::Tx) -> Result<(), store::Error> {
    people(tx)?;
    store::definition::keep(tx, &definition(), NOW)?;
    store::report::insert(tx, &new_report(1))?;
    public::insert(tx, &publication(1), "")?;
    for (n, mark, says, shown) in [
        (1, b"a", Says::Fixed, Shown::Public),
        (2, b"a", Says::Fixed, Shown::Public),
        (3, b"b", Says::Fixed, Shown::Hidden),
        (4, b"c", Says::Still, Shown::Waits),
        (5, b"d", Says::More, Shown::Public),
    ] {
        keep(tx, n, &remark_of(n, mark, says, shown))?;
    }
    Ok(())
}

on_both!(each_person_counts_once_and_what_is_hidden_does_not, |fresh| {
    fresh.write(filled).unwrap();
    let counts = |since| fresh.read(move |tx| remark::counts(tx, report_id(1), NOW.plus_seconds(since))).unwrap();
    assert_eq!((counts(0), counts(5)), ((1, 1), (0, 0)));
});

on_both!(everybody_reads_what_is_shown_of_a_report_that_is_shown, |fresh| {
    fresh.write(filled).unwrap();
    let said = || fresh.read(|tx| remark::public(tx, report_id(1))).unwrap();
    assert_eq!(said().iter().map(|one| one.id).collect::<Vec<_>>(), [id(9, 5), id(9, 2), id(9, 1)]);
    assert_eq!(said()[0].content, Some(json!({ "words": "words 5" })));
    fresh.write(|tx| public::set_shown(&HOUSE, tx, report_id(1), Shown::Public, Shown::Hidden)).unwrap();
    assert!(said().is_empty());
});

on_both!(staff_who_moderate_see_all_and_show_and_hide, |fresh| {
    fresh.write(filled).unwrap();
    let seen =
        wait(fresh.db.look(&officer(), glance(77), |look| remark::of_report(&officer(), look, report_id(1)))).unwrap();
    assert_eq!(seen.len(), 5);
    let waiting = || fresh.read(|tx| remark::waiting(&officer(), tx, report_id(1))).unwrap();
    let before = waiting();
    assert!(before > 0);
    assert!(is_not_found(&fresh.read(|tx| remark::waiting(&Actor::Anonymous, tx, report_id(1)))));
    fresh.write(|tx| remark::set_shown(&officer(), tx, report_id(1), id(9, 4), Shown::Public)).unwrap();
    assert!(fresh.write(|tx| remark::set_shown(&officer(), tx, report_id(1), id(9, 4), Shown::Public)).is_err());
    assert_eq!(waiting(), before - 1);
    let stands = |report| fresh.read(move |tx| remark::stands(&officer(), tx, report_id(report), id(9, 4))).unwrap();
    assert_eq!((stands(1), stands(2)), (Some(Shown::Public), None));
    assert!(fresh.write(|tx| remark::set_shown(&officer(), tx, report_id(2), id(9, 4), Shown::Hidden)).is_err());
    assert!(is_not_found(&fresh.write(|tx| remark::set_shown(
        &Actor::Anonymous,
        tx,
        report_id(1),
        id(9, 4),
        Shown::Hidden
    ))));
    assert!(is_not_found(&fresh.write(|tx| remark::insert(
        &Actor::Anonymous,
        tx,
        &remark_of(9, b"x", Says::More, Shown::Waits)
    ))));
});
