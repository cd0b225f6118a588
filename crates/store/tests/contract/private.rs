use crate::{
    engine::{Fresh, wait},
    fixtures::*,
    publication::publication,
};
use rights::Right;
use store::{
    Error,
    migrate::MIGRATIONS,
    private,
    publication::{self as public, Publication, Shown},
};

fn one(fresh: &Fresh, shown: Shown) {
    fresh
        .write(move |tx| {
            people(tx)?;
            store::definition::keep(tx, &definition(), NOW)?;
            store::report::insert(tx, &new_report(1))?;
            public::insert(tx, &Publication { shown, ..publication(1) }, "")
        })
        .unwrap();
}

fn shown(fresh: &Fresh) -> (Shown, bool) {
    fresh
        .read(|tx| {
            let row = public::of_report(&officer(), tx, report_id(1))?.unwrap();
            Ok((row.shown, private::is_kept(&officer(), tx, report_id(1))?))
        })
        .unwrap()
}

fn keep(fresh: &Fresh) -> Result<(), Error> {
    fresh.write(|tx| private::keep(&officer(), tx, report_id(1)))
}

fn end(fresh: &Fresh) -> Result<(), Error> {
    fresh.write(|tx| private::end(&officer(), tx, report_id(1)))
}

on_both!(what_is_kept_private_goes_back_to_what_it_was, |fresh| {
    one(fresh, Shown::Waits);
    assert!(matches!(end(fresh), Err(Error::Stale)));
    for was in [Shown::Waits, Shown::Public] {
        keep(fresh).unwrap();
        assert_eq!(shown(fresh), (Shown::Hidden, true));
        assert!(matches!(keep(fresh), Err(Error::Stale)));
        end(fresh).unwrap();
        assert_eq!(shown(fresh), (was, false));
        fresh.write(move |tx| public::set_shown(&officer(), tx, report_id(1), was, Shown::Public)).unwrap();
    }
});

on_both!(what_was_hidden_for_another_reason_stays_hidden, |fresh| {
    one(fresh, Shown::Hidden);
    assert!(matches!(keep(fresh), Err(Error::Stale)));
    assert!(matches!(end(fresh), Err(Error::Stale)));
    fresh.write(|tx| public::set_shown(&officer(), tx, report_id(1), Shown::Hidden, Shown::Public)).unwrap();
    keep(fresh).unwrap();
    fresh.write(|tx| private::forget(tx, report_id(1))).unwrap();
    assert_eq!(shown(fresh), (Shown::Hidden, false));
    assert!(matches!(end(fresh), Err(Error::Stale)));
    // Who shows it ends that it was private.
    fresh.write(|tx| public::set_shown(&officer(), tx, report_id(1), Shown::Hidden, Shown::Public)).unwrap();
    keep(fresh).unwrap();
    fresh.write(|tx| public::set_shown(&officer(), tx, report_id(1), Shown::Hidden, Shown::Public)).unwrap();
    assert_eq!(shown(fresh), (Shown::Public, false));
});

on_both!(nobody_keeps_it_private_without_the_right, |fresh| {
    one(fresh, Shown::Public);
    let without: Vec<Right> = Right::ALL.iter().copied().filter(|right| *right != Right::MarkPrivate).collect();
    let other = officer_with(COUNCIL, &without);
    for actor in [other, resident(report_id(1)), rights::Actor::Anonymous] {
        let (one, two) = (actor.clone(), actor.clone());
        assert!(is_not_found(&fresh.write(move |tx| private::keep(&one, tx, report_id(1)))));
        assert!(is_not_found(&fresh.write(move |tx| private::end(&two, tx, report_id(1)))));
    }
    let nobody = rights::Actor::Anonymous;
    assert!(is_not_found(&fresh.read(move |tx| private::is_kept(&nobody, tx, report_id(1)))));
    assert_eq!(shown(fresh), (Shown::Public, false));
});

on_both!(what_was_public_before_can_be_kept_private_and_comes_back, |fresh| {
    let bare = if fresh.is_sqlite() { Fresh::bare_sqlite() } else { Fresh::bare_postgres().unwrap() };
    let first = MIGRATIONS.iter().find(|(_, sql)| sql.contains("ADD COLUMN private_from")).map(|(n, _)| *n).unwrap();
    wait(bare.db.migrate_to(first - 1)).unwrap();
    bare.write(|tx| {
        store::definition::keep(tx, &definition(), NOW)?;
        crate::migrate::as_in_the_fifth(tx, 1)?;
        let row = publication(1);
        tx.run(
            "INSERT INTO publication (report, reference, service, definition, agency, place, area, body, photos, shown, doubtful, \
             stand, received_at, changed_at, me_too) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, 'public', $10, $11, $12, $12, $13)",
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
                &row.doubtful,
                &row.stand,
                &row.received_at,
                &row.me_too,
            ],
        )
    })
    .unwrap();
    wait(bare.db.migrate()).unwrap();
    bare.write(people).unwrap();
    assert_eq!(shown(&bare), (Shown::Public, false));
    keep(&bare).unwrap();
    assert_eq!(shown(&bare), (Shown::Hidden, true));
    end(&bare).unwrap();
    assert_eq!(shown(&bare), (Shown::Public, false));
});
