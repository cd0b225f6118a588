use crate::kept::{changed, kept};
use testkit::House;

const NOTHING: [String; 0] = [];

#[tokio::test]
async fn opening_a_link_changes_nothing_and_its_button_lets_in() {
    let house = House::embedded().await;
    let filed = house.file("fly-tipping", "everything").await;
    let before = kept(&house).await;
    let mut client = house.visitor();
    for _ in 0..3 {
        let page = client.get(&filed.link()).await;
        assert_eq!((page.status, page.heading().as_str()), (200, "Open your report"));
        assert_eq!(client.cookie("visit"), None);
        for told in ["Fly-tipping", "High Street", filed.reference()] {
            assert!(!page.says(told), "{told}");
        }
    }
    assert_eq!(changed(&before, &kept(&house).await), NOTHING);
    assert_eq!(client.get(&filed.track()).await.status, 404);
    let form = client.get(&filed.link()).await.form("/track/link/");
    let page = client.submit(&form, &[]).await;
    assert_eq!((page.status, page.location.as_str()), (303, filed.track().as_str()));
    assert!(!page.location.contains(filed.receipt.link.as_deref().unwrap()));
    assert_eq!(changed(&before, &kept(&house).await), ["visit +1"]);
    assert_eq!(client.get(&filed.track()).await.status, 200);
}

#[tokio::test]
async fn a_link_lives_thirty_days_and_a_visit_two_hours() {
    let house = House::embedded().await;
    let filed = house.file("fly-tipping", "shortest").await;
    let mut client = house.reporter(&filed).await;
    house.clock.forward_seconds(2 * 60 * 60 - 1);
    assert_eq!(client.get(&filed.track()).await.status, 200);
    house.clock.forward_seconds(2);
    assert_eq!(client.get(&filed.track()).await.status, 404);
    house.clock.forward_seconds(30 * 24 * 60 * 60);
    let page = client.post(&filed.link(), &[]).await;
    assert_eq!(page.status, 422);
    assert!(page.says("This link no longer works") && page.text.contains("href=\"/track\""), "{}", page.text);
}

#[tokio::test]
async fn a_made_up_link_opens_nothing_and_looks_like_one_that_is_spent() {
    let house = House::embedded().await;
    let filed = house.file("fly-tipping", "shortest").await;
    let token = filed.receipt.link.clone().unwrap();
    let mut wrong = token.clone();
    wrong.replace_range(0..1, if token.starts_with('a') { "b" } else { "a" });
    let mut client = house.visitor();
    let before = kept(&house).await;
    for made_up in [wrong.as_str(), &token.to_uppercase(), &token[1..], "x", "%00", "..%2f..%2fetc", "%3Cscript%3E"] {
        let page = client.get(&format!("/track/link/{made_up}")).await;
        assert!(!page.text.contains("<script>e") && page.status < 500, "{made_up}");
        let page = client.post(&format!("/track/link/{made_up}"), &[]).await;
        assert!(matches!(page.status, 400 | 404 | 422), "{made_up}: {}", page.status);
        assert_eq!(client.cookie("visit"), None, "{made_up}");
    }
    assert_eq!(changed(&before, &kept(&house).await), NOTHING);
}

#[tokio::test]
async fn guessing_links_closes_the_door_for_that_origin() {
    let house = House::embedded().await;
    let filed = house.file("fly-tipping", "shortest").await;
    let mut guesser = house.visitor();
    for _ in 0..20 {
        guesser.post("/track/link/abcdefghijklmnopqrstuvwxyz", &[]).await;
    }
    assert_eq!(guesser.post(&filed.link(), &[]).await.status, 422);
    assert_eq!(house.visitor().post(&filed.link(), &[]).await.status, 303);
    house.clock.forward_seconds(15 * 60 + 1);
    assert_eq!(guesser.post(&filed.link(), &[]).await.status, 303);
}
