use crate::{page_of, public};
use testkit::House;

#[tokio::test]
async fn the_list_the_map_the_feed_and_the_data_agree() {
    let house = House::embedded().await;
    let (first, _) = public(&house, "shortest").await;
    let near = "box=51.2,-3.1,51.6,-2.6";
    for path in
        ["/reports", "/reports/pins", "/reports/feed", "/reports/rss", "/reports/data.json", "/reports/data.csv"]
    {
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
async fn rss_says_the_same_with_distances_and_dates_and_is_not_sent_again() {
    let house = House::embedded().await;
    let (filed, _) = public(&house, "shortest").await;
    let mut client = house.visitor();
    for at in ["/reports/rss?place=Weston-super-Mare".to_owned(), format!("{}/rss", page_of(&filed))] {
        let feed = client.get(&at).await;
        assert_eq!(feed.header("content-type"), "application/rss+xml; charset=utf-8");
        assert!(feed.text.starts_with("<?xml") && feed.text.contains("<rss version=\"2.0\""), "{}", feed.text);
        assert!(feed.text.contains(&format!("/reports/{}</link>", filed.reference())), "{}", feed.text);
        let (tag, date) = (feed.header("etag").to_owned(), feed.header("last-modified").to_owned());
        assert!(date.ends_with(" GMT") && feed.text.contains(&format!("<lastBuildDate>{date}<")), "{date}");
        for (name, value, status) in [
            ("if-none-match", tag.as_str(), 304),
            ("if-modified-since", date.as_str(), 304),
            ("if-modified-since", "Mon, 23 Nov 2026 10:00:00 GMT", 200),
        ] {
            let request = axum::http::Request::get(&at).header(name, value).body(axum::body::Body::empty()).unwrap();
            assert_eq!(client.send(request).await.status, status, "{at} {name}: {value}");
        }
    }
    let near = client.get("/reports/rss?place=Weston-super-Mare").await.text;
    assert!(near.contains("Open. Very close.") || near.contains(" away."), "{near}");
}

#[tokio::test]
async fn a_feed_is_of_a_boundary_an_agency_a_kind_and_as_long_as_was_asked() {
    let house = House::embedded().await;
    let mut officer = house.staff(crate::COUNCIL, "officer").await;
    let mut last = String::new();
    for _ in 0..22 {
        let filed = house.file("fly-tipping", "shortest").await;
        let form = officer.get(&filed.desk()).await.form("/acknowledge");
        officer.submit(&form, &[]).await;
        house.clock.forward_seconds(1);
        last = filed.reference().to_owned();
    }
    let geography = house.setting.geography();
    let area = geography.areas(51.3461, -2.9772)[0];
    let area = format!("area={}%2F{}", area.kind, area.code);
    for form in ["feed", "rss"] {
        for (query, items) in [
            ("".to_owned(), 20),
            ("items=22".into(), 22),
            ("items=9999&agency=north-somerset-council".into(), 22),
            (format!("{area}&items=3"), 3),
            (format!("{area}&service=pothole"), 0),
            ("box=51.2,-3.1,51.6,-2.6&items=5&sort=changed".into(), 5),
        ] {
            let feed = house.get(&format!("/reports/{form}?{query}")).await.text;
            let found = feed.matches("<item>").count() + feed.matches("<entry>").count();
            assert_eq!(found, items, "{form} {query}");
            assert!(items == 0 || feed.find(&last) < feed.find("</entry>").or(feed.find("</item>")), "{form} {query}");
        }
        assert_eq!(house.get(&format!("/reports/{form}?area=district%2Fnone")).await.status, 404);
    }
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
