//! Open Location Codes (<https://github.com/google/open-location-code>, "plus codes"): "9C3VQGW9+5R".

use crate::Point;

const FIGURES: &[u8; 20] = b"23456789CFGHJMPQRVWX";
/// Figures before the plus sign.
const BEFORE: usize = 8;

/// Whether the text has the shape of a code, short or full.
pub(crate) fn looks_like(text: &str) -> bool {
    text.split_once('+').is_some_and(|(before, after)| {
        let figure = |b: u8| FIGURES.contains(&b.to_ascii_uppercase());
        (4..=BEFORE).contains(&before.len())
            && before.len() % 2 == 0
            && before.bytes().all(|b| figure(b) || b == b'0')
            && after.len() != 1
            && after.len() <= 7
            && after.bytes().all(figure)
    })
}

/// The middle of the square that a full code names.
pub(crate) fn decode(code: &str) -> Option<Point> {
    let (before, after) = code.split_once('+')?;
    if before.len() != BEFORE || !looks_like(code) {
        return None;
    }
    let meant = before.trim_end_matches('0');
    // Noughts stand for figures left out: in pairs, and then nothing follows.
    let padded = meant.len() < BEFORE;
    if meant.is_empty() || meant.len() % 2 == 1 || meant.contains('0') || (padded && !after.is_empty()) {
        return None;
    }
    let values = meant.bytes().chain(after.bytes()).map(|b| FIGURES.iter().position(|f| *f == b.to_ascii_uppercase()));
    let values: Vec<f64> = values.map(|value| value.map(|v| v as f64)).collect::<Option<_>>()?;
    let (mut lat, mut lon, mut high, mut wide) = (-90.0, -180.0, 400.0, 400.0);
    // Ten figures in pairs, each a twentieth of the last; then each cuts the square in five by four.
    for pair in values[..values.len().min(10)].chunks(2) {
        (high, wide) = (high / 20.0, wide / 20.0);
        (lat, lon) = (lat + pair[0] * high, lon + pair[1] * wide);
    }
    for figure in values.iter().skip(10) {
        (high, wide) = (high / 5.0, wide / 4.0);
        (lat, lon) = (lat + (figure / 4.0).floor() * high, lon + figure % 4.0 * wide);
    }
    Point::new(lat + high / 2.0, lon + wide / 2.0)
}

/// The place that a short code names near a reference: four figures missing in front are taken from there, so that the
/// place is the one nearest to it.
pub(crate) fn recover(short: &str, near: Point) -> Option<Point> {
    let missing = BEFORE.checked_sub(short.find('+')?)?;
    if missing == 0 || missing > 4 || !looks_like(short) {
        return None;
    }
    let prefix: String = prefix_of(near).chars().take(missing).collect();
    let found = decode(&(prefix + short))?;
    // Side of the square that the missing figures name: 1 degree for four, 20 degrees for two.
    let side = 20f64.powi(2 - missing as i32 / 2);
    let nearer = |value: f64, to: f64| value + ((to - value) / side).round() * side;
    Point::new(nearer(found.lat, near.lat), nearer(found.lon, near.lon))
}

/// The first four figures of the code of a point.
fn prefix_of(point: Point) -> String {
    let (lat, lon) = ((point.lat + 90.0).clamp(0.0, 179.999), (point.lon + 180.0).rem_euclid(360.0));
    let figure = |value: f64| FIGURES[(value as usize).min(19)] as char;
    [lat / 20.0, lon / 20.0, lat % 20.0, lon % 20.0].into_iter().map(figure).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_full_code_names_its_square() {
        // From the specification's own examples: 7FG49QCJ+2VX is 20.3701135 N, 2.7822347 E.
        let point = decode("7FG49QCJ+2VX").unwrap();
        assert!(point.metres_to(Point { lat: 20.3701135, lon: 2.782234375 }) < 1.0, "{point:?}");
        let point = decode("7fg49q00+").unwrap();
        assert!((point.lat - 20.375).abs() < 1e-9 && (point.lon - 2.775).abs() < 1e-9, "{point:?}");
    }

    #[test]
    fn what_is_no_code_is_not_decoded() {
        for text in
            ["", "+", "9C3VQGW9", "9C3VQGW9+5", "9C3V0000+55", "00000000+", "9C3V0G00+", "AAAAAAAA+22", "QGW9+5R"]
        {
            assert_eq!(decode(text), None, "{text}");
        }
        assert_eq!(decode("XXXXXXXX+XX"), None, "beyond the pole");
    }

    #[test]
    fn a_short_code_is_completed_across_the_edge_of_a_square() {
        let weston = Point { lat: 51.346, lon: -2.977 };
        let whole = decode("9C3V82W2+9M").unwrap();
        let short = recover("82W2+9M", Point { lat: whole.lat + 0.3, lon: whole.lon - 0.3 }).unwrap();
        assert!(short.metres_to(whole) < 0.1, "{short:?} {whole:?}");
        assert_eq!(recover("9C3V82W2+9M", weston), None);
        assert_eq!(recover("2+9M", weston), None);
    }

    proptest! {
        #[test]
        fn no_text_makes_it_panic(text in "[0-9A-Z+ü]{0,14}") {
            let _ = (decode(&text), recover(&text, Point { lat: 51.0, lon: -3.0 }));
        }

        #[test]
        fn a_completed_code_is_near_its_reference(code in "[2-9][2-9][23456789CFGHJM]{2}[+][2-9]{2}", lat in 50.0..58.0f64) {
            let near = Point { lat, lon: -2.9 };
            let found = recover(&code, near).unwrap();
            prop_assert!((found.lat - near.lat).abs() <= 0.5 + 1e-9 && (found.lon - near.lon).abs() <= 0.5 + 1e-9);
        }
    }
}
