use crate::sound::{before, nothing_happened};
use testkit::{House, sample};

const FORGED: &[&str] = &[
    "",
    "x",
    "abcdefghijklmnopqrstuvwxyz234567abcdefghijklmnopqrst",
    "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567ABCDEFGHIJKLMNOPQRST",
    "../../../../etc/passwd0000",
    "' OR 1=1 -- 00000000",
    "00000000-0000-0000-0000-000000000000",
    "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
    "%00%00%00%00%00%00%00%00",
    "\"quoted-quoted-quoted\"",
];

#[tokio::test]
async fn a_forged_cookie_opens_nothing() {
    let house = House::embedded().await;
    let filed = house.file("fly-tipping", "shortest").await;
    for forged in FORGED {
        for (path, name, at, status) in [
            ("/report/fly-tipping", "attempt", "/report/fly-tipping/check".to_owned(), 410),
            ("/report/fly-tipping", "attempt", "/report/fly-tipping/done".to_owned(), 410),
            (filed.track().as_str(), "visit", filed.track(), 404),
            ("/staff", "staff", filed.desk(), 303),
        ] {
            let mut client = house.visitor();
            client.forge(path, name, forged);
            let before = before(&house, &client).await;
            let page = client.get(&at).await;
            assert_eq!(page.status, status, "{name}={forged}");
            assert!(status != 303 || page.location == "/staff/sign-in");
            nothing_happened(&house, &client, &before, &page, forged).await;
        }
    }
}

#[tokio::test]
async fn a_cookie_of_one_kind_opens_nothing_of_another() {
    let house = House::embedded().await;
    let filed = house.file("fly-tipping", "shortest").await;
    let attempt = house.begun("fly-tipping", &sample("fly-tipping", "shortest")["answers"]).await;
    let visit = house.reporter(&filed).await;
    let officer = house.staff("north-somerset-council", "officer").await;
    let tokens = [
        ("attempt", attempt.cookie("attempt").unwrap()),
        ("visit", visit.cookie("visit").unwrap()),
        ("staff", officer.cookie("staff").unwrap()),
    ];
    for (of, token) in tokens {
        for (path, name, at, status) in [
            ("/report/fly-tipping", "attempt", "/report/fly-tipping/check".to_owned(), 410),
            ("/report/crime.theft", "attempt", "/report/crime.theft/check".to_owned(), 410),
            (filed.track().as_str(), "visit", filed.track(), 404),
            ("/staff", "staff", filed.desk(), 303),
        ] {
            if name == of && !path.ends_with("theft") {
                continue;
            }
            let mut client = house.visitor();
            client.forge(path, name, token);
            assert_eq!(client.get(&at).await.status, status, "{of} as {name} at {at}");
        }
    }
}

#[tokio::test]
async fn two_cookies_of_one_name_are_no_way_round() {
    let house = House::embedded().await;
    let (mine, foreign) = (house.file("fly-tipping", "shortest").await, house.file("fly-tipping", "shortest").await);
    let own = house.reporter(&mine).await.cookie("visit").unwrap().to_owned();
    let request = axum::http::Request::get(foreign.track())
        .header("cookie", format!("visit=x; visit={own}; visit="))
        .body(axum::body::Body::empty());
    assert_eq!(house.visitor().send(request.unwrap()).await.status, 404);
}
