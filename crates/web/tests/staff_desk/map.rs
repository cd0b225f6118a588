use serde_json::{Value as Json, json};
use testkit::{Client, Filed, House, Page, sample};

const POLICE: &str = "avon-and-somerset-police";
const COUNCIL: &str = "north-somerset-council";
/// Around Weston-super-Mare.
const WESTON: &str = "51.32,-3.00,51.37,-2.90";

async fn fly_tip(house: &House, lat: f64, lon: f64) -> Filed {
    let mut answers = sample("fly-tipping", "shortest")["answers"].clone();
    answers["where"] = json!({ "label": "A lay-by", "typed": "", "lat": lat, "lon": lon, "how": "pin" });
    house.file_answers("fly-tipping", &answers).await
}

async fn pins(client: &mut Client, query: &str) -> Json {
    let page = client.get(&format!("/staff/pins?{query}")).await;
    assert_eq!(page.status, 200, "{}", page.text);
    assert_eq!(page.header("cache-control"), "no-store");
    page.json()
}

fn places(drawn: &Json) -> Vec<(f64, f64)> {
    let pins = drawn["pins"].as_array().unwrap().iter();
    let mut places: Vec<(f64, f64)> = pins.map(|pin| (pin[0].as_f64().unwrap(), pin[1].as_f64().unwrap())).collect();
    places.sort_by(|a, b| a.partial_cmp(b).unwrap());
    places
}

fn listed(page: &Page, filed: &Filed) -> bool {
    page.text.contains(&format!("moot-queue__link\" href=\"{}\"", filed.desk()))
}

/// 1 urgent, 2 overdue, 3 both.
fn looks(drawn: &Json) -> Vec<i64> {
    let mut looks: Vec<i64> = drawn["pins"].as_array().unwrap().iter().map(|pin| pin[4].as_i64().unwrap()).collect();
    looks.sort_unstable();
    looks
}

#[tokio::test]
async fn map_and_list_show_the_same_reports_of_the_own_agency_in_the_view() {
    let house = House::embedded().await;
    let near = fly_tip(&house, 51.3461234, -2.9772).await;
    let beside = fly_tip(&house, 51.3502, -2.9601).await;
    let far = fly_tip(&house, 51.4410, -2.7600).await;
    let theft = house.file("crime.theft", "everything").await;
    let mut officer = house.staff(COUNCIL, "officer").await;
    let drawn = pins(&mut officer, &format!("box={WESTON}")).await;
    assert_eq!(places(&drawn), [(51.34612, -2.9772), (51.3502, -2.9601)]);
    assert_eq!((&drawn["total"], &drawn["clusters"]), (&json!(2), &json!([])));
    assert_eq!(drawn["kinds"], json!([house.setting.service_name("fly-tipping")]));
    let page = officer.get(&format!("/staff/map?box={WESTON}")).await;
    assert!(page.says("2 reports in this view"), "{}", page.text);
    assert!(listed(&page, &near) && listed(&page, &beside) && !listed(&page, &far) && !listed(&page, &theft));
    let whole = officer.get("/staff/map").await;
    assert!(whole.says("3 reports in this view") && listed(&whole, &far) && !listed(&whole, &theft));

    // A pin says neither who nor what: its number leads to the report, for its own agency alone.
    let number = &drawn["pins"][0][2];
    let page = officer.get(&format!("/staff/pins/{number}")).await;
    assert!([near.desk(), beside.desk()].contains(&page.location), "{}", page.location);
    let mut constable = house.staff(POLICE, "officer").await;
    assert_eq!(constable.get(&format!("/staff/pins/{number}")).await.status, 404);
    let absent = officer.get("/nothing-here").await;
    for none in ["999999999", "abc", "99999999999999999999"] {
        let page = officer.get(&format!("/staff/pins/{none}")).await;
        assert_eq!((page.status, page.text), (404, absent.text.clone()), "{none}");
    }
    assert_eq!(pins(&mut constable, "box=49,-9,60,2").await["total"], 1);
}

#[tokio::test]
async fn filters_and_views_narrow_both_and_stay_in_the_address() {
    let house = House::embedded().await;
    let plain = fly_tip(&house, 51.3461, -2.9772).await;
    let urgent = house.file("fly-tipping", "being-dumped-now").await;
    let mut officer = house.staff(COUNCIL, "officer").await;
    let all = pins(&mut officer, &format!("box={WESTON}")).await;
    assert_eq!(looks(&all), [0, 1]);
    for query in ["view=flagged", "view=flagged&service=fly-tipping"] {
        assert_eq!(pins(&mut officer, &format!("{query}&box={WESTON}")).await["total"], 1);
        let page = officer.get(&format!("/staff/map?{query}&box={WESTON}")).await;
        assert!(page.says("1 report in this view") && listed(&page, &urgent) && !listed(&page, &plain));
        assert!(page.text.contains(&format!("data-query=\"{}\"", query.replace('&', "&#38;"))), "{}", page.text);
    }
    for query in ["service=noise", "view=mine", "view=overdue", "team=nobody"] {
        assert_eq!(pins(&mut officer, &format!("{query}&box={WESTON}")).await["total"], 0, "{query}");
        let page = officer.get(&format!("/staff/map?{query}&box={WESTON}")).await;
        assert!(page.says("No reports in this view") && page.says("See them in the list"), "{query}");
    }
    let list = officer.get("/staff?view=flagged&service=fly-tipping").await;
    assert!(list.text.contains("/staff/map?view=flagged&#38;service=fly-tipping"), "{}", list.text);
    house.clock.forward_seconds(60 * 24 * 3600);
    let late = pins(&mut house.staff(COUNCIL, "officer").await, &format!("view=overdue&box={WESTON}")).await;
    assert_eq!(looks(&late), [2, 3]);
}

#[tokio::test]
async fn a_place_that_is_typed_is_gone_to_and_one_that_is_not_known_is_said() {
    let house = House::embedded().await;
    let near = fly_tip(&house, 51.3461, -2.9772).await;
    let mut officer = house.staff(COUNCIL, "officer").await;
    let page = officer.get("/staff/map?place=Weston-super-Mare&within=3").await;
    assert!(listed(&page, &near) && page.text.contains("<option value=\"3\" selected>"), "{}", page.text);
    let page = officer.get("/staff/map?place=Portishead&within=1").await;
    assert!(page.status == 200 && !listed(&page, &near), "{}", page.text);
    let lost = officer.get("/staff/map?place=Nowhere+Known+%3Cb%3E").await;
    assert!(lost.says("We do not know that place") && lost.says("1 report in this view"), "{}", lost.text);
    assert!(!lost.text.contains("<b>") && lost.text.contains("value=\"Nowhere Known"));
}

#[tokio::test]
async fn a_box_that_is_none_is_refused_or_gives_the_whole_area() {
    let house = House::embedded().await;
    fly_tip(&house, 51.3461, -2.9772).await;
    let mut officer = house.staff(COUNCIL, "officer").await;
    for wrong in ["", "1,2,3", "52,-3,51,-2", "NaN,0,1,1", "51,-3,52,-2,9", "%00", "91,0,92,1"] {
        let page = officer.get(&format!("/staff/pins?box={wrong}")).await;
        assert_eq!(page.status, 400, "{wrong}: {}", page.text);
        let page = officer.get(&format!("/staff/map?box={wrong}&page=x&within=-1")).await;
        assert!(page.status == 400 || page.says("1 report in this view"), "{wrong}: {}", page.text);
    }
    assert_eq!(pins(&mut officer, "box=-90,-180,90,180").await["total"], 1);
    assert_eq!(pins(&mut officer, "box=51.3461,-2.9772,51.3461,-2.9772").await["total"], 1);
}

#[tokio::test]
async fn a_place_that_was_not_shared_stands_on_no_map_until_it_is() {
    let house = House::embedded().await;
    let filed = fly_tip(&house, 51.3461, -2.9772).await;
    let (mut council, mut police) = (house.staff(COUNCIL, "enforcement").await, house.staff(POLICE, "inspector").await);
    hand_over(&mut council, &mut police, &filed, &[]).await;
    assert_eq!(pins(&mut police, "box=49,-9,60,2").await["total"], 0);
    // The sender works it no more.
    assert_eq!(pins(&mut council, "box=49,-9,60,2").await["total"], 0);

    let other = fly_tip(&house, 51.3502, -2.9601).await;
    hand_over(&mut council, &mut police, &other, &["place"]).await;
    assert_eq!(places(&pins(&mut police, "box=49,-9,60,2").await), [(51.3502, -2.9601)]);
}

async fn hand_over(council: &mut Client, police: &mut Client, filed: &Filed, shares: &[&str]) {
    let form = council.get(&filed.desk()).await.form("/transfer");
    let mut fields = vec![("agency", POLICE), ("words", "A van was seen.")];
    fields.extend(shares.iter().map(|group| ("share", *group)));
    assert_eq!(council.submit(&form, &fields).await.status, 303);
    let form = police.get(&filed.desk()).await.form("/accept");
    assert_eq!(police.submit(&form, &[]).await.status, 303);
}

#[tokio::test]
async fn a_long_list_comes_by_pages() {
    let house = House::embedded().await;
    for n in 0..30 {
        fly_tip(&house, 51.3461 + f64::from(n) * 0.0001, -2.9772).await;
    }
    let mut officer = house.staff(COUNCIL, "officer").await;
    let first = officer.get(&format!("/staff/map?box={WESTON}")).await;
    assert!(first.says("30 reports in this view") && first.says("Page 1 of 2"), "{}", first.text);
    let next = testkit::unescape(first.between("rel=\"next\" href=\"", "\"").unwrap());
    let second = officer.get(&next).await;
    let rows = |page: &Page| page.text.matches("moot-queue__link").count();
    assert_eq!((rows(&first), rows(&second)), (25, 5));
    assert!(second.says("Page 2 of 2") && second.text.contains("rel=\"prev\""));
}

#[tokio::test]
async fn an_agency_with_more_than_a_thousand_in_view_sees_groups_that_add_up() {
    let house = House::embedded().await;
    let filed = fly_tip(&house, 51.3461, -2.9772).await;
    let id = filed.id;
    // A thousand more parts of the agency, each with its report, beside the one that was filed.
    house
        .db
        .write(move |tx| -> store::Result<()> {
            let part = store::sub_case::of_report(tx, id)?.remove(0);
            let report = tx.one::<(String,)>("SELECT definition FROM report WHERE id = $1", &[&id])?.0;
            for n in 0..1_100i64 {
                let own = uuid::Uuid::from_u128(0x7000 + n as u128);
                tx.run(
                    "INSERT INTO report (id, reference, service, definition, type_code, first_received_at, anonymous, \
                     sensitive, tracking, place, area, boundaries) \
                     VALUES ($1, $2, $3, $4, 'x', 0, FALSE, FALSE, 'link', '', '', '')",
                    &[&own, &format!("{n:09}"), &part.service, &report],
                )?;
                let lat = Some(51.33 + (n % 30) as f64 * 0.001);
                let more = store::sub_case::SubCase { id: own, report: own, number: 10_000 + n, lat, ..part.clone() };
                store::sub_case::insert(tx, &more)?;
            }
            Ok(())
        })
        .await
        .unwrap();
    let mut officer = house.staff(COUNCIL, "officer").await;
    let drawn = pins(&mut officer, &format!("box={WESTON}")).await;
    let counts: i64 = drawn["clusters"].as_array().unwrap().iter().map(|group| group[2].as_i64().unwrap()).sum();
    assert_eq!((&drawn["total"], &drawn["pins"], counts), (&json!(1101), &json!([]), 1101));
    let page = officer.get(&format!("/staff/map?box={WESTON}")).await;
    assert!(page.says("1,101 reports in this view") && page.says("too many to list"), "{}", page.text);
}
