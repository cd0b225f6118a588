use crate::{
    clients::{Walkers, Who},
    expected::table,
    kept::{changed, kept},
    walk::bytes,
};
use casework::codes::read_reference;

/// References with a right check digit that were never given out.
fn never_issued(issued: &str) -> String {
    let fits = |n: u32| (0..10).map(|d| format!("{n:08}{d}")).find(|typed| read_reference(typed).is_some());
    (1..).filter_map(fits).find(|reference| reference != issued).unwrap()
}

/// J-27: a report of somebody else and a report that never was are one and the same, for whoever asks.
#[tokio::test]
async fn a_foreign_report_and_one_that_never_was_answer_alike() {
    let walkers = Walkers::new().await;
    let report = walkers.report().await;
    let photo = walkers.photo(&report).await;
    let absent = never_issued(report.reference());
    let askers = [Who::Anonymous, Who::Stranger, Who::OtherProgram, Who::OtherAgency, Who::Nobody, Who::Administrator];
    for who in askers {
        let mut client = walkers.client(who, &report).await;
        let token = client.cookie("visit").map(str::to_owned);
        if let Some(token) = token {
            client.forge(&format!("/track/{absent}"), "visit", &token);
        }
        // Leaving would end the stranger's visit: the rows after it would show nothing.
        let rows = table().filter(|row| row.at.contains("{ref}") && !row.at.ends_with("/leave"));
        for row in rows {
            let before = kept(&walkers.house).await;
            let mut answers = Vec::new();
            for reference in [report.reference(), &absent] {
                let at = row.at.replace("{ref}", reference).replace("{file}", &photo);
                let page = if row.method == "GET" { client.get(&at).await } else { client.post(&at, &[]).await };
                let (status, headers, text) = bytes(&page);
                let hide = |text: String| text.replace(reference, "REF");
                answers.push((status, headers.into_iter().map(hide).collect::<Vec<_>>(), hide(text)));
            }
            assert_eq!(answers[0], answers[1], "{} {} by {who:?}", row.method, row.at);
            assert_eq!(changed(&before, &kept(&walkers.house).await), Vec::<String>::new(), "{} by {who:?}", row.at);
        }
    }
}

/// J-27 for lists: what another agency holds changes neither counts, rows nor search.
#[tokio::test]
async fn a_list_is_the_same_with_and_without_a_foreign_report() {
    let walkers = Walkers::new().await;
    let mine = walkers.house.file("crime.theft", "shortest").await;
    let mut police = walkers.client(Who::OtherAgency, &mine).await;
    let mut before = Vec::new();
    let lists = [
        "/staff",
        "/staff?view=closed",
        "/staff?sort=age",
        "/staff?q=Fly-tipping",
        "/staff?q=BS23",
        "/staff/deliveries",
    ];
    for at in lists {
        before.push(police.get(at).await.text);
    }
    let foreign = walkers.house.file("fly-tipping", "everything").await;
    for (at, before) in lists.iter().zip(&before) {
        assert_eq!(&police.get(at).await.text, before, "{at}");
    }
    let found = police.get(&format!("/staff?q={}", foreign.reference())).await;
    assert!(found.says("0 found") && !found.text.contains(&foreign.desk()), "{}", found.text);
}
