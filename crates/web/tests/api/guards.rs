use crate::asked::{at, send, sent, tipping};
use axum::{body::Body, http::Request};
use testkit::{House, Page};

fn problem(page: &Page) -> String {
    assert_eq!(page.header("content-type"), "application/problem+json", "{}", page.text);
    assert_eq!(page.json()["status"], page.status, "{}", page.text);
    assert_eq!(page.header("cache-control"), "no-store");
    page.json()["type"].as_str().unwrap().to_owned()
}

#[tokio::test]
async fn a_failure_is_told_as_a_problem_and_never_as_a_page() {
    let house = House::embedded().await;
    let post = |kind: &str, body: &str| {
        let request = Request::post("/api/v1/reports").header("idempotency-key", "0123456789abcdef");
        request.header("content-type", kind).body(Body::from(body.to_owned())).unwrap()
    };
    let get = |path: &str| Request::get(path).body(Body::empty()).unwrap();
    let large = format!("{{\"service\": \"{}\"}}", "a".repeat(300_000));
    let deep = "[".repeat(10_000);
    for (request, status, kind) in [
        (get("/api/nothing"), 404, "not-found"),
        (get("/api/v1/services/no-such"), 404, "not-found"),
        (get("/api/v1/services/%ff"), 400, "unreadable"),
        (get("/api/v1/services/a%00b"), 400, "unreadable"),
        (get("/api/v1/reports"), 405, "wrong-method"),
        (post("text/plain", "{}"), 415, "media-type"),
        (post("application/x-www-form-urlencoded", "a=b"), 415, "media-type"),
        (post("", "{}"), 415, "media-type"),
        (post("application/json", ""), 400, "unreadable"),
        (post("application/json", "{\"a\": \"\\ud800\"}"), 400, "unreadable"),
        (post("application/json", "{\"a\": 1e999}"), 400, "unreadable"),
        (post("application/json", &deep), 400, "unreadable"),
        (post("application/json", &large), 413, "too-large"),
        (post("application/json", "[]"), 422, "answers"),
        (post("application/json; charset=utf-8", "{}"), 422, "answers"),
    ] {
        let shown = format!("{} {}", request.method(), request.uri());
        let page = house.visitor().send(request).await;
        assert_eq!(page.status, status, "{shown}: {}", page.text);
        assert_eq!(problem(&page), format!("urn:moothall:problem:{kind}"), "{shown}");
    }
}

#[tokio::test]
async fn a_method_that_is_not_taken_is_told_which_are() {
    let house = House::embedded().await;
    for (path, allowed) in [("/api/v1/services", "GET,HEAD"), ("/api/v1/reports", "POST")] {
        for method in ["PUT", "DELETE", "PATCH", "OPTIONS", "TRACE"] {
            let page =
                house.visitor().send(Request::builder().method(method).uri(path).body(Body::empty()).unwrap()).await;
            assert_eq!((page.status, page.header("allow")), (405, allowed), "{method} {path}");
            assert_eq!(problem(&page), "urn:moothall:problem:wrong-method");
        }
    }
}

#[tokio::test]
async fn a_page_of_another_site_may_neither_send_nor_read() {
    let house = House::embedded().await;
    for (name, value) in [("origin", "https://elsewhere.example"), ("origin", "null"), ("sec-fetch-site", "cross-site")]
    {
        let headers = [("idempotency-key", "0123456789abcdef"), (name, value)];
        let page = house.visitor().post_json("/api/v1/reports", &tipping(), &headers).await;
        assert_eq!((page.status, problem(&page)), (403, "urn:moothall:problem:sent-from-elsewhere".to_owned()));
    }
    let request = Request::get("/api/v1/services").header("origin", "https://elsewhere.example");
    let page = house.visitor().send(request.body(Body::empty()).unwrap()).await;
    assert!(page.headers.keys().all(|name| !name.as_str().starts_with("access-control")), "{:?}", page.headers);
    assert_eq!(page.header("cross-origin-resource-policy"), "same-origin");
    // The house's own pages may.
    let headers = [("idempotency-key", "0123456789abcdef"), ("origin", "http://moothall.test")];
    assert_eq!(house.visitor().post_json("/api/v1/reports", &tipping(), &headers).await.status, 201);
}

#[tokio::test]
async fn no_cookie_is_set_or_read() {
    let house = House::embedded().await;
    let (mut client, receipt) = sent(&house, &tipping()).await;
    let token = client.token.take().unwrap();
    for path in ["/api/openapi.json", "/api/v1/services", "/api/v1/services/fly-tipping", &at(&receipt)] {
        let page = client.get(path).await;
        assert!(!page.headers.contains_key("set-cookie"), "{path}");
    }
    client.forge("/api", "visit", &token);
    assert_eq!(client.get(&at(&receipt)).await.status, 401);
}

#[tokio::test]
async fn one_origin_that_sends_too_often_waits() {
    let house = House::tuned(|options| options.posts_per_minute = 2).await;
    let mut client = house.visitor();
    for n in 1..=3 {
        let page = send(&mut client, &tipping(), &format!("one-of-too-many-{n}")).await;
        assert_eq!(page.status, if n < 3 { 201 } else { 429 }, "{n}");
        if n == 3 {
            assert_eq!(problem(&page), "urn:moothall:problem:too-many");
            assert!(page.header("retry-after").parse::<u32>().is_ok_and(|seconds| seconds >= 60));
        }
    }
}

#[tokio::test]
async fn nobody_fills_the_disk_and_a_report_is_sent_all_the_same() {
    let room = |of_an_origin_a_day, unclaimed| casework::report::room::Limits { of_an_origin_a_day, unclaimed };
    let gif = testkit::files::GIF;
    let house = House::tuned(|options| options.room = room(2 * casework::report::room::LEAST, i64::MAX)).await;
    let mut client = house.visitor();
    for expected in [201, 201, 429] {
        let page = client.post_raw("/api/v1/uploads", "image/gif", gif).await;
        assert_eq!(page.status, expected, "{}", page.text);
    }
    assert_eq!(house.visitor().post_raw("/api/v1/uploads", "image/gif", gif).await.status, 201, "another origin");
    assert_eq!(send(&mut client, &tipping(), "a-report-goes-all-the-same").await.status, 201);
    house.clock.forward_seconds(24 * 60 * 60 + 1);
    assert_eq!(client.post_raw("/api/v1/uploads", "image/gif", gif).await.status, 201, "a day later");
    // Of all origins together, until what waits has run out.
    let house = House::tuned(|options| options.room = room(i64::MAX, 2 * casework::report::room::LEAST)).await;
    for expected in [201, 201, 503] {
        let page = house.visitor().post_raw("/api/v1/uploads", "image/gif", gif).await;
        assert_eq!(page.status, expected, "{}", page.text);
    }
    house.clock.forward_seconds(24 * 60 * 60 + 1);
    assert_eq!(house.visitor().post_raw("/api/v1/uploads", "image/gif", gif).await.status, 201);
}
