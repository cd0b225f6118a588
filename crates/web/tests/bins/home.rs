use crate::HOME;
use testkit::House;

#[tokio::test]
async fn a_browser_that_keeps_a_home_sees_its_days_on_the_front_page_and_can_forget_it() {
    let house = House::embedded().await;
    let mut browser = house.visitor();
    let kept = browser.post(&format!("{HOME}/home"), &[("keep", "yes")]).await;
    assert_eq!((kept.status, kept.location.as_str()), (303, "/"));
    let cookie = kept.header("set-cookie").to_owned();
    assert!(cookie.contains("HttpOnly") && cookie.contains("SameSite=Lax"), "{cookie}");
    let front = browser.get("/").await;
    assert!(front.says("Bins at your home") && front.says("Today, Tuesday 24 November 2026"), "{}", front.text);
    assert!(!front.text.contains("Example Road"), "a shared device tells nobody the address");
    assert_eq!(front.header("cache-control"), "no-store");
    let gone = browser.post(&format!("{HOME}/home"), &[("keep", "no")]).await;
    assert_eq!(gone.location, HOME);
    let front = browser.get("/").await;
    assert!(!front.says("Bins at your home"));
    assert_eq!(front.header("cache-control"), "no-cache");
}

#[tokio::test]
async fn a_cookie_written_by_hand_shows_nothing_of_homes_that_are_not_there_and_is_counted() {
    let house = House::embedded().await;
    let most = house.setting.catalogue.agency(crate::COUNCIL).unwrap().bins.as_ref().unwrap().lookups.properties;
    let mut client = house.visitor();
    for n in 0..=most {
        client.forget_cookies();
        client.forge("/", "home", &format!("{}", 888_000_000_000_u64 + u64::from(n)));
        assert!(!client.get("/").await.says("Bins at your home"));
    }
    client.forget_cookies();
    client.forge("/", "home", HOME.rsplit('/').next().unwrap());
    assert!(!client.get("/").await.says("Bins at your home"), "one home too many for this day");
    for bad in ["0", "..", "12345678901234567890", "abc", "999000000001;x"] {
        client.forget_cookies();
        client.forge("/", "home", bad);
        assert_eq!(client.get("/").await.status, 200, "{bad}");
    }
}
