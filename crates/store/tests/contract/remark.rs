use crate::{
    engine::{Fresh, wait},
    fixtures::*,
    publication::publication,
};
use rights::Actor;
use serde_json::json;
use store::held::{self, Held, Scan};
use store::{
    answer::Part,
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

fn photos_in_public(fresh: &Fresh) -> Vec<uuid::Uuid> {
    let found: Vec<Held> = fresh.read(|tx| held::said_in_public(tx, report_id(1))).unwrap();
    assert!(found.iter().all(|held| held.remark.is_some() && held.report == Some(report_id(1))));
    found.into_iter().map(|held| held.id).collect()
}

on_both!(photos_of_what_is_said_are_seen_while_it_is_shown_and_are_nobody_elses, |fresh| {
    fresh.write(filled).unwrap();
    let someone = Actor::Account(id(30, 1));
    for (n, remark) in [(1, 5), (2, 5), (3, 4)] {
        fresh.write(move |tx| held::hold(tx, &photo(n), &until(b"mine"))).unwrap();
        let place = (report_id(1), id(9, remark), n as i64);
        let by = someone.clone();
        fresh.write(move |tx| held::claim_for_remark(&by, tx, b"mine", photo(n).id, place)).unwrap();
    }
    let by = someone.clone();
    let again =
        fresh.write(move |tx| held::claim_for_remark(&by, tx, b"mine", photo(1).id, (report_id(1), id(9, 5), 0)));
    assert!(matches!(again, Err(store::Error::Stale)), "{again:?}");
    let nobody =
        fresh.write(|tx| held::claim_for_remark(&Actor::Anonymous, tx, b"", photo(1).id, (report_id(1), id(9, 5), 0)));
    assert!(is_not_found(&nobody));
    // The third belongs to one that waits.
    assert_eq!(photos_in_public(fresh), [photo(1).id, photo(2).id]);
    assert_eq!(fresh.read(|tx| held::own(&resident(report_id(1)), tx, report_id(1))).unwrap(), []);
    assert_eq!(fresh.read(|tx| held::public(tx, report_id(1))).unwrap(), []);
    assert_eq!(fresh.read(|tx| store::request::photos(tx, &[report_id(1)])).unwrap(), []);
    let seen = wait(
        fresh
            .db
            .look(&officer(), glance(78), |look| held::for_staff(&officer(), look, report_id(1), &[Part::Personal])),
    );
    assert_eq!(seen.unwrap().len(), 3);
    fresh.write(|tx| held::hide(&officer(), tx, photo(1).id, Some(NOW))).unwrap();
    assert_eq!(photos_in_public(fresh), [photo(2).id]);
    fresh.write(|tx| remark::set_shown(&officer(), tx, report_id(1), id(9, 5), Shown::Hidden)).unwrap();
    assert!(photos_in_public(fresh).is_empty());
});

on_both!(a_photo_without_words_is_read_and_goes_with_what_was_said, |fresh| {
    fresh.write(filled).unwrap();
    fresh
        .write(|tx| {
            journal::write(&HOUSE, tx, &NewEntry { content: None, ..entry(8, 1) })?;
            let said = Remark { id: entry_id(8), ..remark_of(8, b"h", Says::Still, Shown::Public) };
            remark::insert(&Actor::Account(id(30, 1)), tx, &said)?;
            held::hold(tx, &Held { scan: Scan::Clean, ..photo(8) }, &until(b"mine"))
        })
        .unwrap();
    let first = |fresh: &Fresh| fresh.read(|tx| remark::public(tx, report_id(1))).unwrap().len();
    assert_eq!(first(fresh), 3, "a claim alone is only counted");
    let place = (report_id(1), entry_id(8), 0);
    fresh.write(move |tx| held::claim_for_remark(&Actor::Account(id(30, 1)), tx, b"mine", photo(8).id, place)).unwrap();
    assert_eq!(first(fresh), 4);
    fresh.write(|tx| tx.run("DELETE FROM remark WHERE id = $1", &[&entry_id(8)])).unwrap();
    let ids = fresh.read(|tx| held::ids(&HOUSE, tx, uuid::Uuid::nil(), 9)).unwrap();
    assert!(!ids.contains(&photo(8).id), "its bytes are nobody's now, and swept");
});
