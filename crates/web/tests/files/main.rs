//! Photos and other files: added, removed, sent, looked at, hidden, blacked out, searched, swept.

mod added;
mod api;
mod looked_at;
mod refused;
mod searched;
mod swept;
mod verified;
mod worked;

use store::held::Held;
use testkit::{Client, Filed, House, Page, files::GIF};

/// A browser that has said that nobody is dumping now, and is asked for photos.
async fn at_photos(house: &House) -> Client {
    let mut client = house.visitor();
    let page = client.post("/report/fly-tipping/q/now", &[("now", "no")]).await;
    assert_eq!(page.location, "/report/fly-tipping/q/photos");
    client
}

/// Adds photos and stays on the page.
async fn add(client: &mut Client, photos: &[(&str, &[u8])]) -> Page {
    let files: Vec<(&str, &str, &[u8])> = photos.iter().map(|(name, bytes)| ("photos.new", *name, *bytes)).collect();
    client.upload("/report/fly-tipping/files/photos", &[("photos.add", "yes")], &files).await
}

/// The ids of the photos on the page, in their order.
async fn photos(client: &mut Client) -> Vec<String> {
    let page = client.get("/report/fly-tipping/q/photos").await;
    let removes = page.text.split("name=\"photos.remove\"").collect::<Vec<_>>();
    let value =
        |before: &&str| before.rsplit("value=\"").next().and_then(|rest| rest.split('"').next()).map(str::to_owned);
    removes[..removes.len() - 1].iter().filter_map(value).collect()
}

/// Answers the rest and sends.
async fn send(client: &mut Client) -> Page {
    for (question, name, value) in [
        ("where", "where.text", "Grand Pier"),
        ("land", "land", "road_verge"),
        ("waste", "waste", "mattress"),
        ("size", "size", "single_item"),
    ] {
        let page = client.post(&format!("/report/fly-tipping/q/{question}"), &[(name, value)]).await;
        assert_eq!(page.status, 303, "{question}: {}", page.text);
    }
    let sent = client.post("/report/fly-tipping/send", &[]).await;
    client.follow(sent).await
}

/// A report with so many photos.
async fn filed(house: &House, photos: usize) -> Filed {
    let mut answers = testkit::sample("fly-tipping", "shortest")["answers"].clone();
    answers["photos"] = serde_json::json!(vec!["a photo"; photos]);
    house.file_answers("fly-tipping", &answers).await
}

/// Every file of a report.
async fn held(house: &House, report: uuid::Uuid) -> Vec<Held> {
    let test = rights::Actor::House("test");
    house.db.read(move |tx| store::held::own(&test, tx, report)).await.unwrap()
}

/// How many lots of bytes lie in the house's folder.
fn blobs(house: &House) -> usize {
    let mut count = 0;
    let mut folders = vec![house.files()];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() { folders.push(path) } else { count += 1 }
        }
    }
    count
}

/// The photo of most tests.
const PHOTO: (&str, &[u8]) = ("mattress.gif", GIF);
