//! The one gate: whether, how and when a person may be contacted (P-53 to P-57). No other path to a resident exists.
//!
//! It fails closed: a record that cannot be read counts as "no channel is safe".

pub mod mailbox;
pub mod notice;
mod quiet;

use jiff::{Timestamp, civil::Weekday, tz::TimeZoneDatabase};
pub(crate) use quiet::{Quiet, after_quiet};
use serde::{Deserialize, Serialize};
use serde_json::Value as Json;
use store::Time;

/// The safe-contact record (P-54), in the form the person question stores it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Safe {
    pub channels: Vec<Channel>,
    /// Times when contact is safe, local time; none given means any time.
    #[serde(default)]
    pub windows: Vec<Window>,
    /// Channels never to be used, whatever else is said.
    #[serde(default)]
    pub never_via: Vec<Kind>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Channel {
    pub kind: Kind,
    pub address: String,
    pub safe: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    Email,
    Sms,
    Phone,
    Letter,
    Portal,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Window {
    pub days: Vec<Day>,
    /// Minutes after local midnight, 0 to 1440.
    pub from: u16,
    /// Later than `from`: a window does not pass midnight; two windows do.
    pub to: u16,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Day {
    Monday,
    Tuesday,
    Wednesday,
    Thursday,
    Friday,
    Saturday,
    Sunday,
}

impl Day {
    pub(crate) fn is(self, weekday: Weekday) -> bool {
        let mine = match self {
            Day::Monday => Weekday::Monday,
            Day::Tuesday => Weekday::Tuesday,
            Day::Wednesday => Weekday::Wednesday,
            Day::Thursday => Weekday::Thursday,
            Day::Friday => Weekday::Friday,
            Day::Saturday => Weekday::Saturday,
            Day::Sunday => Weekday::Sunday,
        };
        mine == weekday
    }
}

/// What the gate says of one message at one instant.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Passage {
    /// It may go now, to this address.
    Now(String),
    /// It may not go now, but in a window: a person decides; nothing waits by itself past what was agreed.
    Later,
    /// No channel of this kind is safe.
    Never,
    /// The person gave no address of this kind.
    NoAddress,
}

/// May a message of this kind go to the person at this instant? `record` is the contact row's, its `gate` part.
pub fn gate(record: &Json, kind: Kind, now: Time) -> Passage {
    let Some(Ok(safe)) = record.get("gate").map(Safe::deserialize) else { return Passage::Never };
    let mut given = safe.channels.iter().filter(|channel| channel.kind == kind).peekable();
    if given.peek().is_none() {
        return Passage::NoAddress;
    }
    if safe.never_via.contains(&kind) {
        return Passage::Never;
    }
    let Some(channel) = given.find(|channel| channel.safe && !channel.address.trim().is_empty()) else {
        return Passage::Never;
    };
    if safe.windows.is_empty() || safe.windows.iter().any(|window| window.holds(now)) {
        Passage::Now(channel.address.clone())
    } else {
        Passage::Later
    }
}

/// The address of this kind at which the person may be reached by anybody at any time: for a system that knows nothing of
/// wishes. None where there is any wish about how or when.
pub fn at_any_time(record: &Json, kind: Kind) -> Option<String> {
    let safe = Safe::deserialize(record.get("gate")?).ok()?;
    let unlimited = safe.windows.is_empty() && safe.never_via.is_empty() && safe.channels.iter().all(|one| one.safe);
    let mut given = safe.channels.into_iter().filter(|channel| channel.kind == kind);
    given.next().filter(|_| unlimited).map(|channel| channel.address)
}

/// There is any wish about how or when the person is reached; what cannot be read counts as one.
pub fn has_wishes(record: &Json) -> bool {
    let safe = record.get("gate").and_then(|gate| Safe::deserialize(gate).ok());
    !safe.is_some_and(|safe| {
        safe.windows.is_empty() && safe.never_via.is_empty() && safe.channels.iter().all(|one| one.safe)
    })
}

impl Window {
    /// Is the instant within the window, by the clock on the wall in Europe/London?
    fn holds(&self, now: Time) -> bool {
        let Some(local) = local(now) else { return false };
        let minute = u16::from(local.hour().unsigned_abs()) * 60 + u16::from(local.minute().unsigned_abs());
        self.days.iter().any(|day| day.is(local.weekday())) && (self.from..self.to).contains(&minute)
    }
}

/// The safe-contact wishes as staff read them, so that a person who telephones keeps them too.
pub fn said(record: &Json) -> Vec<(&'static str, String)> {
    let Some(stated) = record.pointer("/person/safe") else { return Vec::new() };
    let list = |name: &str| {
        let items = stated.get(name).and_then(Json::as_array).map(Vec::as_slice).unwrap_or_default();
        items.iter().filter_map(Json::as_str).collect::<Vec<_>>().join(", ")
    };
    let text = |name: &str| stated.get(name).and_then(Json::as_str).unwrap_or_default().to_owned();
    let yes = |name: &str| if stated.get(name) == Some(&Json::Bool(true)) { "Yes" } else { "No" }.to_owned();
    let windows = stated.get("windows").and_then(Json::as_array).map(Vec::as_slice).unwrap_or_default();
    let window = |w: &Json| {
        let part = |name: &str| w.get(name).and_then(Json::as_str).unwrap_or_default().to_owned();
        let days = w.get("days").and_then(Json::as_array).map(Vec::as_slice).unwrap_or_default();
        let days = days.iter().filter_map(Json::as_str).collect::<Vec<_>>().join(", ");
        format!("{days} {} to {}", part("from"), part("to"))
    };
    let mut said = vec![
        ("Safe ways", list("safe")),
        ("Never by", list("never_via")),
        ("Safe times", windows.iter().map(window).collect::<Vec<_>>().join("; ")),
        ("Voicemail is safe", yes("voicemail_ok")),
        ("Who may answer", text("who_may_answer")),
        ("Code word", text("codeword")),
    ];
    said.retain(|(_, value)| !value.is_empty());
    said
}

pub(crate) fn local(now: Time) -> Option<jiff::ZonedDateTime> {
    let zone = TimeZoneDatabase::bundled().get("Europe/London").ok()?;
    Some(Timestamp::from_microsecond(now.micros()).ok()?.to_zoned_datetime(zone))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use serde_json::json;

    fn at(text: &str) -> Time {
        Time(text.parse::<Timestamp>().unwrap().as_microsecond())
    }

    #[test]
    fn a_record_that_cannot_be_read_lets_nothing_through() {
        for broken in [
            json!({}),
            json!(null),
            json!({"gate": []}),
            json!({"gate": {"channels": "all"}}),
            json!({"gate": {"channels": [], "why": 1}}),
        ] {
            assert!(!matches!(gate(&broken, Kind::Email, at("2026-05-22T10:00Z")), Passage::Now(_)), "{broken}");
        }
    }

    #[test]
    fn any_wish_counts_and_so_does_a_record_that_cannot_be_read() {
        let channel = json!({"kind": "email", "address": "a@example.org", "safe": true});
        assert!(!has_wishes(&json!({"gate": {"channels": [channel]}})));
        let unsafe_one = json!({"kind": "phone", "address": "1", "safe": false});
        let window = json!([{"days": ["sunday"], "from": 540, "to": 600}]);
        for wish in [
            json!({"gate": {"channels": [channel, unsafe_one]}}),
            json!({"gate": {"channels": [channel], "windows": window}}),
            json!({"gate": {"channels": [channel], "never_via": ["sms"]}}),
            json!({}),
        ] {
            assert!(has_wishes(&wish), "{wish}");
        }
    }

    #[test]
    fn a_window_follows_the_clock_on_the_wall_when_the_clocks_change() {
        let record = json!({"gate": {"channels": [{"kind": "email", "address": "a@example.org", "safe": true}],
            "windows": [{"days": ["sunday"], "from": 540, "to": 600}]}});
        // 25 October 2026 is a Sunday: the clocks go back, so 09:30 on the wall is 09:30Z.
        assert_eq!(gate(&record, Kind::Email, at("2026-10-25T09:30Z")), Passage::Now("a@example.org".into()));
        assert_eq!(gate(&record, Kind::Email, at("2026-10-25T08:30Z")), Passage::Later);
        // A week before, summer time: 09:30 on the wall is 08:30Z.
        assert_eq!(gate(&record, Kind::Email, at("2026-10-18T08:30Z")), Passage::Now("a@example.org".into()));
    }

    fn any_kind() -> impl Strategy<Value = Kind> {
        prop_oneof![Just(Kind::Email), Just(Kind::Sms), Just(Kind::Phone), Just(Kind::Letter), Just(Kind::Portal)]
    }

    fn any_record() -> impl Strategy<Value = Safe> {
        let day = prop_oneof![Just(Day::Monday), Just(Day::Wednesday), Just(Day::Saturday), Just(Day::Sunday)];
        let channel =
            (any_kind(), "[a-z]{0,3}", any::<bool>()).prop_map(|(kind, address, safe)| Channel { kind, address, safe });
        let window = (prop::collection::vec(day, 0..4), 0u16..1440, 0u16..=1440).prop_map(|(days, from, to)| Window {
            days,
            from,
            to,
        });
        (
            prop::collection::vec(channel, 0..4),
            prop::collection::vec(window, 0..3),
            prop::collection::vec(any_kind(), 0..3),
        )
            .prop_map(|(channels, windows, never_via)| Safe { channels, windows, never_via })
    }

    proptest! {
        /// P-56: for any record, any message and any instant of two years.
        #[test]
        fn nothing_leaves_by_a_blocked_channel_or_outside_a_window(
            record in any_record(), kind in any_kind(), second in 0i64..63_072_000
        ) {
            let now = at("2026-01-01T00:00Z").plus_seconds(second);
            if let Passage::Now(address) = gate(&json!({ "gate": record }), kind, now) {
                prop_assert!(!record.never_via.contains(&kind));
                prop_assert!(record.channels.iter().any(|c| c.kind == kind && c.safe && c.address == address));
                let wall = local(now).unwrap();
                let minute = wall.hour() as u16 * 60 + wall.minute() as u16;
                let within = |w: &Window| w.days.iter().any(|d| d.is(wall.weekday())) && w.from <= minute && minute < w.to;
                let safe = record.windows.is_empty() || record.windows.iter().any(within);
                prop_assert!(safe);
            }
        }
    }
}
