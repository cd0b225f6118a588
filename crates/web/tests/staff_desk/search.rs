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
