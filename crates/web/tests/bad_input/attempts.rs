use testkit::{House, sample};

#[tokio::test]
async fn answers_that_are_too_old_are_said_to_be_gone_and_nothing_is_sent() {
    let house = House::embedded().await;
    let mut client = house.begun("fly-tipping", &sample("fly-tipping", "shortest")["answers"]).await;
    house.clock.forward_seconds(2 * 60 * 60 + 1);
    for (method, at) in
        [("GET", "check"), ("POST", "send"), ("GET", "done"), ("GET", "stop"), ("GET", "pin"), ("POST", "pin")]
    {
        let at = format!("/report/fly-tipping/{at}");
        let page = if method == "GET" { client.get(&at).await } else { client.post(&at, &[]).await };
        assert_eq!((page.status, page.heading().as_str()), (410, "Your answers are no longer here"), "{method} {at}");
        assert!(page.text.contains("href=\"/report\"") && page.text.contains("href=\"/track\""));
    }
    assert_eq!(house.db.read(store::report::count).await.unwrap(), 0);
}

#[tokio::test]
async fn answers_of_one_service_are_none_of_anothers() {
    let house = House::embedded().await;
    let client = house.begun("fly-tipping", &sample("fly-tipping", "shortest")["answers"]).await;
    let token = client.cookie("attempt").unwrap().to_owned();
    let mut crossed = house.visitor();
    crossed.forge("/report/crime.theft", "attempt", &token);
    for at in ["check", "done", "pin", "stop"] {
        assert_eq!(crossed.get(&format!("/report/crime.theft/{at}")).await.status, 410, "{at}");
    }
    assert_eq!(crossed.post("/report/crime.theft/send", &[]).await.status, 410);
    let before = house.draft(&client).await;
    crossed.post("/report/crime.theft/q/story.text", &[("story.text", "Crossed.")]).await;
    assert_eq!(house.draft(&client).await, before);
}

#[tokio::test]
async fn a_tab_from_before_sending_finds_the_receipt_and_changes_nothing() {
    let house = House::embedded().await;
    let mut client = house.begun("fly-tipping", &sample("fly-tipping", "shortest")["answers"]).await;
    let mut old = client.clone();
    client.post("/report/fly-tipping/send", &[]).await;
    for (at, fields) in
        [("q/size", &[("size", "tipper")][..]), ("send", &[]), ("stop/water", &[]), ("pin", &[("pin", "407193")])]
    {
        let page = old.post(&format!("/report/fly-tipping/{at}"), fields).await;
        assert_eq!(page.location, "/report/fly-tipping/done", "{at}: {}", page.status);
    }
    assert_eq!(old.get("/report/fly-tipping/check").await.location, "/report/fly-tipping/done");
    assert_eq!(house.db.read(store::report::count).await.unwrap(), 1);
}

#[tokio::test]
async fn a_report_that_lacks_an_answer_is_not_sent_whatever_was_pressed() {
    let house = House::embedded().await;
    for missing in ["now", "where", "land", "waste", "size"] {
        let mut answers = sample("fly-tipping", "shortest")["answers"].clone();
        answers.as_object_mut().unwrap().remove(missing);
        let mut client = house.begun("fly-tipping", &answers).await;
        let page = client.post("/report/fly-tipping/send", &[(missing, "x"), ("complete", "yes")]).await;
        assert!(page.status == 303 && !page.location.ends_with("done"), "{missing}: {}", page.location);
    }
    assert_eq!(house.db.read(store::report::count).await.unwrap(), 0);
}

#[tokio::test]
async fn a_pin_is_taken_only_where_it_belongs_and_only_if_it_will_do() {
    let house = House::embedded().await;
    let mut client = house.begun("crime.theft", &sample("crime.theft", "shortest")["answers"]).await;
    for pin in [
        "",
        "12345",
        "1234567",
        "123456",
        "000000",
        "abcdef",
        "٤٠٧١٩٣",
        "40719３",
        "407193; DROP",
        "4071\u{202e}93",
        "-40719",
    ] {
        let page = client.post("/report/crime.theft/pin", &[("pin", pin)]).await;
        assert_eq!((page.status, page.errors().len()), (422, 1), "{pin}: {}", page.text);
    }
    let mut council = house.begun("fly-tipping", &sample("fly-tipping", "shortest")["answers"]).await;
    assert_eq!(
        council.post("/report/fly-tipping/pin", &[("pin", "407193")]).await.location,
        "/report/fly-tipping/check"
    );
}
