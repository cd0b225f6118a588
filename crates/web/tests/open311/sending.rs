//! A request that is sent is a report like any other (C-79 to C-81).

use crate::*;
use axum::http::Request;

#[tokio::test]
async fn the_agency_works_it_and_reads_what_was_said_beside_the_questions() {
    let house = house().await;
    let fields = tipping(&[
        (
            "description",
            "title: A mattress\n\ndetail: It is wet.\n\nurl: https://fms.example/report/7\n\nSubmitted via FixMyStreet\n",
        ),
        ("first_name", "Robin"),
        ("last_name", "-"),
        ("email", "robin@example.org"),
        ("attribute[uprn]", "10001"),
        ("attribute[colour]", "green"),
        ("attribute[easting]", "331000"),
        ("attribute[hazardous]", ""),
        ("attribute[waste_other]", "a boat"),
        ("media_url", "https://fms.example/photo/7.jpeg"),
    ]);
    let page = post(&house, "requests.json", &fields).await;
    assert_eq!(page.status, 201, "{}", page.text);
    let reference = first_id(&page);
    let desk = house.staff(COUNCIL, "officer").await.get(&format!("/staff/reports/{reference}")).await;
    for said in
        ["A mattress", "It is wet.", "uprn: 10001", "colour: green", "a boat", "url: https://fms.example/report/7"]
    {
        assert!(desk.says(said), "{said}: {}", desk.text);
    }
    assert!(!desk.says("331000"));
    // Nobody but the agency reads it.
    assert_eq!(house.get(&format!("/reports/{reference}")).await.status, 404);
}

fn first_id(page: &Page) -> String {
    page.json()[0]["service_request_id"].as_str().unwrap().to_owned()
}

#[tokio::test]
async fn a_second_try_finds_the_first() {
    let house = house().await;
    let fields = tipping(&[("attribute[fixmystreet_id]", "42")]);
    let one = first_id(&post(&house, "requests.json", &fields).await);
    house.clock.forward_seconds(40 * 24 * 60 * 60);
    let again = tipping(&[("attribute[fixmystreet_id]", "42"), ("description", "Said otherwise.")]);
    let two = post(&house, "requests.json", &again).await;
    assert_eq!((two.status, first_id(&two)), (201, one.clone()));
    assert_ne!(first_id(&post(&house, "requests.json", &tipping(&[("attribute[fixmystreet_id]", "43")])).await), one);
    let by_header = |id: &'static str| {
        let body: Vec<String> = TIPPING.iter().map(|(n, v)| format!("{n}={}", v.replace(' ', "+"))).collect();
        Request::post(format!("{AT}/requests.json?api_key={}", key()))
            .header("content-type", "application/x-www-form-urlencoded")
            .header("idempotency-key", id)
            .body(axum::body::Body::from(body.join("&")))
            .unwrap()
    };
    let one = first_id(&house.visitor().send(by_header("a-key-of-theirs")).await);
    assert_eq!(first_id(&house.visitor().send(by_header("a-key-of-theirs")).await), one);
}

#[tokio::test]
async fn several_values_come_repeated_or_with_brackets_and_a_form_may_come_in_parts() {
    let house = house().await;
    let mut fields = tipping(&[("attribute[waste]", "")]);
    fields.extend([("attribute[waste][]", "mattress"), ("attribute[waste][]", "tyres")]);
    assert_eq!(post(&house, "requests.json", &fields).await.status, 201);
    let mut body = String::new();
    for (name, value) in TIPPING {
        body.push_str(&format!("--x\r\ncontent-disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n"));
    }
    body.push_str("--x--\r\n");
    let at = format!("{AT}/requests.json?api_key={}", key());
    let page = house.visitor().post_raw(&at, "multipart/form-data; boundary=x", body).await;
    assert_eq!(page.status, 201, "{}", page.text);
}

#[tokio::test]
async fn words_that_are_longer_than_the_question_takes_are_all_kept() {
    let house = house().await;
    let long = format!("{} the end", "deep ".repeat(790));
    assert!(long.len() > 3_900);
    let reference = first_id(&post(&house, "requests.json", &tipping(&[("description", &long)])).await);
    let desk = house.staff(COUNCIL, "officer").await.get(&format!("/staff/reports/{reference}")).await;
    assert!(desk.says("the end"), "{}", desk.text);
}

#[tokio::test]
async fn a_place_may_be_words_that_are_found() {
    let house = house().await;
    let words = [("lat", ""), ("long", ""), ("address_string", "Grand Pier")];
    assert_eq!(post(&house, "requests.json", &tipping(&words)).await.status, 201);
    let lost = [("lat", ""), ("long", ""), ("address_string", "zzzzqqqq")];
    let page = post(&house, "requests.json", &tipping(&lost)).await;
    assert!(page.status == 400 && errors(&page)[0].1.starts_with("lat and long, or address_string: "), "{}", page.text);
}

#[tokio::test]
async fn a_property_is_looked_for_by_its_number_and_an_unknown_one_is_refused() {
    let house = house().await;
    let (at, key) = (format!("{AT}/requests.json"), key());
    let send = async |address_id: &str| {
        let fields = [
            ("api_key", key.as_str()),
            ("service_code", "litter-bin"),
            ("address_id", address_id),
            ("attribute[fault]", "overflowing"),
        ];
        house.visitor().post(&at, &fields).await
    };
    // The homes of a test house have no point, so that the words of the address are looked for.
    let known = send("999000000001").await;
    assert_eq!(known.status, 400);
    assert!(errors(&known)[0].1.contains("More than one place has this name"), "{}", known.text);
    let unknown = send("1").await;
    assert_eq!(unknown.status, 400);
    assert!(errors(&unknown)[0].1.contains("address_id is not known here"), "{}", unknown.text);
}
