use crate::sound::{before, nothing_happened};
use testkit::{House, sample};

/// An answer to a question that the journey does not ask, or not yet, or not any more.
#[tokio::test]
async fn a_question_that_is_not_on_the_path_takes_no_answer() {
    let house = House::embedded().await;
    let mut client = house.begun("fly-tipping", &sample("fly-tipping", "shortest")["answers"]).await;
    for (question, fields) in [
        ("who", [("who", "Someone.")]),
        ("vehicle", [("vehicle.registration", "AB12CDE")]),
        ("statement", [("statement", "willing")]),
        ("waste_other", [("waste_other", "A boat.")]),
        ("main_waste", [("main_waste", "mattress")]),
    ] {
        let page = client.post(&format!("/report/fly-tipping/q/{question}"), &fields).await;
        assert!(matches!(page.status, 303 | 422), "{question}: {}", page.status);
        let draft = house.draft(&client).await.unwrap().0;
        assert!(draft[question].is_null(), "{question}: {draft}");
    }
    for question in ["nothing", "", "..", "where.text", "size%20", "SIZE", "%3Cb%3E", "size%00"] {
        let before = before(&house, &client).await;
        let page = client.post(&format!("/report/fly-tipping/q/{question}"), &[("size", "tipper")]).await;
        assert!(matches!(page.status, 400 | 404 | 405), "{question}: {}", page.status);
        nothing_happened(&house, &client, &before, &page, question).await;
    }
}

#[tokio::test]
async fn fields_nobody_asked_for_are_not_kept() {
    let house = House::embedded().await;
    let mut client = house.begun("fly-tipping", &sample("fly-tipping", "shortest")["answers"]).await;
    let before = house.draft(&client).await.unwrap().0;
    let fields = [
        ("size", "single_item"),
        ("land", "water"),
        ("journey", "x"),
        ("gate_passed", "yes"),
        ("agency", "avon-and-somerset-police"),
        ("priority", "1"),
        ("__proto__", "x"),
        ("size[]", "tipper"),
        ("size.0", "tipper"),
    ];
    assert_eq!(client.post("/report/fly-tipping/q/size", &fields).await.status, 303);
    let mut after = house.draft(&client).await.unwrap().0;
    after["size"] = before["size"].clone();
    assert_eq!(after, before);
}

#[tokio::test]
async fn rows_without_end_and_rows_nobody_wrote_are_cut_off_at_the_form() {
    let house = House::embedded().await;
    let mut client = house.begun("crime.theft", &sample("crime.theft", "everything")["answers"]).await;
    let at = "/report/crime.theft/q/prop.item";
    for row in ["4294967296", "-1", "007", "99", "1e3", "x", "18446744073709551616"] {
        let before = before(&house, &client).await;
        let page = client.post(at, &[(&format!("prop.item.{row}.make"), "Example"), ("prop.item.add", "yes")]).await;
        assert_eq!(page.status, 200, "{row}: {}", page.text);
        assert!(page.text.len() < 400_000, "{row}: {}", page.text.len());
        nothing_happened(&house, &client, &before, &page, row).await;
    }
    for row in ["-1", "x", "99999999999999999999", "", "1000"] {
        let page = client.post(at, &[("prop.item.remove", row), ("prop.item.0.make", "Example")]).await;
        assert!(page.status < 500, "{row}");
    }
}
