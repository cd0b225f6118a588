//! Teams that a report goes to beside its own (C-3, C-14), by what was told and by the land it is on.

use testkit::House;

const COUNCIL: &str = "north-somerset-council";

#[tokio::test]
async fn a_witnessed_report_is_before_the_team_and_before_enforcement_once_each() {
    let house = House::embedded().await;
    let report = house.file("fly-tipping", "everything").await;
    let plain = house.file("fly-tipping", "shortest").await;
    let mut officer = house.staff(COUNCIL, "officer").await;
    for (team, has_report, has_plain) in
        [("cleansing", true, true), ("enforcement", true, false), ("highways", false, false)]
    {
        let list = officer.get(&format!("/staff?team={team}")).await;
        assert_eq!(list.text.matches(&format!("{}\"", report.desk())).count(), usize::from(has_report), "{team}");
        assert_eq!(list.text.contains(&plain.desk()), has_plain, "{team}");
    }
    let page = officer.get(&report.desk()).await;
    assert!(page.says("Also with") && page.says("Environmental enforcement"), "{}", page.text);
    assert!(!officer.get(&plain.desk()).await.says("Also with"));
    // As a report of another kind it is no more before those whom the first kind called in.
    let form = officer.get(&format!("{}/service", report.desk())).await.form("/service");
    let done = officer.submit(&form, &[("service", "litter"), ("why", "A few bags beside the bin.")]).await;
    assert_eq!(done.status, 303, "{}", done.text);
    assert!(!officer.get("/staff?team=enforcement").await.text.contains(&report.desk()));
}

#[tokio::test]
async fn that_a_team_was_called_in_by_what_is_restricted_is_told_to_those_who_may_read_it() {
    let house = House::embedded().await;
    let mut answers = testkit::sample("fly-tipping", "shortest")["answers"].clone();
    answers["papers"] = true.into();
    let report = house.file_answers("fly-tipping", &answers).await;
    let mut officer = house.staff(COUNCIL, "officer").await;
    let mut enforcement = house.staff(COUNCIL, "enforcement").await;
    assert!(enforcement.get("/staff?team=enforcement").await.text.contains(&report.desk()));
    // A list by team does not tell either.
    assert!(!officer.get("/staff?team=enforcement").await.text.contains(&report.desk()));
    assert!(officer.get("/staff?team=cleansing").await.text.contains(&report.desk()));
    assert!(enforcement.get(&report.desk()).await.says("Also with"));
    let page = officer.get(&report.desk()).await;
    assert!(page.status == 200 && !page.says("Also with"), "{}", page.text);
}
