use crate::{
    engine::Fresh,
    fixtures::*,
    subscription::{person, two},
};
use rights::Actor;
use store::{
    reminder::{self, Reminder},
    subscriber,
};

pub fn reminder(n: u64, of: u64) -> Reminder {
    Reminder {
        id: id(23, n),
        subscriber: person(of).id,
        token: format!("reminds-{n}").into_bytes(),
        uprn: format!("99900000000{n}"),
        kinds: "rubbish food".into(),
        created_at: NOW,
        since: None,
        next_at: None,
        told_day: None,
        told: None,
    }
}

fn three(tx: &mut store::Tx) -> store::Result<()> {
    two(tx)?;
    for (n, of) in [(1, 1), (2, 1), (3, 2)] {
        reminder::insert(tx, &reminder(n, of))?;
    }
    Ok(())
}

fn of(fresh: &Fresh, n: u64) -> Vec<Reminder> {
    fresh.read(move |tx| reminder::of(&HOUSE, tx, person(n).id)).unwrap()
}

fn due(fresh: &Fresh, hours: i64) -> Vec<uuid::Uuid> {
    let rows = fresh.write(move |tx| reminder::due(&HOUSE, tx, NOW.plus_hours(hours), 10)).unwrap();
    rows.into_iter().map(|row| row.id).collect()
}

on_both!(a_reminder_looks_once_it_is_confirmed_and_again_when_it_was_told_to, |fresh| {
    fresh.write(three).unwrap();
    assert_eq!(of(fresh, 1), [reminder(1, 1), reminder(2, 1)]);
    assert!(due(fresh, 100).is_empty());
    let found = fresh.read(|tx| reminder::by_token(tx, b"reminds-2")).unwrap().unwrap();
    assert_eq!(found, reminder(2, 1));
    assert!(fresh.read(|tx| reminder::by_token(tx, b"reminds")).unwrap().is_none());
    let confirm = |n, hours| {
        let when = (NOW, NOW.plus_hours(hours));
        fresh.write(move |tx| reminder::confirm(&HOUSE, tx, reminder(n, 1).id, when)).unwrap()
    };
    assert!(confirm(1, 3) && confirm(2, 2) && !confirm(2, 9));
    assert!(due(fresh, 1).is_empty());
    assert_eq!(due(fresh, 3), [reminder(2, 1).id, reminder(1, 1).id]);
    let told =
        |day| fresh.write(move |tx| reminder::looked(&HOUSE, tx, reminder(2, 1).id, NOW.plus_hours(30), day)).unwrap();
    told(Some(("2026-12-25", "food")));
    let row = fresh.read(|tx| reminder::by_id(&HOUSE, tx, reminder(2, 1).id)).unwrap().unwrap();
    assert_eq!(
        (row.next_at, row.told_day.as_deref(), row.told.as_deref()),
        (Some(NOW.plus_hours(30)), Some("2026-12-25"), Some("food"))
    );
    assert_eq!(due(fresh, 3), [reminder(1, 1).id]);
    told(None);
    assert_eq!(of(fresh, 1)[1].told_day, None);
    assert!(is_not_found(&fresh.read(|tx| reminder::of(&Actor::Anonymous, tx, person(1).id))));
});

on_both!(all_of_a_person_are_paused_and_begin_again_and_go_with_the_person, |fresh| {
    fresh.write(three).unwrap();
    fresh
        .write(|tx| {
            reminder::confirm(&HOUSE, tx, reminder(1, 1).id, (NOW, NOW))?;
            reminder::confirm(&HOUSE, tx, reminder(3, 2).id, (NOW, NOW))?;
            reminder::looked(&HOUSE, tx, reminder(1, 1).id, NOW, Some(("2026-12-25", "food")))?;
            reminder::wake_all(&HOUSE, tx, person(1).id, None)
        })
        .unwrap();
    assert_eq!(due(fresh, 0), [reminder(3, 2).id]);
    assert_eq!((of(fresh, 1)[0].since, of(fresh, 1)[0].told.clone()), (Some(NOW), None));
    // One that is paused stays so when a look ends.
    fresh.write(|tx| reminder::looked(&HOUSE, tx, reminder(1, 1).id, NOW, None)).unwrap();
    assert_eq!(due(fresh, 0), [reminder(3, 2).id]);
    fresh.write(|tx| reminder::wake_all(&HOUSE, tx, person(1).id, Some(NOW))).unwrap();
    assert_eq!(due(fresh, 0), [reminder(1, 1).id, reminder(3, 2).id], "the one that nobody confirmed waits for that");
    assert_eq!(fresh.write(|tx| reminder::sweep(&HOUSE, tx, NOW.plus_hours(1))).unwrap(), 1);
    assert_eq!(of(fresh, 1).len(), 1);
    fresh.write(|tx| reminder::remove(&HOUSE, tx, reminder(3, 2).id)).unwrap();
    assert!(of(fresh, 2).is_empty());
    fresh.write(|tx| subscriber::forget(&HOUSE, tx, person(1).id)).unwrap();
    assert!(due(fresh, 100).is_empty());
});
