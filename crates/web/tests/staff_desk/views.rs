//! The ready-made views of the list, and those that people keep (C-63).

use testkit::House;

const COUNCIL: &str = "north-somerset-council";

#[tokio::test]
async fn each_view_shows_what_it_says() {
    let house = House::embedded().await;
    let new = house.file("fly-tipping", "everything").await;
    let read = house.file("fly-tipping", "everything").await;
    let mut leader = house.staff(COUNCIL, "team_leader").await;
    let form = leader.get(&read.desk()).await.form("/acknowledge");
    leader.submit(&form, &[]).await;
    for (view, shows_new, shows_read) in [
        ("new", true, false),
        ("triage", true, false),
        ("mine", false, false),
        ("unsent", false, false),
        ("", true, true),
    ] {
        let page = leader.get(&format!("/staff?view={view}")).await;
        assert_eq!(page.text.contains(&new.desk()), shows_new, "{view}");
        assert_eq!(page.text.contains(&read.desk()), shows_read, "{view}");
    }
    // The leader is of the first team alone; the reports are with another.
    assert!(!leader.get("/staff?view=team").await.text.contains(&new.desk()));
    let form = leader.get(&new.desk()).await.form("/assign");
    leader.submit(&form, &[("to", "team:customer_service")]).await;
    assert!(leader.get("/staff?view=team").await.text.contains(&new.desk()));
    // Mails that could not be sent.
    let dead = |tx: &mut store::Tx| {
        let courier = rights::Actor::House("test");
        for one in store::delivery::latest(&courier, tx)? {
            let later = one.created_at.plus_hours(48);
            let Some(one) = store::delivery::claim(&courier, tx, one.id, later, later.plus_hours(1))? else { break };
            let claim = one.claim.unwrap();
            store::delivery::settle(&courier, tx, one.id, claim, store::delivery::State::Dead, later, Some("no"))?;
        }
        Ok::<(), store::Error>(())
    };
    house.db.write(dead).await.unwrap();
    let unsent = leader.get("/staff?view=unsent").await;
    assert!(unsent.text.contains(&new.desk()) && unsent.says("2 reports"), "{}", unsent.text);
}

#[tokio::test]
async fn a_view_is_kept_for_oneself_or_for_a_team_and_taken_away() {
    let house = House::embedded().await;
    let mut leader = house.staff(COUNCIL, "team_leader").await;
    let mut officer = house.staff(COUNCIL, "officer").await;
    let fields =
        [("view", "overdue"), ("service", "fly-tipping"), ("photo", "yes"), ("name", "Late rubbish"), ("for", "")];
    let kept = leader.post("/staff/views", &fields).await;
    assert_eq!((kept.status, kept.header("location")), (303, "/staff?view=overdue&service=fly-tipping&photo=yes"));
    assert!(leader.get("/staff").await.text.contains("photo=yes\""), "with all that was chosen");
    let list = leader.follow(kept).await;
    assert!(list.says("Late rubbish") && !officer.get("/staff").await.says("Late rubbish"), "{}", list.text);
    let ours = [("view", "new"), ("name", "To read"), ("for", "customer_service")];
    assert_eq!(leader.post("/staff/views", &ours).await.status, 303);
    assert!(officer.get("/staff").await.says("To read (Customer service)"));
    let other = [("view", "new"), ("name", "Not mine"), ("for", "highways")];
    assert_eq!(leader.post("/staff/views", &other).await.status, 404);
    let empty = leader.post("/staff/views", &[("name", " ")]).await;
    assert_eq!(empty.status, 422, "{}", empty.text);
    let long = leader.post("/staff/views", &[("name", "x".repeat(41).as_str())]).await;
    assert!(long.status == 422 && long.says("40 characters"), "{}", long.text);
    let own = list.form("/remove");
    assert_eq!(officer.submit(&own, &[]).await.status, 404);
    assert_eq!(leader.submit(&own, &[]).await.status, 303);
    assert!(!leader.get("/staff").await.says("Late rubbish"));
}

#[tokio::test]
async fn what_waits_for_a_decision_has_a_view_of_its_own() {
    let house = House::embedded().await;
    let (new, staged) = (house.file("fly-tipping", "everything").await, house.file("fly-tipping", "shortest").await);
    let mut answers = testkit::sample("fly-tipping", "shortest")["answers"].clone();
    answers["details"] = "Ask me on 01632 960 001.".into();
    let doubtful = house.file_answers("fly-tipping", &answers).await;
    let mut leader = house.staff(COUNCIL, "team_leader").await;
    let form = leader.get(&staged.desk()).await.form("/stage");
    leader.submit(&form, &[("stage", "planned"), ("words", "Soon.")]).await;
    let list = leader.get("/staff?view=decide").await;
    assert!(list.text.contains(&doubtful.desk()) && list.text.contains(&staged.desk()), "{}", list.text);
    assert!(!list.text.contains(&new.desk()), "it is to be read, and that shows it");
    for filed in [&doubtful, &staged] {
        let form = leader.get(&filed.desk()).await.form("/publication");
        leader.submit(&form, &[("words", "I have read it.")]).await;
    }
    let mut visitor = house.visitor();
    let at = format!("/reports/{}/object", staged.reference());
    visitor.post(&at, &[("why", "private")]).await;
    let list = leader.get("/staff?view=decide").await;
    assert!(!list.text.contains(&doubtful.desk()) && list.text.contains(&staged.desk()), "{}", list.text);
    let form = leader.get(&staged.desk()).await.form("/objections/");
    leader.submit(&form, &[("hide", "no")]).await;
    assert!(!leader.get("/staff?view=decide").await.text.contains(&staged.desk()));
}
