use crate::held;
use serde_json::json;
use testkit::{House, Page, files::GIF, sample};

async fn upload(house: &House, bytes: &'static [u8]) -> Page {
    house.visitor().post_raw("/api/v1/uploads", "application/octet-stream", bytes).await
}

fn body(files: serde_json::Value) -> serde_json::Value {
    let mut answers = sample("fly-tipping", "shortest")["answers"].clone();
    answers.as_object_mut().unwrap().remove("journey");
    json!({ "service": "fly-tipping", "answers": answers, "files": files })
}

async fn send(house: &House, body: &serde_json::Value, key: &str) -> Page {
    house.visitor().post_json("/api/v1/reports", body, &[("idempotency-key", key)]).await
}

#[tokio::test]
async fn a_program_uploads_and_names_what_it_uploaded_once() {
    let house = House::embedded().await;
    let upload = upload(&house, GIF).await;
    assert_eq!(upload.status, 201, "{}", upload.text);
    assert_eq!((&upload.json()["media"], &upload.json()["size"]), (&json!("image/gif"), &json!(GIF.len())));
    let body = body(json!([upload.json()["id"]]));
    let sent = send(&house, &body, "a-report-with-a-photo").await;
    assert_eq!(sent.status, 201, "{}", sent.text);
    let again = send(&house, &body, "a-report-with-a-photo").await;
    assert_eq!(again.text, sent.text, "the same call has the same receipt, though the file is claimed");
    let reference = sent.json()["reference"].as_str().unwrap().to_owned();
    let head = house.db.read(move |tx| store::report::by_reference(tx, &reference)).await.unwrap().unwrap();
    let kept = held(&house, head.id).await;
    assert_eq!((kept.len(), kept[0].question.as_str()), (1, "photos"));
    let other = send(&house, &body, "another-report-the-same").await;
    assert_eq!(other.status, 422, "{}", other.text);
    assert_eq!(other.json()["errors"][0]["code"], "file.gone");
}

#[tokio::test]
async fn a_name_that_is_no_header_is_refused() {
    use axum::http::Request;
    let house = House::embedded().await;
    for (name, status) in [(&b"mattress.gif"[..], 201), (b"m\xc3\xbcll.gif", 422), (&[b'x'; 201], 422)] {
        let request = Request::post("/api/v1/uploads").header("file-name", name).body(GIF.into()).unwrap();
        let page = house.visitor().send(request).await;
        assert_eq!(page.status, status, "{}", page.text);
    }
}

#[tokio::test]
async fn what_no_question_takes_is_named() {
    let house = House::embedded().await;
    let refused = upload(&house, b"<html>").await;
    assert_eq!((refused.status, &refused.json()["errors"][0]["code"]), (422, &json!("file.sort")));
    let pdf = upload(&house, b"%PDF-1.7\n%nothing").await;
    assert_eq!(pdf.status, 201, "{}", pdf.text);
    let mut missed =
        json!({ "service": "missed-collection", "answers": sample("missed-collection", "shortest")["answers"] });
    missed["answers"].as_object_mut().unwrap().remove("journey");
    missed["files"] = json!([pdf.json()["id"]]);
    let page = send(&house, &missed, "a-pdf-nobody-asks-for").await;
    assert_eq!(page.status, 422, "{}", page.text);
    assert_eq!(page.json()["errors"][0]["code"], "file.sort");
    let long = house.visitor().post_raw("/api/v1/uploads", "x/y", vec![0; 20 * 1024 * 1024 + 1]).await;
    assert_eq!(long.status, 413);
}
