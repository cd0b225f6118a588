//! What staff changed of services, as versions over the files.

use crate::{
    engine::{Fresh, wait},
    fixtures::*,
};
use rights::{Actor, Right};
use serde_json::json;
use store::{
    Error,
    offer::{self, Offer},
};

pub fn offered(service: &str, version: i64, from_day: &str) -> Offer {
    Offer {
        id: id(40, version as u64 * 1000 + service.len() as u64),
        agency: COUNCIL.into(),
        service: service.into(),
        version,
        changes: json!({ "hint": format!("Version {version}") }),
        said: json!([{ "what": "Hint", "before": "", "after": "x" }]),
        from_day: from_day.into(),
        reason: "Snow.".into(),
        made_at: NOW.plus_hours(version),
        by_staff: staff_id(1),
    }
}

fn put(fresh: &Fresh, row: Offer) -> Result<(), Error> {
    fresh.write(move |tx| offer::put(&officer(), tx, &row))
}

on_both!(versions_are_kept_and_those_that_a_newer_one_overtook_are_not_held_in_memory, |fresh| {
    fresh.write(people).unwrap();
    assert_eq!(fresh.read(offer::generation).unwrap(), 0);
    assert_eq!(fresh.read(|tx| offer::newest(tx, COUNCIL, "drain")).unwrap(), None);
    put(fresh, offered("drain", 1, "2026-11-27")).unwrap();
    put(fresh, offered("drain", 2, "2026-12-24")).unwrap();
    put(fresh, offered("litter", 1, "2026-11-27")).unwrap();
    assert_eq!(fresh.read(offer::generation).unwrap(), 3);
    // The second waits for its day; until then the first is in force.
    let held = |fresh: &Fresh| {
        let all = fresh.read(offer::all).unwrap();
        all.into_iter().map(|row| (row.service, row.version)).collect::<Vec<_>>()
    };
    assert_eq!(held(fresh), [("drain".into(), 1), ("drain".into(), 2), ("litter".into(), 1)]);
    put(fresh, offered("drain", 3, "2026-12-01")).unwrap();
    assert_eq!(held(fresh), [("drain".into(), 1), ("drain".into(), 3), ("litter".into(), 1)]);
    let newest = fresh.read(|tx| offer::newest(tx, COUNCIL, "drain")).unwrap();
    assert_eq!(newest, Some(offered("drain", 3, "2026-12-01")));
    let told = fresh.read(|tx| offer::history(&officer(), tx, "drain")).unwrap();
    let told: Vec<_> = told.iter().map(|past| (past.version, past.by_name.as_str(), past.reason.as_str())).collect();
    let by = "Robin Example 1";
    assert_eq!(told, [(3, by, "Snow."), (2, by, "Snow."), (1, by, "Snow.")]);
});

on_both!(a_version_that_comes_too_late_is_stale, |fresh| {
    fresh.write(people).unwrap();
    put(fresh, offered("drain", 1, "2026-11-27")).unwrap();
    for late in [1, 3] {
        assert!(matches!(put(fresh, offered("drain", late, "2026-11-27")), Err(Error::Stale)), "{late}");
    }
    assert_eq!(fresh.read(offer::generation).unwrap(), 1);
});

on_both!(services_are_changed_by_those_with_the_right_and_for_their_own_agency, |fresh| {
    fresh.write(people).unwrap();
    for actor in [officer_with(COUNCIL, &[Right::EditTemplates]), officer_with(POLICE, Right::ALL), Actor::Anonymous] {
        let who = actor.clone();
        let wrote = fresh.write(move |tx| offer::put(&who, tx, &offered("drain", 1, "2026-11-27")));
        assert!(matches!(wrote, Err(Error::NotFound(_))), "{actor:?}");
        let read = fresh.read(move |tx| offer::history(&actor, tx, "drain"));
        assert!(read.map_or(true, |rows| rows.is_empty()));
    }
});

on_both!(the_36th_runs_beside_what_staff_wrote_before, |fresh| {
    let bare = if fresh.is_sqlite() { Fresh::bare_sqlite() } else { Fresh::bare_postgres().unwrap() };
    wait(bare.db.migrate_to(35)).unwrap();
    bare.write(people).unwrap();
    // As the template was kept then.
    bare.write(|tx| -> store::Result<()> {
        let row = crate::template::answer(1, 1);
        tx.run(
            "INSERT INTO template (id, line, version, agency, name, service, moment, state, code, words, mail, automatic, \
             active, since, until, by_staff) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, TRUE, TRUE, $12, NULL, $13)",
            &[
                &row.id,
                &row.line,
                &row.version,
                &row.agency,
                &row.name,
                &row.service,
                &row.moment,
                &row.state,
                &row.code,
                &row.words,
                &row.mail,
                &row.since,
                &row.by_staff,
            ],
        )?;
        Ok(())
    })
    .unwrap();
    wait(bare.db.migrate()).unwrap();
    assert_eq!(bare.read(|tx| store::template::in_force(tx, COUNCIL)).unwrap().len(), 1);
    bare.write(|tx| offer::put(&officer(), tx, &offered("drain", 1, "2026-11-27"))).unwrap();
    assert_eq!(bare.read(offer::all).unwrap().len(), 1);
});
