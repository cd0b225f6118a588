use crate::{
    engine::{Fresh, wait},
    fixtures::*,
};
use rights::{Actor, Right};
use serde_json::json;
use store::{
    Error, Look,
    agreement::{self, Agreement, Unit},
};

/// Of the council's part in report 1.
pub fn agreed() -> Agreement {
    Agreement {
        report: report_id(1),
        agency: COUNCIL.into(),
        every: Some(2),
        unit: Some(Unit::Week),
        channel: Some("email".into()),
        events: json!(["arrested"]),
        quiet_from: Some(1320),
        quiet_to: Some(480),
        wishes: Some("Not on Tuesdays.".into()),
        review_on: "2027-02-24".into(),
        set_at: NOW,
    }
}

fn keep(fresh: &Fresh, row: Agreement) -> Result<(), Error> {
    fresh.write(move |tx| agreement::keep(&officer(), tx, &row))
}

fn own(fresh: &Fresh, agency: &'static str) -> Option<Agreement> {
    fresh.read(move |tx| agreement::own(&resident(report_id(1)), tx, report_id(1), agency)).unwrap()
}

on_both!(an_agreement_is_read_back_by_those_it_is_between_and_the_next_takes_its_place, |fresh| {
    fresh.write(a_house).unwrap();
    keep(fresh, agreed()).unwrap();
    assert_eq!((own(fresh, COUNCIL), own(fresh, POLICE)), (Some(agreed()), None));
    let seen =
        wait(fresh.db.look(&officer(), glance(1), |look: &mut Look| {
            agreement::of_part(&officer(), look, report_id(1), COUNCIL)
        }));
    assert_eq!(seen.unwrap(), Some(agreed()));
    let bare = Agreement {
        every: None,
        unit: None,
        channel: None,
        events: json!([]),
        quiet_from: None,
        quiet_to: None,
        wishes: None,
        ..agreed()
    };
    keep(fresh, bare.clone()).unwrap();
    assert_eq!(own(fresh, COUNCIL), Some(bare));
});

on_both!(half_an_interval_is_refused_and_so_is_none, |fresh| {
    fresh.write(a_house).unwrap();
    for row in [
        Agreement { unit: None, ..agreed() },
        Agreement { every: Some(0), ..agreed() },
        Agreement { quiet_to: None, ..agreed() },
        Agreement { quiet_from: Some(1440), ..agreed() },
        Agreement { report: report_id(9), ..agreed() },
    ] {
        let refused = keep(fresh, row);
        assert!(matches!(refused, Err(Error::Refused(_))), "{refused:?}");
    }
});

on_both!(an_agreement_is_not_there_for_others, |fresh| {
    fresh.write(a_house).unwrap();
    keep(fresh, agreed()).unwrap();
    let without = |right| {
        let rights: Vec<Right> = Right::ALL.iter().copied().filter(|held| *held != right).collect();
        officer_with(COUNCIL, &rights)
    };
    for actor in [without(Right::SetStage), resident(report_id(1)), Actor::Anonymous] {
        assert!(is_not_found(&fresh.write(move |tx| agreement::keep(&actor, tx, &agreed()))));
    }
    for actor in [officer(), resident(report_id(2)), Actor::Anonymous] {
        assert!(is_not_found(&fresh.read(move |tx| agreement::own(&actor, tx, report_id(1), COUNCIL))));
    }
    for (n, actor) in (1..).zip([without(Right::SeeContact), resident(report_id(1)), Actor::Anonymous]) {
        let job = move |look: &mut Look| agreement::of_part(&actor, look, report_id(1), COUNCIL);
        assert!(is_not_found(&wait(fresh.db.look(&officer(), glance(n), job))));
    }
});
