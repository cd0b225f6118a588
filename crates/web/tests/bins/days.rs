use crate::{HOME, HOUR, recorded};
use testkit::House;

#[tokio::test]
async fn a_page_says_when_how_often_and_by_what_hour() {
    let house = House::embedded().await;
    let page = house.get(HOME).await;
    for words in [
        "Bin days: 1 Example Road, Weston-super-Mare",
        "BS23 9ZZ, North Somerset Council",
        "Today, Tuesday 24 November 2026",
        "Comes every other Tuesday",
        "Comes every Tuesday",
        "Your wheelie bin, by 7am",
        "Your green wheelie bin, by 6am",
        "It is on its way today.",
        "gave us these days 5 days ago",
    ] {
        assert!(page.says(words), "{words}: {}", page.text);
    }
    assert_eq!(page.header("cache-control"), "no-cache");
    assert_eq!(page.header("set-cookie"), "");
    // A title stays in the history of a browser that others may use.
    for at in [HOME.to_owned(), format!("{HOME}/year")] {
        let title = house.get(&at).await.between("<title>", "</title>").unwrap().to_owned();
        assert!(!title.contains("Example Road"), "{at}: {title}");
    }
    assert!(house.get("/").await.text.contains("href=\"/bins\""));
}

#[tokio::test]
async fn on_the_day_the_link_to_report_comes_at_five_or_when_the_crew_was_there() {
    let house = House::embedded().await;
    let page = house.get(HOME).await;
    assert!(page.says("tell us from 24 November 2026 at 5:00pm"), "{}", page.text);
    // Garden waste came last week, and it is too late for it.
    assert!(page.says("You could tell us until the end of Thursday 19 November 2026."), "{}", page.text);
    assert!(!page.text.contains("/report/missed-collection"));
    recorded(&house, "W-FOOD", "completed", None).await;
    let page = house.get(HOME).await;
    assert_eq!(page.text.matches("action=\"/report/missed-collection/home").count(), 1, "{}", page.text);
    assert!(page.says("The crew was there on 24 November 2026 at 9:59am."), "{}", page.text);
    assert!(page.says("You can tell us until the end of Thursday 26 November 2026."), "{}", page.text);
    house.clock.forward_seconds(7 * HOUR);
    let page = house.get(HOME).await;
    assert_eq!(page.text.matches("action=\"/report/missed-collection/home").count(), 3, "{}", page.text);
    house.clock.forward_seconds(3 * 24 * HOUR);
    let page = house.get(HOME).await;
    assert!(!page.text.contains("/report/missed-collection"), "{}", page.text);
}

#[tokio::test]
async fn what_the_crew_recorded_is_said_in_words_and_a_code_nobody_knows_is_not_shown() {
    let house = House::embedded().await;
    recorded(&house, "W-FOOD", "not_completed", Some("contaminated")).await;
    recorded(&house, "W-RUBBISH", "not_completed", Some("X-77")).await;
    house.clock.forward_seconds(8 * HOUR);
    let page = house.get(HOME).await;
    assert!(page.says("Something other than food was in it."), "{}", page.text);
    assert!(page.says("The crew could not take it.") && !page.text.contains("X-77"), "{}", page.text);
    assert_eq!(page.text.matches("Report it missed").count(), 1, "recycling alone");
    assert_eq!(page.text.matches("Tell us if that is not right").count(), 2, "{}", page.text);
}

#[tokio::test]
async fn old_days_and_no_days_say_so_and_old_ones_close_nothing() {
    let house = House::embedded().await;
    let new_home = house.get("/property/999000000006").await;
    assert!(
        new_home.status == 200 && new_home.says("We do not know the bin days of this home yet."),
        "{}",
        new_home.text
    );
    house.clock.forward_seconds(60 * 24 * HOUR);
    let page = house.get(HOME).await;
    assert!(page.says("We got these days 65 days ago. They may have changed."), "{}", page.text);
    assert_eq!(page.text.matches("action=\"/report/missed-collection/home").count(), 4, "{}", page.text);
}

#[tokio::test]
async fn a_day_that_a_holiday_moved_says_from_where_and_why() {
    let house = House::embedded().await;
    house.clock.forward_seconds(28 * 24 * HOUR);
    let page = house.get("/property/999000000005").await;
    assert!(page.says("Monday 28 December 2026"), "{}", page.text);
    assert!(page.says("Moved from Friday 25 December 2026 (Christmas Day)."), "{}", page.text);
}

#[tokio::test]
async fn the_year_has_every_month_and_marks_what_was_moved() {
    let house = House::embedded().await;
    let page = house.get("/property/999000000005/year").await;
    for words in [
        "November 2026",
        "December 2026",
        "November 2027",
        "Monday 28",
        "Rubbish, Recycling",
        "As we knew it on 24 November 2026",
    ] {
        assert!(page.says(words), "{words}: {}", page.text);
    }
    let december = page.between("December 2026</caption>", "</table>").unwrap();
    assert!(!december.contains("Friday 25") && december.contains("Monday 28 *"), "{december}");
}
