use crate::{COUNCIL, page_of, public};
use testkit::{Client, House};

#[tokio::test]
async fn a_report_is_public_once_a_person_has_read_it_and_not_before() {
    let house = House::embedded().await;
    let filed = house.file("fly-tipping", "shortest").await;
    assert_eq!(house.get(&page_of(&filed)).await.status, 404);
    assert!(!house.get("/reports").await.text.contains(filed.reference()));
    let mut officer = house.staff(COUNCIL, "officer").await;
    let page = officer.get(&filed.desk()).await;
    assert!(page.says("Not public yet. It is shown to everybody once you say that you have read it."), "{}", page.text);
    officer.submit(&page.form("/acknowledge"), &[]).await;
    let page = house.get(&page_of(&filed)).await;
    assert!(page.status == 200 && page.says("Reported") && page.says("has read it"), "{}", page.text);
    assert!(house.get("/reports").await.text.contains(filed.reference()));
    assert!(officer.get(&filed.desk()).await.says("Everybody can read the public parts of this report."));
}

#[tokio::test]
async fn nothing_of_the_person_the_evidence_or_the_exact_place_is_in_any_public_answer() {
    let house = House::embedded().await;
    let (filed, _) = public(&house, "everything").await;
    let at = page_of(&filed);
    let answers = testkit::sample("fly-tipping", "everything")["answers"].clone();
    let mut secrets = Vec::new();
    for id in ["who", "vehicle", "contact", "statement", "papers"] {
        secrets.extend(words_of(&answers[id]));
    }
    assert!(secrets.len() > 3, "{secrets:?}");
    for path in [
        at.clone(),
        format!("{at}/feed"),
        "/reports".into(),
        "/reports/feed".into(),
        "/reports/rss".into(),
        format!("{at}/rss"),
        format!("{at}/object"),
        "/widget/list".into(),
        "/reports/data.json".into(),
        "/reports/data.csv".into(),
        "/reports/pins?box=51,-3.5,52,-2".into(),
    ] {
        let page = house.get(&path).await;
        assert_eq!(page.status, 200, "{path}: {}", page.text);
        assert!(page.text.contains(filed.reference()), "{path}: {}", page.text);
        for secret in &secrets {
            assert!(!page.text.contains(secret), "{path} tells {secret}");
        }
    }
}

/// Texts of an answer that are long enough to be looked for.
fn words_of(answer: &serde_json::Value) -> Vec<String> {
    match answer {
        serde_json::Value::String(text) if text.chars().count() > 5 => vec![text.clone()],
        serde_json::Value::Array(all) => all.iter().flat_map(words_of).collect(),
        serde_json::Value::Object(all) => all.values().flat_map(words_of).collect(),
        _ => Vec::new(),
    }
}

#[tokio::test]
async fn words_that_may_say_who_somebody_is_wait_for_a_decision() {
    let house = House::embedded().await;
    let mut answers = testkit::sample("fly-tipping", "shortest")["answers"].clone();
    answers["details"] = "Ask me on 01632 960 001.".into();
    let filed = house.file_answers("fly-tipping", &answers).await;
    let mut officer = house.staff(COUNCIL, "officer").await;
    let page = officer.get(&filed.desk()).await;
    assert!(page.says("the words may say who somebody is"), "{}", page.text);
    officer.submit(&page.form("/acknowledge"), &[]).await;
    assert_eq!(house.get(&page_of(&filed)).await.status, 404, "reading it is no decision");
    let form = officer.get(&filed.desk()).await.form("/publication");
    let empty = officer.submit(&form, &[("words", " ")]).await;
    assert_eq!(empty.status, 422, "{}", empty.text);
    officer.submit(&form, &[("words", "It is the number of a shop.")]).await;
    assert_eq!(house.get(&page_of(&filed)).await.status, 200);
}

#[tokio::test]
async fn what_is_hidden_goes_from_everywhere_at_once_and_the_reporter_reads_that_it_did() {
    let house = House::embedded().await;
    let (filed, mut officer) = public(&house, "everything").await;
    let at = page_of(&filed);
    assert_eq!(house.get(&at).await.status, 200);
    let own = house.reporter(&filed).await.get(&filed.track()).await;
    assert!(own.says("Everybody can read parts of this report, but never who you are."), "{}", own.text);
    let form = officer.get(&filed.desk()).await.form("/publication");
    officer.submit(&form, &[("words", "A face in it.")]).await;
    for path in [
        at.clone(),
        format!("{at}/feed"),
        format!("{at}/rss"),
        format!("{at}/object"),
        format!("/reports/pins/{}", filed.reference()),
    ] {
        assert_eq!(house.get(&path).await.status, 404, "{path}");
    }
    for path in [
        "/reports",
        "/reports/feed",
        "/reports/rss",
        "/widget/list",
        "/reports/data.json",
        "/reports/data.csv",
        "/reports/pins?box=51,-3.5,52,-2",
    ] {
        assert!(!house.get(path).await.text.contains(filed.reference()), "{path}");
    }
    let mut visitor = house.visitor();
    assert_eq!(visitor.post(&format!("{at}/me-too"), &[]).await.status, 404);
    let own = house.reporter(&filed).await.get(&filed.track()).await;
    assert!(own.says("Your report is not shown to others any more") && !own.says("A face in it."), "{}", own.text);
}

#[tokio::test]
async fn how_it_stands_follows_the_work_and_says_no_word_that_was_for_the_reporter() {
    let house = House::embedded().await;
    let (filed, mut officer) = public(&house, "shortest").await;
    let at = page_of(&filed);
    let form = officer.get(&filed.desk()).await.form("/stage");
    officer.submit(&form, &[("stage", "planned"), ("words", "For you alone: on Tuesday.")]).await;
    let page = house.get(&at).await;
    assert!(page.says("The work is planned") && !page.says("For you alone"), "{}", page.text);
    let form = officer.get(&filed.desk()).await.form("/close");
    officer.submit(&form, &[("outcome", "fixed"), ("words", "Your sofa is gone, Robin.")]).await;
    let page = house.get(&at).await;
    assert!(page.says("Fixed") && page.says("We have put it right.") && !page.says("Robin"), "{}", page.text);
    assert!(!page.says("Do you see it too?"), "it has ended");
    assert!(house.get("/reports?state=fixed").await.text.contains(filed.reference()));
    assert!(!house.get("/reports?state=open").await.text.contains(filed.reference()));
    // After ninety days it is listed only where that is asked for.
    house.clock.forward_seconds(91 * 24 * 60 * 60);
    assert!(!house.get("/reports").await.text.contains(filed.reference()));
    assert!(house.get("/reports?older=yes").await.text.contains(filed.reference()));
    let mut leader = house.staff(COUNCIL, "team_leader").await;
    let form = leader.get(&filed.desk()).await.form("/reopen");
    leader.submit(&form, &[("words", "It is back.")]).await;
    let page = house.get(&at).await;
    assert!(page.says("took it up again") && page.says("Do you see it too?"), "{}", page.text);
}

#[tokio::test]
async fn everybody_reads_whose_it_is_and_until_when_and_not_how_the_reporter_reaches_them() {
    let house = House::embedded().await;
    let (filed, _) = public(&house, "shortest").await;
    let at = page_of(&filed);
    let page = house.get(&at).await;
    assert!(page.says("The work is due by"), "{}", page.text);
    house.clock.forward_seconds(60 * 24 * 60 * 60);
    assert!(house.get(&at).await.says("It is late."));
    let mut officer = house.staff(COUNCIL, "officer").await;
    let ends = async |officer: &mut Client, body: &str| {
        let form = officer.get(&filed.desk()).await.form("/close");
        let said = [
            ("outcome", "not_ours"),
            ("body", body),
            ("contact", "Ask for Kim on 01632 960010"),
            ("told", "yes"),
            ("words", "For you alone, Robin."),
        ];
        let done = officer.submit(&form, &said).await;
        assert_eq!(done.status, 303, "{}", done.text);
    };
    ends(&mut officer, "Example Parish Council").await;
    for path in [at.clone(), format!("{at}/feed")] {
        let page = house.get(&path).await;
        assert!(page.text.contains("Example Parish Council looks after this, not us."), "{}", page.text);
        assert!(!page.text.contains("Kim") && !page.text.contains("960010") && !page.text.contains("Robin"));
    }
    assert!(!house.get(&at).await.says("The work"), "it has ended");
    // Who types a number into the name tells it to the reporter alone.
    let mut leader = house.staff(COUNCIL, "team_leader").await;
    let form = leader.get(&filed.desk()).await.form("/reopen");
    leader.submit(&form, &[("words", "It is back.")]).await;
    ends(&mut officer, "Kim of 01632 960011").await;
    assert!(!house.get(&at).await.text.contains("960011"));
    assert!(leader.get(&filed.desk()).await.says("960011"), "the thread has it, which the reporter reads");
}

#[tokio::test]
async fn another_agency_that_offers_the_same_is_named_with_where_it_stands() {
    let house = House::where_agency_says_instead(
        "avon-and-somerset-police",
        "[[team]]",
        "[[service]]\nid = \"fly-tipping\"\nteam = \"triage\"\ntarget = { days = 9 }\nfirst_answer = { days = 2 }\nsource = \"made up\"\nwhat_next = [\"We look.\"]\n[[team]]",
    )
    .await;
    let filed = house.file("fly-tipping", "shortest").await;
    for (agency, role) in [("avon-and-somerset-police", "officer"), (COUNCIL, "officer")] {
        let mut officer = house.staff(agency, role).await;
        let form = officer.get(&filed.desk()).await.form("/acknowledge");
        officer.submit(&form, &[]).await;
    }
    let page = house.get(&page_of(&filed)).await;
    assert!(page.says("has it too:"), "{}", page.text);
}

#[tokio::test]
async fn a_private_service_has_no_public_page_whatever_is_done_with_it() {
    let house = House::embedded().await;
    let filed = house.file("noise", "shortest").await;
    let mut officer = house.staff(COUNCIL, "officer").await;
    let page = officer.get(&filed.desk()).await;
    assert!(!page.says("ublic page") && !page.text.contains("/publication"), "{}", page.text);
    officer.submit(&page.form("/acknowledge"), &[]).await;
    assert_eq!(house.get(&page_of(&filed)).await.status, 404);
    let fields = [("version", "2"), ("show", "yes"), ("words", "x")];
    assert_eq!(officer.post(&format!("{}/publication", filed.desk()), &fields).await.status, 404);
}

#[tokio::test]
async fn each_browser_counts_once_and_staff_read_how_many() {
    let house = House::embedded().await;
    let (filed, mut officer) = public(&house, "shortest").await;
    let at = page_of(&filed);
    let mut first = house.visitor();
    let form = first.get(&at).await.form("/me-too");
    let counted = first.submit(&form, &[]).await;
    assert_eq!(counted.location, format!("{at}?done=counted"));
    assert!(first.follow(counted).await.says("We have counted you."));
    assert_eq!(first.submit(&form, &[]).await.location, format!("{at}?done=before"));
    let mut second = house.visitor();
    second.post(&format!("{at}/me-too"), &[]).await;
    assert!(house.get(&at).await.says("2 other people have said so."));
    assert!(officer.get(&filed.desk()).await.says("2 more people say that they see it too."));
    assert!(officer.get("/staff").await.says("2 more people have it too"), "and in the list");
    // One network may not press without end.
    for _ in 0..30 {
        second.post(&format!("{at}/me-too"), &[]).await;
    }
    assert!(second.post(&format!("{at}/me-too"), &[]).await.location.ends_with("done=often"));
}

#[tokio::test]
async fn photos_are_shown_with_the_report_and_never_the_bytes_as_they_came_or_the_evidence() {
    let house = House::embedded().await;
    let (filed, mut officer) = public(&house, "everything").await;
    let at = page_of(&filed);
    let page = house.get(&at).await;
    let photos: Vec<&str> = page.text.split("src=\"").skip(1).filter_map(|rest| rest.split('"').next()).collect();
    let photos: Vec<String> = photos.iter().filter(|at| at.contains("/photo/")).map(|at| (*at).to_owned()).collect();
    assert_eq!(photos.len(), 2, "{}", page.text);
    let small = house.get(&photos[0]).await;
    assert_eq!((small.status, small.header("content-type")), (200, "image/jpeg"));
    assert_eq!(house.get(&photos[0].replace("/small", "/original")).await.status, 404);
    // The evidence is on the desk's page, and nowhere else.
    let desk = officer.get(&filed.desk()).await;
    for id in desk.text.split("/files/").skip(1).filter_map(|rest| rest.get(..36)) {
        let known = photos.iter().any(|at| at.contains(id));
        assert_eq!(house.get(&format!("{at}/photo/{id}/large")).await.status, if known { 200 } else { 404 }, "{id}");
    }
    let id = photos[0].split('/').nth(4).unwrap();
    let mut leader = house.staff(COUNCIL, "team_leader").await;
    let form = leader.get(&format!("{}/files/{id}", filed.desk())).await.form("/hide");
    let hidden = leader.submit(&form, &[("words", "A face."), ("reason", "A face.")]).await;
    assert_eq!(hidden.status, 303, "{}", hidden.text);
    assert_eq!(house.get(&photos[0]).await.status, 404);
}

#[tokio::test]
async fn what_staff_say_to_everybody_is_on_the_page_and_what_they_say_to_the_reporter_is_not() {
    let house = House::embedded().await;
    let (filed, mut officer) = public(&house, "everything").await;
    let form = officer.get(&filed.desk()).await.form("/stage");
    let stage = ("stage", "planned");
    let page = officer.submit(&form, &[stage, ("words", "Only you read about the okapi.")]).await;
    assert_eq!(page.status, 303, "{}", page.text);
    let public = house.get(&page_of(&filed)).await;
    assert!(!public.says("okapi"), "{}", public.text);
    let form = officer.get(&filed.desk()).await.form("/stage");
    for says_who in ["Ring 07700 900123.", "Write to robin@example.org.", "The van AB12 CDE was seen."] {
        let page = officer.submit(&form, &[stage, ("words", says_who), ("everybody", "yes")]).await;
        assert!(page.status == 422 && page.says("What everybody reads must not hold"), "{says_who}: {}", page.text);
        assert!(page.says(says_who), "nothing typed is lost");
    }
    let page = officer.submit(&form, &[stage, ("words", "The crew comes with a crane."), ("everybody", "yes")]).await;
    assert_eq!(page.status, 303, "{}", page.text);
    assert!(house.get(&page_of(&filed)).await.says("The crew comes with a crane."));
    let told = house.get("/open311/v2/servicerequestupdates.json").await;
    assert!(!told.text.contains("okapi"), "{}", told.text);
    let form = officer.get(&filed.desk()).await.form("/close");
    let close = [("outcome", "fixed"), ("words", "It took two hours."), ("everybody", "yes")];
    let page = officer.submit(&form, &close).await;
    assert_eq!(page.status, 303, "{}", page.text);
    let public = house.get(&page_of(&filed)).await;
    assert!(public.says("It took two hours.") && public.says("Closed"), "{}", public.text);
    let own = house.reporter(&filed).await.get(&filed.track()).await;
    assert!(own.says("Only you read about the okapi.") && own.says("The crew comes with a crane."), "{}", own.text);
}

#[tokio::test]
async fn what_is_for_everybody_of_a_report_that_is_not_public_stays_with_its_reporter() {
    let house = House::embedded().await;
    let filed = house.file("noise", "everything").await;
    let mut officer = house.staff(COUNCIL, "officer").await;
    let page = officer.get(&filed.desk()).await;
    assert!(!page.text.contains("name=\"everybody\""), "there is no such box");
    let form = page.form("/close");
    let close = [("outcome", "ended"), ("words", "We have listened."), ("everybody", "yes")];
    assert_eq!(officer.submit(&form, &close).await.status, 303);
    assert_eq!(house.get(&page_of(&filed)).await.status, 404);
}
