//! What an agency says on the pages of the site for a time (C-74).

use testkit::{Client, House, Page, sample};

const COUNCIL: &str = "north-somerset-council";
const LEADER: &str = "team_leader";
const AT: &str = "/staff/messages";
const SNOW: &str = "No bins today because of snow";

async fn look(desk: &mut Client, fields: &[(&str, &str)]) -> Page {
    let form = desk.get(AT).await.form(AT);
    let own = [("heading", SNOW), ("words", "We come tomorrow.\n\nSee https://example.org/snow."), ("do", "preview")];
    let rest = own.into_iter().filter(|(name, _)| !fields.iter().any(|(known, _)| known == name));
    let all: Vec<_> = rest.chain(fields.iter().copied()).collect();
    desk.submit(&form, &all).await
}

/// Looks at it, and shows it.
async fn show(desk: &mut Client, fields: &[(&str, &str)]) {
    let looked = look(desk, fields).await;
    assert_eq!(looked.status, 200, "{}", looked.text);
    let shown = desk.submit(&looked.form(AT), &[("do", "show")]).await;
    assert_eq!(shown.location, AT, "{}", shown.text);
}

#[tokio::test]
async fn a_message_is_looked_at_shown_where_it_belongs_and_ended() {
    let house = House::embedded().await;
    let mut desk = house.staff(COUNCIL, LEADER).await;
    let looked = look(&mut desk, &[("place", "front")]).await;
    assert!(looked.says("As people will read it") && looked.says("It is not shown yet"), "{}", looked.text);
    assert!(!house.get("/").await.says(SNOW), "only looked at");
    show(&mut desk, &[("place", "front")]).await;
    let page = house.get("/").await;
    assert!(page.says(SNOW) && page.says("North Somerset Council") && page.says("We come tomorrow."), "{}", page.text);
    assert!(page.text.contains("href=\"https://example.org/snow\""), "{}", page.text);
    // The same for all: it may be kept, and is asked for anew.
    assert_eq!(page.header("cache-control"), "no-cache");
    for other in ["/report", "/bins", "/report/pothole", "/help"] {
        assert!(!house.get(other).await.says(SNOW), "{other}");
    }
    show(&mut desk, &[("place", "reporting"), ("heading", "Roads are icy")]).await;
    for there in ["/report", "/report/pothole"] {
        assert!(house.get(there).await.says("Roads are icy"), "{there}");
    }
    // A service that the council does not offer is none of its business.
    assert!(!house.get("/report/crime.theft").await.says("Roads are icy"));
    show(&mut desk, &[("place", "waste"), ("heading", "Bins later")]).await;
    for there in ["/bins", "/property/999000000001"] {
        assert!(house.get(there).await.says("Bins later"), "{there}");
    }
    let list = desk.get(AT).await;
    assert!(list.says("Shown") && list.says("On the front page. Everywhere. At any hour."), "{}", list.text);
    for _ in 0..3 {
        let form = desk.get(AT).await.form("/end");
        assert_eq!(desk.submit(&form, &[]).await.status, 303);
    }
    assert!(desk.get(AT).await.says("</strong> by team_leader of"), "{}", desk.get(AT).await.text);
    for gone in ["/", "/report", "/bins"] {
        let page = house.get(gone).await;
        assert!(!page.text.contains("govuk-notification-banner"), "{gone}");
    }
}

#[tokio::test]
async fn a_message_for_when_the_offices_are_shut_stands_there_then_and_only_then() {
    let house = House::embedded().await;
    let mut desk = house.staff(COUNCIL, LEADER).await;
    show(&mut desk, &[("hours", "shut"), ("heading", "We are closed")]).await;
    show(&mut desk, &[("hours", "open"), ("heading", "We are here")]).await;
    // Tuesday at 10: open.
    let page = house.get("/").await;
    assert!(page.says("We are here") && !page.says("We are closed"), "{}", page.text);
    // At 18:00 and at night.
    for hours in [8, 6] {
        house.clock.forward_seconds(hours * 3600);
        let page = house.get("/").await;
        assert!(page.says("We are closed") && !page.says("We are here"), "{}", page.text);
    }
    // Wednesday at 8.
    house.clock.forward_seconds(8 * 3600);
    assert!(house.get("/").await.says("We are here"));
    // Christmas Day is a Friday.
    house.clock.forward_seconds((30 * 24 + 3) * 3600);
    assert!(house.get("/").await.says("We are closed"));
}

#[tokio::test]
async fn a_message_for_a_ward_waits_until_the_place_is_known() {
    let house = House::embedded().await.with_wards().await;
    let mut desk = house.staff(COUNCIL, LEADER).await;
    show(&mut desk, &[("place", "reporting"), ("ward", "E05000001"), ("heading", "Here they dig")]).await;
    show(&mut desk, &[("place", "reporting"), ("ward", "E05000002"), ("heading", "There they dig")]).await;
    show(&mut desk, &[("place", "waste"), ("ward", "E05000001"), ("heading", "Later here")]).await;
    show(&mut desk, &[("place", "front"), ("ward", "E05000001"), ("heading", "Fair here")]).await;
    for before in ["/", "/report", "/report/fly-tipping", "/bins"] {
        assert!(!house.get(before).await.text.contains("govuk-notification-banner"), "{before}");
    }
    let mut visitor = house.visitor();
    visitor.get("/report/fly-tipping").await;
    let place = sample("fly-tipping", "shortest")["answers"]["where"].clone();
    let point = format!("{}, {}", place["lat"], place["lon"]);
    for (question, fields) in
        [("now", vec![("now", "no")]), ("photos", vec![]), ("where", vec![("where.text", &*point)])]
    {
        let page = visitor.post(&format!("/report/fly-tipping/q/{question}"), &fields).await;
        assert_eq!(page.status, 303, "{}", page.text);
    }
    let page = visitor.get("/report/fly-tipping/q/land").await;
    assert!(page.says("Here they dig") && !page.says("There they dig"), "{}", page.text);
    assert!(house.get("/property/999000000001").await.says("Later here"));
    let mut home = house.visitor();
    let form = home.get("/property/999000000001").await.form("/home");
    home.submit(&form, &[("keep", "yes")]).await;
    let page = home.get("/").await;
    assert!(page.says("Fair here"), "{}", page.text);
    assert_eq!(page.header("cache-control"), "no-store");
}

#[tokio::test]
async fn it_begins_and_ends_by_its_days_and_a_translated_page_says_that_it_is_english() {
    let house = House::embedded().await;
    let mut desk = house.staff(COUNCIL, LEADER).await;
    let days = [
        ("from-day", "26"),
        ("from-month", "11"),
        ("from-year", "2026"),
        ("until-day", "26"),
        ("until-month", "11"),
        ("until-year", "2026"),
    ];
    show(&mut desk, &days).await;
    assert!(desk.get(AT).await.says("Waits for its day"));
    assert!(!house.get("/").await.says(SNOW));
    house.clock.forward_seconds(2 * 24 * 3600);
    let mut pole = house.visitor();
    pole.post("/language", &[("language", "pl"), ("back", "/")]).await;
    let page = pole.get("/").await;
    assert!(page.says(SNOW) && page.text.contains("lang=\"en\" dir=\"ltr\""), "{}", page.text);
    assert!(page.says("Ta część jest tylko po angielsku") || page.text.contains("moot-language-note\" lang=\"pl\""));
    house.clock.forward_seconds(24 * 3600);
    assert!(!house.get("/").await.says(SNOW));
}

#[tokio::test]
async fn what_cannot_be_shown_is_named_and_markup_stays_words() {
    let house = House::embedded().await;
    let mut desk = house.staff(COUNCIL, LEADER).await;
    for (field, value, why) in [
        ("heading", " ", "Write what it is about"),
        ("heading", "a\nb", "100 characters"),
        ("words", "", "Write what people read"),
        ("words", "a\u{202e}b", "hidden characters"),
        ("ward", "E05999999", "Choose a ward"),
        ("from-day", "x", "Write the day it begins"),
        ("until-year", "2030", "Write its last day"),
    ] {
        let page = look(&mut desk, &[(field, value)]).await;
        assert!(page.status == 422 && page.says(why), "{field}: {} {}", page.status, page.text);
    }
    show(&mut desk, &[("words", "<b>Now</b> <script>alert(1)</script>")]).await;
    let page = house.get("/").await;
    assert!(!page.text.contains("<script>alert") && page.says("<b>Now</b>"), "{}", page.text);
    let mut officer = house.staff(COUNCIL, "officer").await;
    assert_eq!(officer.get(AT).await.status, 404);
    assert_eq!(officer.post(AT, &[("heading", "x"), ("words", "x"), ("do", "show")]).await.status, 404);
}
