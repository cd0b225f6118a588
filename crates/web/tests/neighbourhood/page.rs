use crate::{EDIT, POLICE, TEAM};
use testkit::House;

#[tokio::test]
async fn a_page_says_who_they_are_what_they_do_and_how_to_reach_them() {
    let house = House::embedded().await;
    let page = house.get(TEAM).await;
    for words in [
        "PC Avery Example",
        "Police constable",
        "Bikes are taken",
        "Since 2 November 2026",
        "Tuesday 3 December 2030, 6:00pm",
        "The team answers your message within 72 hours.",
        "Their inspector",
        "Nobody reads messages all day and night.",
    ] {
        assert!(page.says(words), "{words}: {}", page.text);
    }
    for href in ["/report/contact.local_team", "/report/contact.complaint", "tel:999", "tel:101"] {
        assert!(page.text.contains(&format!("href=\"{href}\"")), "{href}");
    }
}

#[tokio::test]
async fn a_message_begins_at_the_place_somebody_came_by() {
    let house = House::embedded().await;
    let page = house.get(&format!("{TEAM}?place=BS23%201AA")).await;
    assert!(page.text.contains("href=\"/report/contact.local_team?place=BS23%201AA\""), "{}", page.text);
    assert_eq!(page.header("cache-control"), "no-store");
    let begin = house.get("/report/contact.local_team?place=%22%3E%3Cscript%3E").await;
    assert!(begin.text.contains("value=\"&#34;&#62;&#60;script&#62;\""), "{}", begin.text);
    // Other first questions take nothing from the address.
    assert!(!house.get("/report/fly-tipping?place=Worle").await.text.contains("Worle"));
}

#[tokio::test]
async fn a_time_at_a_meeting_is_asked_for_by_a_message_that_names_the_meeting() {
    let house = House::embedded().await;
    let page = house.get(&format!("{TEAM}?place=Worle")).await;
    assert!(page.says("Ask for a time of 20 minutes"), "{}", page.text);
    let to = "/report/contact.local_team?place=Worle&#38;meet.which=Beat%20surgery%2C%20Tuesday%203%20December%202030";
    assert!(page.text.replace("%2C", ",").contains(&to.replace("%2C", ",")), "{}", page.text);
    // Where people just come, nobody asks.
    let mut sergeant = house.staff(POLICE, "sergeant").await;
    let form = sergeant.get(EDIT).await.form(EDIT);
    let wrong = sergeant.submit(&form, &[("events.0.minutes", "lots")]).await;
    assert!(wrong.status == 422 && wrong.says("Write a number, like 20"), "{}", wrong.text);
    let wrong = sergeant.submit(&form, &[("events.0.minutes", "3")]).await;
    assert!(wrong.status == 422 && wrong.says("from 5 to 120"), "{}", wrong.text);
    let saved = sergeant.submit(&form, &[("events.0.minutes", "")]).await;
    assert_eq!(saved.status, 303, "{}", saved.text);
    assert!(!house.get(TEAM).await.says("Ask for a time"));
}

#[tokio::test]
async fn words_of_others_are_words_and_never_part_of_the_page() {
    let house = House::embedded().await;
    let mut sergeant = house.staff(POLICE, "sergeant").await;
    let evil = "<script>alert(1)</script>\" onload=\"x";
    let mut fields = vec![("version", "1"), ("about", evil)];
    for name in ["officers.0.name", "officers.0.bio", "priorities.0.issue", "priorities.0.action", "events.0.title"] {
        fields.push((name, evil));
    }
    fields.extend([("events.0.starts", "2031-01-01T10:00"), ("events.0.where", evil)]);
    fields.extend([("ways.0.name", evil), ("ways.0.phone", "101\"><b>"), ("ways.0.web", "https://x.example/\"><b>")]);
    let saved = sergeant.post(EDIT, &fields).await;
    assert_eq!(saved.status, 303, "{}", saved.text);
    for at in [TEAM, EDIT, "/staff/neighbourhoods/weston/history"] {
        let text = sergeant.get(at).await.text;
        assert!(text.contains("alert(1)") && !text.contains("<script>alert") && !text.contains("\"><b>"), "{at}");
    }
}

#[tokio::test]
async fn a_meeting_is_a_calendar_file_and_one_that_is_no_more_is_not_found() {
    let house = House::embedded().await;
    let file = house.get(&format!("{TEAM}/calendar/20301203-1800-beat-surgery")).await;
    assert_eq!(file.header("content-type"), "text/calendar; charset=utf-8");
    assert_eq!(file.header("content-disposition"), "attachment; filename=\"meeting.ics\"");
    assert!(file.text.contains("DTSTART:20301203T180000Z\r\n") && file.text.ends_with("END:VCALENDAR\r\n"));
    for gone in [
        format!("{TEAM}/calendar/20301203-1800-other"),
        format!("{TEAM}x"),
        "/officers/north-somerset-council/weston".to_owned(),
        "/officers/nobody/weston".to_owned(),
    ] {
        assert_eq!(house.get(&gone).await.status, 404, "{gone}");
    }
}

#[tokio::test]
async fn a_page_shows_by_month_how_many_messages_were_answered_in_time_and_no_small_numbers() {
    const DAY: i64 = 24 * 60 * 60;
    for (messages, share) in [(4, "Too few to say"), (5, "80 % of 5")] {
        let house = House::embedded().await;
        for n in 0..messages {
            let filed = house.file("contact.local_team", "shortest").await;
            if n > 0 {
                let mut officer = house.staff(POLICE, "officer").await;
                let form = officer.get(&filed.desk()).await.form("/ask");
                let asked = officer.submit(&form, &[("words", "Which days do you mean?")]).await;
                assert_eq!(asked.status, 303, "{}", asked.text);
            }
        }
        // What is not due yet is neither kept nor missed.
        assert!(!house.get(TEAM).await.says("How many messages the team answered in time"));
        house.clock.forward_seconds(4 * DAY);
        let page = house.get(TEAM).await;
        assert!(page.says("November 2026") && page.says(share), "{share}: {}", page.text);
        assert!(!house.get("/officers/avon-and-somerset-police/nailsea-yatton").await.says("in time"));
    }
}
