use super::answer;
use testkit::{Client, House, Page};

const GATE: [&str; 4] = ["gate.now", "gate.hurt", "gate.serious", "gate.scene"];

/// Answers the gate with "no" as its pages ask, hidden fields and all.
async fn through_the_gate(client: &mut Client) -> Page {
    let mut fields: Vec<(&str, &str)> = Vec::new();
    let mut page = client.get("/report/crime.theft").await;
    for question in GATE {
        assert!(page.text.contains(&format!("/q/{question}\"")), "{question}: {}", page.text);
        for (name, _) in &fields {
            assert!(page.text.contains(&format!("<input type=\"hidden\" name=\"{name}\" value=\"no\">")));
        }
        fields.push((question, "no"));
        page = answer(client, "crime.theft", question, &fields).await;
    }
    page
}

/// Leaves every optional question empty until check-answers or the PIN.
async fn pass_over(client: &mut Client, mut page: Page, say: &[(&str, &str, &str)]) -> Page {
    for _ in 0..80 {
        let Some(action) = page.between("<form method=\"post\" action=\"", "\"").map(str::to_owned) else {
            return page;
        };
        let Some(question) = action.strip_prefix("/report/crime.theft/q/") else { return page };
        let said: Vec<(&str, &str)> =
            say.iter().filter(|(asked, _, _)| *asked == question).map(|(_, name, value)| (*name, *value)).collect();
        let next = client.post(&action, &said).await;
        assert_eq!(next.status, 303, "{question}: {}", next.text);
        page = client.follow(next).await;
    }
    page
}

const LEAST: &[(&str, &str, &str)] = &[
    ("where.kind", "where.kind", "place"),
    ("where.place", "where.place.text", "Grand Pier"),
    ("role.kind", "role.kind", "victim"),
    ("story.text", "story.text", "My bag was taken from the bench."),
];

#[tokio::test]
async fn the_gate_keeps_nothing_and_cannot_be_skipped() {
    let house = House::embedded().await;
    let mut client = house.visitor();
    let page = client.post("/report/crime.theft/q/gate.now", &[("gate.now", "yes")]).await;
    assert_eq!((page.status, client.cookie("attempt")), (200, None));
    assert!(
        page.text.contains("tel:999") && page.text.contains("press 55") && page.text.contains("https://999bsl.co.uk")
    );
    for ahead in [
        "/report/crime.theft/q/gate.hurt",
        "/report/crime.theft/q/story.text",
        "/report/crime.theft/q/theft.from?on=call_999",
    ] {
        assert_eq!(client.get(ahead).await.location, "/report/crime.theft", "{ahead}");
    }
    let page = client.post("/report/crime.theft/q/gate.now", &[("gate.now", "no")]).await;
    assert_eq!(
        (page.location.as_str(), client.cookie("attempt")),
        ("/report/crime.theft/q/gate.hurt?gate.now=no", None)
    );
    through_the_gate(&mut client).await;
    assert!(client.cookie("attempt").is_some());
}

#[tokio::test]
async fn a_theft_goes_through_pin_and_check_to_a_receipt() {
    let house = House::embedded().await;
    let mut client = house.visitor();
    let page = through_the_gate(&mut client).await;
    assert!(page.text.contains("govuk-exit-this-page"));
    let page = pass_over(&mut client, page, LEAST).await;
    assert!(page.text.contains("Choose a PIN"), "{}", page.text);
    let easy = client.post("/report/crime.theft/pin", &[("pin", "123456")]).await;
    assert!(easy.status == 422 && easy.text.contains("too easy"));
    let page = client.post("/report/crime.theft/pin", &[("pin", "407193")]).await;
    assert_eq!(page.location, "/report/crime.theft/check");
    let page = client.follow(page).await;
    assert!(page.text.contains("You chose a PIN") && !page.text.contains("407193"));
    let sent = client.post("/report/crime.theft/send", &[]).await;
    let done = client.follow(sent).await;
    assert!(done.text.contains("You will need your PIN") && done.text.contains("/track/link/"), "{}", done.text);
}

#[tokio::test]
async fn without_a_name_there_is_no_pin_and_no_link() {
    let house = House::embedded().await;
    let mut client = house.visitor();
    let page = through_the_gate(&mut client).await;
    let mut say = LEAST.to_vec();
    say[2].2 = "anonymous";
    let page = pass_over(&mut client, page, &say).await;
    assert!(page.text.contains("Check your answers"), "{}", page.text);
    let sent = client.post("/report/crime.theft/send", &[]).await;
    let done = client.follow(sent).await;
    assert!(done.text.contains("You did not give your name") && !done.text.contains("/track/link/"), "{}", done.text);
}

#[tokio::test]
async fn exit_forgets_the_answers_and_goes_to_the_weather() {
    let house = House::embedded().await;
    let mut client = house.visitor();
    through_the_gate(&mut client).await;
    let token = client.cookie("attempt").unwrap().to_owned();
    let page = client.get("/report/crime.theft/leave").await;
    assert_eq!(page.location, "https://www.bbc.co.uk/weather");
    assert_eq!(client.cookie("attempt"), None);
    client.forge("/report/crime.theft", "attempt", &token);
    assert_eq!(client.get("/report/crime.theft/q/theft.from").await.location, "/report/crime.theft");
}

#[tokio::test]
async fn a_service_that_turns_sensitive_says_nothing_in_its_titles() {
    let house = House::embedded().await;
    let mut client = house.visitor();
    let page = through_the_gate(&mut client).await;
    let mut say = LEAST.to_vec();
    say.push(("people.known", "people.known", "yes"));
    let domestic = house.setting.catalogue.service("crime.theft").unwrap();
    let turning = domestic.questions.iter().find(|q| q.when.iter().any(|when| when.sensitive)).unwrap();
    let option = match &turning.kind {
        catalogue::Kind::Choice { options, .. } | catalogue::Kind::Choices { options, .. } => options[0].clone(),
        _ => "yes".to_owned(),
    };
    say.push((&turning.id, &turning.id, &option));
    let page = pass_over(&mut client, page, &say).await;
    assert_eq!(page.between("<title>", "</title>"), Some(domestic.neutral_title()), "{}", turning.id);
    assert!(page.text.contains("autocomplete=\"off\""));
}

/// UI-3: once every required question has its answer, check-answers can be opened at once.
#[tokio::test]
async fn what_is_left_may_be_skipped_once_only_optional_questions_are_left() {
    const SKIP: &str = "Skip to check your answers";
    let house = House::embedded().await;
    let mut client = house.visitor();
    let mut page = through_the_gate(&mut client).await;
    let mut skipped_at = None;
    for _ in 0..40 {
        let action = page.between("<form method=\"post\" action=\"", "\"").map(str::to_owned).unwrap();
        let question = action.strip_prefix("/report/crime.theft/q/").unwrap().to_owned();
        if page.text.contains(SKIP) {
            skipped_at = Some(question);
            let gone = client.post(&action, &[("rest", "yes")]).await;
            page = client.follow(gone).await;
            break;
        }
        let said: Vec<(&str, &str)> =
            LEAST.iter().filter(|(asked, _, _)| *asked == question).map(|(_, name, value)| (*name, *value)).collect();
        let next = client.post(&action, &said).await;
        page = client.follow(next).await;
    }
    assert!(skipped_at.is_some(), "the way to check-answers was never offered");
    // The PIN stands between the questions and check-answers.
    assert!(page.text.contains("PIN"), "{}", page.text);
    let check = client.post("/report/crime.theft/pin", &[("pin", "407193")]).await;
    let check = client.follow(check).await;
    assert!(check.text.contains("Check your answers") && check.text.contains("Not answered"), "{}", check.text);
    let sent = client.post("/report/crime.theft/send", &[]).await;
    assert_eq!(sent.location, "/report/crime.theft/done");
}
