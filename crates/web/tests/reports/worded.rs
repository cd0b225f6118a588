use crate::{COUNCIL, page_of, public};
use testkit::{Filed, House};

async fn waiting(house: &House) -> Filed {
    let mut answers = testkit::sample("fly-tipping", "everything")["answers"].clone();
    answers["details"] = "By the gate of Mrs Example.".into();
    house.file_answers("fly-tipping", &answers).await
}

#[tokio::test]
async fn the_reporter_changes_what_others_read_until_somebody_has_acted() {
    let house = House::embedded().await;
    let filed = waiting(&house).await;
    let mut reporter = house.reporter(&filed).await;
    let at = format!("{}/public", filed.track());
    assert!(reporter.get(&filed.track()).await.text.contains(&at));
    let page = reporter.get(&at).await;
    assert!(page.says("By the gate of Mrs Example.") && page.says("Photo 1"), "{}", page.text);
    let form = page.form("/public");
    let photo = page.text.split("name=\"without\"").nth(1).unwrap().split("value=\"").nth(1).unwrap();
    let photo = photo.split('"').next().unwrap();
    let fields = [("text-details", "By the gate."), ("without", photo)];
    let done = reporter.submit(&form, &fields).await;
    assert_eq!(done.location, format!("{}?done=corrected", filed.track()), "{}", done.text);
    // An older page of the same form saves nothing.
    let late = reporter.submit(&form, &[("text-details", "By the door.")]).await;
    assert!(late.status == 422 && late.says("This was changed meanwhile"), "{}", late.text);
    let mut officer = house.staff(COUNCIL, "officer").await;
    let desk = officer.get(&filed.desk()).await;
    assert!(desk.says("By the gate of Mrs Example."), "the answers stay as they were");
    assert!(desk.says("The resident changed the public words"), "{}", desk.text);
    officer.submit(&desk.form("/acknowledge"), &[]).await;
    let page = house.get(&page_of(&filed)).await;
    assert!(page.says("By the gate.") && !page.says("Mrs Example"), "{}", page.text);
    assert!(!page.text.contains(photo), "{}", page.text);
    let after = reporter.get(&at).await;
    assert!(after.says("you cannot change it here") && !after.text.contains("text-details"), "{}", after.text);
    assert_ne!(reporter.submit(&form, &[("text-details", "By the door.")]).await.status, 303);
}

#[tokio::test]
async fn words_that_may_say_who_somebody_is_are_held_also_when_they_come_later() {
    let house = House::embedded().await;
    let filed = waiting(&house).await;
    let mut reporter = house.reporter(&filed).await;
    let form = reporter.get(&format!("{}/public", filed.track())).await.form("/public");
    reporter.submit(&form, &[("text-details", "Ask me on 01632 960 001.")]).await;
    let mut officer = house.staff(COUNCIL, "officer").await;
    let desk = officer.get(&filed.desk()).await;
    officer.submit(&desk.form("/acknowledge"), &[]).await;
    assert_eq!(house.get(&page_of(&filed)).await.status, 404);
}

#[tokio::test]
async fn staff_change_it_with_a_reason_that_only_they_read_and_the_reporter_is_told() {
    let house = House::embedded().await;
    let filed = waiting(&house).await;
    let mut officer = house.staff(COUNCIL, "officer").await;
    let form = officer.get(&filed.desk()).await.form("/acknowledge");
    officer.submit(&form, &[]).await;
    assert!(house.get(&page_of(&filed)).await.says("Mrs Example"));
    let at = format!("{}/wording", filed.desk());
    let form = officer.get(&at).await.form("/wording");
    let page = officer.submit(&form, &[("text-details", "By a gate."), ("why", " ")]).await;
    assert!(page.status == 422 && page.says("Say why") && page.says("By a gate."), "{}", page.text);
    let page = officer.submit(&form, &[("text-details", "By a gate."), ("why", "It named a neighbour.")]).await;
    assert_eq!(page.location, format!("{}?done=saved", filed.desk()), "{}", page.text);
    let mut leader = house.staff(COUNCIL, "team_leader").await;
    let page = leader.submit(&form, &[("text-details", "By the wall."), ("why", "Shorter.")]).await;
    assert!(page.status == 422 && page.says("Somebody changed this just before you"), "{}", page.text);
    for path in [page_of(&filed), "/reports".into(), "/reports/data.json".into(), "/reports/feed".into()] {
        let page = house.get(&path).await;
        assert!(!page.text.contains("Mrs Example") && !page.text.contains("neighbour"), "{path}: {}", page.text);
    }
    assert!(house.get(&page_of(&filed)).await.says("By a gate."));
    let own = house.reporter(&filed).await.get(&filed.track()).await;
    assert!(own.says("changed what others read of your report") && !own.says("It named a neighbour."), "{}", own.text);
    assert!(officer.get(&filed.desk()).await.says("It named a neighbour."));
}

#[tokio::test]
async fn who_asks_for_removal_is_hidden_at_once_and_staff_decide() {
    let house = House::embedded().await;
    let (filed, mut officer) = public(&house, "everything").await;
    assert_eq!(house.get(&page_of(&filed)).await.status, 200);
    let mut reporter = house.reporter(&filed).await;
    let form = reporter.get(&format!("{}/removal", filed.track())).await.form("/removal");
    let empty = reporter.submit(&form, &[("words", " ")]).await;
    assert_eq!(empty.status, 422, "{}", empty.text);
    reporter.submit(&form, &[("words", "My name stands in it.")]).await;
    for path in [page_of(&filed), format!("{}/feed", page_of(&filed))] {
        assert_eq!(house.get(&path).await.status, 404, "{path}");
    }
    for path in ["/reports", "/reports/data.csv", "/reports/feed", "/reports/pins?box=51,-3.5,52,-2"] {
        assert!(!house.get(path).await.text.contains(filed.reference()), "{path}");
    }
    assert!(officer.get("/staff").await.says("Asks us to take personal data out"));
    let again = reporter.submit(&form, &[("words", "My name stands in it.")]).await;
    assert_eq!(again.status, 422, "{}", again.text);
    let form = officer.get(&filed.desk()).await.form("/publication");
    officer.submit(&form, &[("words", "The name is out of it.")]).await;
    assert_eq!(house.get(&page_of(&filed)).await.status, 200);
}

#[tokio::test]
async fn a_closed_report_is_opened_again_by_its_reporter_within_the_days_of_its_agency() {
    let house = House::embedded().await;
    let (filed, mut officer) = public(&house, "everything").await;
    let at = format!("{}/reopen", filed.track());
    let mut reporter = house.reporter(&filed).await;
    assert_eq!(reporter.get(&at).await.status, 404, "it is open");
    let form = officer.get(&filed.desk()).await.form("/close");
    officer.submit(&form, &[("outcome", "fixed"), ("words", "It is gone.")]).await;
    assert!(reporter.get(&filed.track()).await.text.contains(&at));
    let form = reporter.get(&at).await.form("/reopen");
    assert_eq!(reporter.submit(&form, &[("words", " ")]).await.status, 422);
    let page = reporter.submit(&form, &[("words", "It is still there.")]).await;
    assert_eq!(page.location, format!("{}?done=reopened", filed.track()), "{}", page.text);
    let page = house.get(&page_of(&filed)).await;
    assert!(page.says("The person who told us opened it again") && !page.says("It is still there."), "{}", page.text);
    let desk = officer.get(&filed.desk()).await;
    assert!(desk.says("It is still there."), "{}", desk.text);
    officer.submit(&desk.form("/close"), &[("outcome", "fixed"), ("words", "Now it is gone.")]).await;
    let open = reporter.get(&filed.track()).await.form("/words");
    house.clock.forward_seconds(91 * 24 * 60 * 60);
    let mut reporter = house.visitor();
    reporter.post("/track", &[("reference", filed.reference()), ("code", &filed.receipt.code)]).await;
    assert_eq!(reporter.get(&at).await.status, 404);
    let page = reporter.get(&filed.track()).await;
    assert!(page.says("cannot be opened again") && !page.text.contains("/words\""), "{}", page.text);
    assert_ne!(reporter.submit(&open, &[("words", "Again.")]).await.status, 303);
}

#[tokio::test]
async fn the_word_of_the_reporter_ends_it_as_fixed() {
    let house = House::embedded().await;
    let (filed, _) = public(&house, "everything").await;
    let mut reporter = house.reporter(&filed).await;
    let form = reporter.get(&filed.track()).await.form("/fixed");
    let page = reporter.submit(&form, &[]).await;
    assert_eq!(page.location, format!("{}?done=fixed", filed.track()), "{}", page.text);
    let page = house.get(&page_of(&filed)).await;
    assert!(page.says("Fixed, says the resident") && page.says("Fixed"), "{}", page.text);
    let page = reporter.get(&filed.track()).await;
    assert!(!page.text.contains("/fixed\"") && page.text.contains("/reopen"), "{}", page.text);
}
