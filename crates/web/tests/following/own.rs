use crate::kept::{changed, kept};
use testkit::{Client, Filed, House, Page};

async fn say(client: &mut Client, filed: &Filed, act: &str, words: &str) -> Page {
    let page = client.get(&filed.track()).await;
    let form = page.form(&format!("/{act}"));
    client.submit(&form, &[("words", words)]).await
}

#[tokio::test]
async fn words_are_added_shown_to_both_sides_and_escaped() {
    let house = House::embedded().await;
    let filed = house.file("fly-tipping", "everything").await;
    let mut client = house.reporter(&filed).await;
    let before = kept(&house).await;
    let page = say(&mut client, &filed, "words", "  More came <b>today</b> & \"now\".\r\nAgain.  ").await;
    assert_eq!(page.location, format!("{}?done=added", filed.track()));
    assert_eq!(changed(&before, &kept(&house).await), ["content +1", "journal words.added +1", "unsealed +1"]);
    let own = client.follow(page).await;
    let desk = house.staff("north-somerset-council", "officer").await.get(&filed.desk()).await;
    for page in [own, desk] {
        assert!(page.says("More came <b>today</b> & \"now\".\nAgain."), "{}", page.text);
        assert!(!page.text.contains("<b>today"), "{}", page.text);
    }
}

#[tokio::test]
async fn words_that_cannot_be_kept_come_back_to_be_mended() {
    let house = House::embedded().await;
    let filed = house.file("fly-tipping", "shortest").await;
    let mut client = house.reporter(&filed).await;
    let before = kept(&house).await;
    let long = "x".repeat(5001);
    for (words, says) in [
        ("", "Write something first"),
        (" \r\n ", "Write something first"),
        (long.as_str(), "Use no more than 5,000 characters"),
        ("a\u{202e}b", "hidden characters"),
        ("a\u{7}b", "hidden characters"),
    ] {
        let page = say(&mut client, &filed, "words", words).await;
        assert_eq!(page.status, 422, "{words:?}");
        assert!(page.errors()[0].1.contains(says), "{words:?}: {:?}", page.errors());
        let kept = page.form("/words").value("words").unwrap().to_owned();
        assert_eq!(kept.trim(), words.trim(), "what was typed is gone");
    }
    assert!(changed(&before, &kept(&house).await).is_empty());
}

#[tokio::test]
async fn a_question_from_staff_is_answered_and_the_report_moves_on() {
    let house = House::embedded().await;
    let filed = house.file("fly-tipping", "everything").await;
    let mut officer = house.staff("north-somerset-council", "officer").await;
    let asked = officer.get(&filed.desk()).await.form("/ask");
    officer.submit(&asked, &[("words", "Is the road still blocked?")]).await;
    let mut client = house.reporter(&filed).await;
    let page = client.get(&filed.track()).await;
    assert!(page.says("We asked you something") && page.says("Is the road still blocked?"), "{}", page.text);
    let page = say(&mut client, &filed, "words", "Yes, it is.").await;
    let page = client.follow(page).await;
    assert!(page.says("You answered") && page.says("Tell us more"), "{}", page.text);
    let desk = officer.get(&filed.desk()).await;
    assert!(desk.says("The resident answered") && desk.says("Yes, it is."), "{}", desk.text);
    assert!(officer.get("/staff?view=waiting").await.says("0 reports"));
}

#[tokio::test]
async fn a_council_report_is_withdrawn_at_once_and_only_once() {
    let house = House::embedded().await;
    let filed = house.file("fly-tipping", "shortest").await;
    let mut client = house.reporter(&filed).await;
    let page = client.get(&filed.track()).await;
    let form = page.form("/withdraw");
    let first = client.submit(&form, &[("words", "")]).await;
    assert_eq!(first.location, format!("{}?done=withdrawn", filed.track()));
    let before = kept(&house).await;
    let second = client.submit(&form, &[("words", "Again.")]).await;
    assert!(second.status == 422 && second.errors()[0].1.contains("done already"), "{}", second.text);
    assert!(changed(&before, &kept(&house).await).is_empty());
    let page = client.get(&filed.track()).await;
    assert!(page.says("You took it back") && !page.text.contains("/withdraw\""), "{}", page.text);
    assert!(house.staff("north-somerset-council", "officer").await.get("/staff").await.says("0 reports"));
}

/// P-61: a recorded crime is not ended by its reporter alone.
#[tokio::test]
async fn a_police_report_is_only_asked_to_be_withdrawn() {
    let house = House::embedded().await;
    let filed = house.file("crime.theft", "shortest").await;
    let mut client = house.reporter(&filed).await;
    let page = say(&mut client, &filed, "withdraw", "I found it.").await;
    assert_eq!(page.location, format!("{}?done=asked", filed.track()));
    let mut desk = house.staff("avon-and-somerset-police", "officer").await;
    assert!(desk.get("/staff").await.says("1 report"));
    let page = desk.get(&filed.desk()).await;
    assert!(page.says("The resident asks to withdraw the report") && page.says("I found it."), "{}", page.text);
}

#[tokio::test]
async fn another_reports_cookie_opens_nothing_and_closing_forgets_it() {
    let house = House::embedded().await;
    let (one, two) = (house.file("fly-tipping", "shortest").await, house.file("fly-tipping", "shortest").await);
    let mut client = house.reporter(&one).await;
    let token = client.cookie("visit").unwrap().to_owned();
    client.forge(&two.track(), "visit", &token);
    assert_eq!(client.get(&two.track()).await.status, 404);
    for act in ["words", "withdraw", "pin", "sign-out"] {
        assert_eq!(client.post(&format!("{}/{act}", two.track()), &[("words", "x")]).await.status, 404, "{act}");
    }
    let out = client.get(&one.track()).await.form("/sign-out");
    assert_eq!(client.submit(&out, &[]).await.location, "/track");
    client.forge(&one.track(), "visit", &token);
    assert_eq!(client.get(&one.track()).await.status, 404);
}
