//! A report that is the same as another (C-66).

use crate::kept::{changed, kept};
use testkit::{Client, Filed, House, Page};

const COUNCIL: &str = "north-somerset-council";

async fn read(house: &House, desk: &mut Client) -> Filed {
    let filed = house.file("fly-tipping", "everything").await;
    let form = desk.get(&filed.desk()).await.form("/acknowledge");
    desk.submit(&form, &[]).await;
    filed
}

async fn same(desk: &mut Client, filed: &Filed, other: &str, words: &str) -> Page {
    let form = desk.get(&filed.desk()).await.form("/duplicate");
    desk.submit(&form, &[("same_as", other), ("words", words)]).await
}

fn public(filed: &Filed) -> String {
    format!("/reports/{}", filed.reference())
}

#[tokio::test]
async fn a_duplicate_ends_and_its_people_go_over_to_the_other_and_come_back_when_it_is_opened_again() {
    let house = House::embedded().await;
    let mut leader = house.staff(COUNCIL, "team_leader").await;
    let (first, second) = (read(&house, &mut leader).await, read(&house, &mut leader).await);
    let mut visitor = house.visitor();
    let form = visitor.get(&public(&second)).await.form("/me-too");
    visitor.submit(&form, &[]).await;
    let before = kept(&house).await;
    let done = same(&mut leader, &second, first.reference(), "We know of it.").await;
    assert_eq!(done.location, format!("{}?done=told", second.desk()), "{}", done.text);
    let changes = changed(&before, &kept(&house).await);
    for change in ["journal report.closed +1", "journal duplicate.joined +1", "duplicate +1", "delivery +1"] {
        assert!(changes.contains(&change.to_owned()), "{change}: {changes:?}");
    }
    let link = format!("href=\"{}\"", public(&first));
    let page = house.get(&public(&second)).await;
    assert!(page.says("This is the same as report") && page.text.contains(&link), "{}", page.text);
    let own = house.reporter(&second).await.get(&second.track()).await;
    assert!(own.says("We know of it.") && own.text.contains(&link), "{}", own.text);
    // Its reporter, and the one who pressed.
    assert!(house.get(&public(&first)).await.says("2 other people"), "{}", house.get(&public(&first)).await.text);
    let desk = leader.get(&first.desk()).await;
    assert!(desk.says("The same as this one:") && desk.text.contains(&second.desk()), "{}", desk.text);
    assert!(!house.get(&public(&first)).await.text.contains(second.reference()));
    // What becomes of the first is told to who reported the second, and the words of its thread are not.
    let before = kept(&house).await;
    let form = leader.get(&first.desk()).await.form("/stage");
    leader.submit(&form, &[("stage", "planned"), ("words", "For you alone.")]).await;
    let changes = changed(&before, &kept(&house).await);
    assert!(changes.contains(&"journal duplicate.news +1".to_owned()), "{changes:?}");
    assert!(changes.contains(&"delivery +2".to_owned()), "{changes:?}");
    let own = house.reporter(&second).await.get(&second.track()).await;
    assert!(own.says("The report that is the same:") && !own.says("For you alone."), "{}", own.text);
    // Back: a report of its own again.
    let form = leader.get(&second.desk()).await.form("/reopen");
    leader.submit(&form, &[("words", "It is another one.")]).await;
    assert!(!house.get(&public(&second)).await.text.contains(&link));
    assert!(!house.get(&public(&first)).await.says("2 other people"));
    assert!(!leader.get(&first.desk()).await.says("The same as this one:"));
}

#[tokio::test]
async fn what_it_is_the_same_as_is_an_open_report_close_by_and_no_ring_comes_of_it() {
    let house = House::embedded().await;
    let mut leader = house.staff(COUNCIL, "team_leader").await;
    let (first, second) = (read(&house, &mut leader).await, read(&house, &mut leader).await);
    let mut answers = testkit::sample("fly-tipping", "everything")["answers"].clone();
    (answers["where"]["lat"], answers["where"]["lon"]) = (51.438.into(), (-2.854).into());
    let far = house.file_answers("fly-tipping", &answers).await;
    let closed = read(&house, &mut leader).await;
    let form = leader.get(&closed.desk()).await.form("/close");
    leader.submit(&form, &[("outcome", "fixed"), ("words", "Gone.")]).await;
    let theft = house.file("crime.theft", "shortest").await;
    let others = [second.reference(), far.reference(), closed.reference(), theft.reference(), "123456782", "x", ""];
    for other in others {
        let page = same(&mut leader, &second, other, "We know of it.").await;
        assert!(page.status == 422 && page.says("another open report of your agency"), "{other}: {}", page.text);
        assert!(page.says("We know of it."), "{other}: {}", page.text);
    }
    let page = same(&mut leader, &second, first.reference(), " ").await;
    assert!(page.status == 422 && page.says("Write some words first"), "{}", page.text);
    assert_eq!(same(&mut leader, &second, first.reference(), "We know of it.").await.status, 303);
    // The first is what another is the same as: it can be the same as none, and nothing is the same as the second.
    let third = read(&house, &mut leader).await;
    let page = same(&mut leader, &third, second.reference(), "We know of it.").await;
    assert_eq!(page.status, 422, "{}", page.text);
    let page = same(&mut leader, &first, third.reference(), "We know of it.").await;
    assert!(page.status == 422 && page.says("Other reports are the same as this one"), "{}", page.text);
}
