//! What a decision on a missed collection says to people (C-28).

use crate::page::when;
use catalogue::{Agency, Missed};
use collection::Stand;
use jiff::Timestamp;
use store::Time;

fn time(at: Timestamp) -> Time {
    Time(at.as_microsecond())
}

pub fn moment(at: Timestamp) -> String {
    when::moment(time(at))
}

pub fn by(at: Timestamp) -> String {
    when::by(time(at))
}

/// Why it can or cannot be reported, in a sentence or two.
pub fn stand(stand: &Stand, agency: &Agency, kind: &str) -> String {
    match stand {
        Stand::Allowed { until } => format!("You can tell us until {}.", by(*until)),
        Stand::TooEarly { from, telephone } => {
            let from = match from {
                Some(from) => format!("If it is still there, tell us from {}.", moment(*from)),
                None => "You can tell us when the crew has been.".to_owned(),
            };
            let call = match agency.phone.as_ref().filter(|_| *telephone) {
                Some(phone) => format!(" If you cannot wait, call {phone}."),
                None => String::new(),
            };
            format!("The crew may still come. {from}{call}")
        }
        Stand::TooLate { since } => {
            format!("It is too late to report the last one. You could tell us until {}.", by(*since))
        }
        Stand::AlreadyReported { on } => format!("It was reported on {}. We are dealing with it.", when::date(*on)),
        Stand::CrewRecorded { outcome, reason } => {
            let known = agency.missed.as_ref().and_then(|rules| rules.words(outcome, reason.as_deref(), kind));
            known.unwrap_or("The crew was there and told us why it could not take all of it.").to_owned()
        }
        Stand::Delayed => "The crew is late. Please leave it out: we still come.".to_owned(),
        Stand::NoCollectionKnown => "There was no collection lately that could have been missed.".to_owned(),
    }
}

/// What a record means to people; a code that nobody has put in words is not shown.
pub fn record(record: &collection::Record, rules: Option<&Missed>, kind: &str) -> String {
    let at = moment(record.at);
    let words = rules.and_then(|rules| rules.words(&record.outcome, record.reason.as_deref(), kind));
    match (record.outcome.as_str(), words) {
        ("completed", None) => format!("The crew was there on {at}."),
        (_, Some(words)) => format!("{words} The crew was there on {at}."),
        (_, None) => format!("The crew left word on {at}."),
    }
}
