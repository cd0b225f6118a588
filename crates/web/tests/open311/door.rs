//! Keys, and what is there without one.

use crate::*;

#[tokio::test]
async fn a_key_that_is_missing_wrong_or_anothers_is_403() {
    let house = house().await;
    let mut client = house.visitor();
    for (rest, kind) in
        [("requests.json", "post"), ("servicerequestupdates.json", "post"), ("servicerequestupdates.json", "get")]
    {
        for key in ["", "&api_key=wrong", &format!("&api_key={}", partner_key(POLICE))] {
            let at = format!("{AT}/{rest}?{JURISDICTION}{key}");
            let page = if kind == "get" { client.get(&at).await } else { client.post(&at, &TIPPING).await };
            assert_eq!(page.status, 403, "{kind} {at}: {}", page.text);
            assert_eq!(errors(&page)[0].0, 403);
        }
    }
    // Where none is needed, a wrong one is not passed over.
    let page = get(&house, "requests.json?api_key=wrong").await;
    assert_eq!((page.status, errors(&page)[0].1.as_str()), (403, "api_key is not valid for this jurisdiction"));
}

#[tokio::test]
async fn what_is_hidden_or_not_looked_at_is_there_for_its_agencys_key_alone() {
    let house = house().await;
    let (shown, _) = public(&house).await;
    let unread = house.file("fly-tipping", "shortest").await;
    let (hidden, mut officer) = public(&house).await;
    let form = officer.get(&hidden.desk()).await.form("/publication");
    officer.submit(&form, &[("words", "A face in it.")]).await;
    // Of a service that is private: for the key alone.
    let noise = house.file("noise", &testkit::samples("noise")[0]).await;
    assert_eq!(ids(&get(&house, "requests.json").await), [shown.reference()]);
    let police = format!("{AT}/requests.json?api_key={}", partner_key(POLICE));
    assert_eq!(ids(&house.get(&police).await), [""; 0]);
    for of in [&unread, &hidden, &noise] {
        for at in ["requests", "tokens"] {
            let page = get(&house, &format!("{at}/{}.json", of.reference())).await;
            let absent = get(&house, &format!("{at}/123456782.json")).await;
            assert_eq!((page.status, &page.text), (404, &absent.text));
        }
        assert_eq!(get(&house, &format!("requests.json?service_request_id={}", of.reference())).await.status, 404);
    }
    let keyed = get_keyed(&house, "requests.json").await;
    let marks: Vec<i64> =
        keyed.json().as_array().unwrap().iter().map(|row| row["non_public"].as_i64().unwrap()).collect();
    assert_eq!((ids(&keyed).len(), marks.iter().sum::<i64>()), (4, 3), "{}", keyed.text);
}

#[tokio::test]
async fn that_a_program_read_what_is_not_public_is_entered() {
    let house = house().await;
    let unread = house.file("fly-tipping", "shortest").await;
    get_keyed(&house, "requests.json").await;
    let waiting = house.db.read(|tx| store::journal::waiting(&rights::Actor::House("test"), tx, 100)).await.unwrap();
    let seen: Vec<_> = waiting.iter().filter(|entry| entry.kind == "list.seen").collect();
    assert_eq!((seen.len(), seen[0].actor_name.as_str(), seen[0].agency.as_deref()), (1, "open311", Some(COUNCIL)));
    assert_eq!(seen[0].facts["references"][0], unread.reference());
}

#[tokio::test]
async fn services_of_the_police_and_private_ones_are_no_services_of_the_council_here() {
    let house = house().await;
    let page = get(&house, "services.json").await;
    for absent in ["noise", "crime.theft", "missed-collection", "contact.local_team"] {
        assert!(!page.text.contains(&format!("\"{absent}\"")), "{absent}");
        assert_eq!(get(&house, &format!("services/{absent}.json")).await.status, 404);
    }
    // By place: what that point can report.
    assert!(ids_of_services(&get(&house, "services.json?lat=51.3461&long=-2.9772").await) > 15);
    assert_eq!(ids_of_services(&get(&house, "services.json?lat=53.0&long=-1.5").await), 0);
    assert_eq!(get(&house, "services.json?lat=51.3").await.status, 400);
}

fn ids_of_services(page: &Page) -> usize {
    assert_eq!(page.status, 200, "{}", page.text);
    page.json().as_array().unwrap().len()
}
