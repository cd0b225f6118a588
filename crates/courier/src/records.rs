//! Tells agencies' records systems what happened: rows of their outbox, sent as signed webhooks, in order within a report and
//! within a crime. The other side knows a webhook that comes twice by its id, so what may have arrived is sent again.

use crate::{
    again,
    courier::{Bell, HOUSE, SETTLE},
    lanes::{self, Lanes, Stopped},
    sign::{Secret, signatures},
};
use casework::{Clock, Draw, Rng};
use reqwest::{
    Client, Response, StatusCode, Url,
    header::{CONTENT_TYPE, HeaderValue, USER_AGENT},
    redirect::Policy,
};
use std::{
    collections::BTreeMap,
    fmt,
    net::IpAddr,
    str::FromStr,
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};
use store::{
    Db, Error, Time,
    hook::{self, Hook, State},
};
use telemetry::{Count, Family, Reading, Source, Spread, Stopwatch};
use tokio::time::sleep;
use uuid::Uuid;

/// How long a claim holds. Longer than an exchange and its settling, or a running one would be taken back and sent twice.
const LEASE_SECONDS: i64 = 5 * 60;
/// To connect, and for a whole exchange with its answer.
const CONNECT: Duration = Duration::from_secs(5);
const PATIENCE: Duration = Duration::from_secs(15);
/// A line is kept open between webhooks that follow each other; longer, and the other side may have hung up unseen.
const IDLE: Duration = Duration::from_secs(3);
/// Nothing in an answer is of use here: so much of it is read, that the other side is not hung up on.
const ANSWER: usize = 16 * 1024;

/// Where the records system of an agency listens, and what it knows our webhooks by.
#[derive(Clone, Debug)]
pub struct Line {
    pub at: Address,
    /// One, or two while they change.
    pub secrets: Vec<Secret>,
}

/// An address of the configuration; nothing that came in is ever part of one. Never printed: a path may be a secret.
#[derive(Clone, PartialEq, Eq)]
pub struct Address(Url);

#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error(
    "expected an address such as https://records.example/hooks, without user, password or #; http on this machine alone"
)]
pub struct BadAddress;

/// The one client of the house cannot be made: TLS is not set up.
#[derive(Debug, thiserror::Error)]
#[error("cannot send webhooks: {0}")]
pub struct Unready(pub(crate) reqwest::Error);

/// What became of a try.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Told {
    Taken,
    /// The other side is away, slow or broken: the line rests, and nothing is given up.
    Down(String),
    /// The other side refuses this one. The others go on.
    Refused(String),
}

/// A line that is down rests until then, however many wait for it.
#[derive(Clone, Copy, Debug, Default)]
struct Rest {
    fails: i64,
    until: Option<Time>,
}

/// Sends what agencies' records systems are to be told. Clones share everything; several nodes may run at once.
#[derive(Clone)]
pub struct Records {
    db: Db,
    lines: Arc<BTreeMap<String, Line>>,
    client: Client,
    clock: Arc<dyn Clock>,
    rng: Arc<dyn Rng>,
    bell: Bell,
    rests: Arc<Mutex<BTreeMap<String, Rest>>>,
    figures: Arc<Figures>,
    patience: Duration,
}

#[derive(Default)]
struct Figures {
    told: [Count; 3],
    took: Spread,
    panics: Count,
}

const TOLD: Family = Family::counter(
    "moothall_hooks_tried",
    "Webhooks tried by this process, by what became of them: taken, down (the other side is away or broken), refused",
);
const TOOK: Family = Family::histogram("moothall_hook_duration", "How long the exchange with a records system took");
const PANICS: Family = Family::counter("moothall_panics", "Panics that were caught, by where");

impl Address {
    pub(crate) fn url(&self) -> &Url {
        &self.0
    }
}

impl fmt::Debug for Address {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Address(…)")
    }
}

impl Address {
    /// For the one who sends there; shown to nobody else.
    pub(crate) fn text(&self) -> &str {
        self.0.as_str()
    }
}

impl FromStr for Address {
    type Err = BadAddress;

    fn from_str(text: &str) -> Result<Address, BadAddress> {
        let url: Url = text.parse().map_err(|_| BadAddress)?;
        let bare = url.username().is_empty() && url.password().is_none() && url.fragment().is_none();
        let safe = match url.scheme() {
            "https" => url.host_str().is_some(),
            "http" => url.host_str().is_some_and(is_this_machine),
            _ => false,
        };
        if bare && safe { Ok(Address(url)) } else { Err(BadAddress) }
    }
}

fn is_this_machine(host: &str) -> bool {
    let address: Option<IpAddr> = host.trim_matches(['[', ']']).parse().ok();
    host == "localhost" || address.is_some_and(|address| address.is_loopback())
}

impl Told {
    const NAMES: [&str; 3] = ["taken", "down", "refused"];

    const fn number(&self) -> usize {
        match self {
            Told::Taken => 0,
            Told::Down(_) => 1,
            Told::Refused(_) => 2,
        }
    }

    fn problem(&self) -> Option<&str> {
        match self {
            Told::Taken => None,
            Told::Down(problem) | Told::Refused(problem) => Some(problem),
        }
    }
}

impl Records {
    /// `lines` by id of the agency. `bell` is its own, rung for all of them at once: `bell.notify_waiters()`.
    pub fn new(
        db: Db,
        lines: BTreeMap<String, Line>,
        clock: Arc<dyn Clock>,
        rng: Arc<dyn Rng>,
        bell: Bell,
    ) -> Result<Records, Unready> {
        let client = Client::builder()
            .redirect(Policy::none())
            .no_proxy()
            .connect_timeout(CONNECT)
            .pool_idle_timeout(IDLE)
            .pool_max_idle_per_host(1)
            .build()
            .map_err(Unready)?;
        let (rests, figures) = (Arc::default(), Arc::default());
        Ok(Records { db, lines: Arc::new(lines), client, clock, rng, bell, rests, figures, patience: PATIENCE })
    }

    /// An exchange that takes longer has failed.
    pub fn patient(self, patience: Duration) -> Records {
        Records { patience, ..self }
    }

    /// Sends one that is due to this agency's system, and says what became of it; nothing where none is due, or the line
    /// rests.
    pub async fn step(&self, agency: &str) -> Result<Option<Told>, Error> {
        let Some(line) = self.lines.get(agency) else { return Ok(None) };
        let mut draw = Draw::from(&*self.clock, &*self.rng);
        let (now, claim) = (draw.now(), draw.id());
        if self.rest(agency).until.is_some_and(|until| until > now) {
            return Ok(None);
        }
        let (lease, whose) = (now.plus_seconds(LEASE_SECONDS), agency.to_owned());
        let claimed = self.db.write(move |tx| hook::claim(&HOUSE, tx, &whose, claim, now, lease)).await?;
        let Some(hook) = claimed else { return Ok(None) };
        let since = Stopwatch::start();
        let told = self.send(line, &hook, now).await;
        self.figures.took.took(since.elapsed());
        self.figures.told[told.number()].one();
        self.settle(&hook, claim, &told).await;
        Ok(Some(told))
    }

    fn rest(&self, agency: &str) -> Rest {
        self.rests.lock().unwrap_or_else(PoisonError::into_inner).get(agency).copied().unwrap_or_default()
    }

    async fn send(&self, line: &Line, hook: &Hook, now: Time) -> Told {
        let (id, seconds) = (format!("msg_{}", hook.id.simple()), now.micros().div_euclid(1_000_000));
        let signed = signatures(&line.secrets, &id, seconds, &hook.body);
        let request = self
            .client
            .post(line.at.0.clone())
            .timeout(self.patience)
            .header(USER_AGENT, "moothall")
            .header(CONTENT_TYPE, HeaderValue::from_static("application/json"))
            .header("webhook-id", id)
            .header("webhook-timestamp", seconds)
            .header("webhook-signature", signed)
            .body(hook.body.clone());
        match request.send().await {
            Ok(answer) => {
                let status = answer.status();
                read_away(answer).await;
                judged(status)
            }
            // The error itself names the address.
            Err(error) if error.is_timeout() => Told::Down("it takes too long".to_owned()),
            Err(error) if error.is_connect() => Told::Down("cannot connect to it".to_owned()),
            Err(_) => Told::Down("it hung up, or its answer is not HTTP".to_owned()),
        }
    }

    /// Writes down what became of it, and lets the line rest or go on.
    async fn settle(&self, hook: &Hook, claim: Uuid, told: &Told) {
        let (now, seed) = (self.clock.now(), self.rng.seed());
        let (state, at) = match told {
            Told::Taken => (State::Sent, now),
            Told::Down(_) => (State::Waiting, now),
            Told::Refused(_) => match again::wait(hook.tries, seed) {
                Some(seconds) => (State::Waiting, now.plus_seconds(seconds)),
                None => (State::Dead, now),
            },
        };
        {
            let mut rests = self.rests.lock().unwrap_or_else(PoisonError::into_inner);
            let rest = rests.entry(hook.agency.clone()).or_default();
            *rest = match told {
                Told::Down(_) => {
                    let fails = rest.fails.saturating_add(1);
                    Rest { fails, until: Some(now.plus_seconds(again::probe(fails, seed))) }
                }
                Told::Taken | Told::Refused(_) => Rest::default(),
            };
        }
        let (id, problem) = (hook.id, told.problem().map(str::to_owned));
        for wait in SETTLE {
            sleep(Duration::from_secs(wait)).await;
            let text = problem.clone();
            let write = move |tx: &mut store::Tx| hook::settle(&HOUSE, tx, id, claim, state, at, text.as_deref());
            match self.db.write(write).await {
                Ok(()) => {
                    tracing::info!(hook = %id, %claim, state = state.name(), problem, "settled");
                    break;
                }
                Err(Error::Stale) => {
                    tracing::warn!(hook = %id, "the claim ran out before it was settled");
                    break;
                }
                Err(error) => tracing::error!(hook = %id, %error, "cannot settle"),
            }
        }
    }

    /// Claims whose sender died wait again.
    pub async fn take_back_lost_claims(&self) -> Result<u64, Error> {
        let now = self.clock.now();
        self.db.write(move |tx| hook::take_back_lost_claims(&HOUSE, tx, now)).await
    }

    /// Sends what is due until `shutdown` completes, each agency's one after the other; what is on its way then ends.
    pub async fn run(&self, shutdown: impl Future<Output = ()>) {
        lanes::run(self, shutdown).await;
    }
}

impl Lanes for Records {
    const TO: &'static str = "a records system";
    const LOOK: Duration = Duration::from_secs(3);

    fn agencies(&self) -> Vec<String> {
        self.lines.keys().cloned().collect()
    }

    fn bell(&self) -> &Bell {
        &self.bell
    }

    async fn take_back(&self) -> Result<u64, Error> {
        self.take_back_lost_claims().await
    }

    fn panicked(&self) {
        self.figures.panics.one();
    }

    async fn all_due(&self, agency: &str, stopped: &Stopped) {
        while !*stopped.borrow() {
            match self.step(agency).await {
                Ok(Some(_)) => {}
                Ok(None) => return,
                Err(error) => {
                    tracing::error!(%error, "cannot claim a webhook");
                    return;
                }
            }
        }
    }
}

/// What a status says. A redirect is followed nowhere: the address is the configuration's alone.
fn judged(status: StatusCode) -> Told {
    match status.as_u16() {
        200..=299 => Told::Taken,
        code @ (408 | 425 | 429) => Told::Down(format!("it answered {code}")),
        code @ 400..=499 => Told::Refused(format!("it answered {code}")),
        code @ 300..=399 => Told::Down(format!("it answered {code}: it sends us elsewhere, and we do not go")),
        code => Told::Down(format!("it answered {code}")),
    }
}

/// What it says after the status does not change what it has said.
async fn read_away(mut answer: Response) {
    let mut read = 0;
    while let Ok(Some(piece)) = answer.chunk().await {
        read += piece.len();
        if read > ANSWER {
            return;
        }
    }
}

impl Source for Records {
    fn readings(&self, out: &mut Vec<Reading>) {
        let figures = &self.figures;
        let told = Told::NAMES.iter().zip(&figures.told);
        out.extend(told.map(|(fate, count)| TOLD.is(&[("fate", fate)], count.get())));
        out.extend([TOOK.is(&[], &figures.took), PANICS.is(&[("where", "hook")], figures.panics.get())]);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_https_or_on_this_machine() {
        for text in [
            "https://records.example/hooks/moothall",
            "https://records.example:8443/h?code=1",
            "http://127.0.0.1:9000/h",
            "http://[::1]:9000/",
            "http://localhost/",
        ] {
            assert!(text.parse::<Address>().is_ok(), "{text}");
        }
        for text in [
            "",
            "records.example",
            "http://records.example/",
            "http://127.0.0.1.example/",
            "http://10.0.0.1/",
            "https://user:hunter2@records.example/",
            "https://records.example/#part",
            "file:///etc/passwd",
            "https://",
        ] {
            let refused = text.parse::<Address>().unwrap_err();
            assert!(!refused.to_string().contains("hunter2"), "{text}");
        }
        assert_eq!(format!("{:?}", "https://records.example/hunter2".parse::<Address>().unwrap()), "Address(…)");
    }

    #[test]
    fn a_claim_lasts_longer_than_the_slowest_exchange_and_its_settling() {
        let settling: u64 = SETTLE.iter().sum();
        let slowest = CONNECT + PATIENCE + Duration::from_secs(settling);
        assert!(slowest + Duration::from_secs(30) < Duration::from_secs(LEASE_SECONDS as u64), "{slowest:?}");
    }

    #[test]
    fn a_status_says_whether_it_was_taken_is_refused_or_the_line_is_down() {
        let of = |code: u16| judged(StatusCode::from_u16(code).unwrap()).number();
        assert!([200, 201, 202, 204].into_iter().all(|code| of(code) == 0));
        assert!([301, 302, 307, 408, 425, 429, 500, 502, 503].into_iter().all(|code| of(code) == 1));
        assert!([400, 401, 403, 404, 409, 410, 422].into_iter().all(|code| of(code) == 2));
    }
}
