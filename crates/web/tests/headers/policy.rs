use data_encoding::BASE64;
use sha2::{Digest, Sha256};
use testkit::{House, Page};
use web::router::ROUTES;

/// UI-6, word for word.
const POLICY: &str = "default-src 'none'; script-src 'self' 'sha256-GUQ5ad8JK5KmEWmROf3LZd9ge94daqNvd8xy9YS1iDw='; \
    style-src 'self'; img-src 'self' data: blob:; connect-src 'self'; worker-src 'self'; manifest-src 'self'; \
    font-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'";

async fn pages(house: &House) -> Vec<(String, Page)> {
    let council = house.file("fly-tipping", "everything").await;
    let police = house.file("crime.theft", "everything").await;
    let mut all = Vec::new();
    for route in ROUTES.iter().filter(|route| route.methods.contains(&"GET")) {
        let at =
            route.path.replace("{service}", "fly-tipping").replace("{question}", "now").replace("{z}/{x}/{y}", "1/0/0");
        let at = at
            .replace("{token}", "abcdefghijklmnop")
            .replace("{name}", "nothing")
            .replace("{*path}", "0/000")
            .replace("{reference}", council.reference());
        all.push((at.clone(), house.get(&at).await));
    }
    let mut leader = house.staff("north-somerset-council", "team_leader").await;
    for at in ["/staff", "/staff?q=road", "/staff/deliveries", council.desk().as_str()] {
        all.push((format!("desk {at}"), leader.get(at).await));
    }
    for filed in [&council, &police] {
        all.push((filed.track(), house.reporter(filed).await.get(&filed.track()).await));
    }
    let mut visitor = house.visitor();
    let theft = visitor.get("/report/crime.theft/q/gate.now").await;
    all.push(("gate".into(), visitor.follow(theft).await));
    all.push(("unreadable".into(), visitor.post_raw("/track", "text/plain", "x").await));
    all.push(("wrong method".into(), visitor.post("/", &[]).await));
    all
}

#[tokio::test]
async fn every_answer_carries_the_policy_and_a_number_of_its_own() {
    let house = House::embedded().await;
    let mut numbers = Vec::new();
    for (at, page) in pages(&house).await {
        for (name, value) in [
            ("content-security-policy", POLICY),
            ("referrer-policy", "same-origin"),
            ("x-content-type-options", "nosniff"),
            ("cross-origin-opener-policy", "same-origin"),
        ] {
            assert_eq!(page.header(name), value, "{at}: {name}");
        }
        assert!(uuid::Uuid::parse_str(page.header("x-request-id")).is_ok(), "{at}");
        numbers.push(page.header("x-request-id").to_owned());
        assert!(page.header("server").is_empty() && page.header("x-powered-by").is_empty(), "{at}");
    }
    let all = numbers.len();
    numbers.sort();
    numbers.dedup();
    assert_eq!(numbers.len(), all, "a request's number came twice");
}

#[tokio::test]
async fn the_list_for_other_sites_is_framed_by_those_of_the_configuration_and_nothing_else_by_any() {
    let sites = ["https://council.example", "https://bad.example; script-src *"];
    let house = House::tuned(move |options| options.framed_by = sites.map(str::to_owned).to_vec()).await;
    let policy = house.get("/widget/list").await.header("content-security-policy").to_owned();
    assert_eq!(policy, POLICY.replace("frame-ancestors 'none'", "frame-ancestors https://council.example"));
    for at in ["/", "/widget", "/reports", "/track", "/account/sign-in"] {
        assert_eq!(house.get(at).await.header("content-security-policy"), POLICY, "{at}");
    }
}

#[tokio::test]
async fn the_hash_is_that_of_the_one_script_that_stands_in_a_page() {
    let house = House::embedded().await;
    for (at, page) in pages(&house).await {
        for script in page.text.split("<script>").skip(1) {
            let inside = script.split("</script>").next().unwrap();
            let hash = BASE64.encode(&Sha256::digest(inside.as_bytes()));
            assert!(POLICY.contains(&format!("'sha256-{hash}'")), "{at}: {inside}");
        }
        for foreign in [" onclick=", " onload=", " style=\"", "javascript:", "src=\"http", "<style"] {
            assert!(!page.text.contains(foreign), "{at}: {foreign}");
        }
    }
    assert_eq!(house.get("/").await.text.matches("<script>").count(), 1);
}

#[tokio::test]
async fn nothing_with_answers_or_of_one_person_is_kept_by_anyone() {
    let house = House::embedded().await;
    let same_for_all = [
        "/",
        "/emergency",
        "/help",
        "/accessibility",
        "/privacy",
        "/data",
        "/figures",
        "/statistics",
        "/statistics.csv",
        "/statistics.json",
        "/bins",
        "/officers",
        "/report",
        "/account/sign-in",
        "/track",
        "/citizen.css",
        "/ledger/checkpoint",
        "/ledger/key",
        "/api/openapi.json",
        "/api/v1/services",
        "/reports",
        "/reports/feed",
        "/reports/rss",
        "/widget",
        "/widget/list",
        "/alerts",
        "/alerts/sent",
        "/reports/data.json",
        "/reports/data.csv",
        "/open311/v2/discovery.xml",
        "/open311/v2/discovery.json",
    ];
    for (at, page) in pages(&house).await {
        let expected = match at.as_str() {
            // Open data: nobody's, and the same for everyone until the next import.
            "/places/outline" => "public, max-age=3600",
            at if same_for_all.contains(&at) => "no-cache",
            _ => "no-store",
        };
        assert_eq!(page.header("cache-control"), expected, "{at}");
    }
    let sheet = house.get("/").await;
    let sheet = sheet.between("rel=\"stylesheet\" href=\"", "\"").unwrap();
    assert_eq!(house.get(sheet).await.header("cache-control"), "public, max-age=31536000, immutable");
    assert_eq!(house.get("/report?q=bike").await.header("cache-control"), "no-store");
}

#[tokio::test]
async fn transport_security_is_promised_only_where_there_is_any() {
    let plain = House::embedded().await.get("/").await;
    assert_eq!(plain.header("strict-transport-security"), "");
    let house = House::tuned(|options| options.public_url = "https://moothall.test".into()).await;
    assert_eq!(house.get("/").await.header("strict-transport-security"), "max-age=63072000; includeSubDomains");
}

#[tokio::test]
async fn errors_say_nothing_of_the_inside() {
    let house = House::embedded().await;
    let mut visitor = house.visitor();
    for at in
        ["/nothing", "/report/%ff", "/tiles/a/b/c", "/staff/reports/%00", "/report/fly-tipping/check", "/places/near"]
    {
        let page = visitor.get(at).await;
        assert!((400..500).contains(&page.status), "{at}: {}", page.status);
        for inside in ["src/", ".rs", "panicked", "SQL", "sqlite", "axum", "Deserialize", "Error(", "127.0.0.1"] {
            assert!(!page.text.contains(inside), "{at}: {inside}: {}", page.text);
        }
        assert!(page.text.contains("href=\"/\"") && page.text.contains("tel:999"), "{at}: {}", page.text);
    }
}
