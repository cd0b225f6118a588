use crate::kept::{changed, kept};
use testkit::{House, PIN};

async fn by_code(house: &House, reference: &str, code: &str) -> (testkit::Client, testkit::Page) {
    let mut client = house.visitor();
    let page = client.post("/track", &[("reference", reference), ("code", code)]).await;
    (client, page)
}

#[tokio::test]
async fn reference_and_code_open_a_council_report_whole() {
    let house = House::embedded().await;
    let filed = house.file("fly-tipping", "everything").await;
    let spaced = casework::codes::show_reference(filed.reference());
    let shown = casework::codes::show_receipt_code(&filed.receipt.code).to_lowercase();
    let (mut client, page) = by_code(&house, &spaced, &shown).await;
    assert_eq!(page.location, filed.track());
    assert!(client.get(&filed.track()).await.says("What you told us"));
}

#[tokio::test]
async fn reference_and_code_open_a_police_report_only_with_its_pin() {
    let house = House::embedded().await;
    let filed = house.file("crime.theft", "everything").await;
    house.open_following(&filed).await;
    let (mut client, page) = by_code(&house, filed.reference(), &filed.receipt.code).await;
    assert_eq!(page.location, filed.track());
    let page = client.get(&filed.track()).await;
    assert!(page.heading() == "Your PIN" && !page.says("My bike"));
    client.post(&format!("{}/pin", filed.track()), &[("pin", PIN)]).await;
    assert!(client.get(&filed.track()).await.says("My bike and phone"));
}

/// P-59: the stage and nothing else; nothing is ever sent.
#[tokio::test]
async fn an_anonymous_report_shows_its_stage_and_nothing_else() {
    let house = House::embedded().await;
    let before = kept(&house).await;
    let filed = house.file("crime.theft", "no-name").await;
    assert_eq!((filed.receipt.link.as_deref(), filed.receipt.emailed), (None, false));
    assert!(
        !changed(&before, &kept(&house).await).iter().any(|c| c.starts_with("delivery") || c.starts_with("contact"))
    );
    let (mut client, page) = by_code(&house, filed.reference(), &filed.receipt.code).await;
    assert_eq!(page.location, filed.track());
    let mut inspector = house.staff("avon-and-somerset-police", "inspector").await;
    let set = inspector.get(&filed.desk()).await.form("/stage");
    let done = inspector.submit(&set, &[("stage", "reviewed"), ("words", "Words for nobody.")]).await;
    assert_eq!(done.status, 303, "{}", done.text);
    let page = client.get(&filed.track()).await;
    assert!(page.says("Being reviewed"), "{}", page.text);
    for told in ["My bag", "Words for nobody", "What you told us", "What has happened", "name=\"words\""] {
        assert!(!page.says(told), "{told}: {}", page.text);
    }
    for act in ["words", "withdraw", "pin"] {
        let page = client.post(&format!("{}/{act}", filed.track()), &[("words", "x"), ("pin", PIN)]).await;
        assert!(page.status == 404 || (act == "pin" && page.status == 422), "{act}: {}", page.status);
    }
    assert!(!inspector.get(&filed.desk()).await.text.contains("/ask\""));
    assert!(!changed(&before, &kept(&house).await).iter().any(|c| c.starts_with("delivery")));
}

/// PT-9: the check symbol refuses it before any look-up: not even the knock is counted.
#[tokio::test]
async fn a_code_with_one_wrong_symbol_is_refused_without_a_look_up() {
    let house = House::embedded().await;
    let filed = house.file("fly-tipping", "shortest").await;
    let before = kept(&house).await;
    let mut client = house.visitor();
    for at in 0..filed.receipt.code.len() {
        let mut code = filed.receipt.code.clone().into_bytes();
        code[at] = if code[at] == b'7' { b'8' } else { b'7' };
        let code = String::from_utf8(code).unwrap();
        for _ in 0..3 {
            let page = client.post("/track", &[("reference", filed.reference()), ("code", &code)]).await;
            assert!(page.status == 422 && page.says("We cannot find a report with these"), "{code}");
        }
    }
    assert_eq!(before["throttle"], kept(&house).await["throttle"]);
    // Thirty-three wrong tries did not close the door for the right one.
    let page = client.post("/track", &[("reference", filed.reference()), ("code", &filed.receipt.code)]).await;
    assert_eq!(page.status, 303);
}

#[tokio::test]
async fn a_wrong_code_and_an_unknown_reference_read_alike_and_twenty_close_the_door() {
    let house = House::embedded().await;
    let (one, two) = (house.file("fly-tipping", "shortest").await, house.file("fly-tipping", "shortest").await);
    let unknown = (1..).map(|n: u32| format!("{n:09}")).find(|r| casework::codes::read_reference(r).is_some()).unwrap();
    let mut client = house.visitor();
    let foreign = client.post("/track", &[("reference", one.reference()), ("code", &two.receipt.code)]).await;
    let absent = client.post("/track", &[("reference", &unknown), ("code", &two.receipt.code)]).await;
    assert_eq!(foreign.status, absent.status);
    assert_eq!(foreign.text.replace(one.reference(), "R"), absent.text.replace(&unknown, "R"));
    assert_eq!(foreign.form("/track").value("reference"), Some(one.reference()), "what was typed is gone");
    for _ in 0..18 {
        client.post("/track", &[("reference", &unknown), ("code", &two.receipt.code)]).await;
    }
    let page = client.post("/track", &[("reference", one.reference()), ("code", &one.receipt.code)]).await;
    assert!(page.status == 422 && page.says("Too many tries. Try again after 24 November 2026"), "{}", page.text);
}
