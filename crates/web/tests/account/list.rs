use testkit::House;

const ROBIN: &str = "robin@example.org";

#[tokio::test]
async fn the_list_holds_the_reports_that_give_the_address_and_opens_them() {
    let house = House::embedded().await;
    let filed = house.file("fly-tipping", "everything").await;
    let mut robin = house.owner(ROBIN).await;
    let page = robin.get("/account").await;
    assert!(page.text.contains("Rubbish dumped") && page.text.contains("North Somerset Council"), "{}", page.text);
    let opened = robin.post(&format!("/account/reports/{}", filed.reference()), &[]).await;
    assert_eq!((opened.status, opened.location.as_str()), (303, filed.track().as_str()));
    assert_eq!(robin.get(&filed.track()).await.status, 200);
}

#[tokio::test]
async fn nobody_finds_a_report_of_somebody_else_or_learns_that_there_is_one() {
    let house = House::embedded().await;
    let filed = house.file("fly-tipping", "everything").await;
    let mut alex = house.owner("alex@example.org").await;
    assert!(alex.get("/account").await.text.contains("None yet."));
    let theirs = alex.post(&format!("/account/reports/{}", filed.reference()), &[]).await;
    let nobodys = alex.post("/account/reports/100000009", &[]).await;
    assert_eq!((theirs.status, nobodys.status), (404, 404));
    assert_eq!(theirs.text.replace(filed.reference(), ""), nobodys.text.replace("100000009", ""));
    assert_eq!(alex.get(&filed.track()).await.status, 404);
}

#[tokio::test]
async fn a_crime_is_never_in_the_list_even_to_its_reporter() {
    let house = House::embedded().await;
    let theft = house.file("crime.theft", "everything").await;
    let domestic = house.file("crime.domestic", "everything").await;
    for filed in [&theft, &domestic] {
        let (id, mark) = (filed.id, house.setting.keys.reporter(ROBIN));
        house.db.write(move |tx| store::contact::mark(tx, id, &mark)).await.unwrap();
    }
    let mut robin = house.owner(ROBIN).await;
    assert!(robin.get("/account").await.text.contains("None yet."));
    for filed in [theft, domestic] {
        assert_eq!(robin.post(&format!("/account/reports/{}", filed.reference()), &[]).await.status, 404);
    }
}

#[tokio::test]
async fn whoever_is_signed_in_does_not_type_their_address_again() {
    let house = House::embedded().await;
    let mut robin = house.owner(ROBIN).await;
    robin.post("/account", &[("name", "Robin Example"), ("phone", "01632 960001")]).await;
    for (question, value) in [("now", "no"), ("photos", ""), ("where", "Grand Pier"), ("land", "road_verge")] {
        let name = if question == "where" { "where.text" } else { question };
        robin.post(&format!("/report/fly-tipping/q/{question}"), &[(name, value)]).await;
    }
    robin.post("/report/fly-tipping/q/waste", &[("waste", "mattress")]).await;
    let page = robin.post("/report/fly-tipping/q/size", &[("size", "single_item")]).await;
    assert_eq!(page.location, "/report/fly-tipping/check");
    let check = robin.get("/report/fly-tipping/check").await;
    assert!(check.text.contains(ROBIN) && check.text.contains("Robin Example"), "{}", check.text);
    // It can be taken out again.
    let empty = [("contact.name", ""), ("contact.email", ""), ("contact.phone", "")];
    robin.post("/report/fly-tipping/q/contact?from=check", &empty).await;
    let check = robin.get("/report/fly-tipping/check").await;
    assert!(!check.text.contains(ROBIN), "{}", check.text);
}

#[tokio::test]
async fn a_question_that_asks_what_is_safe_is_asked_with_the_fields_filled_in() {
    let house = House::embedded().await;
    let mut robin = house.owner(ROBIN).await;
    robin.post("/account", &[("name", "Robin Example"), ("phone", "")]).await;
    let page = robin.post("/report/noise/q/gate", &[("gate", "no")]).await;
    assert_eq!(page.status, 303, "{}", page.text);
    let page = robin.get("/report/noise/q/contact").await;
    assert_eq!(page.status, 303, "not before its turn");
    let page = robin.get("/report/noise/all").await;
    assert!(page.text.contains("value=\"robin@example.org\""), "{}", page.text);
}
