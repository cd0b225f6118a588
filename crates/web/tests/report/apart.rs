//! A way to reach the reporter that is also the suspect's is refused (P-57).

use serde_json::{Value as Json, json};
use testkit::{House, sample};

const OTHER: &str = "kim@example.org, or 07700 900 456";

fn answers(service: &str) -> Json {
    let mut answers = sample(service, "everything")["answers"].clone();
    answers["people.known"] = json!("yes");
    answers["people.suspect"] = json!([{ "name": "Kim Example", "online": OTHER }]);
    answers
}

#[tokio::test]
async fn an_email_or_number_that_is_the_suspects_too_is_refused_where_it_is_typed() {
    let house = House::embedded().await;
    let mut client = house.begun("crime.theft", &answers("crime.theft")).await;
    for (field, typed, says) in [
        ("contact.email", "Kim@example.org", "You wrote this email for the other person too"),
        ("contact.phone", "+44 7700 900456", "You wrote this number for the other person too"),
    ] {
        let page = client.post("/report/crime.theft/q/contact", &[(field, typed)]).await;
        assert!(page.status == 422 && page.says(says), "{field}: {}", page.text);
        assert!(page.text.contains(&format!("value=\"{typed}\"")), "what was typed is there to be changed");
    }
    let page = client.post("/report/crime.theft/q/contact", &[("contact.email", "robin@example.org")]).await;
    assert_eq!(page.status, 303, "{}", page.text);
}

#[tokio::test]
async fn a_suspect_who_is_named_later_leads_back_to_the_question_and_it_says_why() {
    let house = House::embedded().await;
    for service in ["crime.domestic", "crime.theft"] {
        let mut answers = answers(service);
        answers["contact"]["email"] = json!("kim@example.org");
        let mut client = house.begun(service, &answers).await;
        let page = client.get(&format!("/report/{service}/check")).await;
        assert_eq!(page.location, format!("/report/{service}/q/contact"), "{}", page.text);
        let page = client.follow(page).await;
        assert!(page.says("You wrote this email for the other person too"), "{}", page.text);
    }
}
