use crate::kept::{changed, kept};
use testkit::House;

#[tokio::test]
async fn a_search_finds_by_reference_place_and_kind_within_the_own_agency_alone() {
    let house = House::embedded().await;
    let council = house.file("fly-tipping", "everything").await;
    let police = house.file("crime.theft", "everything").await;
    let mut officer = house.staff("north-somerset-council", "officer").await;
    let mut constable = house.staff("avon-and-somerset-police", "officer").await;
    let spaced = casework::codes::show_reference(council.reference()).replace(' ', "+");
    for words in [council.reference(), &spaced, "High+Street", "high", "WESTON"] {
        let page = officer.get(&format!("/staff?q={words}")).await;
        assert!(page.text.contains(&council.desk()) && page.says("1 found"), "{words}: {}", page.text);
        assert!(!page.text.contains(&police.desk()), "{words}");
    }
    for (client, foreign) in [(&mut officer, &police), (&mut constable, &council)] {
        let page = client.get(&format!("/staff?q={}", foreign.reference())).await;
        assert!(page.says("0 found") && !page.text.contains(&foreign.desk()), "{}", page.text);
    }
    // Words that only the resident wrote are no search words: what is found would tell what was read (C-17).
    assert!(officer.get("/staff?q=Transit").await.says("0 found"));
}

#[tokio::test]
async fn what_is_typed_to_search_is_words_and_nothing_else() {
    let house = House::embedded().await;
    let filed = house.file("fly-tipping", "everything").await;
    let mut officer = house.staff("north-somerset-council", "officer").await;
    for words in [
        "%22",
        "%27",
        "*",
        "%25",
        "_",
        "-",
        "OR",
        "high%20OR%20x",
        "NEAR(high%20street)",
        "high*",
        "%5E",
        "%7B%7D",
        "%28",
        "%29",
        "%3A",
        "high%20NOT%20street",
        "label%3Ahigh",
        "%27%3B%20DROP%20TABLE%20report%3B--",
        "%3Cscript%3E",
        "%E2%80%AE",
        "%C3%89",
        "%00",
        "xagencyxavonandsomersetpolicex",
        "%F0%9F%98%80",
        "%26%7C%21",
    ] {
        let page = officer.get(&format!("/staff?q={words}")).await;
        assert!(matches!(page.status, 200 | 400), "{words}: {}", page.status);
        assert!(page.status == 400 || page.forms().iter().any(|form| form.names("q")), "{words}");
        assert_eq!(page.text.matches("<script>").count(), usize::from(page.status == 200), "{words}");
    }
    let long = officer.get(&format!("/staff?q={}", "high+".repeat(2000))).await;
    assert_eq!(long.status, 200);
    assert!(officer.get(&filed.desk()).await.status == 200);
}

/// J-35: a search is a consultation even with no hits, and its terms are erasable.
#[tokio::test]
async fn a_search_without_hits_is_an_entry_too() {
    let house = House::embedded().await;
    let mut officer = house.staff("north-somerset-council", "officer").await;
    let before = kept(&house).await;
    officer.get("/staff?q=nothing+like+it").await;
    assert_eq!(changed(&before, &kept(&house).await), ["content +1", "journal list.seen +1", "unsealed +1"]);
}

#[tokio::test]
async fn a_search_finds_people_by_what_they_gave_for_who_may_see_it_alone() {
    let house = House::embedded().await;
    let mut answers = testkit::sample("fly-tipping", "everything")["answers"].clone();
    answers["contact"] =
        serde_json::json!({ "name": "Noor Example", "email": "noor@example.org", "phone": "01632 960123" });
    let filed = house.file_answers("fly-tipping", &answers).await;
    let other = house.file("fly-tipping", "everything").await;
    let mut officer = house.staff("north-somerset-council", "officer").await;
    for typed in ["Noor+Example", "noor+example", "noor%40example.org", "NOOR%40example.org", "01632+960123"] {
        let page = officer.get(&format!("/staff?q={typed}")).await;
        assert!(page.text.contains(&filed.desk()) && page.says("1 found"), "{typed}: {}", page.text);
        assert!(!page.text.contains(&other.desk()), "{typed}");
    }
    // Another agency that has no part in it, and who may not see how people can be reached, find nobody.
    let mut constable = house.staff("avon-and-somerset-police", "officer").await;
    let mut registrar = house.staff("avon-and-somerset-police", "crime_registrar").await;
    for client in [&mut constable, &mut registrar] {
        for typed in ["Noor+Example", "noor%40example.org", "01632+960123"] {
            assert!(client.get(&format!("/staff?q={typed}")).await.says("0 found"), "{typed}");
        }
    }
    let theft = house.file("crime.theft", "everything").await;
    let email = testkit::sample("crime.theft", "everything")["answers"]["contact"]["email"].clone();
    let typed = email.as_str().unwrap().replace('@', "%40");
    assert!(constable.get(&format!("/staff?q={typed}")).await.text.contains(&theft.desk()));
    assert!(!registrar.get(&format!("/staff?q={typed}")).await.text.contains(&theft.desk()));
}

#[tokio::test]
async fn a_search_finds_what_the_back_office_calls_a_report() {
    let house = House::embedded().await;
    let filed = house.file("fly-tipping", "everything").await;
    let named = store::outside::Outside {
        report: filed.id,
        agency: "north-somerset-council".into(),
        outside_id: "CRM-20077".into(),
        customer_reference: Some("FS 77".into()),
        known_at: casework::Clock::now(&*house.clock),
    };
    house.db.write(move |tx| store::outside::keep(&rights::Actor::House("test"), tx, &named)).await.unwrap();
    let mut officer = house.staff("north-somerset-council", "officer").await;
    for typed in ["CRM-20077", "FS+77"] {
        let page = officer.get(&format!("/staff?q={typed}")).await;
        assert!(page.text.contains(&filed.desk()) && page.says("1 found"), "{typed}: {}", page.text);
    }
    let mut constable = house.staff("avon-and-somerset-police", "officer").await;
    assert!(constable.get("/staff?q=CRM-20077").await.says("0 found"));
}
