use testkit::House;

const COUNCIL: &str = "north-somerset-council";

#[tokio::test]
async fn a_session_ends_after_an_hour_without_use() {
    let house = House::embedded().await;
    let mut officer = house.staff(COUNCIL, "officer").await;
    for _ in 0..3 {
        house.clock.forward_seconds(59 * 60);
        assert_eq!(officer.get("/staff").await.status, 200);
    }
    house.clock.forward_seconds(60 * 60 + 1);
    assert_eq!(officer.get("/staff").await.location, "/staff/sign-in");
}

#[tokio::test]
async fn a_session_ends_with_the_shift_however_busy_it_was() {
    let house = House::embedded().await;
    let mut officer = house.staff(COUNCIL, "officer").await;
    for _ in 0..23 {
        house.clock.forward_seconds(30 * 60);
        assert_eq!(officer.get("/staff").await.status, 200);
    }
    house.clock.forward_seconds(30 * 60);
    assert_eq!(officer.get("/staff").await.location, "/staff/sign-in");
}

#[tokio::test]
async fn signing_out_ends_the_session_not_only_the_cookie() {
    let house = House::embedded().await;
    let mut officer = house.staff(COUNCIL, "officer").await;
    let token = officer.cookie("staff").unwrap().to_owned();
    let out = officer.get("/staff").await.form("/staff/sign-out");
    assert_eq!(officer.submit(&out, &[]).await.location, "/staff/sign-in");
    assert_eq!(officer.cookie("staff"), None);
    officer.forge("/staff", "staff", &token);
    assert_eq!(officer.get("/staff").await.location, "/staff/sign-in");
}

#[tokio::test]
async fn a_made_up_session_is_nobodys() {
    let house = House::embedded().await;
    for made_up in ["abcdefghijklmnopqrstuvwxyz234567", "", "../../../../etc/passwd", "'; DROP TABLE session; --"] {
        let mut client = house.visitor();
        client.forge("/staff", "staff", made_up);
        assert_eq!(client.get("/staff").await.location, "/staff/sign-in", "{made_up}");
    }
}
