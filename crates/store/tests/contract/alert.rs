use crate::{
    engine::Fresh,
    fixtures::*,
    subscription::{near, person, two},
};
use rights::Actor;
use store::{
    alert::{self, Alert, Mail, News, What},
    publication::Shown,
    subscriber,
    subscription::{self, Cadence},
};

pub fn news(hours: i64, kind: What) -> News {
    News { report: report_id(1), at: NOW.plus_hours(hours), kind }
}

pub fn alert(n: u64, hours: i64) -> Alert {
    let at = NOW.plus_hours(hours);
    Alert { subscriber: person(n).id, report: report_id(1), at, subscription: near(n, n).id, due_at: at }
}

fn noted(fresh: &Fresh, all: &'static [(i64, What)]) {
    fresh.write(move |tx| all.iter().try_for_each(|(hours, kind)| alert::note(tx, &news(*hours, *kind)))).unwrap();
}

fn unmatched(fresh: &Fresh) -> Vec<News> {
    fresh.read(|tx| alert::unmatched(&HOUSE, tx, 10)).unwrap()
}

on_both!(a_report_is_new_once_an_instant_has_one_piece_of_news_and_what_is_hidden_has_none, |fresh| {
    fresh.write(two).unwrap();
    noted(fresh, &[(2, What::New), (1, What::Changed), (1, What::Fixed), (5, What::New)]);
    assert_eq!(unmatched(fresh), [news(1, What::Changed), news(2, What::New)]);
    let hide = |from, to| {
        let set = move |tx: &mut store::Tx| store::publication::set_shown(&officer(), tx, report_id(1), from, to);
        fresh.write(set).unwrap();
    };
    hide(Shown::Public, Shown::Hidden);
    noted(fresh, &[(7, What::Changed)]);
    assert_eq!(unmatched(fresh).len(), 2);
    fresh.write(|tx| alert::matched(&HOUSE, tx, &news(1, What::Changed), NOW)).unwrap();
    assert_eq!(unmatched(fresh), [news(2, What::New)]);
    assert!(is_not_found(&fresh.read(|tx| alert::unmatched(&Actor::Anonymous, tx, 1))));
});

on_both!(nobody_is_told_twice, |fresh| {
    fresh.write(two).unwrap();
    noted(fresh, &[(1, What::New), (2, What::Changed)]);
    // More than a group of rows, most of them there already.
    let many: Vec<Alert> = (0..20).map(|n| alert(1 + n % 2, 1 + n as i64 / 2 % 2)).collect();
    let kept = fresh.write(move |tx| alert::keep(&HOUSE, tx, &many)).unwrap();
    assert_eq!(kept, 4);
    let later = NOW.plus_hours(2);
    let waits = |fresh: &Fresh, now| fresh.write(move |tx| alert::waiting(&HOUSE, tx, now, 10)).unwrap();
    assert!(waits(fresh, NOW).is_empty());
    assert_eq!(waits(fresh, later), [person(1).id, person(2).id]);
    let due = fresh.read(move |tx| alert::due(&HOUSE, tx, person(1).id, later)).unwrap();
    let told: Vec<_> = due.iter().map(|due| (due.at, due.kind, due.cadence)).collect();
    let daily = Some(Cadence::Daily);
    assert_eq!(told, [(later, What::Changed, daily), (NOW.plus_hours(1), What::New, daily)]);
    fresh
        .write(move |tx| {
            store::delivery::insert(tx, &delivery(1))?;
            alert::mail(
                tx,
                &Mail { delivery: delivery(1).id, subscriber: person(1).id, subscription: None, made_at: NOW },
            )?;
            alert::settle(&HOUSE, tx, person(1).id, later, Some(delivery(1).id))?;
            alert::settle(&HOUSE, tx, person(2).id, later, None)
        })
        .unwrap();
    assert!(waits(fresh, later).is_empty());
    assert_eq!(fresh.read(|tx| alert::in_mail(&HOUSE, tx, delivery(1).id)).unwrap().len(), 2);
    let mail = fresh.read(|tx| alert::of_delivery(&HOUSE, tx, delivery(1).id)).unwrap().unwrap();
    assert_eq!((mail.subscriber, mail.subscription), (person(1).id, None));
    // What was told stays told.
    assert_eq!(fresh.write(|tx| alert::keep(&HOUSE, tx, &[alert(1, 1), alert(2, 2)])).unwrap(), 0);
    assert!(waits(fresh, later).is_empty());
});

on_both!(what_was_told_long_ago_and_its_mails_go_and_a_subscription_that_went_tells_nothing, |fresh| {
    fresh.write(two).unwrap();
    noted(fresh, &[(1, What::New), (2, What::Changed)]);
    fresh
        .write(|tx| {
            alert::keep(&HOUSE, tx, &[alert(1, 1), alert(2, 2)])?;
            subscription::remove(&HOUSE, tx, near(1, 1).id)
        })
        .unwrap();
    let due = fresh.read(|tx| alert::due(&HOUSE, tx, person(1).id, NOW.plus_hours(9))).unwrap();
    assert_eq!((due[0].cadence, due[0].since), (None, None));
    fresh
        .write(|tx| {
            store::delivery::insert(tx, &delivery(1))?;
            alert::mail(
                tx,
                &Mail { delivery: delivery(1).id, subscriber: person(1).id, subscription: None, made_at: NOW },
            )?;
            alert::settle(&HOUSE, tx, person(1).id, NOW.plus_hours(9), Some(delivery(1).id))
        })
        .unwrap();
    // The mail, and the alert of it; the other still waits.
    let given_up = fresh.write(|tx| alert::give_up_copied(&HOUSE, tx)).unwrap();
    assert_eq!(given_up, 3, "two pieces of news and what was due of them");
    fresh.write(|tx| tx.run("UPDATE alert SET due_at = at WHERE subscriber = $1", &[&person(2).id]).map(drop)).unwrap();
    let swept = fresh.write(|tx| alert::sweep(&HOUSE, tx, NOW.plus_hours(1), NOW.plus_hours(9))).unwrap();
    assert_eq!(swept, 2);
    assert_eq!(fresh.read(|tx| alert::of_delivery(&HOUSE, tx, delivery(1).id)).unwrap(), None);
    // What may not go any more leaves the outbox.
    let outbox = fresh
        .write(|tx| {
            store::delivery::insert(tx, &delivery(2))?;
            let (delivery, subscriber) = (delivery(2).id, person(2).id);
            alert::mail(tx, &Mail { delivery, subscriber, subscription: None, made_at: NOW })?;
            alert::take_back(&HOUSE, tx, delivery)?;
            Ok((alert::of_delivery(&HOUSE, tx, delivery)?, store::delivery::counts(tx)?))
        })
        .unwrap();
    assert_eq!(outbox, (None, (0, 0, 0)));
    fresh.write(|tx| subscriber::forget(&HOUSE, tx, person(2).id)).unwrap();
    assert!(fresh.write(|tx| alert::waiting(&HOUSE, tx, NOW.plus_hours(9), 9)).unwrap().is_empty());
});
