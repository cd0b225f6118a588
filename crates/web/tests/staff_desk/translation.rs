//! Words in another language, and a colleague's translation beside them.

use testkit::House;

const COUNCIL: &str = "north-somerset-council";

#[tokio::test]
async fn a_translation_stands_beside_the_words_and_the_resident_never_sees_it() {
    let house = House::embedded().await;
    let filed = house.file("fly-tipping", "everything").await;
    let mut reporter = house.reporter(&filed).await;
    reporter.post(&format!("{}/words", filed.track()), &[("words", "Jest jeszcze jedna kanapa.")]).await;
    let mut officer = house.staff(COUNCIL, "officer").await;
    let page = officer.get(&filed.desk()).await;
    assert!(page.says("dir=\"auto\">Jest jeszcze jedna kanapa.<"), "{}", page.text);
    let form = page.form("/translation");
    let entry = page.between("<option value=\"entry:", "\"").unwrap().to_owned();
    let of = format!("entry:{entry}");
    let kept = officer.submit(&form, &[("of", &of), ("words", "There is one more sofa.")]).await;
    assert_eq!(kept.status, 303, "{}", kept.text);
    let page = officer.get(&filed.desk()).await;
    assert!(page.says("Jest jeszcze jedna kanapa.") && page.says("There is one more sofa."));
    assert!(page.says("Translated by"), "{}", page.text);
    assert!(!reporter.get(&filed.track()).await.says("one more sofa"));
    house.clock.forward_seconds(60);
    // A later one stands in its place; the words of the resident stay.
    let form = page.form("/translation");
    officer.submit(&form, &[("of", &of), ("words", "One more sofa is there.")]).await;
    let page = officer.get(&filed.desk()).await;
    assert!(page.says("One more sofa is there.") && !page.says("There is one more sofa."));
    assert!(page.says("Jest jeszcze jedna kanapa."));
}

#[tokio::test]
async fn only_words_of_the_resident_that_one_may_see_are_translated() {
    let house = House::embedded().await;
    let filed = house.file("fly-tipping", "shortest").await;
    let mut officer = house.staff(COUNCIL, "officer").await;
    let form = officer.get(&filed.desk()).await.form("/note");
    let at = format!("{}/translation", filed.desk());
    for of in ["answer:size", "answer:no_such", "entry:00000000-0000-7000-8000-000000000000", "thing"] {
        let version = form.fields.iter().find(|(name, ..)| name == "version").unwrap().1.as_str();
        let fields = [("version", version), ("of", of), ("words", "Words")];
        assert_eq!(officer.post(&at, &fields).await.status, 404, "{of}");
    }
}
