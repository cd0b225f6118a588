use testkit::House;

const FORM: &str = "application/x-www-form-urlencoded";

#[tokio::test]
async fn a_body_that_is_too_large_is_refused_whether_it_says_so_or_not() {
    let house = House::embedded().await;
    let mut visitor = house.visitor();
    let large = format!("now={}", "a".repeat(300 * 1024));
    for at in ["/report/fly-tipping/q/now", "/track", "/track/by-mail", "/staff/sign-in"] {
        let page = visitor.post_raw(at, FORM, large.clone()).await;
        assert_eq!((page.status, page.heading().as_str()), (413, "That is too much at once"), "{at}");
    }
    let declared = axum::http::Request::post("/track")
        .header("content-type", FORM)
        .header("content-length", "999999999")
        .body(axum::body::Body::from("a=b"))
        .unwrap();
    assert_eq!(visitor.send(declared).await.status, 413);
}

#[tokio::test]
async fn one_origin_that_posts_too_often_waits_and_others_do_not() {
    let house = House::tuned(|options| options.posts_per_minute = 3).await;
    let (mut one, mut other) = (house.visitor(), house.visitor());
    for n in 1..=5 {
        let page = one.post("/track", &[("reference", "1"), ("code", "1")]).await;
        assert_eq!(page.status, if n <= 3 { 422 } else { 429 }, "{n}");
        if n > 3 {
            assert!(page.header("retry-after").parse::<u32>().is_ok_and(|seconds| seconds >= 60), "{n}");
            assert!(page.heading().contains("short time") && page.text.contains("tel:999"));
        }
    }
    assert_eq!(one.get("/track").await.status, 200);
    assert_eq!(other.post("/track", &[]).await.status, 422);
    house.clock.forward_seconds(61);
    assert_eq!(one.post("/track", &[]).await.status, 422);
}

#[tokio::test]
async fn only_a_trusted_proxy_says_where_a_post_comes_from() {
    let proxy: std::net::IpAddr = "198.51.100.1".parse().unwrap();
    let house = House::tuned(|options| {
        options.posts_per_minute = 1;
        options.trusted_proxies = vec![proxy];
    })
    .await;
    let post = |from: &str| {
        axum::http::Request::post("/track").header("x-forwarded-for", from).body(axum::body::Body::empty()).unwrap()
    };
    let mut behind = house.visitor();
    behind.address = proxy;
    let mut statuses = Vec::new();
    for from in ["203.0.113.1", "203.0.113.2", "203.0.113.1"] {
        statuses.push(behind.send(post(from)).await.status);
    }
    assert_eq!(statuses, [422, 422, 429]);
    let mut liar = house.visitor();
    assert_eq!(liar.send(post("203.0.113.7")).await.status, 422);
    assert_eq!(liar.send(post("203.0.113.8")).await.status, 429);
}
