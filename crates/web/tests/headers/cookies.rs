use testkit::{House, PIN};

/// Every cookie line that a whole journey, a visit and a sign-in set.
async fn lines(https: bool) -> Vec<(String, String)> {
    let house = House::tuned(|options| {
        if https {
            options.public_url = "https://moothall.test".into();
        }
    })
    .await;
    let mut visitor = house.visitor();
    let mut kept = Vec::new();
    let origin = if https { "https://moothall.test" } else { "http://moothall.test" };
    let filed = house.file("crime.theft", "shortest").await;
    let person = house.person("north-somerset-council", "officer");
    let code = person.code(casework::Clock::now(&*house.clock));
    let sign_in = format!("login={}&password={}&code={code}", person.login, testkit::PASSWORD.replace(' ', "+"));
    for (at, body) in [
        ("/report/fly-tipping/q/now".to_owned(), "now=no".to_owned()),
        ("/report/fly-tipping/again".to_owned(), String::new()),
        (filed.link(), String::new()),
        (format!("{}/pin", filed.track()), format!("pin={PIN}")),
        (format!("{}/sign-out", filed.track()), String::new()),
        ("/staff/sign-in".to_owned(), sign_in),
        ("/staff/sign-out".to_owned(), String::new()),
    ] {
        let request = axum::http::Request::post(&at)
            .header("content-type", "application/x-www-form-urlencoded")
            .header("origin", origin)
            .body(body.into());
        let page = visitor.send(request.unwrap()).await;
        assert_eq!(page.status, 303, "{at}: {}", page.text);
        let set = page.headers.get_all("set-cookie").iter().map(|line| line.to_str().unwrap().to_owned());
        let set: Vec<String> = set.collect();
        assert_eq!(set.len(), 1, "{at} sets {set:?}");
        kept.extend(set.into_iter().map(|line| (at.clone(), line)));
    }
    kept
}

#[tokio::test]
async fn every_cookie_is_closed_to_scripts_and_other_sites_and_stands_on_its_own_path() {
    for (at, line) in lines(false).await {
        assert!(line.contains("; HttpOnly") && line.contains("; SameSite=Lax"), "{at}: {line}");
        assert!(!line.contains("Secure") && !line.contains("Domain="), "{at}: {line}");
        let path = line.split("Path=").nth(1).unwrap().split(';').next().unwrap();
        assert!(path != "/" && (at.starts_with(path) || at.starts_with("/track/link/")), "{at}: {line}");
    }
}

#[tokio::test]
async fn behind_tls_every_cookie_is_secure() {
    for (at, line) in lines(true).await {
        assert!(line.contains("; Secure"), "{at}: {line}");
    }
}

#[tokio::test]
async fn a_cookie_is_another_one_after_each_proof() {
    let house = House::embedded().await;
    let filed = house.file("crime.theft", "shortest").await;
    let mut client = house.visitor();
    client.post(&filed.link(), &[]).await;
    let before = client.cookie("visit").unwrap().to_owned();
    client.post(&format!("{}/pin", filed.track()), &[("pin", PIN)]).await;
    assert_ne!(client.cookie("visit"), Some(before.as_str()));
    client.forge(&filed.track(), "visit", &before);
    let mut old = house.visitor();
    old.forge(&filed.track(), "visit", &before);
    assert_eq!(old.get(&filed.track()).await.status, 404);
}
