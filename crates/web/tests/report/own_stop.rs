//! Words of stops that differ by ward and by the hours of the agency (C-2), decided again as it is sent.

use serde_json::json;
use testkit::{House, sample};

const OWN: &str = r#"
[[stop]]
id = "asleep"
services = ["litter"]
during = "shut"
title = "Nobody reads this before the morning"
body = ["Call us now if it is dangerous."]
links = [{ words = "Call 01632 960100", phone = "01632 960100" }]
carry_on = "Report it for the morning"
source = "a test"
[[stop]]
id = "dug"
services = ["litter"]
wards = ["E05000001"]
title = "We dig up this ward"
body = ["We take no reports from there this week."]
links = [{ words = "Call 01632 960101", phone = "01632 960101" }]
source = "a test"
[[stop]]
id = "rails"
services = ["fly-tipping"]
stop = "railway"
during = "shut"
title = "Call the railway at night"
body = ["Somebody is there."]
links = [{ words = "Call 01632 960102", phone = "01632 960102" }]
source = "a test"
"#;
const AT: &str = "/report/litter";
const CLOSED: &str = "Nobody reads this before the morning";

async fn house() -> House {
    House::where_agency_says("north-somerset-council", OWN).await
}

/// From Tuesday at 10 to nine hours later: the offices are shut.
fn evening(house: &House) {
    house.clock.forward_seconds(9 * 3600);
}

#[tokio::test]
async fn a_service_says_out_of_hours_what_it_does_not_say_in_hours() {
    let house = house().await;
    assert_ne!(house.get(AT).await.heading(), CLOSED);
    evening(&house);
    let mut visitor = house.visitor();
    let page = visitor.get(AT).await;
    assert!(page.heading() == CLOSED && page.says("tel:01632960100"), "{}", page.text);
    let on = visitor.post(&format!("{AT}/stop/land.north-somerset-council.asleep"), &[]).await;
    let page = visitor.follow(on).await;
    assert_ne!(page.heading(), CLOSED, "{}", page.text);
    let said = json!({ "service": "litter", "answers": sample("litter", "shortest")["answers"] });
    let page =
        house.visitor().post_json("/api/v1/reports", &said, &[("idempotency-key", "own-1-0123456789abcdef")]).await;
    assert_eq!((page.status, &page.json()["stop"]["title"]), (422, &json!(CLOSED)), "{}", page.text);
    let mut said = said;
    said["carried_on"] = json!(["land.north-somerset-council.asleep"]);
    let page =
        house.visitor().post_json("/api/v1/reports", &said, &[("idempotency-key", "own-2-0123456789abcdef")]).await;
    assert_eq!(page.status, 201, "{}", page.text);
}

#[tokio::test]
async fn who_began_in_hours_and_sends_out_of_hours_reads_it_first_and_loses_nothing() {
    let house = house().await;
    // It is 17:30, and then 18:30.
    house.clock.forward_seconds(7 * 3600 + 1800);
    let mut client = house.begun("litter", &sample("litter", "shortest")["answers"]).await;
    assert_eq!(client.get(&format!("{AT}/check")).await.heading(), "Check your answers");
    house.clock.forward_seconds(3600);
    let sent = client.post(&format!("{AT}/send"), &[]).await;
    let page = client.follow(sent).await;
    assert_eq!(page.heading(), CLOSED, "{}", page.text);
    assert_eq!(house.db.read(store::report::count).await.unwrap(), 0);
    let on = client.post(&format!("{AT}/stop/land.north-somerset-council.asleep"), &[]).await;
    assert_eq!(client.follow(on).await.heading(), "Check your answers");
    assert_eq!(client.post(&format!("{AT}/send"), &[]).await.location, format!("{AT}/done"));
}

#[tokio::test]
async fn a_ward_has_words_of_its_own_once_the_place_is_known() {
    let house = house().await.with_wards().await;
    assert_ne!(house.get(AT).await.heading(), "We dig up this ward");
    let mut client = house.begun("litter", &sample("litter", "shortest")["answers"]).await;
    let page = client.get(&format!("{AT}/check")).await;
    let page = client.follow(page).await;
    assert!(page.heading() == "We dig up this ward" && page.says("/report/litter/q/where"), "{}", page.text);
    assert!(!page.says("Report it for the morning"), "nobody goes on after it: {}", page.text);
}

#[tokio::test]
async fn a_stop_of_a_service_has_other_words_at_night_and_stays_what_it_is() {
    let house = house().await;
    let path = "/report/fly-tipping/stop";
    for (night, title) in [(false, ""), (true, "Call the railway at night")] {
        if night {
            evening(&house);
        }
        let mut answers = sample("fly-tipping", "shortest")["answers"].clone();
        answers["land"] = json!("railway");
        let mut client = house.begun("fly-tipping", &answers).await;
        let page = client.get(path).await;
        assert_eq!(page.status, 200, "{}", page.text);
        assert_eq!(page.heading() == title, night, "{}", page.text);
        // One may go on after it, by day and by night.
        assert!(page.text.contains("/report/fly-tipping/stop/railway"), "{}", page.text);
    }
}
