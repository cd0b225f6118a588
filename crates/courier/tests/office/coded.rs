//! What staff put right of a national return, and the number of a thing that was picked, go to the back office (C-4, C-15).

use crate::{
    office::field,
    world::{COUNCIL, World},
};
use serde_json::json;
use testkit::sample;

const BOTH: &str = "[office]\nextended = true\nsource = \"a test\"\n\
                    [[office.code]]\nservice = \"fly-tipping\"\ncode = \"TIP\"\n\
                    [[office.code]]\nservice = \"street-light\"\ncode = \"LIGHT\"\n\
                    [[office.attribute]]\nservice = \"street-light\"\nquestion = \"column\"\ncode = \"column_id\"\n";

#[tokio::test]
async fn a_correction_goes_as_an_update_with_its_codes() {
    let world = World::new(BOTH).await;
    let filed = world.house.file("fly-tipping", "shortest").await;
    world.drain().await;
    let mut officer = world.house.staff(COUNCIL, "officer").await;
    let form = officer.get(&format!("{}/codes", filed.desk())).await.form("/codes");
    let done = officer.submit(&form, &[("land", "back_alley"), ("size", "small_van")]).await;
    assert_eq!(done.status, 303, "{}", done.text);
    world.drain().await;
    let kept = world.office.kept.lock().unwrap();
    assert_eq!(kept.updates.len(), 1);
    let said = field(&kept.updates[0].1, "description");
    assert!(said.contains("(L03)") && said.contains("(S03)"), "{said}");
    assert_eq!(field(&kept.updates[0].1, "status"), "UNCHANGED");
}

#[tokio::test]
async fn the_lamp_post_that_was_picked_is_an_attribute() {
    let world = World::new(BOTH).await;
    let mut answers = sample("street-light", "shortest")["answers"].clone();
    answers["column"] = json!("DEMO 003");
    world.house.file_answers("street-light", &answers).await;
    world.drain().await;
    let kept = world.office.kept.lock().unwrap();
    let (_, form) = kept.requests.values().next().unwrap();
    assert_eq!(field(form, "attribute[column_id]"), "DEMO 003");
}
