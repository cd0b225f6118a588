use crate::{NEAR, ROBIN, ask, link, news, public, subscribe};
use testkit::House;

#[tokio::test]
async fn nothing_begins_before_the_button_of_the_mail_is_pressed() {
    let house = House::embedded().await;
    ask(&house, ROBIN, &[]).await;
    house.send_all().await;
    let mails = house.mail_to(ROBIN).await;
    assert_eq!(mails.len(), 1);
    assert_eq!(mails[0].subject, "Please confirm your alerts");
    assert!(mails[0].text.contains("All reports within 500 metres of BS23, Weston-super-Mare"), "{}", mails[0].text);
    let confirm = link(&mails[0].text, "confirm");
    // A scanner opens the link, many times.
    let mut visitor = house.visitor();
    let page = visitor.get(&confirm).await;
    assert!(page.status == 200 && page.says("Start these alerts?"), "{}", page.text);
    assert_eq!(page.header("cache-control"), "no-store");
    public(&house, "shortest").await;
    assert!(news(&house, ROBIN).await.is_empty());
    let pressed = visitor.submit(&page.form("/alerts/confirm/"), &[]).await;
    let yours = visitor.follow(pressed).await;
    assert!(yours.says("Your alerts have started.") && yours.says(ROBIN), "{}", yours.text);
    // What was there before is not told.
    assert!(news(&house, ROBIN).await.is_empty());
    public(&house, "shortest").await;
    assert_eq!(news(&house, ROBIN).await.len(), 1);
    // A second press changes nothing.
    assert_eq!(visitor.post(&confirm, &[]).await.status, 303);
    let wrong = visitor.get("/alerts/confirm/abcdefgh").await;
    assert!(wrong.status == 410 && wrong.says("Ask for alerts again"), "{}", wrong.text);
}

#[tokio::test]
async fn whoever_asks_reads_the_same_and_a_mailbox_is_not_filled_by_others() {
    let house = House::embedded().await;
    subscribe(&house, ROBIN, &[]).await;
    for address in ["ROBIN@example.org ", "robin@EXAMPLE.org", ROBIN, "new@example.org"] {
        ask(&house, address, &[]).await;
    }
    house.send_all().await;
    // Three in a day, however the address is written; the first was confirmed.
    assert_eq!(house.mail_to(ROBIN).await.len(), 3);
    assert_eq!(house.mail_to("new@example.org").await.len(), 1);
    let mut one = house.visitor();
    let mut fields = NEAR.to_vec();
    fields.push(("email", "x@example.org"));
    let mut statuses = Vec::new();
    for _ in 0..11 {
        statuses.push(one.post("/alerts", &fields).await.status);
    }
    assert_eq!((statuses[9], statuses[10]), (303, 429));
}

#[tokio::test]
async fn errors_say_what_to_do_and_lose_nothing_that_was_typed() {
    let house = House::embedded().await;
    let mut visitor = house.visitor();
    let lost = visitor.get("/alerts?place=qwxzy").await;
    assert!(lost.status == 422 && lost.says("We do not know that place"), "{}", lost.text);
    assert_eq!(visitor.get("/alerts?place=").await.status, 422);
    let page = visitor.get("/alerts?place=Yatton&within=3&service=fly-tipping").await;
    let form = page.form("/alerts");
    assert_eq!((form.value("metres"), form.value("service")), (Some("4828"), Some("fly-tipping")));
    assert!(page.says("Around Yatton") && page.says("All that North Somerset Council deals with"), "{}", page.text);
    let wrong = visitor.submit(&form, &[("email", "robin"), ("cadence", "weekly")]).await;
    assert_eq!(wrong.status, 422);
    assert_eq!(wrong.errors(), [("email".to_owned(), "Enter an e-mail address, such as name@example.org".to_owned())]);
    let again = wrong.form("/alerts");
    assert_eq!(
        [again.value("email"), again.value("metres"), again.value("place")],
        [Some("robin"), Some("4828"), Some("Yatton")]
    );
    assert!(again.takes("cadence", "weekly"));
    // What is not there is not found, and nothing is kept of it.
    for about in [("about", "area:district/none"), ("about", "agency:none"), ("service", "noise")] {
        let mut fields = vec![("place", "Yatton"), ("email", ROBIN), about];
        if about.0 != "about" {
            fields.push(("about", "near"));
        }
        assert_eq!(visitor.post("/alerts", &fields).await.status, 404, "{about:?}");
    }
}

#[tokio::test]
async fn lists_reports_and_their_filters_lead_here() {
    let house = House::embedded().await;
    let filed = public(&house, "shortest").await;
    let list = house.get("/reports?place=Yatton&within=0.5&service=fly-tipping").await;
    assert!(list.text.contains("/alerts?place=Yatton&#38;within=0.5&#38;service=fly-tipping"), "{}", list.text);
    let follow = format!("/alerts?report={}", filed.reference());
    assert!(house.get(&format!("/reports/{}", filed.reference())).await.text.contains(&follow));
    let page = house.get(&follow).await;
    assert!(page.says("Follow this report") && !page.says("Where from?"), "{}", page.text);
    assert_eq!(house.get("/alerts?report=123456789").await.status, 404);
    let agency = house.get("/alerts?agency=north-somerset-council").await;
    assert!(agency.says("All that North Somerset Council deals with"), "{}", agency.text);
    let of_map = house.get("/alerts?box=51.30000,-3.00000,51.40000,-2.90000").await;
    assert!(of_map.says("How far around the place?"), "{}", of_map.text);
}
