//! Answers that staff use again (C-67): written with history, checked, chosen, and used by themselves.

use testkit::{Client, House, Page};

const COUNCIL: &str = "north-somerset-council";
const LEADER: &str = "team_leader";

/// Writes a template; where it is kept.
async fn write(client: &mut Client, fields: &[(&str, &str)]) -> String {
    let page = try_write(client, fields).await;
    assert_eq!(page.status, 303, "{}", page.text);
    page.header("location").split('?').next().unwrap_or_default().to_owned()
}

async fn try_write(client: &mut Client, fields: &[(&str, &str)]) -> Page {
    let whole = [
        ("version", "0"),
        ("name", "On its way"),
        ("service", ""),
        ("when", "stage:planned"),
        ("words", "A crew comes about {reference} ({service}). See https://example.org/crews."),
        ("active", "yes"),
        ("do", "save"),
    ];
    let rest = whole.into_iter().filter(|(name, _)| !fields.iter().any(|(known, _)| known == name));
    let all: Vec<_> = rest.chain(fields.iter().copied()).collect();
    client.post("/staff/templates/new", &all).await
}

#[tokio::test]
async fn a_template_is_kept_in_versions_with_who_wrote_each() {
    let house = House::embedded().await;
    let mut leader = house.staff(COUNCIL, LEADER).await;
    let kept = write(&mut leader, &[]).await;
    let list = leader.get("/staff/templates").await;
    assert!(list.says("On its way") && list.says("The work is planned") && list.says("Every kind"), "{}", list.text);
    let form = leader.get(&kept).await.form(&kept);
    assert_eq!(leader.submit(&form, &[("words", "A crew comes soon."), ("do", "save")]).await.status, 303);
    // A page that is out of date changes nothing, and what was typed stays.
    let late = leader.submit(&form, &[("words", "Too late."), ("do", "save")]).await;
    assert!(late.status == 409 && late.says("just before you") && late.says("Too late."), "{}", late.text);
    let page = leader.get(&kept).await;
    assert!(page.says("Version 2") && page.says("Version 1") && page.says("team_leader of"), "{}", page.text);
    assert!(page.says("A crew comes about {reference}"), "{}", page.text);
    let mut administrator = house.staff(COUNCIL, "administrator").await;
    assert!(administrator.get("/staff/templates").await.says("On its way"));
    let mut officer = house.staff(COUNCIL, "officer").await;
    for address in ["/staff/templates", "/staff/templates/new", &kept] {
        assert_eq!(officer.get(address).await.status, 404, "{address}");
    }
    assert_eq!(officer.post(&kept, &[("words", "x")]).await.status, 404);
    assert!(!officer.get("/staff").await.text.contains("/staff/templates"));
}

#[tokio::test]
async fn what_cannot_be_filled_in_or_used_is_named() {
    let house = House::embedded().await;
    let mut leader = house.staff(COUNCIL, LEADER).await;
    for (field, value, why) in [
        ("name", " ", "Write a name"),
        ("words", "", "Write what residents read"),
        ("words", "Dear {name},", "“{name}” cannot be filled in"),
        ("words", "a\u{202e}b", "hidden characters"),
        ("mail", "They say {outside}", "never says what the outside system said"),
        ("when", "stage:closed", "Choose when it is used"),
        ("when", "nothing", ""),
        ("service", "nothing", "Choose a kind of report"),
        ("code", "a b", "without spaces"),
    ] {
        let page = try_write(&mut leader, &[(field, value)]).await;
        if why.is_empty() {
            continue;
        }
        assert!(page.status == 422 && page.says(why), "{field}: {} {}", page.status, page.text);
    }
    let idle = try_write(&mut leader, &[("when", "any"), ("automatic", "yes")]).await;
    assert!(idle.status == 422 && idle.says("Say when it is used"), "{}", idle.text);
    let preview = try_write(&mut leader, &[("do", "preview"), ("mail", "About {service}.")]).await;
    assert!(
        preview.status == 200 && preview.says("A crew comes about 123 456 789 (Rubbish dumped"),
        "{}",
        preview.text
    );
    assert!(preview.says("About Rubbish dumped") && preview.says("Nothing is saved yet"), "{}", preview.text);
}

#[tokio::test]
async fn a_template_fills_the_act_without_scripts_and_its_mail_goes_through_the_gate() {
    let house = House::embedded().await;
    let filed = house.file("fly-tipping", "everything").await;
    let mut leader = house.staff(COUNCIL, LEADER).await;
    write(&mut leader, &[("mail", "The crew is booked for {reference}.")]).await;
    write(&mut leader, &[("name", "For another kind"), ("service", "pothole")]).await;
    write(&mut leader, &[("name", "Kept for later"), ("active", "")]).await;
    let page = leader.get(&filed.desk()).await;
    assert!(page.says("Begin with a template") && !page.says("For another kind") && !page.says("Kept for later"));
    let choose = page.form("#act-stage");
    let line = choose.offered.iter().find(|(name, _)| name == "with").map(|(_, value)| value.clone()).unwrap();
    let begun = leader.get(&format!("{}?for=stage&with={line}", filed.desk())).await;
    let form = begun.form("/stage");
    let words = begun.between("name=\"words\" rows=\"8\"", "</textarea>").unwrap_or_default();
    assert!(words.contains("A crew comes about") && !words.contains("{reference}"), "{}", begun.text);
    let page = leader.submit(&form, &[]).await;
    assert_eq!(page.status, 303, "{}", page.text);
    let own = house.reporter(&filed).await.get(&filed.track()).await;
    assert!(own.says("A crew comes about"), "{}", own.text);
    assert!(own.text.contains("href=\"https://example.org/crews\""), "{}", own.text);
    let mails = house.db.read(|tx| store::delivery::latest(&rights::Actor::House("test"), tx)).await.unwrap();
    let mail = &mails[0];
    assert!(mail.facts["words"].as_str().is_some_and(|words| words.starts_with("The crew is booked for ")), "{mail:?}");
}

#[tokio::test]
async fn a_template_speaks_by_itself_when_a_report_comes_in_and_when_a_state_is_set_without_words() {
    let house = House::embedded().await;
    let mut leader = house.staff(COUNCIL, LEADER).await;
    let by_itself = ("automatic", "yes");
    write(&mut leader, &[("when", "filed"), ("words", "Thank you. Today is {date}."), by_itself]).await;
    write(&mut leader, &[by_itself]).await;
    let before = house.db.read(|tx| store::delivery::latest(&rights::Actor::House("test"), tx)).await.unwrap().len();
    let filed = house.file("fly-tipping", "everything").await;
    let mails = house.db.read(|tx| store::delivery::latest(&rights::Actor::House("test"), tx)).await.unwrap().len();
    assert_eq!(mails, before + 1, "the receipt alone: the first update has no mail of its own");
    let mut reporter = house.reporter(&filed).await;
    assert!(reporter.get(&filed.track()).await.says("Thank you. Today is"));
    let form = leader.get(&filed.desk()).await.form("/stage");
    assert_eq!(leader.submit(&form, &[("stage", "planned"), ("words", "")]).await.status, 303);
    assert!(reporter.get(&filed.track()).await.says("A crew comes about"));
    // Where none fits, words are needed as ever.
    let form = leader.get(&filed.desk()).await.form("/stage");
    let page = leader.submit(&form, &[("stage", "in_progress"), ("words", "")]).await;
    assert!(page.status == 422 && page.says("Write some words first"), "{}", page.text);
}

#[tokio::test]
async fn a_template_says_something_to_everybody_where_the_report_is_public() {
    let house = House::embedded().await;
    let mut leader = house.staff(COUNCIL, LEADER).await;
    for (open, why) in [
        ("Call 01632 960001.", "Take out what may be a telephone number"),
        ("They said {outside}.", "Take {outside} out"),
        ("On {day}.", "cannot be filled in"),
    ] {
        let page = try_write(&mut leader, &[("everybody", open)]).await;
        assert!(page.status == 422 && page.says(why), "{open}: {}", page.text);
    }
    let page = try_write(&mut leader, &[("when", "filed"), ("everybody", "Thank you.")]).await;
    assert!(page.status == 422 && page.says("it is not public"), "{}", page.text);
    let open = ("everybody", "Crews clear this lane today, report {reference}.");
    let page = try_write(&mut leader, &[open, ("do", "preview")]).await;
    assert!(page.says("Everybody reads") && page.says("report 123 456 789."), "{}", page.text);
    write(&mut leader, &[open, ("automatic", "yes")]).await;

    // By itself: of a report that nobody has read, only its reporter reads it.
    let unread = house.file("fly-tipping", "everything").await;
    let form = leader.get(&unread.desk()).await.form("/stage");
    leader.submit(&form, &[("stage", "planned"), ("words", "")]).await;
    let own = house.reporter(&unread).await.get(&unread.track()).await;
    assert!(own.says("Crews clear this lane today") && own.says("A crew comes about"), "{}", own.text);
    assert_eq!(house.get(&format!("/reports/{}", unread.reference())).await.status, 404);

    // Chosen, with other words for the reporter.
    let filed = house.file("fly-tipping", "everything").await;
    let read = leader.get(&filed.desk()).await.form("/acknowledge");
    leader.submit(&read, &[]).await;
    let choose = leader.get(&filed.desk()).await.form("#act-stage");
    let line = choose.offered.iter().find(|(name, _)| name == "with").map(|(_, value)| value.clone()).unwrap();
    let begun = leader.get(&format!("{}?for=stage&with={line}", filed.desk())).await;
    assert!(begun.says("Everybody reads this first, on the public page"), "{}", begun.text);
    leader.submit(&begun.form("/stage"), &[("words", "Please keep your gate shut.")]).await;
    let public = house.get(&format!("/reports/{}", filed.reference())).await;
    assert!(public.says("Crews clear this lane today, report") && !public.says("gate"), "{}", public.text);
    let own = house.reporter(&filed).await.get(&filed.track()).await;
    assert!(own.says("Crews clear this lane today") && own.says("Please keep your gate shut."), "{}", own.text);
    let told = house.get(&format!("/open311/v2/requests.json?jurisdiction_id={COUNCIL}")).await;
    assert!(!told.text.contains("gate"), "{}", told.text);
}
