//! A link that brings answers along: what comes through it, and what does not.

use testkit::House;

const AT: &str = "/report/contact.local_team";

#[tokio::test]
async fn a_line_that_a_link_brings_stands_in_the_report_and_survives_a_mistake_on_the_first_page() {
    let house = House::embedded().await;
    let mut client = house.visitor();
    let page = client.get(&format!("{AT}?place=Worle&meet.which=Beat%20surgery%2C%203%20December")).await;
    let form = page.form("/q/where.place");
    assert_eq!(form.value("along.meet.which"), Some("Beat surgery, 3 December"));
    let wrong = client.submit(&form, &[("where.place.text", "")]).await;
    assert_eq!(wrong.status, 422, "{}", wrong.text);
    let form = wrong.form("/q/where.place");
    assert_eq!(form.value("along.meet.which"), Some("Beat surgery, 3 December"));
    let page = client.submit(&form, &[("where.place.text", "Worle")]).await;
    assert_eq!(page.status, 303, "{}", page.text);
    client.post(&format!("{AT}/q/story.text"), &[("story.text", "May I come with my mother?")]).await;
    client.post(&format!("{AT}/q/team.reply"), &[("team.reply", "no_reply")]).await;
    let check = client.get(&format!("{AT}/check")).await;
    assert!(check.says("Beat surgery, 3 December"), "{}", check.text);
}

#[tokio::test]
async fn a_link_brings_no_account_no_person_no_gate_and_nothing_that_is_no_answer() {
    let house = House::embedded().await;
    let query = "place=Worle&story.text=x&contact.name=x&meet.which=%3Cb%3E&team.reply=shout&nothing=x";
    let page = house.get(&format!("{AT}?{query}")).await;
    let form = page.form("/q/where.place");
    for name in ["along.story.text", "along.contact.name", "along.team.reply", "along.nothing"] {
        assert_eq!(form.value(name), None, "{name}");
    }
    assert!(page.text.contains("value=\"&#60;b&#62;\""), "{}", page.text);
    let gated = house.get("/report/crime.theft?gate.now=no&theft.force=yes").await;
    assert!(!gated.text.contains("along."), "{}", gated.text);
}

#[tokio::test]
async fn what_a_link_brings_does_not_go_over_what_was_said() {
    let house = House::embedded().await;
    let mut client = house.visitor();
    client.post(&format!("{AT}/q/where.place"), &[("where.place.text", "Worle"), ("along.meet.which", "First")]).await;
    let again = [("where.place.text", "Worle"), ("along.meet.which", "Second")];
    client.post(&format!("{AT}/q/where.place"), &again).await;
    client.post(&format!("{AT}/q/story.text"), &[("story.text", "Hello.")]).await;
    client.post(&format!("{AT}/q/team.reply"), &[("team.reply", "no_reply")]).await;
    let check = client.get(&format!("{AT}/check")).await;
    assert!(check.says("First") && !check.says("Second"), "{}", check.text);
}
