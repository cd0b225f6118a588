use crate::{COUNCIL, page_of};
use testkit::{Filed, House};

/// The address in the mail, as the courier writes it.
pub async fn link(house: &House, filed: &Filed) -> Option<String> {
    let id = filed.id;
    let mail = house.db.read(|tx| store::delivery::latest(&rights::Actor::House("test"), tx)).await.unwrap();
    let receipt = mail.iter().find(|mail| mail.report == Some(id) && mail.template == "receipt")?;
    let id = receipt.facts.get("confirm")?.as_str()?.parse().ok()?;
    Some(format!("/confirm/{}", house.setting.keys.link_token(id)))
}

#[tokio::test]
async fn whoever_confirms_the_address_shows_the_report_and_opening_the_link_alone_changes_nothing() {
    let house = House::embedded().await;
    let filed = house.file("fly-tipping", "everything").await;
    let link = link(&house, &filed).await.expect("the receipt has a link");
    for _ in 0..2 {
        let page = house.get(&link).await;
        assert!(page.status == 200 && page.says("Show your report to others?"), "{}", page.text);
        assert!(!page.text.contains(filed.reference()) && !page.text.contains("robin"), "{}", page.text);
    }
    assert_eq!(house.get(&page_of(&filed)).await.status, 404);
    let mut visitor = house.visitor();
    let form = visitor.get(&link).await.form("/confirm/");
    assert_eq!(visitor.submit(&form, &[]).await.location, link);
    assert!(visitor.get(&link).await.says("Others can read your report now"));
    let page = house.get(&page_of(&filed)).await;
    assert_eq!(page.status, 200);
    assert!(house.get("/reports").await.text.contains(filed.reference()));
    // Its pictures wait for a person.
    for path in [page_of(&filed), "/reports/feed".into(), "/reports/rss".into()] {
        assert!(!house.get(&path).await.text.contains("/photo/"), "{path}");
    }
    let mut officer = house.staff(COUNCIL, "officer").await;
    let form = officer.get(&filed.desk()).await.form("/acknowledge");
    officer.submit(&form, &[]).await;
    for path in [page_of(&filed), "/reports/feed".into(), "/reports/rss".into()] {
        assert!(house.get(&path).await.text.contains("/photo/"), "{path}");
    }
    assert!(house.get(&page_of(&filed)).await.text.contains("<meta property=\"og:image\""));
    // A second press shows the same, and writes nothing.
    assert_eq!(visitor.post(&link, &[]).await.location, link);
}

#[tokio::test]
async fn a_link_dies_after_a_month_and_shows_nothing_that_wants_a_decision_or_was_taken_back() {
    let house = House::embedded().await;
    let mut answers = testkit::sample("fly-tipping", "everything")["answers"].clone();
    answers["details"] = "Ask me on 01632 960 001.".into();
    let doubtful = house.file_answers("fly-tipping", &answers).await;
    let at = link(&house, &doubtful).await.unwrap();
    house.visitor().post(&at, &[]).await;
    assert!(house.get(&at).await.says("A person looks at your report first"));
    assert_eq!(house.get(&page_of(&doubtful)).await.status, 404);

    let taken_back = house.file("fly-tipping", "everything").await;
    let mut reporter = house.reporter(&taken_back).await;
    let form = reporter.get(&taken_back.track()).await.form("/withdraw");
    reporter.submit(&form, &[("words", "")]).await;
    let at = link(&house, &taken_back).await.unwrap();
    house.visitor().post(&at, &[]).await;
    assert_eq!(house.get(&page_of(&taken_back)).await.status, 404);

    let late = house.file("fly-tipping", "everything").await;
    let at = link(&house, &late).await.unwrap();
    house.clock.forward_seconds(32 * 24 * 60 * 60);
    for page in [house.get(&at).await, house.visitor().post(&at, &[]).await] {
        assert!(page.status == 410 && page.says("This link no longer works"), "{}", page.text);
    }
    assert_eq!(house.get(&page_of(&late)).await.status, 404);
}

#[tokio::test]
async fn whoever_gave_no_address_gets_no_link_and_whoever_is_signed_in_needs_none() {
    let house = House::embedded().await;
    let none = house.file("fly-tipping", "shortest").await;
    assert_eq!(link(&house, &none).await, None);
    assert_eq!(house.get(&page_of(&none)).await.status, 404);
    let answers = testkit::sample("fly-tipping", "everything")["answers"].clone();
    let mut robin = house.begun("fly-tipping", &answers).await;
    robin.post("/account/sign-in", &[("email", "robin@example.org")]).await;
    let token = house.sign_in_token("robin@example.org").await.unwrap();
    robin.post(&format!("/account/link/{token}"), &[]).await;
    let page = robin.post("/report/fly-tipping/send", &[]).await;
    assert_eq!(page.location, "/report/fly-tipping/done", "{}", page.text);
    let public = "SELECT COUNT(*) FROM publication WHERE shown = 'public'";
    let counts: (i64, i64) = house
        .db
        .read(move |tx| {
            let (waiting,) = tx.one::<(i64,)>("SELECT COUNT(*) FROM confirmation", &[])?;
            let (shown,) = tx.one::<(i64,)>(public, &[])?;
            Ok::<_, store::Error>((shown, waiting))
        })
        .await
        .unwrap();
    assert_eq!(counts, (1, 0));
}

#[tokio::test]
async fn a_listed_word_waits_for_a_person() {
    let house = House::embedded().await;
    let listed = house.setting.publication(COUNCIL).unwrap().held_words[0].clone();
    let mut answers = testkit::sample("fly-tipping", "everything")["answers"].clone();
    answers["details"] = format!("Some {} left it.", listed.to_uppercase()).into();
    let filed = house.file_answers("fly-tipping", &answers).await;
    house.visitor().post(&link(&house, &filed).await.unwrap(), &[]).await;
    assert_eq!(house.get(&page_of(&filed)).await.status, 404);
    let page = house.staff(COUNCIL, "officer").await.get(&filed.desk()).await;
    assert!(page.says("Not public yet: the words"), "{}", page.text);
}
