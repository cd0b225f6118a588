//! Seeds an empty database by driving `casework` with a clock that walks from four weeks ago to now.

use crate::house::House;
use anyhow::{Context as _, Result, bail};
use casework::{
    Draw, Setting,
    report::{
        acts::{self, On, To},
        agreement, crime,
        files::Holder,
        submit,
        transfer::{self, Ask},
    },
    staff::account::{self, NewAccount},
};
use catalogue::{Answer, Answers, Context, End, Finder, Place};
use rights::{Actor, Group};
use serde::Deserialize;
use serde_json::Value as Json;
use std::{collections::BTreeMap, sync::Arc};
use store::{Tx, agreement::Unit, report, staff, sub_case};

#[derive(Clone, Debug)]
pub struct Seeded {
    /// Login and the agency's name.
    pub staff: Vec<(String, String)>,
    pub reports: i64,
}

#[derive(Deserialize)]
struct People {
    person: Vec<Person>,
}

#[derive(Clone, Deserialize)]
struct Person {
    agency: String,
    login: String,
    name: String,
    roles: Vec<String>,
    /// The agency's first one, where none is named.
    #[serde(default)]
    teams: Vec<String>,
}

#[derive(Deserialize)]
struct Scenes {
    scene: Vec<Scene>,
}

/// One report: what was answered, where, when, and what staff did since.
#[derive(Clone, Deserialize)]
struct Scene {
    service: String,
    place: String,
    hours_ago: i64,
    /// Answers by question id, as JSON.
    answers: String,
    #[serde(default)]
    acts: Vec<Act>,
}

#[derive(Clone, Deserialize)]
#[serde(rename_all = "snake_case", tag = "act")]
enum Act {
    Acknowledge,
    Assign { to: String },
    Stage { stage: String, words: String },
    Record { offence: String, number: String, words: String },
    Agree { weeks: i64, words: String },
    Ask { words: String },
    Note { words: String },
    Transfer { agency: String, words: String },
    Close { outcome: String, words: String },
}

const HOUSE: Actor = Actor::House("demonstration");

/// Fills an empty database; one that has staff is left as it is.
pub async fn seed(house: &House) -> Result<Seeded> {
    let present = house.db.read(|tx| staff::all(&HOUSE, tx)).await?;
    if present.is_empty() {
        add_people(house).await?;
        add_reports(house).await?;
    }
    let rows = house.db.read(|tx| staff::all(&HOUSE, tx)).await?;
    let reports = house.db.read(report::count).await?;
    Ok(Seeded {
        staff: rows.into_iter().map(|row| (row.login, house.setting.agency_name(&row.agency))).collect(),
        reports,
    })
}

async fn add_people(house: &House) -> Result<()> {
    let people: People = toml::from_str(include_str!("people.toml")).context("demo/people.toml")?;
    let mut draw = house.draw();
    let hash = account::hash_password(&mut draw, web::demo::staff::PASSWORD)?;
    for person in people.person {
        let (keys, mut draw, hash) = (house.setting.keys.clone(), house.draw(), hash.clone());
        let secret = draw.bytes()[..20].to_vec();
        let first: Vec<String> = house
            .setting
            .catalogue
            .agency(&person.agency)
            .map(|agency| agency.teams.iter().take(1).map(|team| team.id.clone()).collect())
            .with_context(|| format!("demo/people.toml: there is no agency {}", person.agency))?;
        let teams = if person.teams.is_empty() { first } else { person.teams };
        house
            .db
            .write(move |tx| {
                let new = NewAccount {
                    agency: &person.agency,
                    login: &person.login,
                    name: &person.name,
                    roles: &person.roles,
                    teams: &teams,
                    services: &[],
                    wards: &[],
                    password: &hash,
                    totp_secret: &secret,
                };
                account::add(&HOUSE, tx, &keys, &mut draw.clone(), &new)
            })
            .await?;
    }
    Ok(())
}

async fn add_reports(house: &House) -> Result<()> {
    let scenes: Scenes = toml::from_str(include_str!("scenes.toml")).context("demo/scenes.toml")?;
    let people = house.db.read(|tx| staff::all(&HOUSE, tx)).await?;
    let actors: Arc<BTreeMap<String, Actor>> =
        Arc::new(people.iter().map(|row| (row.login.clone(), Actor::Staff(house.setting.staff(row)))).collect());
    for (n, scene) in scenes.scene.into_iter().enumerate() {
        add(house, &actors, &scene).await.with_context(|| format!("demo/scenes.toml: scene {}", n + 1))?;
    }
    Ok(())
}

async fn add(house: &House, actors: &Arc<BTreeMap<String, Actor>>, scene: &Scene) -> Result<()> {
    let setting = house.setting.clone();
    let filed_at = house.clock.now().plus_hours(-scene.hours_ago);
    let service = setting.catalogue.service(&scene.service).context("no such service")?.clone();
    let geography = setting.geography();
    let found = geography.find(&scene.place).into_iter().next().with_context(|| format!("no place {}", scene.place))?;
    let body: Json = serde_json::from_str(&scene.answers).context("answers")?;
    let mut answers = Answers::from_json(&service, &body).map_err(|problems| anyhow::anyhow!("{problems:?}"))?;
    let place = service.deciding_place().context("no place question")?;
    answers.give(
        &place.id,
        Answer::Place(Place {
            typed: scene.place.clone(),
            label: found.full_label(),
            point: Some((found.lat, found.lon)),
            postcode: found.postcode.clone(),
            how: found.how,
            uprn: None,
        }),
    );
    for question in &service.questions {
        if answers.get(&question.id).is_none() {
            answers.pass(&question.id);
        }
    }
    let now = web::page::when::local(filed_at);
    let context = Context { now: &now, finder: &*geography, territory: &*geography };
    // Made-up people read each page that stops them, and go on where they may.
    while let End::Stop(stop) = catalogue::walk(&service, &answers, &context).end {
        if !stop.carry_on {
            bail!("it stops at {}", stop.id);
        }
        answers.carry_on(&stop.id);
    }
    let ready =
        submit::ready(&setting, &service, &answers, Some("407193"), &context).with_context(
            || match catalogue::walk(&service, &answers, &context).end {
                End::Ask(question) => format!("it still asks {}", question.id),
                _ => "it is not ready".to_owned(),
            },
        )?;
    let (rng, scene, actors) = (house.rng.clone(), scene.clone(), actors.clone());
    let seed = rng.seed();
    house
        .db
        .write(move |tx| -> casework::Result<()> {
            let mut draw = Draw::new(filed_at, seed);
            let (_, receipt) =
                submit::file(&Actor::Anonymous, tx, &setting, &mut draw, &ready, &Holder::Nobody, "web")?;
            for (n, act) in scene.acts.iter().enumerate() {
                // Acts follow each other at equal steps between then and now.
                let step = scene.hours_ago * 3600 * (n as i64 + 1) / (scene.acts.len() as i64 + 1);
                let mut seed = seed;
                seed[0] ^= n as u8 + 1;
                let mut draw = Draw::new(filed_at.plus_seconds(step), seed);
                run(tx, &setting, &actors, &mut draw, &receipt.reference, act)?;
            }
            Ok(())
        })
        .await?;
    Ok(())
}

/// One act by somebody of the agency that holds the report.
fn run(
    tx: &mut Tx,
    setting: &Setting,
    actors: &BTreeMap<String, Actor>,
    draw: &mut Draw,
    reference: &str,
    act: &Act,
) -> casework::Result<()> {
    let head = report::by_reference(tx, reference)?.ok_or(rights::NotFound)?;
    let case = sub_case::of_report(tx, head.id)?.into_iter().find(|c| !c.core.ended()).ok_or(rights::NotFound)?;
    let able = |right| {
        let mut own = actors.values().filter(|actor| actor.agency() == Some(&case.agency));
        own.find(|actor| rights::hold(actor, right).is_ok()).ok_or(rights::NotFound)
    };
    let on = On { reference, version: case.version };
    match act {
        Act::Acknowledge => {
            acts::acknowledge(able(rights::Right::Acknowledge)?, tx, setting, draw, on)?;
        }
        Act::Assign { to } => {
            let person = actors.get(to).and_then(Actor::staff).ok_or(rights::NotFound)?.id;
            acts::assign(able(rights::Right::Assign)?, tx, setting, draw, on, &To::Person(person))?;
        }
        Act::Stage { stage, words } => {
            acts::set_stage(able(rights::Right::SetStage)?, tx, setting, draw, on, (stage, None), words)?;
        }
        Act::Record { offence, number, words } => {
            let typed = crime::Typed { offence: offence.clone(), number: number.clone(), ..Default::default() };
            crime::record(able(rights::Right::RecordCrime)?, tx, setting, draw, on, &typed, words)?;
        }
        Act::Agree { weeks, words } => {
            let every = Some((*weeks, Unit::Week));
            let typed =
                agreement::Typed { regular: true, every, channel: "email".to_owned(), ..agreement::Typed::default() };
            agreement::set(able(rights::Right::SetStage)?, tx, setting, draw, on, &typed, words)?;
        }
        Act::Ask { words } => {
            acts::ask(able(rights::Right::AskResident)?, tx, setting, draw, on, words)?;
        }
        Act::Note { words } => acts::note(able(rights::Right::Note)?, tx, draw, on, words)?,
        Act::Transfer { agency, words } => {
            let shared = [Group::Summary, Group::Place, Group::Account].into();
            let ask = Ask { to_agency: agency, summary: words, shared: &shared };
            transfer::propose(able(rights::Right::Transfer)?, tx, setting, draw, on, &ask)?;
        }
        Act::Close { outcome, words } => {
            let ending = acts::Ending { outcome: outcome.clone(), ..Default::default() };
            acts::close(able(rights::Right::Close)?, tx, setting, draw, on, &ending, words)?;
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn people_and_scenes_can_be_read() {
        let people: People = toml::from_str(include_str!("people.toml")).unwrap();
        let scenes: Scenes = toml::from_str(include_str!("scenes.toml")).unwrap();
        assert!(people.person.len() >= 6 && scenes.scene.len() >= 10);
        assert!(people.person.iter().all(|p| p.login.ends_with(".example.org")));
        for scene in &scenes.scene {
            assert!(serde_json::from_str::<Json>(&scene.answers).is_ok_and(|a| a.is_object()), "{}", scene.answers);
            assert!(scene.hours_ago > 0);
        }
    }
}
