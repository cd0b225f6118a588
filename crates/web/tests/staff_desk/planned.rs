//! The day that work is planned for (C-40): said by staff, read by everybody who follows the report.

use testkit::{House, Page};

const COUNCIL: &str = "north-somerset-council";

fn on<'f>(words: &'f str, (day, month, year): (&'f str, &'f str, &'f str)) -> [(&'f str, &'f str); 5] {
    [("stage", "planned"), ("words", words), ("planned-day", day), ("planned-month", month), ("planned-year", year)]
}

#[tokio::test]
async fn everybody_who_follows_a_report_reads_the_day_its_work_is_planned_for() {
    let house = House::embedded().await;
    let filed = house.file("fly-tipping", "everything").await;
    let mut officer = house.staff(COUNCIL, "officer").await;
    let read = officer.get(&filed.desk()).await.form("/acknowledge");
    officer.submit(&read, &[]).await;
    let form = officer.get(&filed.desk()).await.form("/stage");
    let page = officer.submit(&form, &on("A crew comes.", ("3", "9", "2031"))).await;
    assert_eq!(page.status, 303, "{}", page.text);
    let said = "The work is planned for Wednesday 3 September 2031";
    let desk = officer.get(&filed.desk()).await;
    assert!(desk.says(said), "{}", desk.text);
    let own = house.reporter(&filed).await.get(&filed.track()).await;
    assert!(own.text.matches(said).count() >= 2, "as it stands, and in what happened: {}", own.text);
    let public = house.get(&format!("/reports/{}", filed.reference())).await;
    assert!(public.says(said), "{}", public.text);
    let list = house.get(&format!("/open311/v2/requests.json?jurisdiction_id={COUNCIL}")).await;
    assert!(list.text.contains("\"expected_datetime\":\"2031-09-03T23:59:59+01:00\""), "{}", list.text);
    assert!(list.text.contains(&format!("\"status_notes\":\"{said}\"")), "{}", list.text);

    // More words leave the day, another day is said anew, and another state has none.
    let form = officer.get(&filed.desk()).await.form("/stage");
    officer.submit(&form, &[("stage", "planned"), ("words", "Still on.")]).await;
    assert!(house.get(&format!("/reports/{}", filed.reference())).await.says(said));
    let form = officer.get(&filed.desk()).await.form("/stage");
    officer.submit(&form, &on("The crane is late.", ("5", "9", "2031"))).await;
    let public = house.get(&format!("/reports/{}", filed.reference())).await;
    assert!(public.says("The work is planned for Friday 5 September 2031") && public.says(said), "{}", public.text);
    let form = officer.get(&filed.desk()).await.form("/stage");
    officer.submit(&form, &[("stage", "in_progress"), ("words", "We are there.")]).await;
    let list = house.get(&format!("/open311/v2/requests.json?jurisdiction_id={COUNCIL}")).await;
    assert!(!list.text.contains("2031"), "{}", list.text);
}

fn refused(page: &Page, why: &str) {
    assert!(page.status == 422 && page.says(why) && page.says("A crew comes."), "{}", page.text);
}

#[tokio::test]
async fn a_day_that_is_over_or_is_none_is_refused_and_the_words_stay() {
    let house = House::embedded().await;
    let filed = house.file("fly-tipping", "everything").await;
    let mut officer = house.staff(COUNCIL, "officer").await;
    let form = officer.get(&filed.desk()).await.form("/stage");
    refused(&officer.submit(&form, &on("A crew comes.", ("3", "9", "2001"))).await, "still to come");
    refused(&officer.submit(&form, &on("A crew comes.", ("31", "9", "2031"))).await, "a day, a month and a year");
    refused(&officer.submit(&form, &on("A crew comes.", ("", "9", "2031"))).await, "a day, a month and a year");
    let other = [&[("stage", "in_progress")], &on("A crew comes.", ("3", "9", "2031"))[1..]].concat();
    refused(&officer.submit(&form, &other).await, "Only work that is planned has a day");
    // The same form on a tablet in the street.
    let form = officer.get(&format!("{}/inspection", filed.desk())).await.form("/inspection");
    refused(&officer.submit(&form, &on("A crew comes.", ("3", "9", "2001"))).await, "still to come");
    let page = officer.submit(&form, &on("A crew comes.", ("3", "9", "2031"))).await;
    assert_eq!(page.status, 303, "{}", page.text);
    assert!(officer.get(&filed.desk()).await.says("The work is planned for Wednesday 3 September 2031"));
}
