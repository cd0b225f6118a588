use crate::{engine::Fresh, fixtures::*, publication::publication};
use rights::{Actor, Right};
use std::collections::BTreeMap;
use store::{
    publication::{self as everybody, Publication, Shown, Stand},
    statistic,
    sub_case::{Core, SubCase},
};

/// Forty reports an hour apart; every fourth was fixed after as many days as its number has tens, every ninth is hidden.
fn house(fresh: &Fresh) {
    fresh
        .write(|tx| {
            people(tx)?;
            store::definition::keep(tx, &definition(), NOW)?;
            (1..=40u64).try_for_each(|n| {
                store::report::insert(tx, &new_report(n))?;
                let at = NOW.plus_hours(n as i64);
                let fixed = n.is_multiple_of(4).then(|| at.plus_hours(24 * (n as i64 / 10)).plus_seconds(60));
                store::sub_case::insert(
                    tx,
                    &SubCase {
                        received_at: at,
                        acknowledged_at: n.is_multiple_of(2).then(|| at.plus_hours(n as i64 % 5)),
                        closed_at: fixed,
                        outcome: fixed.map(|_| "fixed".into()),
                        core: if fixed.is_some() { Core::Closed } else { Core::Open },
                        cell: n.is_multiple_of(3).then_some(100),
                        service: if n.is_multiple_of(5) { "other" } else { "example" }.into(),
                        ..sub_case(n, if n.is_multiple_of(10) { POLICE } else { COUNCIL })
                    },
                )?;
                everybody::insert(
                    tx,
                    &Publication {
                        stand: if fixed.is_some() { Stand::Fixed } else { Stand::Open },
                        shown: if n.is_multiple_of(9) { Shown::Hidden } else { Shown::Public },
                        closed_at: fixed,
                        received_at: at,
                        ..publication(n)
                    },
                    "",
                )
            })
        })
        .unwrap();
}

on_both!(what_everybody_may_count_holds_nothing_that_is_hidden, |fresh| {
    house(fresh);
    let (from, to) = (NOW.plus_hours(5), NOW.plus_hours(31));
    let rows = fresh.read(move |tx| statistic::public(tx, from, to)).unwrap();
    let mut wanted: BTreeMap<(String, Option<i64>), i64> = BTreeMap::new();
    for n in (5..31u64).filter(|n| !n.is_multiple_of(9)) {
        let days = n.is_multiple_of(4).then_some(n as i64 / 10);
        *wanted.entry((publication(n).service, days)).or_default() += 1;
    }
    let mut found: BTreeMap<(String, Option<i64>), i64> = BTreeMap::new();
    for row in &rows {
        *found.entry((row.service.clone(), row.days)).or_default() += row.count;
    }
    assert_eq!(wanted, found);
    assert!(rows.iter().all(|row| (row.stand == Stand::Fixed) == row.days.is_some() && row.agency == COUNCIL));
    assert!(rows.iter().all(|row| row.outcome.is_none() || row.outcome.as_deref() == Some("fixed")));
    assert!(rows.iter().any(|row| row.outcome.is_some()));
});

on_both!(fixes_that_residents_claim_are_counted_once_a_report_and_apart, |fresh| {
    house(fresh);
    let claim = |entry: u64, report: u64, mark: &'static str, shown| {
        fresh
            .write(move |tx| {
                store::journal::write(&HOUSE, tx, &crate::fixtures::entry(entry, report))?;
                let said = store::remark::Remark {
                    id: entry_id(entry),
                    report: report_id(report),
                    mark: mark.as_bytes().to_vec(),
                    says: store::remark::Says::Fixed,
                    shown,
                    at: NOW,
                };
                tx.run(
                    "INSERT INTO remark (id, report, mark, says, shown, at) VALUES ($1, $2, $3, $4, $5, $6)",
                    &[&said.id, &said.report, &said.mark, &said.says, &said.shown, &said.at],
                )
            })
            .unwrap();
    };
    claim(500, 1, "a", Shown::Waits);
    claim(501, 1, "b", Shown::Public);
    // It is fixed already; staff hid the words; the report is hidden.
    claim(502, 4, "a", Shown::Public);
    claim(503, 3, "a", Shown::Hidden);
    claim(504, 9, "a", Shown::Public);
    let claimed = fresh.read(|tx| statistic::claimed(tx, NOW, NOW.plus_hours(100))).unwrap();
    assert_eq!(claimed, [(COUNCIL.to_owned(), publication(1).service, 1)]);
});

on_both!(an_agency_counts_its_own_and_each_count_adds_up, |fresh| {
    house(fresh);
    let (from, to) = (NOW, NOW.plus_hours(41));
    let (counts, sent, came, open, answered, ended, cells) = fresh
        .read(move |tx| -> store::Result<_> {
            let me = officer();
            Ok((
                statistic::counts(&me, tx, COUNCIL, from, to)?,
                statistic::sent(&me, tx, COUNCIL, from, to)?,
                statistic::came(&me, tx, COUNCIL, from, to)?,
                statistic::open(&me, tx, COUNCIL, from, to)?,
                statistic::answered(&me, tx, COUNCIL, from, to)?,
                statistic::ended(&me, tx, COUNCIL, from, to)?,
                statistic::cells(&me, tx, COUNCIL, from, to)?,
            ))
        })
        .unwrap();
    let mine = || (1..=40i64).filter(|n| n % 10 != 0);
    let count = |keep: fn(i64) -> bool| mine().filter(|n| keep(*n)).count() as i64;
    assert_eq!((came, counts.iter().map(|row| row.count).sum::<i64>()), (36, 36));
    assert!(counts.iter().all(|row| row.channel == "web" && row.ward.is_empty()));
    let of = |row: &statistic::Sent| (row.device.clone(), row.filed_role.clone(), row.count);
    assert_eq!(sent.iter().map(of).collect::<Vec<_>>(), [(String::new(), String::new(), 36)]);
    assert_eq!(open, count(|n| n % 4 != 0));
    assert_eq!(answered.iter().map(|row| row.count).sum::<i64>(), count(|n| n % 2 == 0));
    assert_eq!(
        answered.iter().map(|row| row.hours * row.count).sum::<i64>(),
        mine().filter(|n| n % 2 == 0).map(|n| n % 5).sum::<i64>()
    );
    assert_eq!(
        ended.iter().map(|row| row.hours * row.count).sum::<i64>(),
        mine().filter(|n| n % 4 == 0).map(|n| n / 10 * 24).sum::<i64>()
    );
    assert!(ended.iter().all(|row| row.outcome.as_deref() == Some("fixed")));
    assert_eq!(cells, [(100, count(|n| n % 3 == 0))]);
});

on_both!(without_its_right_nobody_counts, |fresh| {
    house(fresh);
    let rest: Vec<Right> = Right::ALL.iter().copied().filter(|right| *right != Right::SeeDashboard).collect();
    for actor in [Actor::Anonymous, HOUSE, officer_with(COUNCIL, &rest)] {
        let me = actor.clone();
        let refused = [
            is_not_found(&fresh.read(move |tx| statistic::came(&me, tx, COUNCIL, NOW, NOW))),
            {
                let me = actor.clone();
                is_not_found(&fresh.read(move |tx| statistic::counts(&me, tx, COUNCIL, NOW, NOW)))
            },
            is_not_found(&fresh.read(move |tx| statistic::cells(&actor, tx, COUNCIL, NOW, NOW))),
        ];
        assert_eq!(refused, [true; 3]);
    }
    // The numbers of an agency are its own.
    let other = officer_with(POLICE, &[Right::SeeDashboard]);
    assert!(is_not_found(&fresh.read(move |tx| statistic::came(&other, tx, COUNCIL, NOW, NOW))));
});
