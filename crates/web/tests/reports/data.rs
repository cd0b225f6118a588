use crate::{page_of, public};
use testkit::House;

#[tokio::test]
async fn the_list_the_map_the_feed_and_the_data_agree() {
    let house = House::embedded().await;
    let (first, _) = public(&house, "shortest").await;
    let near = "box=51.2,-3.1,51.6,-2.6";
    for path in ["/reports", "/reports/pins", "/reports/feed", "/reports/data.json", "/reports/data.csv"] {
        assert!(house.get(&format!("{path}?{near}")).await.text.contains(first.reference()), "{path}");
        let other = house.get(&format!("{path}?{near}&service=noise")).await;
        assert!(other.status == 200 && !other.text.contains(first.reference()), "{path}");
        let far = house.get(&format!("{path}?box=52,-3.1,52.1,-2.6")).await;
        assert!(far.status == 200 && !far.text.contains(first.reference()), "{path}");
    }
    let page = house.get("/reports?place=Weston-super-Mare&within=10").await;
    assert!(page.says("1 report here") && page.header("cache-control") == "no-store", "{}", page.text);
    let lost = house.get("/reports?place=zzzzqqqq").await;
    assert!(lost.says("We do not know that place"), "{}", lost.text);
}

#[tokio::test]
async fn a_feed_that_has_not_changed_is_not_sent_again() {
    let house = House::embedded().await;
    let (filed, _) = public(&house, "shortest").await;
    let mut client = house.visitor();
    let at = format!("{}/feed", page_of(&filed));
    let feed = client.get(&at).await;
    assert_eq!(feed.header("content-type"), "application/atom+xml; charset=utf-8");
    assert!(feed.text.starts_with("<?xml") && feed.text.contains("<title>Reported</title>"), "{}", feed.text);
    let tag = feed.header("etag").to_owned();
    assert!(tag.len() > 10, "{tag}");
    let request = axum::http::Request::get(&at).header("if-none-match", tag).body(axum::body::Body::empty()).unwrap();
    assert_eq!(client.send(request).await.status, 304);
}

#[tokio::test]
async fn a_list_of_many_goes_on_page_by_page_and_none_is_there_twice() {
    let house = House::embedded().await;
    let mut officer = house.staff(crate::COUNCIL, "officer").await;
    for _ in 0..27 {
        let filed = house.file("fly-tipping", "shortest").await;
        let form = officer.get(&filed.desk()).await.form("/acknowledge");
        officer.submit(&form, &[]).await;
        house.clock.forward_seconds(1);
    }
    for from in ["/reports/data.json", "/reports/data.json?box=51.2,-3.1,51.6,-2.6"] {
        let (mut at, mut seen) = (Some(from.to_owned()), std::collections::BTreeSet::new());
        while let Some(path) = at {
            let page: serde_json::Value = serde_json::from_str(&house.get(&path).await.text).unwrap();
            for row in page["reports"].as_array().unwrap() {
                assert!(seen.insert(row["reference"].as_str().unwrap().to_owned()), "twice");
            }
            at = page["next"].as_str().map(str::to_owned);
        }
        assert_eq!(seen.len(), 27, "{from}");
    }
}
