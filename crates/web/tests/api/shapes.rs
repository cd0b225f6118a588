use crate::asked::{at, report, send, sent, tipping};
use serde_json::{Value as Json, json};
use testkit::{House, Page, misfits};

pub struct Description(Json);

impl Description {
    pub async fn of(house: &House) -> Description {
        let page = house.get("/api/openapi.json").await;
        assert_eq!((page.status, page.header("content-type")), (200, "application/json"));
        Description(page.json())
    }

    /// The answer is one that the operation says it gives, in the shape it says.
    pub fn fits(&self, method: &str, path: &str, page: &Page) {
        let told = &self.0["paths"][path][method]["responses"][page.status.to_string()];
        let told = match told["$ref"].as_str() {
            Some(to) => self.0.pointer(&to[1..]).unwrap(),
            None => told,
        };
        let schema = &told["content"][page.header("content-type")]["schema"];
        assert!(schema.is_object(), "{method} {path} gives no {} of {}", page.status, page.header("content-type"));
        let found = misfits(&self.0, schema, &page.json());
        assert!(found.is_empty(), "{method} {path}: {found:#?}");
    }
}

#[tokio::test]
async fn what_is_sent_has_the_shape_that_is_described() {
    let house = House::embedded().await;
    let told = Description::of(&house).await;
    assert_eq!((&told.0["openapi"], &told.0["servers"][0]["url"]), (&json!("3.1.0"), &json!("http://moothall.test")));
    told.fits("get", "/api/v1/services", &house.get("/api/v1/services").await);
    for service in house.setting.catalogue.services() {
        let page = house.get(&format!("/api/v1/services/{}", service.id)).await;
        told.fits("get", "/api/v1/services/{id}", &page);
    }
    let mut client = house.visitor();
    let reports = "/api/v1/reports";
    told.fits("post", reports, &send(&mut client, &tipping(), "of-the-shape-described").await);
    told.fits("post", reports, &send(&mut client, &json!({}), "of-the-shape-described").await);
    told.fits("post", reports, &send(&mut client, &report("fly-tipping", "danger"), "of-another-shape").await);
    told.fits(
        "post",
        reports,
        &send(&mut client, &report("fly-tipping", "in-another-area"), "elsewhere-0000000").await,
    );
    for body in [report("fly-tipping", "everything"), report("crime.theft", "no-name")] {
        let (mut client, receipt) = sent(&house, &body).await;
        told.fits("get", "/api/v1/reports/{reference}", &client.get(&at(&receipt)).await);
        let page = client.post_json(&format!("{}/messages", at(&receipt)), &json!({ "words": "More." }), &[]).await;
        told.fits("post", "/api/v1/reports/{reference}/messages", &page);
        client.token = None;
        told.fits("get", "/api/v1/reports/{reference}", &client.get(&at(&receipt)).await);
    }
}

#[tokio::test]
async fn the_body_of_a_sample_has_the_shape_that_is_taken() {
    let house = House::embedded().await;
    let told = Description::of(&house).await;
    let schema = &told.0["components"]["schemas"]["NewReport"];
    assert_eq!(misfits(&told.0, schema, &tipping()), Vec::<String>::new());
    assert_eq!(misfits(&told.0, schema, &json!({ "service": "no-such", "x": 1 })).len(), 3);
}
