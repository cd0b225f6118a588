use testkit::{House, Numbers};

#[tokio::test]
async fn the_numbers_are_on_their_own_listener_and_nothing_else_is() {
    let house = House::embedded().await;
    let absent = house.get("/nothing-here").await;
    let main = house.get("/metrics").await;
    assert_eq!((main.status, &main.text), (404, &absent.text));
    let mut operator = house.operator();
    for path in ["/", "/healthz", "/metrics/", "/metrics/x", "/staff", "/demo/staff.json", "//metrics", "/METRICS"] {
        let page = operator.get(path).await;
        assert_eq!((page.status, page.text.as_str()), (404, ""), "{path}");
    }
    assert_eq!(operator.post("/metrics", &[]).await.status, 405);
}

#[tokio::test]
async fn the_numbers_are_openmetrics_text() {
    let house = House::embedded().await;
    house.get("/").await;
    let page = house.operator().get("/metrics?collect=robin").await;
    assert_eq!(page.header("content-type"), "application/openmetrics-text; version=1.0.0; charset=utf-8");
    assert_eq!(page.header("cache-control"), "no-store");
    let numbers = Numbers::read(&page.text);
    assert!(numbers.families.len() > 20, "{:?}", numbers.families);
    for family in &numbers.families {
        assert!(family.help.len() > 10 && family.name.starts_with("moothall_"), "{family:?}");
    }
}

#[tokio::test]
async fn however_many_look_the_database_is_asked_once_in_five_seconds() {
    let house = House::embedded().await;
    let reads = |numbers: &Numbers| numbers.get("moothall_database_jobs_total{kind=\"read\"}");
    let first = house.numbers().await;
    let mut operator = house.operator();
    for _ in 0..20 {
        operator.get("/metrics").await;
    }
    // One read is of this last look.
    assert_eq!(reads(&house.numbers().await), reads(&first) + 1.0);
}
