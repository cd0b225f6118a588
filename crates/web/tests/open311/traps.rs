//! What the peer does as a client, and what our server does about it (council 5.4).

use crate::*;

#[tokio::test]
async fn no_element_has_an_attribute_and_every_id_is_text() {
    let house = house().await;
    let (filed, _) = public(&house).await;
    let mut pages = Vec::new();
    for at in ["discovery.xml", "services.xml", "services/fly-tipping.xml", "requests.xml", "requests/banana.xml"] {
        pages.push(get(&house, at).await);
    }
    pages.push(get_keyed(&house, "servicerequestupdates.xml").await);
    pages.push(post(&house, "requests.xml", &TIPPING).await);
    for page in pages {
        let elements = page.text.split_once("?>").unwrap().1.split('<').skip(1);
        for element in elements {
            let tag = element.split('>').next().unwrap();
            assert!(tag.chars().all(|c| c.is_ascii_lowercase() || matches!(c, '_' | '/')), "<{tag}>");
        }
    }
    assert!(
        get(&house, "requests.xml")
            .await
            .text
            .contains(&format!("<service_request_id>{}</service_request_id>", filed.reference()))
    );
}

#[tokio::test]
async fn stamps_are_always_there_in_whole_seconds_with_their_zone() {
    let house = house().await;
    public(&house).await;
    let reference = sent(&house).await;
    post(&house, "servicerequestupdates.json", &update(&reference, "1", "PLANNED", "2026-01-01T00:00:00Z")).await;
    let stamp = |text: &serde_json::Value| {
        let text = text.as_str().unwrap_or_else(|| panic!("no stamp: {text}")).to_owned();
        assert!(text.len() == 25 && !text.contains('.') && text.parse::<jiff_free::Stamp>().is_ok(), "{text}");
    };
    for row in get_keyed(&house, "requests.json").await.json().as_array().unwrap() {
        stamp(&row["requested_datetime"]);
        stamp(&row["updated_datetime"]);
        assert!(row["lat"].is_f64() && row["long"].is_f64() && row["description"].is_string());
    }
    for row in get_keyed(&house, "servicerequestupdates.json").await.json().as_array().unwrap() {
        stamp(&row["updated_datetime"]);
        assert!(!row["description"].as_str().unwrap().is_empty());
    }
}

/// `2026-05-22T10:05:00+01:00`, read by hand.
mod jiff_free {
    pub struct Stamp;

    impl std::str::FromStr for Stamp {
        type Err = ();

        fn from_str(text: &str) -> Result<Stamp, ()> {
            let form: String = text.chars().map(|c| if c.is_ascii_digit() { '0' } else { c }).collect();
            ["0000-00-00T00:00:00+00:00", "0000-00-00T00:00:00-00:00"]
                .contains(&form.as_str())
                .then_some(Stamp)
                .ok_or(())
        }
    }
}

#[tokio::test]
async fn a_client_of_its_own_base_address_gets_what_changed_in_its_window() {
    let house = house().await;
    let (filed, mut officer) = public(&house).await;
    house.clock.forward_seconds(10 * 24 * 60 * 60);
    let now = web::page::when::local(casework::Clock::now(&*house.clock));
    let since = format!("start_date={}", now.strftime("%Y-%m-%dT%H:%M:%SZ"));
    let base = format!("{AT}/for/fixmystreet/requests.json?{JURISDICTION}&{since}");
    assert_eq!(ids(&house.get(&base).await), [""; 0]);
    house.clock.forward_seconds(60);
    let mut leader = house.staff(COUNCIL, "team_leader").await;
    let form = leader.get(&filed.desk()).await.form("/stage");
    leader.submit(&form, &[("stage", "planned"), ("words", "On Tuesday.")]).await;
    assert_eq!(ids(&house.get(&base).await), [filed.reference()]);
    assert_eq!(ids(&get(&house, &format!("requests.json?{since}")).await), [""; 0], "it was received before");
    assert_eq!(
        ids(&get(&house, &format!("requests.json?{}", since.replace("start_date", "updated_after"))).await).len(),
        1
    );
    // The rest is there too.
    for rest in ["services.xml", "services/pothole.json"] {
        let page = house.get(&format!("{AT}/for/fixmystreet/{rest}?{JURISDICTION}")).await;
        assert_eq!(page.text, get(&house, rest).await.text);
    }
    let base = house.get(&format!("{AT}/for/fixmystreet/discovery.json")).await;
    assert!(base.text.contains("/open311/v2/for/fixmystreet/"), "{}", base.text);
    // A name that nobody configured is nobody's base.
    for rest in ["discovery.json", "services.xml", "requests.json", "tokens/1.json"] {
        assert_eq!(house.get(&format!("{AT}/for/somebody/{rest}?{JURISDICTION}")).await.status, 404, "{rest}");
    }
    let _ = officer.get("/staff").await;
}

#[tokio::test]
async fn services_definitions_tokens_and_public_requests_need_no_key() {
    let house = house().await;
    let (filed, _) = public(&house).await;
    for at in ["services.xml", "services/fly-tipping.xml", &format!("tokens/{}.xml", filed.reference()), "requests.xml"]
    {
        assert_eq!(get(&house, at).await.status, 200, "{at}");
    }
}

#[tokio::test]
async fn codes_and_names_are_unique_and_keywords_hold_no_space() {
    let house = house().await;
    for agency in [COUNCIL, POLICE] {
        let page = house.get(&format!("{AT}/services.json?jurisdiction_id={agency}")).await;
        let all = page.json();
        let mut known = std::collections::BTreeSet::new();
        for service in all.as_array().unwrap() {
            assert!(known.insert(service["service_code"].as_str().unwrap().to_owned()));
            assert!(known.insert(service["service_name"].as_str().unwrap().to_owned()));
            assert!(!service["keywords"].as_str().unwrap_or_default().contains(' '));
        }
    }
}

#[tokio::test]
async fn update_ids_are_given_once() {
    let house = house().await;
    let reference = sent(&house).await;
    for (n, word) in ["INVESTIGATING", "PLANNED", "UNCHANGED", "FIXED"].iter().enumerate() {
        let at = format!("2026-01-01T00:00:0{n}Z");
        house.clock.forward_seconds(1);
        let page = post(&house, "servicerequestupdates.json", &update(&reference, &format!("u{n}"), word, &at)).await;
        assert_eq!(page.status, 201, "{}", page.text);
    }
    let page = get_keyed(&house, "servicerequestupdates.json").await;
    let all = page.json();
    let mut seen: Vec<&str> = all.as_array().unwrap().iter().map(|row| row["update_id"].as_str().unwrap()).collect();
    seen.sort_unstable();
    seen.dedup();
    assert_eq!(seen.len(), 4, "{}", page.text);
    let stamps: Vec<&str> =
        all.as_array().unwrap().iter().map(|row| row["updated_datetime"].as_str().unwrap()).collect();
    assert!(stamps.windows(2).all(|two| two[0] < two[1]), "stamps rise: {stamps:?}");
}
