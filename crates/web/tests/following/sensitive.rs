use testkit::{House, Page, sample};

/// P-52, and the words of this house that would tell what it is about.
const FORBIDDEN: &[&str] = &[
    "abuse", "abusive", "rape", "sexual", "assault", "hate", "stalk", "harass", "domestic", "violence", "victim",
    "police", "crime", "criminal", "theft", "stolen", "offence", "suspect", "partner", "moothall",
];

/// What stands in a browser's history, tab and cache, or in a log between: title, headers, address.
fn outside(page: &Page) -> Vec<String> {
    let mut outside = vec![page.title(), page.location.clone()];
    let fixed = ["content-security-policy", "permissions-policy"];
    let headers = page.headers.iter().filter(|(name, _)| !fixed.contains(&name.as_str()));
    outside.extend(headers.map(|(name, value)| format!("{name}: {}", value.to_str().unwrap())));
    outside
}

fn is_neutral(at: &str, page: &Page) {
    for text in outside(page) {
        let lower = text.to_lowercase();
        for word in FORBIDDEN {
            assert!(!lower.contains(word), "{at}: {word} in {text}");
        }
    }
    assert_eq!(page.header("cache-control"), "no-store", "{at}");
}

#[tokio::test]
async fn the_pages_of_a_sensitive_report_tell_nobody_what_it_is_about() {
    let house = House::embedded().await;
    let filed = house.file("crime.theft", "everything").await;
    house.open_following(&filed).await;
    assert!(filed.receipt.sensitive);
    let mut client = house.visitor();
    for at in [filed.link(), "/track/link/abcdefghijklmnop".to_owned()] {
        is_neutral(&at, &client.get(&at).await);
    }
    is_neutral("open", &client.post(&filed.link(), &[]).await);
    is_neutral("pin", &client.get(&filed.track()).await);
    let pin = format!("{}/pin", filed.track());
    is_neutral("wrong pin", &client.post(&pin, &[("pin", "1")]).await);
    is_neutral("right pin", &client.post(&pin, &[("pin", testkit::PIN)]).await);
    let own = client.get(&filed.track()).await;
    is_neutral("own", &own);
    is_neutral("wrong words", &client.submit(&own.form("/words"), &[("words", "")]).await);
    let page = client.submit(&own.form("/withdraw"), &[]).await;
    is_neutral("withdraw", &page);
    is_neutral("done", &client.follow(page).await);
    assert!(own.text.contains("govuk-exit-this-page") && own.text.contains("noindex"), "{}", own.text);
    assert!(own.form("/words").names("words"));
}

#[tokio::test]
async fn exit_ends_the_visit_for_good() {
    let house = House::embedded().await;
    let filed = house.file("crime.theft", "everything").await;
    house.open_following(&filed).await;
    let mut client = house.reporter(&filed).await;
    let token = client.cookie("visit").unwrap().to_owned();
    let exit = client.get(&filed.track()).await;
    let through = exit.between("govuk-exit-this-page__button\" role=\"button\"", ">").is_some();
    assert!(through || exit.text.contains(&format!("{}/leave", filed.track())), "{}", exit.text);
    let page = client.get(&format!("{}/leave", filed.track())).await;
    assert_eq!(page.location, "https://www.bbc.co.uk/weather");
    assert_eq!(client.cookie("visit"), None);
    client.forge(&filed.track(), "visit", &token);
    assert_eq!(client.get(&filed.track()).await.status, 404);
}

/// The journey of the report itself, from the answer on that makes it sensitive.
#[tokio::test]
async fn a_journey_that_turned_sensitive_is_neutral_from_then_on() {
    let house = House::embedded().await;
    let answers = sample("crime.theft", "everything")["answers"].clone();
    let service = house.setting.catalogue.service("crime.theft").unwrap().clone();
    let draft = casework::attempt::Draft { answers, pin: Some(testkit::PIN.into()), ..Default::default() };
    let draw = house.draw();
    let begun = house.db.write(move |tx| casework::attempt::begin(tx, &mut draw.clone(), "crime.theft", &draft)).await;
    let mut client = house.visitor();
    client.forge("/report/crime.theft", "attempt", &begun.unwrap());
    // Addresses name the service: they stay within the browser, and Exit takes them out of the way.
    let at = |page: &str| format!("/report/crime.theft/{page}");
    let mut pages = vec![client.get("/report/crime.theft").await, client.get(&at("check")).await];
    for question in service.questions.iter().filter(|question| !question.gate) {
        let page = client.get(&at(&format!("q/{}", question.id))).await;
        if page.status == 200 {
            assert!(page.text.contains("autocomplete=\"off\"") && page.text.contains("govuk-exit-this-page"));
            pages.push(page);
        }
    }
    assert!(pages.len() > 20, "{}", pages.len());
    let sent = client.post(&at("send"), &[]).await;
    assert_eq!(sent.location, at("done"), "{}", sent.text);
    pages.push(client.get(&at("done")).await);
    pages.push(client.get("/report/crime.theft").await);
    for page in pages {
        assert_eq!(page.status, 200, "{}", page.text);
        is_neutral(&page.heading(), &page);
    }
}
