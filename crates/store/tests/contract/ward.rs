use crate::{
    engine::{Fresh, wait},
    fixtures::*,
    publication::publication,
};
use rights::Actor;
use store::{
    migrate::MIGRATIONS,
    publication as public,
    queue::{self, Filter},
    ward::{self, Located},
};
use uuid::Uuid;

fn two(fresh: &Fresh) {
    fresh
        .write(|tx| {
            people(tx)?;
            store::definition::keep(tx, &definition(), NOW)?;
            (1..=2).try_for_each(|n| {
                store::report::insert(tx, &new_report(n))?;
                store::sub_case::insert(tx, &sub_case(n, COUNCIL))
            })?;
            public::insert(tx, &publication(1), "")
        })
        .unwrap();
}

fn in_ward(fresh: &Fresh, actor: Actor, code: &str) -> i64 {
    let filter = Filter { ward: Some(code.to_owned()), ..Filter::default() };
    fresh.read(move |tx| queue::count(&actor, tx, &filter)).unwrap()
}

on_both!(a_report_and_the_parts_of_it_lie_in_one_ward, |fresh| {
    two(fresh);
    fresh.write(|tx| ward::put(tx, report_id(1), "E1")).unwrap();
    assert_eq!((in_ward(fresh, officer(), "E1"), in_ward(fresh, officer(), "E2")), (1, 0));
    // An agency that gets it later has it in the same ward.
    fresh
        .write(|tx| {
            store::sub_case::insert(tx, &store::sub_case::SubCase { report: report_id(1), ..sub_case(3, POLICE) })
        })
        .unwrap();
    assert_eq!(in_ward(fresh, officer_with(POLICE, rights::Right::ALL), "E1"), 1);
    // What everybody reads is told by itself.
    let public = |fresh: &Fresh| {
        let filter = public::Filter { ward: Some("E1".into()), ..public::Filter::default() };
        fresh.read(move |tx| public::count(tx, &filter, None)).unwrap()
    };
    assert_eq!(public(fresh), 0);
    fresh.write(|tx| ward::publish(tx, report_id(1), "E1")).unwrap();
    assert_eq!(public(fresh), 1);
});

on_both!(the_house_alone_reads_where_all_reports_are_and_goes_on_behind_the_last, |fresh| {
    two(fresh);
    let located = |actor: Actor, behind| fresh.read(move |tx| ward::located(&actor, tx, behind, 1));
    let first = located(HOUSE, Uuid::nil()).unwrap();
    let own = new_report(1).spot;
    let shown = publication(1);
    assert_eq!(
        first,
        [Located { report: report_id(1), lat: own.lat, lon: own.lon, public_lat: shown.lat, public_lon: shown.lon }]
    );
    assert_eq!(located(HOUSE, report_id(1)).unwrap()[0].public_lat, None);
    assert!(located(HOUSE, report_id(2)).unwrap().is_empty());
    assert!(located(officer(), Uuid::nil()).is_err() && located(Actor::Anonymous, Uuid::nil()).is_err());
});

on_both!(what_wards_were_worked_out_from_is_kept, |fresh| {
    assert_eq!(fresh.read(ward::renewed).unwrap(), 0);
    for n in [3, 5] {
        fresh.write(move |tx| ward::set_renewed(tx, n)).unwrap();
        assert_eq!(fresh.read(ward::renewed).unwrap(), n);
    }
});

on_both!(reports_that_were_there_before_have_a_ward_that_is_not_known, |fresh| {
    let bare = if fresh.is_sqlite() { Fresh::bare_sqlite() } else { Fresh::bare_postgres().unwrap() };
    let first = MIGRATIONS.iter().find(|(_, sql)| sql.contains("ADD COLUMN ward")).map(|(n, _)| *n).unwrap();
    wait(bare.db.migrate_to(first - 1)).unwrap();
    bare.write(|tx| {
        store::definition::keep(tx, &definition(), NOW)?;
        crate::migrate::as_in_the_fifth(tx, 1)?;
        let row = publication(1);
        tx.run(
            "INSERT INTO publication (report, reference, service, definition, agency, place, area, body, photos, shown, \
             doubtful, stand, received_at, changed_at, me_too) \
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)",
            &[
                &row.report,
                &row.reference,
                &row.service,
                &row.definition,
                &row.agency,
                &row.place,
                &row.area,
                &row.body,
                &row.photos,
                &row.shown,
                &row.doubtful,
                &row.stand,
                &row.received_at,
                &row.changed_at,
                &row.me_too,
            ],
        )
    })
    .unwrap();
    wait(bare.db.migrate()).unwrap();
    assert_eq!(bare.read(|tx| ward::located(&HOUSE, tx, Uuid::nil(), 9)).unwrap().len(), 1);
    bare.write(|tx| ward::publish(tx, report_id(1), "E1")).unwrap();
    let filter = public::Filter { ward: Some("E1".into()), ..public::Filter::default() };
    assert_eq!(bare.read(move |tx| public::count(tx, &filter, None)).unwrap(), 1);
});
