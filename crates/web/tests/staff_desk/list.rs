use testkit::{Client, Filed, House, Page};

const COUNCIL: &str = "north-somerset-council";

fn references(page: &Page) -> Vec<String> {
    let links = page.text.split("moot-queue__link\" href=\"/staff/reports/").skip(1);
    links.map(|rest| rest.split('"').next().unwrap().to_owned()).collect()
}

async fn all_pages(client: &mut Client, first: &str) -> Vec<String> {
    let mut found = Vec::new();
    let mut at = first.to_owned();
    for _ in 0..20 {
        let page = client.get(&at).await;
        found.extend(references(&page));
        let Some(next) = page.between("rel=\"next\" href=\"", "\"") else { return found };
        at = testkit::unescape(next);
    }
    panic!("the pages have no end");
}

async fn sixty(house: &House) -> Vec<Filed> {
    let mut all = Vec::new();
    for n in 0..60 {
        // Every third is urgent; the clock stands still in between, so that many have the same key but for the id.
        let sample = if n % 3 == 0 { "being-dumped-now" } else { "shortest" };
        all.push(house.file("fly-tipping", sample).await);
        if n % 10 == 9 {
            house.clock.forward_seconds(61);
        }
    }
    all
}

#[tokio::test]
async fn sixty_reports_come_page_by_page_none_twice_none_missing_in_every_order() {
    let house = House::embedded().await;
    let all = sixty(&house).await;
    let mut officer = house.staff(COUNCIL, "officer").await;
    let mut expected: Vec<String> = all.iter().map(|filed| filed.reference().to_owned()).collect();
    expected.sort();
    for at in [
        "/staff",
        "/staff?sort=due",
        "/staff?sort=age",
        "/staff?view=unassigned&sort=age",
        "/staff?service=fly-tipping",
    ] {
        let mut found = all_pages(&mut officer, at).await;
        assert!(found.len() >= 60, "{at}");
        found.sort();
        assert_eq!(found, expected, "{at}");
    }
    assert!(officer.get("/staff").await.says("60 reports"));
}

#[tokio::test]
async fn each_order_is_the_one_it_says() {
    let house = House::embedded().await;
    let all = sixty(&house).await;
    let mut officer = house.staff(COUNCIL, "officer").await;
    let urgent: Vec<&str> = all.iter().step_by(3).map(Filed::reference).collect();
    let by_risk = all_pages(&mut officer, "/staff").await;
    assert!(by_risk[..20].iter().all(|reference| urgent.contains(&reference.as_str())));
    let by_age = all_pages(&mut officer, "/staff?sort=age").await;
    let tens = |list: &[String]| -> Vec<usize> {
        list.iter().map(|r| all.iter().position(|filed| filed.reference() == r).unwrap() / 10).collect()
    };
    assert!(tens(&by_age).is_sorted(), "{:?}", tens(&by_age));
    assert_eq!(all_pages(&mut officer, "/staff?view=flagged").await.len(), 20);
}

#[tokio::test]
async fn each_view_shows_its_own() {
    let house = House::embedded().await;
    let (mine, waiting, closed, plain) = (
        house.file("fly-tipping", "shortest").await,
        house.file("fly-tipping", "shortest").await,
        house.file("fly-tipping", "shortest").await,
        house.file("fly-tipping", "shortest").await,
    );
    let mut officer = house.staff(COUNCIL, "officer").await;
    let own = format!("person:{}", house.person(COUNCIL, "officer").id);
    for (filed, act, fields) in [
        (&mine, "/assign", &[("to", own.as_str())][..]),
        (&waiting, "/ask", &[("words", "Where exactly?")]),
        (&closed, "/close", &[("words", "It is gone."), ("outcome", "fixed")]),
    ] {
        let form = officer.get(&filed.desk()).await.form(act);
        let page = officer.submit(&form, fields).await;
        assert_eq!(page.status, 303, "{act}: {}", page.text);
    }
    let sees = [
        ("/staff", vec![&mine, &waiting, &plain]),
        ("/staff?view=mine", vec![&mine]),
        ("/staff?view=unassigned", vec![&waiting, &plain]),
        ("/staff?view=waiting", vec![&waiting]),
        ("/staff?view=closed", vec![&closed]),
        ("/staff?view=overdue", vec![]),
        ("/staff?view=flagged", vec![]),
        ("/staff?service=crime.theft", vec![]),
        ("/staff?view=nothing&sort=nothing&core=nothing", vec![&mine, &waiting, &plain]),
    ];
    for (at, expected) in sees {
        let mut found = references(&officer.get(at).await);
        found.sort();
        let mut expected: Vec<String> = expected.iter().map(|filed| filed.reference().to_owned()).collect();
        expected.sort();
        assert_eq!(found, expected, "{at}");
    }
    house.clock.forward_seconds(40 * 24 * 60 * 60);
    let mut officer = house.staff(COUNCIL, "officer").await;
    assert_eq!(references(&officer.get("/staff?view=overdue").await).len(), 3);
    assert!(officer.get("/staff").await.says("Overdue by"));
}

#[tokio::test]
async fn a_page_that_is_asked_for_wrongly_is_the_first_one() {
    let house = House::embedded().await;
    let filed = house.file("fly-tipping", "shortest").await;
    let mut officer = house.staff(COUNCIL, "officer").await;
    for after in ["x", "1_2", "1_2_3", "9999999999999999999999_1_x", "-1_-1_00000000-0000-0000-0000-000000000000"] {
        let page = officer.get(&format!("/staff?after={after}")).await;
        assert_eq!((page.status, references(&page)), (200, vec![filed.reference().to_owned()]), "{after}");
    }
}
