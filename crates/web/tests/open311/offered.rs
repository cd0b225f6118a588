//! Services that an agency's people turned off, or keep for their staff (C-68, C-86).

use crate::*;
use store::offer::{self, Offer};

async fn change(house: &House, open: &str) {
    let all = house.db.read(|tx| store::staff::all(&rights::Actor::House("test"), tx)).await.unwrap();
    let row = all.into_iter().find(|row| row.agency == COUNCIL).unwrap();
    let actor = rights::Actor::Staff(rights::Staff {
        id: row.id,
        name: row.name.clone(),
        agency: COUNCIL.into(),
        teams: Vec::new(),
        rights: [rights::Right::EditServices].into_iter().collect(),
        remit: rights::Remit::default(),
    });
    let (open, now, by_staff) = (open.to_owned(), house.app.now(), row.id);
    let put = move |tx: &mut store::Tx| {
        let version = offer::newest(tx, COUNCIL, "fly-tipping")?.map_or(1, |row| row.version + 1);
        let row = Offer {
            id: uuid::Uuid::from_u128(version as u128),
            agency: COUNCIL.into(),
            service: "fly-tipping".into(),
            version,
            changes: json!({ "open": open, "title": "Not now" }),
            said: json!([]),
            from_day: casework::offer::day(now),
            reason: "x".into(),
            made_at: now,
            by_staff,
        };
        offer::put(&actor, tx, &row)?;
        casework::offer::load(tx, now)
    };
    let offers = house.db.write::<_, casework::Error, _>(put).await.unwrap();
    house.setting.set_offers(offers);
}

fn keywords(page: &Page) -> String {
    let all = page.json();
    let row = all.as_array().unwrap().iter().find(|row| row["service_code"] == "fly-tipping").unwrap();
    row["keywords"].as_str().unwrap_or_default().to_owned()
}

#[tokio::test]
async fn a_service_that_is_off_stays_in_the_list_and_takes_nothing() {
    let house = house().await;
    assert_eq!(keywords(&get(&house, "services.json").await), "");
    change(&house, "nobody").await;
    assert_eq!(keywords(&get(&house, "services.json").await), "inactive");
    let page = post(&house, "requests.json", &TIPPING).await;
    assert_eq!(page.status, 400, "{}", page.text);
    assert!(errors(&page)[0].1.contains("service_code is inactive"), "{}", page.text);
    assert_eq!(house.db.read(store::report::count).await.unwrap(), 0);
    change(&house, "everybody").await;
    sent(&house).await;
}

#[tokio::test]
async fn what_only_staff_send_comes_from_the_agencys_own_program() {
    let house = house().await;
    change(&house, "staff").await;
    assert_eq!(keywords(&get(&house, "services.json").await), "staff");
    sent(&house).await;
}
