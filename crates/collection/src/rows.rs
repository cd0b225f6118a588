//! The rows of the files that councils send (docs/operate.md). Columns are known by their names, in any order; others are not
//! read, so that what is not for the public (who has help with their bins) does not come in.

use crate::{Change, day};
use csv::{ErrorKind, ReaderBuilder, StringRecord};
use jiff::{
    Timestamp,
    civil::{Date, DateTime},
};
use places::{Point, Postcode, Refused, working_days};
use std::io::Read;

/// A file that cannot be read as one of these at all.
#[derive(Debug, thiserror::Error)]
pub enum Broken {
    #[error("it has no column `{0}`")]
    NoColumn(&'static str),
    #[error("{0}")]
    Csv(#[from] csv::Error),
}

/// A row that cannot be used, as it stands in the file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Aside {
    pub refused: Refused,
    pub row: Vec<String>,
    /// The file cannot be read on from here.
    pub fatal: bool,
}

#[derive(Clone, Debug, PartialEq)]
pub struct Premises {
    pub uprn: String,
    pub address: String,
    pub postcode: Postcode,
    pub point: Option<Point>,
    /// Codes of the rounds it is on.
    pub rounds: Vec<String>,
}

/// One row of a round: what it is, a day that is not in its pattern, or both.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RoundRow {
    pub code: String,
    pub head: Option<Head>,
    pub change: Option<Change>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Head {
    pub kind: String,
    pub container: String,
    /// Empty: as the agency says.
    pub put_out: String,
    pub every_weeks: u32,
    pub first: Option<Date>,
    pub last: Option<Date>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Collected {
    pub round: String,
    /// Of one property; none: of the whole round.
    pub uprn: Option<String>,
    /// The day it was planned for.
    pub planned: Date,
    pub outcome: String,
    pub reason: Option<String>,
    pub at: Timestamp,
}

/// A row under its header.
struct Fields<'r> {
    columns: &'r [String],
    row: &'r StringRecord,
}

impl Fields<'_> {
    /// Empty where the file has no such column.
    fn text(&self, name: &str) -> &str {
        let place = self.columns.iter().position(|column| column == name);
        place.and_then(|n| self.row.get(n)).unwrap_or_default().trim()
    }

    fn need(&self, name: &str, most: usize) -> Result<&str, String> {
        let text = self.text(name);
        match text.chars().count() {
            0 => Err(format!("`{name}` is empty")),
            n if n > most => Err(format!("`{name}` is longer than {most} letters")),
            _ if text.chars().any(char::is_control) => Err(format!("`{name}` holds a sign that cannot be shown")),
            _ => Ok(text),
        }
    }

    /// Small letters, figures, `_` and `-`: a word that other files name.
    fn code(&self, name: &str) -> Result<String, String> {
        let text = self.need(name, 40)?;
        let fits = text.chars().all(|c| c.is_ascii_alphanumeric() || "_-.".contains(c));
        if fits { Ok(text.to_owned()) } else { Err(format!("`{name}` is letters, figures, dots and dashes: `{text}`")) }
    }

    fn date(&self, name: &str, near: Date) -> Result<Option<Date>, String> {
        match self.text(name) {
            "" => Ok(None),
            text => day::read(text, near).map(Some).map_err(|why| format!("`{name}`: {why}")),
        }
    }
}

/// One to twelve figures, as the National Street Gazetteer and AddressBase give them; without zeros before.
pub fn uprn(text: &str) -> Option<String> {
    let text = text.trim().trim_start_matches('0');
    let fits = (1..=12).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit());
    fits.then(|| text.to_owned())
}

type Rows<T> = Box<dyn Iterator<Item = Result<T, Aside>>>;

/// `uprn, address, postcode, rounds` and perhaps `latitude, longitude` in degrees (WGS84).
///
/// # Errors
/// A file without these columns.
pub fn premises(from: impl Read + 'static) -> Result<Rows<Premises>, Broken> {
    table(from, &["uprn", "address", "postcode", "rounds"], |row| {
        let degrees = |name: &str| match row.text(name) {
            "" => Ok(None),
            text => text.parse::<f64>().map(Some).map_err(|_| format!("`{name}` is no number: `{text}`")),
        };
        let point = match (degrees("latitude")?, degrees("longitude")?) {
            (Some(lat), Some(lon)) => Some(Point::new(lat, lon).ok_or("the point is nowhere on earth")?),
            (None, None) => None,
            _ => return Err("a point needs both latitude and longitude".into()),
        };
        Ok(Premises {
            uprn: uprn(row.text("uprn")).ok_or("`uprn` is one to twelve figures")?,
            address: row.need("address", 200)?.to_owned(),
            postcode: Postcode::parse(row.text("postcode")).ok_or("`postcode` is no postcode")?,
            point,
            rounds: row.text("rounds").split_whitespace().map(str::to_owned).collect(),
        })
    })
}

/// `round, service, container` and perhaps `put_out, every_weeks, first, last, date, instead_of, why`.
///
/// # Errors
/// A file without these columns.
pub fn rounds(from: impl Read + 'static, near: Date) -> Result<Rows<RoundRow>, Broken> {
    table(from, &["round", "service", "container"], move |row| {
        let (date, instead_of) = (row.date("date", near)?, row.date("instead_of", near)?);
        let why = row.text("why").chars().filter(|c| !c.is_control()).take(200).collect();
        let change = (date.is_some() || instead_of.is_some()).then_some(Change { day: date, instead_of, why });
        let head = match row.text("service") {
            "" => None,
            _ => Some(head(&row, near)?),
        };
        if head.is_none() && change.is_none() {
            return Err("it has neither a service nor a date".into());
        }
        Ok(RoundRow { code: row.code("round")?, head, change })
    })
}

fn head(row: &Fields, near: Date) -> Result<Head, String> {
    let every_weeks = match row.text("every_weeks") {
        "" => 0,
        text => text.parse().ok().filter(|weeks| *weeks <= 52).ok_or("`every_weeks` is a number up to 52")?,
    };
    let (first, last) = (row.date("first", near)?, row.date("last", near)?);
    if (every_weeks > 0) != first.is_some() {
        return Err("a pattern needs both `every_weeks` and `first`".into());
    }
    if first.zip(last).is_some_and(|(first, last)| last < first) {
        return Err("`last` comes before `first`".into());
    }
    let put_out = if row.text("put_out").is_empty() { "" } else { row.need("put_out", 40)? };
    Ok(Head {
        kind: row.code("service")?,
        container: row.code("container")?,
        put_out: put_out.to_owned(),
        every_weeks,
        first,
        last,
    })
}

/// `round, date, outcome, at` and perhaps `uprn, reason`. `at` is the clock on the wall, `2026-05-22 10:05`, or an instant
/// with its zone, `2026-05-22T09:05:00Z`.
///
/// # Errors
/// A file without these columns.
pub fn collected(from: impl Read + 'static, near: Date) -> Result<Rows<Collected>, Broken> {
    table(from, &["round", "date", "outcome", "at"], move |row| {
        let reason = if row.text("reason").is_empty() { None } else { Some(row.code("reason")?) };
        let uprn = match row.text("uprn") {
            "" => None,
            text => Some(uprn(text).ok_or("`uprn` is one to twelve figures")?),
        };
        Ok(Collected {
            round: row.code("round")?,
            uprn,
            planned: row.date("date", near)?.ok_or("`date` is empty")?,
            outcome: row.code("outcome")?,
            reason,
            at: instant(row.text("at")).ok_or("`at` is a moment like `2026-05-22 10:05`")?,
        })
    })
}

/// Places of one day of a service that people book.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Slot {
    pub service: String,
    pub day: Date,
    pub places: u32,
}

/// `service, date, places`: how many bookings a crew takes on a day. None is 0.
///
/// # Errors
/// A file without these columns.
pub fn slots(from: impl Read + 'static, near: Date) -> Result<Rows<Slot>, Broken> {
    table(from, &["service", "date", "places"], move |row| {
        Ok(Slot {
            service: row.code("service")?,
            day: row.date("date", near)?.ok_or("`date` is empty")?,
            places: row
                .text("places")
                .parse()
                .ok()
                .filter(|n| *n <= 10_000)
                .ok_or("`places` is a number up to 10000")?,
        })
    })
}

/// A time on the wall that the clocks leave out in spring is no time.
fn instant(text: &str) -> Option<Timestamp> {
    if let Ok(at) = text.parse::<Timestamp>() {
        return Some(at);
    }
    let local = text.parse::<DateTime>().ok().filter(|_| text.len() > "2026-05-22".len())?;
    let at = working_days::at(local.date(), local.time());
    (at.datetime() == local).then(|| at.timestamp())
}

fn table<T: 'static>(
    from: impl Read + 'static,
    needed: &[&'static str],
    read: impl Fn(Fields) -> Result<T, String> + 'static,
) -> Result<Rows<T>, Broken> {
    let mut reader = ReaderBuilder::new().flexible(true).comment(Some(b'#')).from_reader(from);
    let header = reader.headers()?;
    let columns: Vec<String> =
        header.iter().map(|name| name.trim_start_matches('\u{feff}').trim().to_lowercase()).collect();
    if let Some(name) = needed.iter().find(|name| !columns.iter().any(|column| column == *name)) {
        return Err(Broken::NoColumn(name));
    }
    let mut row = StringRecord::new();
    Ok(Box::new(std::iter::from_fn(move || {
        let line = |row: &StringRecord| row.position().map_or(0, csv::Position::line);
        let aside = |line: u64, reason: String, row: &StringRecord| {
            let row = row.iter().map(str::to_owned).collect();
            Some(Err(Aside { refused: Refused { line, reason }, row, fatal: false }))
        };
        match reader.read_record(&mut row) {
            Ok(false) => None,
            Ok(true) => match read(Fields { columns: &columns, row: &row }) {
                Ok(read) => Some(Ok(read)),
                Err(reason) => aside(line(&row), reason, &row),
            },
            Err(error) => {
                let line = error.position().map_or(0, csv::Position::line);
                match error.kind() {
                    ErrorKind::Utf8 { .. } => aside(line, "it is not in UTF-8".into(), &StringRecord::new()),
                    // The disk, not the row: what comes after cannot be read.
                    _ => {
                        let refused = Refused { line, reason: format!("the file cannot be read on: {error}") };
                        Some(Err(Aside { refused, row: Vec::new(), fatal: true }))
                    }
                }
            }
        }
    })))
}

#[cfg(test)]
mod tests {
    use super::*;

    const NEAR: Date = jiff::civil::date(2026, 11, 27);

    fn all<T>(rows: Rows<T>) -> (Vec<T>, Vec<String>) {
        let (mut kept, mut refused) = (Vec::new(), Vec::new());
        for row in rows {
            match row {
                Ok(row) => kept.push(row),
                Err(aside) => refused.push(aside.refused.to_string()),
            }
        }
        (kept, refused)
    }

    #[test]
    fn a_broken_row_is_named_and_the_others_are_kept() {
        let file = "\u{feff}UPRN,Address,Postcode,Rounds,Latitude,Longitude,Assisted\n\
             000100000001,\"1 Example Road, Weston\",bs231aa,R1 F1,51.34,-2.97,yes\n\
             x,2 Example Road,BS23 1AA,R1,,,\n\
             3,,BS23 1AA,R1,,,\n\
             4,4 Example Road,nowhere,R1,,,\n\
             5,5 Example Road,BS23 1AA,R1,51.34,,\n";
        let (kept, refused) = all(premises(file.as_bytes()).unwrap());
        assert_eq!(kept.len(), 1);
        assert_eq!((kept[0].uprn.as_str(), kept[0].postcode.to_string().as_str()), ("100000001", "BS23 1AA"));
        assert_eq!(kept[0].rounds, ["R1", "F1"]);
        assert_eq!(
            refused,
            [
                "line 3: `uprn` is one to twelve figures",
                "line 4: `address` is empty",
                "line 5: `postcode` is no postcode",
                "line 6: a point needs both latitude and longitude",
            ]
        );
        assert!(matches!(premises("a,b\n1,2\n".as_bytes()), Err(Broken::NoColumn("uprn"))));
    }

    #[test]
    fn a_round_is_a_pattern_and_the_days_that_are_not_in_it() {
        let file = "round,service,container,every_weeks,first,date,instead_of,why\n\
             R1,rubbish,wheelie_bin,2,2026-12-11,,,\n\
             R1,,,,,Monday 28 December,Friday 25 December,Christmas Day\n\
             R2,rubbish,wheelie_bin,2,,,,\n\
             R3,,,,,,,\n\
             R4,,,,,Tuesday 28 December,,\n";
        let (kept, refused) = all(rounds(file.as_bytes(), NEAR).unwrap());
        assert_eq!(kept.len(), 2);
        assert_eq!(kept[1].change.as_ref().unwrap().instead_of, Some(jiff::civil::date(2026, 12, 25)));
        assert_eq!(
            refused,
            [
                "line 4: a pattern needs both `every_weeks` and `first`",
                "line 5: it has neither a service nor a date",
                "line 6: `date`: `Tuesday 28 December` has no year, and none near 2026-11-27 fits",
            ]
        );
    }

    #[test]
    fn a_time_that_the_clocks_leave_out_is_refused_and_one_that_comes_twice_is_the_first() {
        let at = |text: &str| instant(text).map(|at| at.to_string());
        assert_eq!(at("2026-05-22 10:05").as_deref(), Some("2026-05-22T09:05:00Z"));
        assert_eq!(at("2026-05-22T10:05:00Z").as_deref(), Some("2026-05-22T10:05:00Z"));
        assert_eq!(at("2026-03-29 01:30"), None);
        assert_eq!(at("2026-10-25 01:30").as_deref(), Some("2026-10-25T00:30:00Z"));
        assert_eq!(at("2026-05-22"), None);
    }

    #[test]
    fn places_of_a_day_are_read_and_a_row_without_a_number_is_named() {
        let near = jiff::civil::date(2026, 11, 24);
        let text = "service,date,places\nbulky,2026-12-04,12\nbulky,Friday 11 December,0\nbulky,2026-12-05,many\n";
        let read: Vec<_> = slots(text.as_bytes(), near).unwrap().collect();
        let slot = |day, places| Slot { service: "bulky".into(), day: jiff::civil::date(2026, 12, day), places };
        assert_eq!(read[0].as_ref().unwrap(), &slot(4, 12));
        assert_eq!(read[1].as_ref().unwrap(), &slot(11, 0));
        assert!(read[2].as_ref().unwrap_err().refused.reason.contains("a number up to"));
        assert!(slots("date,places\n".as_bytes(), near).is_err());
    }
}
