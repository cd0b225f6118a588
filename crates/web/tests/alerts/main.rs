//! Hearing of public reports by mail: asking, confirming, being told once, stopping, being forgotten.

mod account;
mod bins;
mod digests;
mod form;
mod yours;

use testkit::{Filed, House};

const COUNCIL: &str = "north-somerset-council";
const ROBIN: &str = "robin@example.org";
/// The centre of the samples' place.
const NEAR: [(&str, &str); 3] = [("place", "BS23 1AA"), ("about", "near"), ("metres", "500")];

/// A fly-tip that a person of the council has read, so that everybody can.
async fn public(house: &House, sample: &str) -> Filed {
    let filed = house.file("fly-tipping", sample).await;
    press(house, &filed, "/acknowledge", &[]).await;
    filed
}

/// An act of the council on a report.
async fn press(house: &House, filed: &Filed, act: &str, fields: &[(&str, &str)]) {
    let mut leader = house.staff(COUNCIL, "team_leader").await;
    let form = leader.get(&filed.desk()).await.form(act);
    let page = leader.submit(&form, fields).await;
    assert_eq!(page.status, 303, "{act}: {}", page.text);
}

/// Asks, with these in place of the usual fields.
async fn ask(house: &House, address: &str, fields: &[(&str, &str)]) {
    // Mails of one instant have no order.
    house.clock.forward_seconds(1);
    let mut all = NEAR.to_vec();
    all.extend([("hears", "new"), ("cadence", "at_once"), ("email", address)]);
    all.retain(|(name, _)| fields.iter().all(|(other, _)| other != name));
    all.extend(fields);
    let page = house.visitor().post("/alerts", &all).await;
    assert_eq!((page.status, page.location.as_str()), (303, "/alerts/sent"), "{}", page.text);
}

/// Asks and confirms: the path of the page of one's alerts.
async fn subscribe(house: &House, address: &str, fields: &[(&str, &str)]) -> String {
    ask(house, address, fields).await;
    house.send_all().await;
    let mail = house.mail_to(address).await.pop().unwrap();
    let mut visitor = house.visitor();
    let page = visitor.get(&link(&mail.text, "confirm")).await;
    let page = visitor.submit(&page.form("/alerts/confirm/"), &[]).await;
    let (yours, _) = page.location.split_once('?').unwrap_or_else(|| panic!("{}", page.text));
    yours.to_owned()
}

/// The path of a link in a mail.
fn link(text: &str, to: &str) -> String {
    let at = format!("/alerts/{to}/");
    let start = text.find(&at).unwrap_or_else(|| panic!("no {at} in {text}"));
    text[start..].split_whitespace().next().unwrap().to_owned()
}

/// News in all mails to this address, as a running house sends it: the texts.
async fn news(house: &House, address: &str) -> Vec<String> {
    house.alerts().step().await.unwrap();
    house.send_all().await;
    let mails = house.mail_to(address).await.into_iter();
    mails.filter(|mail| mail.subject.starts_with("Your alerts")).map(|mail| mail.text).collect()
}
