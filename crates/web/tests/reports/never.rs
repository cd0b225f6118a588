//! What is kept as a case is never public and never counted on a map (council C-18).

use testkit::House;

#[tokio::test]
async fn noise_is_in_no_list_map_feed_or_door_for_programs() {
    let house = House::embedded().await;
    let filed = house.file("noise", "everything").await;
    let mut officer = house.staff(crate::COUNCIL, "officer").await;
    let form = officer.get(&filed.desk()).await.form("/acknowledge");
    officer.submit(&form, &[]).await;
    assert!(!officer.get(&filed.desk()).await.says("Everybody can read"));
    for path in [
        "/reports",
        "/reports?service=noise",
        "/reports/feed",
        "/reports/data.json",
        "/reports/data.csv",
        "/reports/pins?box=51,-3.5,52,-2",
        "/places/near?lat=51.3461&lon=-2.9772",
    ] {
        let page = house.get(path).await;
        assert!(!page.text.contains(filed.reference()), "{path}: {}", page.text);
    }
    let rows: (i64,) = house.db.read(|tx| tx.one("SELECT COUNT(*) FROM publication", &[])).await.unwrap();
    assert_eq!(rows, (0,), "no row that lists, maps and programs count");
    for path in [format!("/reports/{}", filed.reference()), format!("/reports/{}/feed", filed.reference())] {
        assert_eq!(house.get(&path).await.status, 404, "{path}");
    }
    // It is offered to programs to send, and found by none.
    for path in [
        format!("/open311/v2/requests/{}.json", filed.reference()),
        format!("/open311/v2/requests.json?service_request_id={}", filed.reference()),
    ] {
        assert!(!house.get(&path).await.text.contains("Drums"), "{path}");
    }
}
