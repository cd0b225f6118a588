use crate::{PHOTO, add, at_photos, blobs, filed, photos, send};
use custody::files::Name;
use testkit::{House, files::GIF};

const DAY: i64 = 24 * 60 * 60;

#[tokio::test]
async fn what_nobody_claims_goes_after_a_day_and_what_was_sent_stays() {
    let house = House::embedded().await;
    filed(&house, 1).await;
    let mut client = at_photos(&house).await;
    add(&mut client, &[PHOTO]).await;
    assert_eq!(blobs(&house), 6);
    assert_eq!(house.app.files.sweep(true).await.unwrap(), Default::default());
    house.clock.forward_seconds(DAY + 1);
    let swept = house.app.files.sweep(true).await.unwrap();
    assert_eq!((swept.unclaimed, swept.orphans, blobs(&house)), (1, 0, 3));
}

#[tokio::test]
async fn bytes_without_a_row_go_once_they_cannot_be_on_their_way() {
    let house = House::embedded().await;
    // As after a kill between the bytes and the row.
    let id = house.draw().id();
    house.app.files.blobs.put(Name::Original(id), GIF).await.unwrap();
    assert_eq!(house.app.files.sweep(true).await.unwrap().orphans, 0, "it may be on its way");
    house.clock.forward_seconds(DAY + 1);
    assert_eq!(house.app.files.sweep(true).await.unwrap().orphans, 1);
    assert_eq!(blobs(&house), 0);
}

#[tokio::test]
async fn a_report_whose_photo_ran_out_says_so_and_can_be_sent_without_it() {
    let house = House::embedded().await;
    let mut client = at_photos(&house).await;
    add(&mut client, &[PHOTO]).await;
    let id = photos(&mut client).await.remove(0);
    let gone: uuid::Uuid = id.parse().unwrap();
    house.db.write(move |tx| tx.run("DELETE FROM held WHERE id = $1", &[&gone])).await.unwrap();
    let page = send(&mut client).await;
    assert_eq!(page.status, 422, "{}", page.text);
    assert!(page.says("A photo or file is not here any more"), "{}", page.text);
    client.upload("/report/fly-tipping/files/photos", &[("photos.remove", &id)], &[]).await;
    client.upload("/report/fly-tipping/files/photos", &[], &[]).await;
    let sent = client.post("/report/fly-tipping/send", &[]).await;
    assert_eq!(sent.location, "/report/fly-tipping/done", "{}", sent.text);
}
