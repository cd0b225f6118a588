//! C-56: counts and usual times of public reports alone.

use crate::{COUNCIL, public};
use serde_json::Value as Json;
use testkit::House;

async fn rows(house: &House, query: &str) -> Vec<Json> {
    let page = house.get(&format!("/statistics.json?{query}")).await;
    serde_json::from_str::<Json>(&page.text).unwrap()["rows"].as_array().unwrap().clone()
}

#[tokio::test]
async fn only_public_reports_are_counted_and_what_residents_claim_stands_apart() {
    let house = House::embedded().await;
    house.file("noise", "shortest").await;
    house.file("fly-tipping", "shortest").await;
    assert!(rows(&house, "").await.is_empty(), "nobody has looked at any of them");
    let (filed, mut officer) = public(&house, "shortest").await;
    let mut neighbour = house.owner("neighbour@example.org").await;
    let at = format!("/reports/{}/say", filed.reference());
    let page = neighbour.post(&at, &[("says", "fixed"), ("words", "")]).await;
    assert_eq!(page.status, 303, "{}", page.text);
    let query = "from=2026-06-01&to=2028-06-01";
    let all = rows(&house, query).await;
    let expected = |open: i64, claimed: i64, fixed: i64| {
        serde_json::json!([{
            "agency": COUNCIL, "service": "fly-tipping", "title": all[0]["title"], "reports": 1, "open": open,
            "said_to_be_fixed": claimed, "fixed": fixed, "fixed_says_reporter": 0, "closed": 0, "median_days_to_fix": null,
        }])
    };
    assert_eq!(Json::from(all.clone()), expected(1, 1, 0));
    let form = officer.get(&filed.desk()).await.form("/close");
    officer.submit(&form, &[("outcome", "fixed"), ("words", "Done.")]).await;
    // Counted for all who look, once in a while.
    assert_eq!(Json::from(rows(&house, query).await), expected(1, 1, 0));
    house.clock.forward_seconds(300);
    assert_eq!(Json::from(rows(&house, query).await), expected(0, 0, 1));
    let page = house.get(&format!("/statistics?{query}")).await;
    assert!(page.says("Too few to say") && page.says("What this means"), "{}", page.text);
    assert!(rows(&house, "from=2025-01-01&to=2025-12-31").await.is_empty());
}

#[tokio::test]
async fn of_ten_that_were_fixed_the_usual_time_is_told_alike_on_the_page_and_in_both_tables() {
    let house = House::embedded().await;
    for n in 0..10 {
        let (filed, mut officer) = public(&house, "shortest").await;
        if n > 2 {
            house.clock.forward_seconds(4 * 24 * 60 * 60 + 60);
            officer = house.staff(COUNCIL, "officer").await;
        }
        let form = officer.get(&filed.desk()).await.form("/close");
        officer.submit(&form, &[("outcome", "fixed"), ("words", "Done.")]).await;
    }
    let query = "from=2026-01-01&to=2028-01-01";
    assert_eq!(rows(&house, query).await[0]["median_days_to_fix"], 4);
    assert!(house.get(&format!("/statistics?{query}")).await.says("4 days"));
    let table = house.get(&format!("/statistics.csv?{query}")).await;
    assert!(table.text.trim_end().ends_with(",10,0,0,10,0,0,4"), "{}", table.text);
}

#[tokio::test]
async fn what_ends_by_the_word_of_who_reported_it_is_no_fix_of_the_agencys() {
    let house = House::embedded().await;
    let (filed, _) = public(&house, "everything").await;
    let mut reporter = house.reporter(&filed).await;
    let form = reporter.get(&filed.track()).await.form("/fixed");
    let done = reporter.submit(&form, &[]).await;
    assert_eq!(done.status, 303, "{}", done.text);
    let row = &rows(&house, "from=2026-01-01&to=2028-01-01").await[0];
    assert_eq!((&row["fixed"], &row["fixed_says_reporter"], &row["open"]), (&0.into(), &1.into(), &0.into()));
    assert!(row["median_days_to_fix"].is_null());
    assert!(house.get("/statistics?from=2026-01-01&to=2028-01-01").await.says("Fixed, says who reported it"));
}
