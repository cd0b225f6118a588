use serde_json::json;
use testkit::{Client, House, Page, sample};

const COUNCIL: &str = "North Somerset Council";
const POLICE: &str = "Avon and Somerset Police";

/// Check-answers of a report about this kind of behaviour, with these further answers.
async fn check(house: &House, kind: &str, more: &[(&str, &str)]) -> (Client, Page) {
    let mut answers = sample("asb", "shortest")["answers"].clone();
    answers["asb.kind"] = json!(kind);
    for (id, option) in more {
        answers[*id] = json!(option);
    }
    let mut client = house.begun("asb", &answers).await;
    let page = client.get("/report/asb/check").await;
    assert_eq!(page.heading(), "Check your answers", "{}", page.text);
    (client, page)
}

/// The agencies in the order in which the page names them.
fn named(page: &Page, after: &str) -> Vec<&'static str> {
    let part = page.text.split(after).nth(1).unwrap_or_else(|| panic!("{after} is not on the page: {}", page.text));
    let part = part.split("</form>").next().unwrap().split("If it gets worse").next().unwrap();
    let mut found: Vec<(usize, &str)> =
        [COUNCIL, POLICE].into_iter().filter_map(|name| part.find(&format!(">{name}<")).map(|at| (at, name))).collect();
    found.sort_unstable();
    found.into_iter().map(|(_, name)| name).collect()
}

/// The kind, further answers, the agencies with who leads first, and the reason.
type Case = (&'static str, &'static [(&'static str, &'static str)], &'static [&'static str], &'static str);

#[tokio::test]
async fn the_answers_decide_who_leads_and_both_pages_say_why() {
    let house = House::embedded().await;
    let cases: &[Case] = &[
        ("rowdy_group", &[], &[COUNCIL], "The council leads, because nobody was hurt or threatened."),
        (
            "rowdy_group",
            &[("asb.group", "vehicles")],
            &[POLICE],
            "The police lead, because they deal with how people drive.",
        ),
        (
            "vehicle_nuisance",
            &[("asb.land", "park")],
            &[POLICE, COUNCIL],
            "The police lead, because they deal with how people drive. The council helps, because it looks after the place.",
        ),
        (
            "begging",
            &[],
            &[COUNCIL, POLICE],
            "The council leads, because it can help people who have no home. The police help.",
        ),
    ];
    for (kind, more, agencies, reason) in cases {
        let (mut client, page) = check(&house, kind, more).await;
        assert!(page.says(reason), "{kind}: {}", page.text);
        assert_eq!(named(&page, "Who will get this"), *agencies, "{kind}");
        assert_eq!(
            page.says("They help, and see what happened and where, but not who you are."),
            agencies.len() > 1,
            "{kind}"
        );
        let sent = client.post("/report/asb/pin", &[("pin", "407193")]).await;
        assert_eq!(sent.location, "/report/asb/check");
        let sent = client.post("/report/asb/send", &[]).await;
        let done = client.follow(sent).await;
        assert!(done.says("We have your report") && done.says(reason), "{kind}: {}", done.text);
        assert_eq!(named(&done, "What happens next"), *agencies, "{kind}");
    }
}

#[tokio::test]
async fn a_changed_answer_changes_who_leads() {
    let house = House::embedded().await;
    let (mut client, page) = check(&house, "graffiti", &[("asb.land", "park")]).await;
    assert_eq!(named(&page, "Who will get this"), [COUNCIL, POLICE]);
    let change = client.post("/report/asb/q/asb.land?from=check", &[("asb.land", "my_home")]).await;
    let page = client.follow(change).await;
    assert_eq!(named(&page, "Who will get this"), [POLICE, COUNCIL], "{}", page.text);
    let change = client.post("/report/asb/q/asb.threat?from=check", &[("asb.threat", "yes")]).await;
    let page = client.follow(change).await;
    assert_eq!(named(&page, "Who will get this"), [POLICE], "{}", page.text);
    let share = client.post("/report/asb/q/asb.share?from=check", &[("asb.share", "yes")]).await;
    assert_eq!(share.location, "/report/asb/check");
}

/// P-51: the receipt of a sensitive flow tells nothing.
#[tokio::test]
async fn a_sensitive_receipt_does_not_say_why() {
    let house = House::embedded().await;
    let (mut client, page) = check(&house, "intimidation", &[("flag.domestic", "ex")]).await;
    assert!(page.says("because it is about someone close to you"), "{}", page.text);
    client.post("/report/asb/pin", &[("pin", "407193")]).await;
    let sent = client.post("/report/asb/send", &[]).await;
    let done = client.follow(sent).await;
    assert!(done.status == 200 && !done.says("someone close") && !done.says("lead, because"), "{}", done.text);
}

#[tokio::test]
async fn noise_and_rubbish_lead_to_their_own_services_and_may_go_on_here() {
    let house = House::embedded().await;
    for (kind, path) in [("noise", "/report/asb/go/noise"), ("litter_dumping", "/report/asb/go/fly-tipping")] {
        let mut client = house.begun("asb", &json!({ "journey": { "gate_passed": true } })).await;
        let page = client.post("/report/asb/q/asb.kind", &[("asb.kind", kind)]).await;
        let page = client.follow(page).await;
        assert!(page.text.contains(&format!("action=\"{path}\"")), "{kind}: {}", page.text);
        let page = client.submit(&page.form("/stop/"), &[]).await;
        assert_eq!(page.location, "/report/asb/q/asb.now", "{kind}");
    }
}

#[tokio::test]
async fn a_threat_that_goes_on_leads_to_999_and_keeps_what_was_said_before() {
    let house = House::embedded().await;
    let answers = json!({ "asb.kind": "begging", "asb.now": true, "journey": { "gate_passed": true } });
    let mut client = house.begun("asb", &answers).await;
    let page = client.post("/report/asb/q/asb.threat", &[("asb.threat", "yes")]).await;
    assert!(page.status == 200 && page.text.contains("tel:999"), "{}", page.text);
    let (draft, _) = house.draft(&client).await.unwrap();
    assert!(draft["asb.threat"].is_null() && draft["asb.kind"] == "begging", "{draft}");
}

/// What both ask goes along, the gate with it; what only the first asks stays behind, and so do files.
#[tokio::test]
async fn where_a_stop_leads_on_the_answers_that_both_ask_go_along() {
    let house = House::embedded().await;
    let answers = json!({
        "theft.from": "bicycle",
        "journey": { "gate_passed": true },
    });
    let mut client = house.begun("crime.theft", &answers).await;
    let page = client.get("/report/crime.theft/stop").await;
    let form = page.form("/go/crime.bicycle");
    let gone = client.submit(&form, &[]).await;
    assert_eq!(gone.status, 303, "{}", gone.text);
    assert!(gone.location.starts_with("/report/crime.bicycle/q/"), "past the gate: {}", gone.location);
    let there = client.get(&gone.location).await;
    assert_eq!(there.status, 200, "{}", there.text);
    // And the first report is still there to be gone on with.
    assert!(client.get("/report/crime.theft/stop").await.text.contains("/go/crime.bicycle"));
}

#[tokio::test]
async fn nothing_leads_where_no_stop_does() {
    let house = House::embedded().await;
    let answers = json!({ "theft.from": "bicycle", "journey": { "gate_passed": true } });
    let mut client = house.begun("crime.theft", &answers).await;
    for to in ["crime.shop", "fly-tipping", "nothing", "..%2f..%2fstaff"] {
        let page = client.post(&format!("/report/crime.theft/go/{to}"), &[]).await;
        assert!(
            page.status == 404 || page.location == "/report/crime.theft/stop",
            "{to}: {} {}",
            page.status,
            page.location
        );
    }
}
