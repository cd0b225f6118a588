//! A resident's account tells what its owner hears of, and gives them a copy of all that is held of them.

use crate::{ROBIN, public, subscribe};
use serde_json::Value as Json;
use testkit::House;

#[tokio::test]
async fn an_account_lists_what_its_owner_hears_of_and_stops_it() {
    let house = House::embedded().await;
    let page = house.owner(ROBIN).await.get("/account").await;
    assert!(page.says("Nothing yet, beside your own reports."), "{}", page.text);
    let yours = subscribe(&house, ROBIN, &[("cadence", "weekly")]).await;
    let mut robin = house.owner(ROBIN).await;
    let page = robin.get("/account").await;
    assert!(
        page.says("All reports within 500 metres of BS23, Weston-super-Mare") && page.says("Once a week"),
        "{}",
        page.text
    );
    let form = page.form("/stop");
    // Of nobody else.
    let mut alex = house.owner("alex@example.org").await;
    assert!(!alex.get("/account").await.says("within 500 metres"));
    assert_eq!(alex.post(&form.action, &[]).await.status, 404);
    assert!(robin.get("/account").await.says("within 500 metres"));
    let done = robin.submit(&form, &[]).await;
    assert_eq!(done.location, "/account?stopped=1");
    let page = robin.follow(done).await;
    assert!(page.says("You get no more e-mails about that.") && !page.says("within 500 metres"), "{}", page.text);
    assert!(!house.visitor().get(&yours).await.says("within 500 metres"), "it is gone from the page of the mail too");
    assert_eq!(robin.submit(&form, &[]).await.status, 404);
}

#[tokio::test]
async fn a_copy_holds_what_the_person_told_and_nothing_of_others_or_of_a_crime() {
    let house = House::embedded().await;
    let filed = public(&house, "everything").await;
    let theft = house.file("crime.theft", "everything").await;
    let other = house.file("fly-tipping", "shortest").await;
    let mark = house.setting.keys.reporter(ROBIN);
    let id = theft.id;
    house.db.write(move |tx| store::contact::mark(tx, id, &mark)).await.unwrap();
    subscribe(&house, ROBIN, &[]).await;
    let mut robin = house.owner(ROBIN).await;
    robin.post("/account", &[("name", "Robin Example"), ("phone", "")]).await;
    let page = robin.get("/account").await;
    assert!(page.says("1 report. It is open."), "{}", page.text);
    let got = robin.submit(&page.form("/account/copy"), &[]).await;
    assert_eq!(got.status, 200, "{}", got.text);
    let copy: Json = serde_json::from_str(&got.text).unwrap();
    assert_eq!((&copy["account"]["email"], &copy["account"]["name"]), (&ROBIN.into(), &"Robin Example".into()));
    let reports = copy["reports"].as_array().unwrap();
    assert_eq!(reports.len(), 1, "{copy}");
    assert_eq!(reports[0]["reference"], filed.reference());
    assert!(reports[0]["answers"].as_array().unwrap().len() > 5 && !reports[0]["happened"][0].is_null(), "{copy}");
    assert_eq!(copy["alerts"][0]["about"], "All reports within 500 metres of BS23, Weston-super-Mare");
    for nothing in [theft.reference(), other.reference()] {
        assert!(!got.text.contains(nothing), "{copy}");
    }
    // Staff notes are the agency's.
    assert_eq!(house.visitor().post("/account/copy", &[]).await.location, "/account/sign-in");
}
