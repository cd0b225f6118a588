//! Against the schemas of open311/schema-validation, where they are at hand; they are not ours to copy.

use crate::*;
use std::fs;
use testkit::misfits;

fn schema(name: &str) -> Option<Json> {
    let path = testkit::repository().join("../shared/data/open311/schemas").join(name);
    let Ok(text) = fs::read_to_string(path) else {
        eprintln!("skipped: ../shared/data/open311/schemas is absent");
        return None;
    };
    Some(serde_json::from_str(&text).unwrap())
}

#[tokio::test]
async fn services_definitions_and_requests_fit_the_published_schemas() {
    let house = house().await;
    public(&house).await;
    for (name, at) in [("service.json", "services.json"), ("request.json", "requests.json")] {
        let Some(schema) = schema(name) else { return };
        let page = get(&house, at).await;
        for row in page.json().as_array().unwrap() {
            assert_eq!(misfits(&schema, &schema, row), Vec::<String>::new(), "{at}: {row}");
        }
    }
    let Some(schema) = schema("service-definition.json") else { return };
    for service in get(&house, "services.json").await.json().as_array().unwrap() {
        let code = service["service_code"].as_str().unwrap();
        let definition = get(&house, &format!("services/{code}.json")).await.json();
        assert_eq!(misfits(&schema, &schema, &definition), Vec::<String>::new(), "{code}");
    }
}
