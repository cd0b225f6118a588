use crate::kept::{changed, kept};
use casework::Clock;
use testkit::{Client, House, PASSWORD, Page};

const COUNCIL: &str = "north-somerset-council";

async fn knock(client: &mut Client, login: &str, password: &str, code: &str) -> Page {
    client.post("/staff/sign-in", &[("login", login), ("password", password), ("code", code)]).await
}

#[tokio::test]
async fn a_wrong_account_password_or_code_reads_alike() {
    let house = House::embedded().await;
    let person = house.person(COUNCIL, "officer").clone();
    let code = person.code(house.clock.now());
    let wrong_code = if code == "123456" { "123457" } else { "123456" };
    let mut pages = Vec::new();
    for (login, password, code) in [
        ("nobody@example.org", PASSWORD, code.as_str()),
        (&person.login, "not the password", &code),
        (&person.login, PASSWORD, wrong_code),
        (&person.login, PASSWORD, ""),
        (&person.login, "", ""),
    ] {
        let page = knock(&mut house.visitor(), login, password, code).await;
        assert_eq!(page.status, 422, "{login}");
        assert_eq!(page.form("/staff/sign-in").value("login"), Some(login), "what was typed is gone");
        assert!(!page.text.contains("not the password") && !page.text.contains(&format!("value=\"{code}\"")));
        pages.push(page.text.replace(login, "LOGIN"));
    }
    assert!(pages.iter().all(|page| *page == pages[0]));
}

#[tokio::test]
async fn five_wrong_tries_close_an_account_for_a_quarter_of_an_hour() {
    let house = House::embedded().await;
    let person = house.person(COUNCIL, "officer").clone();
    let mut client = house.visitor();
    for n in 1..=5 {
        let page = knock(&mut client, &person.login, "wrong password", "000000").await;
        assert_eq!(page.says("Too many tries"), n == 5, "{n}: {}", page.text);
    }
    let code = person.code(house.clock.now());
    let page = knock(&mut client, &person.login, PASSWORD, &code).await;
    assert!(page.status == 422 && page.says("closed until 24 November 2026 at 10:15am"), "{}", page.text);
    house.clock.forward_seconds(15 * 60 + 1);
    let code = person.code(house.clock.now());
    assert_eq!(knock(&mut client, &person.login, PASSWORD, &code).await.location, "/staff");
    // Another account was never closed.
    house.staff(COUNCIL, "team_leader").await;
}

#[tokio::test]
async fn one_origin_may_not_try_account_after_account() {
    let house = House::embedded().await;
    let mut client = house.visitor();
    for n in 0..30 {
        knock(&mut client, &format!("nobody{n}@example.org"), "x", "1").await;
    }
    let person = house.person(COUNCIL, "officer").clone();
    let code = person.code(house.clock.now());
    let page = knock(&mut client, &person.login, PASSWORD, &code).await;
    assert!(page.status == 422 && page.says("Too many tries"), "{}", page.text);
    assert_eq!(knock(&mut house.visitor(), &person.login, PASSWORD, &code).await.location, "/staff");
}

#[tokio::test]
async fn a_code_opens_the_door_once_and_so_does_a_recovery_code() {
    let house = House::embedded().await;
    let person = house.person(COUNCIL, "officer").clone();
    let code = person.code(house.clock.now());
    assert_eq!(knock(&mut house.visitor(), &person.login, PASSWORD, &code).await.status, 303);
    assert_eq!(knock(&mut house.visitor(), &person.login, PASSWORD, &code).await.status, 422);
    let recovery = person.recovery[0].to_lowercase();
    assert_eq!(knock(&mut house.visitor(), &person.login, PASSWORD, &recovery).await.status, 303);
    assert_eq!(knock(&mut house.visitor(), &person.login, PASSWORD, &recovery).await.status, 422);
    // A recovery code of somebody else is none.
    let other = house.person(COUNCIL, "team_leader").recovery[0].clone();
    assert_eq!(knock(&mut house.visitor(), &person.login, PASSWORD, &other).await.status, 422);
    // A wrong password does not spend one.
    assert_eq!(knock(&mut house.visitor(), &person.login, "wrong password", &person.recovery[1]).await.status, 422);
    assert_eq!(knock(&mut house.visitor(), &person.login, PASSWORD, &person.recovery[1]).await.status, 303);
}

#[tokio::test]
async fn each_knock_at_a_known_door_is_one_entry() {
    let house = House::embedded().await;
    let person = house.person(COUNCIL, "officer").clone();
    let before = kept(&house).await;
    knock(&mut house.visitor(), &person.login, "wrong password", "000000").await;
    assert_eq!(changed(&before, &kept(&house).await), ["journal staff.refused +1", "unsealed +1"]);
    let before = kept(&house).await;
    let code = person.code(house.clock.now());
    knock(&mut house.visitor(), &person.login.to_uppercase(), PASSWORD, &format!("{} {}", &code[..3], &code[3..]))
        .await;
    assert_eq!(changed(&before, &kept(&house).await), ["journal staff.signed_in +1", "session +1", "unsealed +1"]);
}
