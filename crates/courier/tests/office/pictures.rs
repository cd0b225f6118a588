//! Photos that go with a report (C-90): as addresses where everybody may see them, as pictures otherwise, and none that the other
//! side may not see.

use crate::{
    office::{Mood, field},
    world::{PLAIN, World},
};
use courier::OfficeFate::{Down, Taken};

fn saying(photos: &str) -> String {
    PLAIN.replace("source", &format!("photos = \"{photos}\"\nsource"))
}

/// A hole with two photos, sent by a program; its reference.
pub async fn hole_with_photos(world: &World) -> String {
    let mut answers = testkit::sample("pothole", "shortest")["answers"].clone();
    answers["photos"] = serde_json::json!([1, 2]);
    world.house.file_answers("pothole", &answers).await.reference().to_owned()
}

#[tokio::test]
async fn photos_of_a_report_that_nobody_sees_go_as_pictures() {
    for photos in ["uploads", "links"] {
        let world = World::new(&saying(photos)).await;
        let reference = hole_with_photos(&world).await;
        assert_eq!(world.drain().await, [Taken], "{photos}");
        let kept = world.office.kept.lock().unwrap();
        assert_eq!(kept.pictures[&reference], ["photo1 true", "photo2 true"], "{photos}");
        let (_, fields) = &kept.got[0];
        assert_eq!(field(fields, "service_code"), "HOLE");
        assert_eq!(field(fields, "media_url"), "");
        assert!(!kept.raw[0].contains("GIF8"), "a picture that was made of it goes, and never the bytes as they came");
    }
}

#[tokio::test]
async fn an_agency_that_wants_no_photos_gets_none() {
    let world = World::new(&saying("none")).await;
    let reference = hole_with_photos(&world).await;
    assert_eq!(world.drain().await, [Taken]);
    assert_eq!(world.office.kept.lock().unwrap().pictures[&reference], [""; 0]);
}

#[tokio::test]
async fn a_photo_that_staff_hid_does_not_go_and_a_report_arrives_once_however_often_it_is_sent() {
    let world = World::new(&saying("uploads")).await;
    let reference = hole_with_photos(&world).await;
    let of = reference.clone();
    let head = world.house.db.read(move |tx| store::report::by_reference(tx, &of)).await.unwrap().unwrap();
    let hide = move |tx: &mut store::Tx| {
        tx.run("UPDATE held SET hidden_at = 1 WHERE report = $1 AND ordinal = 0", &[&head.id])
    };
    world.house.db.write(hide).await.unwrap();
    world.office.answer(&[Mood::HalfWay, Mood::Failed]);
    assert!(matches!(world.drain().await.as_slice(), [Down(_)]));
    for _ in 0..4 {
        world.forward_seconds(3600);
        world.drain().await;
    }
    let kept = world.office.kept.lock().unwrap();
    assert_eq!((kept.requests.len(), kept.pictures[&reference].as_slice()), (1, &["photo1 true".to_owned()][..]));
}

#[tokio::test]
async fn photos_that_everybody_may_see_go_as_addresses_where_the_agency_wants_those() {
    let world = World::new(&saying("links")).await;
    world.office.answer(&[Mood::Down]);
    let reference = hole_with_photos(&world).await;
    assert!(matches!(world.drain().await.as_slice(), [Down(_)]));
    let mut officer = world.house.staff("north-somerset-council", "officer").await;
    let form = officer.get(&format!("/staff/reports/{reference}")).await.form("/acknowledge");
    officer.submit(&form, &[]).await;
    world.forward_seconds(3600);
    world.drain().await;
    let kept = world.office.kept.lock().unwrap();
    assert_eq!(kept.pictures[&reference], [""; 0]);
    let links = kept.requests[&reference].1.iter().filter(|(name, _)| name == "media_url").count();
    assert_eq!(links, 2);
}
