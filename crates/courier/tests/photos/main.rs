//! Photos that a program gave as addresses: fetched later, once, from the public internet alone (C-81).

mod stand_in;

use casework::Clock;
use courier::{Allowed, PhotoFate, PhotoLinks};
use rights::Actor;
use stand_in::StandIn;
use std::{sync::Once, time::Duration};
use store::{held, journal, photo_link, photo_link::State};
use testkit::{House, partner_key, partners, systems};
use uuid::Uuid;

const COUNCIL: &str = "north-somerset-council";
const HOUSE: Actor = Actor::House("test");
const TIPPING: [(&str, &str); 8] = [
    ("service_code", "fly-tipping"),
    ("lat", "51.3461"),
    ("long", "-2.9772"),
    ("description", "A mattress by the gate."),
    ("attribute[now]", "no"),
    ("attribute[land]", "road_verge"),
    ("attribute[waste]", "mattress"),
    ("attribute[size]", "single_item"),
];

struct World {
    house: House,
    web: StandIn,
    links: PhotoLinks,
}

impl World {
    /// `trusting`: the stand-in, which lies on this machine, may be fetched from.
    async fn new(trusting: bool) -> World {
        static TLS: Once = Once::new();
        TLS.call_once(|| rustls::crypto::ring::default_provider().install_default().unwrap());
        let house = House::with_partners(partners(&[COUNCIL], true), systems(&[])).await;
        let web = StandIn::new(testkit::files::photo_at(51.34, -2.97, "2026:11:24 09:00:00")).await;
        let allowed = Allowed(if trusting { vec![web.at] } else { Vec::new() });
        let (db, setting, clock, rng) =
            (house.db.clone(), house.setting.clone(), house.clock.clone(), house.rng.clone());
        let links = PhotoLinks::new(db, setting, (house.keep(), allowed), clock, rng, Default::default());
        World { links: links.patient(Duration::from_secs(3)), house, web }
    }

    /// The reference, and the id of the report.
    async fn sent(&self, urls: &[String]) -> (String, Uuid) {
        let key = partner_key(COUNCIL);
        let mut fields = vec![("api_key", key.as_str())];
        fields.extend(TIPPING);
        fields.extend(urls.iter().map(|url| ("media_url", url.as_str())));
        let page = self.house.visitor().post("/open311/v2/requests.json", &fields).await;
        assert_eq!(page.status, 201, "{}", page.text);
        let reference = page.json()[0]["service_request_id"].as_str().unwrap().to_owned();
        let of = reference.clone();
        let head = self.house.db.read(move |tx| store::report::by_reference(tx, &of)).await.unwrap().unwrap();
        (reference, head.id)
    }

    async fn drain(&self) -> Vec<PhotoFate> {
        let mut all = Vec::new();
        while let Some(fate) = self.links.step().await.unwrap() {
            all.push(fate);
        }
        all
    }

    async fn entries(&self, report: Uuid, kind: &str) -> Vec<journal::Entry> {
        let all = self.house.db.read(move |tx| journal::of_report(&HOUSE, tx, report)).await.unwrap();
        all.into_iter().filter(|entry| entry.kind == kind).collect()
    }

    async fn photos(&self, reference: &str) -> Vec<held::Held> {
        let of = reference.to_owned();
        let head = self.house.db.read(move |tx| store::report::by_reference(tx, &of)).await.unwrap().unwrap();
        let actor = Actor::Resident(rights::Resident { report: head.id, sight: rights::Sight::Whole });
        self.house.db.read(move |tx| held::own(&actor, tx, head.id)).await.unwrap()
    }

    async fn rows(&self, report: Uuid) -> Vec<photo_link::PhotoLink> {
        self.house.db.read(move |tx| photo_link::of_report(&HOUSE, tx, report)).await.unwrap()
    }
}

#[tokio::test]
async fn a_photo_is_fetched_after_the_report_was_taken_and_attached_once() {
    let world = World::new(true).await;
    let (reference, report) = world.sent(&[world.web.url("photo.jpg"), world.web.url("once")]).await;
    assert_eq!(world.web.asked.lock().unwrap().len(), 0, "nothing leaves inside a request");
    assert_eq!(world.drain().await, [PhotoFate::Kept, PhotoFate::Kept]);
    assert_eq!(world.drain().await, []);
    let photos = world.photos(&reference).await;
    assert_eq!(photos.len(), 2);
    assert!(photos.iter().all(|photo| photo.media == "image/jpeg" && !photo.question.is_empty()));
    assert_eq!(world.entries(report, "file.added").await.len(), 2);
    // The address is gone, and staff find a photo like any other.
    assert!(world.rows(report).await.iter().all(|row| row.state == State::Kept && row.url.is_none()));
    let mut officer = world.house.staff(COUNCIL, "officer").await;
    let desk = officer.get(&format!("/staff/reports/{reference}")).await;
    assert!(desk.text.contains(&photos[0].id.to_string()), "{}", desk.text);
    // Who looked at it shows it.
    officer.submit(&desk.form("/acknowledge"), &[]).await;
    let page = world.house.get(&format!("/reports/{reference}")).await;
    assert!(page.text.contains(&photos[0].id.to_string()), "{}", page.text);
}

#[tokio::test]
async fn a_photo_that_comes_after_somebody_looked_is_for_staff_and_not_for_everybody() {
    let world = World::new(true).await;
    let (reference, _) = world.sent(&[world.web.url("photo.jpg")]).await;
    let mut officer = world.house.staff(COUNCIL, "officer").await;
    let form = officer.get(&format!("/staff/reports/{reference}")).await.form("/acknowledge");
    officer.submit(&form, &[]).await;
    assert_eq!(world.drain().await, [PhotoFate::Kept]);
    let photo = world.photos(&reference).await.remove(0).id.to_string();
    assert!(officer.get(&format!("/staff/reports/{reference}")).await.text.contains(&photo));
    let page = world.house.get(&format!("/reports/{reference}")).await;
    assert!(page.status == 200 && !page.text.contains(&photo), "{}", page.text);
}

#[tokio::test]
async fn what_lies_inside_is_never_asked_for_not_even_by_a_detour() {
    let world = World::new(false).await;
    let urls = [
        world.web.url("photo.jpg"),
        "http://127.0.0.1/photo.jpg".to_owned(),
        "http://[::1]/photo.jpg".to_owned(),
        "http://[::ffff:127.0.0.1]/photo.jpg".to_owned(),
        "http://169.254.169.254/latest/meta-data".to_owned(),
        "http://localhost/photo.jpg".to_owned(),
        "http://0x7f000001/photo.jpg".to_owned(),
        "http://2130706433/photo.jpg".to_owned(),
    ];
    let (_, report) = world.sent(&urls).await;
    let fates = world.drain().await;
    assert_eq!(fates.len(), urls.len());
    assert!(fates.iter().all(|fate| matches!(fate, PhotoFate::GivenUp(_))), "{fates:?}");
    assert_eq!(world.web.asked.lock().unwrap().len(), 0);
    assert!(world.rows(report).await.iter().all(|row| row.state == State::GivenUp && row.url.is_none()));
    // By a detour from where it may go.
    let world = World::new(true).await;
    let (reference, report) =
        world.sent(&[world.web.url("inside"), world.web.url("metadata"), world.web.url("round")]).await;
    let fates = world.drain().await;
    assert!(fates.len() == 3 && fates.iter().all(|fate| matches!(fate, PhotoFate::GivenUp(_))), "{fates:?}");
    assert_eq!(world.photos(&reference).await, []);
    let notes = world.entries(report, "note.added").await;
    assert_eq!(notes.len(), 3, "staff read of each");
}

#[tokio::test]
async fn what_is_no_photo_too_large_or_slow_is_told_to_staff_and_keeps_up_nothing() {
    let world = World::new(true).await;
    let (reference, report) = world
        .sent(&[world.web.url("html"), world.web.url("huge"), world.web.url("slow"), world.web.url("photo.jpg")])
        .await;
    let fates = world.drain().await;
    assert!(
        matches!(
            fates.as_slice(),
            [PhotoFate::GivenUp(_), PhotoFate::GivenUp(_), PhotoFate::Later(_), PhotoFate::Kept]
        ),
        "{fates:?}"
    );
    assert_eq!(world.photos(&reference).await.len(), 1);
    let desk = world.house.staff(COUNCIL, "officer").await.get(&format!("/staff/reports/{reference}")).await;
    assert!(desk.says("could not be fetched yet") && desk.says(&world.web.url("slow")), "{}", desk.text);
    assert_eq!(world.entries(report, "note.added").await.len(), 3);
}

#[tokio::test]
async fn a_site_that_is_down_is_asked_again_and_given_up_with_a_word() {
    let world = World::new(true).await;
    *world.web.down.lock().unwrap() = true;
    let (reference, report) = world.sent(&[world.web.url("photo.jpg")]).await;
    assert!(matches!(world.drain().await.as_slice(), [PhotoFate::Later(_)]));
    assert_eq!(world.drain().await, [], "it is not asked at once");
    // It comes back.
    *world.web.down.lock().unwrap() = false;
    world.house.clock.forward_seconds(10 * 60);
    assert_eq!(world.drain().await, [PhotoFate::Kept]);
    assert_eq!(world.photos(&reference).await.len(), 1);
    assert_eq!(world.entries(report, "note.added").await.len(), 1);
    // And one that never does.
    *world.web.down.lock().unwrap() = true;
    let (_, report) = world.sent(&[world.web.url("photo.jpg")]).await;
    let mut last = None;
    for _ in 0..40 {
        last = world.drain().await.pop().or(last);
        if matches!(last, Some(PhotoFate::GivenUp(_))) {
            break;
        }
        world.house.clock.forward_seconds(7 * 60 * 60);
    }
    assert!(matches!(last, Some(PhotoFate::GivenUp(_))), "{last:?}");
    assert_eq!(world.entries(report, "note.added").await.len(), 2, "the first and the last");
}

#[tokio::test]
async fn a_fetcher_that_dies_leaves_the_photo_for_the_next() {
    let world = World::new(true).await;
    let (reference, _) = world.sent(&[world.web.url("photo.jpg")]).await;
    let (claim, now) = (Uuid::from_u128(5), world.house.clock.now());
    let lease = now.plus_seconds(600);
    let taken = world.house.db.write(move |tx| photo_link::claim(&HOUSE, tx, claim, now, lease)).await.unwrap();
    assert!(taken.is_some());
    assert_eq!(world.drain().await, []);
    world.house.clock.forward_seconds(601);
    let now = world.house.clock.now();
    world.house.db.write(move |tx| photo_link::take_back_lost_claims(&HOUSE, tx, now)).await.unwrap();
    assert_eq!(world.drain().await, [PhotoFate::Kept]);
    assert_eq!(world.photos(&reference).await.len(), 1);
}
