//! C-72: the agency's work in numbers, and what a councillor may know of it.

use testkit::House;

const COUNCIL: &str = "north-somerset-council";

const AT: &str = "/staff/dashboard";

#[tokio::test]
async fn leaders_read_counts_times_and_where_things_come_from() {
    let house = House::embedded().await;
    for n in 0..7 {
        let filed = house.file(if n < 5 { "fly-tipping" } else { "pothole" }, "shortest").await;
        house.clock.forward_seconds(2 * 60 * 60);
        let mut officer = house.staff(COUNCIL, "officer").await;
        let form = officer.get(&filed.desk()).await.form("/acknowledge");
        officer.submit(&form, &[]).await;
        if n < 3 {
            house.clock.forward_seconds(3 * 24 * 60 * 60);
            officer = house.staff(COUNCIL, "officer").await;
            let form = officer.get(&filed.desk()).await.form("/close");
            officer.submit(&form, &[("outcome", "fixed"), ("words", "Done.")]).await;
        }
    }
    let mut leader = house.staff(COUNCIL, "team_leader").await;
    let page = leader.get(AT).await;
    assert!(page.says("<strong>7</strong> reports came in"), "{}", page.text);
    assert!(page.says("2 hours") && page.says("3 days"), "{}", page.text);
    for words in ["By month", "By kind", "By state", "By the way they came", "Web pages", "Open ones by age"] {
        assert!(page.says(words), "{words}");
    }
    assert!(page.text.contains("<polygon points=\"") && page.text.contains("viewBox=\"0 0 600 "), "{}", page.text);
    assert!(!page.says("Not told"), "who reads the reports knows them anyway");
    let before = leader.get(&format!("{AT}?from=2020-01-01&to=2020-12-31")).await;
    assert!(before.says("<strong>0</strong> reports") && before.says("There is no place to show"), "{}", before.text);
}

#[tokio::test]
async fn a_councillor_reads_numbers_no_small_ones_and_no_report() {
    let house = House::embedded().await;
    let mut references = Vec::new();
    for (service, count) in [("fly-tipping", 6), ("pothole", 5), ("noise", 2)] {
        for _ in 0..count {
            references.push(house.file(service, "shortest").await);
        }
    }
    let mut councillor = house.staff(COUNCIL, "councillor").await;
    assert_eq!(councillor.get("/staff").await.header("location"), AT);
    let page = councillor.get(AT).await;
    assert!(page.says("<strong>13</strong> reports came in") && page.says("Not told"), "{}", page.text);
    assert!(page.text.contains(">6</td>"), "{}", page.text);
    assert!(!page.text.contains(">2</td>") && !page.text.contains(">5</td>"), "the five would give the two away");
    assert!(!page.text.contains("href=\"/staff/map\""), "{}", page.text);
    for filed in &references {
        assert!(!page.text.contains(filed.reference()));
        assert_eq!(councillor.get(&filed.desk()).await.status, 404);
    }
    for shut in ["/staff/map", "/staff/measures", "/staff/export/reports.csv", "/staff/cases"] {
        assert_eq!(councillor.get(shut).await.status, 404, "{shut}");
    }
}
