//! What agencies say on the pages of the site for a time.

use crate::{
    engine::{Fresh, wait},
    fixtures::*,
};
use rights::{Actor, Right};
use store::{
    Error,
    site_message::{self, Hours, Place, SiteMessage},
};

pub fn message(n: u64) -> SiteMessage {
    SiteMessage {
        id: id(41, n),
        agency: COUNCIL.into(),
        place: Place::Waste,
        hours: Hours::Any,
        ward: String::new(),
        heading: format!("Message {n}"),
        words: "Snow.".into(),
        from_at: NOW,
        until_at: None,
        made_at: NOW.plus_hours(n as i64),
        by_staff: staff_id(1),
    }
}

fn show(fresh: &Fresh, row: SiteMessage) -> Result<(), Error> {
    fresh.write(move |tx| site_message::insert(&officer(), tx, &row))
}

on_both!(a_message_is_shown_until_its_time_or_until_it_is_ended_once, |fresh| {
    fresh.write(people).unwrap();
    assert_eq!(fresh.read(site_message::generation).unwrap(), 0);
    show(fresh, message(1)).unwrap();
    let short = SiteMessage { until_at: Some(NOW.plus_hours(5)), ..message(2) };
    show(fresh, short.clone()).unwrap();
    assert_eq!(fresh.read(site_message::generation).unwrap(), 2);
    assert_eq!(fresh.read(|tx| site_message::shown(tx, NOW)).unwrap(), [message(1), short]);
    assert_eq!(fresh.read(|tx| site_message::shown(tx, NOW.plus_hours(5))).unwrap(), [message(1)]);
    let end = |hours| fresh.write(move |tx| site_message::end(&officer(), tx, id(41, 1), NOW.plus_hours(hours)));
    assert!(end(6).unwrap());
    assert!(!end(7).unwrap(), "it has ended");
    let late = fresh.write(|tx| site_message::end(&officer(), tx, id(41, 2), NOW.plus_hours(6)));
    assert!(!late.unwrap(), "its time had ended it");
    assert_eq!(fresh.read(site_message::generation).unwrap(), 3);
    let own = fresh.read(|tx| site_message::own(&officer(), tx)).unwrap();
    let own: Vec<_> = own.iter().map(|one| (one.heading.as_str(), one.ended_at, one.ended_name.is_some())).collect();
    assert_eq!(own, [("Message 2", None, false), ("Message 1", Some(NOW.plus_hours(6)), true)]);
});

on_both!(messages_are_of_those_with_the_right_and_of_their_own_agency, |fresh| {
    fresh.write(people).unwrap();
    show(fresh, message(1)).unwrap();
    for actor in [officer_with(COUNCIL, &[Right::EditTemplates]), officer_with(POLICE, Right::ALL), Actor::Anonymous] {
        let (one, two) = (actor.clone(), actor.clone());
        let wrote = fresh.write(move |tx| site_message::insert(&one, tx, &message(2)));
        assert!(matches!(wrote, Err(Error::NotFound(_))), "{actor:?}");
        let ended = fresh.write(move |tx| site_message::end(&two, tx, id(41, 1), NOW));
        assert!(matches!(ended, Err(Error::NotFound(_))), "{actor:?}");
        assert!(fresh.read(move |tx| site_message::own(&actor, tx)).map_or(true, |rows| rows.is_empty()));
    }
    let backwards = SiteMessage { until_at: Some(NOW), ..message(3) };
    assert!(show(fresh, backwards).is_err(), "the database takes none that ends before it begins");
});

on_both!(the_37th_runs_beside_what_staff_changed_before, |fresh| {
    let bare = if fresh.is_sqlite() { Fresh::bare_sqlite() } else { Fresh::bare_postgres().unwrap() };
    wait(bare.db.migrate_to(36)).unwrap();
    bare.write(people).unwrap();
    bare.write(|tx| store::offer::put(&officer(), tx, &crate::offer::offered("drain", 1, "2026-11-27"))).unwrap();
    wait(bare.db.migrate()).unwrap();
    assert_eq!(bare.read(store::offer::all).unwrap().len(), 1);
    bare.write(|tx| site_message::insert(&officer(), tx, &message(1))).unwrap();
    assert_eq!(bare.read(|tx| site_message::shown(tx, NOW)).unwrap().len(), 1);
});
