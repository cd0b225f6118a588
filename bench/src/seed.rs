//! Fills a database through `casework`, many reports to a commit, and makes the cookies that open them.

use crate::world::{AGENCY, SERVICE, SQUARE, World, draw, local, now};
use anyhow::{Context as _, Result};
use casework::{
    access::{self, Entry},
    attempt::{self, Draft},
    codes,
    report::{acts, files::Holder, submit},
    staff::account,
};
use catalogue::{Answers, Context};
use rights::Actor;
use serde_json::{Value as Json, json};
use store::{
    publication::{self, Shown},
    session, staff,
};

const HOUSE: Actor = Actor::House("bench");
/// Reports in one commit.
const CHUNK: usize = 64;
/// As in the peer's data: the first twenty thousand reports have two updates each.
const UPDATED: usize = 20_000;
/// Reports spread over this time before now: their private links, which live 30 days, still open.
const DAYS: i64 = 25;
/// Numbers of draws begin here for things that are no report, so that they never meet.
const BEYOND: usize = 1 << 40;

/// A report that can be asked for.
#[derive(Clone, Debug)]
pub struct Filed {
    pub reference: String,
    link: Option<String>,
}

pub struct Officer {
    pub actor: Actor,
    /// The value of the cookie `staff`.
    pub cookie: String,
}

/// Answers that differ from report to report, somewhere in the square.
pub fn answers(n: usize) -> Json {
    let (south, west, side) = SQUARE;
    // Two irrational steps: spread evenly, without a pattern that an index would like.
    let at = |step: f64| side * (0.01 + 0.98 * (n as f64 * step).fract());
    let (lat, lon) = (south + at(0.618_033_988_749), west + at(0.754_877_666_246));
    let wastes = ["mattress", "furniture", "tyres", "garden", "electrical"];
    json!({
        "now": "no",
        "photos": null,
        "where": { "label": format!("Lay-by {} on the old road", n % 5000), "typed": "lay-by", "lat": lat, "lon": lon, "how": "pin" },
        "land": if n.is_multiple_of(3) { "back_alley" } else { "road_verge" },
        "waste": [wastes[n % wastes.len()]],
        "size": if n.is_multiple_of(17) { "tipper" } else { "single_item" },
        "details": format!("Beside the hedge, about {} steps from the gate.", n % 90),
    })
}

/// The same with an address for the receipt.
pub fn mailed(n: usize) -> Json {
    let mut answers = answers(n);
    answers["contact"] = json!({ "name": "Robin Example", "email": format!("robin{n}@example.org") });
    answers
}

pub fn ready(world: &World, answers: &Json, at: store::Time) -> Result<submit::Ready> {
    let (geography, now) = (world.setting.geography(), local(at));
    let context = Context { now: &now, finder: &*geography, territory: &*geography };
    let answers = Answers::from_json(&world.service, answers).map_err(|p| anyhow::anyhow!("{p:?}"))?;
    submit::ready(&world.setting, &world.service, &answers, None, &context).context("not ready to be sent")
}

/// Files `n` reports; every `n / keep`th is given back.
pub async fn fill(world: &World, officer: &Officer, n: usize, keep: usize) -> Result<Vec<Filed>> {
    let (end, mut filed) = (now(), Vec::new());
    let step = DAYS * 86_400 / n.max(1) as i64;
    for first in (0..n).step_by(CHUNK) {
        let mut batch = Vec::new();
        for i in first..(first + CHUNK).min(n) {
            let at = end.plus_seconds(-step * (n - i) as i64);
            batch.push((i, at, ready(world, &answers(i), at)?));
        }
        let (setting, actor) = (world.setting.clone(), officer.actor.clone());
        let done = world
            .db
            .write(move |tx| -> casework::Result<Vec<(usize, Filed)>> {
                let mut filed = Vec::new();
                for (i, at, ready) in &batch {
                    let mut draw = draw(*at, *i);
                    let (id, receipt) =
                        submit::file(&Actor::Anonymous, tx, &setting, &mut draw, ready, &Holder::Nobody, "web")?;
                    if *i < UPDATED {
                        let on = |version| acts::On { reference: &receipt.reference, version };
                        acts::acknowledge(&actor, tx, &setting, &mut draw, on(1))?;
                        let words = "A crew will come on Thursday.";
                        acts::set_stage(&actor, tx, &setting, &mut draw, on(2), ("planned", None), words)?;
                    } else {
                        // Everybody reads it, as if somebody had looked at it: its history would only make the filling longer.
                        publication::set_shown(&HOUSE, tx, id, Shown::Waits, Shown::Public)?;
                    }
                    filed.push((*i, Filed { reference: receipt.reference, link: receipt.link }));
                }
                Ok(filed)
            })
            .await?;
        // Those given back are of the first, which have updates.
        let every = (n.min(UPDATED) / keep).max(1);
        filed.extend(done.into_iter().filter(|(i, _)| *i < UPDATED && i % every == 0).map(|(_, filed)| filed));
    }
    Ok(filed)
}

/// An officer of the agency, and a session that is open.
pub async fn officer(world: &World) -> Result<Officer> {
    let (keys, setting) = (world.setting.keys.clone(), world.setting.clone());
    let mut draw = draw(now(), BEYOND);
    let hash = account::hash_password(&mut draw, "a password for the bench alone")?;
    let token = codes::show_token(&draw.bytes());
    let cookie = token.clone();
    let row = world
        .db
        .write(move |tx| -> casework::Result<staff::Staff> {
            let mut draw = draw.clone();
            let new = account::NewAccount {
                agency: AGENCY,
                login: "kit.sample@bench.example.org",
                name: "Kit Sample",
                roles: &["team_leader".to_owned()],
                teams: &[],
                services: &[],
                wards: &[],
                password: &hash,
                totp_secret: &[5; 20],
            };
            let (id, _) = account::add(&HOUSE, tx, &keys, &mut draw, &new)?;
            let open = session::Session {
                token: codes::hash_token(&token),
                staff: id,
                created_at: draw.now(),
                touched_at: draw.now(),
                expires_at: draw.now().plus_hours(8),
            };
            session::insert(&HOUSE, tx, &open)?;
            Ok(staff::by_id(&HOUSE, tx, id)?.ok_or(rights::NotFound)?)
        })
        .await?;
    Ok(Officer { actor: Actor::Staff(setting.staff(&row)), cookie })
}

/// Opens each report by its private link; the values of the cookies `visit`.
pub async fn visits(world: &World, filed: &[Filed]) -> Result<Vec<String>> {
    let mut tokens = Vec::new();
    for (n, filed) in filed.iter().enumerate() {
        let (keys, link) = (world.setting.keys.clone(), filed.link.clone().context("no link")?);
        let draw = draw(now(), BEYOND + 1 + n);
        // Each from an origin of its own: the door counts knocks.
        let origin = format!("bench {n}");
        let entry =
            world.db.write(move |tx| access::enter_by_link(tx, &keys, &mut draw.clone(), &link, &origin)).await?;
        match entry {
            Entry::Open { token, .. } => tokens.push(token),
            other => anyhow::bail!("the link does not open: {other:?}"),
        }
    }
    Ok(tokens)
}

/// Attempts with every answer and an address for the receipt; the values of the cookies `attempt`.
pub async fn attempts(world: &World, n: usize) -> Result<Vec<String>> {
    let mut tokens = Vec::new();
    for first in (0..n).step_by(CHUNK) {
        let drafts: Vec<(usize, Draft)> =
            (first..(first + CHUNK).min(n)).map(|i| (i, Draft { answers: mailed(i), ..Draft::default() })).collect();
        let at = now();
        let mut done = world
            .db
            .write(move |tx| -> casework::Result<Vec<String>> {
                let begin =
                    |(i, draft): &(usize, Draft)| attempt::begin(tx, &mut draw(at, 2 * BEYOND + i), SERVICE, draft);
                drafts.iter().map(begin).collect()
            })
            .await?;
        tokens.append(&mut done);
    }
    Ok(tokens)
}
