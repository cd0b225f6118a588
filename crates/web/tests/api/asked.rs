use serde_json::{Value as Json, json};
use testkit::{Client, House, PIN, Page, sample};

/// The answers of a sample as a program posts them.
pub fn report(service: &str, name: &str) -> Json {
    let mut answers = sample(service, name)["answers"].clone();
    answers.as_object_mut().unwrap().remove("journey");
    // The files of a sample are nowhere.
    for ids in answers.as_object_mut().unwrap().values_mut() {
        if ids[0].as_str().is_some_and(|id| uuid::Uuid::try_parse(id).is_ok()) {
            *ids = Json::Null;
        }
    }
    json!({ "service": service, "answers": answers })
}

pub fn tipping() -> Json {
    report("fly-tipping", "shortest")
}

pub fn theft() -> Json {
    let mut body = report("crime.theft", "shortest");
    body["pin"] = json!(PIN);
    body
}

pub async fn send(client: &mut Client, body: &Json, key: &str) -> Page {
    client.post_json("/api/v1/reports", body, &[("idempotency-key", key)]).await
}

/// A program that sent this and was given a receipt.
pub async fn sent(house: &House, body: &Json) -> (Client, Json) {
    let mut client = house.visitor();
    let key = format!("a-key-of-{}", client.address).replace('.', "-");
    let page = send(&mut client, body, &key).await;
    assert_eq!(page.status, 201, "{}", page.text);
    client.token = Some(page.json()["token"].as_str().unwrap().to_owned());
    (client, page.json())
}

/// Where the report of a receipt is followed.
pub fn at(receipt: &Json) -> String {
    format!("/api/v1/reports/{}", receipt["reference"].as_str().unwrap())
}

/// Field and code of each error.
pub fn errors(page: &Page) -> Vec<(String, String)> {
    let text = |error: &Json, key: &str| error[key].as_str().unwrap_or_default().to_owned();
    let list = page.json()["errors"].as_array().cloned().unwrap_or_default();
    list.iter().map(|error| (text(error, "field"), text(error, "code"))).collect()
}
