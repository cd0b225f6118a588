use crate::Point;

/// "51.346, -2.977", "51.346 -2.977", "51.346° N, 2.977° W": latitude first. At least one figure has a decimal point,
/// so that "12, 14" is not taken for degrees.
pub(super) fn lat_lon(text: &str) -> Option<Point> {
    let text = text.trim();
    if text.len() > 60 || !text.contains('.') {
        return None;
    }
    // A minus sign has several shapes.
    let plain = text.replace(['−', '–'], "-").replace('°', " ").to_uppercase();
    let mut values = Vec::new();
    let mut signs = [1.0, 1.0];
    for word in plain.split([',', ';', ' ', '\t']).filter(|word| !word.is_empty()) {
        let number = word.trim_matches(|c| matches!(c, 'N' | 'S' | 'E' | 'W'));
        let letter = word.chars().find(char::is_ascii_alphabetic);
        if !number.is_empty() {
            if !number.chars().all(|c| c.is_ascii_digit() || matches!(c, '.' | '-' | '+')) {
                return None;
            }
            values.push(number.parse::<f64>().ok()?);
        }
        match letter {
            None => {}
            Some('N') if values.len() <= 1 => {}
            Some('E') if !values.is_empty() => {}
            Some('S') if values.len() <= 1 => signs[0] = -1.0,
            Some('W') if !values.is_empty() => signs[1] = -1.0,
            Some(_) => return None,
        }
    }
    match values[..] {
        [lat, lon] => Point::new(lat * signs[0], lon * signs[1]),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn degrees_are_read_as_people_and_phones_write_them() {
        for text in [
            "51.346, -2.977",
            "51.346,-2.977",
            " 51.346 −2.977 ",
            "51.346° N, 2.977° W",
            "51.346N 2.977W",
            "N51.346 W2.977",
            "+51.346; -2.977",
        ] {
            assert_eq!(lat_lon(text), Point::new(51.346, -2.977), "{text}");
        }
    }

    #[test]
    fn other_numbers_are_no_degrees() {
        for text in
            ["12, 14", "51.346", "51.346, -2.977, 7", "151.0, 2.0", "1.2.3, 4", "51.3E 2.9N", "NaN, 1.0", "B3133 0.5"]
        {
            assert_eq!(lat_lon(text), None, "{text}");
        }
    }

    proptest! {
        #[test]
        fn no_text_makes_it_panic(text in "[-0-9.,°NSEWnsew ]{0,20}") {
            let _ = lat_lon(&text);
        }
    }
}
