use super::answer;
use testkit::{Client, House};

async fn at_the_place(house: &House) -> Client {
    let mut client = house.visitor();
    answer(&mut client, "fly-tipping", "now", &[("now", "no")]).await;
    answer(&mut client, "fly-tipping", "photos", &[]).await;
    client
}

const WHERE: &str = "/report/fly-tipping/q/where";

#[tokio::test]
async fn several_places_of_one_name_are_offered_to_choose_from() {
    let house = House::embedded().await;
    let mut client = at_the_place(&house).await;
    let page = client.post(WHERE, &[("where.text", "High Street")]).await;
    assert_eq!(page.status, 200);
    assert!(page.text.contains("Which one do you mean?") && page.text.contains("None of these"), "{}", page.text);
    // Sent again without a choice.
    let fields = [("where.text", "High Street"), ("where.picking", "High Street")];
    let again = client.post(WHERE, &fields).await;
    assert_eq!(again.status, 422);
    assert!(again.text.contains("href=\"#where.pick\"") && again.text.contains("id=\"where.pick\""));
    let all: Vec<&str> = page.text.split("name=\"where.pick\" type=\"radio\" value=\"").skip(1).collect();
    let second = all[1].split('"').next().unwrap();
    let picked = client.post(WHERE, &[("where.text", "High Street"), ("where.pick", second)]).await;
    assert_eq!(picked.location, "/report/fly-tipping/q/land");
    let back = client.get(WHERE).await;
    assert!(back.text.contains("The place we have now"), "{}", back.text);
}

#[tokio::test]
async fn none_of_these_takes_the_persons_own_words() {
    let house = House::embedded().await;
    let mut client = at_the_place(&house).await;
    let picked = client.post(WHERE, &[("where.text", "High Street"), ("where.pick", "words")]).await;
    assert_eq!(picked.location, "/report/fly-tipping/q/land");
}

#[tokio::test]
async fn a_place_nobody_knows_is_an_error_that_keeps_what_was_typed_and_words_go_on() {
    let house = House::embedded().await;
    let mut client = at_the_place(&house).await;
    let unknown = client.post(WHERE, &[("where.text", "qqqqxyzzy")]).await;
    assert!(unknown.status == 422 && unknown.text.contains("value=\"qqqqxyzzy\""), "{}", unknown.text);
    let fields = [("where.text", "qqqqxyzzy"), ("where.words", "The lay-by past the bridge")];
    let page = client.post(WHERE, &fields).await;
    assert_eq!(page.location, "/report/fly-tipping/q/land");
}
