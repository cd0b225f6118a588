use crate::walk::bytes;
use testkit::House;
use web::router::{For, ROUTES};

#[tokio::test]
async fn what_only_a_demonstration_shows_is_not_there_in_earnest() {
    let house = House::earnest().await;
    let absent = house.get("/nothing-here").await;
    let routes: Vec<_> = ROUTES.iter().filter(|route| route.for_ == For::Demonstration).collect();
    assert!(routes.len() >= 4);
    for route in routes {
        assert_eq!(bytes(&house.get(route.path).await), bytes(&absent), "{}", route.path);
    }
    let home = house.get("/").await;
    assert!(!home.text.contains("/demo/") && !home.text.contains("Demonstration"));
}

#[tokio::test]
async fn a_demonstration_says_so_on_every_page_of_its_own() {
    let house = House::embedded().await;
    for path in ["/", "/report", "/report/fly-tipping", "/track", "/staff/sign-in", "/demo/staff", "/demo/outbox"] {
        assert!(house.get(path).await.says("Demonstration: made-up people and reports"), "{path}");
    }
}
