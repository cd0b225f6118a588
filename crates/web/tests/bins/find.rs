use crate::HOME;
use testkit::House;

#[tokio::test]
async fn a_postcode_leads_to_a_list_and_an_address_to_its_home() {
    let house = House::embedded().await;
    let list = house.get("/bins?q=bs239zz").await;
    assert!(list.status == 200 && list.says("Which home is it?"), "{}", list.text);
    for number in 1..=4 {
        assert!(list.text.contains(&format!("href=\"/property/99900000000{number}\"")), "{number}");
    }
    assert_eq!(list.header("cache-control"), "no-store");
    for typed in ["1+Example+Road,+BS23+9ZZ", "1%20example%20road", "1+Example+Road+bs239zz"] {
        let page = house.get(&format!("/bins?q={typed}")).await;
        assert_eq!((page.status, page.location.as_str()), (303, HOME), "{typed}");
    }
    // A beginning that fits nothing shows the whole postcode.
    assert!(house.get("/bins?q=99+Nowhere+BS23+9ZZ").await.says("Which home is it?"));
}

#[tokio::test]
async fn what_is_not_known_says_so_and_has_a_way_on() {
    let house = House::embedded().await;
    for (typed, words) in
        [("", "Enter a postcode or an address"), ("BS1+1AA", "Try your postcode"), ("zzz", "Try your postcode")]
    {
        let page = house.get(&format!("/bins?q={typed}")).await;
        assert!(page.status == 422 && page.says(words), "{typed}: {}", page.text);
    }
    assert!(house.get("/bins?q=BS1+1AA").await.text.contains("https://www.gov.uk/rubbish-collection-day"));
    for number in ["1", "0999000000001", "9990000000011", "x", "%3Cscript%3E"] {
        assert_eq!(house.get(&format!("/property/{number}")).await.status, 404, "{number}");
    }
    let page = house.get("/bins?q=%22%3E%3Cscript%3E").await;
    assert!(page.text.contains("value=\"&#34;&#62;&#60;script&#62;\""), "{}", page.text);
}

#[tokio::test]
async fn one_origin_looks_up_so_many_homes_a_day_and_no_more() {
    let house = House::embedded().await;
    let limits = house.setting.catalogue.agency(crate::COUNCIL).unwrap().bins.clone().unwrap().lookups;
    let mut client = house.visitor();
    for number in 0..limits.properties {
        assert_eq!(client.get(&format!("/property/{}", 1000 + number)).await.status, 404);
    }
    assert_eq!(client.get(HOME).await.status, 429);
    // A calendar that somebody subscribed to still comes, and so does another visitor's page.
    assert_eq!(client.get(&format!("{HOME}/calendar.ics")).await.status, 200);
    let mut other = house.visitor();
    assert_eq!(other.get(HOME).await.status, 200);
    house.clock.forward_seconds(24 * crate::HOUR);
    assert_eq!(client.get(HOME).await.status, 200);
    for _ in 0..limits.requests {
        client.get("/bins?q=BS1+1AA").await;
    }
    assert_eq!(client.get("/bins?q=BS1+1AA").await.status, 429);
}

#[tokio::test]
async fn who_does_not_find_their_home_may_tell_the_council() {
    let house = testkit::House::embedded().await;
    let mut client = house.visitor();
    let words = "Tell North Somerset Council that an address is missing";
    assert!(!client.get("/bins").await.says(words));
    let nowhere = client.get("/bins?q=No+Such+Lane").await;
    assert!(nowhere.says(words), "{}", nowhere.text);
    assert_eq!(client.get("/report/enquiry").await.status, 200);
}
