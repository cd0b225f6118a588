//! A pin that staff move (C-65).

use crate::kept::{changed, kept};
use testkit::{Client, Filed, House};

const COUNCIL: &str = "north-somerset-council";

async fn read(house: &House) -> (Filed, Client) {
    let filed = house.file("fly-tipping", "everything").await;
    let mut officer = house.staff(COUNCIL, "officer").await;
    let form = officer.get(&filed.desk()).await.form("/acknowledge");
    officer.submit(&form, &[]).await;
    (filed, officer)
}

fn at(filed: &Filed) -> String {
    format!("{}/place", filed.desk())
}

#[tokio::test]
async fn a_pin_that_is_moved_takes_everything_along_and_the_answer_stays() {
    let house = House::embedded().await;
    let (filed, mut officer) = read(&house).await;
    let public = format!("/reports/{}", filed.reference());
    let clevedon = "/reports/pins?box=51.42,-2.88,51.45,-2.83";
    assert!(!house.get(clevedon).await.text.contains(filed.reference()));
    let page = officer.get(&at(&filed)).await;
    assert!(page.says("High Street, Weston-super-Mare") && !page.text.contains("where.words"), "{}", page.text);
    let before = kept(&house).await;
    let fields = [("where.text", "Clevedon"), ("why", "The photo shows the pier.")];
    let done = officer.submit(&page.form("/place"), &fields).await;
    assert_eq!(done.location, format!("{}?done=told", filed.desk()), "{}", done.text);
    let changes = changed(&before, &kept(&house).await);
    assert!(changes.contains(&"journal place.moved +1".to_owned()), "{changes:?}");
    assert!(changes.contains(&"delivery +1".to_owned()), "{changes:?}");
    let desk = officer.get(&filed.desk()).await;
    for words in
        ["Clevedon", "Where, until", "High Street, Weston-super-Mare", "Moved the pin", "The photo shows the pier."]
    {
        assert!(desk.says(words), "{words}: {}", desk.text);
    }
    let page = house.get(&public).await;
    assert!(page.says("Clevedon") && page.says("put the place right"), "{}", page.text);
    assert!(!page.says("High Street") && !page.says("pier"), "{}", page.text);
    assert!(house.get(clevedon).await.text.contains(filed.reference()));
    assert!(!house.get("/reports/pins?box=51.33,-3.0,51.36,-2.9").await.text.contains(filed.reference()));
    // Staff find it by its new place.
    assert!(officer.get("/staff?q=Clevedon").await.text.contains(filed.reference()));
    assert!(officer.get("/staff/map?box=51.42,-2.88,51.45,-2.83").await.text.contains(filed.reference()));
    let own = house.reporter(&filed).await.get(&filed.track()).await;
    assert!(own.says("moved the pin of your report") && own.says("The photo shows the pier."), "{}", own.text);
    assert!(own.says("High Street, Weston-super-Mare"), "what they answered stays: {}", own.text);
}

#[tokio::test]
async fn what_is_wrong_with_a_move_is_said_and_nothing_typed_is_lost() {
    let house = House::embedded().await;
    let (filed, mut officer) = read(&house).await;
    let form = officer.get(&at(&filed)).await.form("/place");
    let before = kept(&house).await;
    for (place, why, says) in [
        ("", "Why not.", "Give a place that we can put on the map"),
        ("qqqqxyzzy", "Why not.", "qqqqxyzzy"),
        ("Clevedon", " ", "Say why you move it"),
        ("Bristol", "Why not.", "not in your agency"),
    ] {
        let page = officer.submit(&form, &[("where.text", place), ("why", why)]).await;
        assert!(page.status == 422 && page.says(says), "{place}: {}", page.text);
        assert!(page.text.contains(&format!("value=\"{place}\"")) || place.is_empty(), "{place}: {}", page.text);
        assert!(page.says(why.trim()), "{why}: {}", page.text);
    }
    // Words without a point are no pin.
    let page = officer.submit(&form, &[("where.words", "by the bins"), ("why", "Why not.")]).await;
    assert!(page.status == 422 && page.says("Give a place that we can put on the map"), "{}", page.text);
    // Of several places one is picked.
    let page = officer.submit(&form, &[("where.text", "High Street"), ("why", "Another one.")]).await;
    assert!(
        page.status == 200
            && page.says("Which one do you mean?")
            && !page.says("None of these")
            && page.says("Another one."),
        "{}",
        page.text
    );
    let changes = changed(&before, &kept(&house).await);
    assert!(
        !changes.iter().any(|change| change.contains("place.moved") || change.starts_with("delivery")),
        "{changes:?}"
    );
    // An older page saves nothing.
    officer.submit(&form, &[("where.text", "Clevedon"), ("why", "It is there.")]).await;
    let late = officer.submit(&form, &[("where.text", "Portishead"), ("why", "It is there.")]).await;
    assert!(late.status == 422 && late.says("just before you"), "{}", late.text);
    assert!(officer.get(&filed.desk()).await.says("Clevedon"));
}

#[tokio::test]
async fn a_report_that_has_ended_or_that_is_of_a_home_keeps_its_pin() {
    let house = House::embedded().await;
    let (filed, mut officer) = read(&house).await;
    let form = officer.get(&filed.desk()).await.form("/close");
    officer.submit(&form, &[("outcome", "fixed"), ("words", "Gone.")]).await;
    let desk = officer.get(&filed.desk()).await;
    assert!(!desk.text.contains("/place\"") && !desk.text.contains("/service\""), "{}", desk.text);
    assert_eq!(officer.get(&at(&filed)).await.status, 404);
}
