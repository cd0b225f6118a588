//! Photos: sent with a report, and shown to everybody once the report is.

use crate::*;
use testkit::files::{GIF, photo_at};

const FIELDS: [(&str, &str); 8] = [
    ("service_code", "fly-tipping"),
    ("lat", "51.3461"),
    ("long", "-2.9772"),
    ("attribute[now]", "no"),
    ("attribute[land]", "road_verge"),
    ("attribute[waste]", "mattress"),
    ("attribute[size]", "single_item"),
    ("description", "A mattress by the gate."),
];

fn at() -> String {
    format!("{AT}/requests.json?api_key={}", key())
}

#[tokio::test]
async fn photos_of_a_report_are_shown_with_it_and_their_place_is_taken_out() {
    let house = house().await;
    let photo = photo_at(51.34, -2.97, "2026:11:24 09:00:00");
    let files: [(&str, &str, &[u8]); 2] = [("photo1", "a.jpg", &photo), ("file_2", "b.gif", GIF)];
    let sent = house.visitor().upload(&at(), &FIELDS, &files).await;
    assert_eq!(sent.status, 201, "{}", sent.text);
    let id = sent.json()[0]["service_request_id"].as_str().unwrap().to_owned();
    // Nobody has looked at it.
    assert_eq!(ids(&get(&house, "requests.json?has_photo=true").await), [""; 0]);
    let own = first(&get_keyed(&house, &format!("requests/{id}.json")).await);
    assert_eq!((&own["non_public"], &own["media_url"]), (&json!(1), &json!(null)));
    let mut officer = house.staff(COUNCIL, "officer").await;
    let desk = officer.get(&format!("/staff/reports/{id}")).await;
    officer.submit(&desk.form("/acknowledge"), &[]).await;
    let page = get(&house, "requests.json?has_photo=true").await;
    assert_eq!(ids(&page), [id.as_str()]);
    assert_eq!(ids(&get(&house, "requests.json?has_photo=false").await), [""; 0]);
    let urls = page.json()[0]["media_url"].as_array().unwrap_or_else(|| panic!("{}", page.text)).clone();
    assert_eq!(urls.len(), 2);
    for url in &urls {
        let shown = house.get(url.as_str().unwrap().strip_prefix("http://moothall.test").unwrap()).await;
        assert_eq!((shown.status, shown.header("content-type")), (200, "image/jpeg"));
    }
    let xml = get(&house, &format!("requests/{id}.xml")).await;
    assert_eq!(xml.text.matches("<media_url>").count(), 2, "{}", xml.text);
}

#[tokio::test]
async fn a_photo_without_a_key_of_another_kind_or_for_a_service_without_photos_is_refused() {
    let house = house().await;
    let gif: [(&str, &str, &[u8]); 1] = [("photo1", "a.gif", GIF)];
    let bare = house.visitor().upload(&format!("{AT}/requests.json"), &FIELDS, &gif).await;
    assert_eq!(bare.status, 403, "{}", bare.text);
    for (field, bytes) in [("photo1", b"MZ no picture".as_slice()), ("picture", GIF)] {
        let page = house.visitor().upload(&at(), &FIELDS, &[(field, "a.gif", bytes)]).await;
        assert_eq!(page.status, 400, "{}", page.text);
    }
    let update = format!("{AT}/servicerequestupdates.json?api_key={}", key());
    assert_eq!(house.visitor().upload(&update, &[], &gif).await.status, 415);
    assert_eq!(ids(&get_keyed(&house, "requests.json").await), [""; 0], "nothing came of them");
}
