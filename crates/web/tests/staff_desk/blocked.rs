use crate::kept::{changed, kept};
use serde_json::{Value as Json, json};
use testkit::{Filed, House, sample};

const POLICE: &str = "avon-and-somerset-police";

async fn theft_with(house: &House, safe: Json) -> Filed {
    let mut answers = sample("crime.theft", "everything")["answers"].clone();
    answers["contact"]["safe"] = safe;
    house.file_answers("crime.theft", &answers).await
}

fn nothing_safe() -> Json {
    json!({ "safe": [], "windows": [], "never_via": ["email", "sms", "phone", "letter"] })
}

async fn addresses(house: &House) -> Vec<(String, String)> {
    let all = house.db.read(|tx| store::delivery::latest(&rights::Actor::House("test"), tx)).await.unwrap();
    all.into_iter().map(|row| (row.state.name().to_owned(), row.address)).collect()
}

/// PT-6.
#[tokio::test]
async fn with_every_channel_blocked_a_change_of_stage_sends_nothing_and_leaves_one_task() {
    let house = House::embedded().await;
    let filed = theft_with(&house, nothing_safe()).await;
    assert!(filed.receipt.held && !filed.receipt.emailed);
    let mut inspector = house.staff(POLICE, "inspector").await;
    let before = kept(&house).await;
    let form = inspector.get(&filed.desk()).await.form("/stage");
    let page = inspector.submit(&form, &[("stage", "reviewed"), ("words", "A person reads it.")]).await;
    assert_eq!(page.location, format!("{}?done=held", filed.desk()), "{}", page.text);
    assert!(inspector.follow(page).await.says("No message went out: contact the resident at a safe time."));
    let changes = changed(&before, &kept(&house).await);
    assert!(
        changes.contains(&"delivery +1".to_owned()) && !changes.iter().any(|c| c.starts_with("link")),
        "{changes:?}"
    );
    assert!(addresses(&house).await.iter().all(|(state, address)| state == "held" && address.is_empty()));
    let tasks = inspector.get("/staff/deliveries").await;
    assert!(tasks.says("Kept back: contact this person at a safe time"), "{}", tasks.text);
    assert!(!tasks.text.contains("/retry\"") && !tasks.says("robin@example.org"), "{}", tasks.text);
    let messages = inspector.get(&filed.desk()).await;
    assert!(messages.says("Held: contact at a safe time") && messages.says("Never by"), "{}", messages.text);
}

#[tokio::test]
async fn a_held_message_cannot_be_sent_by_asking_for_it_again() {
    let house = House::embedded().await;
    theft_with(&house, nothing_safe()).await;
    let held = house.db.read(|tx| store::delivery::latest(&rights::Actor::House("test"), tx)).await.unwrap()[0].id;
    let mut council = house.staff("north-somerset-council", "team_leader").await;
    let at = format!("/staff/deliveries/{held}/retry");
    assert!(matches!(council.post(&at, &[]).await.status, 404 | 409));
    assert!(addresses(&house).await.iter().all(|(state, _)| state == "held"));
}

#[tokio::test]
async fn by_mail_sends_no_link_where_mail_is_not_safe_and_answers_the_same() {
    let house = House::embedded().await;
    let filed = theft_with(&house, nothing_safe()).await;
    let fields = [("reference", filed.reference()), ("email", "robin@example.org")];
    let page = house.visitor().post("/track/by-mail", &fields).await;
    let absent = house.visitor().post("/track/by-mail", &[("reference", "1"), ("email", "robin@example.org")]).await;
    assert_eq!((page.status, &page.text), (absent.status, &absent.text));
    assert!(addresses(&house).await.iter().all(|(state, address)| state == "held" && address.is_empty()));
}

#[tokio::test]
async fn a_message_outside_the_safe_hours_is_held_and_within_them_it_goes() {
    let house = House::embedded().await;
    // The clock stands at ten on a Tuesday.
    let window = |from: &str, to: &str| json!({ "safe": ["email"], "never_via": [], "windows": [{ "days": ["tue"], "from": from, "to": to }] });
    let late = theft_with(&house, window("15:00", "16:00")).await;
    assert!(late.receipt.held && !late.receipt.emailed);
    let now = theft_with(&house, window("09:00", "11:00")).await;
    assert!(now.receipt.emailed && !now.receipt.held);
}
