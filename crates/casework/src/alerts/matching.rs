//! Which news is for whom. Reading and writing are apart, so that a step that finds much keeps nobody else from writing: what
//! was found is kept in pieces, each may be kept again, and news counts as compared when all of its pieces are there.

use super::{HOUSE, spot};
use crate::{Result, Setting};
use std::{
    collections::{HashMap, hash_map::Entry},
    rc::Rc,
};
use store::{
    Time, Tx,
    alert::{self, Alert, News, What},
    contact, duplicate,
    publication::{self, Publication, Shown},
    subscription::{self, Hears, Watching},
};
use uuid::Uuid;

/// A step ends when it has found so many.
const MOST_FOUND: usize = 50_000;
/// Subscriptions that a step keeps at hand.
const MOST_AT_HAND: usize = 200_000;
/// Alerts in one write: about five milliseconds.
pub const PIECE: usize = 1_000;

/// What one step found.
#[derive(Debug, Default)]
pub struct Found {
    pub news: Vec<News>,
    pub alerts: Vec<Alert>,
}

/// Compares the oldest news with all subscriptions. It only reads.
pub fn find(tx: &mut Tx, setting: &Setting, most: i64) -> Result<Found> {
    let geography = setting.geography();
    let mut found = Found::default();
    let mut waiting = Vec::new();
    for news in alert::unmatched(&HOUSE, tx, most)? {
        let row = publication::of_report(&HOUSE, tx, news.report)?.filter(|row| row.shown == Shown::Public);
        let mut spots = row.as_ref().map(|row| spot::had(&geography, row)).unwrap_or_default();
        if row.is_some() {
            // Who follows a report that is the same follows this one. The largest cell stays the last.
            let same = duplicate::of_original(tx, news.report)?;
            spots.splice(0..0, same.into_iter().map(spot::of_report));
        }
        waiting.push((spots, news, row));
    }
    // News of one place comes together, so that what watches a spot is read once a step.
    waiting.sort_by(|(one, ..), (other, ..)| one.iter().rev().cmp(other.iter().rev()));
    let mut at_hand: HashMap<String, Rc<Vec<Watching>>> = HashMap::new();
    let mut held = 0;
    for (spots, news, row) in waiting {
        if let Some(row) = row {
            let own = reporter(tx, setting, news.report)?;
            let mut first: HashMap<Uuid, Alert> = HashMap::new();
            for spot in spots {
                if held > MOST_AT_HAND {
                    (at_hand, held) = (HashMap::new(), 0);
                }
                let watching = match at_hand.entry(spot) {
                    Entry::Occupied(known) => known.get().clone(),
                    Entry::Vacant(empty) => {
                        let rows = subscription::watching(&HOUSE, tx, empty.key())?;
                        held += rows.len();
                        empty.insert(Rc::new(rows)).clone()
                    }
                };
                let wanted = watching.iter().filter(|one| hears(one, &news, &row, own.as_deref()));
                for (one, due_at) in wanted.filter_map(|one| Some((one, setting.alerts.goes_at(one.cadence, news.at)?)))
                {
                    let alert = Alert {
                        subscriber: one.subscriber,
                        report: news.report,
                        at: news.at,
                        subscription: one.id,
                        due_at,
                    };
                    // Whoever asked several times hears it once, as soon as any of them would tell it.
                    let known = first.entry(one.subscriber).or_insert_with(|| alert.clone());
                    if (alert.due_at, alert.subscription) < (known.due_at, known.subscription) {
                        *known = alert;
                    }
                }
            }
            found.alerts.extend(first.into_values());
        }
        found.news.push(news);
        if found.alerts.len() >= MOST_FOUND {
            break;
        }
    }
    // In the order of the key: neighbours in the index are written together, and a piece touches few of its pages.
    found.alerts.sort_unstable_by_key(|alert| (alert.subscriber, alert.report, alert.at));
    Ok(found)
}

/// Whether a subscription tells this news.
fn hears(one: &Watching, news: &News, row: &Publication, own: Option<&[u8]>) -> bool {
    news.at >= one.since
        && (one.hears == Hears::All || news.kind == What::New)
        && one.service.as_ref().is_none_or(|service| *service == row.service)
        && own.is_none_or(|own| own != one.mark)
        && spot::holds(one, row.lat.zip(row.lon))
}

/// The mark of the address that the report came with: nobody is told of their own (C-58).
fn reporter(tx: &mut Tx, setting: &Setting, report: Uuid) -> Result<Option<Vec<u8>>> {
    let person = contact::own(&HOUSE, tx, report)?;
    Ok(person.and_then(|person| person.email).map(|email| setting.keys.mailbox(&email)))
}

/// Keeps a piece of what was found: how many are new.
pub fn keep(tx: &mut Tx, alerts: &[Alert]) -> Result<u64> {
    Ok(alert::keep(&HOUSE, tx, alerts)?)
}

/// All that was found for this news is kept.
pub fn done(tx: &mut Tx, news: &[News], now: Time) -> Result<()> {
    for one in news {
        alert::matched(&HOUSE, tx, one, now)?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use places::Point;
    use proptest::prelude::*;
    use serde_json::json;
    use store::{
        publication::Stand,
        subscription::{Cadence, Kind, Subscription},
    };

    fn subscription(lat: f64, lon: f64, metres: i64) -> Subscription {
        Subscription {
            id: Uuid::from_u128(1),
            subscriber: Uuid::from_u128(2),
            token: vec![],
            kind: Kind::Near,
            lat: Some(lat),
            lon: Some(lon),
            metres: Some(metres),
            code: String::new(),
            report: None,
            words: String::new(),
            service: None,
            hears: Hears::New,
            cadence: Cadence::Daily,
            created_at: Time(0),
            since: Some(Time(0)),
        }
    }

    fn watching(row: &Subscription) -> Watching {
        Watching {
            id: row.id,
            subscriber: row.subscriber,
            lat: row.lat,
            lon: row.lon,
            metres: row.metres,
            service: row.service.clone(),
            hears: row.hears,
            cadence: row.cadence,
            since: Time(0),
            mark: vec![1],
        }
    }

    fn report(lat: f64, lon: f64) -> Publication {
        Publication {
            report: Uuid::from_u128(3),
            reference: String::new(),
            service: "one".into(),
            definition: String::new(),
            agency: "example".into(),
            place: String::new(),
            area: String::new(),
            lat: Some(lat),
            lon: Some(lon),
            cell: None,
            body: json!({}),
            photos: json!([]),
            shown: Shown::Public,
            doubtful: false,
            stand: Stand::Open,
            received_at: Time(0),
            changed_at: Time(0),
            closed_at: None,
            me_too: 0,
            said_by: String::new(),
        }
    }

    fn news(kind: What) -> News {
        News { report: Uuid::from_u128(3), at: Time(5), kind }
    }

    proptest! {
        /// Brute force: every report within the metres is found by the index, and none beside.
        #[test]
        fn a_circle_is_found_by_exactly_what_lies_in_it(
            lat in 51.0f64..51.6, lon in -3.2f64..-2.2, metres in 200i64..=10_000,
            up in -0.12f64..0.12, along in -0.18f64..0.18,
        ) {
            let (row, there) = (subscription(lat, lon, metres), report(lat + up, lon + along));
            let at = Point::new(lat + up, lon + along).unwrap();
            let near = Point::new(lat, lon).unwrap().metres_to(at) <= metres as f64;
            let kept = spot::kept(&row);
            let cells: Vec<String> = [places::cell::Resolution::NEIGHBOURHOOD, places::cell::Resolution::TOWN]
                .map(|size| format!("c{}", places::cell::cell(at, size))).into();
            let met = cells.iter().filter(|cell| kept.contains(cell)).count();
            prop_assert!(met <= 1, "found twice by two sizes of cell");
            let hears = hears(&watching(&row), &news(What::New), &there, None);
            prop_assert_eq!(met == 1 && hears, near);
            prop_assert!(kept.len() <= 40, "{} spots for {metres} metres", kept.len());
        }
    }

    #[test]
    fn what_is_heard_is_what_was_asked_for() {
        let (here, row) = (report(51.0, -3.0), subscription(51.0, -3.0, 200));
        let one = watching(&row);
        let all = Watching { hears: Hears::All, ..one.clone() };
        let other = Watching { service: Some("two".into()), ..one.clone() };
        let late = Watching { since: Time(6), ..one.clone() };
        let heard = |one: &Watching, kind| hears(one, &news(kind), &here, None);
        assert_eq!(
            [heard(&one, What::New), heard(&one, What::Changed), heard(&one, What::Fixed)],
            [true, false, false]
        );
        assert_eq!([heard(&all, What::New), heard(&all, What::Changed), heard(&all, What::Fixed)], [true; 3]);
        assert!(!heard(&other, What::New) && !heard(&late, What::New));
        assert!(!hears(&one, &news(What::New), &here, Some(&[1])), "their own");
        let nowhere = Publication { lat: None, lon: None, ..here };
        assert!(!hears(&one, &news(What::New), &nowhere, None));
    }
}
