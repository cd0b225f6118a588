use crate::{EDIT, POLICE, TEAM};
use casework::neighbourhood::{self, Body, Taken, read::Told};
use rights::Actor;
use testkit::{Client, House, Page};

/// The fields of the form as the page gives them, with some of them changed.
async fn save(client: &mut Client, changes: &[(&str, &str)]) -> Page {
    let page = client.get(EDIT).await;
    let mut fields = page.form(EDIT).filled();
    fields.retain(|(name, _)| name != "do");
    for (name, value) in changes {
        fields.retain(|(known, _)| known != name);
        fields.push(((*name).into(), (*value).into()));
    }
    let fields: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    client.post(EDIT, &fields).await
}

async fn entries(house: &House, kind: &'static str) -> Vec<serde_json::Value> {
    let read = house.db.read(move |tx| {
        tx.all::<(serde_json::Value,)>("SELECT facts FROM journal WHERE kind = $1 ORDER BY id", &[&kind])
    });
    read.await.unwrap().into_iter().map(|(facts,)| facts).collect()
}

#[tokio::test]
async fn an_edit_is_a_version_an_entry_and_the_page_at_once() {
    let house = House::embedded().await;
    let mut sergeant = house.staff(POLICE, "sergeant").await;
    let saved =
        save(&mut sergeant, &[("priorities.0.action", "We marked 40 bikes."), ("priorities.0.acted", "2026-11-20")])
            .await;
    assert_eq!(saved.location, "/staff/neighbourhoods/weston?done=saved", "{}", saved.text);
    let page = house.get(TEAM).await;
    assert!(page.says("We marked 40 bikes.") && page.says("20 November 2026") && page.says("written by staff"));
    assert!(page.says("PC Avery Example"), "what was not changed is still there");
    let facts = entries(&house, "neighbourhood.changed").await;
    assert_eq!((facts.len(), facts[0]["code"].as_str(), facts[0]["version"].as_i64()), (1, Some("weston"), Some(2)));
    // The outline is not the form's to change.
    assert_eq!(house.db.read(|tx| neighbourhood::one(tx, POLICE, "weston")).await.unwrap().body.boundary.len(), 1);
    let history = sergeant.get("/staff/neighbourhoods/weston/history").await;
    assert!(history.says("Version 2, in force now") && history.says("sergeant of avon-and-somerset-police"));
    assert!(history.says("Version 1") && history.says("drawn by hand"));

    // Nothing changed: no version and no entry.
    assert_eq!(save(&mut sergeant, &[]).await.status, 303);
    assert_eq!(entries(&house, "neighbourhood.changed").await.len(), 1);
}

#[tokio::test]
async fn rows_are_added_and_removed_without_a_script_and_nothing_is_saved_by_it() {
    let house = House::embedded().await;
    let mut sergeant = house.staff(POLICE, "sergeant").await;
    let more = save(&mut sergeant, &[("do", "add-events"), ("about", "Not lost.")]).await;
    assert!(more.says("Not saved yet") && more.text.contains("name=\"events.1.title\"") && more.says("Not lost."));
    let fewer = save(&mut sergeant, &[("do", "remove-officers-0")]).await;
    assert!(!fewer.text.contains("officers.0.name"));
    assert!(house.get(TEAM).await.says("PC Avery Example"));
    assert!(entries(&house, "neighbourhood.changed").await.is_empty());
}

#[tokio::test]
async fn a_second_who_saves_is_told_and_loses_nothing_that_was_typed() {
    let house = House::embedded().await;
    let mut sergeant = house.staff(POLICE, "sergeant").await;
    let mut inspector = house.staff(POLICE, "inspector").await;
    assert_eq!(save(&mut sergeant, &[("about", "The sergeant’s.")]).await.status, 303);
    let late = save(&mut inspector, &[("about", "The inspector’s."), ("version", "1")]).await;
    assert_eq!(late.status, 409);
    assert!(late.says("Somebody changed this page just before you") && late.says("The inspector’s."));
    assert!(house.get(TEAM).await.says("The sergeant’s."));
    let wrong = save(&mut inspector, &[("events.0.starts", "soon"), ("about", "Mine.")]).await;
    assert_eq!(wrong.status, 422);
    assert!(wrong.says("Write a day and an hour") && wrong.says("Mine.") && wrong.text.contains("value=\"soon\""));
}

#[tokio::test]
async fn only_those_of_the_agency_with_the_right_know_that_there_is_a_form() {
    let house = House::embedded().await;
    let fields = [("version", "1"), ("about", "Ours now.")];
    for (agency, role) in [(POLICE, "officer"), (POLICE, "triage"), ("north-somerset-council", "administrator")] {
        let mut other = house.staff(agency, role).await;
        let nothing = other.get("/staff/neighbourhoods/nothing").await;
        for at in [EDIT, "/staff/neighbourhoods/weston/history"] {
            let page = other.get(at).await;
            assert_eq!((page.status, page.text.as_str()), (404, nothing.text.as_str()), "{role} at {at}");
        }
        assert_eq!(other.post(EDIT, &fields).await.status, 404, "{role}");
    }
    // With the right, but of another agency: its own list has no such team.
    let stranger = rights::Staff {
        id: house.person("north-somerset-council", "administrator").id,
        name: "A stranger".into(),
        agency: "north-somerset-council".into(),
        teams: vec![],
        rights: rights::Right::ALL.iter().copied().collect(),
        remit: Default::default(),
    };
    let (actor, draw) = (Actor::Staff(stranger), house.draw());
    let done = house
        .db
        .write(move |tx| neighbourhood::change(&actor, tx, &mut draw.clone(), "weston", 1, Body::default()))
        .await;
    assert!(matches!(done, Err(casework::Error::NotFound(_))), "{done:?}");
    assert!(house.get(TEAM).await.says("PC Avery Example"));
}

#[tokio::test]
async fn an_import_over_what_staff_wrote_says_so_and_keeps_it() {
    let house = House::embedded().await;
    let team = house.db.read(|tx| neighbourhood::one(tx, POLICE, "weston")).await.unwrap();
    let told = Told { code: team.code.clone(), name: team.name.clone(), body: team.body.clone() };
    let take = |told: Told| {
        let draw = house.draw();
        let import = Actor::House("import");
        house.db.write(move |tx| neighbourhood::take(&import, tx, &mut draw.clone(), POLICE, &told, "a file"))
    };
    assert_eq!(take(told.clone()).await.unwrap(), Taken::Same);
    let mut sergeant = house.staff(POLICE, "sergeant").await;
    assert_eq!(save(&mut sergeant, &[("about", "By hand.")]).await.status, 303);
    assert_eq!(take(told.clone()).await.unwrap(), Taken::OverStaff);
    assert_eq!(take(told.clone()).await.unwrap(), Taken::Same);
    let new = Told { name: "Weston".into(), ..told };
    assert_eq!(take(new.clone()).await.unwrap(), Taken::Changed);
    assert_eq!(take(Told { code: "elsewhere".into(), ..new }).await.unwrap(), Taken::New);
    assert_eq!(entries(&house, "neighbourhood.imported").await.len(), 3);
    let history = sergeant.get("/staff/neighbourhoods/weston/history").await;
    assert!(history.says("By hand.") && history.says("Version 4, in force now"));
}
