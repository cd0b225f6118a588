use crate::{page_of, public};
use testkit::House;

const AT: &str = "/report/fly-tipping";

async fn up_to_the_place(house: &House, place: &str) -> (testkit::Client, testkit::Page) {
    let mut client = house.visitor();
    client.post(&format!("{AT}/q/now"), &[("now", "no")]).await;
    client.post(&format!("{AT}/q/photos"), &[]).await;
    let page = client.post(&format!("{AT}/q/where"), &[("where.text", place)]).await;
    assert_eq!(page.status, 303, "{}", page.text);
    (client, page)
}

#[tokio::test]
async fn an_open_report_close_by_is_offered_and_whoever_takes_it_is_done() {
    let house = House::embedded().await;
    let (filed, mut officer) = public(&house, "everything").await;
    let place = testkit::sample("fly-tipping", "everything")["answers"]["where"].clone();
    let point = format!("{}, {}", place["lat"], place["lon"]);
    let (mut client, page) = up_to_the_place(&house, &point).await;
    let page = client.follow(page).await;
    assert!(page.says("North Somerset Council has read it") && !page.says("your report"), "{}", page.text);
    let form = officer.get(&filed.desk()).await.form("/stage");
    officer.submit(&form, &[("stage", "looked_into"), ("words", "We go and see.")]).await;
    let (mut client, page) = up_to_the_place(&house, &point).await;
    assert_eq!(page.location, format!("{AT}/alike"));
    let page = client.follow(page).await;
    assert!(page.says("Is it one of these?") && page.says("metres away"), "{}", page.text);
    assert!(page.says("We are looking into it"), "how it stands: {}", page.text);
    let photo = page.text.split("src=\"").filter_map(|rest| rest.split('"').next()).find(|at| at.ends_with("/small"));
    assert_eq!(client.get(photo.unwrap()).await.status, 200, "its photo");
    let counted = client.submit(&page.form("/me-too"), &[]).await;
    assert_eq!(counted.location, format!("{}?done=counted", page_of(&filed)));
    let told = client.follow(counted).await;
    assert!(told.says("Add a note or a photo") && told.says("Follow it by e-mail"), "{}", told.text);
    // "None of these" leads on to what is asked next, and nothing is lost.
    assert!(page.text.contains(&format!("href=\"{AT}/q/land\"")), "{}", page.text);
    assert_eq!(client.get(&format!("{AT}/q/land")).await.status, 200);
}

#[tokio::test]
async fn people_read_what_everybody_will_see_before_they_send() {
    let house = House::embedded().await;
    let answers = testkit::sample("fly-tipping", "shortest")["answers"].clone();
    let mut client = house.begun("fly-tipping", &answers).await;
    assert!(client.get(&format!("{AT}/check")).await.says("Nobody else sees who you are."));
    let private = testkit::sample("noise", "shortest")["answers"].clone();
    let mut client = house.begun("noise", &private).await;
    assert!(!client.get("/report/noise/check").await.says("What everybody can see"));
}

#[tokio::test]
async fn what_is_far_away_over_or_not_shown_is_not_offered() {
    let house = House::embedded().await;
    let filed = house.file("fly-tipping", "shortest").await;
    let place = testkit::sample("fly-tipping", "shortest")["answers"]["where"].clone();
    let point = format!("{}, {}", place["lat"], place["lon"]);
    let (_, page) = up_to_the_place(&house, &point).await;
    assert_eq!(page.location, format!("{AT}/q/land"), "nobody has read it");
    let mut officer = house.staff(crate::COUNCIL, "officer").await;
    let form = officer.get(&filed.desk()).await.form("/close");
    officer.submit(&form, &[("outcome", "fixed"), ("words", "It is gone.")]).await;
    let (_, page) = up_to_the_place(&house, &point).await;
    assert_eq!(page.location, format!("{AT}/q/land"), "it is over");
    let (_, page) = up_to_the_place(&house, "Clevedon").await;
    assert_eq!(page.location, format!("{AT}/q/land"), "it is far away");
}

#[tokio::test]
async fn a_place_is_given_by_the_number_of_a_report_that_everybody_can_read_and_by_no_other() {
    let house = House::embedded().await;
    let (shown, _) = public(&house, "shortest").await;
    let hidden = house.file("fly-tipping", "shortest").await;
    let typed = casework::codes::show_reference(shown.reference());
    let (mut client, page) = up_to_the_place(&house, &typed).await;
    assert_eq!(page.location, format!("{AT}/alike"), "the place of that report");
    let page = client.follow(page).await;
    assert!(page.says("About 10 metres away"), "{}", page.text);
    assert_eq!(house.get(&format!("/reports?place={}", shown.reference())).await.location, page_of(&shown));

    let mut answers = Vec::new();
    for number in [hidden.reference(), "123456782"] {
        assert!(casework::codes::read_reference(number).is_some(), "{number}");
        let mut client = house.visitor();
        client.post(&format!("{AT}/q/now"), &[("now", "no")]).await;
        client.post(&format!("{AT}/q/photos"), &[]).await;
        let page = client.post(&format!("{AT}/q/where"), &[("where.text", number)]).await;
        let list = house.get(&format!("/reports?place={number}")).await;
        answers.push((page.status, page.text.replace(number, ""), list.status, list.text.replace(number, "")));
    }
    assert_eq!(answers[0], answers[1], "one that nobody may see is as one that never was");
    assert_eq!((answers[0].0, answers[0].2), (422, 200));
}
