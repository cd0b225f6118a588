//! What holds for alerts: numbers of the requirements, each to be changed in the configuration.

use crate::contact::{Day, local};
use jiff::{ToSpan, civil};
use serde::Deserialize;
use store::{Time, subscription::Cadence};

/// The section `[alerts]` of the configuration.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Rules {
    /// Daily and weekly mails go out at this hour by the clock on the wall in Europe/London, 0 to 23.
    pub hour: i8,
    /// The day of weekly mails.
    pub weekday: Day,
    /// Reports in one mail; what is more is a count and a link (C-58).
    pub most_items: usize,
    /// Bin days are told on the evening before from this hour on, and until this hour of the day itself (C-37), 0 to 23.
    pub bins_evening: i8,
    pub bins_morning: i8,
    /// News older than this is told no more (C-59).
    pub late_days: i64,
    /// The circle around a place, in metres (requirements §3: 200 m to 10 km).
    pub nearest: i64,
    pub farthest: i64,
    /// Subscriptions of one address.
    pub most_subscriptions: usize,
    /// Asking, from one origin in an hour and for one address in a day: nobody's mailbox is filled by others.
    pub asked_by_origin: i64,
    pub asked_for_address: i64,
    /// What nobody confirms in so many days is forgotten.
    pub confirm_days: i64,
    /// Mails, and who was told what, are kept for so many days. More than `late_days`, and a week for weekly mails.
    pub kept_days: i64,
}

impl Default for Rules {
    fn default() -> Rules {
        Rules {
            hour: 8,
            weekday: Day::Monday,
            most_items: 25,
            bins_evening: 18,
            bins_morning: 9,
            late_days: 7,
            nearest: 200,
            farthest: 10_000,
            most_subscriptions: 50,
            asked_by_origin: 10,
            asked_for_address: 3,
            confirm_days: 7,
            kept_days: 30,
        }
    }
}

impl Rules {
    /// When news that became known at this instant goes out. Nothing where it does not.
    pub fn goes_at(&self, cadence: Cadence, at: Time) -> Option<Time> {
        match cadence {
            Cadence::Off => None,
            Cadence::AtOnce => Some(at),
            Cadence::Daily => self.next(at, |_| true),
            Cadence::Weekly => self.next(at, |date| self.weekday.is(date.weekday())),
        }
    }

    /// The next time that the hour strikes on such a day. Days whose hour the clocks leave out have it an hour on.
    fn next(&self, at: Time, is_day: impl Fn(civil::Date) -> bool) -> Option<Time> {
        let wall = local(at)?;
        let hour = civil::time(self.hour.clamp(0, 23), 0, 0, 0);
        // Today, and each day until the same weekday again.
        (0..=7).find_map(|days: i64| {
            let day = wall.date().checked_add(days.days()).ok().filter(|day| is_day(*day))?;
            let strikes = day.to_datetime(hour).to_zoned_datetime(wall.time_zone().clone()).ok()?;
            let strikes = Time(strikes.timestamp().as_microsecond());
            (strikes > at).then_some(strikes)
        })
    }

    /// News is told no more: it is older than the days allow. What a digest tells on its day is never too old for it.
    pub fn is_too_late(&self, at: Time, due: Option<Time>, now: Time) -> bool {
        let day = 24 * 60 * 60;
        let on_its_day = due.is_some_and(|due| now <= due.plus_seconds(day));
        now > at.plus_seconds(self.late_days * day) && !on_its_day
    }

    /// A circle that may be asked for.
    pub fn circle(&self, metres: i64) -> i64 {
        metres.max(self.nearest).min(self.farthest)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> Time {
        Time(text.parse::<jiff::Timestamp>().unwrap().as_microsecond())
    }

    #[test]
    fn digests_go_out_at_the_hour_on_the_wall() {
        let rules = Rules::default();
        for (cadence, known, goes) in [
            (Cadence::Daily, "2026-11-24T07:59Z", "2026-11-24T08:00Z"),
            (Cadence::Daily, "2026-11-24T08:00Z", "2026-11-25T08:00Z"),
            // The night in which the clocks go forward: eight on the wall is seven in UTC.
            (Cadence::Daily, "2027-03-27T12:00Z", "2027-03-28T07:00Z"),
            // 24 November 2026 is a Tuesday.
            (Cadence::Weekly, "2026-11-24T12:00Z", "2026-11-30T08:00Z"),
            (Cadence::Weekly, "2026-11-30T07:00Z", "2026-11-30T08:00Z"),
            (Cadence::Weekly, "2026-11-30T08:00Z", "2026-12-07T08:00Z"),
            (Cadence::AtOnce, "2026-11-24T03:00Z", "2026-11-24T03:00Z"),
        ] {
            assert_eq!(rules.goes_at(cadence, at(known)), Some(at(goes)), "{cadence:?} {known}");
        }
        assert_eq!(rules.goes_at(Cadence::Off, at("2026-11-24T12:00Z")), None);
    }

    #[test]
    fn what_is_older_than_a_week_is_told_no_more_but_a_weekly_mail_tells_its_whole_week() {
        let rules = Rules::default();
        let known = at("2026-11-24T12:00Z");
        assert!(!rules.is_too_late(known, Some(known), at("2026-12-01T12:00Z")));
        assert!(rules.is_too_late(known, Some(known), at("2026-12-01T12:01Z")));
        // From Monday at eight to the next, and the minutes that a step takes.
        let (monday, next) = (at("2026-11-30T08:00Z"), at("2026-12-07T08:00Z"));
        assert!(!rules.is_too_late(monday, Some(next), at("2026-12-07T08:05Z")));
        assert!(rules.is_too_late(monday, Some(next), at("2026-12-09T08:05Z")));
    }
}
