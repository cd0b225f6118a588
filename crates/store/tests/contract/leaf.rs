use crate::{engine::wait, fixtures::*};
use serde_json::json;
use store::{
    Error, answer, journal,
    leaf::{self, Leaf, NewLeaf},
    log,
    migrate::MIGRATIONS,
    subject,
};

fn reports(tx: &mut store::Tx) -> Result<(), Error> {
    a_house(tx)?;
    a_report(tx, 2)?;
    let words = journal::NewEntry { content: Some(json!({ "words": "hello" })), kind: "words.added", ..entry(3, 1) };
    journal::write(&resident(report_id(1)), tx, &words)?;
    journal::write(&officer(), tx, &journal::NewEntry { report: None, kind: "list.seen", ..entry(4, 1) })
}

on_both!(what_waits_is_taken_in_the_order_of_ids_and_comes_whole, |fresh| {
    fresh.write(reports).unwrap();
    let waiting = fresh.read(|tx| journal::waiting(&HOUSE, tx, 3)).unwrap();
    assert_eq!(waiting.iter().map(|entry| entry.id).collect::<Vec<_>>(), [1, 2, 3].map(entry_id));
    let all = fresh.read(|tx| journal::waiting(&HOUSE, tx, 100)).unwrap();
    let last = &all[3];
    assert_eq!((last.report, last.staff, last.kind.as_str()), (None, Some(staff_id(1)), "list.seen"));
    assert_eq!((last.actor.as_str(), last.actor_name.as_str()), ("staff", "Robin Example"));
    assert_eq!((last.at, last.facts.clone(), last.content_hash.clone()), (NOW, json!({ "n": 4 }), None));
    assert!(all[2].content_hash.is_some());
    assert!(is_not_found(&fresh.read(|tx| journal::waiting(&officer(), tx, 1))));
});

on_both!(what_waits_for_the_sealer_is_counted_with_its_oldest, |fresh| {
    assert_eq!(fresh.read(|tx| leaf::unsealed(tx, 9)).unwrap(), (0, None));
    fresh.write(reports).unwrap();
    assert_eq!(fresh.read(|tx| leaf::unsealed(tx, 9)).unwrap(), (4, Some(NOW)));
    assert_eq!(fresh.read(|tx| leaf::unsealed(tx, 3)).unwrap(), (3, Some(NOW)));
    fresh.write(|tx| seal(tx, 9)).unwrap();
    assert_eq!(fresh.read(|tx| leaf::unsealed(tx, 9)).unwrap(), (0, None));
});

on_both!(a_leaf_stands_beside_all_it_stands_for, |fresh| {
    fresh.write(reports).unwrap();
    assert_eq!(fresh.write(|tx| seal(tx, 3)).unwrap(), 3);
    assert_eq!(fresh.write(|tx| seal(tx, 3)).unwrap(), 1);
    assert_eq!(fresh.write(|tx| seal(tx, 3)).unwrap(), 0);
    assert_eq!(fresh.read(log::state).unwrap().size, 4);
    let all = fresh.read(|tx| leaf::stretch(&HOUSE, tx, 0, 3)).unwrap();
    assert_eq!(all.iter().map(|sealed| sealed.leaf.idx).collect::<Vec<_>>(), [0, 1, 2]);
    let third = &all[2];
    assert_eq!((third.leaf.entry, third.leaf.subject, third.leaf.counter), (entry_id(3), report_id(1), 2));
    assert_eq!((third.leaf.hash.clone(), third.secret.clone()), (vec![2; 32], Some(vec![7; 32])));
    let (written, content) = (third.written.as_ref().unwrap(), third.content.as_ref().unwrap());
    let hash = journal::content_hash(&content.salt, content.body.as_ref().unwrap());
    assert_eq!((written.kind.as_str(), written.content_hash.clone()), ("words.added", Some(hash)));
    assert!(all[0].content.is_none());
    let bodies = fresh.read(|tx| leaf::bodies(&HOUSE, tx, 1, 2)).unwrap();
    assert_eq!(bodies.iter().map(|(idx, _, _)| *idx).collect::<Vec<_>>(), [1, 2]);
    assert_eq!(bodies[1].2, entry_id(3).as_bytes());
    assert_eq!(fresh.read(|tx| leaf::extent(&HOUSE, tx)).unwrap(), (4, 4));
    assert_eq!(fresh.read(|tx| leaf::counts(&HOUSE, tx)).unwrap(), (4, 0));
});

on_both!(only_what_comes_next_and_waits_is_sealed, |fresh| {
    fresh.write(reports).unwrap();
    let new = |idx, entry| NewLeaf {
        leaf: Leaf { idx, entry, subject: report_id(1), counter: idx + 1, hash: vec![1], body: vec![2] },
        secret: vec![3],
    };
    for leaves in [vec![new(1, entry_id(1))], vec![new(0, entry_id(1)), new(2, entry_id(2))]] {
        let stale = fresh.write(move |tx| leaf::append(&HOUSE, tx, &leaves));
        assert!(matches!(stale, Err(Error::Stale)), "{stale:?}");
    }
    fresh.write(move |tx| leaf::append(&HOUSE, tx, &[new(0, entry_id(1))])).unwrap();
    for again in [entry_id(1), entry_id(99)] {
        let refused = fresh.write(move |tx| leaf::append(&HOUSE, tx, &[new(1, again)]));
        assert!(matches!(refused, Err(Error::Taken(_) | Error::Refused(_) | Error::Stale)), "{refused:?}");
    }
    // One that stands in the journal and was taken out of the queue.
    fresh.write(|tx| tx.run("DELETE FROM unsealed WHERE entry = $1", &[&entry_id(2)])).unwrap();
    let gone = fresh.write(move |tx| leaf::append(&HOUSE, tx, &[new(1, entry_id(2))]));
    assert!(matches!(gone, Err(Error::Stale)), "{gone:?}");
    assert_eq!(fresh.read(log::state).unwrap().size, 1);
    assert_eq!(fresh.read(|tx| leaf::adrift(&HOUSE, tx)).unwrap(), (vec![(entry_id(2),)], vec![]));
    let staff = fresh.write(move |tx| leaf::append(&officer(), tx, &[]));
    assert!(is_not_found(&staff), "{staff:?}");
    let moved = fresh.write(|tx| log::grow(&HOUSE, tx, 7, 8));
    assert!(matches!(moved, Err(Error::Stale)), "{moved:?}");
});

on_both!(what_is_behind_the_end_or_sealed_and_waiting_is_found, |fresh| {
    fresh.write(reports).unwrap();
    fresh.write(|tx| seal(tx, 4)).unwrap();
    fresh
        .write(|tx| {
            tx.run("UPDATE leaf SET idx = $1 WHERE idx = 3", &[&90i64])?;
            tx.run("INSERT INTO unsealed (entry) VALUES ($1)", &[&entry_id(1)])
        })
        .unwrap();
    assert_eq!(fresh.read(|tx| leaf::beyond(&HOUSE, tx, 4)).unwrap(), [(90, entry_id(4))]);
    assert_eq!(fresh.read(|tx| leaf::adrift(&HOUSE, tx)).unwrap(), (vec![], vec![(entry_id(1),)]));
    assert_eq!(fresh.read(|tx| leaf::extent(&HOUSE, tx)).unwrap(), (91, 4));
});

on_both!(heads_of_more_subjects_than_one_statement_takes_move_and_are_found, |fresh| {
    let all: Vec<subject::Head> = (1..=40).map(|n| head(n, 1)).collect();
    let first = all.clone();
    fresh.write(move |tx| subject::advance(&HOUSE, tx, &first)).unwrap();
    fresh.write(move |tx| subject::advance(&HOUSE, tx, &(5..=30).map(|n| head(n, 2)).collect::<Vec<_>>())).unwrap();
    let ids: Vec<_> = (0..=41).map(|n| head(n, 1).id).collect();
    let mut found = fresh.read(move |tx| subject::heads(&HOUSE, tx, &ids)).unwrap();
    found.sort_by_key(|head| head.id);
    let expected: Vec<_> = (1..=40).map(|n| head(n, if (5..=30).contains(&n) { 2 } else { 1 })).collect();
    assert_eq!(found, expected);
    let after = fresh.read(|tx| subject::after(&HOUSE, tx, head(38, 1).id, 10)).unwrap();
    assert_eq!(after, expected[38..]);
    assert!(fresh.read(|tx| subject::heads(&HOUSE, tx, &[])).unwrap().is_empty());
});

on_both!(a_log_keeps_its_first_name, |fresh| {
    assert_eq!(fresh.read(log::state).unwrap(), log::Log { size: 0, origin: None });
    assert_eq!(fresh.write(|tx| log::name(&HOUSE, tx, "one.example/ledger")).unwrap(), "one.example/ledger");
    assert_eq!(fresh.write(|tx| log::name(&HOUSE, tx, "two.example/ledger")).unwrap(), "one.example/ledger");
    assert!(is_not_found(&fresh.write(|tx| log::name(&officer(), tx, "x"))));
});

on_both!(a_reporter_finds_the_leaf_of_their_own_receipt_and_nobody_else_does, |fresh| {
    fresh.write(reports).unwrap();
    let find = |actor| fresh.read(move |tx| leaf::received(&actor, tx, report_id(2)));
    assert_eq!(find(resident(report_id(2))).unwrap(), None, "it waits");
    fresh.write(|tx| seal(tx, 100)).unwrap();
    let leaf = find(resident(report_id(2))).unwrap().unwrap();
    assert_eq!((leaf.entry, leaf.idx), (entry_id(2), 1));
    for other in [resident(report_id(1)), officer(), rights::Actor::Anonymous] {
        assert!(is_not_found(&find(other)));
    }
});

on_both!(answers_stand_beside_the_facts_of_their_receipt, |fresh| {
    fresh
        .write(|tx| {
            reports(tx)?;
            for (n, part) in [(1, answer::Part::Plain), (1, answer::Part::Place), (2, answer::Part::Plain)] {
                let body = json!({ "n": n });
                answer::insert(tx, report_id(n), &answer::Answer { part, body, salt: SALT.to_vec() })?;
            }
            Ok(())
        })
        .unwrap();
    let mut all = Vec::new();
    let mut last = None;
    while let Some(kept) = fresh
        .read({
            let last = last.clone();
            move |tx| answer::kept(&HOUSE, tx, last, 1)
        })
        .unwrap()
        .pop()
    {
        last = Some((kept.report, kept.part.clone()));
        all.push((kept.report, kept.part, kept.body, kept.facts));
    }
    let row = |n: u64, part: &str, entry: u64| {
        (report_id(n), part.to_owned(), Some(json!({ "n": n })), Some(json!({ "n": entry })))
    };
    assert_eq!(all, [row(1, "place", 1), row(1, "plain", 1), row(2, "plain", 2)]);
});

on_both!(entries_from_before_the_ledger_are_sealed_too, |fresh| {
    // As a house that ran without it: the tables of the ledger are taken away and the migration runs again.
    fresh
        .write(|tx| {
            reports(tx)?;
            let police = [
                "complaint",
                "occurrence",
                "casefile_action",
                "casefile_entry",
                "casefile_follower",
                "believed",
                "legal_hold",
                "retention_review",
                "site_visit",
                "casefile",
                "ban",
                "objection",
                "confirmation",
                "questionnaire",
                "unasked",
                "shown_name",
                "rendition",
                "reply",
                "held",
                "remark",
                "signed_in",
                "sign_in",
                "shortlist",
                "desk",
                "duplicate",
                "bulk_item",
                "bulk",
                "saved_view",
                "template",
                "offer",
                "site_message",
                "account",
                "alert_mail",
                "alert",
                "news",
                "watch",
                "reminder",
                "subscription",
                "subscriber",
                "me_too",
                "ordered",
                "booked_day",
                "booking",
                "payment",
                "missed_round",
                "missed",
                "collection",
                "round_day",
                "round",
                "asset",
                "premises_round",
                "premises",
                "publication",
                "agreement",
                "away",
                "relief",
                "incident",
                "feedback_given",
                "feedback",
                "report_neighbourhood",
                "reporter_mark",
                "property_match",
                "property_mark",
                "hook",
                "photo_link",
                "sending",
                "outside",
                "fetched",
                "poll",
                "outside_service",
                "neighbourhood",
                "crime_report",
                "crime",
                "assessment",
                "clock",
            ];
            for table in police.iter().chain(&["leaf", "opening", "subject", "log", "checkpoint"]) {
                tx.run(&format!("DROP TABLE {table}"), &[])?;
            }
            for column in [
                "follow_opened_at",
                "short_view",
                "language",
                "ward",
                "channel",
                "layers",
                "device",
                "filed_by",
                "filed_as",
                "filed_role",
                "anonymised_at",
                "deleted_at",
            ] {
                tx.run(&format!("ALTER TABLE report DROP COLUMN {column}"), &[])?;
            }
            tx.run("DROP INDEX attempt_by_report", &[])?;
            tx.run("DROP INDEX data_set_by_load", &[])?;
            tx.run("DROP INDEX sub_case_open_by_cell", &[])?;
            tx.run("DROP INDEX sub_case_by_time", &[])?;
            tx.run("DROP INDEX sub_case_open_by_ward", &[])?;
            tx.run("DROP INDEX sub_case_counted", &[])?;
            tx.run("DROP INDEX sub_case_counted_by_sender", &[])?;
            tx.run("DROP INDEX contact_by_name", &[])?;
            tx.run("DROP INDEX journal_told_by_agency", &[])?;
            tx.run("DROP INDEX delivery_sign_in", &[])?;
            tx.run("DROP INDEX delivery_sign_in_to", &[])?;
            for column in ["cell", "lat", "lon", "ward", "channel", "device", "filed_role", "planned_on"] {
                tx.run(&format!("ALTER TABLE sub_case DROP COLUMN {column}"), &[])?;
            }
            for column in ["services", "wards"] {
                tx.run(&format!("ALTER TABLE staff DROP COLUMN {column}"), &[])?;
            }
            tx.run("DELETE FROM migration WHERE n >= $1", &[&3i64])
        })
        .unwrap();
    let done = wait(fresh.db.migrate()).unwrap();
    assert_eq!((done.from, done.to), (2, MIGRATIONS.len() as i64));
    assert_eq!(fresh.write(|tx| seal(tx, 100)).unwrap(), 4);
});
