use crate::sound::{before, nothing_happened, refused};
use testkit::{House, sample};

const WHERE: &str = "/report/fly-tipping/q/where";

async fn client(house: &House) -> testkit::Client {
    house.begun("fly-tipping", &sample("fly-tipping", "shortest")["answers"]).await
}

#[tokio::test]
async fn a_place_that_is_none_is_named_and_stays_as_typed() {
    let house = House::embedded().await;
    let mut client = client(&house).await;
    let long = "x".repeat(201);
    for (text, words) in [
        ("qqqqxyzzy", ""),
        ("ZZ99 9ZZ", ""),
        ("<script>alert(1)</script>", ""),
        ("'; DROP TABLE place; --", ""),
        ("%00", ""),
        ("\u{202e}eman", ""),
        ("a\u{7}b", ""),
        (long.as_str(), "200"),
        ("", ""),
        ("   ", ""),
    ] {
        refused(&house, &mut client, WHERE, &[("where.text", text)], words).await;
    }
    refused(&house, &mut client, WHERE, &[("where.words", &"x".repeat(501))], "500").await;
    refused(&house, &mut client, WHERE, &[("where.words", "a\u{1b}[31m")], "").await;
}

#[tokio::test]
async fn a_pin_that_is_no_point_on_earth_is_refused() {
    let house = House::embedded().await;
    let mut client = client(&house).await;
    for (lat, lon) in [
        ("NaN", "NaN"),
        ("inf", "0"),
        ("-inf", "-inf"),
        ("1e400", "0"),
        ("91", "0"),
        ("51.3", "181"),
        ("51.3", ""),
        ("", "-2.9"),
        ("51,3", "-2,9"),
        ("51.3461N", "2.9772W"),
        ("0x33", "0"),
        ("51.3461; DROP", "-2.9"),
        ("<b>", "<i>"),
        ("99999999999999999999999999999999", "1"),
    ] {
        refused(&house, &mut client, WHERE, &[("where.lat", lat), ("where.lon", lon), ("where.how", "pin")], "").await;
    }
}

/// A place outside the area leads on, and the report cannot be sent from there.
#[tokio::test]
async fn a_point_at_sea_or_abroad_is_nobodys_and_leads_on() {
    let house = House::embedded().await;
    for (lat, lon) in [
        ("51.3", "-3.6"),
        ("50.2", "-5.9"),
        ("48.8566", "2.3522"),
        ("0", "0"),
        ("-51.3", "2.9"),
        ("90", "0"),
        ("-90", "-180"),
    ] {
        let mut client = client(&house).await;
        let page = client.post(WHERE, &[("where.lat", lat), ("where.lon", lon), ("where.how", "pin")]).await;
        assert_eq!(page.status, 303, "{lat} {lon}: {}", page.text);
        let page = client.follow(page).await;
        assert!(page.status == 200 && page.text.contains("href=\"/report\""), "{lat} {lon}: {}", page.text);
        let before = before(&house, &client).await;
        let sent = client.post("/report/fly-tipping/send", &[]).await;
        assert!(!sent.location.ends_with("/done"), "{lat} {lon}");
        nothing_happened(&house, &client, &before, &sent, lat).await;
    }
}

#[tokio::test]
async fn a_pick_that_was_not_offered_is_refused() {
    let house = House::embedded().await;
    let mut client = client(&house).await;
    for pick in ["x", "0,0", "51.3461,-2.9772", "-1", "<b>", "999999999999999999999"] {
        let fields = [("where.text", "High Street"), ("where.pick", pick)];
        let before = before(&house, &client).await;
        let page = client.post(WHERE, &fields).await;
        assert_eq!((page.status, page.errors().len()), (422, 1), "{pick}: {}", page.text);
        assert_eq!(page.form(WHERE).value("where.text"), Some("High Street"), "{pick}");
        nothing_happened(&house, &client, &before, &page, pick).await;
    }
}

#[tokio::test]
async fn a_place_to_be_read_back_must_be_one() {
    let house = House::embedded().await;
    let client = house.visitor();
    for query in [
        "",
        "lat=91&lon=0",
        "lat=NaN&lon=0",
        "lat=inf&lon=0",
        "lat=1e999&lon=1",
        "lat=a&lon=b",
        "lat=51.3",
        "lat=&lon=",
        "%00=1",
        "lat=%ff&lon=1",
    ] {
        let before = before(&house, &client).await;
        let page = house.get(&format!("/places/near?{query}")).await;
        assert_eq!(page.status, 400, "{query}");
        nothing_happened(&house, &client, &before, &page, query).await;
    }
}
