//! What counting costs a request. Printed, and judged by nobody: the ratio is of one run of one build.

use axum::http::{Method, StatusCode};
use std::hint::black_box;
use telemetry::Stopwatch;
use testkit::House;
use web::page::Figures;

const COUNTED: u32 = 200_000;
const PAGES: u32 = 300;

#[tokio::test]
async fn what_is_counted_of_a_request_is_little_beside_the_request() {
    let house = House::embedded().await;
    let mut client = house.visitor();
    client.get("/").await;
    let since = Stopwatch::start();
    for _ in 0..PAGES {
        black_box(client.get("/").await);
    }
    let page = since.elapsed() / PAGES;
    let figures = Figures::default();
    let since = Stopwatch::start();
    for _ in 0..COUNTED {
        black_box(&figures).begin(black_box(Some("/report/{service}/q/{question}")), &Method::GET).end(StatusCode::OK);
    }
    let counting = since.elapsed() / COUNTED;
    let share = counting.as_secs_f64() / page.as_secs_f64() * 100.0;
    println!("counting a request takes {counting:?}, the front page in memory {page:?}: {share:.2} %");
    let counted = house.numbers().await.get("moothall_request_duration_seconds_count{route=\"/\"}");
    assert_eq!(counted, f64::from(PAGES + 1));
}
