use crate::{page_of, public};
use testkit::House;

const PRIVATE: (&str, &str) = ("why", "private");

/// Mails that tell a decision: where to, and what they say.
async fn told(house: &House) -> Vec<(String, bool)> {
    let mail = house.db.read(|tx| store::delivery::latest(&rights::Actor::House("test"), tx)).await.unwrap();
    let decided = mail.into_iter().filter(|mail| mail.template == casework::report::objection::DECIDED);
    decided.map(|mail| (mail.address, mail.facts["hidden"] == true)).collect()
}

#[tokio::test]
async fn anybody_says_that_a_report_should_not_be_public_and_staff_hide_it_and_tell_them() {
    let house = House::embedded().await;
    let (filed, mut officer) = public(&house, "shortest").await;
    let at = format!("{}/object", page_of(&filed));
    assert!(house.get(&page_of(&filed)).await.text.contains(&at));
    let mut visitor = house.visitor();
    let form = visitor.get(&at).await.form("/object");
    let fields = [PRIVATE, ("words", "My house stands in it."), ("email", "alex@example.org")];
    let page = visitor.submit(&form, &fields).await;
    assert_eq!(page.location, format!("{}?done=objected", page_of(&filed)), "{}", page.text);
    // It is no decision: the report stays until a person has looked.
    assert_eq!(house.get(&page_of(&filed)).await.status, 200);
    assert!(officer.get("/staff").await.says("Somebody says it should not be public"));
    let desk = officer.get(&filed.desk()).await;
    assert!(desk.says("it says who somebody is") && desk.says("My house stands in it."), "{}", desk.text);
    assert!(!desk.text.contains("alex@example.org"), "the address is for the answer alone");
    officer.submit(&desk.form("/objections/"), &[("hide", "yes")]).await;
    assert_eq!(house.get(&page_of(&filed)).await.status, 404);
    assert_eq!(told(&house).await, [("alex@example.org".to_owned(), true)]);
    let again = officer.submit(&desk.form("/objections/"), &[("hide", "no")]).await;
    assert_eq!(again.status, 422, "{}", again.text);
    let own = house.reporter(&filed).await.get(&filed.track()).await;
    assert!(!own.says("My house stands in it.") && !own.says("Somebody says"), "{}", own.text);
}

#[tokio::test]
async fn what_stays_public_is_told_too_and_without_an_address_nobody_is_written_to() {
    let house = House::embedded().await;
    let (filed, mut officer) = public(&house, "shortest").await;
    let at = format!("{}/object", page_of(&filed));
    for email in ["", "alex@example.org"] {
        house.visitor().post(&at, &[("why", "wrong"), ("words", ""), ("email", email)]).await;
        let form = officer.get(&filed.desk()).await.form("/objections/");
        officer.submit(&form, &[("hide", "no")]).await;
    }
    assert_eq!(house.get(&page_of(&filed)).await.status, 200);
    assert_eq!(told(&house).await, [("alex@example.org".to_owned(), false)]);
}

#[tokio::test]
async fn what_somebody_said_is_hidden_without_the_report() {
    let house = House::embedded().await;
    let (filed, mut officer) = public(&house, "shortest").await;
    let say = format!("{}/say", page_of(&filed));
    house.owner("robin@example.org").await.post(&say, &[("says", "more"), ("words", "Ask at the blue door.")]).await;
    let form = officer.get(&filed.desk()).await.form("/remarks/");
    officer.submit(&form, &[]).await;
    let page = house.get(&page_of(&filed)).await;
    let from = page.text.find("object?remark=").expect("each has a link");
    let at = format!("{}/{}", page_of(&filed), page.text[from..].split('"').next().unwrap());
    let mut visitor = house.visitor();
    let page = visitor.get(&at).await;
    assert!(page.says("Ask at the blue door."), "{}", page.text);
    visitor.submit(&page.form("/object"), &[PRIVATE]).await;
    let form = officer.get(&filed.desk()).await.form("/objections/");
    officer.submit(&form, &[("hide", "yes")]).await;
    let page = house.get(&page_of(&filed)).await;
    assert!(page.status == 200 && !page.says("Ask at the blue door."), "{}", page.text);
    assert_eq!(house.get(&at).await.status, 404, "what is hidden cannot be read there either");
}

#[tokio::test]
async fn what_is_not_public_cannot_be_spoken_of_and_one_origin_may_not_press_without_end() {
    let house = House::embedded().await;
    let waits = house.file("fly-tipping", "shortest").await;
    let at = format!("{}/object", page_of(&waits));
    assert_eq!(house.get(&at).await.status, 404);
    assert_eq!(house.visitor().post(&at, &[PRIVATE]).await.status, 404);
    let (filed, _) = public(&house, "shortest").await;
    let at = format!("{}/object", page_of(&filed));
    let mut visitor = house.visitor();
    for (fields, words) in [
        (vec![("words", "My house.")], "Choose what is wrong with it"),
        (vec![PRIVATE, ("email", "alex")], "Enter an e-mail address, such as name@example.org"),
    ] {
        let page = visitor.post(&at, &fields).await;
        assert!(page.status == 422 && page.says(words), "{}", page.text);
    }
    for n in 0..12 {
        let page = visitor.post(&at, &[PRIVATE]).await;
        assert_eq!(page.location.ends_with("done=often"), n >= 10, "{n}: {}", page.location);
    }
}

#[tokio::test]
async fn a_listed_sender_is_filed_and_numbered_and_shown_by_a_decision_alone() {
    let house = House::embedded().await;
    let mut officer = house.staff(crate::COUNCIL, "officer").await;
    let email =
        testkit::sample("fly-tipping", "everything")["answers"]["contact"]["email"].as_str().unwrap().to_owned();
    let day = [("until-day", "1"), ("until-month", "1"), ("until-year", "2028")];
    let form = officer.get("/staff/senders").await.form("/staff/senders");
    let fields = [&[("kind", "domain"), ("value", email.rsplit('@').next().unwrap()), ("why", "Made up.")][..], &day];
    let page = officer.submit(&form, &fields.concat()).await;
    assert_eq!(page.location, "/staff/senders", "{}", page.text);
    assert!(officer.get("/staff/senders").await.says("Made up."));
    let filed = house.file("fly-tipping", "everything").await;
    let desk = officer.get(&filed.desk()).await;
    assert!(officer.get("/staff").await.says("Sender is on the list: read it first"));
    officer.submit(&desk.form("/acknowledge"), &[]).await;
    assert_eq!(house.get(&page_of(&filed)).await.status, 404);
    let form = officer.get(&filed.desk()).await.form("/publication");
    officer.submit(&form, &[("words", "It is true.")]).await;
    assert_eq!(house.get(&page_of(&filed)).await.status, 200);
    // Taken off the list, the next is like any other.
    let form = officer.get("/staff/senders").await.form("/end");
    officer.submit(&form, &[]).await;
    assert!(officer.get("/staff/senders").await.says("Nobody is on the list."));
    let next = house.file("fly-tipping", "everything").await;
    let form = officer.get(&next.desk()).await.form("/acknowledge");
    officer.submit(&form, &[]).await;
    assert_eq!(house.get(&page_of(&next)).await.status, 200);
}

#[tokio::test]
async fn what_asks_for_a_decision_stands_in_the_list_until_it_is_decided_whatever_else_is_done() {
    let house = House::embedded().await;
    let (filed, mut officer) = public(&house, "shortest").await;
    let at = format!("{}/object", page_of(&filed));
    house.visitor().post(&at, &[PRIVATE]).await;
    let say = format!("{}/say", page_of(&filed));
    house.owner("robin@example.org").await.post(&say, &[("says", "more"), ("words", "Ask at the blue door.")]).await;
    let form = officer.get(&filed.desk()).await.form("/stage");
    officer.submit(&form, &[("stage", "planned"), ("words", "Soon.")]).await;
    let (object, said) = ("Somebody says it should not be public", "People said something: read it");
    let list = officer.get("/staff").await;
    assert!(list.says(object) && list.says(said), "{}", list.text);
    let form = officer.get(&filed.desk()).await.form("/objections/");
    officer.submit(&form, &[("hide", "no")]).await;
    let list = officer.get("/staff").await;
    assert!(!list.says(object) && list.says(said), "{}", list.text);
    let form = officer.get(&filed.desk()).await.form("/remarks/");
    officer.submit(&form, &[]).await;
    let list = officer.get("/staff").await;
    assert!(!list.says(object) && !list.says(said), "{}", list.text);
}

#[tokio::test]
async fn what_its_reporter_asks_to_take_out_waits_for_a_decision_and_may_stay_hidden() {
    let house = House::embedded().await;
    let (filed, mut officer) = public(&house, "everything").await;
    let mut reporter = house.reporter(&filed).await;
    let form = reporter.get(&format!("{}/removal", filed.track())).await.form("/removal");
    reporter.submit(&form, &[("words", "My name stands in it.")]).await;
    let form = officer.get(&filed.desk()).await.form("/stage");
    officer.submit(&form, &[("stage", "planned"), ("words", "Soon.")]).await;
    let asks = "Leave it hidden, as its reporter asks";
    assert!(officer.get(&filed.desk()).await.says(asks));
    let version = house.part(&filed, crate::COUNCIL).await.version.to_string();
    let fields = [("version", version.as_str()), ("show", "no"), ("words", "It does.")];
    let page = officer.post(&format!("{}/publication", filed.desk()), &fields).await;
    assert_eq!(page.status, 303, "{}", page.text);
    assert!(!officer.get(&filed.desk()).await.says(asks));
    assert_eq!(house.get(&page_of(&filed)).await.status, 404);
}
