//! Who is told what, when, and that it is once. On both engines.

use crate::{ROBIN, news, press, public, subscribe};
use casework::alerts::matching;
use std::{
    env,
    io::Write,
    sync::atomic::{AtomicU32, Ordering},
};
use store::{
    DatabasePlace, Db,
    delivery::{self, Delivery},
};
use testkit::House;

const DAY: i64 = 24 * 60 * 60;

/// A house on a schema of its own on the server of the tests.
async fn on_a_server() -> Option<House> {
    static N: AtomicU32 = AtomicU32::new(0);
    let server = env::var("MOOTHALL_TEST_POSTGRES").ok().filter(|url| !url.is_empty());
    let Some(server) = server else {
        assert!(env::var_os("CI").is_none(), "MOOTHALL_TEST_POSTGRES must name a server where CI is set");
        let _ = writeln!(std::io::stderr(), "skipped on PostgreSQL: MOOTHALL_TEST_POSTGRES names no server");
        return None;
    };
    let schema = format!("alerts_{}_{}", std::process::id(), N.fetch_add(1, Ordering::SeqCst));
    let make = format!("CREATE SCHEMA {schema}");
    let db = Db::open(&DatabasePlace::parse(&server)).unwrap();
    db.write(move |tx| tx.run(&make, &[])).await.unwrap();
    let joint = if server.contains('?') { '&' } else { '?' };
    Some(House::at(&format!("{server}{joint}options=-csearch_path%3D{schema}")).await)
}

/// Mails with news that are in the outbox.
async fn in_outbox(house: &House) -> Vec<Delivery> {
    let rows = house.db.read(|tx| delivery::latest(&rights::Actor::House("test"), tx)).await.unwrap();
    rows.into_iter().filter(|row| row.template == "alerts").collect()
}

macro_rules! on_both {
    ($name:ident, |$house:ident| $body:block) => {
        mod $name {
            use super::*;

            async fn run($house: &House) $body

            #[tokio::test]
            async fn embedded() {
                run(&House::embedded().await).await;
            }

            #[tokio::test]
            async fn on_a_server() {
                if let Some(house) = super::on_a_server().await {
                    run(&house).await;
                }
            }
        }
    };
}

on_both!(each_report_is_told_once_however_many_subscriptions_it_fits, |house| {
    subscribe(house, ROBIN, &[]).await;
    subscribe(house, ROBIN, &[("about", "agency:north-somerset-council"), ("cadence", "daily")]).await;
    subscribe(house, ROBIN, &[("metres", "9656"), ("cadence", "weekly")]).await;
    let filed = public(house, "shortest").await;
    let mails = news(house, ROBIN).await;
    assert_eq!(mails.len(), 1);
    assert!(mails[0].contains(&format!("/reports/{}", filed.reference())), "{}", mails[0]);
    assert!(mails[0].contains("New. It is open.") && !mails[0].contains(ROBIN), "{}", mails[0]);
    house.clock.forward_seconds(8 * DAY);
    assert_eq!(news(house, ROBIN).await.len(), 1);
});

on_both!(a_daily_mail_goes_at_eight_and_holds_twenty_five_and_a_count, |house| {
    subscribe(house, ROBIN, &[("cadence", "daily")]).await;
    for _ in 0..27 {
        public(house, "shortest").await;
    }
    assert!(news(house, ROBIN).await.is_empty());
    // It is about half past ten; to a minute before eight.
    let now = web::page::when::local(casework::Clock::now(&*house.clock));
    let left = DAY + 8 * 3600 - i64::from(now.hour()) * 3600 - i64::from(now.minute()) * 60;
    house.clock.forward_seconds(left - 120);
    assert!(news(house, ROBIN).await.is_empty());
    house.clock.forward_seconds(180);
    let mails = news(house, ROBIN).await;
    assert_eq!(mails.len(), 1);
    assert_eq!(mails[0].matches("New. It is open.").count(), 25);
    assert!(mails[0].contains("And 2 more."), "{}", mails[0]);
    house.clock.forward_seconds(DAY);
    assert_eq!(news(house, ROBIN).await.len(), 1);
});

on_both!(what_is_hidden_before_it_goes_out_does_not_go_out, |house| {
    subscribe(house, ROBIN, &[]).await;
    // Between news and mail.
    let first = public(house, "shortest").await;
    house.alerts().compare().await.unwrap();
    press(house, &first, "/publication", &[("words", "A face.")]).await;
    assert!(news(house, ROBIN).await.is_empty());
    // Between mail and sending: of two, one is left; of one, nothing.
    let second = public(house, "shortest").await;
    let third = public(house, "shortest").await;
    house.alerts().step().await.unwrap();
    press(house, &second, "/publication", &[("words", "A face.")]).await;
    assert_eq!(in_outbox(house).await.len(), 1);
    // The mail as it goes is made again from what is public: the courier's tests look at its text.
    let row = in_outbox(house).await.remove(0);
    let (setting, now) = (house.setting.clone(), casework::Clock::now(&*house.clock));
    let facts = house.db.read(move |tx| casework::alerts::telling::may_go_now(tx, &setting, &row, now)).await.unwrap();
    let text = facts.unwrap().to_string();
    assert!(text.contains(third.reference()) && !text.contains(second.reference()), "{text}");
    press(house, &third, "/publication", &[("words", "A face.")]).await;
    house.send_all().await;
    assert!(in_outbox(house).await.is_empty());
    assert!(house.mail_to(ROBIN).await.iter().all(|mail| !mail.subject.starts_with("Your alerts")));
});

on_both!(a_step_that_was_cut_off_begins_again_and_tells_nothing_twice, |house| {
    subscribe(house, ROBIN, &[]).await;
    subscribe(house, "sam@example.org", &[]).await;
    public(house, "shortest").await;
    // One piece was kept, then the house died: of two alerts one.
    let setting = house.setting.clone();
    let found = house.db.read(move |tx| matching::find(tx, &setting, 10)).await.unwrap();
    assert_eq!(found.alerts.len(), 2);
    let piece = found.alerts[..1].to_vec();
    house.db.write(move |tx| matching::keep(tx, &piece)).await.unwrap();
    house.alerts().write().await.unwrap();
    house.send_all().await;
    for _ in 0..2 {
        assert_eq!(news(house, ROBIN).await.len(), 1);
        assert_eq!(news(house, "sam@example.org").await.len(), 1);
    }
});

on_both!(after_an_outage_a_week_is_told_and_what_is_older_is_not, |house| {
    subscribe(house, ROBIN, &[]).await;
    let old = public(house, "shortest").await;
    house.clock.forward_seconds(2 * DAY);
    let newer = public(house, "shortest").await;
    house.clock.forward_seconds(6 * DAY);
    // Eight days without a step.
    let mails = news(house, ROBIN).await;
    assert_eq!(mails.len(), 1);
    assert!(mails[0].contains(newer.reference()) && !mails[0].contains(old.reference()), "{}", mails[0]);
    house.clock.forward_seconds(DAY);
    assert_eq!(news(house, ROBIN).await.len(), 1);
    // Mail that was written and could not go for eight days.
    public(house, "shortest").await;
    house.alerts().step().await.unwrap();
    house.clock.forward_seconds(8 * DAY);
    assert_eq!(news(house, ROBIN).await.len(), 1);
});

on_both!(nobody_is_told_of_their_own, |house| {
    let mut answers = testkit::sample("fly-tipping", "shortest")["answers"].clone();
    let contact = testkit::sample("fly-tipping", "everything")["answers"]["contact"].clone();
    let address = contact["email"].as_str().unwrap().to_uppercase();
    answers["contact"] = contact;
    subscribe(house, &address, &[]).await;
    subscribe(house, "sam@example.org", &[]).await;
    let filed = house.file_answers("fly-tipping", &answers).await;
    press(house, &filed, "/acknowledge", &[]).await;
    assert!(news(house, &address).await.is_empty());
    assert_eq!(news(house, "sam@example.org").await.len(), 1);
    public(house, "shortest").await;
    assert_eq!(news(house, &address).await.len(), 1);
});

on_both!(who_asked_for_new_ones_hears_no_more_of_them_and_a_follower_hears_all, |house| {
    let filed = public(house, "shortest").await;
    subscribe(house, ROBIN, &[]).await;
    subscribe(house, "all@example.org", &[("hears", "all")]).await;
    subscribe(house, "follower@example.org", &[("about", ""), ("report", filed.reference())]).await;
    press(house, &filed, "/stage", &[("stage", "planned"), ("words", "For you alone: on Tuesday.")]).await;
    press(house, &filed, "/close", &[("outcome", "fixed"), ("words", "Gone, Robin.")]).await;
    let mails = news(house, "follower@example.org").await;
    assert_eq!(mails.len(), 1, "both in one");
    assert!(mails[0].contains("There is news. It is fixed.") && !mails[0].contains("Tuesday"), "{}", mails[0]);
    assert_eq!(news(house, "all@example.org").await.len(), 1);
    assert!(news(house, ROBIN).await.is_empty());
    // Another report is nothing to the follower.
    public(house, "shortest").await;
    assert_eq!(news(house, "follower@example.org").await.len(), 1);
    assert_eq!(news(house, ROBIN).await.len(), 1);
});

on_both!(who_follows_a_report_that_is_the_same_as_another_follows_that_one_until_it_is_opened_again, |house| {
    let (first, second) = (public(house, "shortest").await, public(house, "shortest").await);
    subscribe(house, "follower@example.org", &[("about", ""), ("report", second.reference())]).await;
    let fields = [("same_as", first.reference()), ("words", "We know of it.")];
    press(house, &second, "/duplicate", &fields).await;
    assert_eq!(news(house, "follower@example.org").await.len(), 1, "it is closed");
    house.clock.forward_seconds(60);
    press(house, &first, "/stage", &[("stage", "planned"), ("words", "On Tuesday.")]).await;
    assert_eq!(news(house, "follower@example.org").await.len(), 2, "the other goes on");
    house.clock.forward_seconds(60);
    press(house, &second, "/reopen", &[("words", "It is another one.")]).await;
    let before = news(house, "follower@example.org").await.len();
    house.clock.forward_seconds(60);
    press(house, &first, "/close", &[("outcome", "fixed"), ("words", "Gone.")]).await;
    assert_eq!(news(house, "follower@example.org").await.len(), before);
});

on_both!(places_kinds_and_boundaries_decide, |house| {
    let far = [("place", "Portishead"), ("metres", "1609")];
    subscribe(house, "far@example.org", &far).await;
    subscribe(house, "other@example.org", &[("service", "pothole")]).await;
    subscribe(house, "same@example.org", &[("service", "fly-tipping")]).await;
    let geography = house.setting.geography();
    let area = geography.areas(51.3461, -2.9772)[0];
    let area = format!("area:{}/{}", area.kind, area.code);
    subscribe(house, "area@example.org", &[("about", &area)]).await;
    public(house, "shortest").await;
    for (address, mails) in
        [("far@example.org", 0), ("other@example.org", 0), ("same@example.org", 1), ("area@example.org", 1)]
    {
        assert_eq!(news(house, address).await.len(), mails, "{address}");
    }
});
