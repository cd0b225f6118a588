use crate::{ROBIN, ask, link, news, public, subscribe};
use casework::contact::notice::{self, Signed, Status, Taken};
use rights::Actor;
use store::{Tx, journal};
use testkit::House;

const HOUSE: Actor = Actor::House("test");

#[tokio::test]
async fn one_press_of_a_mail_program_stops_all_and_opening_the_link_stops_nothing() {
    let house = House::embedded().await;
    subscribe(&house, ROBIN, &[]).await;
    public(&house, "shortest").await;
    let mails = news(&house, ROBIN).await;
    let stop = link(&mails[0], "stop");
    let mail = house.mail_to(ROBIN).await.pop().unwrap();
    assert_eq!(mail.unsubscribe.as_deref(), Some(format!("http://moothall.test{stop}").as_str()));
    let mut scanner = house.visitor();
    assert!(scanner.get(&stop).await.says("Press the button, and we send you no more alerts."));
    public(&house, "shortest").await;
    assert_eq!(news(&house, ROBIN).await.len(), 2);
    // RFC 8058: no cookie, no origin, this body.
    let form = "application/x-www-form-urlencoded";
    let done = scanner.post_raw(&stop, form, "List-Unsubscribe=One-Click").await;
    assert!(done.status == 200 && done.says("Your alerts have stopped"), "{}", done.text);
    assert_eq!(scanner.post(&stop, &[]).await.status, 200, "and again");
    public(&house, "shortest").await;
    assert_eq!(news(&house, ROBIN).await.len(), 2);
    assert_eq!(scanner.get("/alerts/stop/abcdefgh").await.status, 404);
    // Begun again, from now on.
    let yours = link(&mails[0], "yours");
    let page = scanner.get(&yours).await;
    assert!(page.says("All alerts have stopped."), "{}", page.text);
    scanner.post(&yours, &[("do", "start")]).await;
    assert_eq!(news(&house, ROBIN).await.len(), 2);
    public(&house, "shortest").await;
    assert_eq!(news(&house, ROBIN).await.len(), 3);
}

#[tokio::test]
async fn alerts_are_changed_paused_and_removed_on_their_page() {
    let house = House::embedded().await;
    let yours = subscribe(&house, ROBIN, &[]).await;
    subscribe(&house, ROBIN, &[("about", "agency:north-somerset-council"), ("service", "pothole")]).await;
    // Asking for the same once more makes no second one.
    subscribe(&house, ROBIN, &[("cadence", "daily")]).await;
    let mut visitor = house.visitor();
    let page = visitor.get(&yours).await;
    assert!(page.says("that North Somerset Council deals with"), "{}", page.text);
    assert!(
        page.says("2. All reports within 500 metres of BS23, Weston-super-Mare") && !page.says("3. "),
        "{}",
        page.text
    );
    let id = page.text.rsplit("name=\"alert\" value=\"").next().unwrap().split('"').next().unwrap().to_owned();
    let set =
        |cadence: &'static str| vec![("do", "set"), ("alert", id.as_str()), ("cadence", cadence), ("hears", "all")];
    let saved = visitor.post(&yours, &set("off")).await;
    assert!(visitor.follow(saved).await.says("(paused)"));
    public(&house, "shortest").await;
    house.alerts().step().await.unwrap();
    visitor.post(&yours, &set("at_once")).await;
    assert!(news(&house, ROBIN).await.is_empty(), "what happened meanwhile is not told");
    public(&house, "shortest").await;
    assert_eq!(news(&house, ROBIN).await.len(), 1);
    // Another's alert is not there.
    let other = subscribe(&house, "sam@example.org", &[]).await;
    assert_eq!(visitor.post(&other, &set("off")).await.status, 404);
    let removed = visitor.post(&yours, &[("do", "remove"), ("alert", &id)]).await;
    assert!(visitor.follow(removed).await.says("Removed."));
    public(&house, "shortest").await;
    assert_eq!(news(&house, ROBIN).await.len(), 1);
    assert_eq!(visitor.post(&yours, &[("do", "anything")]).await.status, 404);
}

#[tokio::test]
async fn who_is_forgotten_is_forgotten_and_no_entry_ever_held_the_address() {
    let house = House::embedded().await;
    let yours = subscribe(&house, ROBIN, &[]).await;
    public(&house, "shortest").await;
    assert_eq!(news(&house, ROBIN).await.len(), 1);
    let mut visitor = house.visitor();
    let page = visitor.post(&yours, &[("do", "forget")]).await;
    assert_eq!(page.location, "/alerts?done=forgotten");
    assert!(visitor.follow(page).await.says("We have forgotten your address"));
    assert_eq!(visitor.get(&yours).await.status, 404);
    assert!(house.mail_to(ROBIN).await.is_empty());
    let (left, entries) = house
        .db
        .read(|tx: &mut Tx| {
            let mut left = Vec::new();
            for table in ["subscriber", "subscription", "watch", "alert", "alert_mail"] {
                left.push(tx.one::<(i64,)>(&format!("SELECT COUNT(*) FROM {table}"), &[])?.0);
            }
            Ok::<_, store::Error>((left, journal::waiting(&HOUSE, tx, 1000)?))
        })
        .await
        .unwrap();
    assert_eq!(left, [0; 5]);
    let of_alerts: Vec<_> = entries.iter().filter(|entry| entry.kind.starts_with("alert")).collect();
    let mut kinds: Vec<&str> = of_alerts.iter().map(|entry| entry.kind.as_str()).collect();
    // In one instant they have no order.
    kinds.sort_unstable();
    assert_eq!(kinds, ["alert.asked", "alert.confirmed", "alert.forgotten", "alerts.told"]);
    for entry in of_alerts {
        let text = entry.facts.to_string();
        assert!(!text.contains("robin") && !text.contains("BS23") && entry.content_hash.is_none(), "{text}");
    }
}

#[tokio::test]
async fn what_nobody_confirms_is_forgotten() {
    let house = House::embedded().await;
    ask(&house, ROBIN, &[]).await;
    house.send_all().await;
    let confirm = link(&house.mail_to(ROBIN).await[0].text, "confirm");
    house.clock.forward_seconds(6 * 24 * 60 * 60);
    house.alerts().sweep().await.unwrap();
    assert_eq!(house.get(&confirm).await.status, 200);
    house.clock.forward_seconds(2 * 24 * 60 * 60);
    house.alerts().sweep().await.unwrap();
    assert_eq!(house.get(&confirm).await.status, 410);
    assert!(house.mail_to(ROBIN).await.is_empty());
}

#[tokio::test]
async fn an_address_that_refuses_mail_gets_none_and_its_page_says_so() {
    let house = House::embedded().await;
    let yours = subscribe(&house, ROBIN, &[]).await;
    public(&house, "shortest").await;
    assert_eq!(news(&house, ROBIN).await.len(), 1);
    let rows = house.db.read(|tx| store::delivery::latest(&HOUSE, tx)).await.unwrap();
    let refused = rows.iter().find(|row| row.template == "alerts").unwrap().id;
    let draw = house.draw();
    house.db.write(move |tx| casework::alerts::own::bounced(tx, &mut draw.clone(), refused)).await.unwrap();
    public(&house, "shortest").await;
    assert_eq!(news(&house, ROBIN).await.len(), 1);
    let mut visitor = house.visitor();
    let page = visitor.get(&yours).await;
    assert!(page.says("the mail server of your address refused our mail"), "{}", page.text);
    visitor.post(&yours, &[("do", "start")]).await;
    public(&house, "shortest").await;
    assert_eq!(news(&house, ROBIN).await.len(), 2);
}

#[tokio::test]
async fn alerts_end_for_an_address_whose_server_gives_a_mail_back_for_good_and_go_on_where_it_was_only_late() {
    for (status, told) in [("5.1.1", 0), ("4.4.7", 1)] {
        let house = House::embedded().await;
        let yours = subscribe(&house, ROBIN, &[]).await;
        public(&house, "shortest").await;
        assert_eq!(news(&house, ROBIN).await.len(), 1);
        let rows = house.db.read(|tx| store::delivery::latest(&HOUSE, tx)).await.unwrap();
        let sent = rows.iter().find(|row| row.template == "alerts").unwrap().id;
        let to = notice::address(&house.setting, sent).unwrap();
        assert!(to.split('@').next().unwrap().len() <= 64, "{to}");
        for at in "bounce+".len()..to.find('@').unwrap() {
            let mut forged = to.clone().into_bytes();
            forged[at] = if forged[at] == b'a' { b'b' } else { b'a' };
            assert_eq!(Signed::read(&house.setting, std::str::from_utf8(&forged).unwrap()), None, "{at}");
        }
        let give_back = || {
            let signed = Signed::read(&house.setting, &to.to_ascii_uppercase()).unwrap();
            let (draw, status) = (house.draw(), Status::read(status).unwrap());
            house.db.write(move |tx| notice::take(tx, &mut draw.clone(), signed, &status))
        };
        assert_eq!(give_back().await.unwrap(), Taken::Now, "{status}");
        assert!(matches!(give_back().await, Err(casework::Error::NotFound(_))), "once");
        let rows = house.db.read(|tx| store::delivery::latest(&HOUSE, tx)).await.unwrap();
        let back = rows.iter().find(|row| row.id == sent).unwrap();
        assert_eq!(back.problem, Some(format!("it came back ({status})")));
        public(&house, "shortest").await;
        // What came back is no longer one that was sent.
        assert_eq!(news(&house, ROBIN).await.len(), told, "{status}");
        let page = house.visitor().get(&yours).await;
        assert_eq!(page.says("the mail server of your address refused our mail"), told == 0, "{}", page.text);
    }
}

#[tokio::test]
async fn a_notice_that_comes_weeks_later_is_nobodys() {
    let house = House::embedded().await;
    subscribe(&house, ROBIN, &[]).await;
    let rows = house.db.read(|tx| store::delivery::latest(&HOUSE, tx)).await.unwrap();
    let signed = Signed::read(&house.setting, &notice::address(&house.setting, rows[0].id).unwrap()).unwrap();
    house.clock.forward_seconds(15 * 24 * 3600);
    let (draw, status) = (house.draw(), Status::read("5.1.1").unwrap());
    let late = house.db.write(move |tx| notice::take(tx, &mut draw.clone(), signed, &status)).await;
    assert!(matches!(late, Err(casework::Error::NotFound(_))), "{late:?}");
}
