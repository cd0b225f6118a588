//! The limit for recording in the list, and earlier reports of the same person (P-63).

use crate::kept::{changed, kept};
use serde_json::json;
use testkit::{Client, Filed, House, Page, sample};

const POLICE: &str = "avon-and-somerset-police";
const HOUR: i64 = 60 * 60;

#[tokio::test]
async fn the_list_and_the_report_say_how_long_there_is_to_record_a_crime() {
    let house = House::embedded().await;
    let filed = house.file("crime.theft", "shortest").await;
    let tip = house.file("fly-tipping", "shortest").await;
    house.clock.forward_seconds(3 * HOUR);
    let mut officer = house.staff(POLICE, "officer").await;
    assert!(officer.get("/staff").await.says("Record: 20 hours left"));
    let page = officer.get(&filed.desk()).await;
    assert!(page.says("Record: 20 hours left. It ends 25 November 2026 at 10:00am"), "{}", page.text);
    house.clock.forward_seconds(23 * HOUR);
    let mut officer = house.staff(POLICE, "officer").await;
    let page = officer.get("/staff").await;
    assert!(page.text.contains("moot-flag--late\">Record: 2 hours late"), "{}", page.text);
    let form = officer.get(&format!("{}/crime", filed.desk())).await.form("/crimes");
    let fields = [("offence", "44"), ("number", ""), ("words", "We recorded it.")];
    assert_eq!(officer.submit(&form, &fields).await.status, 303);
    assert!(!officer.get("/staff").await.says("Record:"), "it has stopped");
    let council = house.staff("north-somerset-council", "officer").await.get("/staff").await;
    assert!(council.text.contains(tip.reference()) && !council.says("Record:"));
}

async fn by(house: &House, service: &str, email: &str) -> Filed {
    let mut answers = sample(service, "everything")["answers"].clone();
    answers["contact"] = json!({ "name": "Robin Example", "email": email });
    house.file_answers(service, &answers).await
}

async fn ask(client: &mut Client, filed: &Filed, need: &str) -> Page {
    let form = client.get(&filed.desk()).await.form("/earlier");
    client.submit(&form, &[("need", need)]).await
}

#[tokio::test]
async fn earlier_reports_of_a_person_are_a_number_and_are_opened_with_a_reason() {
    let house = House::embedded().await;
    let first = by(&house, "crime.theft", "robin@example.org").await;
    // To another agency, and from somebody else.
    house.file("fly-tipping", "everything").await;
    by(&house, "crime.theft", "kim@example.org").await;
    house.clock.forward_seconds(HOUR);
    let second = by(&house, "crime.bicycle", "Robin@Example.org").await;
    let mut officer = house.staff(POLICE, "sergeant").await;
    let page = officer.get(&second.desk()).await;
    assert!(page.says("Earlier reports by this person") && !page.says("before this one"), "{}", page.text);
    let none = ask(&mut officer, &second, "").await;
    assert!(none.status == 422 && none.says("Choose a reason"), "{}", none.text);
    let before = kept(&house).await;
    let page = ask(&mut officer, &second, "repeat").await;
    assert!(page.status == 200 && page.says("1 report before this one."), "{}", page.text);
    assert!(!page.text.contains(first.reference()), "the number alone");
    // The page of the report and the number were each a look.
    assert!(changed(&before, &kept(&house).await).contains(&"journal report.seen +2".to_owned()));
    let seen = officer.get(&format!("{}/history", second.desk())).await;
    assert!(seen.says("To see if this happened to them before"), "{}", seen.text);
    assert!(ask(&mut officer, &first, "risk").await.says("None before this one."));
    // Nobody else's business, and not that of staff who may not see who reported.
    let path = format!("{}/earlier", second.desk());
    for role in ["crime_registrar"] {
        assert_eq!(house.staff(POLICE, role).await.post(&path, &[("need", "risk")]).await.status, 404, "{role}");
    }
    let mut council = house.staff("north-somerset-council", "officer").await;
    for need in ["risk", ""] {
        assert_eq!(council.post(&path, &[("need", need)]).await.status, 404);
    }
}
