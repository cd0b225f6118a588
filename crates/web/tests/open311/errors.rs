//! Each row of the table of errors, in the format of the address and never as a page (C-84).

use crate::*;
use axum::{body::Body, http::Request};

async fn told(house: &House, rest: &str, fields: &[(&str, &str)]) -> (u16, Vec<String>) {
    let page = post(house, rest, fields).await;
    let all = errors(&page);
    assert!(all.iter().all(|(code, _)| *code == i64::from(page.status)), "{}", page.text);
    (page.status, all.into_iter().map(|(_, words)| words).collect())
}

#[tokio::test]
async fn what_is_missing_or_wrong_in_a_request_is_one_error_each() {
    let house = house().await;
    let one = |words: &str| (400, vec![words.to_owned()]);
    assert_eq!(told(&house, "requests.json", &[]).await, one("service_code was not provided"));
    let (status, words) = told(
        &house,
        "requests.json",
        &tipping(&[("attribute[land]", "moon"), ("attribute[size]", ""), ("lat", ""), ("long", "")]),
    )
    .await;
    assert_eq!(status, 400);
    for begins in
        ["lat and long, address_string or address_id was not provided", "attribute[land]: ", "attribute[size]: "]
    {
        assert!(words.iter().any(|words| words.starts_with(begins)), "{begins}: {words:?}");
    }
    assert_eq!(words.len(), 3, "{words:?}");
    let (_, words) = told(&house, "requests.json", &tipping(&[("lat", "north")])).await;
    assert_eq!(words, ["lat and long are two numbers that go together"]);
    let (_, words) = told(&house, "requests.json", &tipping(&[("email", "robin")])).await;
    assert!(words[0].starts_with("email or phone: "), "{words:?}");
    let long = "a".repeat(5001);
    let (_, words) = told(&house, "requests.json", &tipping(&[("description", &long)])).await;
    assert_eq!(words, ["description has more than 5000 characters"]);
}

#[tokio::test]
async fn a_place_outside_says_who_serves_it_and_a_gate_says_its_words() {
    let house = house().await;
    let (status, words) = told(&house, "requests.json", &tipping(&[("lat", "51.4545"), ("long", "-2.5879")])).await;
    assert!(status == 400 && words.len() == 1 && words[0].contains("served by"), "{words:?}");
    let (status, words) = told(&house, "requests.json", &tipping(&[("attribute[now]", "danger")])).await;
    assert!(status == 400 && words[0].contains("999"), "{words:?}");
    let private = tipping(&[("attribute[land]", "farm_private")]);
    let (status, words) = told(&house, "requests.json", &private).await;
    assert!(status == 400 && words[0].ends_with("add attribute[carried_on]=private_land."), "{words:?}");
    let mut read = private;
    read.push(("attribute[carried_on]", "private_land"));
    assert_eq!(post(&house, "requests.json", &read).await.status, 201);
}

#[tokio::test]
async fn what_is_missing_or_wrong_in_an_update_is_one_error_each() {
    let house = house().await;
    let (status, words) = told(&house, "servicerequestupdates.json", &[]).await;
    assert_eq!((status, words.len()), (400, 5), "{words:?}");
    let reference = sent(&house).await;
    let (status, words) =
        told(&house, "servicerequestupdates.json", &update(&reference, "1", "OPEN", "22/05/2026")).await;
    assert!(status == 400 && words[0].starts_with("updated_datetime is not a time"), "{words:?}");
    let (status, _) =
        told(&house, "servicerequestupdates.json", &update("123456782", "1", "OPEN", "2026-05-22T10:00:00Z")).await;
    assert_eq!(status, 404);
    // An id of the council's is no report of the police.
    let key = partner_key(POLICE);
    let mut fields = update(&reference, "1", "OPEN", "2026-05-22T10:00:00Z");
    fields.push(("api_key", &key));
    let page = house.visitor().post(&format!("{AT}/servicerequestupdates.json"), &fields).await;
    assert_eq!(page.status, 404, "{}", page.text);
}

#[tokio::test]
async fn what_is_not_there_is_404_and_a_lost_slash_is_told() {
    let house = house().await;
    for (at, words) in [
        ("/open311/v2/requests.json?jurisdiction_id=nowhere", "jurisdiction_id was not found"),
        ("/open311/v2/services/banana.json?jurisdiction_id=north-somerset-council", "service_code was not found"),
        ("/open311/v2/tokens/banana.json?jurisdiction_id=north-somerset-council", "token was not found"),
        (
            "/open311/v2/requests.json?jurisdiction_id=north-somerset-council&service_code=banana",
            "service_code was not found",
        ),
        ("/open311/v2/banana.json", "There is nothing under this address"),
        (
            "/open311/v2services.json",
            "There is nothing under this address: the base address has lost the slash at its end. It is /open311/v2/",
        ),
    ] {
        let page = house.get(at).await;
        assert_eq!((page.status, errors(&page)), (404, vec![(404, words.to_owned())]), "{at}");
    }
    let page = house.get("/open311/v2services.xml").await;
    assert!(
        page.text.contains("lost the slash") && page.header("content-type").starts_with("text/xml"),
        "{}",
        page.text
    );
}

#[tokio::test]
async fn a_wrong_method_says_which_are_right() {
    let house = house().await;
    let page = house.visitor().post(&format!("{AT}/services.json"), &[]).await;
    assert_eq!((page.status, errors(&page)[0].0), (405, 405));
    assert!(page.header("allow").contains("GET"), "{}", page.header("allow"));
    let request = Request::delete(format!("{AT}/requests.xml")).body(Body::empty()).unwrap();
    let page = house.visitor().send(request).await;
    assert!(page.status == 405 && page.text.contains("<code>405</code>"), "{}", page.text);
}

#[tokio::test]
async fn too_large_the_wrong_type_and_too_many_are_told() {
    let house = House::with_partners(partners(&[COUNCIL], true), systems(&[])).await;
    let key = key();
    let at = format!("{AT}/requests.json?api_key={key}");
    let form = "application/x-www-form-urlencoded";
    let large = house.visitor().post_raw(&at, form, format!("description={}", "a".repeat(300_000))).await;
    assert_eq!((large.status, errors(&large)[0].0), (413, 413));
    let json = house.visitor().post_raw(&at, "application/json", "{}").await;
    assert_eq!((json.status, errors(&json)[0].0), (415, 415));
    let photo = "--x\r\ncontent-disposition: form-data; name=\"photo1\"; filename=\"a.jpg\"\r\n\r\nJPEG\r\n--x--\r\n";
    let photo = house.visitor().post_raw(&at, "multipart/form-data; boundary=x", photo).await;
    assert_eq!((photo.status, errors(&photo)[0].0), (400, 400));
    assert!(errors(&photo)[0].1.contains("service_code was not provided"), "{}", photo.text);
    let broken = house.visitor().post_raw(&at, form, "a=%ff").await;
    assert_eq!((broken.status, errors(&broken)[0].0), (400, 400));
    let nul = house.get(&format!("{AT}/requests/a%00.xml")).await;
    assert!(nul.status == 400 && nul.text.starts_with("<?xml"), "{}", nul.text);
    let hasty = House::tuned(|options| options.posts_per_minute = 1).await;
    let mut client = hasty.visitor();
    client.post(&format!("{AT}/requests.json"), &[]).await;
    let page = client.post(&format!("{AT}/requests.json"), &[]).await;
    assert_eq!((page.status, errors(&page)[0].0), (429, 429));
    assert!(!page.header("retry-after").is_empty());
}

#[tokio::test]
async fn a_house_that_cannot_keep_anything_says_503_and_when_to_come_again() {
    let response = axum::response::IntoResponse::into_response(web::page::Failure::CannotKeep);
    let response = web::open311::in_place_of("/open311/v2/requests.json", response);
    assert_eq!(response.status(), 503);
    assert!(response.headers().contains_key("retry-after"));
}

#[tokio::test]
async fn an_update_id_with_other_words_is_409() {
    let house = house().await;
    let reference = sent(&house).await;
    let fields = update(&reference, "7", "OPEN", "2026-01-01T00:00:00Z");
    assert_eq!(post(&house, "servicerequestupdates.json", &fields).await.status, 201);
    let mut other = fields.clone();
    other[4].1 = "Something else.";
    let page = post(&house, "servicerequestupdates.json", &other).await;
    assert_eq!((page.status, errors(&page)[0].0), (409, 409));
}
