//! What somebody found who went to see it (C-65).

use crate::kept::{changed, kept};
use testkit::House;

const COUNCIL: &str = "north-somerset-council";

#[tokio::test]
async fn an_inspection_says_what_was_found_and_tells_the_resident_in_one_go() {
    let house = House::embedded().await;
    let filed = house.file("fly-tipping", "everything").await;
    let mut officer = house.staff(COUNCIL, "officer").await;
    let put = officer.get(&filed.desk()).await.form("/shortlist");
    officer.submit(&put, &[]).await;
    let address = format!("{}/inspection", filed.desk());
    let page = officer.get(&address).await;
    assert!(page.says("Rubbish: up to a van load") && !page.says("Sunken or raised"), "{}", page.text);
    let form = page.form("/inspection");
    let before = kept(&house).await;
    let fields = [
        ("defect", "rubbish_van"),
        ("traffic", "signs"),
        ("note", "Two sofas by the gate."),
        ("priority", "low"),
        ("stage", "planned"),
        ("words", "We have been. A crew comes tomorrow."),
        ("off-list", "yes"),
    ];
    let done = officer.submit(&form, &fields).await;
    assert_eq!(done.status, 303, "{}", done.text);
    let changes = changed(&before, &kept(&house).await);
    for entry in ["inspection.made", "priority.set", "shortlist.removed", "stage.set"] {
        assert!(changes.contains(&format!("journal {entry} +1")), "{entry}: {changes:?}");
    }
    assert!(changes.contains(&"delivery +1".to_owned()), "{changes:?}");
    let page = officer.follow(done).await;
    assert!(page.says("Inspected: Rubbish: up to a van load, Signs and cones"), "{}", page.text);
    let own = house.reporter(&filed).await.get(&filed.track()).await;
    assert!(own.says("A crew comes tomorrow.") && !own.says("Two sofas") && !own.says("Inspected"), "{}", own.text);
}

#[tokio::test]
async fn what_is_left_empty_stays_and_what_is_wrong_saves_nothing() {
    let house = House::embedded().await;
    let filed = house.file("fly-tipping", "everything").await;
    let mut officer = house.staff(COUNCIL, "officer").await;
    let form = officer.get(&format!("{}/inspection", filed.desk())).await.form("/inspection");
    let before = kept(&house).await;
    for (field, value, words, why) in [
        ("defect", "surface", "", "Choose what you found"),
        ("traffic", "nothing", "", "Choose what you found"),
        ("priority", "nothing", "", "Choose a priority"),
        ("stage", "closed", "Gone.", "Choose a state"),
        ("stage", "planned", "", "Write some words first"),
    ] {
        let page = officer.submit(&form, &[(field, value), ("words", words), ("note", "Kept on the page.")]).await;
        assert!(
            page.status == 422 && page.says(why) && page.says("Kept on the page."),
            "{field} {value}: {}",
            page.text
        );
    }
    assert!(!changed(&before, &kept(&house).await).iter().any(|change| change.starts_with("journal inspection")));
    let before = kept(&house).await;
    assert_eq!(officer.submit(&form, &[("note", "Nothing there.")]).await.status, 303);
    let changes = changed(&before, &kept(&house).await);
    assert!(changes.contains(&"journal inspection.made +1".to_owned()), "{changes:?}");
    assert!(!changes.iter().any(|change| change.starts_with("delivery")), "{changes:?}");
}
