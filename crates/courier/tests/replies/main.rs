//! Answers to our mails (C-61): who may answer where, and what comes of it.

use casework::{
    Clock, Error, Refusal,
    report::{
        follow,
        reply::{self, Brought, Signed, Taken},
    },
};
use rights::{Actor, Resident, Sight};
use serde_json::{Value as Json, json};
use store::{
    Tx,
    delivery::{self, Delivery},
    journal,
};
use testkit::{Filed, House, sample};

const ROBIN: &str = "robin@example.org";
const COUNCIL: &str = "north-somerset-council";
const TEST: Actor = Actor::House("test");

fn with_contact(service: &str, contact: Json) -> Json {
    let mut answers = sample(service, "shortest")["answers"].clone();
    answers["contact"] = contact;
    answers
}

async fn filed(house: &House) -> Filed {
    house.file_answers("pothole", &with_contact("pothole", json!({ "name": "Robin Example", "email": ROBIN }))).await
}

async fn mail(house: &House, filed: &Filed) -> Delivery {
    let rows = house.db.read(|tx| delivery::latest(&TEST, tx)).await.unwrap();
    rows.into_iter().find(|row| row.report == Some(filed.id)).expect("a receipt is on its way")
}

async fn invited(house: &House, mail: &Delivery) -> Option<String> {
    let (setting, mail, now) = (house.setting.clone(), mail.clone(), house.clock.now());
    house.db.read(move |tx| reply::invite(tx, &setting, &mail, now)).await.unwrap()
}

fn answer(id: &str) -> Brought {
    let from = Some("Robin@Example.org".to_owned());
    Brought { words: "It is back.".into(), from, message_id: id.into(), ..Brought::default() }
}

async fn take(house: &House, to: &str, mail: Brought) -> casework::Result<Taken> {
    let signed = Signed::read(&house.setting, to, house.clock.now()).ok_or(rights::NotFound)?;
    let (setting, draw) = (house.setting.clone(), house.draw());
    house.db.write(move |tx| reply::take(tx, &setting, &mut draw.clone(), signed, &mail)).await
}

async fn kinds(house: &House, filed: &Filed) -> Vec<String> {
    let id = filed.id;
    let all = house.db.read(move |tx| journal::of_report(&TEST, tx, id)).await.unwrap();
    all.into_iter().map(|entry| entry.kind).collect()
}

async fn change(house: &House, sql: &'static str) {
    house.db.write(move |tx: &mut Tx| tx.run(sql, &[])).await.unwrap();
}

fn is_nobody(taken: &casework::Result<Taken>) -> bool {
    matches!(taken, Err(Error::NotFound(_)))
}

#[tokio::test]
async fn what_is_answered_stands_in_the_thread_of_both_once() {
    let house = House::embedded().await;
    let filed = filed(&house).await;
    let to = invited(&house, &mail(&house, &filed).await).await.unwrap();
    assert!(to.starts_with("reply+") && to.split('@').next().unwrap().len() <= 64, "{to}");
    let before = kinds(&house, &filed).await.len();
    assert_eq!(take(&house, &to, answer("a@example.org")).await.unwrap(), Taken::Now);
    assert_eq!(take(&house, &to, answer("a@example.org")).await.unwrap(), Taken::Before);
    let after = kinds(&house, &filed).await;
    assert_eq!((after.len(), after[0].as_str()), (before + 1, "words.added"), "one entry, the newest first");
    let mut resident = house.reporter(&filed).await;
    let page = resident.get(&filed.track()).await;
    assert!(page.says("You added something by email") && page.says("It is back."), "{}", page.text);
    let mut officer = house.staff(COUNCIL, "officer").await;
    let page = officer.get(&filed.desk()).await;
    assert!(page.says("The resident added something by email") && page.says("It is back."));
    assert!(!page.says("another address"));
}

#[tokio::test]
async fn another_sender_files_and_an_end_that_is_cut_are_said() {
    let house = House::embedded().await;
    let filed = filed(&house).await;
    let to = invited(&house, &mail(&house, &filed).await).await.unwrap();
    let from = Some("other@example.org".to_owned());
    let strange = Brought { from, left_out: 2, cut: true, ..answer("b@example.org") };
    assert_eq!(take(&house, &to.to_ascii_uppercase(), strange).await.unwrap(), Taken::Now, "servers change the case");
    let mut officer = house.staff(COUNCIL, "officer").await;
    let page = officer.get(&filed.desk()).await;
    assert!(page.says("It came from another address than the one we wrote to"), "{}", page.text);
    assert!(page.says("2 files were left out") && page.says("It was too long, so the end is left out"));
    let page = house.reporter(&filed).await.get(&filed.track()).await;
    assert!(page.says("2 files were left out: add what we need on this page") && !page.says("another address"));
}

#[tokio::test]
async fn an_address_that_was_changed_in_any_letter_is_nobodys() {
    let house = House::embedded().await;
    let filed = filed(&house).await;
    let to = invited(&house, &mail(&house, &filed).await).await.unwrap();
    let now = house.clock.now();
    let end = to.find('@').unwrap();
    for at in "reply+".len()..end {
        let mut changed = to.clone().into_bytes();
        changed[at] = if changed[at] == b'a' { b'b' } else { b'a' };
        assert_eq!(Signed::read(&house.setting, std::str::from_utf8(&changed).unwrap(), now), None, "{at}");
    }
    let token = &to["reply+".len()..end];
    for bad in [
        "",
        "@",
        "reply+",
        "reply@replies.moothall.test",
        "reply+@replies.moothall.test",
        &format!("reply+{token}@elsewhere.example"),
        &format!("other+{token}@replies.moothall.test"),
        &format!("reply+{token}a@replies.moothall.test"),
        &format!("reply+é{token}@replies.moothall.test"),
    ] {
        assert_eq!(Signed::read(&house.setting, bad, now), None, "{bad}");
    }
    assert!(Signed::read(&house.setting, &format!("<{to}>"), now).is_some());
}

#[tokio::test]
async fn an_address_ends_and_one_of_a_report_that_ended_is_nobodys() {
    let house = House::embedded().await;
    let filed = filed(&house).await;
    let row = mail(&house, &filed).await;
    let to = invited(&house, &row).await.unwrap();
    house.clock.forward_seconds(29 * 24 * 3600);
    assert_eq!(take(&house, &to, answer("a@example.org")).await.unwrap(), Taken::Now);
    house.clock.forward_seconds(2 * 24 * 3600);
    assert!(is_nobody(&take(&house, &to, answer("b@example.org")).await));
    assert_eq!(invited(&house, &row).await, None, "a mail that waited so long invites nobody");
}

#[tokio::test]
async fn who_withdrew_or_wishes_not_to_be_written_to_is_not_taken_at_their_mail() {
    for end in ["withdraw", "wish", "moved"] {
        let house = House::embedded().await;
        let filed = filed(&house).await;
        let row = mail(&house, &filed).await;
        let to = invited(&house, &row).await.unwrap();
        match end {
            "withdraw" => {
                let actor = Actor::Resident(Resident { report: filed.id, sight: Sight::Whole });
                let (setting, draw) = (house.setting.clone(), house.draw());
                let job = move |tx: &mut Tx| follow::withdraw(&actor, tx, &setting, &mut draw.clone(), "");
                house.db.write(job).await.unwrap();
            }
            "wish" => change(&house, r#"UPDATE contact SET safe = '{"gate":{"channels":[{"kind":"email","address":"robin@example.org","safe":true}],"never_via":["phone"]}}'"#).await,
            _ => change(&house, r#"UPDATE contact SET safe = '{"gate":{"channels":[{"kind":"email","address":"sam@example.org","safe":true}]}}'"#).await,
        }
        assert_eq!(invited(&house, &row).await, None, "{end}");
        let before = kinds(&house, &filed).await;
        assert!(is_nobody(&take(&house, &to, answer("a@example.org")).await), "{end}");
        assert_eq!(kinds(&house, &filed).await, before, "{end}");
    }
}

#[tokio::test]
async fn a_sensitive_report_is_never_answered_by_mail() {
    let house = House::embedded().await;
    let filed = filed(&house).await;
    let row = mail(&house, &filed).await;
    let to = invited(&house, &row).await.unwrap();
    for sql in ["UPDATE report SET sensitive = true", "UPDATE report SET sensitive = false, tracking = 'link_and_pin'"]
    {
        change(&house, sql).await;
        assert_eq!(invited(&house, &row).await, None, "{sql}");
        assert!(is_nobody(&take(&house, &to, answer("a@example.org")).await), "{sql}");
    }
}

#[tokio::test]
async fn a_flood_of_one_report_waits_and_is_not_lost() {
    let house = House::embedded().await;
    let filed = filed(&house).await;
    let to = invited(&house, &mail(&house, &filed).await).await.unwrap();
    for n in 0..20 {
        assert_eq!(take(&house, &to, answer(&format!("{n}@example.org"))).await.unwrap(), Taken::Now);
    }
    assert_eq!(take(&house, &to, answer("last@example.org")).await.unwrap(), Taken::Later);
    house.clock.forward_seconds(3601);
    assert_eq!(take(&house, &to, answer("last@example.org")).await.unwrap(), Taken::Now);
}

#[tokio::test]
async fn words_that_may_not_be_kept_leave_nothing_behind() {
    let house = House::embedded().await;
    let filed = filed(&house).await;
    let to = invited(&house, &mail(&house, &filed).await).await.unwrap();
    let hidden = Brought { words: "a\0b".into(), ..answer("a@example.org") };
    let refused = take(&house, &to, hidden).await;
    assert!(matches!(refused, Err(Error::Refused(Refusal::WordsUnreadable))), "{refused:?}");
    assert_eq!(take(&house, &to, answer("a@example.org")).await.unwrap(), Taken::Now);
}
