//! Somebody is away: the duty desk gets what a resident writes, the resident is told when they are back, and the thread
//! stays with the part.

use casework::staff::account::{self, NewAccount};
use testkit::{Client, Filed, House, Page};

const POLICE: &str = "avon-and-somerset-police";
const COUNCIL: &str = "north-somerset-council";
const DAY: i64 = 24 * 60 * 60;

/// From 24 November, back on 7 December.
const WEEKS: [(&str, &str); 6] = [
    ("from-day", "24"),
    ("from-month", "11"),
    ("from-year", "2026"),
    ("back-day", "7"),
    ("back-month", "12"),
    ("back-year", "2026"),
];

/// A theft that the sergeant gave to the officer; and somebody of the duty desk.
async fn desk() -> (House, Filed, Client) {
    let mut house = House::embedded().await;
    let filed = house.file("crime.theft", "shortest").await;
    duty_lead(&mut house).await;
    let mut sergeant = house.staff(POLICE, "sergeant").await;
    let officer = house.person(POLICE, "officer").id.to_string();
    assert_eq!(assign(&mut sergeant, &filed, &officer).await.status, 303);
    (house, filed, sergeant)
}

async fn assign(client: &mut Client, filed: &Filed, to: &str) -> Page {
    let (form, to) = (client.get(&filed.desk()).await.form("/assign"), format!("person:{to}"));
    client.submit(&form, &[("to", to.as_str())]).await
}

/// One more of the force, who works at the duty desk.
async fn duty_lead(house: &mut House) {
    let (keys, mut draw) = (house.setting.keys.clone(), house.draw());
    let hash = account::hash_password(&mut draw, testkit::PASSWORD).unwrap();
    let (secret, login) = (draw.bytes()[..20].to_vec(), "duty_lead@police.example.org".to_owned());
    let (of_secret, of_login) = (secret.clone(), login.clone());
    let job = move |tx: &mut store::Tx| {
        let new = NewAccount {
            agency: POLICE,
            login: &of_login,
            name: "Duty Example",
            roles: &["duty_lead".to_owned()],
            teams: &["duty_desk".to_owned()],
            services: &[],
            wards: &[],
            password: &hash,
            totp_secret: &of_secret,
        };
        account::add(&rights::Actor::House("test"), tx, &keys, &mut draw.clone(), &new)
    };
    let (id, recovery) = house.db.write(job).await.unwrap();
    house.people.push(testkit::Person { id, agency: POLICE, role: "duty_lead", login, secret, recovery });
}

#[tokio::test]
async fn what_a_victim_writes_to_somebody_who_is_away_is_before_the_duty_desk_at_once() {
    let (house, filed, mut sergeant) = desk().await;
    let mut victim = house.reporter(&filed).await;
    assert!(!victim.get(&filed.track()).await.says("is away"));
    let mut officer = house.staff(POLICE, "officer").await;
    let said = officer.post("/staff/away", &WEEKS).await;
    assert_eq!(said.status, 303, "{}", said.text);
    assert!(officer.follow(said).await.says("You are away from Tuesday 24 November 2026, back on Monday 7 December"));
    let own = victim.get(&filed.track()).await;
    for read in ["They are back on Monday 7 December 2026.", "Until then the duty desk reads what you write."] {
        assert!(own.says(read), "{read}: {}", own.text);
    }
    assert!(!own.says("officer of"), "no name: {}", own.text);
    let mut duty = house.staff(POLICE, "duty_lead").await;
    assert!(!duty.get("/staff").await.says("For you on duty"));
    let before = mails(&house).await;
    let form = victim.get(&filed.track()).await.form("/words");
    assert_eq!(victim.submit(&form, &[("words", "I know who has it.")]).await.status, 303);
    let list = duty.get("/staff").await;
    assert!(list.says("For you on duty") && list.text.contains(&filed.desk()), "{}", list.text);
    assert!(list.says("the duty desk reads it"), "{}", list.text);
    assert!(!sergeant.get("/staff").await.says("For you on duty"), "another team");
    assert_eq!(mails(&house).await, before, "nothing is mailed");
    // An answer of the duty desk ends it; the thread is one.
    let form = duty.get(&filed.desk()).await.form("/ask");
    assert_eq!(duty.submit(&form, &[("words", "Who is it?")]).await.status, 303);
    assert!(!duty.get("/staff").await.says("For you on duty"));
    let own = victim.get(&filed.track()).await;
    assert!(own.says("I know who has it.") && own.says("Who is it?"), "{}", own.text);
}

async fn mails(house: &House) -> usize {
    house.db.read(|tx| store::delivery::latest(&rights::Actor::House("test"), tx)).await.unwrap().len()
}

#[tokio::test]
async fn when_a_report_is_given_to_somebody_who_is_there_the_thread_goes_with_it_and_the_duty_desk_is_free() {
    let (house, filed, mut sergeant) = desk().await;
    let mut officer = house.staff(POLICE, "officer").await;
    officer.post("/staff/away", &WEEKS).await;
    let mut victim = house.reporter(&filed).await;
    let form = victim.get(&filed.track()).await.form("/words");
    victim.submit(&form, &[("words", "I know who has it.")]).await;
    let triage = house.person(POLICE, "triage").id.to_string();
    assert_eq!(assign(&mut sergeant, &filed, &triage).await.status, 303);
    let mut duty = house.staff(POLICE, "duty_lead").await;
    assert!(!duty.get("/staff").await.says("For you on duty"));
    let mut triage = house.staff(POLICE, "triage").await;
    let mine = triage.get("/staff?view=mine").await;
    assert!(mine.text.contains(&filed.desk()) && mine.says("New words from the resident"), "{}", mine.text);
    assert!(triage.get(&filed.desk()).await.says("I know who has it."));
    let own = victim.get(&filed.track()).await;
    assert!(own.says("I know who has it.") && !own.says("is away"), "{}", own.text);
}

#[tokio::test]
async fn somebody_is_here_again_on_the_day_they_said_or_when_they_say_so() {
    let (house, filed, _) = desk().await;
    let mut officer = house.staff(POLICE, "officer").await;
    officer.post("/staff/away", &WEEKS).await;
    let mut victim = house.reporter(&filed).await;
    assert!(victim.get(&filed.track()).await.says("is away"));
    let here = officer.get("/staff/away").await.form("/staff/away");
    assert_eq!(officer.submit(&here, &[]).await.status, 303);
    assert!(!victim.get(&filed.track()).await.says("is away"));
    let twice = officer.submit(&here, &[]).await;
    assert!(twice.status == 422 && twice.says("That was done already"), "{}", twice.text);
    officer.post("/staff/away", &WEEKS).await;
    house.clock.forward_seconds(13 * DAY);
    let mut victim = house.reporter(&filed).await;
    assert!(!victim.get(&filed.track()).await.says("is away"), "the seventh of December");
}

#[tokio::test]
async fn days_that_make_no_sense_are_refused_and_what_was_typed_stays() {
    let (house, _, mut sergeant) = desk().await;
    for (field, value) in
        [("back-day", "24"), ("back-month", "11"), ("back-year", "2029"), ("from-day", "x"), ("back-year", "2025")]
    {
        let mut fields = WEEKS;
        fields.iter_mut().filter(|(name, _)| *name == field).for_each(|one| one.1 = value);
        if field == "back-day" {
            // The very day from which they are away.
            fields[4].1 = "11";
        }
        let page = sergeant.post("/staff/away", &fields).await;
        assert!(page.status == 422 && page.says("Give the first day away"), "{field}: {}", page.text);
        assert!(page.text.contains(&format!("value=\"{value}\"")), "{field}: {}", page.text);
    }
    // Only those who manage staff say it of others, and only at their own agency.
    let officer = house.person(POLICE, "officer").id.to_string();
    let of = |who: &str| [("who".to_owned(), who.to_owned())].into_iter();
    let all = |who: &str| -> Vec<(String, String)> {
        of(who).chain(WEEKS.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned()))).collect()
    };
    let fields = all(&officer);
    let fields: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (&**name, &**value)).collect();
    assert_eq!(sergeant.post("/staff/away", &fields).await.status, 404);
    let mut administrator = house.staff(COUNCIL, "administrator").await;
    assert_eq!(administrator.post("/staff/away", &fields).await.status, 404, "of another agency");
    let colleague = house.person(COUNCIL, "officer").id.to_string();
    let fields = all(&colleague);
    let fields: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (&**name, &**value)).collect();
    let said = administrator.post("/staff/away", &fields).await;
    assert_eq!(said.status, 303, "{}", said.text);
    assert!(administrator.follow(said).await.says("officer of north-somerset-council is away from Tuesday 24"));
}
