use crate::fixtures::*;
use store::access::{self, Link, Pin, Step, Visit};

fn link(n: u64, token: &[u8]) -> Link {
    Link { id: id(7, n), token: token.to_vec(), report: report_id(1), created_at: NOW, expires_at: NOW.plus_hours(1) }
}

fn visit(token: &[u8]) -> Visit {
    Visit {
        token: token.to_vec(),
        report: report_id(1),
        sight: Step::Link,
        created_at: NOW,
        expires_at: NOW.plus_hours(1),
    }
}

on_both!(a_receipt_code_is_read_as_it_was_kept, |fresh| {
    let (kept, none) = fresh
        .write(|tx| {
            a_report(tx, 1)?;
            access::keep_receipt(tx, report_id(1), b"\0\xffcode")?;
            Ok((access::receipt(tx, report_id(1))?, access::receipt(tx, report_id(2))?))
        })
        .unwrap();
    assert_eq!((kept.as_deref(), none), (Some(&b"\0\xffcode"[..]), None));
});

on_both!(a_pin_remembers_its_tries, |fresh| {
    let pin = fresh
        .write(|tx| {
            a_report(tx, 1)?;
            access::keep_pin(tx, report_id(1), b"pin")?;
            access::pin_tried(tx, report_id(1), 4, Some(NOW))?;
            access::pin(tx, report_id(1))
        })
        .unwrap();
    assert_eq!(pin, Some(Pin { pin: b"pin".to_vec(), tries: 4, closed_until: Some(NOW) }));
    assert_eq!(fresh.read(|tx| access::pin(tx, report_id(2))).unwrap(), None);
});

on_both!(a_link_opens_its_report_until_it_runs_out, |fresh| {
    fresh
        .write(|tx| {
            a_report(tx, 1)?;
            access::keep_link(tx, &link(1, b"one"))
        })
        .unwrap();
    let at = |seconds| fresh.read(move |tx| access::linked(tx, b"one", NOW.plus_seconds(seconds))).unwrap();
    assert_eq!(at(3599), Some(report_id(1)));
    assert_eq!(at(3600), None);
    assert_eq!(fresh.read(|tx| access::linked(tx, b"two", NOW)).unwrap(), None);
    let twice = fresh.write(|tx| access::keep_link(tx, &link(2, b"one")));
    assert!(matches!(twice, Err(store::Error::Taken(_))), "{twice:?}");
});

on_both!(a_visit_lasts_until_it_is_ended, |fresh| {
    fresh
        .write(|tx| {
            a_report(tx, 1)?;
            access::keep_visit(tx, &visit(b"cookie"))
        })
        .unwrap();
    let found = || fresh.read(|tx| access::visit(tx, b"cookie", NOW)).unwrap();
    assert_eq!(found(), Some(visit(b"cookie")));
    assert_eq!(fresh.read(|tx| access::visit(tx, b"cookie", NOW.plus_hours(1))).unwrap(), None);
    fresh.write(|tx| access::end_visit(tx, b"cookie")).unwrap();
    assert_eq!(found(), None);
});

on_both!(a_sweep_takes_what_has_run_out_and_nothing_else, |fresh| {
    let swept = fresh
        .write(|tx| {
            a_house(tx)?;
            access::keep_visit(tx, &visit(b"old"))?;
            access::keep_visit(tx, &Visit { expires_at: NOW.plus_hours(9), ..visit(b"new") })?;
            access::keep_link(tx, &link(1, b"old"))?;
            access::keep_link(tx, &Link { expires_at: NOW.plus_hours(9), ..link(2, b"new") })?;
            store::attempt::insert(tx, &attempt(b"old"))?;
            store::attempt::insert(tx, &store::attempt::Attempt { expires_at: NOW.plus_hours(9), ..attempt(b"new") })?;
            access::sweep(tx, NOW.plus_hours(2))
        })
        .unwrap();
    assert_eq!(swept, 3);
    fresh
        .read(|tx| {
            assert!(access::visit(tx, b"new", NOW)?.is_some());
            assert!(access::linked(tx, b"new", NOW)?.is_some());
            assert!(store::attempt::find(tx, b"new", NOW)?.is_some());
            assert!(store::attempt::find(tx, b"old", NOW)?.is_none());
            Ok(())
        })
        .unwrap();
});
