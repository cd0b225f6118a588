//! Times as W3CDTF writes them, in whole seconds and with their zone.

use crate::page::when;
use jiff::{Timestamp, civil::Date};
use store::Time;

const SECOND: i64 = 1_000_000;

/// `2026-05-22T10:05:00+01:00`
pub fn written(at: Time) -> String {
    // By hand: a list of a thousand reports has three thousand of them.
    let local = when::local(at);
    let (day, time) = (local.date(), local.time());
    let zone = local.offset().seconds() / 60;
    let mut out = String::with_capacity("2026-05-22T10:05:00+01:00".len());
    let year = i32::from(day.year());
    two(&mut out, year / 100);
    two(&mut out, year);
    for (before, n) in
        [('-', day.month()), ('-', day.day()), ('T', time.hour()), (':', time.minute()), (':', time.second())]
    {
        out.push(before);
        two(&mut out, i32::from(n));
    }
    out.push(if zone < 0 { '-' } else { '+' });
    two(&mut out, zone.abs() / 60);
    out.push(':');
    two(&mut out, zone.abs() % 60);
    out
}

/// The last two digits.
fn two(out: &mut String, n: i32) {
    let digit = |n: i32| char::from_digit(n.unsigned_abs() % 10, 10).unwrap_or_default();
    out.push(digit(n / 10));
    out.push(digit(n));
}

/// The instants a stamp may stand for: the first, and the first after it. A second of `…:05Z`; a day of `2026-05-22`. None
/// for what is no stamp, or has no zone.
pub fn read(text: &str) -> Option<(Time, Time)> {
    let text = text.trim();
    let at = |at: Timestamp| Time(at.as_microsecond());
    if let (10, Ok(day)) = (text.len(), text.parse::<Date>()) {
        let next = day.tomorrow().ok()?;
        return Some((at(when::instant(day.at(0, 0, 0, 0))), at(when::instant(next.at(0, 0, 0, 0)))));
    }
    // In an address an unescaped plus is a space.
    let text = text.replacen(' ', "+", 1);
    // A day, hours and minutes, and a zone: what is read more kindly would be read wrongly.
    if !text.get(10..11)?.eq_ignore_ascii_case("t") {
        return None;
    }
    let from = at(text.parse().ok()?);
    let whole = Time(from.micros().div_euclid(SECOND) * SECOND);
    Some((if text.contains('.') { from } else { whole }, whole.plus_seconds(1)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_stamp_is_read_with_its_zone_and_written_with_ours() {
        let (from, after) = read("2026-05-22T10:05:00+01:00").unwrap();
        assert_eq!((written(from).as_str(), after.micros() - from.micros()), ("2026-05-22T10:05:00+01:00", SECOND));
        assert_eq!(read("2026-05-22T09:05:00Z"), Some((from, after)));
        assert_eq!(read("2026-05-22T10:05:00 01:00"), Some((from, after)));
        let (day, next) = read("2026-05-22").unwrap();
        assert_eq!([written(day), written(next)], ["2026-05-22T00:00:00+01:00", "2026-05-23T00:00:00+01:00"]);
        for bad in
            ["", "banana", "2026-05-22T10:05:00", "2026-13-01", "2026-02-30T00:00:00Z", "22/05/2026", "9999-12-31", "é"]
        {
            assert_eq!(read(bad), None, "{bad}");
        }
    }
}
