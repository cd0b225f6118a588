//! A diary that goes on (council C-18): one tap, what it was like, a time that is told later, and what each leaves.

use crate::kept::{changed, kept};
use casework::Clock;
use store::{casefile::Casefile, complaint, occurrence::Occurrence};
use testkit::{Client, Filed, House, Page};

const COUNCIL: &str = "north-somerset-council";
const HOUR: i64 = 60 * 60;

const SAID: &[(&str, &str)] = &[
    ("diary.0.description", "Drums through the wall."),
    ("diary.0.rooms", "Bedroom"),
    ("diary.0.effect", "I cannot sleep."),
    ("truth.name", "Robin Example"),
    ("truth.agree", "yes"),
];

async fn complainant() -> (House, Filed, Client) {
    let house = House::embedded().await;
    let filed = house.file("noise", "everything").await;
    let client = house.reporter(&filed).await;
    (house, filed, client)
}

fn diary(filed: &Filed) -> String {
    format!("{}/diary", filed.track())
}

async fn tap(client: &mut Client, filed: &Filed) -> Page {
    let form = client.get(&diary(filed)).await.form("/diary/now");
    let page = client.submit(&form, &[]).await;
    client.follow(page).await
}

async fn told(house: &House, filed: &Filed) -> Vec<Occurrence> {
    let id = filed.id;
    let actor = rights::Actor::House("test");
    let all = house.db.read(move |tx| store::occurrence::own(&actor, tx, id)).await.unwrap();
    all.into_iter().map(|told| told.of).collect()
}

async fn case(house: &House, filed: &Filed) -> Casefile {
    let id = filed.id;
    house.db.read(move |tx| store::casefile::of_report(tx, id)).await.unwrap().remove(0)
}

async fn earlier(client: &mut Client, filed: &Filed, day: [&str; 3], fields: &[(&str, &str)]) -> Page {
    let form = client.get(&format!("{}/earlier", diary(filed))).await.form("/earlier");
    let names = ["diary.0.date.day", "diary.0.date.month", "diary.0.date.year"];
    let all: Vec<(&str, &str)> =
        names.into_iter().zip(day).chain(SAID.iter().copied()).chain(fields.iter().copied()).collect();
    client.submit(&form, &all).await
}

#[tokio::test]
async fn one_tap_says_that_it_is_happening_now_and_another_that_it_has_stopped() {
    let (house, filed, mut client) = complainant().await;
    assert!(client.get(&filed.track()).await.says("It is happening now"));
    let before = kept(&house).await;
    let page = tap(&mut client, &filed).await;
    assert!(page.says("We have written down the time") && page.says("It has stopped"), "{}", page.text);
    let more = changed(&before, &kept(&house).await);
    assert_eq!(more, ["journal diary.begun +1", "occurrence +1", "unsealed +1"]);
    // A second tap, from another tab.
    client.post(&format!("{}/now", diary(&filed)), &[]).await;
    assert_eq!(changed(&before, &kept(&house).await), more);
    house.clock.forward_seconds(HOUR + 30 * 60);
    let stop = client.get(&diary(&filed)).await.form("/stop");
    let page = client.submit(&stop, &[]).await;
    assert_eq!(page.status, 303, "{}", page.text);
    // Pressed again, it stays as it was.
    house.clock.forward_seconds(60);
    client.submit(&stop, &[]).await;
    let all = told(&house, &filed).await;
    assert_eq!(all.len(), 1);
    assert_eq!(all[0].ended_at, Some(all[0].started_at.plus_seconds(HOUR + 30 * 60)));
    // What it was like is said with peace, and signed.
    let page = client.follow(page).await;
    assert!(page.says("What was it like?") && !page.text.contains("diary.0.date.day"), "{}", page.text);
    let form = page.form("/diary/");
    let wrong = client.submit(&form, &[("diary.0.description", "Drums.")]).await;
    assert!(wrong.status == 422 && wrong.text.contains("Drums."), "{}", wrong.text);
    let page = client.submit(&form, SAID).await;
    assert_eq!(page.location, format!("{}?done=signed", diary(&filed)), "{}", page.text);
    let page = client.follow(page).await;
    for words in ["It lasted 1 hour 30 minutes", "Drums through the wall.", "Bedroom", "Robin Example", "Written "] {
        assert!(page.says(words), "{words}: {}", page.text);
    }
    // Once.
    client.submit(&form, SAID).await;
    assert_eq!(told(&house, &filed).await.len(), 1);
    let id = filed.id;
    let complaints = house.db.read(move |tx| complaint::of_report(tx, id)).await.unwrap();
    assert_eq!(complaints.len(), 2);
    assert!(complaints.iter().all(|row| row.complainant == filed.id));
    assert!(house.part(&filed, COUNCIL).await.flags.to_string().contains("resident_wrote"));
}

#[tokio::test]
async fn a_tap_by_mistake_is_taken_back_and_what_is_signed_is_not() {
    let (house, filed, mut client) = complainant().await;
    let undo = tap(&mut client, &filed).await.form("/undo");
    let page = client.submit(&undo, &[]).await;
    assert!(client.follow(page).await.says("We took it out"));
    assert_eq!(told(&house, &filed).await, []);
    assert_eq!(client.submit(&undo, &[]).await.status, 303, "a second press finds nothing to do");
    let page = tap(&mut client, &filed).await;
    let (undo, stop) = (page.form("/undo"), page.form("/stop"));
    let page = client.submit(&stop, &[]).await;
    let form = client.follow(page).await.form("/diary/");
    assert_eq!(client.submit(&form, SAID).await.status, 303);
    client.submit(&undo, &[]).await;
    assert_eq!(told(&house, &filed).await.len(), 1);
}

#[tokio::test]
async fn a_tap_that_nobody_ended_is_over_the_next_night() {
    let (house, filed, mut client) = complainant().await;
    tap(&mut client, &filed).await;
    house.clock.forward_seconds(24 * HOUR);
    let mut client = house.reporter(&filed).await;
    let page = client.get(&diary(&filed)).await;
    let unknown = page.forms().into_iter().filter(|form| form.action.ends_with("/stop")).count();
    assert_eq!(unknown, 2, "now, or nobody knows when");
    client.post(&format!("{}/now", diary(&filed)), &[]).await;
    let all = told(&house, &filed).await;
    assert_eq!(all.len(), 2);
    assert!(!all[0].live && all[0].ended_at.is_none() && all[1].live);
    // To say the next day that it has stopped does not make it a day long.
    house.clock.forward_seconds(13 * HOUR);
    let mut client = house.reporter(&filed).await;
    let page = client.get(&diary(&filed)).await;
    let stop = page.forms().into_iter().find(|form| form.action.ends_with("/stop")).unwrap();
    client.submit(&stop, &[]).await;
    assert_eq!(told(&house, &filed).await[1].ended_at, None);
}

/// A day, a start, an end, which of two they are, and how long it was or what is said.
type Night = ([&'static str; 3], &'static str, &'static str, [&'static str; 2], Result<&'static str, &'static str>);

/// The house's clock stands at noon of 24 November 2026.
const NIGHTS: &[Night] = &[
    (["20", "11", "2026"], "9pm", "11:15pm", ["", ""], Ok("2 hours 15 minutes")),
    (["20", "11", "2026"], "21:00", "2:30am", ["", ""], Ok("5 hours 30 minutes")),
    (["20", "11", "2026"], "midnight", "noon", ["", ""], Ok("12 hours")),
    (["20", "11", "2026"], "9pm", "21:00", ["", ""], Err("diary.0.end")),
    (["20", "11", "2026"], "quarter past", "9pm", ["", ""], Err("diary.0.start")),
    // Not over yet, or not begun.
    (["24", "11", "2026"], "9am", "11pm", ["", ""], Err("diary.0.date.day")),
    (["24", "11", "2026"], "11am", "10am", ["", ""], Err("diary.0.date.day")),
    (["25", "11", "2026"], "1am", "2am", ["", ""], Err("diary.0.date.day")),
    // The clocks went back on 25 October: 1:15am and 1:30am came twice.
    (["24", "10", "2026"], "10pm", "3am", ["", ""], Ok("6 hours")),
    (["24", "10", "2026"], "10pm", "1:15am", ["", ""], Err("diary.0.end_fold")),
    (["24", "10", "2026"], "10pm", "1:15am", ["", "first"], Ok("3 hours 15 minutes")),
    (["24", "10", "2026"], "10pm", "1:15am", ["", "second"], Ok("4 hours 15 minutes")),
    (["25", "10", "2026"], "1:30am", "1:30am", ["", ""], Err("diary.0.start_fold")),
    (["25", "10", "2026"], "1:30am", "1:30am", ["first", "second"], Ok("1 hour")),
    (["25", "10", "2026"], "1:30am", "2:30am", ["first", ""], Ok("2 hours")),
    (["25", "10", "2026"], "1:30am", "2:30am", ["second", ""], Ok("1 hour")),
    // They went on on 29 March: 1:30am did not come.
    (["29", "3", "2026"], "12:30am", "2:30am", ["", ""], Ok("1 hour")),
    (["28", "3", "2026"], "11pm", "3am", ["", ""], Ok("3 hours")),
    (["29", "3", "2026"], "1:30am", "3am", ["", ""], Err("diary.0.start")),
    (["29", "3", "2026"], "12:30am", "1:30am", ["", ""], Err("diary.0.end")),
];

#[tokio::test]
async fn a_time_that_is_told_later_is_as_long_as_it_was() {
    let (house, filed, mut client) = complainant().await;
    let mut kept = 0;
    for (day, start, end, [start_fold, end_fold], wanted) in NIGHTS {
        let fields = [
            ("diary.0.start", *start),
            ("diary.0.end", *end),
            ("diary.0.start_fold", *start_fold),
            ("diary.0.end_fold", *end_fold),
        ];
        let fields: Vec<_> = fields.into_iter().filter(|(_, value)| !value.is_empty()).collect();
        let page = earlier_typed(&mut client, &filed, *day, &fields).await;
        let night = format!("{day:?} {start} to {end} {start_fold} {end_fold}");
        match wanted {
            Ok(length) => {
                assert_eq!(page.status, 303, "{night}: {:?}", page.errors());
                kept += 1;
                let page = client.follow(page).await;
                assert!(page.says(&format!("It lasted {length}.")), "{night}: {}", page.text);
            }
            Err(field) => {
                assert_eq!(page.status, 422, "{night}");
                let errors = page.errors();
                assert!(errors.iter().any(|(at, _)| at == &format!("#{field}") || at == field), "{night}: {errors:?}");
            }
        }
        assert_eq!(told(&house, &filed).await.len(), kept, "{night}");
    }
}

/// As [`earlier`], by a post: the question for which of two is on no page yet.
async fn earlier_typed(client: &mut Client, filed: &Filed, day: [&str; 3], fields: &[(&str, &str)]) -> Page {
    let names = ["diary.0.date.day", "diary.0.date.month", "diary.0.date.year"];
    let all: Vec<(&str, &str)> =
        names.into_iter().zip(day).chain(SAID.iter().copied()).chain(fields.iter().copied()).collect();
    client.post(&format!("{}/earlier", diary(filed)), &all).await
}

#[tokio::test]
async fn each_entry_keeps_when_it_was_written_and_when_it_came() {
    let (house, filed, mut client) = complainant().await;
    let form = client.get(&format!("{}/earlier", diary(&filed))).await.form("/earlier");
    let opened = house.clock.now();
    house.clock.forward_seconds(20 * 60);
    let day = [("diary.0.date.day", "20"), ("diary.0.date.month", "11"), ("diary.0.date.year", "2026")];
    let fields: Vec<_> = day.into_iter().chain(SAID.iter().copied()).collect();
    let page = client.submit(&form, &fields).await;
    let page = client.follow(page).await;
    let all = told(&house, &filed).await;
    assert_eq!((all[0].written_at, all[0].arrived_at), (opened, house.clock.now()));
    assert!(all[0].by_day && all[0].ended_at.is_none());
    assert!(page.says("Received 24 November 2026") && !page.says("It lasted"), "{}", page.text);
    // Nobody writes in the future.
    let fields: Vec<_> = fields.into_iter().chain([("opened", "9000000000000000")]).collect();
    client.submit(&form, &fields).await;
    let all = told(&house, &filed).await;
    assert!(all.iter().all(|of| of.written_at <= of.arrived_at), "{all:?}");
    // Nor before there was a report.
    let fields: Vec<_> = fields.into_iter().filter(|(name, _)| *name != "opened").chain([("opened", "1")]).collect();
    client.submit(&form, &fields).await;
    let all = told(&house, &filed).await;
    assert!(all.iter().all(|of| of.written_at >= filed.receipt.received), "{all:?}");
}

#[tokio::test]
async fn a_later_time_opens_a_closed_case_again_and_tells_who_follows_it() {
    let (house, filed, mut client) = complainant().await;
    let mut officer = house.staff(COUNCIL, "enforcement").await;
    let at = format!("/staff/cases/{}", filed.reference());
    let form = officer.get(&at).await.form("/follow");
    officer.submit(&form, &[]).await;
    let form = officer.get(&at).await.form("/close");
    let page = officer.submit(&form, &[("outcome", "ended"), ("words", "We heard nothing.")]).await;
    assert_eq!(page.status, 303, "{}", page.text);
    assert!(case(&house, &filed).await.closed_at.is_some());
    assert!(client.get(&filed.track()).await.says("We heard nothing."));
    assert!(!officer.get("/staff/cases?view=followed").await.says("New"));
    let page = earlier(&mut client, &filed, ["20", "11", "2026"], &[("diary.0.start", "9pm")]).await;
    assert_eq!(page.status, 303, "{}", page.text);
    assert!(case(&house, &filed).await.closed_at.is_none());
    let list = officer.get("/staff/cases?view=followed").await;
    assert!(list.says("New") && list.says("2, 1 person"), "{}", list.text);
    let page = officer.get(&at).await;
    for words in ["It happened again", "Drums through the wall.", "Opened again", "Happened again"] {
        assert!(page.says(words), "{words}: {}", page.text);
    }
    assert!(!officer.get("/staff/cases?view=followed").await.says("New"), "they have seen it");
}

#[tokio::test]
async fn the_diary_to_print_holds_all_of_it_in_the_order_it_happened() {
    let (_house, filed, mut client) = complainant().await;
    earlier(&mut client, &filed, ["21", "11", "2026"], &[("diary.0.start", "9pm"), ("diary.0.end", "10pm")]).await;
    earlier(&mut client, &filed, ["20", "11", "2026"], &[("diary.0.start", "8pm")]).await;
    let page = client.get(&format!("{}/print", diary(&filed))).await;
    let (one, two) = (page.text.find("20 November 2026").unwrap(), page.text.find("21 November 2026").unwrap());
    assert!(one < two && page.says("With the report") && page.says("It lasted 1 hour"), "{}", page.text);
    assert!(!page.title().contains("Noise") && !page.title().contains(filed.reference()), "{}", page.title());
}

#[tokio::test]
async fn only_a_service_that_keeps_cases_has_a_diary_and_only_for_its_reporter() {
    let (house, filed, _) = complainant().await;
    let other = house.file("fly-tipping", "shortest").await;
    let mut reporter = house.reporter(&other).await;
    assert!(!reporter.get(&other.track()).await.says("It is happening now"));
    assert_eq!(reporter.get(&diary(&other)).await.status, 404);
    assert_eq!(reporter.get(&diary(&filed)).await.status, 404);
    assert_eq!(reporter.post(&format!("{}/now", diary(&filed)), &[]).await.status, 404);
    assert_eq!(told(&house, &filed).await, []);
}
