//! What a transaction promises, on both engines.

use crate::{
    engine::{pause, wait},
    fixtures::*,
};
use std::{
    future::Future,
    sync::mpsc,
    task::{Context, Waker},
    thread,
};
use store::{Db, Error, data_set, report, throttle};

on_both!(what_was_answered_is_there_for_everyone, |fresh| {
    let other = Db::open(&fresh.place).unwrap();
    for n in 1..=20 {
        fresh.write(data_set::changed).unwrap();
        assert_eq!(wait(other.read(data_set::generation)).unwrap(), n);
    }
});

on_both!(a_job_that_fails_leaves_nothing, |fresh| {
    let failed = fresh.write(|tx| {
        data_set::changed(tx)?;
        Err::<(), _>(Error::Stale)
    });
    assert!(matches!(failed, Err(Error::Stale)), "{failed:?}");
    let panicked = fresh.write::<()>(|tx| {
        data_set::changed(tx)?;
        panic!("on purpose")
    });
    assert!(matches!(panicked, Err(Error::Panicked)), "{panicked:?}");
    assert_eq!(fresh.read(data_set::generation).unwrap(), 0);
});

on_both!(a_job_goes_on_after_the_row_it_misread, |fresh| {
    fresh
        .write(|tx| {
            let misread = tx.one::<(i64,)>("SELECT name FROM generation WHERE 1 = 0 UNION ALL SELECT 'x'", &[]);
            assert!(matches!(misread, Err(Error::Misread { .. })), "{misread:?}");
            data_set::changed(tx)
        })
        .unwrap();
    assert_eq!(fresh.read(data_set::generation).unwrap(), 1);
});

on_both!(a_job_that_overlooks_a_refusal_is_not_acknowledged, |fresh| {
    let overlooked = fresh.write(|tx| {
        data_set::changed(tx)?;
        let refused = report::insert(tx, &new_report(1));
        assert!(matches!(refused, Err(Error::Refused(_))), "{refused:?}");
        let after = data_set::changed(tx);
        assert!(matches!(after, Err(Error::Lost)), "{after:?}");
        Ok(())
    });
    assert!(matches!(overlooked, Err(Error::Lost)), "{overlooked:?}");
    assert_eq!(fresh.read(data_set::generation).unwrap(), 0);
});

on_both!(a_read_sees_one_snapshot, |fresh| {
    let (seen_once, told) = mpsc::channel();
    let (changed, is_changed) = mpsc::channel();
    let db = fresh.db.clone();
    let reader = thread::spawn(move || {
        wait(db.read(move |tx| {
            let before = data_set::generation(tx)?;
            seen_once.send(()).unwrap();
            is_changed.recv().unwrap();
            Ok::<_, Error>((before, data_set::generation(tx)?))
        }))
    });
    told.recv().unwrap();
    fresh.write(data_set::changed).unwrap();
    changed.send(()).unwrap();
    assert_eq!(reader.join().unwrap().unwrap(), (0, 0));
    assert_eq!(fresh.read(data_set::generation).unwrap(), 1);
});

on_both!(rows_are_read_one_by_one_the_first_or_all, |fresh| {
    fresh
        .read(|tx| {
            let sql = "SELECT CAST($1 AS BIGINT) AS n UNION ALL SELECT CAST($2 AS BIGINT) ORDER BY n";
            let mut each = Vec::new();
            tx.each(sql, &[&1_i64, &2_i64], |row| {
                each.push(row.get::<i64>(0)?);
                Ok(())
            })?;
            assert_eq!(each, [1, 2]);
            assert_eq!(tx.all::<(i64,)>(sql, &[&1_i64, &2_i64])?, [(1,), (2,)]);
            assert_eq!(tx.maybe::<(i64,)>(sql, &[&1_i64, &2_i64])?, Some((1,)));
            assert_eq!(tx.one::<(i64,)>(sql, &[&1_i64, &2_i64])?, (1,));
            let none = "SELECT n FROM generation WHERE name = 'nothing'";
            assert_eq!(tx.maybe::<(i64,)>(none, &[])?, None);
            assert!(matches!(tx.one::<(i64,)>(none, &[]), Err(Error::NotFound(_))));
            assert!(matches!(tx.one::<(i64,)>(sql, &[&1_i64, &2_i64]), Ok((1,))));
            Ok(())
        })
        .unwrap();
});

on_both!(a_row_that_is_returned_was_changed_to_the_last, |fresh| {
    let (first, all) = fresh
        .write(|tx| {
            for door in ["a", "b", "c"] {
                throttle::knock(tx, door, b"o", NOW, 60)?;
            }
            let first = tx.maybe::<(i64,)>("UPDATE throttle SET n = n + 1 RETURNING n", &[])?;
            Ok((first, tx.all::<(i64,)>("SELECT n FROM throttle", &[])?))
        })
        .unwrap();
    assert_eq!((first, all), (Some((2,)), vec![(2,), (2,), (2,)]));
});

on_both!(a_read_cannot_write, |fresh| {
    let wrote = fresh.read(data_set::changed);
    assert!(matches!(wrote, Err(Error::Unwritable(_))), "{wrote:?}");
    assert_eq!(fresh.read(data_set::generation).unwrap(), 0);
});

on_both!(a_read_that_panics_takes_nothing_with_it, |fresh| {
    let panicked = fresh.read::<()>(|_| panic!("on purpose"));
    assert!(matches!(panicked, Err(Error::Panicked)), "{panicked:?}");
    assert_eq!(fresh.read(data_set::generation).unwrap(), 0);
});

on_both!(many_callers_are_all_answered, |fresh| {
    let before = fresh.db.commits();
    let answers = fresh.at_once(64, |i, tx| throttle::knock(tx, "door", &[i as u8 % 3], NOW, 60));
    assert!(answers.iter().all(Result::is_ok), "{answers:?}");
    let after = fresh.db.commits();
    let (commits, jobs) = (after.0 - before.0, after.1 - before.1);
    assert_eq!(jobs, 64);
    assert!(if fresh.is_sqlite() { commits < 64 } else { commits == 64 }, "{commits} commits");
});

on_both!(a_caller_that_goes_away_does_not_undo_its_write, |fresh| {
    let mut asked = Box::pin(fresh.db.write(data_set::changed));
    let mut context = Context::from_waker(Waker::noop());
    let _ = asked.as_mut().poll(&mut context);
    drop(asked);
    let kept = (0..1000).any(|_| {
        pause(5);
        fresh.read(data_set::generation).unwrap() == 1
    });
    assert!(kept, "the write was forgotten");
});

on_both!(a_database_serves_an_async_worker_without_knowing_it, |fresh| {
    let place = fresh.place.clone();
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(1).build().unwrap();
    let seen = runtime.block_on(async move {
        tokio::spawn(async move {
            let db = Db::open(&place)?;
            db.write(data_set::changed).await?;
            db.read(data_set::generation).await
        })
        .await
        .unwrap()
    });
    assert_eq!(seen.unwrap(), 1);
});

on_both!(a_lock_is_held_to_the_end_of_the_write, |fresh| {
    let answers = fresh.at_once(6, |_, tx| {
        tx.lock("one at a time")?;
        let seen = data_set::generation(tx)?;
        pause(2);
        data_set::changed(tx)?;
        Ok(seen)
    });
    let mut seen: Vec<i64> = answers.into_iter().map(Result::unwrap).collect();
    seen.sort_unstable();
    assert_eq!(seen, [0, 1, 2, 3, 4, 5]);
});
