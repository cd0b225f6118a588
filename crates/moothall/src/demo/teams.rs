//! Made-up neighbourhood teams in the hand-drawn outlines, with meetings in the days to come. They came in three weeks ago;
//! a sergeant has changed some pages since.

use crate::house::House;
use anyhow::{Context as _, Result};
use casework::{
    Draw, Geography,
    neighbourhood::{
        self, Body,
        body::{Event, Officer, Priority, Way},
        read::Told,
    },
};
use jiff::{ToSpan, ZonedDateTime, civil::Time};
use places::boundary::{Naming, read_geojson};
use rights::{Actor, Right};
use serde::Deserialize;
use std::fs;
use store::staff;

const HOUSE: Actor = Actor::House("demonstration");
const SOURCE: &str = "made up for this demonstration";
/// Hours ago.
const CAME: i64 = 500;
const CHANGED: i64 = 60;

#[derive(Deserialize)]
struct Teams {
    team: Vec<Scene>,
}

/// A team, with days counted from now.
#[derive(Clone, Deserialize)]
#[serde(deny_unknown_fields)]
struct Scene {
    code: String,
    about: String,
    #[serde(default)]
    officer: Vec<Officer>,
    #[serde(default)]
    priority: Vec<Worry>,
    #[serde(default)]
    meeting: Vec<Meeting>,
    #[serde(default)]
    way: Vec<Way>,
}

#[derive(Clone, Deserialize)]
#[serde(deny_unknown_fields)]
struct Worry {
    issue: String,
    days_ago: i64,
    #[serde(default)]
    action: String,
    acted_days_ago: Option<i64>,
    /// The sergeant wrote what was done.
    #[serde(default)]
    by_hand: bool,
}

#[derive(Clone, Deserialize)]
#[serde(deny_unknown_fields)]
struct Meeting {
    title: String,
    #[serde(rename = "where")]
    place: String,
    in_days: i64,
    at: Time,
    minutes: i64,
    /// Minutes for each person who asks for a time.
    each: Option<u16>,
    #[serde(default)]
    about: String,
}

/// Where there is no team yet.
pub async fn seed(house: &House) -> Result<()> {
    if !house.db.read(store::neighbourhood::in_force).await?.is_empty() {
        return Ok(());
    }
    let with_pages = house.setting.catalogue.agencies().iter().find(|agency| agency.neighbourhoods.is_some());
    let Some(agency) = with_pages.map(|agency| agency.id.clone()) else { return Ok(()) };
    let path = house.config.definitions.dir.join("geography/demo/neighbourhoods.geojson");
    let bytes = fs::read(&path).with_context(|| format!("cannot read {}", path.display()))?;
    let areas = read_geojson(&bytes, &Naming { kind: "team".into(), ..Naming::default() })?.areas;
    let teams: Teams = toml::from_str(include_str!("teams.toml")).context("demo/teams.toml")?;
    let people = house.db.read(|tx| staff::all(&HOUSE, tx)).await?;
    let mut actors = people.iter().map(|row| Actor::Staff(house.setting.staff(row)));
    let writer =
        actors.find(|actor| actor.agency() == Some(&agency) && rights::hold(actor, Right::EditNeighbourhood).is_ok());
    let now = house.clock.now();
    let local = web::page::when::local(now);
    for area in areas {
        let scene = teams.team.iter().find(|scene| scene.code == area.code).cloned();
        let scene = scene.with_context(|| format!("demo/teams.toml has no team {}", area.code))?;
        let ring = area.polygons.iter().map(|p| p.outer.points().map(|at| (at.lat, at.lon)).collect()).collect();
        let whole = Body { boundary: ring, ..body(&scene, &local)? };
        let (agency, writer, seeds) = (agency.clone(), writer.clone(), [house.rng.seed(), house.rng.seed()]);
        house
            .db
            .write(move |tx| -> casework::Result<()> {
                let mut first = whole.clone();
                for (priority, worry) in first.priorities.iter_mut().zip(&scene.priority).filter(|(_, w)| w.by_hand) {
                    (priority.action, priority.acted) = (String::new(), None);
                    debug_assert!(!worry.action.is_empty());
                }
                let told = Told { code: area.code.clone(), name: area.name.clone(), body: first };
                let mut draw = Draw::new(now.plus_hours(-CAME), seeds[0]);
                neighbourhood::take(&HOUSE, tx, &mut draw, &agency, &told, SOURCE)?;
                if let Some(writer) = &writer {
                    let mut draw = Draw::new(now.plus_hours(-CHANGED), seeds[1]);
                    neighbourhood::change(writer, tx, &mut draw, &area.code, 1, whole.clone())?;
                }
                Ok(())
            })
            .await?;
    }
    let geography = house.db.read(Geography::load).await?;
    house.setting.set_geography(geography);
    Ok(())
}

fn body(scene: &Scene, now: &ZonedDateTime) -> Result<Body> {
    let day = |ago: i64| now.date().checked_sub(ago.days());
    let mut body = Body {
        about: scene.about.clone(),
        officers: scene.officer.clone(),
        ways: scene.way.clone(),
        ..Body::default()
    };
    for worry in &scene.priority {
        body.priorities.push(Priority {
            issue: worry.issue.clone(),
            issued: Some(day(worry.days_ago)?),
            action: worry.action.clone(),
            acted: worry.acted_days_ago.map(day).transpose()?,
        });
    }
    for meeting in &scene.meeting {
        let starts = day(-meeting.in_days)?.to_datetime(meeting.at);
        body.events.push(Event {
            title: meeting.title.clone(),
            about: meeting.about.clone(),
            kind: String::new(),
            place: meeting.place.clone(),
            starts,
            ends: Some(starts.checked_add(meeting.minutes.minutes())?),
            minutes: meeting.each,
        });
    }
    Ok(body)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_team_can_be_read_has_a_meeting_to_come_and_fits_its_page() {
        let teams: Teams = toml::from_str(include_str!("teams.toml")).unwrap();
        let now: ZonedDateTime = "2026-11-24T09:00:00+00:00[Europe/London]".parse().unwrap();
        for scene in &teams.team {
            let body = body(scene, &now).unwrap();
            assert!(!body.coming(now.datetime()).is_empty() && !body.officers.is_empty(), "{}", scene.code);
            assert_eq!(neighbourhood::edit::faults(&body), [], "{}", scene.code);
        }
    }
}
