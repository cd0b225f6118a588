use crate::TEAM;
use casework::neighbourhood::{Body, read::Told};
use rights::Actor;
use testkit::House;

async fn at(house: &House, lat: f64, lon: f64) -> Vec<String> {
    house.setting.geography().teams_at(lat, lon).into_iter().map(|here| here.code).collect()
}

#[tokio::test]
async fn a_postcode_a_place_and_a_point_lead_to_the_page_of_their_team() {
    let house = House::embedded().await;
    for (query, to) in [
        ("place.text=BS23", format!("{TEAM}?place=BS23")),
        ("place.text=Worle", format!("{TEAM}?place=Worle")),
        ("place.lat=51.346&place.lon=-2.977", format!("{TEAM}?place=51.3460,%20-2.9770")),
        // What is typed stands before a point that a script left behind.
        (
            "place.text=Nailsea&place.lat=51.346&place.lon=-2.977",
            "/officers/avon-and-somerset-police/nailsea-yatton?place=Nailsea".into(),
        ),
    ] {
        let page = house.get(&format!("/officers?{query}")).await;
        assert_eq!((page.status, page.location.as_str()), (303, to.as_str()), "{query}");
    }
}

#[tokio::test]
async fn a_place_that_leads_to_no_team_has_a_way_on() {
    let house = House::embedded().await;
    let several = house.get("/officers?place.text=High+Street").await;
    assert!(
        several.says("Which place do you mean?") && several.text.contains("/officers?place.lat="),
        "{}",
        several.text
    );
    let unknown = house.get("/officers?place.text=zzzzqqqq").await;
    assert!(unknown.says("We do not know that place") && unknown.text.contains("value=\"zzzzqqqq\""));
    assert!(house.get("/officers?place.text=+").await.says("Enter a postcode, street or place"));
    let exeter = house.get("/officers?place.lat=50.7184&place.lon=-3.5339").await;
    assert!(exeter.says("Another force looks after that place") && exeter.text.contains("https://www.police.uk"));
    for odd in ["place.lat=NaN&place.lon=1", "place.lat=91&place.lon=0", "place.lat=1", "place.text=%00", "other=1"] {
        let page = house.get(&format!("/officers?{odd}")).await;
        assert!(page.status == 200 || page.status == 400, "{odd}: {}", page.status);
    }
}

#[tokio::test]
async fn the_finder_lists_every_team_by_name() {
    let house = House::embedded().await;
    let page = house.get("/officers").await;
    assert!(page.says("All teams of Avon and Somerset Police"));
    assert_eq!(page.text.matches("href=\"/officers/avon-and-somerset-police/").count(), 10);
    assert!(house.get("/").await.text.contains("href=\"/officers\""));
}

#[tokio::test]
async fn a_point_on_a_line_between_two_teams_belongs_to_one_of_them_and_one_beside_it_to_its_own() {
    let house = House::embedded().await;
    // The line between Weston-super-Mare and the villages lies at 2.88 degrees west.
    assert_eq!(at(&house, 51.36, -2.880_001).await, ["weston"]);
    assert_eq!(at(&house, 51.36, -2.879_999).await, ["nailsea-yatton"]);
    assert_eq!(at(&house, 51.36, -2.88).await.len(), 1);
    assert!(at(&house, 51.36, -4.5).await.is_empty());
    assert!(at(&house, f64::NAN, 0.0).await.is_empty());
}

#[tokio::test]
async fn a_team_that_comes_in_is_found_once_the_places_are_read_anew() {
    let house = House::embedded().await;
    let told = Told {
        code: "exeter".into(),
        name: "Exeter".into(),
        body: Body { boundary: vec![vec![(50.6, -3.7), (50.8, -3.7), (50.8, -3.4), (50.6, -3.4)]], ..Body::default() },
    };
    let draw = house.draw();
    house
        .db
        .write(move |tx| {
            let import = Actor::House("import");
            casework::neighbourhood::take(&import, tx, &mut draw.clone(), crate::POLICE, &told, "a file")
        })
        .await
        .unwrap();
    assert!(at(&house, 50.72, -3.53).await.is_empty());
    let geography = house.db.read(casework::Geography::load).await.unwrap();
    house.setting.set_geography(geography);
    assert_eq!(at(&house, 50.72, -3.53).await, ["exeter"]);
    let page = house.get("/officers/avon-and-somerset-police/exeter").await;
    assert!(page.says("The team has not put names here yet") && page.says("No meeting is planned now"));
}
