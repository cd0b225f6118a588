//! Claims a delivery, sends it, settles it.

use crate::{
    again, compose,
    figures::{Figures, NO_MESSAGE},
    gate::{self, Closed},
    letter::letter,
    smtp::{self, Smtp},
    words::Message,
};
use casework::{
    Clock, Draw, Rng, Setting,
    alerts::{own, telling},
    contact::notice,
    report::reply,
};
use rights::Actor;
use std::{sync::Arc, time::Duration};
use store::{
    Db, Error, Time,
    delivery::{self, Delivery, State},
};
use telemetry::{Kind, Root, Span, Stopwatch, Tracer, within};
use tokio::sync::Notify;
use uuid::Uuid;

/// How long a claim holds. Longer than a whole exchange and its settling, or a running one would be given up.
pub const LEASE_SECONDS: i64 = 10 * 60;
/// Waits between tries to settle, in seconds: a mail that was sent and cannot be settled ends as "may have been sent".
pub(crate) const SETTLE: [u64; 8] = [0, 1, 2, 5, 10, 20, 30, 60];

/// Alerts that nobody is to have any more, taken out of the outbox in one claim.
const MOST_TAKEN_BACK: usize = 100;

pub(crate) const HOUSE: Actor = Actor::House("courier");

/// Rung after a commit that may have put something in the outbox: `bell.notify_one()`.
pub type Bell = Arc<Notify>;

/// Where mail goes.
#[derive(Clone, Debug)]
pub enum Post {
    Smtp(Smtp),
    /// Nothing leaves: what would have been sent is marked sent, and the demonstration's outbox shows it.
    Demonstration,
}

/// What became of one delivery.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fate {
    Sent,
    /// It waits for its next try. The text is the reason, for staff: nothing personal.
    Again(String),
    /// It waits for the hours in which it may go.
    Waits(Time),
    /// Staff decide what to do.
    Dead(String),
    /// The same; the server will take nothing for this address.
    Refused(String),
    /// The contact gate keeps it back (P-55).
    Held(String),
}

/// Sends what is in the outbox. Clones share everything; several, in one process or on several nodes, may run at once.
#[derive(Clone)]
pub struct Courier {
    pub db: Db,
    pub setting: Arc<Setting>,
    pub post: Post,
    pub clock: Arc<dyn Clock>,
    pub rng: Arc<dyn Rng>,
    bell: Bell,
    pub(crate) figures: Arc<Figures>,
    tracer: Option<Tracer>,
}

/// A delivery that is ours until its lease ends.
pub(crate) struct Claimed {
    pub delivery: Delivery,
    pub claim: Uuid,
    passage: Result<(), Closed>,
}

impl Courier {
    /// `bell` is shared with those who write deliveries.
    pub fn new(
        db: Db,
        setting: Arc<Setting>,
        post: Post,
        clock: Arc<dyn Clock>,
        rng: Arc<dyn Rng>,
        bell: Bell,
    ) -> Courier {
        Courier { db, setting, post, clock, rng, bell, figures: Arc::default(), tracer: None }
    }

    /// Each delivery is a span.
    pub fn traced(self, tracer: Option<Tracer>) -> Courier {
        Courier { tracer, ..self }
    }

    pub fn bell(&self) -> Bell {
        self.bell.clone()
    }

    /// Sends one delivery that is due, and says what became of it; nothing where none is due.
    ///
    /// Dropped in the middle, it leaves its claim, which is given up when the lease ends.
    pub async fn step(&self) -> Result<Option<Fate>, Error> {
        match self.claim().await? {
            Some(claimed) => Ok(Some(self.deliver(claimed).await)),
            None => Ok(None),
        }
    }

    /// Takes the next one that is due, and asks the contact gate in the same transaction.
    pub(crate) async fn claim(&self) -> Result<Option<Claimed>, Error> {
        let mut draw = Draw::from(&*self.clock, &*self.rng);
        let (now, claim) = (draw.now(), draw.id());
        let setting = self.setting.clone();
        self.db
            .write(move |tx| {
                let lease = now.plus_seconds(LEASE_SECONDS);
                // What may not go any more is taken back on the way to the next.
                for _ in 0..MOST_TAKEN_BACK {
                    let Some(delivery) = delivery::claim(&HOUSE, tx, claim, now, lease)? else { return Ok(None) };
                    if !telling::is_ours(&delivery) {
                        let passage = gate::ask(&HOUSE, tx, &setting, &delivery, now)?;
                        let mut delivery = delivery;
                        if passage.is_ok()
                            && let Some(to) = reply::invite(tx, &setting, &delivery, now)?
                            && let Some(facts) = delivery.facts.as_object_mut()
                        {
                            facts.insert("reply".to_owned(), to.into());
                        }
                        return Ok(Some(Claimed { delivery, claim, passage }));
                    }
                    match telling::may_go_now(tx, &setting, &delivery, now)? {
                        Some(facts) => {
                            let delivery = Delivery { facts, ..delivery };
                            return Ok(Some(Claimed { delivery, claim, passage: Ok(()) }));
                        }
                        None => store::alert::take_back(&HOUSE, tx, delivery.id)?,
                    }
                }
                Ok(None)
            })
            .await
    }

    /// Sends what is claimed, outside any transaction, and settles it.
    pub(crate) async fn deliver(&self, claimed: Claimed) -> Fate {
        let _running = self.figures.running.held();
        let template = claimed.delivery.template.clone();
        let mut span = self.begin(&claimed);
        let work = self.carry(claimed);
        let fate = match &span {
            Some(span) => span.around(work).await,
            None => work.await,
        };
        if let Some(span) = &mut span {
            span.note("moothall.fate", fate.name());
        }
        self.figures.settled(&template, &fate);
        fate
    }

    /// Under the id of the claim, since a delivery may be tried more than once.
    fn begin(&self, claimed: &Claimed) -> Option<Span> {
        let (name, id) = (("mail.deliver", ""), *claimed.claim.as_bytes());
        let at = self.clock.now().micros();
        let mut span = self.tracer.as_ref()?.begin(Root { name, kind: Kind::Internal, id, at, parent: None })?;
        span.note("moothall.message", Message::named(&claimed.delivery.template).map_or(NO_MESSAGE, Message::name));
        Some(span)
    }

    async fn carry(&self, claimed: Claimed) -> Fate {
        let fate = match claimed.passage {
            Ok(()) => self.send(&claimed.delivery).await,
            Err(Closed::Until(at)) => Fate::Waits(at),
            Err(closed) => Fate::Held(closed.to_string()),
        };
        let tries = if telling::is_ours(&claimed.delivery) {
            // News is given up by its age and not by tries: an outage may be longer than three days (C-59).
            claimed.delivery.tries.min(again::LAST)
        } else {
            claimed.delivery.tries
        };
        self.settle(claimed.delivery.id, claimed.claim, tries, fate).await
    }

    async fn send(&self, delivery: &Delivery) -> Fate {
        let mail = match compose(&self.setting, delivery) {
            Ok(mail) => mail,
            Err(unwritable) => return Fate::Dead(unwritable.to_string()),
        };
        let smtp = match &self.post {
            Post::Demonstration => return Fate::Sent,
            Post::Smtp(smtp) => smtp,
        };
        let from = match smtp.sender() {
            Ok(from) => from,
            Err(misconfigured) => return Fate::Again(misconfigured.to_string()),
        };
        match letter(&mail, &from, &smtp.from_name, self.clock.now()) {
            Ok(letter) => {
                // A neutral mail says nothing that another does not, and its envelope neither (P-51).
                let back = notice::address(&self.setting, delivery.id).filter(|_| !mail.neutral);
                let letter = match back.as_deref().and_then(crate::mail::address) {
                    Some(back) => letter.given_back_to(back),
                    None => letter,
                };
                let since = Stopwatch::start();
                let exchange = smtp::hand_over(smtp, &from, &letter);
                let fate = within("mail.hand_over", Kind::Client, exchange, |_, _| ()).await;
                self.figures.took.took(since.elapsed());
                fate
            }
            Err(unwritable) => Fate::Dead(unwritable.to_string()),
        }
    }

    /// Writes down what became of it. A sent mail must not be forgotten because the database is away for a moment.
    async fn settle(&self, id: Uuid, claim: Uuid, tries: i64, fate: Fate) -> Fate {
        let draw = Draw::from(&*self.clock, &*self.rng);
        let (state, at, fate) = next(draw.now(), tries, fate, self.rng.seed());
        let problem = fate.problem().map(str::to_owned);
        let bounced = matches!(fate, Fate::Refused(_));
        for wait in SETTLE {
            tokio::time::sleep(Duration::from_secs(wait)).await;
            let text = problem.clone();
            let draw = draw.clone();
            let write = move |tx: &mut store::Tx| {
                delivery::settle(&HOUSE, tx, id, claim, state, at, text.as_deref())?;
                if bounced { own::bounced(tx, &mut draw.clone(), id) } else { Ok(()) }
            };
            match self.db.write(write).await {
                Ok(()) => {
                    tracing::info!(delivery = %id, %claim, state = state.name(), problem, "settled");
                    break;
                }
                Err(Error::Stale) => {
                    tracing::warn!(delivery = %id, "the claim ran out before it was settled");
                    break;
                }
                Err(error) => tracing::error!(delivery = %id, %error, "cannot settle"),
            }
        }
        fate
    }

    /// Gives up claims whose sender died. Our own running ones have not run out: see [`LEASE_SECONDS`].
    pub(crate) async fn give_up_lost_claims(&self) -> Result<u64, Error> {
        let now = self.clock.now();
        self.db.write(move |tx| delivery::give_up_lost_claims(&HOUSE, tx, now)).await
    }
}

/// The state that follows from a fate, and when it is due again.
fn next(now: Time, tries: i64, fate: Fate, seed: [u8; 32]) -> (State, Time, Fate) {
    match fate {
        Fate::Again(problem) => match again::wait(tries, seed) {
            Some(seconds) => (State::Waiting, now.plus_seconds(seconds), Fate::Again(problem)),
            None => (State::Dead, now, Fate::Dead(format!("given up after three days: {problem}"))),
        },
        Fate::Waits(at) => (State::Waiting, at, fate),
        Fate::Sent => (State::Sent, now, fate),
        Fate::Dead(_) | Fate::Refused(_) => (State::Dead, now, fate),
        Fate::Held(_) => (State::Held, now, fate),
    }
}

impl Fate {
    /// The reason staff read.
    pub fn problem(&self) -> Option<&str> {
        match self {
            Fate::Sent | Fate::Waits(_) => None,
            Fate::Again(problem) | Fate::Dead(problem) | Fate::Refused(problem) | Fate::Held(problem) => Some(problem),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Patience;

    #[test]
    fn a_claim_lasts_longer_than_the_slowest_exchange_and_its_settling() {
        let settling: u64 = SETTLE.iter().sum();
        let slowest = Patience::default().whole() + Duration::from_secs(settling);
        assert!(slowest + Duration::from_secs(30) < Duration::from_secs(LEASE_SECONDS as u64), "{slowest:?}");
    }

    #[test]
    fn what_failed_for_three_days_is_dead_and_says_why() {
        let (state, _, fate) = next(Time(0), 99, Fate::Again("451".into()), [0; 32]);
        assert_eq!(state, State::Dead);
        assert_eq!(fate.problem(), Some("given up after three days: 451"));
    }

    #[test]
    fn what_waits_for_its_hours_is_neither_given_up_nor_left_to_staff() {
        let morning = Time(1_000_000);
        let (state, at, fate) = next(Time(5), 17, Fate::Waits(morning), [0; 32]);
        assert_eq!((state, at, fate.problem()), (State::Waiting, morning, None));
    }
}
