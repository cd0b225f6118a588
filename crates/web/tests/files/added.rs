use crate::{PHOTO, add, at_photos, blobs, held, photos, send};
use testkit::{
    Client, House, Page,
    files::{GIF, WAV, photo_at},
};

#[tokio::test]
async fn photos_are_added_several_at_once_removed_ordered_and_sent_in_that_order() {
    let house = House::embedded().await;
    let mut client = at_photos(&house).await;
    let page = add(&mut client, &[("one.gif", GIF), ("two.gif", GIF)]).await;
    assert_eq!(page.location, "/report/fly-tipping/q/photos");
    add(&mut client, &[("three.gif", GIF)]).await;
    let ids = photos(&mut client).await;
    assert_eq!(ids.len(), 3);
    let path = "/report/fly-tipping/files/photos";
    client.upload(path, &[("photos.remove", &ids[1])], &[]).await;
    client.upload(path, &[("photos.up", &ids[2])], &[]).await;
    assert_eq!(photos(&mut client).await, [ids[2].clone(), ids[0].clone()]);
    let shown = client.get("/report/fly-tipping/q/photos").await;
    assert!(shown.says("three.gif") && !shown.says("two.gif"), "{}", shown.text);
    let on = client.upload(path, &[], &[]).await;
    assert_eq!(on.location, "/report/fly-tipping/q/where");
    let done = send(&mut client).await;
    assert_eq!(done.status, 200);
    let reference = casework::codes::read_reference(done.between("moot-reference\">", "<").unwrap()).unwrap();
    let head = house.db.read(move |tx| store::report::by_reference(tx, &reference)).await.unwrap().unwrap();
    let kept = held(&house, head.id).await;
    assert_eq!(kept.iter().map(|held| held.name.as_str()).collect::<Vec<_>>(), ["three.gif", "one.gif"]);
    assert_eq!(kept.iter().map(|held| held.id.to_string()).collect::<Vec<_>>(), [ids[2].clone(), ids[0].clone()]);
}

#[tokio::test]
async fn continue_with_photos_chosen_takes_them_along() {
    let house = House::embedded().await;
    let mut client = at_photos(&house).await;
    let page = client
        .upload("/report/fly-tipping/files/photos", &[], &[("photos.new", "a.gif", GIF), ("photos.new", "b.gif", GIF)])
        .await;
    assert_eq!(page.location, "/report/fly-tipping/q/where");
    assert_eq!(photos(&mut client).await.len(), 2);
    let check = {
        send(&mut client).await;
        client.get("/report/fly-tipping/done").await
    };
    assert_eq!(check.status, 200);
}

#[tokio::test]
async fn the_first_photo_offers_its_place_and_says_so() {
    let house = House::embedded().await;
    let mut client = at_photos(&house).await;
    let photo = photo_at(51.3461, -2.9772, "2026:05:22 09:14:00");
    add(&mut client, &[("first.gif", GIF), ("pier.jpg", &photo)]).await;
    let page = client.get("/report/fly-tipping/q/photos").await;
    assert!(page.says("Taken 22 May 2026 at 9:14am"), "{}", page.text);
    client.upload("/report/fly-tipping/files/photos", &[], &[]).await;
    let place = client.get("/report/fly-tipping/q/where").await;
    assert!(place.says("Your photo says it was taken at the place below"), "{}", place.text);
    let form = place.form("/q/where");
    let next = client.submit(&form, &[]).await;
    assert_eq!(next.location, "/report/fly-tipping/q/land");
    let again = client.get("/report/fly-tipping/q/where").await;
    assert!(!again.says("Your photo says it was taken at the place below"), "it is the visitor's own answer now");
}

/// At "When did you see it happen?" with these photos given.
async fn at_seen_when(client: &mut Client, photos: &[(&str, &[u8])]) -> Page {
    add(client, photos).await;
    client.upload("/report/fly-tipping/files/photos", &[], &[]).await;
    let answers = [
        ("where", "where.text", "Grand Pier"),
        ("land", "land", "road_verge"),
        ("waste", "waste", "mattress"),
        ("size", "size", "single_item"),
        ("seen", "seen", "saw_it"),
    ];
    for (question, field, value) in answers {
        let page = client.post(&format!("/report/fly-tipping/q/{question}"), &[(field, value)]).await;
        assert_eq!(page.status, 303, "{question}: {}", page.text);
    }
    client.get("/report/fly-tipping/q/seen_when").await
}

#[tokio::test]
async fn the_first_photo_offers_its_time_and_says_so() {
    let house = House::embedded().await;
    let mut client = at_photos(&house).await;
    let photo = photo_at(51.3461, -2.9772, "2026:05:22 09:14:00");
    let page = at_seen_when(&mut client, &[("pier.jpg", &photo)]).await;
    assert!(page.says("Your photo says it was taken at the time below"), "{}", page.text);
    let form = page.form("/q/seen_when");
    assert_eq!(client.submit(&form, &[]).await.status, 303);
    let again = client.get("/report/fly-tipping/q/seen_when").await;
    assert!(!again.says("Your photo says"), "it is the visitor's own answer now");
    for value in ["22", "5", "2026", "09:14"] {
        assert!(again.text.contains(&format!("value=\"{value}\"")), "{value}: {}", again.text);
    }
}

#[tokio::test]
async fn a_photo_whose_clock_is_wrong_offers_no_time() {
    let house = House::embedded().await;
    // A year to come, an hour that was skipped, an hour that there was twice, no day at all.
    for taken in ["2050:05:22 09:14:00", "2026:03:29 01:30:00", "2025:10:26 01:30:00", "0000:00:00 00:00:00"] {
        let mut client = at_photos(&house).await;
        let page = at_seen_when(&mut client, &[("pier.jpg", &photo_at(51.3461, -2.9772, taken))]).await;
        assert!(page.status == 200 && !page.says("Your photo says"), "{taken}: {}", page.text);
    }
}

#[tokio::test]
async fn a_photo_from_a_place_that_we_cannot_name_offers_nothing() {
    let house = House::embedded().await;
    let mut client = at_photos(&house).await;
    add(&mut client, &[("holiday.jpg", &photo_at(43.4674, 11.8851, "2008:10:22 16:28:39"))]).await;
    let place = client.get("/report/fly-tipping/q/where").await;
    assert_eq!(place.status, 200);
    assert!(!place.says("Your photo says") && !place.says("The place we have now"), "{}", place.text);
    // One from here is offered, wherever it stands among them.
    add(&mut client, &[("pier.jpg", &photo_at(51.3461, -2.9772, "2026:05:22 09:14:00"))]).await;
    assert!(client.get("/report/fly-tipping/q/where").await.says("Your photo says"));
}

#[tokio::test]
async fn the_picture_of_an_attempt_is_for_its_visitor_alone() {
    let house = House::embedded().await;
    let mut client = at_photos(&house).await;
    add(&mut client, &[PHOTO]).await;
    let id = photos(&mut client).await.remove(0);
    let at = format!("/report/fly-tipping/file/{id}");
    let picture = client.get(&at).await;
    assert_eq!((picture.status, picture.header("content-type")), (200, "image/jpeg"));
    assert_eq!(picture.header("cache-control"), "no-store");
    assert!(picture.bytes.starts_with(&[0xff, 0xd8, 0xff]), "it is made anew, whatever came");
    assert_eq!(house.visitor().get(&at).await.status, 404);
    let mut other = at_photos(&house).await;
    add(&mut other, &[PHOTO]).await;
    assert_eq!(other.get(&at).await.status, 404);
}

#[tokio::test]
async fn a_file_of_somebody_else_cannot_be_named() {
    let house = House::embedded().await;
    let (mut mine, mut yours) = (at_photos(&house).await, at_photos(&house).await);
    add(&mut yours, &[PHOTO]).await;
    let id = photos(&mut yours).await.remove(0);
    let page = mine.post("/report/fly-tipping/q/photos", &[("photos", &id)]).await;
    assert_eq!(page.status, 422);
    assert!(page.says("We do not have this file any more"), "{}", page.text);
}

#[tokio::test]
async fn a_script_sends_one_at_a_time_and_is_told_what_is_wrong() {
    use axum::http::{Request, header};
    let house = House::embedded().await;
    let mut client = at_photos(&house).await;
    let body = |name: &str, bytes: &[u8]| {
        let head = format!("--b\r\nContent-Disposition: form-data; name=\"photos.new\"; filename=\"{name}\"\r\n\r\n");
        [head.as_bytes(), bytes, b"\r\n--b--\r\n"].concat()
    };
    for (bytes, status, words) in [(GIF, 200, None), (WAV, 422, Some("is not a photo we can use"))] {
        let request = Request::post("/report/fly-tipping/files/photos")
            .header(header::CONTENT_TYPE, "multipart/form-data; boundary=b")
            .header(header::ACCEPT, "application/json")
            .body(body("x.gif", bytes).into())
            .unwrap();
        let answer = client.send(request).await;
        assert_eq!(answer.status, status, "{}", answer.text);
        let said = answer.json()["errors"][0].as_str().map(str::to_owned);
        assert_eq!(said.is_some(), words.is_some(), "{}", answer.text);
        assert!(words.is_none_or(|words| said.unwrap().contains(words)));
    }
    assert_eq!(photos(&mut client).await.len(), 1);
}

#[tokio::test]
async fn leaving_lets_the_files_go_with_the_next_sweep() {
    let house = House::embedded().await;
    let mut client = at_photos(&house).await;
    add(&mut client, &[PHOTO]).await;
    assert_eq!(blobs(&house), 3, "the original and two pictures");
    client.get("/report/fly-tipping/leave").await;
    let swept = house.app.files.sweep(false).await.unwrap();
    assert_eq!((swept.unclaimed, blobs(&house)), (1, 0));
}
