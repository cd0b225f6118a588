//! Open311 GeoReport v2: what UK councils' systems and FixMyStreet send and read (docs/open311.md).

mod door;
mod errors;
mod exchanges;
mod faults;
mod fuzz;
mod lists;
mod offered;
mod photos;
mod private;
mod schemas;
mod sending;
mod traps;
mod updates;

use serde_json::{Value as Json, json};
use testkit::{Client, Filed, House, Page, partner_key, partners, systems};

const COUNCIL: &str = "north-somerset-council";
const POLICE: &str = "avon-and-somerset-police";
const AT: &str = "/open311/v2";
const JURISDICTION: &str = "jurisdiction_id=north-somerset-council";

/// A house where programs act for council and police; `extended`: with the words of the United Kingdom.
async fn house_with(extended: bool) -> House {
    House::with_partners(partners(&[COUNCIL, POLICE], extended), systems(&[])).await
}

async fn house() -> House {
    house_with(true).await
}

fn key() -> String {
    partner_key(COUNCIL)
}

/// A list or a page, of the council and without a key.
async fn get(house: &House, rest: &str) -> Page {
    let mark = if rest.contains('?') { '&' } else { '?' };
    house.get(&format!("{AT}/{rest}{mark}{JURISDICTION}")).await
}

/// The same with the key of the council.
async fn get_keyed(house: &House, rest: &str) -> Page {
    let mark = if rest.contains('?') { '&' } else { '?' };
    house.get(&format!("{AT}/{rest}{mark}api_key={}", key())).await
}

/// Posts a form with the council's key; a field that is given again takes the place of the one before.
async fn post(house: &House, rest: &str, fields: &[(&str, &str)]) -> Page {
    let key = key();
    let mut all = vec![("api_key", key.as_str())];
    all.extend(fields);
    house.visitor().post(&format!("{AT}/{rest}"), &all).await
}

/// What a fly-tip needs.
const TIPPING: [(&str, &str); 8] = [
    ("service_code", "fly-tipping"),
    ("lat", "51.3461"),
    ("long", "-2.9772"),
    ("description", "A mattress by the gate."),
    ("attribute[now]", "no"),
    ("attribute[land]", "road_verge"),
    ("attribute[waste]", "mattress"),
    ("attribute[size]", "single_item"),
];

/// The same with some fields in place of others; an empty one is left out.
fn tipping<'a>(other: &[(&'a str, &'a str)]) -> Vec<(&'a str, &'a str)> {
    let mut all: Vec<(&str, &str)> = TIPPING.to_vec();
    all.retain(|(name, _)| !other.iter().any(|(changed, _)| changed == name));
    all.extend(other.iter().filter(|(_, value)| !value.is_empty()));
    all
}

async fn sent(house: &House) -> String {
    let page = post(house, "requests.json", &TIPPING).await;
    assert_eq!(page.status, 201, "{}", page.text);
    page.json()[0]["service_request_id"].as_str().unwrap().to_owned()
}

fn update<'a>(reference: &'a str, id: &'a str, status: &'a str, at: &'a str) -> Vec<(&'a str, &'a str)> {
    vec![
        ("service_request_id", reference),
        ("update_id", id),
        ("updated_datetime", at),
        ("status", status),
        ("description", "A team has been."),
    ]
}

/// A fly-tip that a person of the council has read, so that everybody can.
async fn public(house: &House) -> (Filed, Client) {
    let filed = house.file("fly-tipping", "shortest").await;
    let mut officer = house.staff(COUNCIL, "officer").await;
    let form = officer.get(&filed.desk()).await.form("/acknowledge");
    assert_eq!(officer.submit(&form, &[]).await.status, 303);
    (filed, officer)
}

/// The codes and descriptions of an answer in JSON.
fn errors(page: &Page) -> Vec<(i64, String)> {
    let all = page.json();
    let all = all.as_array().unwrap_or_else(|| panic!("no list of errors: {}", page.text));
    all.iter().map(|e| (e["code"].as_i64().unwrap(), e["description"].as_str().unwrap().to_owned())).collect()
}

fn ids(page: &Page) -> Vec<String> {
    let all = page.json();
    let all = all.as_array().unwrap_or_else(|| panic!("no list: {}", page.text));
    all.iter().map(|row| row["service_request_id"].as_str().unwrap().to_owned()).collect()
}

fn first(page: &Page) -> Json {
    assert_eq!(page.status, 200, "{}", page.text);
    page.json().get(0).cloned().unwrap_or(json!(null))
}
