//! `/report`: the list, the questions, the receipt, as a browser without script meets them.

mod along;
mod apart;
mod asset;
mod council;
mod diary;
mod land;
mod language;
mod leads;
mod list;
mod lost;
mod map;
mod own_stop;
mod place;
mod police;
mod private;

use testkit::{Client, House, Page};

/// Posts an answer and follows to the next page.
async fn answer(client: &mut Client, service: &str, question: &str, fields: &[(&str, &str)]) -> Page {
    let page = client.post(&format!("/report/{service}/q/{question}"), fields).await;
    assert_eq!(page.status, 303, "{question}: {}", page.text);
    client.follow(page).await
}

/// The answers a fly-tip needs, up to check-answers.
async fn fly_tip(house: &House) -> (Client, Page) {
    let mut client = house.visitor();
    let mut page = client.get("/report/fly-tipping").await;
    for (question, fields) in [
        ("now", &[("now", "no")][..]),
        ("photos", &[]),
        ("where", &[("where.text", "Grand Pier")]),
        ("land", &[("land", "road_verge")]),
        ("waste", &[("waste", "mattress"), ("waste", "furniture")]),
        ("size", &[("size", "single_item")]),
    ] {
        page = answer(&mut client, "fly-tipping", question, fields).await;
    }
    (client, page)
}
