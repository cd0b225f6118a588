//! A day that is booked: chosen in the form, held until it is paid for, changed, cancelled, given back (council 1.7).

use crate::{COUNCIL, HOUR};
use casework::report::{booking, payment};
use rights::Actor;
use serde_json::json;
use store::{
    booking::State,
    payment::{Method, State as Stands},
};
use testkit::{Client, Filed, House, Page, sample};

const AT: &str = "/report/bulky-waste";
const DAY: i64 = 24 * HOUR;
const HERE: Actor = Actor::House("test");

async fn filed(house: &House) -> (Filed, Client) {
    let filed = house.file("bulky-waste", "shortest").await;
    let client = house.reporter(&filed).await;
    (filed, client)
}

async fn tick(house: &House) -> usize {
    let (setting, draw) = (house.setting.clone(), house.draw());
    house.db.write(move |tx| booking::tick(tx, &setting, &mut draw.clone(), 100)).await.unwrap()
}

async fn row(house: &House, filed: &Filed) -> store::booking::Booking {
    let id = filed.id;
    house.db.read(move |tx| store::booking::own(&HERE, tx, id)).await.unwrap().unwrap()
}

async fn paid(house: &House, filed: &Filed) -> store::payment::Payment {
    let id = filed.id;
    house.db.read(move |tx| store::payment::own(&HERE, tx, id)).await.unwrap().unwrap()
}

/// The council has so many places on a day.
async fn places(house: &House, day: &'static str, n: i64) {
    house.db.write(move |tx| store::booking::give_day(tx, COUNCIL, "bulky-waste", day, n)).await.unwrap();
}

/// What the courier heard from the gateway.
async fn gateway(house: &House, answer: payment::Answer) {
    let (setting, draw, claim) = (house.setting.clone(), house.draw(), house.draw().id());
    house
        .db
        .write(move |tx| {
            let now = draw.now();
            let (row, _) = payment::claim(tx, COUNCIL, claim, now, now.plus_hours(1))?.unwrap();
            payment::answered(tx, &setting, &mut draw.clone(), (&row, claim), &answer)
        })
        .await
        .unwrap();
    house.clock.forward_seconds(60);
}

async fn to_the_day(house: &House) -> (Client, Page) {
    let mut answers = sample("bulky-waste", "shortest")["answers"].clone();
    answers.as_object_mut().unwrap().remove("date");
    let mut client = house.begun("bulky-waste", &answers).await;
    let page = client.get(&format!("{AT}/q/date")).await;
    (client, page)
}

#[tokio::test]
async fn the_days_that_are_free_are_a_list_and_a_full_one_is_not_in_it() {
    let house = House::embedded().await;
    places(&house, "2026-12-01", 0).await;
    let (mut client, page) = to_the_day(&house).await;
    assert!(page.says("Wednesday 25 November 2026") && page.says("Tuesday 22 December 2026"), "{}", page.text);
    assert!(!page.says("Tuesday 24 November 2026") && !page.says("Saturday 28"), "today, and a day without a crew");
    assert!(!page.says("Tuesday 1 December 2026"), "a full day");
    assert!(!page.says("25 December 2026") && !page.says("name=\"date.day\""));
    let empty = client.post(&format!("{AT}/q/date"), &[]).await;
    assert_eq!(empty.status, 422);
    assert!(empty.says("href=\"#date\"") && empty.says("Choose a day"), "{}", empty.text);
    let full = client.post(&format!("{AT}/q/date"), &[("date", "2026-12-01")]).await;
    assert_eq!(full.status, 422);
    assert!(full.says("is not free any more"), "{}", full.text);
    let kept = client.post(&format!("{AT}/q/date"), &[("date", "2026-12-04")]).await;
    assert_eq!(kept.status, 303, "{}", kept.text);
    let again = client.get(&format!("{AT}/q/date")).await;
    assert!(again.text.contains("value=\"2026-12-04\" checked"), "{}", again.text);
    let sent = client.post(&format!("{AT}/send"), &[]).await;
    assert_eq!(sent.location, format!("{AT}/done"));
    let done = client.follow(sent).await;
    for words in ["Friday 4 December 2026", "At the edge of your property", "by 7am", "£35", "Change the day"] {
        assert!(done.says(words), "{words}: {}", done.text);
    }
}

#[tokio::test]
async fn the_price_stands_beside_the_things_and_on_the_check_and_is_the_one_on_the_receipt() {
    let house = House::embedded().await;
    let mut answers = sample("bulky-waste", "shortest")["answers"].clone();
    answers.as_object_mut().unwrap().remove("things");
    let mut client = house.begun("bulky-waste", &answers).await;
    let things = client.get(&format!("{AT}/q/things")).await;
    assert!(things.says("It costs £35.00 to £75.00.") && things.says("before you send it"), "{}", things.text);
    for (kind, quantity, price) in [("sofa", "1", "£35.00"), ("wardrobe", "3", "£55.00")] {
        let page = client.get(&format!("{AT}/q/things?from=check")).await;
        let form = page.form("/q/things");
        let to = client.submit(&form, &[("things.0.kind", kind), ("things.0.quantity", quantity)]).await;
        assert_eq!(to.location, format!("{AT}/check"), "{}", to.text);
        let check = client.follow(to).await;
        assert!(check.says(&format!("To pay: {price}")), "{}", check.text);
        let again = client.get(&format!("{AT}/q/things?from=check")).await;
        assert!(again.says(&format!("What you have told us so far costs {price}")), "{}", again.text);
    }
    let sent = client.post(&format!("{AT}/send"), &[]).await;
    let done = client.follow(sent).await;
    assert!(done.says("There is £55.00 to pay."), "{}", done.text);
    // What costs nothing says nothing of a price.
    let free = house
        .begun("small-items", &sample("small-items", "shortest")["answers"])
        .await
        .get("/report/small-items/check")
        .await;
    assert!(free.status == 200 && !free.says("To pay"), "{}", free.text);
}

#[tokio::test]
async fn with_all_questions_on_one_page_the_price_is_read_before_it_is_sent() {
    let house = House::embedded().await;
    let answers = sample("bulky-waste", "shortest")["answers"].clone();
    let mut client = house.begun("bulky-waste", &answers).await;
    let page = client.get(&format!("{AT}/all")).await;
    assert!(page.says("What you have told us so far costs £35.00"), "{}", page.text);
    let sent = client.submit(&page.form("/all"), &[("property.text", "BS23 1AA")]).await;
    assert_eq!(sent.location, format!("{AT}/check"), "{}", sent.text);
}

#[tokio::test]
async fn whoever_comes_too_late_for_the_last_place_is_asked_for_another_day_and_loses_no_answer() {
    let house = House::embedded().await;
    places(&house, "2026-12-04", 1).await;
    let answers = sample("bulky-waste", "shortest")["answers"].clone();
    let mut late = house.begun("bulky-waste", &answers).await;
    filed(&house).await;
    let sent = late.post(&format!("{AT}/send"), &[]).await;
    assert_eq!(sent.location, format!("{AT}/q/date?from=check"));
    let page = late.follow(sent).await;
    assert!(page.says("Friday 4 December 2026 is not free any more"), "{}", page.text);
    let next = late.post(&format!("{AT}/q/date?from=check"), &[("date", "2026-12-07")]).await;
    assert_eq!(next.location, format!("{AT}/check"));
    assert_eq!(late.post(&format!("{AT}/send"), &[]).await.location, format!("{AT}/done"));
    // A program hears which answer it is.
    let body = json!({ "service": "bulky-waste", "answers": answers });
    let mut program = house.visitor();
    let refused = program.post_json("/api/v1/reports", &body, &[("idempotency-key", "booking-0000000001")]).await;
    assert_eq!(refused.status, 422, "{}", refused.text);
    assert!(refused.text.contains("date.not_free"), "{}", refused.text);
}

#[tokio::test]
async fn more_than_the_crew_takes_is_said_where_the_things_are_asked() {
    let house = House::embedded().await;
    let mut answers = sample("bulky-waste", "shortest")["answers"].clone();
    answers["things"] = json!([{ "kind": "chair", "quantity": 9 }]);
    let mut client = house.begun("bulky-waste", &answers).await;
    let sent = client.post(&format!("{AT}/send"), &[]).await;
    assert_eq!(sent.location, format!("{AT}/q/things?from=check"));
    let page = client.follow(sent).await;
    assert!(page.says("We can take 8 at one time"), "{}", page.text);
}

#[tokio::test]
async fn an_unpaid_day_is_kept_for_the_hours_of_the_council_and_then_given_back() {
    let house = House::embedded().await;
    places(&house, "2026-12-04", 1).await;
    let (one, mut client) = filed(&house).await;
    let own = client.get(&one.track()).await;
    assert!(own.says("We keep this day for you until") && own.says("Pay for it"), "{}", own.text);
    assert!(client.get(&format!("{}/pay", one.track())).await.says("We keep your day until"));
    assert_eq!(tick(&house).await, 0);
    house.clock.forward_seconds(3 * DAY);
    assert_eq!(tick(&house).await, 1);
    assert_eq!(row(&house, &one).await.state, State::Lapsed);
    let mut client = house.reporter(&one).await;
    let own = client.get(&one.track()).await;
    assert!(own.says("Nobody paid in time") && own.says("Your booking has ended"), "{}", own.text);
    assert!(client.get(&format!("{}/pay", one.track())).await.says("Your booking has ended"));
    let mails = house.db.read(|tx| store::delivery::latest(&HERE, tx)).await.unwrap();
    assert!(mails.iter().any(|mail| mail.template == "update"), "they are told by mail");
    assert_eq!(tick(&house).await, 0, "once");
    // Its place is another's.
    filed(&house).await;
}

#[tokio::test]
async fn while_somebody_is_at_the_card_page_the_day_stays_and_what_is_paid_is_booked() {
    let house = House::paid_by_card(COUNCIL, "").await;
    let (one, mut client) = filed(&house).await;
    client.post(&format!("{}/pay", one.track()), &[]).await;
    let begun = payment::Answer::Begun { id: "p1".into(), url: "https://pay.example/1".into() };
    gateway(&house, begun).await;
    house.clock.forward_seconds(HOUR);
    tick(&house).await;
    assert_eq!(row(&house, &one).await.state, State::Held);
    // Nobody cancels what they are paying for.
    let cancel = client.post(&format!("{}/booking/cancel", one.track()), &[]).await;
    assert_eq!(cancel.status, 422);
    assert!(cancel.says("You are paying for it now"), "{}", cancel.text);
    gateway(&house, payment::Answer::Taken).await;
    let booked = row(&house, &one).await;
    assert_eq!((booked.state, booked.held_until), (State::Booked, None));
    // Cancelled in time, it goes back by the gateway, once.
    let page = client.get(&format!("{}/booking/cancel", one.track())).await;
    assert!(page.says("We give you £35.00 back") || page.says("We give you £35 back"), "{}", page.text);
    let done = client.post(&format!("{}/booking/cancel", one.track()), &[]).await;
    assert_eq!(done.location, format!("{}?done=cancelled", one.track()));
    assert_eq!(paid(&house, &one).await.state, Stands::Refunding);
    assert_eq!(row(&house, &one).await.state, State::Cancelled);
    let twice = client.post(&format!("{}/booking/cancel", one.track()), &[]).await;
    assert_eq!(twice.location, one.track());
}

#[tokio::test]
async fn a_try_that_ended_unpaid_gives_the_day_back() {
    let house = House::paid_by_card(COUNCIL, "").await;
    let (one, mut client) = filed(&house).await;
    client.post(&format!("{}/pay", one.track()), &[]).await;
    gateway(&house, payment::Answer::Ended("expired".into())).await;
    house.clock.forward_seconds(HOUR);
    tick(&house).await;
    assert_eq!(row(&house, &one).await.state, State::Lapsed);
    client.post(&format!("{}/pay", one.track()), &[]).await;
    assert_eq!(paid(&house, &one).await.state, Stands::Due, "nothing is taken for a day that is gone");
}

#[tokio::test]
async fn the_day_is_changed_after_one_more_question_until_the_hour_of_the_council() {
    let house = House::embedded().await;
    let (one, mut client) = filed(&house).await;
    let path = format!("{}/booking/day", one.track());
    let page = client.get(&path).await;
    assert!(page.says("Your day is Friday 4 December 2026") && page.says("Monday 7 December 2026"), "{}", page.text);
    assert!(client.post(&path, &[]).await.says("Choose a day"));
    let sure = client.post(&path, &[("day", "2026-12-07")]).await;
    assert!(sure.says("Change the day?") && sure.status == 200, "{}", sure.text);
    assert_eq!(row(&house, &one).await.day, "2026-12-04");
    let done = client.post(&path, &[("day", "2026-12-07"), ("sure", "yes")]).await;
    assert_eq!(done.location, format!("{}?done=moved", one.track()), "{}", done.text);
    assert_eq!(row(&house, &one).await.day, "2026-12-07");
    let own = client.follow(done).await;
    assert!(own.says("You changed the day to Monday 7 December 2026"), "{}", own.text);
    let desk = house.staff(COUNCIL, "officer").await.get(&one.desk()).await;
    assert!(desk.says("Monday 7 December 2026") && desk.says("kept until it is paid for"), "{}", desk.text);
    // A day without a crew is none.
    assert!(client.post(&path, &[("day", "2026-12-05"), ("sure", "yes")]).await.says("not free any more"));
    // 14:00 on the working day before has passed.
    house.clock.forward_seconds(10 * DAY + 5 * HOUR);
    let mut client = house.reporter(&one).await;
    let own = client.get(&one.track()).await;
    assert!(own.says("It is too late to change or cancel it here"), "{}", own.text);
    for page in ["day", "cancel"] {
        assert_eq!(client.get(&format!("{}/booking/{page}", one.track())).await.status, 404);
    }
    assert_eq!(client.post(&format!("{}/booking/cancel", one.track()), &[]).await.location, one.track());
    assert!(row(&house, &one).await.state.is_live());
}

#[tokio::test]
async fn what_was_paid_in_cash_comes_back_by_hand_and_stays_on_the_list_until_it_has() {
    let house = House::embedded().await;
    let (one, mut client) = filed(&house).await;
    let id = one.id;
    let cashier = Actor::House("test");
    house
        .db
        .write(move |tx| {
            let row = store::payment::own(&cashier, tx, id)?.unwrap();
            store::payment::record(&cashier, tx, row.id, (Stands::Paid, Method::Cash), row.created_at)?;
            store::booking::settle(&cashier, tx, id)
        })
        .await
        .unwrap();
    client.post(&format!("{}/booking/cancel", one.track()), &[]).await;
    assert_eq!(row(&house, &one).await.state, State::Cancelled);
    assert_eq!(paid(&house, &one).await.state, Stands::Paid);
    let part = house.part(&one, COUNCIL).await;
    assert!(!part.core.ended() && part.flags.to_string().contains("resident_wrote"), "{part:?}");
}

#[tokio::test]
async fn withdrawing_is_cancelling_and_frees_the_place() {
    let house = House::embedded().await;
    places(&house, "2026-12-04", 1).await;
    let (one, mut client) = filed(&house).await;
    assert!(!client.get(&one.track()).await.says("Withdraw this report"));
    client.post(&format!("{}/withdraw", one.track()), &[]).await;
    assert_eq!(row(&house, &one).await.state, State::Cancelled);
    assert!(house.part(&one, COUNCIL).await.core.ended());
    filed(&house).await;
}

#[tokio::test]
async fn an_unpaid_day_is_given_back_before_the_crew_sets_out() {
    let house = House::embedded().await;
    let mut answers = sample("bulky-waste", "shortest")["answers"].clone();
    answers["date"] = json!("2026-11-25");
    let one = house.file_answers("bulky-waste", &answers).await;
    // 72 hours would lie behind the day: its last hour to cancel is Tuesday at 14:00.
    house.clock.forward_seconds(4 * HOUR);
    assert_eq!(tick(&house).await, 1);
    assert_eq!(row(&house, &one).await.state, State::Lapsed);
}

#[tokio::test]
async fn people_are_reminded_three_days_and_one_day_before_once_each() {
    let house = House::embedded().await;
    let (one, _) = filed(&house).await;
    let id = one.id;
    house.db.write(move |tx| store::booking::settle(&HERE, tx, id)).await.unwrap();
    let reminders = async || {
        let mails = house.db.read(|tx| store::delivery::latest(&HERE, tx)).await.unwrap();
        mails.iter().filter(|mail| mail.template == "reminder").count()
    };
    // From Tuesday 10:00 to Tuesday 1 December 18:00, and to Thursday 18:00.
    for (forward, expected) in [(7 * DAY, 0), (8 * HOUR, 1), (HOUR, 1), (DAY, 1), (DAY, 2), (DAY, 2)] {
        house.clock.forward_seconds(forward);
        tick(&house).await;
        tick(&house).await;
        assert_eq!(reminders().await, expected);
    }
}
