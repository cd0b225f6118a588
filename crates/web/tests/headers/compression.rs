use axum::{body::Body, http::Request};
use std::io::Read;
use testkit::{House, Page};

async fn asking(house: &House, path: &str, codings: &str) -> Page {
    let request = Request::get(path).header("accept-encoding", codings).body(Body::empty()).unwrap();
    house.visitor().send(request).await
}

fn opened(page: &Page) -> String {
    let mut text = String::new();
    flate2::read::GzDecoder::new(page.bytes.as_slice()).read_to_string(&mut text).unwrap();
    text
}

#[tokio::test]
async fn a_page_that_is_the_same_for_everyone_is_sent_compressed_to_whoever_takes_it() {
    let house = House::embedded().await;
    for path in ["/", "/report", "/help", "/track", "/emergency", "/places/outline"] {
        let plain = house.get(path).await;
        let small = asking(&house, path, "gzip, deflate, br").await;
        assert_eq!((plain.header("content-encoding"), small.header("content-encoding")), ("", "gzip"), "{path}");
        assert_eq!((plain.header("vary"), small.header("vary")), ("accept-encoding", "accept-encoding"), "{path}");
        assert_eq!(opened(&small), plain.text, "{path}");
        assert!(small.bytes.len() * 2 < plain.bytes.len(), "{path}");
        assert_eq!(asking(&house, path, "gzip;q=0").await.header("content-encoding"), "", "{path}");
    }
}

#[tokio::test]
async fn a_page_that_one_person_may_see_is_never_compressed() {
    let house = House::embedded().await;
    let council = house.file("fly-tipping", "everything").await;
    let mut reporter = house.reporter(&council).await;
    let mut leader = house.staff("north-somerset-council", "team_leader").await;
    let ask = |path: &str| Request::get(path).header("accept-encoding", "gzip, br").body(Body::empty()).unwrap();
    for page in [
        reporter.send(ask(&council.track())).await,
        leader.send(ask("/staff?q=lay-by")).await,
        leader.send(ask(&council.desk())).await,
        asking(&house, "/report?q=mattress", "gzip, br").await,
    ] {
        assert_eq!((page.status, page.header("cache-control"), page.header("content-encoding")), (200, "no-store", ""));
    }
}

#[tokio::test]
async fn files_of_the_browser_are_sent_as_small_as_it_takes_them() {
    let house = House::embedded().await;
    let front = house.get("/").await;
    let sheet = front.between("href=\"/assets/citizen-", "\"").unwrap();
    let path = format!("/assets/citizen-{sheet}");
    let (plain, gzip, brotli) =
        (house.get(&path).await, asking(&house, &path, "gzip").await, asking(&house, &path, "gzip, br").await);
    assert_eq!(gzip.header("content-encoding"), "gzip");
    assert_eq!(brotli.header("content-encoding"), "br");
    assert_eq!(opened(&gzip), plain.text);
    assert!(brotli.bytes.len() < gzip.bytes.len() && gzip.bytes.len() * 4 < plain.bytes.len());
    for hidden in [format!("{path}.br"), format!("{path}.gz"), "/assets/meta.json".to_owned()] {
        assert_eq!(house.get(&hidden).await.status, 404, "{hidden}");
    }
}
