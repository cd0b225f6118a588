use crate::{engine::wait, fixtures::*};
use store::{
    Error,
    answer::Part,
    held::{self, Giver, Held, Place, Scan},
    journal::Audience,
};

fn place(n: u64) -> Place<'static> {
    Place { report: report_id(n), entry: entry_id(n), question: "photos", part: Part::Evidence, ordinal: 2 }
}

on_both!(a_file_is_claimed_once_by_the_token_that_holds_it, |fresh| {
    fresh.write(a_house).unwrap();
    fresh.write(|tx| a_report(tx, 2)).unwrap();
    fresh.write(|tx| held::hold(tx, &photo(1), &until(b"mine"))).unwrap();
    assert_eq!(fresh.read(|tx| held::of_attempt(tx, b"mine")).unwrap(), [photo(1)]);
    assert_eq!(fresh.read(|tx| held::of_attempt(tx, b"yours")).unwrap(), []);
    let other = fresh.write(|tx| held::claim(tx, b"yours", photo(1).id, &place(1)));
    assert!(matches!(other, Err(Error::Stale)), "{other:?}");
    fresh.write(|tx| held::claim(tx, b"mine", photo(1).id, &place(1))).unwrap();
    let again = fresh.write(|tx| held::claim(tx, b"mine", photo(1).id, &place(2)));
    assert!(matches!(again, Err(Error::Stale)), "{again:?}");
    assert_eq!(fresh.read(|tx| held::of_attempt(tx, b"mine")).unwrap(), []);
    let claimed =
        Held { report: Some(report_id(1)), question: "photos".into(), part: Part::Evidence, ordinal: 2, ..photo(1) };
    let own = fresh.read(|tx| held::own(&resident(report_id(1)), tx, report_id(1))).unwrap();
    assert_eq!(own, [claimed]);
    assert!(is_not_found(&fresh.read(|tx| held::own(&resident(report_id(2)), tx, report_id(1)))));
});

on_both!(what_nobody_claims_runs_out_and_what_was_claimed_does_not, |fresh| {
    fresh.write(a_house).unwrap();
    for n in 1..=3 {
        fresh.write(move |tx| held::hold(tx, &photo(n), &until(&[n as u8]))).unwrap();
    }
    let waits = |at| fresh.read(move |tx| held::unclaimed_bytes(tx, at, 1)).unwrap();
    assert_eq!(waits(NOW), 3 * photo(1).size);
    let least = 2 * photo(1).size;
    assert_eq!(fresh.read(move |tx| held::unclaimed_bytes(tx, NOW, least)).unwrap(), 3 * least);
    fresh.write(|tx| held::claim(tx, &[1], photo(1).id, &place(1))).unwrap();
    assert_eq!(waits(NOW), 2 * photo(1).size);
    fresh.write(|tx| held::let_go(tx, &[1], NOW)).unwrap();
    fresh.write(|tx| held::let_go(tx, &[2], NOW)).unwrap();
    let out = |at| fresh.read(move |tx| held::run_out(&HOUSE, tx, at, 9)).unwrap();
    assert_eq!(out(NOW), [photo(2).id]);
    assert_eq!(out(NOW.plus_hours(24)), [photo(2).id, photo(3).id]);
    let forget = |n, at| fresh.write(move |tx| held::forget(&HOUSE, tx, photo(n).id, at)).unwrap();
    assert!(!forget(1, NOW.plus_hours(99)), "a claimed file is not forgotten");
    assert!(!forget(3, NOW), "nor one before its time");
    assert!(forget(2, NOW) && !forget(2, NOW));
    let ids = |after, most| fresh.read(move |tx| held::ids(&HOUSE, tx, after, most)).unwrap();
    assert_eq!(ids(uuid::Uuid::nil(), 9), [photo(1).id, photo(3).id]);
    assert_eq!(ids(uuid::Uuid::nil(), 1), [photo(1).id]);
    assert_eq!(ids(photo(1).id, 9), [photo(3).id]);
});

on_both!(staff_see_files_of_the_parts_they_may_see_and_of_their_own_agency, |fresh| {
    fresh.write(a_house).unwrap();
    let add = |n: u64, part: Part, audience: Audience, agency: &'static str| {
        let held = Held { report: Some(report_id(1)), part, audience, agency: Some(agency.into()), ..photo(n) };
        fresh.write(move |tx| held::add(&officer(), tx, &held, entry_id(1))).unwrap();
    };
    add(1, Part::Plain, Audience::Resident, COUNCIL);
    add(2, Part::Evidence, Audience::Agencies, COUNCIL);
    add(3, Part::Plain, Audience::Agency, COUNCIL);
    add(4, Part::Plain, Audience::Agency, POLICE);
    let seen = |n, parts: &'static [Part]| -> Vec<_> {
        let who = officer();
        let found =
            wait(fresh.db.look(&who, glance(n), move |look| held::for_staff(&officer(), look, report_id(1), parts)));
        found.unwrap().into_iter().map(|held: Held| held.id).collect()
    };
    assert_eq!(seen(1, &[Part::Plain]), [photo(1).id, photo(3).id]);
    assert_eq!(seen(2, &[Part::Plain, Part::Evidence]), [photo(1).id, photo(2).id, photo(3).id]);
    let own = fresh.read(|tx| held::own(&resident(report_id(1)), tx, report_id(1))).unwrap();
    assert_eq!(own.len(), 1, "the reporter sees what is for them");
    let given = |who: rights::Actor| fresh.read(move |tx| held::given(&who, tx, report_id(1)));
    assert_eq!(given(witness(report_id(1))).unwrap(), own, "a witness too, where they gave it");
    assert!(is_not_found(&given(witness(report_id(2)))));
    let shown = Held { report: Some(report_id(1)), giver: Giver::Staff, agency: Some(COUNCIL.into()), ..photo(6) };
    fresh.write(move |tx| held::add(&officer(), tx, &shown, entry_id(1))).unwrap();
    assert_eq!(given(witness(report_id(1))).unwrap(), own, "and nothing that staff show the victim");
    assert!(is_not_found(&fresh.read(|tx| held::own(&witness(report_id(1)), tx, report_id(1)))));
    let stranger = resident(report_id(2));
    let held = Held { report: Some(report_id(1)), ..photo(5) };
    assert!(is_not_found(&fresh.write(move |tx| held::add(&stranger, tx, &held, entry_id(1)))));
});

on_both!(a_file_is_hidden_and_shown_and_blacked_out_with_every_version_kept, |fresh| {
    fresh.write(a_house).unwrap();
    fresh.write(|tx| held::hold(tx, &photo(1), &until(b"a"))).unwrap();
    fresh.write(|tx| held::claim(tx, b"a", photo(1).id, &place(1))).unwrap();
    let hide = |at| fresh.write(move |tx| held::hide(&officer(), tx, photo(1).id, at));
    hide(Some(NOW)).unwrap();
    assert!(matches!(hide(Some(NOW)), Err(Error::Stale)), "it is hidden already");
    hide(None).unwrap();
    let redact = |from| fresh.write(move |tx| held::redact(&officer(), tx, photo(1).id, from, &pictures(1, from + 1)));
    redact(0).unwrap();
    assert!(matches!(redact(0), Err(Error::Stale)), "somebody else was first");
    let back = fresh.write(|tx| held::redact(&officer(), tx, photo(1).id, 1, &pictures(1, 1)));
    assert!(matches!(back, Err(Error::Stale)), "numbers only rise");
    redact(1).unwrap();
    let found = fresh.read(|tx| held::for_act(&officer(), tx, report_id(1), photo(1).id)).unwrap().unwrap();
    assert_eq!((found.version, found.hidden_at), (2, None));
    assert_eq!(fresh.read(|tx| held::for_act(&officer(), tx, report_id(2), photo(1).id)).unwrap(), None);
    let reporter = resident(report_id(1));
    assert!(is_not_found(&fresh.read(move |tx| held::for_act(&reporter, tx, report_id(1), photo(1).id))));
});

on_both!(a_search_is_entered_once, |fresh| {
    fresh.write(|tx| held::hold(tx, &Held { scan: Scan::Waiting, ..photo(1) }, &until(b"a"))).unwrap();
    let waiting = || fresh.read(|tx| held::unscanned(&HOUSE, tx, NOW, 9)).unwrap();
    assert_eq!(waiting(), [(photo(1).id, None)]);
    let scanned = |scan| fresh.write(move |tx| held::scanned(&HOUSE, tx, photo(1).id, scan)).unwrap();
    assert!(scanned(Scan::Infected) && !scanned(Scan::Clean));
    assert_eq!(waiting(), []);
    assert_eq!(fresh.read(|tx| held::of_attempt(tx, b"a")).unwrap()[0].scan, Scan::Infected);
    assert!(is_not_found(&fresh.write(|tx| held::scanned(&officer(), tx, photo(1).id, Scan::Clean))));
});

on_both!(files_are_read_beside_the_entry_that_records_them, |fresh| {
    fresh.write(a_house).unwrap();
    for n in 1..=2 {
        fresh.write(move |tx| held::hold(tx, &photo(n), &until(b"a"))).unwrap();
    }
    fresh.write(|tx| held::claim(tx, b"a", photo(1).id, &place(1))).unwrap();
    let kept = |after, most| fresh.read(move |tx| held::kept(&HOUSE, tx, after, most)).unwrap();
    let all = kept(report_id(0), 9);
    assert_eq!(all.iter().map(|kept| kept.id).collect::<Vec<_>>(), [photo(1).id, photo(2).id]);
    assert!(all[0].facts.is_some() && all[1].facts.is_none());
    assert_eq!(kept(photo(1).id, 1)[0].id, photo(2).id);
});
