use crate::{
    asked::{errors, report, send, theft, tipping},
    kept::{changed, kept},
};
use serde_json::{Value as Json, json};
use testkit::House;

fn with(mut body: Json, at: &str, value: Json) -> Json {
    let (parent, key) = at.rsplit_once('/').unwrap();
    body.pointer_mut(parent).unwrap()[key] = value;
    body
}

fn without(mut body: Json, at: &str) -> Json {
    let (parent, key) = at.rsplit_once('/').unwrap();
    body.pointer_mut(parent).unwrap().as_object_mut().unwrap().remove(key);
    body
}

#[tokio::test]
async fn what_is_wrong_is_named_by_field_and_code_and_nothing_is_kept() {
    let house = House::embedded().await;
    let before = kept(&house).await;
    let cases: Vec<(Json, &[(&str, &str)])> = vec![
        (json!({}), &[("service", "json.missing")]),
        (json!({ "service": 1, "x": 2 }), &[("x", "json.unknown"), ("service", "json.shape")]),
        (with(tipping(), "/service", json!("no-such")), &[("service", "service.unknown")]),
        (without(tipping(), "/answers/size"), &[("size", "choice.missing")]),
        (with(tipping(), "/answers/size", Json::Null), &[("size", "choice.missing")]),
        (with(tipping(), "/answers/size", json!("a_ship")), &[("size", "choice.unknown")]),
        (with(tipping(), "/answers/size", json!(7)), &[("size", "json.shape")]),
        (with(tipping(), "/answers/colour", json!("red")), &[("colour", "json.unknown")]),
        (with(tipping(), "/answers/journey", json!({ "gate_passed": true })), &[("journey", "json.unknown")]),
        (with(tipping(), "/answers/waste_other", json!("a boat")), &[("waste_other", "answer.not_asked")]),
        (with(tipping(), "/contact", json!({ "email": "robin" })), &[("contact.email", "email.form")]),
        (with(tipping(), "/contact", json!("robin")), &[("contact", "json.shape")]),
        (with(tipping(), "/pin", json!("407193")), &[("pin", "pin.not_asked")]),
        (with(tipping(), "/carried_on", json!("water")), &[("carried_on", "json.shape")]),
        (with(tipping(), "/carried_on", json!(["danger"])), &[("carried_on.0", "stop.unknown")]),
        (with(theft(), "/pin", json!("111111")), &[("pin", "pin.easy")]),
        (with(theft(), "/pin", json!(407193)), &[("pin", "json.shape")]),
        (without(theft(), "/pin"), &[("pin", "pin.missing")]),
        (with(theft(), "/answers/story.text", json!("a\u{202e}b")), &[("story.text", "text.direction")]),
        (with(theft(), "/answers/story.text", json!("a\u{0}b")), &[("story.text", "text.control")]),
    ];
    for (n, (body, expected)) in cases.iter().enumerate() {
        let page = send(&mut house.visitor(), body, &format!("an-error-of-many-{n}")).await;
        assert_eq!(page.status, 422, "{body}: {}", page.text);
        let found = errors(&page);
        for (field, code) in *expected {
            let is_it = |(f, c): &(String, String)| (f == field || f.starts_with(&format!("{field}."))) && c == code;
            assert!(found.iter().any(is_it), "{field} {code}: {found:?}");
        }
        assert_eq!(found.len(), expected.len(), "{found:?}");
    }
    assert_eq!(changed(&before, &kept(&house).await), Vec::<String>::new());
}

#[tokio::test]
async fn everything_that_is_missing_is_told_at_once() {
    let house = House::embedded().await;
    let body = json!({ "service": "fly-tipping", "answers": { "now": "no" } });
    let page = send(&mut house.visitor(), &body, "all-that-is-missing").await;
    let fields: Vec<String> = errors(&page).into_iter().map(|(field, _)| field).collect();
    assert_eq!(fields.len(), 4, "{fields:?}");
    for question in ["where", "land", "waste", "size"] {
        assert!(fields.iter().any(|field| field.starts_with(question)), "{question}: {fields:?}");
    }
}

#[tokio::test]
async fn the_gate_is_answered_and_not_passed_over() {
    let house = House::embedded().await;
    for body in [without(tipping(), "/answers/now"), without(theft(), "/answers/gate.hurt")] {
        let page = send(&mut house.visitor(), &body, "a-gate-that-is-open").await;
        let found = errors(&page);
        assert!(page.status == 422 && found.len() == 1 && found[0].1.ends_with(".missing"), "{}", page.text);
    }
}

#[tokio::test]
async fn contact_may_stand_apart_and_only_once() {
    let house = House::embedded().await;
    let contact = json!({ "name": "Robin Example", "email": "robin@example.org" });
    let apart = with(tipping(), "/contact", contact.clone());
    let page = send(&mut house.visitor(), &apart, "a-contact-that-stands-apart").await;
    assert_eq!((page.status, &page.json()["emailed"]), (201, &json!(true)), "{}", page.text);
    let twice = with(apart, "/answers/contact", contact);
    let page = send(&mut house.visitor(), &twice, "a-contact-that-comes-twice").await;
    assert_eq!(errors(&page), [("contact".to_owned(), "contact.twice".to_owned())]);
}

#[tokio::test]
async fn a_report_without_a_name_has_no_pin_and_a_contact_is_not_asked() {
    let house = House::embedded().await;
    let body = report("crime.theft", "no-name");
    let page = send(&mut house.visitor(), &with(body.clone(), "/pin", json!("407193")), "no-name-and-a-pin").await;
    assert_eq!(errors(&page), [("pin".to_owned(), "pin.not_asked".to_owned())]);
    let named = with(body.clone(), "/contact", json!({ "name": "Robin Example" }));
    let page = send(&mut house.visitor(), &named, "no-name-and-a-contact").await;
    assert_eq!(errors(&page), [("contact".to_owned(), "answer.not_asked".to_owned())]);
    let page = send(&mut house.visitor(), &body, "no-name-and-nothing-else").await;
    assert_eq!((page.status, &page.json()["tracking"]), (201, &json!("code")), "{}", page.text);
}

/// A declaration is signed when it is received, whatever the program says.
#[tokio::test]
async fn the_moment_of_signing_is_the_houses() {
    let house = House::embedded().await;
    let mut body = report("crime.theft", "everything");
    body["pin"] = json!("407193");
    body["answers"]["declare.true"]["at"] = json!("1999-01-01T00:00:00Z");
    let page = send(&mut house.visitor(), &body, "signed-in-another-century").await;
    assert_eq!(page.status, 201, "{}", page.text);
    let all = house.db.read(|tx| tx.all::<(Json,)>("SELECT body FROM answer", &[])).await.unwrap();
    let text = all.iter().map(|(body,)| body.to_string()).collect::<String>();
    assert!(text.contains("what I have told you is true") && !text.contains("1999"), "{text}");
}
