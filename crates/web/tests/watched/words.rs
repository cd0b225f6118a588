//! No personal detail in numbers and spans, wherever it came in; every word in them is of the program.

use axum::{body::Body, http::Request};
use serde_json::{Value as Json, json};
use std::collections::BTreeSet;
use telemetry::{Ended, Tracer, Word, encode};
use testkit::{Client, House, Numbers};
use web::router::ROUTES;

/// Name, address, number, words, a search, a token and a key as somebody may send them.
const CANARIES: [&str; 8] = [
    "Quillon",
    "quillon.farthing@example.org",
    "07700900321",
    "behind-the-zinnia-shed",
    "zebrafinch",
    "tok3n-canary-aaaa-bbbb",
    "k3y-canary-cccc-dddd",
    "203.0.113.77",
];

fn answers() -> Json {
    let mut answers = testkit::sample("fly-tipping", "everything")["answers"].clone();
    answers["contact"] = json!({ "name": "Quillon Farthing", "email": CANARIES[1], "phone": CANARIES[2] });
    answers["details"] = json!(CANARIES[3]);
    answers["where"]["label"] = json!("behind-the-zinnia-shed, Weston");
    answers
}

/// Every address there is, with canaries in all that may be chosen: path, query, headers, form, JSON.
async fn everywhere(house: &House) {
    let mut client = house.visitor();
    for route in ROUTES {
        for fill in [CANARIES[5], CANARIES[4], "Quillon%20Farthing"] {
            let filled = route.path.split('/').map(|part| if part.starts_with('{') { fill } else { part });
            let path = filled.collect::<Vec<_>>().join("/");
            for method in ["GET", "POST", "PUT", "ZEBRAFINCH"] {
                let form = format!(
                    "login={0}&words={1}&where.text={1}&email={0}&code={2}",
                    CANARIES[1], CANARIES[3], CANARIES[5]
                );
                let request = Request::builder()
                    .method(method)
                    .uri(format!("{path}?q={}&lat=51.3&lon=-2.9", CANARIES[4]))
                    .header("user-agent", CANARIES[4])
                    .header("referer", format!("http://moothall.test/{}", CANARIES[5]))
                    .header("x-forwarded-for", CANARIES[7])
                    .header("cookie", format!("visit={0}; attempt={0}; staff={0}", CANARIES[5]))
                    .header("authorization", format!("Bearer {}", CANARIES[5]))
                    .header("idempotency-key", CANARIES[6])
                    .header("traceparent", "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01")
                    .header("content-type", "application/x-www-form-urlencoded");
                client.send(request.body(Body::from(form)).unwrap()).await;
            }
        }
    }
}

/// A report with a name, worked and followed; what was secret about it.
async fn a_life(house: &House) -> Vec<String> {
    let filed = house.file_answers("fly-tipping", &answers()).await;
    let mut browser = house.begun("fly-tipping", &answers()).await;
    assert_eq!(browser.post("/report/fly-tipping/send", &[]).await.status, 303);
    let mut reporter = house.reporter(&filed).await;
    let own = reporter.get(&filed.track()).await;
    reporter.submit(&own.form("/words"), &[("words", CANARIES[3])]).await;
    let mut officer = house.staff("north-somerset-council", "officer").await;
    for at in ["/staff?q=zebrafinch".to_owned(), format!("/staff?q={}", filed.reference()), filed.desk()] {
        assert_eq!(officer.get(&at).await.status, 200, "{at}");
    }
    let desk = officer.get(&filed.desk()).await;
    assert_eq!(officer.submit(&desk.form("/note"), &[("words", CANARIES[3])]).await.status, 303);
    house.app.ledger.step().await.unwrap();
    let of = |client: &Client, name: &str| client.cookie(name).unwrap_or_default().to_owned();
    let mut secrets = vec![filed.reference().to_owned(), filed.receipt.code.clone(), filed.id.to_string()];
    secrets.extend([
        filed.receipt.link.clone().unwrap(),
        of(&browser, "attempt"),
        of(&reporter, "visit"),
        of(&officer, "staff"),
    ]);
    secrets.extend(house.people.iter().map(|person| person.login.clone()));
    secrets.retain(|secret| !secret.is_empty());
    assert!(secrets.len() > 10);
    secrets
}

/// A house whose every request is a span, after all that; what it said and what it kept secret.
async fn lived() -> (Numbers, String, Vec<Ended>, Vec<String>) {
    let tracer = Tracer::new(1.0);
    let keep = tracer.clone();
    let house = House::tuned(move |options| options.tracer = Some(keep)).await;
    house.app.ledger.trace(tracer.clone());
    everywhere(&house).await;
    let secrets = a_life(&house).await;
    let text = house.operator().get("/metrics").await.text;
    (Numbers::read(&text), text, tracer.take(), secrets)
}

#[tokio::test]
async fn no_detail_and_no_secret_is_in_numbers_or_spans_and_every_word_is_ours() {
    let (numbers, text, spans, secrets) = lived().await;
    assert!(spans.len() > 500, "{} spans", spans.len());
    let sent = String::from_utf8_lossy(&encode(&spans, "1")).into_owned();
    for (what, said) in [("numbers", &text), ("spans", &sent)] {
        let said = said.to_lowercase();
        for canary in CANARIES.into_iter().chain(secrets.iter().map(String::as_str)) {
            assert!(!said.contains(&canary.to_lowercase()), "{canary} is in the {what}");
        }
        assert!(!said.contains("51.3") && !said.contains("fly-tipping"), "a place or a service is in the {what}");
    }
    let all: String = format!("{spans:?}").to_lowercase();
    assert!(
        !all.contains(&0x0af7_6519_16cd_43dd_8448_eb21_1c80_319c_u128.to_string()),
        "a stranger's trace is followed"
    );
    labels_are_closed(&numbers);
    spans_are_closed(&spans);
}

fn labels_are_closed(numbers: &Numbers) {
    let routes: BTreeSet<&str> = ROUTES.iter().map(|route| route.path).chain(["none"]).collect();
    let mut seen = 0;
    for key in numbers.samples.keys() {
        let name = key.split('{').next().unwrap();
        for (labels, _) in numbers.of(name) {
            for (label, value) in labels {
                seen += 1;
                let values: &[&str] = match label.as_str() {
                    "route" => {
                        assert!(routes.contains(value.as_str()), "{key}");
                        continue;
                    }
                    "le" => {
                        assert!(value == "+Inf" || value.parse::<f64>().is_ok(), "{key}");
                        continue;
                    }
                    "version" => &[env!("CARGO_PKG_VERSION")],
                    "method" => &["GET", "POST", "HEAD", "other"],
                    "status" => &["1xx", "2xx", "3xx", "4xx", "5xx"],
                    "channel" => &["web", "api"],
                    "engine" => &["sqlite", "postgresql"],
                    "kind" => &["read", "write", "unwritable", "busy", "conflict", "lost", "gone", "other"],
                    "state" => &["waiting", "sending", "dead", "held"],
                    "where" => &["request", "database"],
                    "reason" => &["empty", "large", "sort", "picture", "malware", "lost"],
                    _ => panic!("nobody expects the label {label}: {key}"),
                };
                assert!(values.contains(&value.as_str()), "{key}");
            }
        }
    }
    assert!(seen > 500, "{seen} labels");
}

fn spans_are_closed(spans: &[Ended]) {
    let routes: BTreeSet<&str> = ROUTES.iter().map(|route| route.path).chain(["none"]).collect();
    let parts = ["db.read", "db.write", "db.look", "ledger.round", "ledger.seal", "ledger.publish"];
    let mut names = BTreeSet::new();
    for span in spans {
        let (first, second) = span.name;
        let is_request = ["GET", "POST", "HEAD", "other"].contains(&first) && routes.contains(second);
        assert!(is_request || (parts.contains(&first) && second.is_empty()), "{span:?}");
        names.insert(first);
        for (key, word) in &span.words {
            let fits = match (*key, word) {
                ("http.request.method", Word::Text(text)) => *text == first,
                ("http.route", Word::Text(text)) => *text == second,
                ("http.response.status_code", Word::Number(n)) => (200..=503).contains(n),
                ("db.system.name", Word::Text(text)) => *text == "sqlite",
                ("outcome", Word::Text(text)) => ["done", "not done"].contains(text),
                ("moothall.entries", Word::Number(_)) => true,
                _ => false,
            };
            assert!(fits, "{key}: {word:?}");
        }
    }
    assert_eq!(names.len(), 3 + parts.len(), "{names:?}");
}
