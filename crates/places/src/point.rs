use serde::{Deserialize, Serialize};

/// Mean radius of the Earth in metres (IUGG), as the published crime counts per circle assume.
pub(crate) const EARTH_RADIUS: f64 = 6_371_008.8;

/// A place on the ground: WGS84 degrees. JSON: `{"lat": 51.346, "lon": -2.977}`.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(try_from = "Degrees")]
pub struct Point {
    pub lat: f64,
    pub lon: f64,
}

#[derive(Deserialize)]
struct Degrees {
    lat: f64,
    lon: f64,
}

impl TryFrom<Degrees> for Point {
    type Error = &'static str;

    fn try_from(from: Degrees) -> Result<Self, Self::Error> {
        Point::new(from.lat, from.lon).ok_or("latitude must lie within 90 degrees and longitude within 180")
    }
}

impl Point {
    /// None unless both are finite, latitude within ±90 and longitude within ±180.
    pub fn new(lat: f64, lon: f64) -> Option<Point> {
        // The ranges are false for NaN and for the infinities.
        ((-90.0..=90.0).contains(&lat) && (-180.0..=180.0).contains(&lon)).then_some(Point { lat, lon })
    }

    /// Metres along the great circle (haversine).
    pub fn metres_to(self, other: Point) -> f64 {
        let (a, b) = (self.lat.to_radians(), other.lat.to_radians());
        let across = ((other.lon - self.lon).to_radians() / 2.0).sin();
        let up = ((b - a) / 2.0).sin();
        let h = up * up + a.cos() * b.cos() * across * across;
        2.0 * EARTH_RADIUS * h.sqrt().min(1.0).asin()
    }

    /// On the unit sphere. In single precision a place is known to half a metre: enough to sort by nearness.
    pub(crate) fn on_sphere(self) -> [f32; 3] {
        let (lat, lon) = (self.lat.to_radians(), self.lon.to_radians());
        [(lat.cos() * lon.cos()) as f32, (lat.cos() * lon.sin()) as f32, lat.sin() as f32]
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_point_off_the_globe_is_no_point() {
        for (lat, lon) in [(90.1, 0.0), (0.0, -180.5), (f64::NAN, 0.0), (0.0, f64::INFINITY), (332040.0, 161333.0)] {
            assert_eq!(Point::new(lat, lon), None, "{lat}, {lon}");
        }
        assert!(Point::new(-90.0, 180.0).is_some());
    }

    #[test]
    fn json_off_the_globe_is_refused() {
        assert!(serde_json::from_str::<Point>(r#"{"lat": 51.3, "lon": -2.9}"#).is_ok());
        assert!(serde_json::from_str::<Point>(r#"{"lat": 151.3, "lon": -2.9}"#).is_err());
    }

    #[test]
    fn a_degree_of_latitude_is_about_111_195_metres() {
        let (a, b) = (Point { lat: 51.0, lon: -3.0 }, Point { lat: 52.0, lon: -3.0 });
        assert!((a.metres_to(b) - 111_195.08).abs() < 0.01, "{}", a.metres_to(b));
    }

    proptest! {
        #[test]
        fn distance_is_the_same_both_ways_and_nought_to_itself(
            a in (-90.0..=90.0, -180.0..=180.0), b in (-90.0..=90.0, -180.0..=180.0)
        ) {
            let (a, b) = (Point { lat: a.0, lon: a.1 }, Point { lat: b.0, lon: b.1 });
            prop_assert_eq!(a.metres_to(a), 0.0);
            prop_assert!((a.metres_to(b) - b.metres_to(a)).abs() < 1e-6);
            prop_assert!(a.metres_to(b) <= 20_015_200.0);
        }
    }
}
