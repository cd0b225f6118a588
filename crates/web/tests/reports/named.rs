use crate::{COUNCIL, page_of};
use serde_json::{Value as Json, json};
use testkit::{Client, Filed, House, sample};

const NAME: &str = "Robin Example";

fn tip(house_of: &str) -> Json {
    let mut answers = sample("fly-tipping", house_of)["answers"].clone();
    answers["contact"] = json!({ "name": NAME, "email": "robin@example.org" });
    answers
}

async fn acknowledge(house: &House, filed: &Filed) -> Client {
    let mut officer = house.staff(COUNCIL, "officer").await;
    let form = officer.get(&filed.desk()).await.form("/acknowledge");
    officer.submit(&form, &[]).await;
    officer
}

async fn named(house: &House) -> (Filed, Client) {
    let filed = house.file_as("fly-tipping", &tip("shortest"), true).await;
    let officer = acknowledge(house, &filed).await;
    (filed, officer)
}

/// Where the name of the report can be read, by everybody.
async fn readers(house: &House, filed: &Filed) -> Vec<String> {
    let places = [page_of(filed), "/reports/data.json".to_owned(), "/reports/data.csv".to_owned()];
    let open311 = format!("/open311/v2/requests/{}.json?jurisdiction_id={COUNCIL}", filed.reference());
    let mut found = Vec::new();
    for at in places.into_iter().chain([open311]) {
        let page = house.get(&at).await;
        assert_eq!(page.status, 200, "{at} {}", page.text);
        if page.says(NAME) {
            found.push(at);
        }
    }
    found
}

#[tokio::test]
async fn nobody_is_named_who_did_not_ask_for_it() {
    let house = House::embedded().await;
    let filed = house.file_as("fly-tipping", &tip("shortest"), false).await;
    acknowledge(&house, &filed).await;
    assert_eq!(readers(&house, &filed).await, Vec::<String>::new());
}

#[tokio::test]
async fn who_asked_for_it_is_named_on_the_page_and_in_the_data_and_in_no_feed_title_or_address() {
    let house = House::embedded().await;
    let filed = house.file_as("fly-tipping", &tip("shortest"), true).await;
    assert_eq!(house.get(&page_of(&filed)).await.status, 404, "nobody has read it yet");
    acknowledge(&house, &filed).await;
    assert_eq!(readers(&house, &filed).await.len(), 4);
    let page = house.get(&page_of(&filed)).await;
    assert!(page.says("by Robin Example.") && !page.title().contains("Robin"), "{}", page.text);
    for quiet in ["/reports", "/reports/feed", "/reports/rss", "/reports/pins?box=51.2,-3.1,51.6,-2.6", "/statistics"] {
        assert!(!house.get(quiet).await.says("Robin"), "{quiet}");
    }
    for quiet in ["feed", "rss"] {
        assert!(!house.get(&format!("{}/{quiet}", page_of(&filed))).await.says("Robin"), "{quiet}");
    }
}

#[tokio::test]
async fn a_report_that_is_not_public_a_listed_sender_and_a_name_that_tells_more_are_never_named() {
    let house = House::embedded().await;
    let mut telling = tip("shortest");
    telling["contact"]["name"] = json!("Robin 07700 900123");
    let filed = house.file_as("fly-tipping", &telling, true).await;
    acknowledge(&house, &filed).await;
    let page = house.get(&page_of(&filed)).await;
    assert!(!page.says("Robin"), "{}", page.text);
    let noise = house.file_as("noise", &sample("noise", "everything")["answers"], true).await;
    let read = move |tx: &mut store::Tx| store::shown_name::of_report(&rights::Actor::House("test"), tx, noise.id);
    assert_eq!(house.db.read(read).await.unwrap(), []);
    // Whoever staff put on the list.
    let mut officer = house.staff(COUNCIL, "officer").await;
    let day = [("until-day", "1"), ("until-month", "1"), ("until-year", "2028")];
    let form = officer.get("/staff/senders").await.form("/staff/senders");
    let fields = [&[("kind", "email"), ("value", "robin@example.org"), ("why", "Made up.")][..], &day].concat();
    officer.submit(&form, &fields).await;
    let filed = house.file_as("fly-tipping", &tip("shortest"), true).await;
    let form = officer.get(&filed.desk()).await.form("/publication");
    officer.submit(&form, &[("words", "It is true.")]).await;
    let page = house.get(&page_of(&filed)).await;
    assert!(page.status == 200 && !page.says("Robin"), "{}", page.text);
}

#[tokio::test]
async fn the_reporter_hides_the_name_and_staff_do_with_a_reason_and_tell_them() {
    let house = House::embedded().await;
    let (filed, mut officer) = named(&house).await;
    let mut reporter = house.reporter(&filed).await;
    let own = format!("{}/public", filed.track());
    let page = reporter.get(&own).await;
    assert!(page.says("You chose to show your name: Robin Example."), "{}", page.text);
    assert_eq!(reporter.submit(&page.form("/name"), &[]).await.location, own);
    assert!(readers(&house, &filed).await.is_empty());
    assert!(!reporter.get(&own).await.says("You chose to show"));
    assert!(reporter.get(&filed.track()).await.says("Your name is not shown any more"));
    let (filed, _) = named(&house).await;
    let desk = officer.get(&filed.desk()).await;
    assert!(desk.says("Robin Example, with the report"), "{}", desk.text);
    assert_eq!(officer.submit(&desk.form("/names/"), &[("words", " ")]).await.status, 422);
    let desk = officer.get(&filed.desk()).await;
    assert_eq!(officer.submit(&desk.form("/names/"), &[("words", "Not theirs.")]).await.status, 303);
    let page = house.get(&page_of(&filed)).await;
    assert!(!page.says("Robin"), "{}", page.text);
    let own = house.reporter(&filed).await.get(&filed.track()).await;
    assert!(own.says("Your name is not shown any more") && !own.says("Not theirs."), "{}", own.text);
}

#[tokio::test]
async fn an_account_shows_its_name_with_an_update_and_hides_it_on_one_or_on_all() {
    let house = House::embedded().await;
    let (filed, mut officer) = named(&house).await;
    let say = format!("{}/say", page_of(&filed));
    let mut robin = house.owner("robin@example.org").await;
    let page = robin.get(&say).await;
    assert!(page.says("To show your name, first add it") && !page.text.contains("show_name"), "{}", page.text);
    robin.post("/account", &[("name", NAME), ("phone", "")]).await;
    let page = robin.get(&say).await;
    assert!(page.says("Others can then read “Robin Example”.") && !page.text.contains("checked"), "{}", page.text);
    for show in ["yes", "no"] {
        let words = format!("It is worse now ({show}).");
        robin.upload(&say, &[("says", "more"), ("words", &words), ("show_name", show)], &[]).await;
        let desk = officer.get(&filed.desk()).await;
        officer.submit(&desk.form("/remarks/"), &[]).await;
    }
    let shown = |text: &str| text.matches(NAME).count();
    let page = house.get(&page_of(&filed)).await;
    assert_eq!(shown(&page.text), 2, "{}", page.text);
    assert!(page.says("Somebody, ") && page.says("Robin Example, "), "{}", page.text);
    let names = robin.get("/account/names").await;
    assert!(names.says("What you said") && names.says("Your report"), "{}", names.text);
    assert_eq!(house.owner("alex@example.org").await.get("/account/names").await.text.matches(NAME).count(), 0);
    let one = names.form("/account/names");
    assert_eq!(robin.submit(&one, &[]).await.location, "/account/names?hidden=1");
    assert_eq!(shown(&house.get(&page_of(&filed)).await.text), 1);
    let (other, _) = named(&house).await;
    assert_eq!(robin.post("/account/names", &[("everywhere", "yes")]).await.status, 303);
    for filed in [&filed, &other] {
        assert_eq!(shown(&house.get(&page_of(filed)).await.text), 0);
    }
    assert!(robin.get("/account/names").await.says("Nowhere."));
}

#[tokio::test]
async fn the_box_is_there_with_a_name_and_stays_empty_unless_it_is_ticked() {
    let house = House::embedded().await;
    let path = "/report/fly-tipping/all";
    for (tick, is_named) in [(None, false), (Some("yes"), true)] {
        let mut visitor = house.visitor();
        let mut fields: Vec<(&str, &str)> =
            ["now", "photos", "where", "land", "waste", "size"].map(|id| ("asked", id)).to_vec();
        fields.extend([("now", "no"), ("where.text", "Grand Pier"), ("land", "road_verge"), ("waste", "mattress")]);
        fields.extend([("size", "single_item"), ("check", "yes")]);
        assert!(!visitor.get(path).await.says("Show my name with it"), "nobody has said who they are");
        let page = visitor.post(path, &fields).await;
        assert_eq!(page.location, "/report/fly-tipping/check", "{}", page.text);
        assert!(!visitor.get(&page.location).await.says("Show my name with it"));
        let person = [("contact.name", NAME), ("contact.email", "robin@example.org")];
        visitor.post("/report/fly-tipping/q/contact?from=check", &person).await;
        assert!(visitor.get(path).await.says("Everybody can then read “Robin Example”."));
        let check = visitor.get(&page.location).await;
        assert!(check.says("Everybody can then read “Robin Example”."), "{}", check.text);
        let form = check.form("/send");
        assert!(!form.filled().iter().any(|(name, _)| name == "show_name"));
        let fields: Vec<_> = tick.map(|tick| ("show_name", tick)).into_iter().collect();
        let done = visitor.submit(&form, &fields).await;
        assert_eq!(done.location, "/report/fly-tipping/done", "{}", done.text);
        let done = visitor.get(&done.location).await;
        let reference = done.between("moot-reference\">", "<").unwrap();
        let reference = casework::codes::read_reference(reference).unwrap();
        let kept = house
            .db
            .read(move |tx| {
                let head = store::report::by_reference(tx, &reference)?.unwrap();
                store::shown_name::of_report(&rights::Actor::House("test"), tx, head.id)
            })
            .await
            .unwrap();
        assert_eq!(!kept.is_empty(), is_named);
    }
}
