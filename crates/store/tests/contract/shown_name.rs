use crate::{
    account::robin,
    engine::Fresh,
    fixtures::*,
    publication::publication,
    remark::{keep as said, remark_of},
};
use rights::{Actor, Right};
use store::{
    account, publication as public,
    publication::Shown,
    remark::{self, Says},
    shown_name::{self, ShownName},
};

/// Of the report itself, or of what somebody said.
pub fn named(n: u64, remark: Option<u64>, mark: Option<u64>) -> ShownName {
    let remark = remark.map(|remark| id(9, remark));
    let mark = mark.and_then(|n| robin(n).mark.into());
    ShownName {
        item: remark.unwrap_or(report_id(n)),
        report: report_id(n),
        remark,
        name: "Robin".into(),
        mark,
        at: NOW,
    }
}

fn filled(fresh: &Fresh) {
    fresh
        .write(|tx| {
            people(tx)?;
            store::definition::keep(tx, &definition(), NOW)?;
            (1..=2).try_for_each(|n| {
                store::report::insert(tx, &new_report(n))?;
                public::insert(tx, &publication(n), "")
            })?;
            for n in [1, 2] {
                account::open(&HOUSE, tx, &robin(n))?;
            }
            said(tx, 5, &remark_of(5, b"a", Says::More, Shown::Public))?;
            shown_name::keep(tx, &named(1, None, Some(1)))?;
            shown_name::keep(tx, &named(1, Some(5), Some(2)))?;
            shown_name::keep(tx, &named(2, None, None))
        })
        .unwrap();
}

fn shown(fresh: &Fresh) -> Vec<uuid::Uuid> {
    fresh.read(|tx| shown_name::in_public(tx, report_id(1))).unwrap().into_iter().map(|(item, _)| item).collect()
}

on_both!(everybody_reads_the_names_of_what_is_shown_and_of_nothing_else, |fresh| {
    filled(fresh);
    let mut both = vec![report_id(1), id(9, 5)];
    both.sort();
    assert_eq!(shown(fresh), both);
    let references = [publication(1).reference, publication(2).reference];
    let reporters = |fresh: &Fresh| {
        let references = references.clone();
        fresh.read(move |tx| shown_name::of_reporters(tx, &references)).unwrap().len()
    };
    assert_eq!(reporters(fresh), 2);
    assert_eq!(fresh.read(|tx| shown_name::of_reporters(tx, &[])).unwrap(), []);
    fresh.write(|tx| remark::set_shown(&officer(), tx, report_id(1), id(9, 5), Shown::Hidden)).unwrap();
    assert_eq!(shown(fresh), [report_id(1)]);
    fresh.write(|tx| public::set_shown(&HOUSE, tx, report_id(1), Shown::Public, Shown::Hidden)).unwrap();
    assert!(shown(fresh).is_empty());
    assert_eq!(reporters(fresh), 1);
});

on_both!(a_name_is_hidden_by_whose_it_is_and_by_staff_who_moderate, |fresh| {
    filled(fresh);
    let hide = |actor: Actor, item| fresh.write(move |tx| shown_name::hide(&actor, tx, report_id(1), item));
    let own = |n| Actor::Account(id(30, n));
    let without: Vec<Right> = Right::ALL.iter().copied().filter(|right| *right != Right::Moderate).collect();
    for stranger in [own(2), resident(report_id(2)), Actor::Anonymous, officer_with(COUNCIL, &without)] {
        assert!(is_not_found(&hide(stranger, report_id(1))));
    }
    // Whoever follows the report does not decide for somebody else.
    assert!(is_not_found(&hide(resident(report_id(1)), id(9, 5))));
    assert!(hide(own(2), id(9, 5)).unwrap());
    assert_eq!(shown(fresh), [report_id(1)]);
    assert!(hide(resident(report_id(1)), report_id(1)).unwrap());
    assert!(!hide(officer(), report_id(1)).unwrap(), "it is not shown any more");
    let of = |actor: Actor, n| fresh.read(move |tx| shown_name::of_report(&actor, tx, report_id(n)));
    assert_eq!(of(officer(), 2).unwrap(), [named(2, None, None)]);
    assert_eq!(of(resident(report_id(2)), 2).unwrap().len(), 1);
    assert!(is_not_found(&of(resident(report_id(1)), 2)) && is_not_found(&of(own(1), 2)));
});

on_both!(an_account_lists_where_its_person_is_named_and_forgets_that_with_them, |fresh| {
    filled(fresh);
    let mine = |actor: Actor, n| fresh.read(move |tx| shown_name::mine(&actor, tx, id(30, n)));
    let own = |n| Actor::Account(id(30, n));
    let one = mine(own(2), 2).unwrap();
    assert_eq!((one.len(), one[0].remark, one[0].name.as_str()), (1, Some(id(9, 5)), "Robin"));
    assert_eq!(one[0].reference, publication(1).reference);
    assert!(is_not_found(&mine(own(1), 2)) && is_not_found(&mine(officer(), 2)));
    fresh.write(move |tx| account::forget(&own(1), tx, id(30, 1))).unwrap();
    assert_eq!(shown(fresh), [id(9, 5)]);
});
