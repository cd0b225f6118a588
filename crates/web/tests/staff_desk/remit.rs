//! Who is limited to some services or wards (C-75): what lies outside is not found, on no page and in no list.

use testkit::House;

const COUNCIL: &str = "north-somerset-council";

#[tokio::test]
async fn what_lies_outside_of_the_limits_of_a_role_is_found_nowhere() {
    let house = House::embedded().await;
    let theirs = house.file("damage-claim", "everything").await;
    let other = house.file("fly-tipping", "everything").await;
    let mut officer = house.staff(COUNCIL, "officer").await;
    let mut claims = house.staff(COUNCIL, "claims_officer").await;
    assert_eq!(claims.get(&theirs.desk()).await.status, 200);
    let open = officer.get(&other.desk()).await;
    for path in ["", "/codes", "/place", "/service", "/history", "/crime", "/wording", "/inspection"] {
        let there = claims.get(&format!("{}{path}", other.desk())).await;
        assert_eq!(there.status, 404, "{path}: {}", there.text);
        assert!(!there.text.contains(other.reference()), "{path}");
    }
    for form in ["/acknowledge", "/note", "/assign"] {
        let form = open.form(form);
        assert_eq!(claims.submit(&form, &[("words", "Seen"), ("note", "Seen")]).await.status, 404);
    }
    let search = format!("/staff/search?q={}", other.reference());
    for list in ["/staff", "/staff?view=new", "/staff?sort=age", "/staff/measures", "/staff/map", search.as_str()] {
        let there = claims.get(list).await;
        // What was looked for is said back; a link to it is not given.
        assert!(!there.text.contains(&other.desk()), "{list}: {}", there.text);
    }
    assert!(officer.get("/staff").await.text.contains(&other.desk()));
    assert!(claims.get("/staff").await.text.contains(&theirs.desk()));
}

#[tokio::test]
async fn a_case_outside_of_the_limits_of_a_role_is_found_nowhere() {
    let house = House::embedded().await;
    let noise = house.file("noise", "everything").await;
    let mut enforcement = house.staff(COUNCIL, "enforcement").await;
    let mut claims = house.staff(COUNCIL, "claims_officer").await;
    let case = format!("/staff/cases/{}", noise.reference());
    assert_eq!(enforcement.get(&case).await.status, 200);
    assert!(enforcement.get("/staff/cases").await.text.contains(&case));
    for path in [case.clone(), format!("{case}/visit")] {
        let page = claims.get(&path).await;
        assert!(page.status == 404 && !page.text.contains(noise.reference()), "{path}: {}", page.text);
    }
    assert!(!claims.get("/staff/cases").await.text.contains(&case));
    let form = enforcement.get(&case).await.form("/follow");
    assert_eq!(claims.submit(&form, &[]).await.status, 404);
}
