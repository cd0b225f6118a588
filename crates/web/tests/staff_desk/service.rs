//! A report whose service staff change (C-65).

use crate::kept::{changed, kept};
use testkit::{Client, Filed, House};

const COUNCIL: &str = "north-somerset-council";

async fn read(house: &House) -> (Filed, Client) {
    let mut answers = testkit::sample("fly-tipping", "everything")["answers"].clone();
    answers["details"] = "Bags by the gate.".into();
    let filed = house.file_answers("fly-tipping", &answers).await;
    let mut officer = house.staff(COUNCIL, "officer").await;
    let form = officer.get(&filed.desk()).await.form("/acknowledge");
    officer.submit(&form, &[]).await;
    (filed, officer)
}

fn at(filed: &Filed) -> String {
    format!("{}/service", filed.desk())
}

#[tokio::test]
async fn a_report_becomes_one_of_another_service_with_its_team_its_targets_and_its_own_answers() {
    let house = House::embedded().await;
    let (filed, mut officer) = read(&house).await;
    let public = format!("/reports/{}", filed.reference());
    assert!(house.get(&public).await.says("Something that may be asbestos"));
    let page = officer.get(&at(&filed)).await;
    assert!(page.says("Rubbish dumped in the street or on land") && page.says("Pothole"), "{}", page.text);
    let before = kept(&house).await;
    let done =
        officer.submit(&page.form("/service"), &[("service", "pothole"), ("why", "The photo shows a hole.")]).await;
    assert_eq!(done.location, format!("{}?done=told", filed.desk()), "{}", done.text);
    let changes = changed(&before, &kept(&house).await);
    assert!(changes.contains(&"journal service.changed +1".to_owned()), "{changes:?}");
    assert!(changes.contains(&"delivery +1".to_owned()), "{changes:?}");
    let part = house.part(&filed, COUNCIL).await;
    let setting = &house.app.setting;
    let offer = setting.catalogue.agency(COUNCIL).unwrap().offer("pothole").unwrap();
    assert_eq!((part.service.as_str(), &part.team), ("pothole", &offer.team));
    assert_eq!(part.due_at, setting.ends(COUNCIL, &offer.target, part.received_at));
    let desk = officer.get(&filed.desk()).await;
    for words in [
        "Pothole",
        "Changed the service: from Rubbish dumped in the street or on land",
        "The photo shows a hole.",
        "a broken boat",
    ] {
        assert!(desk.says(words), "{words}: {}", desk.text);
    }
    let page = house.get(&public).await;
    assert!(page.says("Pothole") && page.says("Bags by the gate."), "{}", page.text);
    assert!(
        !page.says("Something that may be asbestos") && !page.says("a broken boat"),
        "it is not asked of a pothole: {}",
        page.text
    );
    assert!(house.get("/reports?service=pothole").await.text.contains(filed.reference()));
    assert!(!house.get("/reports?service=fly-tipping").await.text.contains(filed.reference()));
    assert!(officer.get("/staff?service=pothole").await.text.contains(filed.reference()));
    let own = house.reporter(&filed).await.get(&filed.track()).await;
    assert!(own.says("changed what your report is about") && own.says("a broken boat"), "{}", own.text);
    // And back again: nothing was lost but what others read.
    let form = officer.get(&at(&filed)).await.form("/service");
    let back = officer.submit(&form, &[("service", "fly-tipping"), ("why", "It was right.")]).await;
    assert_eq!(back.status, 303, "{}", back.text);
    assert!(officer.get(&filed.desk()).await.says("Rubbish dumped in the street or on land"));
}

#[tokio::test]
async fn a_report_of_a_service_that_is_not_public_is_read_by_nobody_else() {
    let house = House::embedded().await;
    let (filed, mut officer) = read(&house).await;
    let public = format!("/reports/{}", filed.reference());
    let page = officer.get(&at(&filed)).await;
    let done = officer.submit(&page.form("/service"), &[("service", "enquiry"), ("why", "It is a question.")]).await;
    assert_eq!(done.status, 303, "{}", done.text);
    assert_eq!(house.get(&public).await.status, 404);
    for path in ["/reports", "/reports/data.csv", "/reports/feed", "/open311/v2/requests.json"] {
        assert!(!house.get(path).await.text.contains(filed.reference()), "{path}");
    }
    let form = officer.get(&filed.desk()).await.form("/publication");
    let page = officer.submit(&form, &[("words", "Show it.")]).await;
    assert!(page.status == 422 && page.says("never public"), "{}", page.text);
    assert_eq!(house.get(&public).await.status, 404);
}

#[tokio::test]
async fn what_hangs_on_its_kind_or_is_worked_by_two_agencies_is_not_changed() {
    let house = House::embedded().await;
    let (filed, mut officer) = read(&house).await;
    let page = officer.get(&at(&filed)).await;
    let form = page.form("/service");
    for service in ["missed-collection", "noise", "bulky-waste", "asb", "fly-tipping", "nothing"] {
        assert!(!page.text.contains(&format!("value=\"{service}\"")), "{service}");
        let page = officer.submit(&form, &[("service", service), ("why", "Why not.")]).await;
        assert!(page.status == 422 && page.says("Choose what it is about") && page.says("Why not."), "{}", page.text);
    }
    let page = officer.submit(&form, &[("service", "pothole"), ("why", " ")]).await;
    assert!(page.status == 422 && page.says("Say why you change it"), "{}", page.text);
    let noise = house.file("noise", "shortest").await;
    let mut leader = house.staff(COUNCIL, "team_leader").await;
    assert_eq!(leader.get(&at(&noise)).await.status, 404);
    assert!(!leader.get(&noise.desk()).await.text.contains("/service\""));
}

#[tokio::test]
async fn photos_follow_the_rule_of_the_service_that_it_becomes() {
    for (to, has_photos) in [("pothole", true), ("abandoned-vehicle", false)] {
        let house = House::embedded().await;
        let (filed, mut officer) = read(&house).await;
        let public = format!("/reports/{}", filed.reference());
        assert!(house.get(&public).await.text.contains("/photo/"));
        let form = officer.get(&at(&filed)).await.form("/service");
        let done = officer.submit(&form, &[("service", to), ("why", "The photo shows it.")]).await;
        assert_eq!(done.status, 303, "{}", done.text);
        for path in [public.as_str(), "/reports/feed"] {
            assert_eq!(house.get(path).await.text.contains("/photo/"), has_photos, "{to}: {path}");
        }
    }
}
