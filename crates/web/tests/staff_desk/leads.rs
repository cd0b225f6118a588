//! Two agencies on one report: who leads sees all of it, who helps sees what is needed (J-13, J-26 to J-28, J-32).

use serde_json::json;
use testkit::{Filed, House, sample};

const POLICE: &str = "avon-and-somerset-police";
const COUNCIL: &str = "north-somerset-council";

/// Graffiti in a park by somebody known, because of who someone is: the police lead, the council helps.
async fn filed(house: &House, share: &str) -> Filed {
    let mut answers = sample("asb", "everything")["answers"].clone();
    for (id, answer) in [("asb.kind", "graffiti"), ("asb.land", "park"), ("flag.domestic", "no"), ("asb.share", share)]
    {
        answers[id] = json!(answer);
    }
    answers["story.text"] = json!("They sprayed words on the bandstand.");
    answers.as_object_mut().unwrap().remove("asb.group");
    house.file_answers("asb", &answers).await
}

#[tokio::test]
async fn who_helps_sees_the_account_and_neither_who_reported_nor_what_is_guarded() {
    let house = House::embedded().await;
    let filed = filed(&house, "without_my_name").await;
    let told: Vec<&str> = filed.receipt.agencies.iter().map(|told| told.agency.as_str()).collect();
    assert_eq!(told, [POLICE, COUNCIL]);
    assert_eq!(filed.receipt.reason, "The police lead, because it may be about who someone is. The council helps.");

    let (mut police, mut council) = (house.staff(POLICE, "inspector").await, house.staff(COUNCIL, "enforcement").await);
    let (leads, helps) = (police.get(&filed.desk()).await, council.get(&filed.desk()).await);
    assert_eq!((leads.status, helps.status), (200, 200));
    for shared in ["They sprayed words on the bandstand.", "51.34710"] {
        assert!(leads.says(shared) && helps.says(shared), "{shared}: {}", helps.text);
    }
    for kept in ["robin@example.org", "Kim Example", "They laughed at my chair.", "Polish", "CCTV or a doorbell camera"]
    {
        assert!(leads.says(kept), "{kept}: {}", leads.text);
        assert!(!helps.says(kept), "{kept}: {}", helps.text);
    }
    // The lists show flags: those that tell of a guarded answer stand in one only (J-27).
    let (leads, helps) = (police.get("/staff").await, council.get("/staff").await);
    assert!(leads.says("Three times or more") && helps.says("Three times or more"), "{}", helps.text);
    for kept in ["May be hate crime", "They would know who told us", "Needs more care", "Knows who does it"] {
        assert!(leads.says(kept), "{kept}: {}", leads.text);
        assert!(!helps.says(kept), "{kept}: {}", helps.text);
    }
}

#[tokio::test]
async fn who_helps_sees_who_reported_only_after_a_yes() {
    let house = House::embedded().await;
    let mut council = house.staff(COUNCIL, "enforcement").await;
    for (share, seen) in [("yes", true), ("without_my_name", false), ("ask_me_first", false)] {
        let filed = filed(&house, share).await;
        let page = council.get(&filed.desk()).await;
        assert!(page.status == 200 && page.says("bandstand"), "{share}");
        assert_eq!(page.says("robin@example.org"), seen, "{share}: {}", page.text);
        assert!(!page.says("They laughed at my chair."), "{share}");
    }
}

#[tokio::test]
async fn who_is_not_named_by_the_table_does_not_find_it() {
    let house = House::embedded().await;
    let filed = house.file("asb", "threatened").await;
    let mut council = house.staff(COUNCIL, "team_leader").await;
    assert_eq!(council.get(&filed.desk()).await.status, 404);
    assert!(!council.get("/staff").await.text.contains(&filed.desk()));
    assert_eq!(house.staff(POLICE, "triage").await.get(&filed.desk()).await.status, 200);
}

/// The row that decided is kept with the report (J-1).
#[tokio::test]
async fn the_entry_of_a_report_names_the_row_that_decided() {
    let house = House::embedded().await;
    let filed = house.file("asb", "drugs-in-a-park").await;
    let entries =
        house.db.read(move |tx| store::journal::for_resident(&rights::Actor::House("test"), tx, filed.id)).await;
    let entries = entries.unwrap();
    let received = entries.iter().find(|entry| entry.kind == "report.received").unwrap();
    assert_eq!(received.facts["lead"], "crime_public", "{}", received.facts);
    let agencies = received.facts["agencies"].as_array().unwrap();
    assert_eq!((agencies[0]["agency"].as_str(), agencies.len()), (Some(POLICE), 2));
}
