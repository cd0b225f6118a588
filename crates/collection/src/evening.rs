//! What is said on the evening before a bin day, and again where a day changes after it was said (C-37).

use crate::Occurrence;
use jiff::{Timestamp, ToSpan, civil::Date};
use places::working_days::{at, london_day};

/// Hours by the clock on the wall, 0 to 23.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Hours {
    /// From then on it is said what comes tomorrow.
    pub evening: i8,
    /// Until then, on the day itself, it still helps.
    pub morning: i8,
}

/// What was said last: of which day, and which kinds come on it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Told {
    pub day: Date,
    pub kinds: Vec<String>,
}

/// A kind that somebody wants to hear of, and the days it comes.
pub struct Coming<'a> {
    pub kind: &'a str,
    pub days: &'a [Occurrence],
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Say {
    Nothing,
    Remind(Told),
    /// It was said that some would come, and now they do not, or others do.
    Correct {
        now: Told,
        gone: Vec<String>,
    },
}

/// What is to be said, and when to look again.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Look {
    pub say: Say,
    pub again: Timestamp,
}

impl Hours {
    /// The day that can be spoken of at this instant.
    fn day(self, now: Timestamp) -> Option<Date> {
        let today = london_day(now);
        if now < self.on(today, self.morning) {
            Some(today)
        } else if now >= self.on(today, self.evening) {
            today.tomorrow().ok()
        } else {
            None
        }
    }

    fn on(self, day: Date, hour: i8) -> Timestamp {
        at(day, jiff::civil::time(hour.clamp(0, 23), 0, 0, 0)).timestamp()
    }

    /// Too late to say anything of the day.
    pub fn is_over(self, day: Date, now: Timestamp) -> bool {
        now >= self.on(day, self.morning)
    }

    /// The next time that something may be said: this evening, or now where it is evening already.
    pub fn next(self, now: Timestamp) -> Timestamp {
        self.on(london_day(now), self.evening).max(now)
    }

    pub fn look(self, told: Option<&Told>, coming: &[Coming<'_>], now: Timestamp) -> Look {
        let Some(day) = self.day(now) else { return Look { say: Say::Nothing, again: self.next(now) } };
        let mut kinds: Vec<String> = Vec::new();
        for one in coming.iter().filter(|one| one.days.iter().any(|comes| comes.day == day)) {
            if !kinds.iter().any(|known| known == one.kind) {
                kinds.push(one.kind.to_owned());
            }
        }
        let before = told.filter(|told| told.day == day).map(|told| told.kinds.as_slice()).unwrap_or_default();
        let gone: Vec<String> = before.iter().filter(|kind| !kinds.contains(kind)).cloned().collect();
        let is_new = kinds.iter().any(|kind| !before.contains(kind));
        let told = Told { day, kinds };
        let say = match (before.is_empty(), is_new || !gone.is_empty()) {
            (_, false) => Say::Nothing,
            (true, true) => Say::Remind(told),
            (false, true) => Say::Correct { now: told, gone },
        };
        // Every hour, since a day may change after it was said. An hour that the clocks leave out is no matter.
        Look { say, again: now.checked_add(1.hour()).unwrap_or(now) }
    }
}
