//! A list of a thousand comes in one go, without a look-up for each row (C-78).

use crate::*;

#[tokio::test]
async fn a_thousand_come_in_one_go_with_no_query_for_a_row() {
    let house = house().await;
    let filed = house.file("fly-tipping", "shortest").await;
    let id = filed.id;
    let mut row = house
        .db
        .read(move |tx| store::publication::of_report(&rights::Actor::House("test"), tx, id))
        .await
        .unwrap()
        .unwrap();
    row.shown = store::publication::Shown::Public;
    let case = house.part(&filed, COUNCIL).await;
    let head = house.db.read(move |tx| store::report::by_id(tx, id)).await.unwrap();
    house
        .db
        .write(move |tx| {
            for n in 0..1_001u64 {
                let id = uuid::Uuid::from_u128(0x7000_8000_0000_0000_0000 | u128::from(n + 1));
                let reference = format!("T{n:08}");
                let report = store::report::NewReport {
                    id,
                    reference: reference.clone(),
                    service: head.service.clone(),
                    definition: head.definition.clone(),
                    type_code: head.type_code.clone(),
                    first_received_at: head.first_received_at,
                    anonymous: true,
                    sensitive: false,
                    tracking: head.tracking,
                    language: None,
                    channel: "web".into(),
                    ward: String::new(),
                    short_view: false,
                    spot: store::report::Spot { place: String::new(), area: String::new(), lat: row.lat, lon: row.lon },
                    cell_6: None,
                    cell_8: None,
                    cell_10: None,
                    boundaries: String::new(),
                    layers: serde_json::json!([]),
                    device: store::report::Device::Unknown,
                    filed: None,
                };
                store::report::insert(tx, &report)?;
                let number = store::sub_case::next_number(tx)?;
                store::sub_case::insert(tx, &store::sub_case::SubCase { id, report: id, number, ..case.clone() })?;
                store::publication::insert(
                    tx,
                    &store::publication::Publication { report: id, reference, ..row.clone() },
                    "",
                )?;
            }
            Ok::<_, store::Error>(())
        })
        .await
        .unwrap();
    let before = house.db.statements().len();
    let page = get(&house, "requests.json").await;
    assert_eq!(ids(&page).len(), 1_000);
    assert!(!page.header("link").is_empty());
    // One statement that was not there before reads them all.
    assert!(house.db.statements().len() - before <= 1);
}

#[tokio::test]
async fn without_dates_it_is_the_last_ninety_days_and_both_ends_of_a_span_are_in_it() {
    let house = house().await;
    let (filed, _) = public(&house).await;
    let stamp = first(&get(&house, "requests.json").await)["requested_datetime"].as_str().unwrap().replace('+', "%2B");
    let span = |from: &str, to: &str| format!("requests.json?start_date={from}&end_date={to}");
    assert_eq!(ids(&get(&house, &span(&stamp, &stamp)).await), [filed.reference()]);
    house.clock.forward_seconds(91 * 24 * 60 * 60);
    assert_eq!(ids(&get(&house, "requests.json").await), [""; 0]);
    assert_eq!(ids(&get(&house, &span(&stamp, "2099-01-01T00:00:00Z")).await), [filed.reference()]);
    assert_eq!(ids(&get(&house, &span("2020-01-01", "2020-01-02")).await), [""; 0]);
}

#[tokio::test]
async fn each_filter_narrows_and_the_link_holds_no_key() {
    let house = house().await;
    let (filed, _) = public(&house).await;
    let one = [filed.reference().to_owned()];
    for (filter, found) in [
        ("service_code=fly-tipping,pothole", true),
        ("service_code=pothole", false),
        ("status=open", true),
        ("status=closed", false),
        ("status=closed,OPEN", true),
        ("agency_responsible=North+Somerset+Council", true),
        ("agency_responsible=Elsewhere", false),
        ("updated_before=2000-01-01", false),
        ("updated_after=2000-01-01", true),
    ] {
        let page = get(&house, &format!("requests.json?{filter}")).await;
        assert_eq!(ids(&page), if found { &one[..] } else { &[] }, "{filter}");
    }
    house.file("fly-tipping", "shortest").await;
    let page = get_keyed(&house, "requests.json?page_size=1").await;
    assert!(
        page.header("link").contains("page_size=1") && !page.header("link").contains("api_key"),
        "{}",
        page.header("link")
    );
    assert!(!page.header("link").contains(&key()));
}
