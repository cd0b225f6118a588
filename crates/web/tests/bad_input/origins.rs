use crate::sound::{before, nothing_happened};
use testkit::{House, sample};

const POSTS: &[&str] = &[
    "/report/fly-tipping/q/size",
    "/report/fly-tipping/send",
    "/report/fly-tipping/again",
    "/track",
    "/track/by-mail",
    "/staff/sign-in",
    "/staff/sign-out",
];

#[tokio::test]
async fn a_form_sent_from_another_site_is_refused_everywhere() {
    let house = House::embedded().await;
    let mut client = house.begun("fly-tipping", &sample("fly-tipping", "shortest")["answers"]).await;
    for at in POSTS {
        for (name, value) in [
            ("origin", "https://elsewhere.example"),
            ("origin", "null"),
            ("origin", "http://moothall.test.elsewhere.example"),
            ("origin", "https://moothall.test"),
            ("origin", "http://moothall.test:8081"),
            ("origin", ""),
            ("sec-fetch-site", "cross-site"),
            ("sec-fetch-site", "same-site"),
        ] {
            let request = axum::http::Request::post(*at)
                .header("content-type", "application/x-www-form-urlencoded")
                .header(name, value)
                .body(axum::body::Body::from("size=tipper"))
                .unwrap();
            let before = before(&house, &client).await;
            let page = client.send(request).await;
            assert_eq!(
                (page.status, page.heading().as_str()),
                (403, "That came from another site"),
                "{at} {name}: {value}"
            );
            nothing_happened(&house, &client, &before, &page, at).await;
        }
    }
    assert!(client.cookie("attempt").is_some());
}

#[tokio::test]
async fn a_host_that_is_not_ours_is_in_no_page_and_no_address() {
    let house = House::embedded().await;
    for at in ["/", "/report/fly-tipping", "/track", "/staff/sign-in", "/nothing"] {
        let request = axum::http::Request::get(at)
            .header("host", "evil.example")
            .header("x-forwarded-host", "evil.example")
            .body(axum::body::Body::empty());
        let page = house.visitor().send(request.unwrap()).await;
        assert!(!page.text.contains("evil.example") && !page.location.contains("evil.example"), "{at}");
    }
}
