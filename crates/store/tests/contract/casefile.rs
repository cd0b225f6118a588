use crate::{
    engine::{Fresh, wait},
    fixtures::*,
};
use rights::{Actor, Remit, Right};
use serde_json::json;
use store::{
    Error, Time, Tx, believed,
    casefile::{self, Casefile},
    casefile_action::{self, Action, Visibility},
    casefile_entry, casefile_follower,
    complaint::{self, Complaint},
    journal::{self, Audience, NewEntry},
    site_visit::{self, Nuisance, SiteVisit},
};
use uuid::Uuid;

pub fn file_id(n: u64) -> Uuid {
    id(40, n)
}

/// A case of the council that began with report number 1, 2 …
pub fn casefile(n: u64) -> Casefile {
    Casefile {
        id: file_id(n),
        agency: COUNCIL.into(),
        service: "example".into(),
        reference: reference(n),
        opened_at: NOW,
        changed_at: NOW.plus_seconds(n as i64),
        closed_at: None,
        urgent: false,
        review_on: None,
        assignee: None,
        ward: None,
        notice_at: None,
        merged_into: None,
        merged_at: None,
        merged_ever: false,
        next_at: Some(NOW.plus_hours(n as i64)),
        warned_at: None,
        version: 1,
    }
}

pub fn complaint(n: u64) -> Complaint {
    let (casefile, report) = (file_id(n), report_id(n));
    Complaint { id: id(41, n), casefile, report, complainant: report, occurrence: None, at: NOW }
}

/// Of case 1, by person 1; its words stand in the entry of that number.
pub fn action(n: u64, entry: u64) -> Action {
    Action {
        id: id(42, n),
        casefile: file_id(1),
        kind: "letter".into(),
        visibility: Visibility::Public,
        happened_at: NOW.plus_hours(-(n as i64)),
        written_at: NOW,
        staff: Some(staff_id(1)),
        entry: entry_id(entry),
    }
}

pub fn site_visit(n: u64, entry: u64) -> SiteVisit {
    SiteVisit {
        id: id(43, n),
        casefile: file_id(1),
        entry: entry_id(entry),
        parked_at: Some(NOW),
        at_property_at: None,
        inside: true,
        distance_metres: None,
        furnished: Some(true),
        doors_open: Some(false),
        windows_open: None,
        can_close: None,
        continuous: Some(true),
        recognised: Some(false),
        minutes: 25,
        nuisance: Nuisance::Undecided,
        left_at: Some(NOW),
    }
}

/// An entry that is no report's own, with words.
pub fn noted(n: u64, words: &str) -> NewEntry {
    let content = Some(json!({ "words": words }));
    NewEntry { report: None, audience: Audience::Agency, kind: "case.action", content, ..entry(n, 1) }
}

/// Reports 1 to `most`, each with a case of its own.
pub fn cases(tx: &mut Tx, most: u64) -> Result<(), Error> {
    people(tx)?;
    for n in 1..=most {
        a_report(tx, n)?;
        casefile::insert(tx, &casefile(n))?;
        complaint::insert(tx, &complaint(n))?;
    }
    Ok(())
}

fn house(fresh: &Fresh, most: u64) {
    fresh.write(move |tx| cases(tx, most)).unwrap();
}

fn listed(fresh: &Fresh, n: u64, actor: Actor, closed: bool) -> Result<Vec<Uuid>, Error> {
    let who = actor.clone();
    let all = wait(fresh.db.look(&who, glance(n), move |look| {
        if closed { casefile::closed(&actor, look) } else { casefile::open(&actor, look) }
    }))?;
    Ok(all.into_iter().map(|case| case.id).collect())
}

on_both!(who_is_limited_finds_cases_of_their_services_and_wards_alone, |fresh| {
    house(fresh, 2);
    fresh.write(|tx| store::ward::put(tx, report_id(2), "W2")).unwrap();
    let service = casefile(1).service;
    for (look_of, (services, wards, theirs)) in (70..).zip([
        (None, None, vec![1, 2]),
        (Some(service.as_str()), None, vec![1, 2]),
        (Some("another"), None, vec![]),
        (None, Some("W2"), vec![2]),
        (Some(service.as_str()), Some("W9"), vec![]),
    ]) {
        let Actor::Staff(mut me) = officer() else { unreachable!("an officer is staff") };
        let only = |word: Option<&str>| word.map(|word| [word.to_owned()].into());
        me.remit = Remit { services: only(services), wards: only(wards) };
        let me = Actor::Staff(me);
        let who = me.clone();
        let listed = wait(fresh.db.look(&me, glance(look_of), move |look| casefile::open(&who, look)));
        let mut listed: Vec<_> = listed.unwrap().into_iter().map(|case| case.id).collect();
        listed.sort();
        assert_eq!(listed, theirs.iter().map(|n| file_id(*n)).collect::<Vec<_>>(), "{services:?} {wards:?}");
        for n in [1, 2] {
            let who = me.clone();
            let found = fresh.read(move |tx| casefile::by_reference(&who, tx, &reference(n))).unwrap();
            assert_eq!(found.is_some(), theirs.contains(&n), "{services:?} {wards:?} {n}");
        }
    }
});

on_both!(a_case_is_found_by_its_reference_and_by_its_reports, |fresh| {
    house(fresh, 2);
    assert_eq!(fresh.read(|tx| casefile::by_id(tx, file_id(1))).unwrap(), casefile(1));
    let by = |agency: &str| {
        let actor = officer_with(agency, Right::ALL);
        fresh.read(move |tx| casefile::by_reference(&actor, tx, &reference(2))).unwrap()
    };
    assert_eq!(by(COUNCIL), Some(casefile(2)));
    assert_eq!(by(POLICE), None);
    assert_eq!(fresh.read(|tx| casefile::of_report(tx, report_id(2))).unwrap(), [casefile(2)]);
    let more = Complaint { id: id(41, 9), at: NOW.plus_hours(1), ..complaint(2) };
    let kept = more.clone();
    fresh.write(move |tx| complaint::insert(tx, &kept)).unwrap();
    assert_eq!(fresh.read(|tx| complaint::of_casefile(tx, file_id(2))).unwrap(), [complaint(2), more.clone()]);
    assert_eq!(fresh.read(|tx| complaint::of_report(tx, report_id(2))).unwrap(), [complaint(2), more]);
    assert_eq!(fresh.read(|tx| casefile::of_report(tx, report_id(2))).unwrap().len(), 1);
});

on_both!(a_change_is_written_once_and_by_the_own_agency, |fresh| {
    house(fresh, 1);
    let change = |actor: Actor, case: Casefile| fresh.write(move |tx| casefile::update(&actor, tx, &case));
    let urgent = Casefile { urgent: true, ward: Some("hill".into()), notice_at: Some(NOW), ..casefile(1) };
    assert!(is_not_found(&change(officer_with(POLICE, Right::ALL), urgent.clone())));
    assert!(is_not_found(&change(officer_with(COUNCIL, &[Right::SeeQueue]), urgent.clone())));
    change(officer(), urgent.clone()).unwrap();
    assert!(matches!(change(officer(), urgent.clone()), Err(Error::Stale)));
    let kept = fresh.read(|tx| casefile::by_id(tx, file_id(1))).unwrap();
    assert_eq!(kept, Casefile { version: 2, ..urgent });
});

on_both!(a_merged_case_leaves_the_list_and_is_found_under_the_other, |fresh| {
    house(fresh, 3);
    let merged = Casefile { merged_into: Some(file_id(2)), merged_at: Some(NOW), merged_ever: true, ..casefile(1) };
    fresh
        .write(move |tx| casefile::take_turn(tx, COUNCIL).and_then(|()| casefile::update(&HOUSE, tx, &merged)))
        .unwrap();
    let urgent = Casefile { urgent: true, ..casefile(2) };
    fresh.write(move |tx| casefile::update(&HOUSE, tx, &urgent)).unwrap();
    assert_eq!(listed(fresh, 1, officer(), false).unwrap(), [file_id(2), file_id(3)], "urgent first");
    let under = fresh.read(|tx| casefile::under(tx, file_id(2))).unwrap();
    assert_eq!(under.iter().map(|case| case.id).collect::<Vec<_>>(), [file_id(1)]);
    let ended = Casefile { closed_at: Some(NOW), ..casefile(3) };
    fresh.write(move |tx| casefile::update(&HOUSE, tx, &ended)).unwrap();
    assert_eq!(listed(fresh, 2, officer(), false).unwrap(), [file_id(2)]);
    assert_eq!(listed(fresh, 3, officer(), true).unwrap(), [file_id(3)]);
    assert!(listed(fresh, 4, officer_with(POLICE, Right::ALL), false).unwrap().is_empty());
    assert!(is_not_found(&listed(fresh, 5, officer_with(COUNCIL, &[Right::SeeReport]), false)));
    // In itself no case is.
    let ring = Casefile { merged_into: Some(file_id(3)), merged_at: Some(NOW), version: 2, ..casefile(3) };
    assert!(fresh.write(move |tx| casefile::update(&HOUSE, tx, &ring)).is_err());
});

on_both!(what_may_be_closed_by_time_is_due_in_its_turn, |fresh| {
    house(fresh, 3);
    let due = |hours: i64| {
        let all = fresh.write(move |tx| casefile::due(&HOUSE, tx, NOW.plus_hours(hours), 2)).unwrap();
        all.into_iter().map(|case| case.id).collect::<Vec<_>>()
    };
    assert!(due(0).is_empty());
    assert_eq!(due(1), [file_id(1)]);
    assert_eq!(due(9), [file_id(1), file_id(2)]);
    assert!(is_not_found(&fresh.write(|tx| casefile::due(&officer(), tx, NOW, 1))));
});

on_both!(a_note_is_reworded_by_its_author_alone_and_the_earlier_one_stays, |fresh| {
    house(fresh, 1);
    fresh
        .write(|tx| {
            for (n, words) in [(10, "first words"), (11, "better words"), (12, "late words")] {
                journal::write(&officer(), tx, &noted(n, words))?;
                casefile_entry::of(tx, file_id(1), entry_id(n))?;
            }
            casefile_action::insert(tx, &action(2, 10))?;
            casefile_action::insert(tx, &Action { visibility: Visibility::Internal, ..action(1, 12) })
        })
        .unwrap();
    let reword = |actor: Actor, from: u64, to: u64| {
        fresh.write(move |tx| casefile_action::reword(&actor, tx, id(42, 2), (entry_id(from), entry_id(to))))
    };
    let mut other = officer();
    if let Actor::Staff(staff) = &mut other {
        staff.id = staff_id(2);
    }
    assert!(matches!(reword(other, 10, 11), Err(Error::Stale)));
    assert!(is_not_found(&reword(resident(report_id(1)), 10, 11)));
    reword(officer(), 10, 11).unwrap();
    assert!(matches!(reword(officer(), 10, 12), Err(Error::Stale)));
    let all = fresh.read(|tx| casefile_action::of_casefile(tx, file_id(1))).unwrap();
    assert_eq!(
        all,
        [action(2, 11), Action { visibility: Visibility::Internal, ..action(1, 12) }],
        "by when it was done"
    );
    let words = |n, actor: Actor| {
        let who = actor.clone();
        wait(fresh.db.look(&who, glance(n), move |look| casefile_entry::of_casefile(&actor, look, file_id(1))))
    };
    let read = words(1, officer()).unwrap();
    assert_eq!(
        read.iter().map(|entry| entry.content.clone().unwrap()["words"].clone()).collect::<Vec<_>>(),
        ["first words", "better words", "late words"]
    );
    assert!(is_not_found(&words(2, officer_with(COUNCIL, &[Right::SeeQueue]))));
});

on_both!(who_follows_a_case_has_news_until_they_have_seen_it, |fresh| {
    house(fresh, 1);
    let mine = || fresh.read(|tx| casefile_follower::mine(&officer(), tx)).unwrap();
    let write = |job: fn(&mut Tx) -> Result<(), Error>| fresh.write(job).unwrap();
    write(|tx| casefile_follower::follow(&officer(), tx, file_id(1)));
    write(|tx| casefile_follower::follow(&officer(), tx, file_id(1)));
    assert_eq!(mine(), [(file_id(1), None)]);
    write(|tx| casefile_follower::tell(&officer(), tx, file_id(1), NOW));
    assert_eq!(mine(), [(file_id(1), None)], "one's own act is no news");
    write(|tx| casefile_follower::tell(&HOUSE, tx, file_id(1), NOW));
    assert_eq!(mine(), [(file_id(1), Some(NOW))]);
    write(|tx| casefile_follower::seen(&officer(), tx, file_id(1)));
    assert_eq!(mine(), [(file_id(1), None::<Time>)]);
    write(|tx| casefile_follower::leave(&officer(), tx, file_id(1)));
    assert_eq!(mine(), []);
    assert!(is_not_found(&fresh.write(|tx| casefile_follower::follow(&resident(report_id(1)), tx, file_id(1)))));
});

on_both!(people_believed_responsible_are_there_for_the_right_of_their_own_alone, |fresh| {
    house(fresh, 1);
    let all_but = || {
        let rights: Vec<Right> = Right::ALL.iter().copied().filter(|right| *right != Right::SeePeople).collect();
        officer_with(COUNCIL, &rights)
    };
    fresh
        .write(|tx| {
            journal::write(&officer(), tx, &noted(10, "Sam Example"))?;
            believed::add(&officer(), tx, id(44, 1), file_id(1), entry_id(10))
        })
        .unwrap();
    assert!(is_not_found(&fresh.write(move |tx| believed::add(&all_but(), tx, id(44, 2), file_id(1), entry_id(10)))));
    assert!(is_not_found(&fresh.write(move |tx| believed::remove(&all_but(), tx, id(44, 1), file_id(1), NOW))));
    let seen = |n, actor: Actor| {
        let who = actor.clone();
        wait(fresh.db.look(&who, glance(n), move |look| believed::of_casefile(&actor, look, file_id(1))))
    };
    assert_eq!(seen(1, officer()).unwrap(), [(id(44, 1), Some(json!({ "words": "Sam Example" })))]);
    assert!(is_not_found(&seen(2, all_but())));
    fresh.write(|tx| believed::remove(&officer(), tx, id(44, 1), file_id(1), NOW)).unwrap();
    assert!(matches!(
        fresh.write(|tx| believed::remove(&officer(), tx, id(44, 1), file_id(1), NOW)),
        Err(Error::Stale)
    ));
    assert_eq!(seen(3, officer()).unwrap(), []);
});

on_both!(the_log_of_a_visit_is_kept_as_it_was_written, |fresh| {
    house(fresh, 1);
    let outside = SiteVisit { inside: false, distance_metres: Some(30), nuisance: Nuisance::No, ..site_visit(2, 10) };
    let kept = outside.clone();
    fresh
        .write(move |tx| {
            journal::write(&officer(), tx, &noted(10, "A humming."))?;
            site_visit::insert(&officer(), tx, &site_visit(1, 10))?;
            site_visit::insert(&officer(), tx, &kept)
        })
        .unwrap();
    assert_eq!(fresh.read(|tx| site_visit::of_casefile(tx, file_id(1))).unwrap(), [site_visit(1, 10), outside]);
    let none = officer_with(COUNCIL, &[Right::SeeReport]);
    assert!(is_not_found(&fresh.write(move |tx| site_visit::insert(&none, tx, &site_visit(3, 10)))));
});
