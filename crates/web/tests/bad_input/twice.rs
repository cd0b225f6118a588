use crate::kept::{changed, kept};
use testkit::{House, sample};

#[tokio::test]
async fn sending_ten_times_at_once_makes_one_report() {
    let house = House::embedded().await;
    let client = house.begun("fly-tipping", &sample("fly-tipping", "shortest")["answers"]).await;
    let before = kept(&house).await;
    let mut tries = tokio::task::JoinSet::new();
    for _ in 0..10 {
        let mut client = client.clone();
        tries.spawn(async move { client.post("/report/fly-tipping/send", &[]).await });
    }
    while let Some(page) = tries.join_next().await {
        assert_eq!(page.unwrap().location, "/report/fly-tipping/done");
    }
    let changes = changed(&before, &kept(&house).await);
    assert!(changes.contains(&"report +1".to_owned()), "{changes:?}");
    assert!(changes.contains(&"journal report.received +1".to_owned()), "{changes:?}");
}

#[tokio::test]
async fn words_sent_twice_are_two_entries_and_a_withdrawal_sent_twice_is_one() {
    let house = House::embedded().await;
    let filed = house.file("fly-tipping", "shortest").await;
    let client = house.reporter(&filed).await;
    let before = kept(&house).await;
    let (mut one, mut two) = (client.clone(), client.clone());
    let at = format!("{}/withdraw", filed.track());
    let (a, b) = tokio::join!(one.post(&at, &[]), two.post(&at, &[]));
    let mut statuses = [a.status, b.status];
    statuses.sort_unstable();
    assert_eq!(statuses, [303, 422]);
    assert!(changed(&before, &kept(&house).await).contains(&"journal report.withdrawn +1".to_owned()));
}
