//! The days of a round: every so many weeks from a first day, or as a calendar has them, with what a holiday moved.

use jiff::{Span, civil::Date};

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Round {
    /// 0: its days are in `changes` alone.
    pub every_weeks: u32,
    /// A day it comes on; the others are counted from it.
    pub first: Option<Date>,
    /// No day by the pattern comes after it.
    pub last: Option<Date>,
    pub changes: Vec<Change>,
}

/// A day that is not in the pattern.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// None: the crew does not come.
    pub day: Option<Date>,
    /// The day of the pattern it stands for; None: one more.
    pub instead_of: Option<Date>,
    pub why: String,
}

/// One time the crew comes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Occurrence {
    /// The day it was planned for: it stays when the collection is moved.
    pub planned: Date,
    pub day: Date,
    /// Why it was moved.
    pub why: String,
}

impl Occurrence {
    pub fn moved(&self) -> bool {
        self.planned != self.day
    }
}

impl Round {
    /// Every time the crew comes from a day to a day, both with them, in order.
    pub fn between(&self, from: Date, to: Date) -> Vec<Occurrence> {
        let mut all: Vec<Occurrence> = self.changes.iter().filter_map(Change::occurrence).collect();
        // What was moved into the span was planned at most this far outside of it, and is in `changes` anyway.
        all.extend(self.pattern(from, to).filter(|day| !self.moves(*day)).map(|day| Occurrence {
            planned: day,
            day,
            why: String::new(),
        }));
        all.retain(|one| one.day >= from && one.day <= to);
        all.sort_by_key(|one| (one.day, one.planned));
        all.dedup_by_key(|one| one.day);
        all
    }

    /// Days of the pattern on which the crew does not come, and nothing stands for them.
    pub fn cancelled(&self, from: Date, to: Date) -> Vec<(Date, &str)> {
        let gone = self.changes.iter().filter(|change| change.day.is_none());
        let days = gone.filter_map(|change| Some((change.instead_of?, change.why.as_str())));
        days.filter(|(day, _)| *day >= from && *day <= to).collect()
    }

    fn moves(&self, day: Date) -> bool {
        self.changes.iter().any(|change| change.instead_of == Some(day))
    }

    fn pattern(&self, from: Date, to: Date) -> impl Iterator<Item = Date> {
        let step = i64::from(self.every_weeks) * 7;
        let to = self.last.map_or(to, |last| last.min(to));
        let first = self.first.filter(|_| step > 0).and_then(|first| {
            // The first day is where the round begins; before it there is none.
            let behind = i64::from((from - first).get_days()).max(0);
            first.checked_add(Span::new().days((behind + step - 1) / step * step)).ok()
        });
        std::iter::successors(first, move |day| day.checked_add(Span::new().days(step)).ok())
            .take_while(move |day| *day <= to)
    }

    /// `every Tuesday`, `every other Tuesday`, `every third Tuesday`; None where there is no pattern.
    pub fn words(&self) -> Option<String> {
        let day = self.first?.strftime("%A").to_string();
        match self.every_weeks {
            0 => None,
            1 => Some(format!("every {day}")),
            2 => Some(format!("every other {day}")),
            3 => Some(format!("every third {day}")),
            4 => Some(format!("every fourth {day}")),
            n => Some(format!("every {n} weeks on {day}")),
        }
    }
}

impl Change {
    fn occurrence(&self) -> Option<Occurrence> {
        let day = self.day?;
        Some(Occurrence { planned: self.instead_of.unwrap_or(day), day, why: self.why.clone() })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> Date {
        text.parse().unwrap()
    }

    fn round() -> Round {
        Round {
            every_weeks: 2,
            first: Some(day("2026-12-11")),
            last: None,
            changes: vec![
                Change {
                    day: Some(day("2026-12-28")),
                    instead_of: Some(day("2026-12-25")),
                    why: "Christmas Day".into(),
                },
                Change { day: None, instead_of: Some(day("2027-01-08")), why: "snow".into() },
                Change { day: Some(day("2027-01-12")), instead_of: None, why: "after the snow".into() },
            ],
        }
    }

    #[test]
    fn a_collection_that_a_holiday_moves_keeps_the_day_it_was_planned_for() {
        let all = round().between(day("2026-12-01"), day("2027-01-31"));
        let told: Vec<(String, String)> =
            all.iter().map(|one| (one.planned.to_string(), one.day.to_string())).collect();
        let told: Vec<(&str, &str)> = told.iter().map(|(planned, day)| (planned.as_str(), day.as_str())).collect();
        assert_eq!(
            told,
            [
                ("2026-12-11", "2026-12-11"),
                ("2026-12-25", "2026-12-28"),
                ("2027-01-12", "2027-01-12"),
                ("2027-01-22", "2027-01-22"),
            ]
        );
        assert_eq!(round().cancelled(day("2027-01-01"), day("2027-01-31")), [(day("2027-01-08"), "snow")]);
    }

    #[test]
    fn a_moved_collection_is_found_where_it_went_although_its_planned_day_is_outside() {
        let all = round().between(day("2026-12-26"), day("2026-12-31"));
        assert_eq!(all.len(), 1);
        assert!(all[0].moved() && all[0].why == "Christmas Day");
    }

    #[test]
    fn before_its_first_day_and_after_its_last_a_round_does_not_come() {
        let short = Round { last: Some(day("2026-12-24")), changes: Vec::new(), ..round() };
        assert_eq!(short.between(day("2026-01-01"), day("2027-12-31")).len(), 1);
        assert_eq!(
            Round { every_weeks: 0, changes: Vec::new(), ..round() }.between(day("2026-01-01"), day("2027-12-31")),
            []
        );
    }

    #[test]
    fn a_pattern_is_said_in_words() {
        assert_eq!(round().words().as_deref(), Some("every other Friday"));
        assert_eq!(Round { every_weeks: 1, ..round() }.words().as_deref(), Some("every Friday"));
        assert_eq!(Round { every_weeks: 0, ..round() }.words(), None);
    }
}
