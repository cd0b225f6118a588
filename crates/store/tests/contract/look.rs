use crate::{engine::wait, fixtures::*};
use serde_json::json;
use store::{Error, journal};

on_both!(a_look_is_in_the_journal_before_its_value_is_out, |fresh| {
    fresh.write(a_house).unwrap();
    let seen = wait(fresh.db.look(&officer(), glance(50), |look| store::report::spot(&officer(), look, report_id(1))));
    assert_eq!(seen.unwrap(), new_report(1).spot);
    let entries = fresh.read(|tx| journal::of_report(&HOUSE, tx, report_id(1))).unwrap();
    let last = entries.last().unwrap();
    assert_eq!((last.kind.as_str(), last.verb), ("report.seen", journal::Verb::Consultation));
    assert_eq!(last.facts, json!({ "reason": "casework", "groups": ["place"] }));
});

on_both!(what_was_searched_for_is_erasable_content, |fresh| {
    fresh.write(a_house).unwrap();
    wait(fresh.db.look(&officer(), glance(50), |look| {
        look.searched("mattress");
        look.lists(["R00000001".to_owned()]);
        Ok::<_, Error>(())
    }))
    .unwrap();
    let (facts, body) = fresh
        .read(|tx| {
            tx.one::<(serde_json::Value, serde_json::Value)>(
                "SELECT j.facts, c.body FROM journal AS j JOIN content AS c ON c.entry = j.id WHERE j.id = $1",
                &[&id(9, 50)],
            )
        })
        .unwrap();
    assert_eq!(facts, json!({ "reason": "casework", "references": ["R00000001"] }));
    assert_eq!(body, json!({ "terms": "mattress" }));
});

on_both!(a_look_at_many_reports_names_them_all_and_what_was_read_of_them, |fresh| {
    fresh.write(a_house).unwrap();
    wait(fresh.db.look(&officer(), glance(50), |look| {
        look.reads_many();
        look.lists([new_report(1).reference]);
        store::report::spot(&officer(), look, report_id(1))
    }))
    .unwrap();
    type Entry = (String, Option<uuid::Uuid>, serde_json::Value);
    let kept = fresh.read(|tx| tx.one::<Entry>("SELECT kind, report, facts FROM journal WHERE id = $1", &[&id(9, 50)]));
    let facts = json!({ "reason": "casework", "groups": ["place"], "references": [new_report(1).reference] });
    assert_eq!(kept.unwrap(), ("list.seen".to_owned(), None, facts));
});

on_both!(the_part_of_a_map_that_was_seen_is_a_fact_of_the_look, |fresh| {
    fresh.write(a_house).unwrap();
    wait(fresh.db.look(&officer(), glance(50), |look| {
        look.saw_map("51.0,-3.0,51.1,-2.9".to_owned());
        Ok::<_, Error>(())
    }))
    .unwrap();
    let kept =
        fresh.read(|tx| tx.one::<(serde_json::Value,)>("SELECT facts FROM journal WHERE id = $1", &[&id(9, 50)]));
    assert_eq!(kept.unwrap().0, json!({ "reason": "casework", "references": [], "map": "51.0,-3.0,51.1,-2.9" }));
});

on_both!(a_look_whose_entry_cannot_be_written_shows_nothing, |fresh| {
    // The officer is no row, so the entry is refused.
    let shown = wait(fresh.db.look(&officer(), glance(50), |look| {
        look.shows(report_id(1), "place");
        Ok::<_, Error>("personal data")
    }));
    assert!(matches!(shown, Err(Error::Refused(_))), "{shown:?}");
});

on_both!(a_look_that_failed_leaves_no_entry, |fresh| {
    fresh.write(a_house).unwrap();
    let gone = wait(fresh.db.look(&officer(), glance(50), |look| store::report::spot(&officer(), look, report_id(9))));
    assert!(is_not_found(&gone), "{gone:?}");
    let (n,): (i64,) = fresh.read(|tx| tx.one("SELECT COUNT(*) FROM journal", &[])).unwrap();
    assert_eq!(n, 1);
});
