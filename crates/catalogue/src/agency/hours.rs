use super::Agency;
use crate::source::Faults;
use crate::tree::{Node, Reader};
use crate::{Catalogue, HolidayList};
use jiff::civil::{DateTime, Time, Weekday};

/// When the offices of an agency are open, by the clock on the wall (C-2, C-74). On its holidays they are shut.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OfficeHours {
    pub days: Vec<Weekday>,
    pub from: Time,
    pub until: Time,
    pub source: String,
}

const DAYS: [&str; 7] = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];

impl OfficeHours {
    pub fn are_open(&self, wall: DateTime, holidays: Option<&HolidayList>) -> bool {
        let is_holiday = holidays.is_some_and(|list| list.days.iter().any(|day| day.date == wall.date()));
        !is_holiday && self.days.contains(&wall.date().weekday()) && (self.from..self.until).contains(&wall.time())
    }
}

impl Agency {
    /// One that names no hours is always open.
    pub fn is_open(&self, wall: DateTime, holidays: Option<&HolidayList>) -> bool {
        self.office_hours.as_ref().is_none_or(|hours| hours.are_open(wall, holidays))
    }
}

impl Catalogue {
    /// The offices of the agency are open at that time on the wall.
    pub fn is_open(&self, agency: &str, wall: DateTime) -> bool {
        self.agency(agency).is_none_or(|agency| agency.is_open(wall, self.holidays(&agency.holidays)))
    }
}

pub(super) fn read(node: &Node, faults: &mut Faults) -> Option<OfficeHours> {
    let mut reader = Reader::of(node, "[office_hours]", faults)?;
    let mut days = Vec::new();
    for (line, name) in reader.texts_at("days", faults) {
        let at = DAYS.iter().position(|day| *day == name).and_then(|at| i8::try_from(at).ok());
        match at.and_then(|at| Weekday::from_monday_zero_offset(at).ok()) {
            Some(day) => days.push(day),
            None => faults.add(line, format_args!("`{name}` is none of {}", DAYS.join(", "))),
        }
    }
    let mut hour = |key: &'static str, faults: &mut Faults| {
        let typed = reader.need_text(key, faults);
        let time = typed.parse::<Time>().ok().filter(|_| typed.len() == 5);
        if time.is_none() {
            faults.add(node.line, format_args!("[office_hours] needs `{key}` like \"08:00\""));
        }
        time.unwrap_or_default()
    };
    let (from, until) = (hour("from", faults), hour("until", faults));
    if days.is_empty() {
        faults.add(node.line, "[office_hours] needs `days`");
    }
    if from >= until {
        faults.add(node.line, "[office_hours] end later in the day than they begin");
    }
    let hours = OfficeHours { days, from, until, source: reader.need_text("source", faults) };
    reader.close(faults);
    Some(hours)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Holiday;

    fn of(text: &str) -> (Option<OfficeHours>, String) {
        let mut faults = Faults::of("x.toml");
        let node = Node::parse(text, &mut faults);
        let hours = read(&node, &mut faults);
        (hours, faults.done().iter().map(ToString::to_string).collect())
    }

    const WEEK: &str = r#"days = ["monday", "tuesday", "wednesday", "thursday", "friday"]
from = "08:00"
until = "18:00"
source = "x""#;

    #[test]
    fn offices_are_shut_in_the_evening_at_the_weekend_and_on_holidays() {
        let (hours, faults) = of(WEEK);
        assert_eq!(faults, "");
        let hours = hours.unwrap();
        let date = jiff::civil::date(2026, 12, 25);
        let list = HolidayList {
            name: "x".into(),
            source: "x".into(),
            checked: None,
            days: vec![Holiday { date, name: "Christmas Day".into() }],
            text: String::new(),
        };
        for (wall, open) in [
            ("2026-11-24T07:59:59", false),
            ("2026-11-24T08:00", true),
            ("2026-11-24T17:59:59", true),
            ("2026-11-24T18:00", false),
            ("2026-11-28T12:00", false),
            ("2026-12-25T12:00", false),
            ("2026-12-24T12:00", true),
        ] {
            assert_eq!(hours.are_open(wall.parse().unwrap(), Some(&list)), open, "{wall}");
        }
    }

    #[test]
    fn hours_that_cannot_be_are_named() {
        assert!(of(&WEEK.replace("monday", "moonday")).1.contains("none of monday"));
        assert!(of(&WEEK.replace("18:00", "07:00")).1.contains("later in the day"));
        assert!(of(&WEEK.replace("08:00", "8")).1.contains("like \"08:00\""));
        assert!(of("days = []\nfrom = \"08:00\"\nuntil = \"09:00\"\nsource = \"x\"").1.contains("needs `days`"));
    }
}
