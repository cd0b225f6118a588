//! One act on many reports (C-69): what will happen is said first, each keeps its own history, and the same form is one act.

use crate::kept::{changed, kept};
use testkit::{Client, Filed, House, Page, PageForm};

const COUNCIL: &str = "north-somerset-council";
const LEADER: &str = "team_leader";

async fn three(house: &House) -> Vec<Filed> {
    let mut all = Vec::new();
    for _ in 0..3 {
        all.push(house.file("fly-tipping", "everything").await);
    }
    all
}

fn ticks(all: &[Filed]) -> Vec<(&str, &str)> {
    all.iter().map(|filed| ("report", filed.reference())).collect()
}

async fn foresee(client: &mut Client, all: &[Filed], fields: &[(&str, &str)]) -> Page {
    let mut whole = ticks(all);
    whole.push(("step", "foresee"));
    whole.extend(fields.iter().copied());
    client.post("/staff/bulk", &whole).await
}

/// The form that does it, all of its hidden fields with it.
fn form(page: &Page) -> PageForm {
    page.form("/staff/bulk/")
}

fn entries(changes: &[String], kind: &str) -> Vec<String> {
    changes.iter().filter(|change| change.starts_with(&format!("journal {kind}"))).cloned().collect()
}

#[tokio::test]
async fn many_are_given_to_a_team_with_an_entry_each_and_put_back_as_they_were() {
    let house = House::embedded().await;
    let all = three(&house).await;
    let mut leader = house.staff(COUNCIL, LEADER).await;
    let list = leader.get("/staff").await;
    assert!(list.says("Do something to all that are ticked"), "{}", list.text);
    let asks = leader.post("/staff/bulk", &[&ticks(&all)[..], &[("act", "assign")]].concat()).await;
    assert!(asks.status == 200 && asks.says("3 reports are ticked") && asks.says("Nothing is changed yet"));
    let page = foresee(&mut leader, &all, &[("act", "assign"), ("to", "team:highways")]).await;
    assert!(page.says("3 reports are changed"), "{}", page.text);
    let before = kept(&house).await;
    let done = leader.submit(&form(&page), &[]).await;
    assert_eq!(done.status, 303, "{}", done.text);
    assert_eq!(entries(&changed(&before, &kept(&house).await), "report."), ["journal report.assigned +3"]);
    // The same form once more does nothing.
    let again = kept(&house).await;
    assert_eq!(leader.submit(&form(&page), &[]).await.status, 303);
    assert!(entries(&changed(&again, &kept(&house).await), "report.").is_empty());
    let result = leader.follow(done).await;
    assert!(result.says("3 of 3 reports done"), "{}", result.text);
    assert!(leader.get(&all[0].desk()).await.says("Given to the team Highways"));
    // One is changed meanwhile: it stays, the others go back.
    let own = leader.get(&all[2].desk()).await.form("/assign");
    assert_eq!(leader.submit(&own, &[("to", "team:parks")]).await.status, 303);
    assert_eq!(leader.submit(&result.form("/undo"), &[]).await.status, 303);
    assert!(leader.get(&all[0].desk()).await.says("Team: Street cleansing"));
    assert!(leader.get(&all[2].desk()).await.says("Team: Parks and trees"));
}

#[tokio::test]
async fn what_does_not_fit_is_left_out_and_the_page_says_why() {
    let house = House::embedded().await;
    let all = three(&house).await;
    let mut leader = house.staff(COUNCIL, LEADER).await;
    let close = leader.get(&all[0].desk()).await.form("/close");
    assert_eq!(leader.submit(&close, &[("outcome", "fixed"), ("words", "Gone.")]).await.status, 303);
    let theft = house.file("crime.theft", "shortest").await;
    let mut with_stranger = ticks(&all);
    with_stranger.push(("report", theft.reference()));
    with_stranger.extend([("step", "foresee"), ("act", "priority"), ("priority", "urgent")]);
    let page = leader.post("/staff/bulk", &with_stranger).await;
    assert!(page.says("2 reports are changed") && page.says("It has ended"), "{}", page.text);
    assert!(page.says("It is not with your agency"), "{}", page.text);
    // Somebody changes one before the form is sent.
    let own = leader.get(&all[1].desk()).await.form("/priority");
    assert_eq!(leader.submit(&own, &[("priority", "low")]).await.status, 303);
    let done = leader.submit(&form(&page), &[]).await;
    let result = leader.follow(done).await;
    assert!(result.says("1 of 2 reports done") && result.says("Somebody changed it meanwhile"), "{}", result.text);
    assert!(leader.get(&all[2].desk()).await.says("Priority: Urgent: this week"));
    assert!(leader.get(&all[1].desk()).await.says("Priority: Can wait"));
}

#[tokio::test]
async fn a_state_is_told_to_each_resident_and_a_note_to_none() {
    let house = House::embedded().await;
    let all = three(&house).await;
    let mut leader = house.staff(COUNCIL, LEADER).await;
    let fields = [("act", "stage"), ("stage", "planned"), ("words", "A crew comes on Monday.")];
    let page = foresee(&mut leader, &all, &fields).await;
    let before = kept(&house).await;
    leader.submit(&form(&page), &[]).await;
    let changes = changed(&before, &kept(&house).await);
    assert!(changes.contains(&"delivery +3".to_owned()) && changes.contains(&"journal stage.set +3".to_owned()));
    let own = house.reporter(&all[1]).await.get(&all[1].track()).await;
    assert!(own.says("A crew comes on Monday."), "{}", own.text);
    let page = foresee(&mut leader, &all, &[("act", "note"), ("words", "Bring the big van.")]).await;
    let before = kept(&house).await;
    leader.submit(&form(&page), &[]).await;
    let changes = changed(&before, &kept(&house).await);
    assert!(
        changes.contains(&"journal note.added +3".to_owned()) && !changes.iter().any(|c| c.starts_with("delivery"))
    );
    // Words stand in each report's history, and nowhere beside it.
    assert!(!changes.iter().any(|change| change.contains("Bring the big van.")));
}

#[tokio::test]
async fn words_for_many_are_for_everybody_where_that_was_ticked_and_none_that_say_who() {
    let house = House::embedded().await;
    let all = three(&house).await;
    let mut leader = house.staff(COUNCIL, LEADER).await;
    for filed in &all {
        let read = leader.get(&filed.desk()).await.form("/acknowledge");
        leader.submit(&read, &[]).await;
    }
    let said = [("act", "stage"), ("stage", "planned"), ("everybody", "yes")];
    let wrong = foresee(&mut leader, &all, &[&said[..], &[("words", "Call 01632 960001.")]].concat()).await;
    assert!(wrong.status == 422 && wrong.says("must not hold a telephone number"), "{}", wrong.text);
    let page = foresee(&mut leader, &all, &[&said[..], &[("words", "Crews clear the whole lane.")]].concat()).await;
    leader.submit(&form(&page), &[]).await;
    for filed in &all {
        let public = house.get(&format!("/reports/{}", filed.reference())).await;
        assert!(public.says("Crews clear the whole lane."), "{}", public.text);
    }
    let page = foresee(&mut leader, &all, &[("act", "stage"), ("stage", "in_progress"), ("words", "For you.")]).await;
    leader.submit(&form(&page), &[]).await;
    assert!(!house.get(&format!("/reports/{}", all[0].reference())).await.says("For you."));
}

#[tokio::test]
async fn nobody_does_to_many_what_they_may_not_do_to_one() {
    let house = House::embedded().await;
    let all = three(&house).await;
    let mut desk = house.staff(COUNCIL, "customer_service").await;
    let page = foresee(&mut desk, &all, &[("act", "stage"), ("stage", "planned"), ("words", "Soon.")]).await;
    assert_eq!(page.status, 404);
    assert_eq!(foresee(&mut desk, &all, &[("act", "close")]).await.status, 404);
    let token = "/staff/bulk/00000000-0000-7000-8000-000000000001";
    let sent = desk.post(token, &[("act", "stage"), ("stage", "planned"), ("report", "x:1")]).await;
    assert_eq!(sent.status, 404);
    assert!(!desk.get("/staff").await.says("Change the state"));
    let mut leader = house.staff(COUNCIL, LEADER).await;
    let none = leader.post("/staff/bulk", &[("act", "assign")]).await;
    assert!(none.status == 422 && none.says("Tick at least one"), "{}", none.text);
    let wrong = foresee(&mut leader, &all, &[("act", "assign"), ("to", "team:nothing")]).await;
    assert!(wrong.status == 422 && wrong.says("Choose a person or team"), "{}", wrong.text);
    // Another's act on many is not there.
    let page = foresee(&mut leader, &all, &[("act", "note"), ("words", "Mine.")]).await;
    let done = leader.submit(&form(&page), &[]).await;
    let address = done.header("location").to_owned();
    assert_eq!(desk.get(&address).await.status, 404);
    assert_eq!(desk.post(&format!("{address}/undo"), &[]).await.status, 404);
}

#[tokio::test]
async fn a_list_of_what_to_go_and_see_is_ones_own_and_in_ones_order() {
    let house = House::embedded().await;
    let all = three(&house).await;
    let mut officer = house.staff(COUNCIL, "officer").await;
    let page = foresee(&mut officer, &all, &[("act", "shortlist")]).await;
    let done = officer.submit(&form(&page), &[]).await;
    assert!(officer.follow(done).await.says("3 of 3 reports done"));
    let list = officer.get("/staff/shortlist").await;
    let at = |page: &Page, filed: &Filed| page.text.find(&filed.desk()).unwrap();
    assert!(at(&list, &all[0]) < at(&list, &all[1]) && at(&list, &all[1]) < at(&list, &all[2]));
    let up = officer.post("/staff/shortlist", &[("report", all[2].reference()), ("do", "up")]).await;
    let list = officer.follow(up).await;
    assert!(at(&list, &all[2]) < at(&list, &all[1]), "{}", list.text);
    // A colleague who goes takes it over; one that is taken off is on no list.
    let mut leader = house.staff(COUNCIL, LEADER).await;
    let put = leader.get(&all[0].desk()).await.form("/shortlist");
    assert_eq!(leader.submit(&put, &[]).await.status, 303);
    assert!(!officer.get("/staff/shortlist").await.text.contains(&all[0].desk()));
    let page = leader.get("/staff/shortlist").await;
    assert!(page.text.contains(&all[0].desk()) && !page.text.contains(&all[1].desk()), "{}", page.text);
    let off = leader.get(&all[0].desk()).await.form("/shortlist");
    assert_eq!(leader.submit(&off, &[]).await.status, 303);
    assert!(leader.get("/staff/shortlist").await.says("Nothing here"));
}
