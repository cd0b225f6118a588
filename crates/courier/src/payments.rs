//! Asks agencies' gateways for what people pay: begins payments, looks how they stand, gives up what lapsed, gives back. Outside of
//! any request and of any transaction; what may have arrived is said again under the same key.

use crate::{
    again,
    courier::{Bell, SETTLE},
    gateway::{Ask, Begun, Gateway, Trouble},
    lanes::{self, Lanes, Stopped},
};
use casework::{
    Clock, Draw, Rng, Setting,
    report::payment::{self, Answer},
};
use std::{collections::BTreeMap, sync::Arc, time::Duration};
use store::{
    Db, Time,
    payment::{Payment, State},
    report::Head,
};
use telemetry::{Count, Family, Reading, Source};
use tokio::time::sleep;

/// How long a claim holds. Longer than two exchanges and their settling.
const LEASE_SECONDS: i64 = 5 * 60;
/// A person waits at the page: a gateway that is down is asked again sooner than an outbox would.
const FIRST_TRIES: i64 = 3;
const SOON_SECONDS: i64 = 5;

/// Gateways by id of the agency.
pub type Gateways = BTreeMap<String, Arc<dyn Gateway>>;

/// Clones share everything; several nodes may run at once.
#[derive(Clone)]
pub struct Payments {
    db: Db,
    setting: Arc<Setting>,
    gateways: Arc<Gateways>,
    clock: Arc<dyn Clock>,
    rng: Arc<dyn Rng>,
    bell: Bell,
    figures: Arc<[Count; 6]>,
}

const ASKED: Family = Family::counter(
    "moothall_payments_asked",
    "Answers of gateways, by what they came to: begun, waits, taken, ended, given_back, down",
);
const NAMES: [&str; 6] = ["begun", "waits", "taken", "ended", "given_back", "down"];

fn number(answer: &Answer) -> usize {
    match answer {
        Answer::Begun { .. } => 0,
        Answer::Waits => 1,
        Answer::Taken => 2,
        Answer::Ended(_) => 3,
        Answer::GivenBack => 4,
        Answer::Down { .. } => 5,
    }
}

impl Payments {
    /// `bell` is rung for all agencies at once: `bell.notify_waiters()`.
    pub fn new(
        db: Db,
        setting: Arc<Setting>,
        gateways: Gateways,
        clock: Arc<dyn Clock>,
        rng: Arc<dyn Rng>,
        bell: Bell,
    ) -> Payments {
        Payments { db, setting, gateways: Arc::new(gateways), clock, rng, bell, figures: Arc::default() }
    }

    /// Does what one payment of the agency waits for; nothing where none waits.
    pub async fn step(&self, agency: &str) -> Result<Option<Answer>, casework::Error> {
        let Some(gateway) = self.gateways.get(agency) else { return Ok(None) };
        let mut draw = Draw::from(&*self.clock, &*self.rng);
        let (now, claim, whose) = (draw.now(), draw.id(), agency.to_owned());
        let lease = now.plus_seconds(LEASE_SECONDS);
        let claimed = self.db.write(move |tx| payment::claim(tx, &whose, claim, now, lease)).await?;
        let Some((row, head)) = claimed else { return Ok(None) };
        let answer = self.ask(&**gateway, &row, &head, now).await;
        self.figures[number(&answer)].one();
        for wait in SETTLE {
            sleep(Duration::from_secs(wait)).await;
            let (setting, draw) = (self.setting.clone(), Draw::from(&*self.clock, &*self.rng));
            let (row, said) = (row.clone(), answer.clone());
            let write =
                move |tx: &mut store::Tx| payment::answered(tx, &setting, &mut draw.clone(), (&row, claim), &said);
            match self.db.write(write).await {
                Ok(()) => break,
                Err(casework::Error::Stale) => {
                    tracing::warn!(payment = %claim, "the claim ran out before it was settled");
                    break;
                }
                Err(error) => tracing::error!(%error, "cannot settle a payment"),
            }
        }
        Ok(Some(answer))
    }

    async fn ask(&self, gateway: &dyn Gateway, row: &Payment, head: &Head, now: Time) -> Answer {
        let asked = match (row.state, &row.gateway_id) {
            (State::Asking, _) => self.begin(gateway, row, head).await,
            (State::Refunding, Some(id)) => give_back(gateway, id, row.amount).await,
            (_, Some(id)) => self.look(gateway, id, row, head, now).await,
            (_, None) => Err(Trouble::Refused("it has no such payment".to_owned())),
        };
        match asked {
            Ok(answer) => answer,
            // What the gateway will not begin has not been taken. What it has in hand is asked for until it says how it stands.
            Err(Trouble::Refused(why)) if row.state == State::Asking => Answer::Ended(why),
            Err(Trouble::Refused(problem) | Trouble::Down(problem)) => {
                let seconds = match row.tries {
                    tries if tries <= FIRST_TRIES => SOON_SECONDS,
                    tries => again::probe(tries - FIRST_TRIES, self.rng.seed()),
                };
                Answer::Down { problem, seconds }
            }
        }
    }

    async fn begin(&self, gateway: &dyn Gateway, row: &Payment, head: &Head) -> Result<Answer, Trouble> {
        let key = row.attempt.map(|attempt| attempt.to_string()).unwrap_or_default();
        let ask = Ask {
            key,
            amount: row.amount,
            reference: head.reference.clone(),
            description: row.what.clone(),
            return_url: format!("{}/track/{}/pay", self.setting.public_url, head.reference),
        };
        let Begun { id, next_url: url } = gateway.create(&ask).await?;
        Ok(Answer::Begun { id, url })
    }

    async fn look(
        &self,
        gateway: &dyn Gateway,
        id: &str,
        row: &Payment,
        head: &Head,
        now: Time,
    ) -> Result<Answer, Trouble> {
        let mut stands = gateway.look(id).await?;
        if !stands.finished && payment::lapsed(&self.setting, &head.service, row, now) {
            // It may be paid at this very moment: only the gateway's next word counts.
            match gateway.cancel(id).await {
                Ok(()) | Err(Trouble::Refused(_)) => stands = gateway.look(id).await?,
                Err(down) => return Err(down),
            }
        }
        if stands.amount != row.amount || stands.reference != head.reference {
            return Err(Trouble::Down(payment::ANOTHER.to_owned()));
        }
        Ok(match (stands.status.as_str(), stands.finished) {
            ("success", true) => Answer::Taken,
            (status, true) => Answer::Ended(status.chars().take(40).collect()),
            (_, false) => Answer::Waits,
        })
    }

    /// Asks until `shutdown` completes, each agency's one after the other; what is on its way then ends.
    pub async fn run(&self, shutdown: impl Future<Output = ()>) {
        lanes::run(self, shutdown).await;
    }
}

impl Lanes for Payments {
    const TO: &'static str = "a gateway";
    /// People who pay wait for it.
    const LOOK: Duration = Duration::from_secs(2);

    fn agencies(&self) -> Vec<String> {
        self.gateways.keys().cloned().collect()
    }

    fn bell(&self) -> &Bell {
        &self.bell
    }

    async fn all_due(&self, agency: &str, stopped: &Stopped) {
        while !*stopped.borrow() {
            match self.step(agency).await {
                Ok(Some(_)) => {}
                Ok(None) => return,
                Err(error) => {
                    tracing::error!(%error, "cannot claim a payment");
                    return;
                }
            }
        }
    }
}

/// Only what was never given back is given back.
async fn give_back(gateway: &dyn Gateway, id: &str, amount: i64) -> Result<Answer, Trouble> {
    if gateway.look(id).await?.given_back >= amount {
        return Ok(Answer::GivenBack);
    }
    gateway.refund(id, amount).await?;
    Ok(Answer::Waits)
}

impl Source for Payments {
    fn readings(&self, out: &mut Vec<Reading>) {
        out.extend(NAMES.iter().zip(&*self.figures).map(|(fate, count)| ASKED.is(&[("fate", fate)], count.get())));
    }
}
