use crate::sound::{before, nothing_happened};
use testkit::House;

const PATHS: &[&str] = &[
    "/../etc/passwd",
    "/report/../staff",
    "/report/..%2f..%2fetc%2fpasswd",
    "/report/%2e%2e/%2e%2e/etc/passwd",
    "/report/fly-tipping/..%5c..%5c",
    "/report/fly-tipping%00",
    "/report/fly-tipping%00.html",
    "/report/fly-tipping/",
    "/report/",
    "//report",
    "/report//fly-tipping",
    "/REPORT",
    "/report/Fly-Tipping",
    "/report/fly%2Dtipping%20",
    "/report/%ff%fe",
    "/report/%E2%80%AEgnippit-ylf",
    "/report/%F0%9F%98%80",
    "/report/fly-tipping/q/",
    "/report/fly-tipping/q/%00",
    "/report/fly-tipping/q/../check",
    "/report/fly-tipping/stop/nothing",
    "/report/fly-tipping.json",
    "/report/%3Cscript%3Ealert(1)%3C/script%3E",
    "/report/'%20OR%201=1--",
    "/assets/../Cargo.toml",
    "/assets/..%2fCargo.toml",
    "/assets/%2e%2e%2fsrc%2flib.rs",
    "/assets/meta.json",
    "/assets/",
    "/assets/%00",
    "/assets/citizen.css%00.js",
    "/assets/C:%5Cwindows",
    "/tiles/a/b/c",
    "/tiles/-1/0/0",
    "/tiles/256/0/0",
    "/tiles/1/99999999999/0",
    "/tiles/0/0/0.mvt",
    "/track/123456789",
    "/track/123456782",
    "/track/000000000",
    "/track/..%2f",
    "/track/%00",
    "/track/%EF%BC%91%EF%BC%92%EF%BC%93",
    "/track/link/",
    "/track/link/..%2f..",
    "/track/123456782/words",
    "/.env",
    "/.git/config",
    "/admin",
    "/wp-login.php",
    "/moothall.db",
    "/demo",
    "/staff.json",
    "/robots.txt/x",
    "/healthz/",
    "/metrics",
];

#[tokio::test]
async fn a_trick_in_an_address_finds_nothing() {
    let house = House::embedded().await;
    let mut client = house.visitor();
    let mut paths: Vec<String> = PATHS.iter().map(|path| (*path).to_owned()).collect();
    paths.push(format!("/report/{}", "a".repeat(20_000)));
    paths.push(format!("/{}", "a/".repeat(5_000)));
    paths.push(format!("/track/link/{}", "a".repeat(20_000)));
    for path in &paths {
        let before = before(&house, &client).await;
        let page = client.get(path).await;
        let link = path.starts_with("/track/link/") && page.status == 200;
        assert!(matches!(page.status, 400 | 404 | 405) || link, "{path}: {}", page.status);
        assert!(page.text.len() < 30_000, "{path} is repeated");
        nothing_happened(&house, &client, &before, &page, path).await;
        if !path.contains('?') {
            let posted = client.post(path, &[("words", "x")]).await;
            // A stop that the journey does not stand at leads to where it stands.
            let led_on = posted.status == 303 && path.starts_with("/report/fly-tipping/stop/");
            assert!((400..500).contains(&posted.status) || led_on, "POST {path}: {}", posted.status);
            nothing_happened(&house, &client, &before, &posted, path).await;
        }
    }
}

#[tokio::test]
async fn a_trick_in_a_query_changes_nothing() {
    let house = House::embedded().await;
    let filed = house.file("fly-tipping", "shortest").await;
    let mut officer = house.staff("north-somerset-council", "officer").await;
    let long = "x".repeat(30_000);
    let queries = [
        "q=%00",
        "q=%ff",
        "q=%zz",
        "q=%3Cscript%3Ealert(1)%3C%2Fscript%3E",
        "q=a&q=b",
        "q",
        "=",
        "&&&",
        "done=%3Cb%3E",
        "done=told&done=held",
        "after=%27",
        "view=%22%3E%3Cb%3E",
        "team=%22%3E%3Cb%3E",
        "sort=;",
        "from=//evil.example",
        "note=../x",
        "gone=where,%3Cb%3E",
        "lost=1",
        "note=%3Cscript%3E",
        &long,
    ];
    for query in queries {
        for at in
            ["/report", "/report/fly-tipping", "/report/fly-tipping/q/now", "/track", "/staff", filed.desk().as_str()]
        {
            let page = officer.get(&format!("{at}?{query}")).await;
            assert!(page.status < 500, "{at}?{query}: {}", page.status);
            assert!(!page.text.contains("<b>") && !page.text.contains("<script>alert"), "{at}?{query}");
            assert!(!page.location.starts_with("//") && !page.location.contains("evil"), "{at}?{query}");
        }
    }
}
