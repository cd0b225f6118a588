//! Codes of the national return, and staff who put them right (C-15).

use crate::kept::{changed, kept};
use serde_json::json;
use testkit::{House, sample};

const COUNCIL: &str = "north-somerset-council";

async fn filed(house: &House) -> testkit::Filed {
    let mut answers = sample("fly-tipping", "shortest")["answers"].clone();
    answers["waste"] = json!(["tyres"]);
    answers["size"] = json!("small_van");
    house.file_answers("fly-tipping", &answers).await
}

#[tokio::test]
async fn the_codes_of_the_answers_stand_with_the_report_and_in_the_table() {
    let house = House::embedded().await;
    let filed = filed(&house).await;
    let mut officer = house.staff(COUNCIL, "officer").await;
    let page = officer.get(&filed.desk()).await;
    // One kind was ticked: it is most of it, though nobody was asked.
    for code in ["L01", "W06", "S03"] {
        assert!(page.says(code), "{code}: {}", page.text);
    }
    let table = officer.get("/staff/export/reports.csv?service=fly-tipping").await;
    assert!(table.text.contains("land.code") && table.text.contains("size.code"), "{}", table.text);
    assert!(table.text.contains("L01") && table.text.contains("W06") && table.text.contains("S03"), "{}", table.text);
}

#[tokio::test]
async fn what_staff_put_right_counts_and_what_the_resident_said_stays() {
    let house = House::embedded().await;
    let filed = filed(&house).await;
    let mut officer = house.staff(COUNCIL, "officer").await;
    let form = officer.get(&format!("{}/codes", filed.desk())).await.form("/codes");
    let before = kept(&house).await;
    let fields = [("land", "back_alley"), ("main_waste", "white_goods"), ("size", "single_item")];
    let done = officer.submit(&form, &fields).await;
    assert_eq!(done.status, 303, "{}", done.text);
    let changes = changed(&before, &kept(&house).await);
    assert_eq!(changes.iter().filter(|change| change.starts_with("journal ")).count(), 1, "{changes:?}");
    assert!(changes.contains(&"journal codes.corrected +1".to_owned()), "{changes:?}");
    let page = officer.follow(done).await;
    assert!(page.says("L03, put right by staff") && page.says("W04, put right by staff"), "{}", page.text);
    assert!(page.says("no code yet, put right by staff"), "{}", page.text);
    // In words too, those of the question that was ticked among.
    assert!(page.says("Codes put right:") && page.says("(W04)") && page.says("Tyres"), "{}", page.text);
    assert!(page.says("Fridge") || page.says("fridge"), "{}", page.text);
    let table = officer.get("/staff/export/reports.csv?service=fly-tipping").await;
    assert!(table.text.contains("L03") && !table.text.contains("L01"), "{}", table.text);
    // The person who reported it reads nothing of it.
    let own = house.reporter(&filed).await.get(&filed.track()).await;
    assert!(!own.says("Codes put right"), "{}", own.text);
}

#[tokio::test]
async fn what_is_not_in_a_list_is_refused_and_other_services_have_no_codes() {
    let house = House::embedded().await;
    let filed = filed(&house).await;
    let mut officer = house.staff(COUNCIL, "officer").await;
    let form = officer.get(&format!("{}/codes", filed.desk())).await.form("/codes");
    let before = kept(&house).await;
    let refused = officer.submit(&form, &[("land", "moon")]).await;
    assert!(refused.status == 422 && refused.says("Choose each from its list."), "{}", refused.text);
    assert_eq!(changed(&before, &kept(&house).await), Vec::<String>::new());
    let other = house.file("pothole", "shortest").await;
    assert_eq!(officer.get(&format!("{}/codes", other.desk())).await.status, 404);
    assert!(!officer.get(&other.desk()).await.says("Put the codes right"));
}
