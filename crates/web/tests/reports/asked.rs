use crate::{COUNCIL, page_of, public};
use testkit::{Client, Filed, House};

const DAY: i64 = 24 * 60 * 60;

async fn days(house: &House, days: i64) {
    house.clock.forward_seconds(days * DAY);
    let (setting, draw) = (house.setting.clone(), house.draw());
    let tick = move |tx: &mut store::Tx| casework::report::questionnaire::tick(tx, &setting, &mut draw.clone(), 100);
    house.db.write(tick).await.unwrap();
}

/// The addresses in the mails that ask about a report.
async fn links(house: &House, filed: &Filed) -> Vec<String> {
    let mail = house.db.read(|tx| store::delivery::latest(&rights::Actor::House("test"), tx)).await.unwrap();
    let asks = mail.into_iter().filter(|mail| mail.report == Some(filed.id) && mail.template == "questionnaire");
    let link = |facts: &serde_json::Value| facts["link"].as_str()?.parse().ok();
    asks.map(|mail| format!("/asked/{}", house.setting.keys.link_token(link(&mail.facts).unwrap()))).collect()
}

/// A public report four weeks on: its link, and staff who have just signed in.
async fn asked(house: &House) -> (Filed, String, Client) {
    let (filed, _) = public(house, "everything").await;
    days(house, 28).await;
    let link = links(house, &filed).await.pop().expect("its reporter is asked");
    (filed, link, house.staff(COUNCIL, "officer").await)
}

async fn entries(house: &House, filed: &Filed) -> Vec<String> {
    let id = filed.id;
    let all = house.db.read(move |tx| store::journal::of_report(&rights::Actor::House("test"), tx, id)).await.unwrap();
    all.into_iter().map(|entry| entry.kind).collect()
}

#[tokio::test]
async fn who_sent_a_public_report_is_asked_once_four_weeks_on_and_opening_the_link_changes_nothing() {
    let house = House::embedded().await;
    let (filed, _) = public(&house, "everything").await;
    days(&house, 27).await;
    assert!(links(&house, &filed).await.is_empty());
    for more in [1, 28] {
        days(&house, more).await;
        assert_eq!(links(&house, &filed).await.len(), 1);
    }
    assert_eq!(entries(&house, &filed).await.iter().filter(|kind| *kind == "questionnaire.sent").count(), 1);
    let house = House::embedded().await;
    let (filed, link, _) = asked(&house).await;
    let before = entries(&house, &filed).await;
    for _ in 0..2 {
        let page = house.get(&link).await;
        assert!(page.status == 200 && page.says("Is it fixed?"), "{}", page.text);
        assert!(!page.text.contains(filed.reference()) && !page.text.to_lowercase().contains("robin"), "{}", page.text);
    }
    assert_eq!(entries(&house, &filed).await, before);
}

#[tokio::test]
async fn fixed_ends_it_and_a_second_visit_shows_what_was_answered() {
    let house = House::embedded().await;
    let (filed, link, _) = asked(&house).await;
    let mut reporter = house.visitor();
    let form = reporter.get(&link).await.form(&link);
    let empty = reporter.submit(&form, &[("words", "The crew was kind.")]).await;
    assert!(empty.status == 422 && empty.says("Choose how it is now") && empty.says("The crew was kind."));
    let page = reporter.submit(&form, &[("says", "fixed"), ("words", "")]).await;
    assert_eq!(page.location, link, "{}", page.text);
    let page = reporter.get(&link).await;
    assert!(page.says("Thank you for telling us") && page.says("You told us that it is fixed."), "{}", page.text);
    assert!(house.get(&page_of(&filed)).await.says("Fixed, says the resident"));
    let before = entries(&house, &filed).await;
    assert_eq!(reporter.submit(&form, &[("says", "still"), ("words", "")]).await.location, link);
    assert!(reporter.get(&link).await.says("You told us that it is fixed."));
    assert_eq!(entries(&house, &filed).await, before, "the first answer is the only one");
}

#[tokio::test]
async fn still_a_problem_comes_to_staff_with_its_words_and_opens_what_the_agency_had_called_fixed() {
    let house = House::embedded().await;
    let (filed, mut officer) = public(&house, "everything").await;
    let form = officer.get(&filed.desk()).await.form("/close");
    officer.submit(&form, &[("outcome", "fixed"), ("words", "It is gone.")]).await;
    days(&house, 28).await;
    let link = links(&house, &filed).await.pop().unwrap();
    let answer = [("says", "still"), ("words", "Half of it lies there.")];
    assert_eq!(house.visitor().post(&link, &answer).await.location, link);
    let page = house.get(&link).await;
    assert!(page.says("You told us that it is not fixed and still a problem."), "{}", page.text);
    let mut officer = house.staff(COUNCIL, "officer").await;
    let list = officer.get("/staff").await;
    assert!(list.text.contains(filed.reference()) && list.says("New words from the resident"), "{}", list.text);
    let desk = officer.get(&filed.desk()).await;
    assert!(desk.says("The resident says that it is still a problem") && desk.says("Half of it lies there."));
    let public = house.get(&page_of(&filed)).await;
    assert!(public.says("The person who told us opened it again"), "{}", public.text);
    assert!(public.says("Open") && !public.says("Half of it lies there."), "{}", public.text);
    let own = house.reporter(&filed).await.get(&filed.track()).await;
    assert!(own.says("You told us that it is still a problem") && own.says("Half of it lies there."), "{}", own.text);
}

#[tokio::test]
async fn what_is_no_problem_any_more_is_told_and_opens_nothing() {
    let house = House::embedded().await;
    let (filed, link, mut officer) = asked(&house).await;
    house.visitor().post(&link, &[("says", "gone"), ("words", "")]).await;
    assert!(officer.get(&filed.desk()).await.says("The resident says that it is no problem any more"));
    let public = house.get(&page_of(&filed)).await;
    assert!(public.says("Open") && !public.says("opened it again"), "{}", public.text);
}

#[tokio::test]
async fn nobody_is_asked_about_what_is_private_hidden_taken_back_closed_or_said_to_be_fixed() {
    let house = House::embedded().await;
    let unread = house.file("fly-tipping", "everything").await;
    let nameless = public(&house, "shortest").await.0;
    let noise = house.file("noise", &testkit::samples("noise")[0]).await;
    let (hidden, mut officer) = public(&house, "everything").await;
    let form = officer.get(&hidden.desk()).await.form("/publication");
    officer.submit(&form, &[("words", "It named somebody.")]).await;
    let (closed, mut officer) = public(&house, "everything").await;
    let form = officer.get(&closed.desk()).await.form("/close");
    officer.submit(&form, &[("outcome", "not_needed"), ("words", "It was gone.")]).await;
    let taken_back = public(&house, "everything").await.0;
    let mut reporter = house.reporter(&taken_back).await;
    let form = reporter.get(&taken_back.track()).await.form("/withdraw");
    reporter.submit(&form, &[("words", "")]).await;
    let said = public(&house, "everything").await.0;
    let mut reporter = house.reporter(&said).await;
    let form = reporter.get(&said.track()).await.form("/fixed");
    reporter.submit(&form, &[]).await;
    days(&house, 28).await;
    for filed in [unread, nameless, noise, hidden, closed, taken_back, said] {
        assert!(links(&house, &filed).await.is_empty(), "{}: {:?}", filed.reference(), entries(&house, &filed).await);
    }
}

#[tokio::test]
async fn who_is_on_the_agencys_list_or_may_not_be_written_to_is_not_asked() {
    let house = House::embedded().await;
    let (listed, _) = public(&house, "everything").await;
    let mut leader = house.staff(COUNCIL, "team_leader").await;
    let form = leader.get("/staff/senders").await.form("/staff/senders");
    let until = [("until-day", "1"), ("until-month", "1"), ("until-year", "2030")];
    let fields = [&[("kind", "email"), ("value", "robin@example.org"), ("why", "Made up.")][..], &until[..]].concat();
    assert_eq!(leader.submit(&form, &fields).await.status, 303);
    days(&house, 28).await;
    assert!(links(&house, &listed).await.is_empty());

    let house = House::embedded().await;
    let (unsafe_now, _) = public(&house, "everything").await;
    let never = "UPDATE contact SET safe = $1 WHERE report = $2";
    let (id, record) = (unsafe_now.id, serde_json::json!({ "gate": { "channels": [], "never_via": ["email"] } }));
    house.db.write(move |tx| tx.run(never, &[&record, &id])).await.unwrap();
    days(&house, 28).await;
    let mail = house.db.read(|tx| store::delivery::latest(&rights::Actor::House("test"), tx)).await.unwrap();
    assert!(mail.iter().all(|mail| mail.template != "questionnaire"), "nothing is left to staff either");
}

#[tokio::test]
async fn one_press_in_a_mail_program_stops_it_for_all_reports_of_that_address_until_it_is_taken_back() {
    let house = House::embedded().await;
    let (_, link, _) = asked(&house).await;
    let stop = format!("{link}/stop");
    let one_click = house.visitor().post(&stop, &[("List-Unsubscribe", "One-Click")]).await;
    assert_eq!(one_click.location, link, "{}", one_click.text);
    assert!(house.get(&link).await.says("We do not ask you about your reports any more."));
    let (other, _) = public(&house, "everything").await;
    days(&house, 28).await;
    assert!(links(&house, &other).await.is_empty());

    let house = House::embedded().await;
    let (_, link, _) = asked(&house).await;
    let mut reporter = house.visitor();
    for (answer, says) in [("no", "any more"), ("yes", "We ask once about each report.")] {
        let form = reporter.get(&format!("{link}/stop")).await.form("/stop");
        reporter.submit(&form, &[("asks", answer)]).await;
        assert!(reporter.get(&link).await.says(says));
    }
    let (other, _) = public(&house, "everything").await;
    days(&house, 28).await;
    assert_eq!(links(&house, &other).await.len(), 1);
}

#[tokio::test]
async fn the_link_dies_after_its_days_and_an_agency_that_names_no_days_asks_nobody() {
    let house = House::embedded().await;
    let (_, link, _) = asked(&house).await;
    days(&house, 28).await;
    for page in [house.get(&link).await, house.visitor().post(&link, &[("says", "fixed")]).await] {
        assert!(page.status == 410 && page.says("This link no longer works"), "{}", page.text);
    }
    // A house that stood still for two months asks about nothing that is long past.
    let house = House::embedded().await;
    let (filed, _) = public(&house, "everything").await;
    days(&house, 57).await;
    assert!(links(&house, &filed).await.is_empty());
}
