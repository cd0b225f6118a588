use testkit::{Client, Filed, House};

const COUNCIL: &str = "north-somerset-council";

/// A report of litter that the council does not deal with, and its reporter.
async fn not_ours(house: &House) -> (Filed, Client) {
    let mut answers = testkit::sample("litter", "everything")["answers"].clone();
    answers["spilled"] = false.into();
    let filed = house.file_answers("litter", &answers).await;
    let mut officer = house.staff(COUNCIL, "officer").await;
    let form = officer.get(&filed.desk()).await.form("/close");
    let fields = [
        ("outcome", "not_ours"),
        ("words", "The parish empties this bin."),
        ("body", "Example Parish Council"),
        ("contact", "01632 960010"),
        ("told", "yes"),
    ];
    let page = officer.submit(&form, &fields).await;
    assert_eq!(page.status, 303, "{}", page.text);
    let reporter = house.reporter(&filed).await;
    (filed, reporter)
}

#[tokio::test]
async fn a_report_that_is_not_the_agencys_is_sent_again_with_the_answers_that_fit_and_each_names_the_other() {
    let house = House::embedded().await;
    let (first, mut reporter) = not_ours(&house).await;
    let at = format!("{}/again", first.track());
    assert!(reporter.get(&first.track()).await.text.contains(&at));
    let page = reporter.get(&format!("{at}?q=dog+mess")).await;
    assert!(page.says("Send your report again") && page.text.contains("value=\"dog-fouling\""), "{}", page.text);
    assert!(page.says("the same again, with another place"), "{}", page.text);
    let form = page.form("/again");
    let empty = reporter.submit(&form, &[]).await;
    assert!(empty.status == 422 && empty.says("Choose what it is about") && empty.text.contains("dog-fouling"));
    let page = reporter.submit(&form, &[("service", "litter")]).await;
    assert_eq!(page.status, 303, "{}", page.text);
    let mut next = page.location.clone();
    let (kept, _) = house.draft(&reporter).await.unwrap();
    assert_eq!(kept["details"], "It is next to the bus stop.");
    assert_eq!(kept["contact"]["email"], "robin@example.org");
    assert!(kept.get("photos").is_none(), "they belong to the first report");
    // What is missing is asked; everything else stands already.
    assert!(kept.get("where").is_none(), "the place is asked anew");
    for _ in 0..4 {
        let page = reporter.get(&next).await;
        if next.ends_with("/check") {
            assert!(page.says("It is next to the bus stop."), "{}", page.text);
            break;
        }
        assert!(page.status == 200 || page.status == 303, "{next}: {}", page.text);
        let Some(form) = page.text.contains("<form").then(|| page.form("/report/litter")) else { break };
        let place: &[_] = if next.contains("/q/where") { &[("where.text", "Nailsea")] } else { &[] };
        let came = reporter.submit(&form, place).await;
        assert_eq!(came.status, 303, "{next}: {}", came.text);
        next = came.location;
    }
    assert!(next.ends_with("/check"), "{next}");
    let sent = reporter.post("/report/litter/send", &[]).await;
    assert_eq!(sent.location, "/report/litter/done", "{}", sent.text);
    let done = reporter.get("/report/litter/done").await;
    let number = "SELECT reference FROM report WHERE reference <> $1";
    let old = first.reference().to_owned();
    let (new,): (String,) = house.db.read(move |tx| tx.one(number, &[&old])).await.unwrap();
    let shown = casework::codes::show_reference(&new);
    assert!(done.says(&shown), "{}", done.text);
    let own = reporter.get(&first.track()).await;
    assert!(own.says(&format!("You sent this again, as {shown}")), "{}", own.text);
    let mut officer = house.staff(COUNCIL, "officer").await;
    let before = casework::codes::show_reference(first.reference());
    let desk = officer.get(&format!("/staff/reports/{new}")).await;
    assert!(desk.says(&format!("Report received, sent as {before} before")), "{}", desk.text);
    assert!(officer.get(&first.desk()).await.says(&format!("The resident sent this again, as {shown}")));
}

#[tokio::test]
async fn what_goes_along_is_what_the_other_kind_asks_in_the_same_shape_and_never_who_it_is_to_a_sensitive_one() {
    let house = House::embedded().await;
    let (first, mut reporter) = not_ours(&house).await;
    let at = format!("{}/again", first.track());
    let page = reporter.post(&at, &[("service", "pothole")]).await;
    assert!(page.location.starts_with("/report/pothole/"), "{}", page.location);
    let (kept, _) = house.draft(&reporter).await.unwrap();
    assert_eq!(kept["where"]["typed"], "High Street");
    assert!(kept.get("amount").is_none(), "{kept}");
    let mut reporter = house.reporter(&first).await;
    let page = reporter.post(&at, &[("service", "crime.theft")]).await;
    assert_eq!(page.status, 303, "{}", page.text);
    let (kept, _) = house.draft(&reporter).await.unwrap();
    assert!(!kept.to_string().contains("robin@example.org"), "{kept}");
}

#[tokio::test]
async fn what_its_agency_deals_with_is_not_sent_again_nor_what_was_taken_back() {
    let house = House::embedded().await;
    let open = house.file("litter", "everything").await;
    let mut reporter = house.reporter(&open).await;
    let at = format!("{}/again", open.track());
    assert!(!reporter.get(&open.track()).await.text.contains(&at));
    assert_eq!(reporter.get(&at).await.status, 404);
    assert_ne!(reporter.post(&at, &[("service", "pothole")]).await.status, 303);
    let (first, _) = not_ours(&house).await;
    let mut stranger = house.visitor();
    assert_eq!(stranger.get(&format!("{}/again", first.track())).await.status, 404);
    assert_eq!(stranger.post(&format!("{}/again", first.track()), &[("service", "pothole")]).await.status, 404);
}

#[tokio::test]
async fn nothing_ties_the_first_report_to_one_that_is_sensitive_or_has_no_name() {
    let house = House::embedded().await;
    let (first, mut reporter) = not_ours(&house).await;
    for (service, ties) in [("crime.domestic", false), ("info.drugs", false), ("pothole", true)] {
        let answers = testkit::sample(service, "shortest")["answers"].clone();
        let mut sender = house.begun_after(service, &answers, Some(first.id)).await;
        let sent = sender.post(&format!("/report/{service}/send"), &[]).await;
        assert_eq!(sent.status, 303, "{service}: {}", sent.text);
        let received = "SELECT j.facts FROM journal AS j JOIN report AS r ON r.id = j.report \
                        WHERE j.kind = 'report.received' AND r.service = $1";
        let (facts,): (serde_json::Value,) = house.db.read(move |tx| tx.one(received, &[&service])).await.unwrap();
        assert_eq!(facts["after"].is_string(), ties, "{facts}");
        let own = reporter.get(&first.track()).await;
        assert_eq!(own.says("You sent this again"), ties, "{service}: {}", own.text);
    }
}
