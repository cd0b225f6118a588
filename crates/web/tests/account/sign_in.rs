use crate::kept::{changed, kept};
use testkit::House;

const ROBIN: &str = "robin@example.org";

#[tokio::test]
async fn a_link_signs_in_once_by_its_button_and_not_by_being_opened() {
    let house = House::embedded().await;
    let mut browser = house.visitor();
    browser.post("/account/sign-in", &[("email", ROBIN)]).await;
    let token = house.sign_in_token(ROBIN).await.unwrap();
    let path = format!("/account/link/{token}");
    let before = kept(&house).await;
    for _ in 0..3 {
        assert_eq!(house.visitor().get(&path).await.status, 200);
    }
    assert!(changed(&before, &kept(&house).await).is_empty(), "scanners open links");
    assert_eq!(browser.get("/account").await.location, "/account/sign-in");
    assert_eq!(browser.post(&path, &[]).await.location, "/account");
    let page = browser.get("/account").await;
    assert!(page.text.contains("Your account") && page.text.contains(ROBIN), "{}", page.text);
    assert_eq!(page.header("cache-control"), "no-store");
    let again = house.visitor().post(&path, &[]).await;
    assert_eq!(again.status, 422);
    assert!(again.text.contains("no longer works"), "{}", again.text);
}

#[tokio::test]
async fn a_link_runs_out_after_an_hour() {
    let house = House::embedded().await;
    house.visitor().post("/account/sign-in", &[("email", ROBIN)]).await;
    let token = house.sign_in_token(ROBIN).await.unwrap();
    house.clock.forward_seconds(60 * 60);
    assert_eq!(house.visitor().post(&format!("/account/link/{token}"), &[]).await.status, 422);
}

#[tokio::test]
async fn the_answer_is_the_same_whether_there_is_an_account_or_not() {
    let house = House::embedded().await;
    house.owner(ROBIN).await;
    let mut answers = Vec::new();
    for email in [ROBIN, "alex@example.org"] {
        let page = house.visitor().post("/account/sign-in", &[("email", email)]).await;
        answers.push((page.status, page.text.replace(email, "")));
    }
    assert_eq!(answers[0], answers[1]);
}

#[tokio::test]
async fn what_is_no_address_is_said_and_stays_in_the_field() {
    let house = House::embedded().await;
    for bad in ["", "robin", "robin@example.org, alex@example.org", "a@b\r\nBcc: c@example.org", "<robin@example.org>"]
    {
        let page = house.visitor().post("/account/sign-in", &[("email", bad)]).await;
        assert_eq!(page.status, 422, "{bad}");
        assert!(page.text.contains("Enter an e-mail address"), "{bad}");
    }
    assert_eq!(house.sign_in_token("robin").await, None);
}

#[tokio::test]
async fn one_address_gets_five_links_an_hour_and_one_origin_asks_for_ten() {
    let house = House::embedded().await;
    let before = kept(&house).await;
    for _ in 0..9 {
        assert_eq!(house.visitor().post("/account/sign-in", &[("email", ROBIN)]).await.status, 200);
    }
    assert!(changed(&before, &kept(&house).await).contains(&"sign_in +5".to_owned()));
    let mut one = house.visitor();
    for n in 0..15 {
        let email = format!("robin{n}@example.org");
        assert_eq!(one.post("/account/sign-in", &[("email", &email)]).await.status, 200);
    }
    assert!(changed(&before, &kept(&house).await).contains(&"sign_in +15".to_owned()));
}

#[tokio::test]
async fn details_are_kept_and_wrong_ones_are_told_with_nothing_lost() {
    let house = House::embedded().await;
    let mut robin = house.owner(ROBIN).await;
    let page = robin.post("/account", &[("name", "Robin Example"), ("phone", "12"), ("one_page", "yes")]).await;
    assert_eq!(page.status, 422);
    assert!(page.text.contains("Enter a telephone number") && page.text.contains("Robin Example"), "{}", page.text);
    let fields = [("name", " Robin Example "), ("phone", "01632 960001"), ("one_page", "yes")];
    assert_eq!(robin.post("/account", &fields).await.location, "/account?kept=1");
    let page = robin.get("/account").await;
    assert!(page.text.contains("value=\"Robin Example\"") && page.text.contains("value=\"01632 960001\""));
    assert_eq!(robin.get("/report/fly-tipping").await.location, "/report/fly-tipping/all");
}

#[tokio::test]
async fn signing_out_everywhere_ends_every_browser_and_signing_out_ends_one() {
    let house = House::embedded().await;
    let (mut one, mut two, mut three) = (house.owner(ROBIN).await, house.owner(ROBIN).await, house.owner(ROBIN).await);
    assert_eq!(one.post("/account/sign-out", &[]).await.location, "/account/sign-in");
    assert_eq!(one.get("/account").await.status, 303);
    assert_eq!(two.get("/account").await.status, 200);
    two.post("/account/sign-out", &[("everywhere", "yes")]).await;
    assert_eq!((two.get("/account").await.status, three.get("/account").await.status), (303, 303));
}

#[tokio::test]
async fn an_account_that_ends_leaves_nothing_but_the_reports() {
    let house = House::embedded().await;
    house.file("fly-tipping", "everything").await;
    let mut robin = house.owner(ROBIN).await;
    robin.post("/account", &[("name", "Robin Unmistakable"), ("phone", "")]).await;
    let before = kept(&house).await;
    let page = robin.post("/account/forget", &[]).await;
    assert!(page.text.contains("Your account has ended"), "{}", page.text);
    let mut gone = changed(&before, &kept(&house).await);
    gone.retain(|what| !what.starts_with("journal") && !what.starts_with("unsealed"));
    assert_eq!(gone, ["account -1", "delivery -1", "signed_in -1"]);
    assert_eq!(robin.get("/account").await.status, 303);
    let again = house.owner(ROBIN).await.get("/account").await;
    assert!(!again.text.contains("Unmistakable"), "{}", again.text);
    assert!(again.text.contains("Rubbish dumped"), "the report is still there");
}
