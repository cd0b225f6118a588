use crate::{fixtures::*, publication::publication};
use rights::Actor;
use store::{
    confirmation::{self, Confirmation},
    publication::{self as public, Publication, Shown, Stand},
};

pub fn waiting_for(n: u64) -> Confirmation {
    let token = format!("token {n}").into_bytes();
    Confirmation { report: report_id(n), token, until: NOW.plus_hours(24), confirmed_at: None }
}

fn filled(tx: &mut store::Tx, row: &Publication) -> Result<(), store::Error> {
    people(tx)?;
    store::definition::keep(tx, &definition(), NOW)?;
    store::report::insert(tx, &new_report(1))?;
    public::insert(tx, row, "")?;
    confirmation::insert(tx, &waiting_for(1))
}

on_both!(a_link_is_used_up_once_and_only_in_its_time, |fresh| {
    fresh.write(|tx| filled(tx, &publication(1))).unwrap();
    let token = waiting_for(1).token;
    let at = |hours| {
        let token = token.clone();
        fresh.read(move |tx| confirmation::by_token(tx, &token, NOW.plus_hours(hours))).unwrap()
    };
    assert_eq!((at(23), at(24)), (Some(waiting_for(1)), None));
    let press = |hours, token: &[u8]| {
        let token = token.to_vec();
        fresh.write(move |tx| confirmation::confirm(tx, &token, NOW.plus_hours(hours))).unwrap()
    };
    assert!(!press(24, &token) && !press(1, b"another"));
    assert!(press(1, &token) && !press(1, &token));
    assert_eq!(at(2).and_then(|row| row.confirmed_at), Some(NOW.plus_hours(1)));
});

on_both!(it_shows_what_waits_and_nothing_that_is_doubtful_hidden_or_over, |fresh| {
    let waits = Publication { shown: Shown::Waits, ..publication(1) };
    for (n, row, shows) in [
        (0, waits.clone(), true),
        (1, Publication { doubtful: true, ..waits.clone() }, false),
        (2, Publication { stand: Stand::Closed, ..waits.clone() }, false),
        (3, Publication { shown: Shown::Hidden, ..waits }, false),
        (4, publication(1), false),
    ] {
        fresh
            .write(move |tx| {
                if n == 0 {
                    return filled(tx, &row);
                }
                tx.run("DELETE FROM publication", &[])?;
                public::insert(tx, &row, "")
            })
            .unwrap();
        assert_eq!(fresh.write(|tx| confirmation::show(tx, report_id(1))).unwrap(), shows, "{n}");
    }
});

on_both!(its_pictures_are_shown_once_a_person_of_the_agency_has_read_it, |fresh| {
    let photos = serde_json::json!([photo(1).id]);
    let waits = Publication { shown: Shown::Waits, photos, ..publication(1) };
    fresh
        .write(move |tx| {
            filled(tx, &waits)?;
            store::journal::write(&HOUSE, tx, &entry(1, 1))?;
            let photo = store::held::Held { report: Some(report_id(1)), ..photo(1) };
            store::held::add(&resident(report_id(1)), tx, &photo, entry_id(1))?;
            confirmation::show(tx, report_id(1))
        })
        .unwrap();
    let seen = || {
        let both = |tx: &mut store::Tx| {
            let programs = store::request::photos(tx, &[report_id(1)])?.len();
            Ok::<_, store::Error>((store::held::public(tx, report_id(1))?.len(), programs))
        };
        fresh.read(both).unwrap()
    };
    let waits = || fresh.read(|tx| confirmation::waits(&officer(), tx, report_id(1))).unwrap();
    assert_eq!(seen(), (0, 0));
    assert!(waits());
    assert!(is_not_found(&fresh.read(|tx| confirmation::waits(&Actor::Anonymous, tx, report_id(1)))));
    assert!(is_not_found(&fresh.write(|tx| confirmation::looked(&Actor::Anonymous, tx, report_id(1)))));
    fresh.write(|tx| confirmation::looked(&officer(), tx, report_id(1))).unwrap();
    assert_eq!(seen(), (1, 1));
    assert!(!waits());
});
