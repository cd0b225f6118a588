//! A part of the map as it stands in an address, and the distances people choose from.

use places::{Point, cell::Bounds};

const MILE: f64 = 1609.344;
/// Miles to choose from, and the usual ones.
pub const WITHIN: [(&str, &str); 4] = [("0.5", "half a mile"), ("1", "1 mile"), ("3", "3 miles"), ("10", "10 miles")];
const USUAL: &str = "1";

/// One of the distances there are to choose from.
pub fn miles(typed: &str) -> &'static str {
    WITHIN.iter().map(|(value, _)| *value).find(|value| *value == typed).unwrap_or(USUAL)
}

pub fn around(point: Point, miles: &str) -> Bounds {
    Bounds::around(point, miles.parse().unwrap_or(1.0) * MILE)
}

pub fn read(text: &str) -> Option<Bounds> {
    let degrees: Vec<f64> = text.split(',').map(|part| part.parse().ok()).collect::<Option<_>>()?;
    let [south, west, north, east] = degrees[..] else { return None };
    Bounds::new(Point::new(south, west)?, Point::new(north, east)?)
}

pub fn written(bounds: Bounds) -> String {
    format!("{:.5},{:.5},{:.5},{:.5}", bounds.south, bounds.west, bounds.north, bounds.east)
}

/// Degrees to about a metre.
pub fn metre(degrees: f64) -> f64 {
    (degrees * 1e5).round() / 1e5
}

pub fn thousands(n: usize) -> String {
    let digits = n.to_string();
    let mut text = String::new();
    for (i, digit) in digits.chars().enumerate() {
        if i > 0 && (digits.len() - i).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_box_is_read_back_from_its_address_and_anything_else_is_none() {
        let bounds = Bounds { south: 51.32, west: -3.0, north: 51.37, east: -2.9 };
        assert_eq!(read(&written(bounds)), Some(bounds));
        for wrong in
            ["", "1,2,3", "51,-3,50,-2", "51,-3,52,x", "NaN,-3,52,-2", "51,-3,99,-2", "51,-3,52,-2,1", "1e999,0,0,0"]
        {
            assert_eq!(read(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn large_numbers_have_commas() {
        assert_eq!([0, 999, 1000, 1234567].map(thousands), ["0", "999", "1,000", "1,234,567"]);
    }
}
