use testkit::{Client, Filed, House, PIN, Page};

async fn at_the_pin() -> (House, Filed, Client) {
    let house = House::embedded().await;
    let filed = house.file("crime.theft", "everything").await;
    house.open_following(&filed).await;
    let mut client = house.visitor();
    client.post(&filed.link(), &[]).await;
    (house, filed, client)
}

async fn enter(client: &mut Client, filed: &Filed, pin: &str) -> Page {
    client.post(&format!("{}/pin", filed.track()), &[("pin", pin)]).await
}

#[tokio::test]
async fn a_link_alone_shows_the_question_for_the_pin_and_nothing_of_the_case() {
    let (_, filed, mut client) = at_the_pin().await;
    let page = client.get(&filed.track()).await;
    assert_eq!((page.status, page.heading().as_str()), (200, "Your PIN"));
    for told in ["My bike", "High Street", "theft", "Theft", "We have your report", "Robin"] {
        assert!(!page.says(told), "{told}");
    }
    for act in ["words", "withdraw"] {
        assert_eq!(client.post(&format!("{}/{act}", filed.track()), &[("words", "x")]).await.status, 404, "{act}");
    }
}

#[tokio::test]
async fn five_wrong_pins_close_it_for_a_day_and_staff_see_it() {
    let (house, filed, mut client) = at_the_pin().await;
    for (n, wrong) in ["111111", "", "40719", "407194", "999998"].iter().enumerate() {
        let page = enter(&mut client, &filed, wrong).await;
        assert_eq!((page.status, page.heading().as_str()), (422, "Your PIN"), "{n}");
        assert!(n == 4 || page.says("That PIN is not right"), "{n}: {}", page.text);
        assert!(!page.text.contains(&format!("value=\"{wrong}\"")) || wrong.is_empty(), "a PIN is never shown again");
    }
    // The visit is gone; a new one finds the door closed, even with the right PIN.
    assert_eq!(client.get(&filed.track()).await.status, 404);
    client.post(&filed.link(), &[]).await;
    let page = enter(&mut client, &filed, PIN).await;
    assert!(page.status == 422 && page.says("For your safety this is closed until 25 November 2026"), "{}", page.text);
    let desk = house.staff("avon-and-somerset-police", "officer").await.get(&filed.desk()).await;
    assert!(desk.says("The PIN was wrong five times"), "{}", desk.text);
    house.clock.forward_seconds(24 * 60 * 60 + 1);
    client.post(&filed.link(), &[]).await;
    assert_eq!(enter(&mut client, &filed, PIN).await.status, 303);
}

#[tokio::test]
async fn wrong_pins_are_counted_over_all_visits_and_forgiven_by_a_right_one() {
    let (house, filed, mut client) = at_the_pin().await;
    for _ in 0..4 {
        enter(&mut client, &filed, "407194").await;
    }
    assert_eq!(enter(&mut client, &filed, PIN).await.status, 303);
    for n in 0..5 {
        let mut other = house.visitor();
        other.post(&filed.link(), &[]).await;
        let page = enter(&mut other, &filed, "407194").await;
        assert_eq!(page.says("closed until"), n == 4, "{n}");
    }
}

#[tokio::test]
async fn the_pin_of_one_report_opens_no_other() {
    let (house, filed, _) = at_the_pin().await;
    let other = house.file("crime.theft", "shortest").await;
    let token = house.reporter(&other).await.cookie("visit").unwrap().to_owned();
    let mut client = house.visitor();
    client.forge(&filed.track(), "visit", &token);
    assert_eq!(client.get(&filed.track()).await.status, 404);
    assert_eq!(enter(&mut client, &filed, PIN).await.status, 404);
}
