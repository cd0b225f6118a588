//! What the courier counts, for operators: by message and by what became of it, never by whom it was for.

use crate::{Courier, Fate, alert_mail, words::Message};
use telemetry::{Count, Family, Level, Reading, Source, Spread};

/// A delivery whose message is not one of ours.
pub(crate) const NO_MESSAGE: &str = "other";
const FATES: usize = 4;

#[derive(Default)]
pub(crate) struct Figures {
    settled: [[Count; FATES]; Message::ALL.len() + alert_mail::NAMES.len() + 1],
    pub running: Level,
    pub took: Spread,
    pub given_up: Count,
    pub panics: Count,
}

const SETTLED: Family = Family::counter(
    "moothall_deliveries",
    "Messages settled by this process, by message and by what became of it: sent, to be tried again, given up (dead), kept back \
     by the contact gate (held)",
);
const RUNNING: Family = Family::gauge("moothall_deliveries_running", "Messages on their way");
const TOOK: Family = Family::histogram("moothall_delivery_duration", "How long the exchange with the mail server took");
const GIVEN_UP: Family = Family::counter(
    "moothall_deliveries_given_up",
    "Messages whose sender died on the way: they may have been sent, and staff decide",
);
const PANICS: Family = Family::counter("moothall_panics", "Panics that were caught, by where");

impl Figures {
    pub fn settled(&self, template: &str, fate: &Fate) {
        let message = names().position(|name| name == template).unwrap_or(self.settled.len() - 1);
        self.settled[message][fate.number()].one();
    }
}

/// All messages we write.
fn names() -> impl Iterator<Item = &'static str> {
    Message::ALL.iter().map(|(_, name)| *name).chain(alert_mail::NAMES)
}

impl Fate {
    const NAMES: [&str; FATES] = ["sent", "again", "dead", "held"];

    const fn number(&self) -> usize {
        match self {
            Fate::Sent => 0,
            Fate::Again(_) | Fate::Waits(_) => 1,
            Fate::Dead(_) | Fate::Refused(_) => 2,
            Fate::Held(_) => 3,
        }
    }

    pub(crate) const fn name(&self) -> &'static str {
        Fate::NAMES[self.number()]
    }
}

impl Source for Courier {
    fn readings(&self, out: &mut Vec<Reading>) {
        let figures = &self.figures;
        for (name, fates) in names().chain([NO_MESSAGE]).zip(&figures.settled) {
            let fates = Fate::NAMES.iter().zip(fates);
            out.extend(fates.map(|(fate, count)| SETTLED.is(&[("message", name), ("fate", fate)], count.get())));
        }
        out.extend([
            RUNNING.is(&[], figures.running.get()),
            TOOK.is(&[], &figures.took),
            GIVEN_UP.is(&[], figures.given_up.get()),
            PANICS.is(&[("where", "delivery")], figures.panics.get()),
        ]);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_message_has_its_place_and_any_other_has_one() {
        for (at, (message, name)) in Message::ALL.iter().enumerate() {
            assert_eq!(*message as usize, at);
            assert_ne!(*name, NO_MESSAGE);
        }
        let figures = Figures::default();
        figures.settled("robin@example.org", &Fate::Dead("451".into()));
        assert_eq!(figures.settled.last().unwrap()[2].get(), 1);
    }
}
