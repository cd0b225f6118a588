use super::answer;
use testkit::{Client, House};

async fn polish(house: &House) -> Client {
    let mut client = house.visitor();
    let chosen = client.post("/language", &[("language", "pl"), ("back", "/report/crime.theft")]).await;
    assert_eq!((chosen.status, chosen.location.as_str()), (303, "/report/crime.theft"));
    assert_eq!(client.cookie("language"), Some("pl"));
    client
}

#[tokio::test]
async fn the_language_is_chosen_with_a_cookie_of_the_visit_and_leads_to_no_other_site() {
    let house = House::embedded().await;
    let mut client = polish(&house).await;
    for back in ["https://elsewhere.example", "//elsewhere.example", "/\\elsewhere", "/track/link/abcdefghijklmnop"] {
        let chosen = client.post("/language", &[("language", "ar"), ("back", back)]).await;
        assert_eq!(chosen.location, "/", "{back}");
        let set = chosen.header("set-cookie");
        assert!(set.starts_with("language=ar; Path=/; HttpOnly; SameSite=Lax"), "{set}");
    }
    assert_eq!(client.post("/language", &[("language", "xx")]).await.status, 400);
    let page = client.get("/language").await;
    assert!(
        page.says("<html lang=\"ar\" dir=\"rtl\"") && page.says("lang=\"pl\" dir=\"ltr\">polski<"),
        "{}",
        page.text
    );
    client.post("/language", &[("language", "en")]).await;
    assert!(client.get("/").await.says("<html lang=\"en\" dir=\"ltr\""));
}

#[tokio::test]
async fn questions_errors_and_the_frame_are_in_the_language_and_english_is_said_to_be_english() {
    let house = House::embedded().await;
    let mut client = polish(&house).await;
    let start = client.get("/report/crime.theft").await;
    assert!(start.says("<html lang=\"pl\"") && start.says("Dalej") && !start.says("Continue"), "{}", start.text);
    assert!(start.says("Nikt jeszcze nie sprawdził tego tłumaczenia"));
    let wrong = client.post("/report/crime.theft/q/gate.now", &[]).await;
    assert!(wrong.status == 422 && wrong.says("Coś jest nie tak") && !wrong.says("There is a problem"));
    let english = client.get("/report/fly-tipping").await;
    assert!(english.says("Ta część jest tylko po angielsku.") && english.says("<div lang=\"en\" dir=\"ltr\">"));
    assert!(english.says("Continue") && !english.says("Dalej"));
    let list = client.get("/report?q=rower").await;
    assert!(list.says("href=\"/report/crime.bicycle\""), "{}", list.text);
    // What nobody translated says what it is.
    assert!(client.get("/track").await.says("Ta część jest tylko po angielsku."));
    assert!(!house.get("/report/crime.theft").await.says("moot-language-note"));
}

#[tokio::test]
async fn every_contact_page_offers_relay_signing_easy_read_large_print_and_an_interpreter() {
    let house = House::embedded().await;
    let at = [
        "/help",
        "/emergency",
        "/report",
        "/report/crime.theft",
        "/officers",
        "/officers/avon-and-somerset-police/weston",
    ];
    for path in at {
        let page = house.get(path).await;
        for route in ["tel:18001101", "https://999bsl.co.uk", "In Easy Read", "In large print", "With an interpreter"] {
            assert!(page.says(route), "{path}: {route}");
        }
    }
}

#[tokio::test]
async fn an_answer_given_in_one_language_stands_in_the_other() {
    let house = House::embedded().await;
    let mut client = house.visitor();
    client.get("/report/fly-tipping").await;
    let page = answer(&mut client, "fly-tipping", "now", &[("now", "no")]).await;
    assert!(page.says("photos"));
    client.post("/language", &[("language", "ar")]).await;
    let page = client.get("/report/fly-tipping/q/photos").await;
    assert!(page.status == 200 && page.says("dir=\"rtl\""), "{}", page.text);
}
