use serde_json::Value as Json;
use testkit::{Client, Filed, House};

const COUNCIL: &str = "north-somerset-council";

async fn closed(house: &House) -> (Filed, Client) {
    let filed = house.file("fly-tipping", "everything").await;
    let mut officer = house.staff(COUNCIL, "officer").await;
    let form = officer.get(&filed.desk()).await.form("/close");
    let done = officer.submit(&form, &[("outcome", "fixed"), ("words", "We cleared it.")]).await;
    assert_eq!(done.status, 303, "{}", done.text);
    let client = house.reporter(&filed).await;
    (filed, client)
}

async fn press(client: &mut Client, filed: &Filed, answer: &str) -> testkit::Page {
    let at = format!("{}/feedback", filed.track());
    client.post(&at, &[("agency", COUNCIL), ("answer", answer)]).await
}

async fn sums(house: &House) -> Vec<(i64, i64)> {
    house.db.read(|tx| tx.all::<(i64, i64)>("SELECT answer, n FROM feedback ORDER BY answer", &[])).await.unwrap()
}

#[tokio::test]
async fn one_press_is_counted_once_and_leads_to_nobody() {
    let house = House::embedded().await;
    let open = house.file("fly-tipping", "shortest").await;
    let mut early = house.reporter(&open).await;
    assert!(!early.get(&open.track()).await.says("How well did we deal with this?"));
    assert_eq!(press(&mut early, &open, "1").await.status, 404, "nothing is asked before it has ended");

    let (filed, mut client) = closed(&house).await;
    assert!(client.get(&filed.track()).await.says("How well did we deal with this?"));
    for wrong in ["", "0", "6", "1; DROP TABLE feedback"] {
        assert_eq!(press(&mut client, &filed, wrong).await.status, 404, "{wrong:?}");
    }
    let pressed = press(&mut client, &filed, "4").await;
    let page = client.follow(pressed).await;
    assert!(page.says("We have counted your answer.") && page.says("You told us how we did"), "{}", page.text);
    assert!(!page.says("How well did we deal with this?"), "{}", page.text);
    assert_eq!(press(&mut client, &filed, "1").await.status, 303);
    assert_eq!(sums(&house).await, [(4, 1)], "the second press counts no more");

    // What was said stands in no entry, and staff of the agency read that something was, and not what.
    let facts = house.db.read(|tx| tx.all::<(Json,)>("SELECT facts FROM journal WHERE kind = 'feedback.given'", &[]));
    assert_eq!(facts.await.unwrap(), [(serde_json::json!({}),)]);
    let mut officer = house.staff(COUNCIL, "officer").await;
    let desk = officer.get(&filed.desk()).await;
    assert!(desk.says("nobody sees what") && !desk.says("Badly"), "{}", desk.text);
}

#[tokio::test]
async fn the_public_reads_a_share_once_five_have_answered() {
    let house = House::embedded().await;
    for n in 1..=5 {
        let (filed, mut client) = closed(&house).await;
        press(&mut client, &filed, if n <= 3 { "2" } else { "5" }).await;
        house.clock.forward_seconds(301);
        let page = house.visitor().get("/figures").await;
        assert!(page.says("How well did we deal with this?"), "{}", page.text);
        assert_eq!(page.says("60 % of 5"), n == 5, "{n}: {}", page.text);
        assert_eq!(page.text.matches(" % of ").count(), usize::from(n == 5), "{n}: {}", page.text);
    }
}
