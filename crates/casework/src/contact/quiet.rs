//! Hours of the day in which no message goes out: an agency's at night (P-94), and those a victim asked for (P-90).

use super::local;
use jiff::{ToSpan, civil};
use store::Time;

/// A stretch of each day by the clock on the wall in Europe/London; over midnight where it ends lower than it begins.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Quiet {
    from: civil::Time,
    to: civil::Time,
}

impl Quiet {
    /// Minutes after midnight.
    pub(crate) fn between((from, to): (i64, i64)) -> Quiet {
        let at = |minute: i64| civil::Time::midnight().wrapping_add(minute.minutes());
        Quiet { from: at(from), to: at(to) }
    }

    /// All of the day but these hours.
    pub(crate) const fn outside(from: civil::Time, until: civil::Time) -> Quiet {
        Quiet { from: until, to: from }
    }

    fn holds(self, at: civil::Time) -> bool {
        if self.from < self.to { (self.from..self.to).contains(&at) } else { at >= self.from || at < self.to }
    }
}

/// The first instant from now on in none of them. Nothing where they leave no minute of the day.
pub(crate) fn after_quiet(now: Time, quiet: &[Quiet]) -> Option<Time> {
    let mut at = now;
    // Each turn leaves one stretch behind; whoever comes around the day has found none.
    for _ in 0..=2 * quiet.len() {
        let wall = local(at)?;
        let Some(within) = quiet.iter().find(|quiet| quiet.holds(wall.time())) else { return Some(at) };
        let day = if wall.time() < within.to { wall.date() } else { wall.date().tomorrow().ok()? };
        let end = day.to_datetime(within.to).to_zoned_datetime(wall.time_zone().clone()).ok()?;
        at = Time(end.timestamp().as_microsecond());
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn at(text: &str) -> Time {
        Time(text.parse::<jiff::Timestamp>().unwrap().as_microsecond())
    }

    fn night() -> Quiet {
        Quiet::outside(civil::time(8, 0, 0, 0), civil::time(20, 0, 0, 0))
    }

    #[test]
    fn what_is_written_at_night_goes_out_in_the_morning_by_the_clock_on_the_wall() {
        for (written, goes) in [
            ("2026-11-24T12:00Z", "2026-11-24T12:00Z"),
            ("2026-11-24T20:00Z", "2026-11-25T08:00Z"),
            ("2026-11-25T07:59Z", "2026-11-25T08:00Z"),
            // The night in which the clocks go back: eight on the wall is eight again.
            ("2026-10-24T21:00Z", "2026-10-25T08:00Z"),
            ("2027-03-27T21:00Z", "2027-03-28T07:00Z"),
        ] {
            assert_eq!(after_quiet(at(written), &[night()]), Some(at(goes)), "{written}");
        }
    }

    #[test]
    fn one_stretch_may_lead_into_the_next_and_all_day_is_never() {
        let morning = Quiet::between((7 * 60, 10 * 60));
        assert_eq!(after_quiet(at("2026-11-24T22:00Z"), &[morning, night()]), Some(at("2026-11-25T10:00Z")));
        let day = Quiet::between((8 * 60, 20 * 60));
        assert_eq!(after_quiet(at("2026-11-24T22:00Z"), &[night(), day]), None);
    }

    proptest! {
        #[test]
        fn nothing_goes_out_in_a_quiet_hour_and_nothing_goes_out_before_it_was_written(
            stretches in prop::collection::vec((0i64..1440, 0i64..1440), 0..3), second in 0i64..63_072_000
        ) {
            let quiet: Vec<Quiet> = stretches.into_iter().filter(|(from, to)| from != to).map(Quiet::between).collect();
            let now = at("2026-01-01T00:00Z").plus_seconds(second);
            if let Some(goes) = after_quiet(now, &quiet) {
                let wall = local(goes).unwrap();
                prop_assert!(goes >= now && !quiet.iter().any(|quiet| quiet.holds(wall.time())));
            }
        }
    }
}
