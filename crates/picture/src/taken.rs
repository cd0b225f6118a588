//! Time, place and orientation from EXIF. A block that is broken is no fault: what can be read of it counts.

use crate::Taken;
use exif::{Exif, In, Reader, Tag, Value};
use std::io::Cursor;

#[derive(Default)]
pub(crate) struct Read {
    pub taken: Taken,
    /// 1 to 8.
    pub orientation: Option<u8>,
}

pub(crate) fn read(original: &[u8]) -> Read {
    let read = Reader::new().continue_on_error(true).read_from_container(&mut Cursor::new(original));
    let Ok(exif) = read.or_else(|error| error.distill_partial_result(|_| ())) else { return Read::default() };
    let orientation = exif.get_field(Tag::Orientation, In::PRIMARY).and_then(|field| field.value.get_uint(0));
    Read {
        taken: Taken {
            at: text(&exif, Tag::DateTimeOriginal).as_deref().and_then(moment),
            offset: text(&exif, Tag::OffsetTimeOriginal).filter(|text| is_offset(text)),
            place: place(&exif),
        },
        orientation: orientation.and_then(|turn| u8::try_from(turn).ok()).filter(|turn| (1..=8).contains(turn)),
    }
}

fn value(exif: &Exif, tag: Tag) -> Option<&Value> {
    exif.get_field(tag, In::PRIMARY).map(|field| &field.value)
}

fn text(exif: &Exif, tag: Tag) -> Option<String> {
    let Value::Ascii(texts) = value(exif, tag)? else { return None };
    let text = std::str::from_utf8(texts.first()?).ok()?;
    Some(text.trim_matches(['\0', ' ']).to_owned())
}

/// `2008:10:22 16:28:39` as `2008-10-22T16:28:39`. Cameras without a set clock write zeros.
fn moment(text: &str) -> Option<String> {
    let shape = text.bytes().map(|byte| if byte.is_ascii_digit() { b'9' } else { byte });
    if !shape.eq(*b"9999:99:99 99:99:99") {
        return None;
    }
    let number = |at: usize, length: usize| text.get(at..at + length)?.parse::<u32>().ok();
    let (year, month, day) = (number(0, 4)?, number(5, 2)?, number(8, 2)?);
    let (hour, minute, second) = (number(11, 2)?, number(14, 2)?, number(17, 2)?);
    let leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    let days = match month {
        2 => 28 + u32::from(leap),
        4 | 6 | 9 | 11 => 30,
        1..=12 => 31,
        _ => return None,
    };
    let real = year > 0 && (1..=days).contains(&day) && hour < 24 && minute < 60 && second < 60;
    real.then(|| format!("{}T{}", text[..10].replace(':', "-"), &text[11..]))
}

/// `+01:00`; clocks are set between -12:00 and +14:00.
fn is_offset(text: &str) -> bool {
    let (Some(sign), Some(hour), Some(minute)) = (text.get(..1), text.get(1..3), text.get(4..6)) else { return false };
    let number =
        |text: &str| text.bytes().all(|byte| byte.is_ascii_digit()).then(|| text.parse::<u32>().ok()).flatten();
    let (Some(hour), Some(minute)) = (number(hour), number(minute)) else { return false };
    let most: u32 = if sign == "+" { 14 } else { 12 };
    text.len() == 6
        && text.get(3..4) == Some(":")
        && ["+", "-"].contains(&sign)
        && minute < 60
        && hour * 60 + minute <= most * 60
}

fn place(exif: &Exif) -> Option<(f64, f64)> {
    // Degrees of another datum lie hundreds of metres off.
    if let Some(datum) = text(exif, Tag::GPSMapDatum) {
        let name: String = datum.chars().filter(char::is_ascii_alphanumeric).collect();
        if !(name.is_empty() || name.eq_ignore_ascii_case("WGS84")) {
            return None;
        }
    }
    let latitude = degrees(exif, Tag::GPSLatitude, Tag::GPSLatitudeRef, ["N", "S"])?;
    let longitude = degrees(exif, Tag::GPSLongitude, Tag::GPSLongitudeRef, ["E", "W"])?;
    let on_the_globe = latitude.abs() <= 90.0 && longitude.abs() <= 180.0;
    // Exactly nought is what a receiver writes before it knows.
    (on_the_globe && (latitude, longitude) != (0.0, 0.0)).then_some((latitude, longitude))
}

fn degrees(exif: &Exif, tag: Tag, side: Tag, [positive, negative]: [&str; 2]) -> Option<f64> {
    let Value::Rational(parts) = value(exif, tag)? else { return None };
    let part = |at: usize| match parts.get(at) {
        // Some writers give degrees alone, or nought of nought for seconds they have not.
        None => Some(0.0),
        Some(part) if part.denom == 0 => (at > 0 && part.num == 0).then_some(0.0),
        Some(part) => Some(f64::from(part.num) / f64::from(part.denom)),
    };
    let whole = (!parts.is_empty()).then_some(part(0)? + part(1)? / 60.0 + part(2)? / 3600.0)?;
    match text(exif, side)? {
        side if side == positive => Some(whole),
        side if side == negative => Some(-whole),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_time_that_cannot_be_is_none() {
        assert_eq!(moment("2008:10:22 16:28:39").unwrap(), "2008-10-22T16:28:39");
        assert_eq!(moment("2024:02:29 00:00:00").unwrap(), "2024-02-29T00:00:00");
        for text in [
            "",
            "0000:00:00 00:00:00",
            "    :  :     :  :  ",
            "2023:02:29 00:00:00",
            "2008:13:01 00:00:00",
            "2008:10:00 00:00:00",
            "2008:10:22 24:00:00",
            "2008:10:22 16:28:60",
            "2008-10-22 16:28:39",
            "2008:10:22 16:28:39Z",
            "2008:1é:22 16:28:39",
        ] {
            assert_eq!(moment(text), None, "{text}");
        }
    }

    #[test]
    fn an_offset_is_one_that_clocks_have() {
        for text in ["+00:00", "-12:00", "+05:45", "+14:00"] {
            assert!(is_offset(text), "{text}");
        }
        for text in ["", "Z", "+1:00", "+01:60", "+14:15", "-12:30", "01:00", "+01:00 ", "++1:00", "+é1:0"] {
            assert!(!is_offset(text), "{text}");
        }
    }
}
