use crate::{
    asked::{send, theft, tipping},
    kept::{changed, kept},
};
use testkit::House;

const KEY: &str = "0d5b3a1e-8d7c-4c5f-9a3b";

#[tokio::test]
async fn the_same_key_with_the_same_words_gives_the_same_receipt_and_no_other_report() {
    let house = House::embedded().await;
    let mut client = house.visitor();
    let first = send(&mut client, &tipping(), KEY).await;
    assert_eq!(first.status, 201, "{}", first.text);
    let before = kept(&house).await;
    house.clock.forward_seconds(23 * 3600);
    // In another order, and from somewhere else.
    let mut turned = tipping();
    let answers = turned["answers"].as_object_mut().unwrap();
    let gate = answers.shift_remove("now").unwrap();
    answers.insert("now".to_owned(), gate);
    let again = send(&mut house.visitor(), &turned, KEY).await;
    assert_eq!((again.status, again.json()), (201, first.json()));
    assert_eq!(changed(&before, &kept(&house).await), Vec::<String>::new());
}

#[tokio::test]
async fn a_key_that_was_used_for_other_words_is_refused() {
    let house = House::embedded().await;
    let mut client = house.visitor();
    send(&mut client, &tipping(), KEY).await;
    let before = kept(&house).await;
    let mut other = tipping();
    other["answers"]["size"] = "tipper".into();
    for body in [other, theft()] {
        let page = send(&mut client, &body, KEY).await;
        assert_eq!((page.status, page.json()["type"].as_str()), (409, Some("urn:moothall:problem:key-used")));
        assert!(!page.text.contains("token") && !page.text.contains("reference"), "{}", page.text);
    }
    assert_eq!(changed(&before, &kept(&house).await), Vec::<String>::new());
}

#[tokio::test]
async fn ten_sendings_at_once_make_one_report() {
    let house = House::embedded().await;
    let before = kept(&house).await;
    let mut tries = tokio::task::JoinSet::new();
    for _ in 0..10 {
        let mut client = house.visitor();
        tries.spawn(async move { send(&mut client, &tipping(), KEY).await });
    }
    let mut receipts = Vec::new();
    while let Some(page) = tries.join_next().await {
        let page = page.unwrap();
        assert_eq!(page.status, 201, "{}", page.text);
        receipts.push(page.json());
    }
    assert!(receipts.windows(2).all(|two| two[0] == two[1]));
    let changes = changed(&before, &kept(&house).await);
    assert!(changes.contains(&"report +1".to_owned()) && changes.contains(&"attempt +1".to_owned()), "{changes:?}");
}

#[tokio::test]
async fn a_refused_sending_leaves_its_key_free() {
    let house = House::embedded().await;
    let mut client = house.visitor();
    let mut short = tipping();
    short["answers"].as_object_mut().unwrap().remove("size");
    assert_eq!(send(&mut client, &short, KEY).await.status, 422);
    assert_eq!(send(&mut client, &tipping(), KEY).await.status, 201);
}

#[tokio::test]
async fn what_was_taken_is_acknowledged_again_also_where_it_would_not_be_taken_today() {
    let house = House::embedded().await;
    let mut body = theft();
    body["answers"]["when.at"] = serde_json::json!({ "date": "2026-11-20" });
    let mut client = house.visitor();
    let first = send(&mut client, &body, KEY).await;
    assert_eq!(first.status, 201, "{}", first.text);
    // The clock goes back before the day of the answer: it would lie in the future.
    house.clock.forward_seconds(-10 * 24 * 3600);
    assert_eq!(send(&mut client, &body, "another-key-0123456789").await.status, 422);
    let again = send(&mut client, &body, KEY).await;
    assert_eq!((again.status, again.json()), (201, first.json()));
}

#[tokio::test]
async fn a_key_is_forgotten_after_a_day() {
    let house = House::embedded().await;
    let mut client = house.visitor();
    let first = send(&mut client, &tipping(), KEY).await.json();
    house.clock.forward_seconds(24 * 3600 + 1);
    let second = send(&mut client, &tipping(), KEY).await;
    assert_eq!(second.status, 201, "{}", second.text);
    assert_ne!(second.json()["reference"], first["reference"]);
}

#[tokio::test]
async fn a_key_that_could_be_guessed_or_is_missing_is_refused() {
    let house = House::embedded().await;
    for key in ["", "1", "fifteen-letters", "has spaces in it, many", "\"quoted-0123456789abcdef\"", &"a".repeat(129)] {
        let page = send(&mut house.visitor(), &tipping(), key).await;
        assert_eq!((page.status, page.json()["type"].as_str()), (400, Some("urn:moothall:problem:idempotency-key")));
    }
    let page = house.visitor().post_json("/api/v1/reports", &tipping(), &[]).await;
    assert_eq!(page.status, 400);
    let two = [("idempotency-key", KEY), ("idempotency-key", "another-key-0123456789")];
    assert_eq!(house.visitor().post_json("/api/v1/reports", &tipping(), &two).await.status, 400);
}

/// The key outside the database is in it, so neither the database nor the caller's key opens the receipt alone.
#[tokio::test]
async fn the_receipt_lies_sealed() {
    let house = House::embedded().await;
    let receipt = send(&mut house.visitor(), &tipping(), KEY).await.json();
    let rows =
        house.db.read(|tx| tx.all::<(Vec<u8>, Vec<u8>)>("SELECT token, sealed FROM attempt", &[])).await.unwrap();
    assert_eq!(rows.len(), 1);
    assert_ne!(rows[0].0, casework::codes::hash_token(KEY));
    let (token, sealed) = (receipt["token"].as_str().unwrap(), String::from_utf8_lossy(&rows[0].1).into_owned());
    assert!(!sealed.contains(token) && !sealed.contains(receipt["reference"].as_str().unwrap()));
}
