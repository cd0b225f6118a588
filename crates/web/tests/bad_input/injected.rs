//! Markup, template, SQL and spreadsheet tricks typed into every field: kept as typed, shown as text.

use crate::fields::{text_fields, typed};
use catalogue::Answers;
use std::collections::BTreeMap;
use testkit::{House, sample};

const TRICKS: &[&str] = &[
    "<script>alert(1)</script>",
    "\"><img src=x onerror=alert(1)>",
    "{{ 7 * 7 }}{% include \"x\" %}${7*7}",
    "'; DROP TABLE report; --",
    "=HYPERLINK(\"x\")",
    "</textarea><b>out</b>",
];

#[tokio::test]
async fn what_is_typed_is_never_more_than_text_on_any_page() {
    let house = House::embedded().await;
    let mut fields: BTreeMap<(String, String), Vec<String>> = BTreeMap::new();
    for (service, question, field) in text_fields(&house).await {
        fields.entry((service, question)).or_default().push(field);
    }
    let mut shown = 0;
    for trick in TRICKS {
        for service in ["fly-tipping", "crime.theft"] {
            let definition = house.setting.catalogue.service(service).unwrap();
            let answers = sample(service, "everything")["answers"].clone();
            let given = Answers::from_json(definition, &answers).unwrap();
            let mut client = house.begun(service, &answers).await;
            for ((_, question), names) in fields.iter().filter(|((of, _), _)| of == service) {
                for name in names {
                    let mut all = typed(definition, &given, question);
                    all.retain(|(known, _)| known != name);
                    all.push((name.clone(), (*trick).to_owned()));
                    let all: Vec<(&str, &str)> = all.iter().map(|(n, v)| (n.as_str(), v.as_str())).collect();
                    let page = client.post(&format!("/report/{service}/q/{question}?from=check"), &all).await;
                    assert!(page.status < 500, "{name} {trick}: {}", page.status);
                    assert!(!page.text.contains(trick), "{name} {trick} stands bare");
                }
            }
            let check = client.get(&format!("/report/{service}/check")).await;
            assert_eq!(check.status, 200, "{service} {trick}: {}", check.location);
            assert!(check.says(trick) && !bare(&check.text, trick), "{service} {trick}");
            let sent = client.post(&format!("/report/{service}/send"), &[]).await;
            let done = client.follow(sent).await;
            assert!(!bare(&done.text, trick), "{service} {trick}");
            // A sensitive report has no link to follow it by yet.
            if let Some(link) = done.between("href=\"/track/link/", "\"").map(str::to_owned) {
                client.post(&format!("/track/link/{link}"), &[]).await;
            }
            shown += 1;
        }
    }
    let desks = [("north-somerset-council", "enforcement"), ("avon-and-somerset-police", "inspector")];
    for (agency, role) in desks {
        let mut desk = house.staff(agency, role).await;
        let queue = desk.get("/staff").await;
        let mut pages = vec![
            queue.clone(),
            desk.get("/staff?q=DROP").await,
            desk.get("/staff?q=%3Cscript%3Ealert(1)%3C/script%3E").await,
        ];
        let links: Vec<&str> = queue.text.split("href=\"/staff/reports/").skip(1).collect();
        for link in links {
            pages.push(desk.get(&format!("/staff/reports/{}", link.split('"').next().unwrap())).await);
        }
        assert!(pages.len() >= 3 + TRICKS.len(), "{agency}: {}", pages.len());
        for trick in TRICKS {
            assert!(pages.iter().any(|page| page.says(trick)), "{agency}: {trick} is shown nowhere");
            assert!(pages.iter().all(|page| !bare(&page.text, trick)), "{agency}: {trick} stands bare");
        }
        assert!(pages.iter().all(|page| !page.says("{{ 49 }}") && !page.text.contains(">49<")));
    }
    assert_eq!(shown, TRICKS.len() * 2);
}

/// Whether a trick with markup in it stands on the page unescaped.
fn bare(text: &str, trick: &str) -> bool {
    trick.contains(['<', '"']) && text.contains(trick)
}

#[tokio::test]
async fn what_staff_and_residents_write_to_each_other_is_text_too() {
    let house = House::embedded().await;
    let filed = house.file("fly-tipping", "shortest").await;
    let mut officer = house.staff("north-somerset-council", "officer").await;
    let mut resident = house.reporter(&filed).await;
    for trick in TRICKS {
        let form = officer.get(&filed.desk()).await.form("/ask");
        assert_eq!(officer.submit(&form, &[("words", trick)]).await.status, 303, "{trick}");
        let form = resident.get(&filed.track()).await.form("/words");
        assert_eq!(resident.submit(&form, &[("words", trick)]).await.status, 303, "{trick}");
        for page in [officer.get(&filed.desk()).await, resident.get(&filed.track()).await] {
            assert!(page.text.matches("moot-words").count() >= 2 && page.says(trick), "{trick}");
            assert!(!bare(&page.text, trick), "{trick}");
        }
    }
}

/// Line ends in what reaches a header or a mail: refused, or folded into a path that has none.
#[tokio::test]
async fn no_line_end_reaches_a_header() {
    let house = House::embedded().await;
    let mut client = house.visitor();
    for at in [
        "/report/fly-tipping%0d%0aSet-Cookie:%20a=b",
        "/track/link/a%0d%0aX:%20y",
        "/track/1%0a2",
        "/staff/reports/%0d%0aX:y",
    ] {
        let page = client.get(at).await;
        assert!(page.status < 500, "{at}");
        assert!(page.headers.iter().all(|(name, value)| name != "x" && !value.as_bytes().contains(&b'\n')), "{at}");
        assert_eq!(client.cookie("a"), None, "{at}");
    }
    let fields = [("reference", "1\r\nX: y"), ("email", "robin@example.org\r\nBcc: kim@example.org")];
    assert_eq!(client.post("/track/by-mail", &fields).await.status, 200);
    let login = [("login", "a\r\nSet-Cookie: a=b"), ("password", "x"), ("code", "1")];
    assert_eq!(client.post("/staff/sign-in", &login).await.status, 422);
}
