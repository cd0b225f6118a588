//! Reports whose time is over: which there are, what holds them, what a person decides, and what is left of them.

use crate::{
    engine::{Fresh, wait},
    everything,
    fixtures::*,
};
use rights::{Actor, Right};
use serde_json::json;
use store::{
    Error, Time, Tx, contact, delivery, disposal, journal,
    legal_hold::{self, LegalHold},
    report,
    retention::{self, Holds},
    retention_review::{self, Decision, Review},
    sub_case::{self, Core},
};
use uuid::Uuid;

pub const FIRST: (Time, Uuid) = (Time(i64::MIN), Uuid::nil());

fn closed_at(tx: &mut Tx, n: u64, agency: &str, hours: i64) -> Result<(), Error> {
    let at = Some(NOW.plus_hours(hours));
    sub_case::update(&HOUSE, tx, &sub_case::SubCase { core: Core::Closed, closed_at: at, ..sub_case(n, agency) })
}

on_both!(closed_parts_come_the_longest_closed_first_and_page_by_page, |fresh| {
    fresh.write(a_house).unwrap();
    for (n, hours) in [(1, 30), (2, 10), (3, 20)] {
        fresh.write(move |tx| if n == 1 { Ok(()) } else { a_report(tx, n) }).unwrap();
        fresh.write(move |tx| closed_at(tx, n, COUNCIL, hours)).unwrap();
    }
    let page = |after, most| {
        fresh.read(move |tx| retention::closed(&HOUSE, tx, COUNCIL, NOW.plus_hours(20), after, most)).unwrap()
    };
    let references = |rows: &[retention::Aged]| rows.iter().map(|row| row.reference.clone()).collect::<Vec<_>>();
    assert_eq!(references(&page(FIRST, 9)), [reference(2), reference(3)], "the first is closed later");
    let first = page(FIRST, 1);
    assert_eq!(references(&page((first[0].closed_at.unwrap(), first[0].id), 1)), [reference(3)]);
    let parts = fresh.read(|tx| retention::parts(&HOUSE, tx, report_id(2))).unwrap();
    assert_eq!((parts.len(), parts[0].closed_at, parts[0].received_at), (1, Some(NOW.plus_hours(10)), NOW));
    let stranger = fresh.read(|tx| retention::closed(&officer(), tx, COUNCIL, NOW, FIRST, 1));
    assert!(is_not_found(&stranger), "the house alone reads all of them");
});

on_both!(open_parts_that_nobody_touched_come_by_their_service, |fresh| {
    fresh.write(a_house).unwrap();
    let found = |service: &'static str, since: Time, after: (Time, Uuid)| {
        fresh.read(move |tx| retention::untouched(&HOUSE, tx, (COUNCIL, service), since, after, 9)).unwrap()
    };
    let all = found("example", NOW, FIRST);
    assert_eq!((all.len(), all[0].0.closed_at, all[0].1), (1, None, NOW.plus_hours(24)));
    assert!(found("example", NOW, (all[0].1, all[0].0.id)).is_empty(), "the page after it");
    assert!(found("other", NOW, FIRST).is_empty());
    assert!(found("example", NOW.plus_hours(-1), FIRST).is_empty(), "it was touched since");
    fresh.write(|tx| closed_at(tx, 1, COUNCIL, 1)).unwrap();
    assert!(found("example", NOW, FIRST).is_empty());
});

fn holds(fresh: &Fresh) -> Option<Holds> {
    fresh.read(|tx| retention::holds(&HOUSE, tx, report_id(1))).unwrap()
}

fn hold(n: u64) -> LegalHold {
    LegalHold {
        id: entry_id(n),
        report: report_id(1),
        agency: COUNCIL.into(),
        review_on: "2027-03-01".into(),
        placed_at: NOW,
        placed_by: staff_id(1),
    }
}

pub fn place(tx: &mut Tx, n: u64) -> Result<(), Error> {
    let why = Some(json!({ "words": "A claim." }));
    journal::write(&HOUSE, tx, &journal::NewEntry { kind: "hold.placed", content: why, ..entry(n, 1) })?;
    legal_hold::place(&officer(), tx, &hold(n))
}

on_both!(a_legal_hold_stands_until_a_second_person_lets_go_once, |fresh| {
    fresh.write(a_house).unwrap();
    assert_eq!(holds(fresh), None);
    fresh.write(|tx| place(tx, 600)).unwrap();
    assert_eq!(holds(fresh), Some(Holds::Law));
    assert!(fresh.write(|tx| place(tx, 601)).is_err(), "one of an agency stands");
    let standing = fresh.read(|tx| legal_hold::standing(&officer(), tx, report_id(1), COUNCIL)).unwrap();
    assert_eq!(standing, Some(hold(600)));
    let list = fresh.read(|tx| legal_hold::of_agency(&officer(), tx, 9)).unwrap();
    assert_eq!(list.iter().map(|one| one.reference.clone()).collect::<Vec<_>>(), [reference(1)]);
    let other = officer_with(POLICE, Right::ALL);
    assert!(fresh.read(move |tx| legal_hold::of_agency(&other, tx, 9)).unwrap().is_empty());
    let release = |by| fresh.write(move |tx| legal_hold::release(&officer(), tx, entry_id(600), by, NOW));
    assert!(matches!(release(staff_id(1)), Err(Error::Stale)), "who placed it does not let go");
    release(staff_id(2)).unwrap();
    assert!(matches!(release(staff_id(2)), Err(Error::Stale)), "once");
    assert_eq!(holds(fresh), None);
    let without = officer_with(COUNCIL, &[Right::SeeReport, Right::Close]);
    assert!(is_not_found(&fresh.read(move |tx| legal_hold::standing(&without, tx, report_id(1), COUNCIL))));
});

on_both!(what_is_still_to_go_out_holds_it, |fresh| {
    fresh.write(a_house).unwrap();
    fresh.write(|tx| delivery::insert(tx, &delivery(1))).unwrap();
    assert_eq!(holds(fresh), Some(Holds::Underway));
});

fn review(n: u64) -> Review {
    Review {
        id: entry_id(n),
        report: report_id(1),
        agency: COUNCIL.into(),
        rule: "council-report".into(),
        raised_at: NOW,
        decision: None,
        keep_until: None,
    }
}

pub fn raise(tx: &mut Tx, n: u64) -> Result<(), Error> {
    journal::write(&HOUSE, tx, &journal::NewEntry { kind: "retention.review", ..entry(n, 1) })?;
    retention_review::raise(&HOUSE, tx, &review(n))
}

on_both!(a_review_waits_for_a_decision_and_gets_one, |fresh| {
    fresh.write(a_house).unwrap();
    fresh.write(|tx| raise(tx, 610)).unwrap();
    assert!(fresh.write(|tx| raise(tx, 611)).is_err(), "one at a time");
    let list = || fresh.read(|tx| retention_review::of_agency(&officer(), tx, 9)).unwrap();
    assert_eq!(list().iter().map(|one| one.rule.clone()).collect::<Vec<_>>(), ["council-report"]);
    let decide = |decision, until: Option<&'static str>| {
        let by = (staff_id(1), NOW);
        fresh.write(move |tx| retention_review::decide(&officer(), tx, entry_id(610), by, (decision, until)))
    };
    assert!(decide(Decision::Keep, None).is_err(), "it is kept until a day");
    decide(Decision::Keep, Some("2033-01-01")).unwrap();
    assert!(matches!(decide(Decision::Delete, None), Err(Error::Stale)), "once");
    assert!(list().is_empty());
    fresh.write(|tx| raise(tx, 612)).unwrap();
    let newest = fresh.read(|tx| retention_review::newest(&officer(), tx, report_id(1), COUNCIL)).unwrap();
    assert_eq!(newest, Some(review(612)), "asked again");
});

/// Rows of a report, by table and column. What is told of an alert goes by itself after its days.
fn rows(tx: &mut Tx, report: Uuid) -> Result<Vec<String>, Error> {
    let mut found = Vec::new();
    for table in tx.tables()? {
        for field in
            table.fields.iter().filter(|field| ["report", "lost", "found", "original"].contains(&field.name.as_str()))
        {
            if field.type_name.to_lowercase() != "uuid" || table.name == "alert" {
                continue;
            }
            let sql = format!("SELECT COUNT(*) FROM {} WHERE {} = $1", table.name, field.name);
            if tx.one::<(i64,)>(&sql, &[&report])?.0 > 0 {
                found.push(table.name.clone());
            }
        }
    }
    Ok(found)
}

fn words(tx: &mut Tx, report: Uuid) -> Result<i64, Error> {
    let sql = "SELECT COUNT(*) FROM content AS c JOIN journal AS j ON j.id = c.entry WHERE j.report = $1";
    Ok(tx.one::<(i64,)>(sql, &[&report])?.0)
}

on_both!(of_a_report_that_is_deleted_the_journal_and_the_row_are_left, |fresh| {
    everything::call(fresh);
    let before = fresh.read(|tx| rows(tx, report_id(1))).unwrap();
    assert!(before.len() > 25, "{before:?}");
    fresh.write(|tx| disposal::delete(&HOUSE, tx, report_id(1), NOW)).unwrap();
    // A report of which a crime is recorded is never deleted ([`Holds::Crime`]), so what ties them is not looked for.
    assert_eq!(fresh.read(|tx| rows(tx, report_id(1))).unwrap(), ["crime_report", "journal"]);
    assert_eq!(fresh.read(|tx| words(tx, report_id(1))).unwrap(), 0);
    assert!(fresh.read(|tx| report::by_reference(tx, &reference(1))).unwrap().is_none(), "nobody finds it");
    assert!(fresh.read(|tx| report::reference_taken(tx, &reference(1))).unwrap(), "no other gets its reference");
    let again = fresh.write(|tx| disposal::delete(&HOUSE, tx, report_id(1), NOW));
    assert!(matches!(again, Err(Error::Stale)), "once");
    assert!(is_not_found(&fresh.write(|tx| disposal::delete(&officer(), tx, report_id(2), NOW))));
});

on_both!(of_a_report_that_is_anonymised_nothing_says_who_reported_it, |fresh| {
    everything::call(fresh);
    fresh.write(|tx| disposal::anonymise(&HOUSE, tx, report_id(1), NOW)).unwrap();
    let left = fresh.read(|tx| rows(tx, report_id(1))).unwrap();
    for table in
        ["contact", "reporter_mark", "receipt", "pin", "link", "visit", "attempt", "delivery", "hook", "agreement"]
    {
        assert!(!left.contains(&table.to_owned()), "{table} is left: {left:?}");
    }
    assert!(left.contains(&"sub_case".to_owned()) && left.contains(&"publication".to_owned()), "{left:?}");
    let head = fresh.read(|tx| report::by_reference(tx, &reference(1))).unwrap().unwrap();
    assert!(head.anonymous);
    assert!(fresh.read(|tx| contact::own(&HOUSE, tx, report_id(1))).unwrap().is_none());
    let again = fresh.write(|tx| disposal::anonymise(&HOUSE, tx, report_id(1), NOW));
    assert!(matches!(again, Err(Error::Stale)), "once");
    assert!(is_not_found(&fresh.write(|tx| disposal::anonymise(&Actor::Anonymous, tx, report_id(1), NOW))));
    fresh.write(|tx| disposal::delete(&HOUSE, tx, report_id(1), NOW)).unwrap();
});

on_both!(the_38th_runs_beside_reports_that_were_there_before, |fresh| {
    let bare = if fresh.is_sqlite() { Fresh::bare_sqlite() } else { Fresh::bare_postgres().unwrap() };
    wait(bare.db.migrate_to(37)).unwrap();
    bare.write(a_house).unwrap();
    wait(bare.db.migrate()).unwrap();
    let parts = bare.read(|tx| retention::parts(&HOUSE, tx, report_id(1))).unwrap();
    assert_eq!((parts.len(), parts[0].anonymised_at), (1, None));
    bare.write(|tx| disposal::delete(&HOUSE, tx, report_id(1), NOW)).unwrap();
});
