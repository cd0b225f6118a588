use crate::{
    engine::{Fresh, wait},
    fixtures::*,
};
use rights::{Actor, Right};
use store::{
    Time,
    queue::{self, After, Filter, Line, Sort},
    report,
    sub_case::{self, Core, SubCase},
};

/// 60 open cases of the council, told apart by their number; every fourth is the police's own.
fn sixty(fresh: &Fresh) {
    fresh
        .write(|tx| {
            people(tx)?;
            store::definition::keep(tx, &definition(), NOW)?;
            (1..=60).try_for_each(|n| {
                report::insert(tx, &new_report(n))?;
                sub_case::insert(tx, &case(n))
            })
        })
        .unwrap();
}

fn case(n: u64) -> SubCase {
    let at = NOW.plus_seconds(n as i64 % 7);
    SubCase {
        priority: 1 + (n as i64 % 3),
        due_at: at.plus_hours(24),
        received_at: at,
        assignee: (n.is_multiple_of(2)).then(|| staff_id(2)),
        team: if n.is_multiple_of(5) { "roads" } else { "front" }.into(),
        service: if n.is_multiple_of(6) { "other" } else { "example" }.into(),
        core: if n.is_multiple_of(8) { Core::WaitingResident } else { Core::Open },
        closed_at: (n % 10 == 1).then_some(at),
        ..sub_case(n, if n.is_multiple_of(4) { POLICE } else { COUNCIL })
    }
}

fn page(fresh: &Fresh, filter: &Filter, sort: Sort, after: Option<After>) -> Vec<Line> {
    let (filter, entry) = (filter.clone(), next_glance());
    wait(fresh.db.look(&officer(), entry, move |look| queue::page(&officer(), look, &filter, sort, after))).unwrap()
}

fn next_glance() -> store::Glance {
    use std::sync::atomic::{AtomicU64, Ordering::Relaxed};
    static N: AtomicU64 = AtomicU64::new(1000);
    glance(N.fetch_add(1, Relaxed))
}

/// All pages, one after the other.
fn walk(fresh: &Fresh, filter: &Filter, sort: Sort) -> Vec<u64> {
    let mut all: Vec<Line> = Vec::new();
    let mut after = None;
    loop {
        let mut lines = page(fresh, filter, sort, after);
        let more = lines.len() > queue::PAGE;
        lines.truncate(queue::PAGE);
        all.extend(lines);
        let Some(last) = all.last().filter(|_| more) else { break };
        let at = match (filter.closed, sort) {
            (true, _) => last.closed_at.unwrap(),
            (_, Sort::Age) => last.received_at,
            _ => last.due_at,
        };
        after = Some(After { priority: last.priority, at, id: last.id });
    }
    all.iter().map(|line| line.id.as_u64_pair().1 & 0xffff).collect()
}

/// What a page must hold, worked out in Rust.
fn expected(keep: impl Fn(&SubCase) -> bool, key: impl Fn(&SubCase) -> (i64, Time)) -> Vec<u64> {
    let mut cases: Vec<(u64, SubCase)> =
        (1..=60).map(|n| (n, case(n))).filter(|(_, c)| c.agency == COUNCIL && keep(c)).collect();
    cases.sort_by_key(|(_, c)| (key(c), c.id));
    cases.into_iter().map(|(n, _)| n).collect()
}

on_both!(pages_by_key_show_every_case_once_in_each_order, |fresh| {
    sixty(fresh);
    let open = |c: &SubCase| c.closed_at.is_none();
    let all = Filter::default();
    assert_eq!(walk(fresh, &all, Sort::Risk), expected(open, |c| (c.priority, c.due_at)));
    assert_eq!(walk(fresh, &all, Sort::Due), expected(open, |c| (0, c.due_at)));
    assert_eq!(walk(fresh, &all, Sort::Age), expected(open, |c| (0, c.received_at)));
    let mut closed = expected(|c| c.closed_at.is_some(), |c| (0, c.received_at));
    closed.reverse();
    assert_eq!(walk(fresh, &Filter { closed: true, ..all }, Sort::Risk), closed);
});

/// Each order, first page and next, with each filter alone and all of them.
pub fn lists() -> Vec<(Filter, Sort, Option<After>)> {
    let one = |set: fn(&mut Filter)| {
        let mut filter = Filter::default();
        set(&mut filter);
        filter
    };
    let filters = [
        Filter::default(),
        one(|f| f.assignee = Some(staff_id(1))),
        one(|f| f.unassigned = true),
        one(|f| f.team = Some("front".into())),
        one(|f| f.service = Some("example".into())),
        one(|f| f.core = Some(Core::Open)),
        one(|f| f.due_before = Some(NOW)),
        one(|f| f.flagged = true),
        one(|f| f.unread = true),
        one(|f| f.undecided = true),
        one(|f| f.teams = vec!["front".into(), "back".into()]),
        one(|f| f.unsent = true),
        one(|f| f.services = vec!["example".into()]),
        one(|f| f.stage = Some("received".into())),
        one(|f| f.ward = Some("E1".into())),
        one(|f| f.from = Some(NOW)),
        one(|f| f.to = Some(NOW)),
        one(|f| f.with_photo = true),
        Filter {
            closed: false,
            assignee: Some(staff_id(1)),
            unassigned: false,
            team: Some("front".into()),
            service: Some("example".into()),
            core: Some(Core::Open),
            due_before: Some(NOW),
            flagged: true,
            unread: true,
            undecided: true,
            teams: vec!["front".into()],
            unsent: true,
            services: vec!["example".into(), "other".into()],
            stage: Some("received".into()),
            ward: Some("E1".into()),
            from: Some(NOW),
            to: Some(NOW),
            with_photo: true,
        },
    ];
    let after = After { priority: 5, at: NOW, id: case_id(1) };
    let mut all = Vec::new();
    for filter in filters {
        for closed in [false, true] {
            for sort in [Sort::Risk, Sort::Due, Sort::Age] {
                for after in [None, Some(after)] {
                    all.push((Filter { closed, ..filter.clone() }, sort, after));
                }
            }
        }
    }
    all
}

pub type Keeps = fn(&SubCase, Time) -> bool;

/// Each filter alone, and what it keeps; one asks for what is due before `soon`.
pub fn filters(soon: Time) -> [(Filter, Keeps); 12] {
    [
        (Filter { assignee: Some(staff_id(2)), ..Filter::default() }, |c, _| c.assignee.is_some()),
        (Filter { unassigned: true, ..Filter::default() }, |c, _| c.assignee.is_none()),
        (Filter { team: Some("roads".into()), ..Filter::default() }, |c, _| c.team == "roads"),
        (Filter { service: Some("other".into()), ..Filter::default() }, |c, _| c.service == "other"),
        (Filter { core: Some(Core::Open), ..Filter::default() }, |c, _| c.core == Core::Open),
        (Filter { due_before: Some(soon), ..Filter::default() }, |c, soon| c.due_at < soon),
        (Filter { flagged: true, ..Filter::default() }, |c, _| c.priority <= 2),
        (Filter { unread: true, ..Filter::default() }, |c, _| c.acknowledged_at.is_none()),
        (Filter { teams: vec!["roads".into(), "parks".into()], ..Filter::default() }, |c, _| c.team == "roads"),
        (Filter { services: vec!["other".into(), "none".into()], ..Filter::default() }, |c, _| c.service == "other"),
        (Filter { from: Some(NOW.plus_seconds(3)), ..Filter::default() }, |c, _| c.received_at >= NOW.plus_seconds(3)),
        (Filter { to: Some(NOW.plus_seconds(3)), ..Filter::default() }, |c, _| c.received_at < NOW.plus_seconds(3)),
    ]
}

on_both!(each_filter_narrows_the_list_and_the_count, |fresh| {
    sixty(fresh);
    let soon = NOW.plus_hours(24).plus_seconds(3);
    for (filter, keep) in filters(soon) {
        let wanted = expected(|c| c.closed_at.is_none() && keep(c, soon), |c| (c.priority, c.due_at));
        assert!(!wanted.is_empty());
        assert_eq!(walk(fresh, &filter, Sort::Risk), wanted, "{filter:?}");
        let counted = filter.clone();
        let n = fresh.read(move |tx| queue::count(&officer(), tx, &counted)).unwrap();
        assert_eq!(n as usize, wanted.len(), "{filter:?}");
    }
});

on_both!(a_line_holds_the_colleagues_name, |fresh| {
    sixty(fresh);
    let line = page(fresh, &Filter { assignee: Some(staff_id(2)), ..Filter::default() }, Sort::Age, None).remove(0);
    assert_eq!((line.assignee.as_deref(), line.place.as_str()), (Some("Robin Example 2"), "By the pier"));
});

on_both!(a_page_is_one_look_that_names_what_it_showed, |fresh| {
    sixty(fresh);
    let lines = page(fresh, &Filter::default(), Sort::Risk, None);
    assert_eq!(lines.len(), queue::PAGE + 1);
    let (facts,): (serde_json::Value,) =
        fresh.read(|tx| tx.one("SELECT facts FROM journal WHERE kind = $1", &[&"list.seen"])).unwrap();
    let shown: Vec<&str> = lines.iter().take(queue::PAGE).map(|line| line.reference.as_str()).collect();
    assert_eq!(facts["references"], serde_json::json!(shown));
});

on_both!(words_find_the_agencys_own_reports, |fresh| {
    sixty(fresh);
    fresh
        .write(|tx| {
            tx.index_words(10, &format!("{} Old Mattress by the Café", queue::label(COUNCIL)))?;
            tx.index_words(20, &format!("{} mattress", queue::label(COUNCIL)))?;
            tx.index_words(40, &format!("{} mattress", queue::label(POLICE)))
        })
        .unwrap();
    let search = |words: &'static str| {
        let lines =
            wait(fresh.db.look(&officer(), next_glance(), move |look| queue::search(&officer(), look, words))).unwrap();
        lines.into_iter().map(|line| line.reference).collect::<Vec<_>>()
    };
    assert_eq!(search("MATT"), [reference(2), reference(1)]);
    assert_eq!(search("cafe matt"), [reference(1)]);
    assert_eq!(search("xagencyxexamplepolicex"), Vec::<String>::new());
    assert_eq!(search("sofa"), Vec::<String>::new());
});

on_both!(a_reference_finds_the_one_report_if_the_agency_has_a_part_in_it, |fresh| {
    sixty(fresh);
    let of = |actor: Actor, n: u64| {
        let asked = actor.clone();
        wait(fresh.db.look(&actor, next_glance(), move |look| queue::by_reference(&asked, look, &reference(n))))
    };
    let lines = of(officer(), 7).unwrap();
    assert_eq!(lines.iter().map(|line| line.reference.as_str()).collect::<Vec<_>>(), [reference(7)]);
    assert_eq!(of(officer(), 999).unwrap(), []);
    assert_eq!(of(officer_with(POLICE, &[Right::SeeQueue]), 7).unwrap(), []);
    let (facts,): (serde_json::Value,) =
        fresh.read(|tx| tx.one("SELECT facts FROM journal WHERE kind = $1 ORDER BY id", &[&"list.seen"])).unwrap();
    assert_eq!(facts["references"], serde_json::json!([reference(7)]));
    assert!(is_not_found(&of(officer_with(COUNCIL, &[Right::SeeReport]), 7)));
});

on_both!(who_may_not_see_the_queue_finds_nothing, |fresh| {
    fresh.write(people).unwrap();
    let without = || officer_with(COUNCIL, &[Right::SeeReport]);
    let paged = wait(fresh.db.look(&without(), next_glance(), move |look| {
        queue::page(&without(), look, &Filter::default(), Sort::Risk, None)
    }));
    assert!(is_not_found(&paged), "{paged:?}");
    assert!(is_not_found(&fresh.read(move |tx| queue::count(&without(), tx, &Filter::default()))));
    let found = wait(fresh.db.look(&without(), next_glance(), move |look| queue::search(&without(), look, "x")));
    assert!(is_not_found(&found), "{found:?}");
});
