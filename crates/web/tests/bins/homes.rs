//! A place that is a home is one of the homes of its postcode, whatever is asked for there (C-6).

use crate::COUNCIL;
use serde_json::Value as Json;
use testkit::{Client, House, Page, sample};

const PICKED: &str = "1 Example Road, Weston-super-Mare, BS23 9ZZ";
const UPRN: &str = "999000000001";

async fn without(house: &House, service: &str, question: &str) -> Client {
    let mut answers = sample(service, "shortest")["answers"].clone();
    answers.as_object_mut().unwrap().remove(question);
    house.begun(service, &answers).await
}

/// From the postcode to the home that was picked.
async fn picked(client: &mut Client, service: &str, question: &str) -> Page {
    let field = format!("{question}.text");
    let kept = client.post(&format!("/report/{service}/q/{question}"), &[(field.as_str(), "BS23 9ZZ")]).await;
    assert!(kept.location.starts_with(&format!("/report/{service}/homes")), "{service}: {} {}", kept.status, kept.text);
    let page = client.follow(kept).await;
    assert!(page.says("Which home is it?") && page.says("3 Example Road"), "{}", page.text);
    let form = page.form("/home");
    client.submit(&form, &[("uprn", UPRN)]).await
}

async fn kept(house: &House, reference: &str) -> Vec<Json> {
    let reference = reference.to_owned();
    let read = move |tx: &mut store::Tx| -> store::Result<Vec<(Json,)>> {
        tx.all(
            "SELECT a.body FROM answer a JOIN report r ON r.id = a.report WHERE r.reference = $1 ORDER BY a.part",
            &[&reference],
        )
    };
    house.db.read(read).await.unwrap().into_iter().map(|(body,)| body).collect()
}

#[tokio::test]
async fn every_question_of_a_home_lists_the_homes_of_its_postcode_and_keeps_the_one_that_was_picked() {
    let house = House::embedded().await;
    let rows = [
        ("bulky-waste", "property"),
        ("small-items", "property"),
        ("assisted-collection", "property"),
        ("noise", "own_address"),
    ];
    for (service, question) in rows {
        let mut client = without(&house, service, question).await;
        let next = picked(&mut client, service, question).await;
        assert_eq!(next.location, format!("/report/{service}/check"), "{}", next.text);
        assert!(client.follow(next).await.says(PICKED), "{service}");
        let sent = client.post(&format!("/report/{service}/send"), &[]).await;
        assert_eq!(sent.location, format!("/report/{service}/done"), "{service}: {}", sent.text);
        let mut officer = house.staff(COUNCIL, "officer").await;
        let list = officer.get(&format!("/staff?service={service}")).await;
        let at =
            list.text.split("/staff/reports/").nth(1).unwrap().split(['"', '?', '#', '/']).next().unwrap().to_owned();
        let desk = officer.get(&format!("/staff/reports/{at}")).await;
        assert!(desk.says(PICKED), "{service}: {}", desk.text);
        let bodies = kept(&house, &at).await;
        assert!(bodies.iter().any(|body| body[question]["uprn"] == UPRN), "{service}: {bodies:?}");
        let sheet = officer.get(&format!("/staff/export/reports.csv?service={service}")).await;
        assert!(sheet.text.contains("1 Example Road"), "{service}: {}", sheet.text);
    }
}

#[tokio::test]
async fn who_is_not_in_the_list_goes_on_and_no_other_question_takes_a_home() {
    let house = House::embedded().await;
    let mut client = without(&house, "noise", "own_address").await;
    let on = client.post("/report/noise/q/own_address", &[("own_address.text", "BS23 9ZZ")]).await;
    assert_eq!(on.location, "/report/noise/homes?of=own_address");
    let form = client.follow(on).await.form("/home");
    assert_eq!(client.submit(&form, &[("uprn", "")]).await.location, "/report/noise/check");
    for of in ["source_address", "contact", "nothing"] {
        let page = client.post("/report/noise/home", &[("of", of), ("uprn", UPRN)]).await;
        assert_eq!(page.status, 404, "{of}");
        assert_eq!(client.get(&format!("/report/noise/homes?of={of}")).await.location, "/report/noise/check");
    }
}

#[tokio::test]
async fn on_the_page_with_all_questions_a_postcode_leads_to_its_homes_too() {
    let house = House::embedded().await;
    let mut client = house.visitor();
    let form = client.get("/report/assisted-collection/all").await.form("/all");
    let said = [
        ("property.text", "BS23 9ZZ"),
        ("reason", "illness"),
        ("term", "permanent"),
        ("bins", "Behind the side gate."),
        ("contact.email", "robin@example.org"),
    ];
    let sent = client.submit(&form, &said).await;
    assert_eq!(sent.location, "/report/assisted-collection/homes", "{}", sent.text);
    let form = client.follow(sent).await.form("/home");
    assert_eq!(client.submit(&form, &[("uprn", UPRN)]).await.location, "/report/assisted-collection/check");
}
