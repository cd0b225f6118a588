//! Whose `traceparent` is believed.

use axum::{body::Body, http::Request};
use telemetry::{Ended, Tracer};
use testkit::House;

const TRACE: u128 = 0x0af7_6519_16cd_43dd_8448_eb21_1c80_319c;

/// The spans of one request that brings a `traceparent` from an address which may be that of the proxy.
async fn asked(ratio: f64, by_proxy: bool, believed: bool, sampled: bool) -> (String, Vec<Ended>) {
    let tracer = Tracer::new(ratio);
    let keep = tracer.clone();
    let proxy = "198.18.200.1".parse().unwrap();
    let house = House::tuned(move |options| {
        options.tracer = Some(keep);
        options.trusted_proxies = vec![proxy];
        options.parent_from_proxy = believed;
    })
    .await;
    let mut client = house.visitor();
    if by_proxy {
        client.address = proxy;
    }
    let parent = format!("00-{TRACE:032x}-b7ad6b7169203331-0{}", u8::from(sampled));
    let page = client.send(Request::get("/help").header("traceparent", parent).body(Body::empty()).unwrap()).await;
    assert_eq!(page.status, 200);
    (page.header("x-request-id").replace('-', ""), tracer.take())
}

#[tokio::test]
async fn a_strangers_trace_is_not_followed_and_a_proxys_only_where_that_is_said() {
    for (by_proxy, believed) in [(false, false), (false, true), (true, false)] {
        let (id, spans) = asked(1.0, by_proxy, believed, true).await;
        let [span] = &spans[..] else { panic!("{spans:?}") };
        assert_eq!((format!("{:032x}", span.trace), span.parent), (id, 0), "{by_proxy} {believed}");
        assert!(asked(0.0, by_proxy, believed, true).await.1.is_empty(), "a stranger has no request kept");
    }
}

#[tokio::test]
async fn a_proxys_trace_is_followed_and_the_log_finds_it_by_the_spans_id() {
    let (id, spans) = asked(0.0, true, true, true).await;
    assert_eq!((spans[0].trace, spans[0].parent), (TRACE, 0xb7ad_6b71_6920_3331));
    assert!(id.ends_with(&format!("{:016x}", spans[0].id)), "{id}");
    assert!(asked(1.0, true, true, false).await.1.is_empty(), "what the proxy does not keep is not kept here");
}

#[tokio::test]
async fn a_parent_that_cannot_be_read_is_none() {
    let tracer = Tracer::new(1.0);
    let keep = tracer.clone();
    let house = House::tuned(move |options| {
        options.tracer = Some(keep);
        options.trusted_proxies = vec!["198.18.0.0".parse().unwrap()];
        options.parent_from_proxy = true;
    })
    .await;
    let mut client = house.visitor();
    for parents in [vec!["robin@example.org"], vec!["00-1-1-01"; 2]] {
        let request = parents.iter().fold(Request::get("/help"), |request, one| request.header("traceparent", *one));
        client.send(request.body(Body::empty()).unwrap()).await;
        assert_eq!(tracer.take()[0].parent, 0, "{parents:?}");
    }
}
