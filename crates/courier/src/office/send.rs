//! What is told: one row of the outbox at a time.

use super::{
    BackOffice, Fate, LEASE_SECONDS, Offices,
    node::Node,
    talk::{Failed, ending},
};
use crate::{
    again,
    courier::{HOUSE, SETTLE},
};
use casework::report::office::{self, Given, Letter};
use serde_json::{Value as Json, json};
use std::time::Duration;
use store::{
    Time,
    sending::{self, Kind, Sending, Settled, State},
};
use tokio::time::sleep;
use uuid::Uuid;

/// Tries that staff see of one row.
const MOST_TRIED: usize = 20;
const TWICE: &str = "it gave a number that is another report’s";

/// What an exchange came to.
enum Came {
    Taken(Given),
    Promised(String),
    /// What it promised it does not know any more: it is told again.
    Forgotten,
    Void,
    Down(String),
    Refused(String),
}

impl Offices {
    /// Sends one that is due to this agency's back office, and says what became of it; nothing where none is due, or the line
    /// rests.
    pub async fn step(&self, agency: &str) -> Result<Option<Fate>, casework::Error> {
        let Some(line) = self.lines.get(agency) else { return Ok(None) };
        let mut draw = self.draw();
        let (now, claim) = (draw.now(), draw.id());
        if self.rests_until(agency).is_some_and(|until| until > now) {
            return Ok(None);
        }
        let (lease, whose) = (now.plus_seconds(LEASE_SECONDS), agency.to_owned());
        let claimed = self.db.write(move |tx| sending::claim(&HOUSE, tx, &whose, claim, now, lease)).await?;
        let Some(row) = claimed else { return Ok(None) };
        let (setting, of) = (self.setting.clone(), row.clone());
        let letter = self.db.read(move |tx| office::compose(&HOUSE, tx, &setting, &of)).await?;
        let came = match letter {
            Some(letter) => self.tell(line, &row, &letter).await,
            None => Came::Void,
        };
        let fate = self.settle(&row, claim, came).await;
        self.rest(agency, matches!(fate, Fate::Down(_)));
        Ok(Some(fate))
    }

    async fn tell(&self, line: &BackOffice, row: &Sending, letter: &Letter) -> Came {
        let format = self.setting.office(&row.agency).map(|office| office.format);
        let ending = ending(format.unwrap_or(catalogue::OfficeFormat::Xml));
        if let Some(token) = &row.token {
            let path = format!("{token}.{ending}");
            let jurisdiction = |(name, _): &&(String, String)| name == "jurisdiction_id";
            let fields: Vec<_> = letter.fields.iter().filter(jurisdiction).cloned().collect();
            return match self.get(line, &["tokens", &path], &fields).await {
                Ok((node, _)) => match given(&node, row.kind) {
                    Some(given) => Came::Taken(given),
                    None => Came::Promised(token.clone()),
                },
                Err(Failed::Refused(404 | 410, _)) => Came::Forgotten,
                Err(Failed::Refused(_, why) | Failed::Down(why)) => Came::Down(why),
            };
        }
        let path = match row.kind {
            Kind::Request => format!("requests.{ending}"),
            Kind::Update => format!("servicerequestupdates.{ending}"),
        };
        let Some(photos) = self.photos(letter).await else {
            return Came::Down("a photo of it cannot be read".to_owned());
        };
        match self.post(line, &[&path], (&letter.fields, &photos), &row.id.simple().to_string()).await {
            Ok(node) => match (given(&node, row.kind), promised(&node)) {
                (Some(given), _) => Came::Taken(given),
                (None, Some(token)) if row.kind == Kind::Request => Came::Promised(token),
                _ => Came::Down("it gave no number".to_owned()),
            },
            Err(Failed::Down(why)) => Came::Down(why),
            Err(Failed::Refused(_, why)) => Came::Refused(why),
        }
    }

    /// None where one of them cannot be read now: nothing goes without what belongs to it.
    async fn photos(&self, letter: &Letter) -> Option<Vec<Vec<u8>>> {
        let mut all = Vec::new();
        for photo in &letter.photos {
            all.push((self.give.as_ref()?)(photo.held, photo.version, photo.longest).await?);
        }
        Some(all)
    }

    /// Writes down what became of it.
    async fn settle(&self, row: &Sending, claim: Uuid, came: Came) -> Fate {
        let (now, seed) = (self.clock.now(), self.rng.seed());
        let wait = again::office(row.tries, seed);
        let later = |seconds: Option<i64>| now.plus_seconds(seconds.unwrap_or(again::office_longest()));
        let mut given = None;
        let (state, at, token, fate) = match came {
            Came::Taken(what) => {
                given = Some(what);
                (State::Sent, now, None, Fate::Taken)
            }
            Came::Void => (State::Void, now, None, Fate::Void),
            Came::Promised(token) => match wait {
                Some(seconds) => (State::Waiting, now.plus_seconds(seconds), Some(token), Fate::Promised),
                None => (State::Dead, now, None, Fate::Refused("it promised a number and has given none".to_owned())),
            },
            Came::Forgotten => (State::Waiting, later(wait), None, Fate::Promised),
            Came::Down(why) => (State::Waiting, later(wait), row.token.clone(), Fate::Down(why)),
            Came::Refused(why) => match wait {
                Some(seconds) => (State::Waiting, now.plus_seconds(seconds), None, Fate::Refused(why)),
                None => (State::Dead, now, None, Fate::Refused(why)),
            },
        };
        let settled = |fate: &Fate, state, at, token: &Option<String>| Settled {
            state,
            at,
            token: token.clone(),
            problem: problem(fate),
            tried: tried(&row.tried, now, fate),
        };
        let done = settled(&fate, state, at, &token);
        match self.write(row, claim, given, done).await {
            true => fate,
            false => {
                let refused = Fate::Refused(TWICE.to_owned());
                let (state, at) =
                    wait.map_or((State::Dead, now), |seconds| (State::Waiting, now.plus_seconds(seconds)));
                self.write(row, claim, None, settled(&refused, state, at, &None)).await;
                refused
            }
        }
    }

    /// False where the number it gave is another report's.
    async fn write(&self, row: &Sending, claim: Uuid, given: Option<Given>, settled: Settled) -> bool {
        for wait in SETTLE {
            sleep(Duration::from_secs(wait)).await;
            let (row, given, settled, draw) = (row.clone(), given.clone(), settled.clone(), self.draw());
            let (id, state) = (row.id, settled.state);
            let write = move |tx: &mut store::Tx| match &given {
                Some(given) => office::taken(&HOUSE, tx, &mut draw.clone(), (&row, claim), given, &settled),
                None => {
                    sending::settle(&HOUSE, tx, row.id, claim, &settled)?;
                    Ok::<_, casework::Error>(true)
                }
            };
            match self.db.write(write).await {
                Ok(kept) => {
                    // What it said may repeat what a resident wrote, and is in no log.
                    tracing::info!(sending = %id, state = state.name(), kept, "settled");
                    return kept;
                }
                Err(casework::Error::Stale) => {
                    tracing::warn!(sending = %id, "the claim ran out before it was settled");
                    return true;
                }
                Err(error) => tracing::error!(sending = %id, %error, "cannot settle"),
            }
        }
        true
    }
}

fn given(node: &Node, kind: Kind) -> Option<Given> {
    let field = match kind {
        Kind::Request => "service_request_id",
        Kind::Update => "update_id",
    };
    let record = node.records(&[field]).into_iter().find(|record| record.field(field).is_some())?;
    let id = record.field(field)?.to_owned();
    let customer_reference = record.extra("customer_reference").map(str::to_owned);
    Some(Given { id, customer_reference })
}

fn promised(node: &Node) -> Option<String> {
    let records = node.records(&["token"]);
    records.iter().find_map(|record| record.field("token")).map(str::to_owned)
}

fn problem(fate: &Fate) -> Option<String> {
    match fate {
        Fate::Down(why) | Fate::Refused(why) => Some(why.clone()),
        Fate::Taken | Fate::Promised | Fate::Void => None,
    }
}

fn tried(before: &Json, at: Time, fate: &Fate) -> Json {
    let said = match fate {
        Fate::Taken => "taken",
        Fate::Promised => "its number comes later",
        Fate::Void => "there was nothing to tell any more",
        Fate::Down(why) | Fate::Refused(why) => why,
    };
    let mut all = before.as_array().cloned().unwrap_or_default();
    all.push(json!({ "at": at, "said": said }));
    let newest = all.split_off(all.len().saturating_sub(MOST_TRIED));
    Json::from(newest)
}
