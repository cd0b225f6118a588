use crate::kept::{changed, kept};
use testkit::House;

#[tokio::test]
async fn asking_for_a_link_answers_alike_whether_there_is_such_a_report_or_not() {
    let house = House::embedded().await;
    let filed = house.file("fly-tipping", "everything").await;
    let secret = house.file("crime.theft", "no-name").await;
    let unknown = (1..).map(|n: u32| format!("{n:09}")).find(|r| casework::codes::read_reference(r).is_some()).unwrap();
    let mut answers = Vec::new();
    let mut sent = Vec::new();
    for (reference, email) in [
        (filed.reference(), " ROBIN@example.org "),
        (filed.reference(), "someone.else@example.org"),
        (&unknown, "robin@example.org"),
        (secret.reference(), "robin@example.org"),
        ("12", "no address"),
        ("", ""),
    ] {
        let before = kept(&house).await;
        let page = house.visitor().post("/track/by-mail", &[("reference", reference), ("email", email)]).await;
        let mut headers = page.headers.clone();
        headers.remove("x-request-id");
        answers.push((page.status, format!("{headers:?}"), page.text));
        sent.push(changed(&before, &kept(&house).await));
    }
    assert!(answers.iter().all(|answer| *answer == answers[0]), "{answers:#?}");
    assert_eq!(sent[0], ["delivery +1", "journal link.asked +1", "link +1", "unsealed +1"]);
    assert!(sent[1..].iter().all(Vec::is_empty), "{sent:?}");
}

#[tokio::test]
async fn one_origin_may_ask_for_ten_links_an_hour() {
    let house = House::embedded().await;
    let filed = house.file("fly-tipping", "everything").await;
    let before = kept(&house).await;
    let mut client = house.visitor();
    for _ in 0..15 {
        let fields = [("reference", filed.reference()), ("email", "robin@example.org")];
        assert_eq!(client.post("/track/by-mail", &fields).await.status, 200);
    }
    assert!(changed(&before, &kept(&house).await).contains(&"delivery +10".to_owned()));
}
