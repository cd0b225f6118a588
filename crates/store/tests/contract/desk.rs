//! Teams that have a report beside its own, and people who are limited to a part of the work.

use crate::{
    engine::{Fresh, wait},
    fixtures::*,
};
use rights::{Actor, Remit, Right};
use std::sync::atomic::{AtomicU64, Ordering::Relaxed};
use store::{
    clock,
    desk::{self, Desk},
    pin,
    queue::{self, Filter, Sort},
    sheet,
    sub_case::{self, SubCase},
};

pub fn desk(team: &str, open: bool) -> Desk {
    Desk { team: team.into(), open }
}

fn glanced() -> store::Glance {
    static N: AtomicU64 = AtomicU64::new(1);
    glance(N.fetch_add(1, Relaxed))
}

/// References of the list, of its count and of the sheet.
fn seen(fresh: &Fresh, actor: &Actor, filter: &Filter) -> (Vec<String>, i64, usize) {
    let (who, narrowed) = (actor.clone(), filter.clone());
    let lines =
        wait(fresh.db.look(actor, glanced(), move |look| queue::page(&who, look, &narrowed, Sort::Age, None))).unwrap();
    let (who, narrowed) = (actor.clone(), filter.clone());
    let count = fresh.read(move |tx| queue::count(&who, tx, &narrowed)).unwrap();
    let (who, narrowed) = (actor.clone(), filter.clone());
    let rows = wait(fresh.db.look(actor, glanced(), move |look| sheet::piece(&who, look, &narrowed, None))).unwrap();
    (lines.into_iter().map(|line| line.reference).collect(), count, rows.len())
}

fn with_teams(teams: &[&str]) -> Filter {
    Filter { teams: teams.iter().map(|team| (*team).to_owned()).collect(), ..Filter::default() }
}

/// Two reports of the council: with "front" and with "roads", of two services.
fn two(fresh: &Fresh) {
    fresh
        .write(|tx| {
            people(tx)?;
            store::definition::keep(tx, &definition(), NOW)?;
            for n in 1..=2 {
                store::report::insert(tx, &new_report(n))?;
                let (team, service) = if n == 1 { ("front", "example") } else { ("roads", "other") };
                let received_at = NOW.plus_seconds(n as i64);
                let (cell, lat, lon) = (Some(410), Some(51.0), Some(-3.0));
                let case = sub_case(n, COUNCIL);
                sub_case::insert(
                    tx,
                    &SubCase { team: team.into(), service: service.into(), received_at, cell, lat, lon, ..case },
                )?;
            }
            store::ward::put(tx, report_id(2), "W2")
        })
        .unwrap();
}

on_both!(a_report_is_on_the_list_of_each_team_that_has_it_once, |fresh| {
    two(fresh);
    fresh
        .write(|tx| {
            desk::add(tx, case_id(1), &desk("roads", false))?;
            desk::add(tx, case_id(1), &desk("night", true))?;
            // Said again, it stands as it was said first.
            desk::add(tx, case_id(1), &desk("roads", true))
        })
        .unwrap();
    let (one, other) = (reference(1), reference(2));
    let list = |teams: &[&str]| seen(fresh, &officer(), &with_teams(teams));
    assert_eq!(list(&["front"]), (vec![one.clone()], 1, 1));
    assert_eq!(list(&["night"]), (vec![one.clone()], 1, 1));
    assert_eq!(list(&["roads"]), (vec![one.clone(), other.clone()], 2, 2));
    assert_eq!(list(&["front", "roads", "night"]), (vec![one.clone(), other], 2, 2));
    assert_eq!(list(&["nobody"]), (vec![], 0, 0));
    let narrowed = Filter { team: Some("night".into()), ..with_teams(&["roads"]) };
    assert_eq!(seen(fresh, &officer(), &narrowed), (vec![one], 1, 1));
    // Of "roads", which what is guarded called in, only the team itself and who may read that know.
    let plain = officer_with(COUNCIL, &[Right::SeeQueue, Right::SeeReport]);
    assert_eq!(seen(fresh, &plain, &with_teams(&["night"])).1, 1);
    assert_eq!(seen(fresh, &plain, &with_teams(&["roads"])).1, 1);
    let Actor::Staff(mut of_roads) = plain else { unreachable!("an officer is staff") };
    of_roads.teams = vec!["roads".into()];
    assert_eq!(seen(fresh, &Actor::Staff(of_roads), &with_teams(&["roads"])).1, 2);
    let found = wait(fresh.db.look(&officer(), glanced(), |look| desk::of(&officer(), look, case_id(1)))).unwrap();
    assert_eq!(found, [desk("night", true), desk("roads", false)]);
    let nobody = officer_with(COUNCIL, &[Right::SeeQueue]);
    let asked = wait(
        fresh
            .db
            .look(&nobody, glanced(), |look| desk::of(&officer_with(COUNCIL, &[Right::SeeQueue]), look, case_id(1))),
    );
    assert!(is_not_found(&asked), "{asked:?}");
    fresh.write(|tx| desk::clear(tx, case_id(1))).unwrap();
    assert_eq!(list(&["night"]), (vec![], 0, 0));
});

fn limited(services: &[&str], wards: &[&str]) -> Actor {
    let Actor::Staff(mut me) = officer() else { unreachable!("an officer is staff") };
    let set = |words: &[&str]| match words {
        [] => None,
        // What two limits leave that have nothing in common.
        ["nothing"] => Some(Default::default()),
        words => Some(words.iter().map(|word| (*word).to_owned()).collect()),
    };
    me.remit = Remit { services: set(services), wards: set(wards) };
    Actor::Staff(me)
}

on_both!(who_is_limited_to_services_or_wards_finds_nothing_else, |fresh| {
    two(fresh);
    fresh
        .write(|tx| {
            for n in 1..=2 {
                let of = crate::clock::clock(n);
                clock::insert(tx, &clock::Clock { report: report_id(n), broken_at: Some(NOW), ..of })?;
            }
            Ok(())
        })
        .unwrap();
    assert_eq!(fresh.read(|tx| store::ward::of(tx, report_id(1))).unwrap(), None);
    assert_eq!(fresh.read(|tx| store::ward::of(tx, report_id(2))).unwrap().as_deref(), Some("W2"));
    let (one, other) = (reference(1), reference(2));
    for (services, wards, theirs) in [
        (&[][..], &[][..], vec![one.clone(), other.clone()]),
        (&["example"], &[], vec![one.clone()]),
        (&["other"], &[], vec![other.clone()]),
        (&["example", "other"], &[], vec![one.clone(), other.clone()]),
        (&[], &["W2"], vec![other.clone()]),
        (&["example"], &["W2"], vec![]),
        (&["nothing"], &[], vec![]),
        // The first lies in no ward that is known.
        (&[], &["nothing"], vec![]),
    ] {
        let me = limited(services, wards);
        let many = theirs.len();
        assert_eq!(seen(fresh, &me, &Filter::default()), (theirs.clone(), many as i64, many), "{services:?} {wards:?}");
        let who = me.clone();
        let view = pin::View { south: 50.0, west: -4.0, north: 52.0, east: -2.0, spans: vec![(0, 1_000)] };
        let pins = wait(fresh.db.look(&me, glanced(), move |look| pin::within(&who, look, &Filter::default(), &view)));
        assert_eq!(pins.unwrap().len(), many);
        let mut opened: Vec<String> = Vec::new();
        for n in 1..=2u64 {
            let (who, of) = (me.clone(), reference(n));
            let found = wait(fresh.db.look(&me, glanced(), move |look| queue::by_reference(&who, look, &of))).unwrap();
            let (who, number) = (me.clone(), sub_case(n, COUNCIL).number);
            let numbered =
                wait(fresh.db.look(&me, glanced(), move |look| queue::numbered(&who, look, &[number]))).unwrap();
            let who = me.clone();
            let pinned = fresh.read(move |tx| pin::reference(&who, tx, number)).unwrap();
            assert_eq!((found.len(), numbered.len()), (usize::from(pinned.is_some()), usize::from(pinned.is_some())));
            opened.extend(pinned);
        }
        assert_eq!(opened, theirs);
        let who = me.clone();
        let broken = fresh.read(move |tx| clock::broken(&who, tx)).unwrap();
        assert_eq!(broken.len(), many);
    }
});
