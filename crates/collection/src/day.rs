//! Days as others write them. Many lists of bin days leave the year out: it is the nearest that fits, or the day is refused.

use jiff::civil::{Date, Weekday};

/// With a weekday only one year of three fits; half a year is as far as a list looks.
const WITH_WEEKDAY: i64 = 183;
/// Without one the nearest year is taken while it is nearer than a list of a quarter is long.
const WITHOUT: i64 = 100;

#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Unread {
    #[error("`{0}` is no day")]
    NoDay(String),
    #[error("`{0}` has no year, and none near {1} fits")]
    NoYear(String, Date),
    #[error("`{0}` is another weekday")]
    Weekday(String),
}

/// `2026-05-22`, `22/05/2026`, `Friday 22 May 2026`, `22 May`, `Wednesday, 15 Feb`. The day of a month without a year is
/// looked for near `near`: the date of the list.
///
/// # Errors
/// What is no day, a weekday that does not fit, and a day whose year cannot be told.
pub fn read(text: &str, near: Date) -> Result<Date, Unread> {
    let typed = text.trim();
    let no_day = || Unread::NoDay(typed.chars().take(40).collect());
    if let Ok(date) = typed.parse::<Date>() {
        return Ok(date);
    }
    let words: Vec<&str> = typed.split([' ', ',', '/', '-']).filter(|word| !word.is_empty()).collect();
    let (weekday, rest) = match words.first().and_then(|first| weekday(first)) {
        Some(weekday) => (Some(weekday), &words[1..]),
        None => (None, &words[..]),
    };
    let (day, of, year) = match *rest {
        [day, of] => (day, of, None),
        [day, of, year] => (day, of, Some(year.parse::<i16>().ok().filter(|_| year.len() == 4).ok_or_else(no_day)?)),
        _ => return Err(no_day()),
    };
    let day = day.trim_end_matches(['s', 't', 'n', 'd', 'r', 'h']).parse::<i8>().map_err(|_| no_day())?;
    let figures = || of.parse::<i8>().ok().filter(|_| year.is_some());
    let month = month(of).or_else(figures).ok_or_else(no_day)?;
    if let Some(year) = year {
        let date = Date::new(year, month, day).map_err(|_| no_day())?;
        let fits = weekday.is_none_or(|weekday| weekday == date.weekday());
        return if fits { Ok(date) } else { Err(Unread::Weekday(typed.to_owned())) };
    }
    // In a leap year there is a day that others lack; a day that is in no year is no day.
    Date::new(2024, month, day).map_err(|_| no_day())?;
    let years = [near.year() - 1, near.year(), near.year() + 1];
    let most = if weekday.is_some() { WITH_WEEKDAY } else { WITHOUT };
    let dates = years.into_iter().filter_map(|year| Date::new(year, month, day).ok());
    let fits = dates.filter(|date| weekday.is_none_or(|weekday| weekday == date.weekday()));
    let far = |date: &Date| (*date - near).get_days().unsigned_abs() as i64;
    fits.filter(|date| far(date) <= most).min_by_key(far).ok_or_else(|| Unread::NoYear(typed.to_owned(), near))
}

/// By its first three letters.
fn weekday(word: &str) -> Option<Weekday> {
    use Weekday::{Friday, Monday, Saturday, Sunday, Thursday, Tuesday, Wednesday};
    let all = [Monday, Tuesday, Wednesday, Thursday, Friday, Saturday, Sunday];
    let names = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];
    begins(word, &names).map(|n| all[n])
}

fn month(word: &str) -> Option<i8> {
    let names = [
        "january",
        "february",
        "march",
        "april",
        "may",
        "june",
        "july",
        "august",
        "september",
        "october",
        "november",
        "december",
    ];
    begins(word, &names).and_then(|n| i8::try_from(n + 1).ok())
}

fn begins(word: &str, names: &[&str]) -> Option<usize> {
    let word = word.trim_end_matches('.').to_lowercase();
    names.iter().position(|name| word.len() >= 3 && name.starts_with(&word))
}
