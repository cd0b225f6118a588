//! A report that staff file for somebody who calls (C-70).

use testkit::{Client, House, Page};

const COUNCIL: &str = "north-somerset-council";
const FORM: &str = "/staff/new/fly-tipping/all";

const TIP: &[(&str, &str)] = &[
    ("now", "no"),
    ("where.text", "Grand Pier"),
    ("land", "road_verge"),
    ("waste", "mattress"),
    ("size", "single_item"),
];

async fn begin(desk: &mut Client, service: &str, whom: &str) -> Page {
    let page = desk.get(&format!("/staff/new/{service}")).await;
    let page = desk.submit(&page.form(&format!("/staff/new/{service}")), &[("whom", whom)]).await;
    assert_eq!(page.status, 303, "{}", page.text);
    desk.follow(page).await
}

/// The form as filled in, with the call it belongs to.
async fn send(desk: &mut Client, page: &Page, more: &[(&str, &str)]) -> Page {
    let form = page.form("/all");
    let asked: Vec<_> = form.fields.iter().filter(|(name, _, _)| name == "asked" || name == "call").cloned().collect();
    let mut fields: Vec<(&str, &str)> = asked.iter().map(|(name, value, _)| (name.as_str(), value.as_str())).collect();
    fields.extend(TIP.iter().chain(more));
    desk.upload(FORM, &fields, &[]).await
}

async fn sent(desk: &mut Client, whom: &str, more: &[(&str, &str)]) -> (String, Page) {
    let page = begin(desk, "fly-tipping", whom).await;
    let done = send(desk, &page, more).await;
    assert_eq!(done.location, "/staff/new/fly-tipping/done", "{}", done.text);
    let done = desk.follow(done).await;
    let reference = done.between("moot-reference\">", "</strong>").unwrap().replace(' ', "");
    (reference, done)
}

#[tokio::test]
async fn a_report_for_somebody_who_calls_is_filed_on_one_page_and_a_name_alone_will_do() {
    let house = House::embedded().await;
    let mut desk = house.staff(COUNCIL, "customer_service").await;
    let list = desk.get("/staff/new?q=rubbish").await;
    assert!(list.text.contains("href=\"/staff/new/fly-tipping\""), "{}", list.text);
    let page = begin(&mut desk, "fly-tipping", "another").await;
    assert!(page.says("You file this for a resident") && page.text.contains("contact.name"), "{}", page.text);
    // Without a name it is not sent.
    let refused = send(&mut desk, &page, &[]).await;
    assert!(refused.status == 422 || refused.location.contains("contact"), "{} {}", refused.status, refused.location);
    let done = send(&mut desk, &page, &[("contact.name", "Alex Example")]).await;
    assert_eq!(done.location, "/staff/new/fly-tipping/done", "{}", done.text);
    let done = desk.follow(done).await;
    assert!(done.says("Read this out") && done.says("We cannot send you an e-mail"), "{}", done.text);
    let reference = done.between("moot-reference\">", "</strong>").unwrap().replace(' ', "");
    // A second press finds the same.
    let again = send(&mut desk, &page, &[("contact.name", "Alex Example")]).await;
    let again = desk.follow(again).await;
    assert!(again.text.contains(done.between("moot-reference\">", "</strong>").unwrap()), "{}", again.text);
    let report = desk.get(&format!("/staff/reports/{reference}")).await;
    let name = format!("customer_service of {COUNCIL}");
    assert!(report.says("Filed for a resident") && report.says(&format!("{name}, for a resident")), "{}", report.text);
    assert!(report.says("Alex Example"), "{}", report.text);
    // Nothing of who filed it is public.
    let public = house.get(&format!("/reports/{reference}")).await;
    assert!(!public.text.contains(name.as_str()) && !public.says("Alex Example"), "{}", public.text);
    let table = desk.get("/staff/export/reports.csv").await.text;
    let row = table.lines().find(|line| line.starts_with(&reference)).unwrap();
    assert!(row.contains("\"staff\",\"another\""), "{row}");
}

#[tokio::test]
async fn a_resident_with_an_address_gets_the_mail_with_the_private_link() {
    let house = House::embedded().await;
    let mut desk = house.staff(COUNCIL, "customer_service").await;
    let contact = [("contact.name", "Alex Example"), ("contact.email", "alex@example.org")];
    let (_, done) = sent(&mut desk, "another", &contact).await;
    assert!(done.says("We have sent you an e-mail"), "{}", done.text);
    house.send_all().await;
    let mail = house.mail_to("alex@example.org").await;
    assert!(mail.len() == 1 && mail[0].text.contains("/track/link/"), "{mail:?}");
}

#[tokio::test]
async fn without_a_name_nobody_is_asked_and_the_caller_gets_a_code() {
    let house = House::embedded().await;
    let mut desk = house.staff(COUNCIL, "customer_service").await;
    let page = begin(&mut desk, "fly-tipping", "anonymous").await;
    assert!(!page.text.contains("contact.name"), "{}", page.text);
    let done = send(&mut desk, &page, &[]).await;
    let done = desk.follow(done).await;
    assert!(done.says("They show you how far we are, and nothing else."), "{}", done.text);
}

#[tokio::test]
async fn what_the_agency_files_for_itself_stands_under_its_name() {
    let house = House::embedded().await;
    let mut desk = house.staff(COUNCIL, "customer_service").await;
    let (reference, done) = sent(&mut desk, "agency", &[]).await;
    assert!(!done.says("Your code is"), "{}", done.text);
    let public = house.get(&format!("/reports/{reference}")).await;
    assert!(public.says("Reported by North Somerset Council"), "{}", public.text);
    let table = desk.get("/staff/export/reports.csv").await.text;
    let row = table.lines().find(|line| line.starts_with(&reference)).unwrap();
    assert!(row.contains("\"staff\",\"agency\"") && row.contains(",,\"North Somerset Council\","), "{row}");
}

#[tokio::test]
async fn what_is_urgent_stops_and_is_said_to_the_caller() {
    let house = House::embedded().await;
    let mut desk = house.staff(COUNCIL, "customer_service").await;
    let page = begin(&mut desk, "fly-tipping", "another").await;
    let form = page.form("/all");
    let asked: Vec<_> = form.fields.iter().filter(|(name, _, _)| name == "asked" || name == "call").cloned().collect();
    let mut fields: Vec<(&str, &str)> = asked.iter().map(|(name, value, _)| (name.as_str(), value.as_str())).collect();
    fields.push(("now", "danger"));
    let stopped = desk.upload(FORM, &fields, &[]).await;
    assert!(stopped.says("Say this to the person") && stopped.says("999"), "{}", stopped.text);
    assert!(!stopped.text.contains("href=\"tel:999\" role"), "{}", stopped.text);
}

#[tokio::test]
async fn a_phrase_of_the_agency_is_put_behind_what_was_typed() {
    let house = House::embedded().await;
    let mut desk = house.staff(COUNCIL, "customer_service").await;
    let page = begin(&mut desk, "pothole", "another").await;
    let asked = page.form("/all");
    let asked: Vec<_> = asked.fields.iter().filter(|(name, _, _)| name == "asked" || name == "call").cloned().collect();
    let mut fields: Vec<(&str, &str)> = asked.iter().map(|(name, value, _)| (name.as_str(), value.as_str())).collect();
    fields.extend([("details", "Deep."), ("details.phrase", "0"), ("put", "details"), ("contact.email", "not one")]);
    let page = desk.upload("/staff/new/pothole/all", &fields, &[]).await;
    assert!(page.status == 200 && page.says("Deep.\nThe caller says that it has become bigger."), "{}", page.text);
    assert!(page.says("not one"), "nothing typed is lost: {}", page.text);
}

#[tokio::test]
async fn what_staff_file_and_what_they_report_themselves_do_not_meet() {
    let house = House::embedded().await;
    let mut desk = house.staff(COUNCIL, "customer_service").await;
    // Their own report as a resident, in the same browser.
    let own = desk.get("/report/fly-tipping/all").await;
    let form = own.form("/all");
    let own = desk.submit(&form, &[("now", "no"), ("where.text", "Clevedon")]).await;
    assert!(own.says("Clevedon"), "{}", own.text);
    let page = begin(&mut desk, "fly-tipping", "another").await;
    assert!(!page.says("Clevedon"), "{}", page.text);
    send(&mut desk, &page, &[("contact.name", "Alex Example")]).await;
    let own = desk.get("/report/fly-tipping/all").await;
    assert!(own.says("Clevedon") && !own.says("Alex Example") && !own.says("You file this"), "{}", own.text);
    // The cookie of the one opens nothing under the address of the other.
    let token = desk.cookie("attempt").unwrap().to_owned();
    let mut visitor = house.visitor();
    visitor.forge("/report/fly-tipping", "attempt", &token);
    assert!(!visitor.get("/report/fly-tipping/all").await.says("Alex Example"));
    // Nor does that of a colleague.
    let mut colleague = house.staff(COUNCIL, "officer").await;
    colleague.forge("/staff/new/fly-tipping", "attempt", &token);
    assert_eq!(colleague.get("/staff/new/fly-tipping/done").await.location, "/staff/new/fly-tipping");
    assert_eq!(house.get("/staff/new/fly-tipping/done").await.location, "/staff/sign-in");
}

#[tokio::test]
async fn two_calls_at_once_are_not_mixed() {
    let house = House::embedded().await;
    let mut desk = house.staff(COUNCIL, "customer_service").await;
    let first = begin(&mut desk, "fly-tipping", "another").await;
    begin(&mut desk, "fly-tipping", "another").await;
    let mixed = send(&mut desk, &first, &[("contact.name", "Alex Example")]).await;
    assert_eq!(mixed.status, 409, "{}", mixed.text);
    // Nor on a page of one question.
    let size = desk.get("/staff/new/fly-tipping/q/now").await.form("/q/now");
    begin(&mut desk, "fly-tipping", "another").await;
    assert_eq!(desk.submit(&size, &[("now", "no")]).await.status, 409);
    let second = desk.get(FORM).await;
    assert!(!desk.get(FORM).await.says("Alex Example"));
    let done = send(&mut desk, &second, &[("contact.name", "Robin Example")]).await;
    assert_eq!(done.location, "/staff/new/fly-tipping/done", "{}", done.text);
}

#[tokio::test]
async fn only_for_whom_the_role_says_and_only_where_a_name_may_be_left_out() {
    let house = House::embedded().await;
    let mut officer = house.staff(COUNCIL, "officer").await;
    let page = officer.get("/staff/new/fly-tipping").await;
    assert!(page.form("/staff/new/fly-tipping").takes("whom", "another"));
    assert!(!page.form("/staff/new/fly-tipping").takes("whom", "anonymous"), "{}", page.text);
    let forced = officer.post("/staff/new/fly-tipping", &[("whom", "anonymous")]).await;
    assert!(forced.status == 422 && forced.says("Say who it is for"), "{}", forced.text);
    let mut desk = house.staff(COUNCIL, "customer_service").await;
    let page = desk.get("/staff/new/crew-problem").await;
    assert!(!page.form("/staff/new/crew-problem").takes("whom", "anonymous"), "{}", page.text);
    let mut without = house.staff(COUNCIL, "administrator").await;
    for path in ["/staff/new", "/staff/new/fly-tipping", FORM] {
        assert_eq!(without.get(path).await.status, 404, "{path}");
    }
}

#[tokio::test]
async fn a_police_report_is_filed_by_another_agency_with_the_pin_that_the_caller_chooses() {
    const THEFT: &str = "/staff/new/crime.theft";
    let house = House::embedded().await;
    let mut desk = house.staff(COUNCIL, "customer_service").await;
    let staff = rights::Staff {
        id: house.person(COUNCIL, "customer_service").id,
        name: String::new(),
        agency: COUNCIL.into(),
        teams: vec![],
        rights: std::collections::BTreeSet::new(),
        remit: Default::default(),
    };
    let mut answers = testkit::sample("crime.theft", "shortest")["answers"].clone();
    answers["contact"] = serde_json::json!({ "name": "Alex Example" });
    let draft = casework::attempt::Draft {
        answers,
        filing: Some(casework::report::filing::Filing::new(&staff, catalogue::FiledAs::Another)),
        ..Default::default()
    };
    let draw = house.draw();
    let begun = house.db.write(move |tx| casework::attempt::begin(tx, &mut draw.clone(), "crime.theft", &draft));
    desk.forge(THEFT, "attempt", &begun.await.unwrap());
    let mut at = desk.get(&format!("{THEFT}/check")).await.location;
    for _ in 0..5 {
        if at.contains("/q/") {
            at = desk.post(&at, &[("rest", "yes")]).await.location;
        }
    }
    assert_eq!(at, format!("{THEFT}/pin"));
    let checked = desk.post(&at, &[("pin", testkit::PIN)]).await;
    assert_eq!(checked.location, format!("{THEFT}/check"), "{}", checked.text);
    let done = desk.post(&format!("{THEFT}/send"), &[]).await;
    let done = desk.follow(done).await;
    assert!(done.says("and the PIN that you chose") && done.says("Police"), "{}", done.text);
    // It is no report of theirs: they cannot open it.
    assert!(!done.says("Open this report"), "{}", done.text);
    let reference = done.between("moot-reference\">", "</strong>").unwrap().replace(' ', "");
    assert_eq!(desk.get(&format!("/staff/reports/{reference}")).await.status, 404);
    let mut officer = house.staff("avon-and-somerset-police", "officer").await;
    let report = officer.get(&format!("/staff/reports/{reference}")).await;
    assert!(report.says("customer_service of") && report.says("Filed for a resident"), "{}", report.text);
}

#[tokio::test]
async fn what_only_the_agencys_own_staff_send_they_file_and_nobody_else_does() {
    let house = House::embedded().await;
    let mut leader = house.staff(COUNCIL, "team_leader").await;
    let at = "/staff/services/fly-tipping";
    let form = leader.get(at).await.form(at);
    let fields = [
        ("open", "staff"),
        ("title", "Ring us about rubbish"),
        ("words", "We file it for you."),
        ("reason", "A trial."),
    ];
    let preview: Vec<_> = fields.into_iter().chain([("do", "preview")]).collect();
    let looked = leader.submit(&form, &preview).await;
    let saved = leader.submit(&looked.form(at), &[("do", "save")]).await;
    assert_eq!(saved.status, 303, "{}", saved.text);
    assert!(house.get("/report/fly-tipping").await.says("Ring us about rubbish"));
    let whole = house.visitor().get("/report/fly-tipping/all").await;
    assert!(whole.status == 303 && !whole.location.ends_with("/all"), "{} {}", whole.status, whole.location);
    let mut desk = house.staff(COUNCIL, "customer_service").await;
    let (reference, _) = sent(&mut desk, "another", &[("contact.name", "Alex Example")]).await;
    assert!(desk.get(&format!("/staff/reports/{reference}")).await.says("Filed for a resident"));
    // Staff of another agency are nobody's own here.
    let mut police = house.staff("avon-and-somerset-police", "triage").await;
    let whole = begin(&mut police, "fly-tipping", "another").await;
    let page = police.follow(whole).await;
    assert!(page.says("Ring us about rubbish"), "{}", page.text);
}
