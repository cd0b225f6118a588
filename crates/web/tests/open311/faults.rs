//! What the peer's own server gets wrong (council 5.5), a test for each.

use crate::*;

#[tokio::test]
async fn a_post_of_a_request_creates_one_and_says_201() {
    let house = house().await;
    let page = post(&house, "requests.xml", &TIPPING).await;
    assert_eq!(page.status, 201, "{}", page.text);
    let id = page.between("<service_request_id>", "</service_request_id>").unwrap().to_owned();
    let found = get_keyed(&house, &format!("requests/{id}.json")).await;
    assert_eq!(first(&found)["service_request_id"], id.as_str());
    assert_eq!(first(&found)["non_public"], 1, "nobody has looked at it");
}

#[tokio::test]
async fn a_missing_jurisdiction_is_told_in_the_format_of_the_address() {
    let house = house().await;
    let json = house.get(&format!("{AT}/requests.json")).await;
    assert_eq!((json.status, errors(&json)), (400, vec![(400, "jurisdiction_id was not provided".to_owned())]));
    let xml = house.get(&format!("{AT}/requests.xml")).await;
    assert_eq!(xml.header("content-type"), "text/xml; charset=utf-8");
    assert!(xml.text.ends_with("<description>jurisdiction_id was not provided</description></error></errors>\n"));
    // A key says which agency is meant.
    assert_eq!(get_keyed(&house, "requests.json").await.status, 200);
}

#[tokio::test]
async fn has_photo_filters() {
    let house = house().await;
    let (filed, _) = public(&house).await;
    assert_eq!(ids(&get(&house, "requests.json?has_photo=false").await), [filed.reference()]);
    assert_eq!(ids(&get(&house, "requests.json?has_photo=true").await), [""; 0]);
}

#[tokio::test]
async fn a_bad_status_and_a_bad_date_are_400() {
    let house = house().await;
    let page = get(&house, "requests.json?status=banana&start_date=yesterday&has_photo=perhaps&page=x&lat=north").await;
    let told = errors(&page);
    assert_eq!(page.status, 400);
    for word in ["status", "start_date", "has_photo", "page", "lat"] {
        assert!(told.iter().any(|(code, words)| *code == 400 && words.starts_with(word)), "{word}: {told:?}");
    }
}

#[tokio::test]
async fn an_unknown_id_is_404() {
    let house = house().await;
    for at in ["requests/123456789.json", "requests/banana.json", "requests.json?service_request_id=123456789,x"] {
        let page = get(&house, at).await;
        assert_eq!(
            (page.status, errors(&page)),
            (404, vec![(404, "service_request_id was not found".to_owned())]),
            "{at}"
        );
    }
}

#[tokio::test]
async fn every_service_has_a_definition_a_stable_code_and_a_name_of_its_own() {
    let house = house().await;
    let page = get(&house, "services.json").await;
    let all = page.json();
    let all = all.as_array().unwrap();
    assert!(all.len() > 15, "{}", page.text);
    for service in all {
        assert_eq!(service["metadata"], true);
        let code = service["service_code"].as_str().unwrap();
        assert_ne!(service["service_name"], code);
        let definition = get(&house, &format!("services/{code}.json")).await;
        assert_eq!(definition.json()["service_code"], code);
        assert!(definition.json()["attributes"].as_array().unwrap().len() >= 4, "{code}");
    }
    let mut names: Vec<&str> = all.iter().map(|service| service["service_name"].as_str().unwrap()).collect();
    names.sort_unstable();
    names.dedup();
    assert_eq!(names.len(), all.len());
}

#[tokio::test]
async fn a_list_is_a_bare_array_narrowed_by_place_and_ids_page_by_page() {
    let house = house().await;
    let mut filed = Vec::new();
    for _ in 0..3 {
        filed.push(public(&house).await.0.reference().to_owned());
        house.clock.forward_seconds(1);
    }
    filed.reverse();
    assert_eq!(ids(&get(&house, "requests.json").await), filed);
    let row = first(&get(&house, "requests.json").await);
    assert_eq!(row["agency_responsible"], "North Somerset Council");
    assert_eq!(ids(&get(&house, "requests.json?lat=51.3461&long=-2.9772&radius=50").await).len(), 3);
    assert_eq!(ids(&get(&house, "requests.json?lat=51.40&long=-2.9772&radius=50").await).len(), 0);
    let two = format!("requests.json?service_request_id={},{}&status=banana", filed[0], filed[2]);
    assert_eq!(ids(&get(&house, &two).await), [filed[0].clone(), filed[2].clone()], "ids go before the rest");
    let page = get(&house, "requests.json?page_size=2").await;
    assert_eq!(ids(&page), filed[..2]);
    let link = page.header("link").to_owned();
    assert!(link.ends_with("; rel=\"next\""), "{link}");
    let next = link.trim_start_matches("<http://moothall.test").split('>').next().unwrap().to_owned();
    let page = house.get(&next).await;
    assert_eq!((ids(&page), page.header("link")), (filed[2..].to_vec(), ""));
    assert_eq!(ids(&get(&house, "requests.json?page_size=2&page=2").await), filed[2..]);
}

#[tokio::test]
async fn updates_are_pushed_and_read_and_a_repeat_is_no_error() {
    let house = house().await;
    let reference = sent(&house).await;
    let now = "2026-01-01T00:00:00Z";
    let fields = update(&reference, "7", "IN_PROGRESS", now);
    let (one, two) = (
        post(&house, "servicerequestupdates.json", &fields).await,
        post(&house, "servicerequestupdates.json", &fields).await,
    );
    assert_eq!((one.status, two.status), (201, 201), "{}", one.text);
    assert_eq!(one.text, two.text);
    let read = get_keyed(&house, "servicerequestupdates.json").await;
    assert_eq!(read.json().as_array().unwrap().len(), 1, "{}", read.text);
    assert_eq!(
        (first(&read)["status"].as_str(), first(&read)["description"].as_str()),
        (Some("in_progress"), Some("A team has been."))
    );
}

#[tokio::test]
async fn a_point_is_enough_to_report() {
    let house = house().await;
    let fields: Vec<(&str, &str)> = TIPPING.to_vec();
    assert!(!fields.iter().any(|(name, _)| name.contains("postcode") || name.contains("address")));
    assert_eq!(post(&house, "requests.json", &fields).await.status, 201);
}
