//! British National Grid (EPSG:27700) to and from WGS84, in metres and degrees.
//!
//! Transverse Mercator on the Airy 1830 ellipsoid, then one seven-parameter Helmert shift instead of the OSTN15
//! table. Against OSTN15 the shift is wrong by up to 3.5 m in 95 of 100 places (Ordnance Survey, "A guide to
//! coordinate systems in Great Britain", section 6.6,
//! <https://docs.os.uk/more-than-maps/deep-dive/a-guide-to-coordinate-systems-in-great-britain>):
//! less than the width of a road, and less than the 10 m within which a postcode is placed.

mod reference;

pub use reference::GridRef;

use crate::Point;

/// Metres east and north of the grid's false origin, south-west of Scilly.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Grid {
    pub easting: f64,
    pub northing: f64,
}

struct Ellipsoid {
    a: f64,
    b: f64,
}

const AIRY_1830: Ellipsoid = Ellipsoid { a: 6_377_563.396, b: 6_356_256.909 };
const WGS84: Ellipsoid = Ellipsoid { a: 6_378_137.0, b: 6_356_752.314_245 };

/// Scale on the central meridian; true origin 49° N 2° W; false origin (Ordnance Survey guide, annex A).
const F0: f64 = 0.999_601_271_7;
const LAT0: f64 = 49.0;
const LON0: f64 = -2.0;
const E0: f64 = 400_000.0;
const N0: f64 = -100_000.0;

/// WGS84 to OSGB36: metres, parts in one, radians (Ordnance Survey guide, section 6.6).
const SHIFT: [f64; 3] = [-446.448, 125.157, -542.060];
const SCALE: f64 = 20.4894e-6;
const TURN: [f64; 3] = [-0.1502, -0.2470, -0.8421];

impl Grid {
    /// None outside the grid's 700 km by 1,300 km.
    pub fn new(easting: f64, northing: f64) -> Option<Grid> {
        ((0.0..700_000.0).contains(&easting) && (0.0..1_300_000.0).contains(&northing))
            .then_some(Grid { easting, northing })
    }

    pub fn to_point(self) -> Point {
        let (lat, lon) = unproject(self);
        let (lat, lon) = to_degrees_on(&WGS84, unshift(to_space(&AIRY_1830, lat, lon)));
        Point { lat: lat.to_degrees(), lon: lon.to_degrees() }
    }

    /// None where the point lies off the grid.
    pub fn from_point(point: Point) -> Option<Grid> {
        // Far from Britain the series of the projection does not hold; keep it away from there.
        if !(49.0..61.5).contains(&point.lat) || !(-9.5..3.5).contains(&point.lon) {
            return None;
        }
        let space = shift(to_space(&WGS84, point.lat.to_radians(), point.lon.to_radians()));
        let (lat, lon) = to_degrees_on(&AIRY_1830, space);
        let grid = project(lat, lon);
        Grid::new(grid.easting, grid.northing)
    }
}

fn to_space(on: &Ellipsoid, lat: f64, lon: f64) -> [f64; 3] {
    let e2 = 1.0 - (on.b * on.b) / (on.a * on.a);
    let v = on.a / (1.0 - e2 * lat.sin().powi(2)).sqrt();
    [v * lat.cos() * lon.cos(), v * lat.cos() * lon.sin(), v * (1.0 - e2) * lat.sin()]
}

fn to_degrees_on(on: &Ellipsoid, [x, y, z]: [f64; 3]) -> (f64, f64) {
    let e2 = 1.0 - (on.b * on.b) / (on.a * on.a);
    let p = x.hypot(y);
    let mut lat = z.atan2(p * (1.0 - e2));
    // Each round gains more than two digits; eight are ample for 1e-12 rad.
    for _ in 0..8 {
        let v = on.a / (1.0 - e2 * lat.sin().powi(2)).sqrt();
        lat = (z + e2 * v * lat.sin()).atan2(p);
    }
    (lat, y.atan2(x))
}

fn shift([x, y, z]: [f64; 3]) -> [f64; 3] {
    let [rx, ry, rz] = TURN.map(|seconds| (seconds / 3600.0).to_radians());
    let s = 1.0 + SCALE;
    [SHIFT[0] + s * x - rz * y + ry * z, SHIFT[1] + rz * x + s * y - rx * z, SHIFT[2] - ry * x + rx * y + s * z]
}

/// The exact inverse of `shift` by iteration, so that there and back again is the same place.
fn unshift(to: [f64; 3]) -> [f64; 3] {
    let mut from = to;
    // The shift is nearly the identity: each round gains four digits.
    for _ in 0..6 {
        let got = shift(from);
        for (f, (t, g)) in from.iter_mut().zip(to.iter().zip(got)) {
            *f += t - g;
        }
    }
    from
}

/// Length of the meridian from the true origin, scaled.
fn meridian(lat: f64) -> f64 {
    let n = (AIRY_1830.a - AIRY_1830.b) / (AIRY_1830.a + AIRY_1830.b);
    let (less, more) = (lat - LAT0.to_radians(), lat + LAT0.to_radians());
    AIRY_1830.b
        * F0
        * ((1.0 + n + 1.25 * n * n + 1.25 * n.powi(3)) * less
            - (3.0 * n + 3.0 * n * n + 2.625 * n.powi(3)) * less.sin() * more.cos()
            + 1.875 * (n * n + n.powi(3)) * (2.0 * less).sin() * (2.0 * more).cos()
            - 35.0 / 24.0 * n.powi(3) * (3.0 * less).sin() * (3.0 * more).cos())
}

/// Radii of curvature across and along the meridian, and how much they differ.
fn radii(lat: f64) -> (f64, f64, f64) {
    let e2 = 1.0 - (AIRY_1830.b * AIRY_1830.b) / (AIRY_1830.a * AIRY_1830.a);
    let w = 1.0 - e2 * lat.sin().powi(2);
    let v = AIRY_1830.a * F0 / w.sqrt();
    let rho = AIRY_1830.a * F0 * (1.0 - e2) / w.powf(1.5);
    (v, rho, v / rho - 1.0)
}

fn project(lat: f64, lon: f64) -> Grid {
    let (v, _, eta2) = radii(lat);
    let (s, c, t2) = (lat.sin(), lat.cos(), lat.tan().powi(2));
    let p = lon - LON0.to_radians();
    let northing = meridian(lat)
        + N0
        + v / 2.0 * s * c * p.powi(2)
        + v / 24.0 * s * c.powi(3) * (5.0 - t2 + 9.0 * eta2) * p.powi(4)
        + v / 720.0 * s * c.powi(5) * (61.0 - 58.0 * t2 + t2 * t2) * p.powi(6);
    let easting = E0
        + v * c * p
        + v / 6.0 * c.powi(3) * (1.0 + eta2 - t2) * p.powi(3)
        + v / 120.0 * c.powi(5) * (5.0 - 18.0 * t2 + t2 * t2 + 14.0 * eta2 - 58.0 * t2 * eta2) * p.powi(5);
    Grid { easting, northing }
}

fn unproject(grid: Grid) -> (f64, f64) {
    let mut lat = LAT0.to_radians();
    // Each round shrinks the rest a hundredfold or more; ten reach far below a hair.
    for _ in 0..10 {
        lat += (grid.northing - N0 - meridian(lat)) / (AIRY_1830.a * F0);
    }
    let (v, rho, eta2) = radii(lat);
    let (t, sec) = (lat.tan(), 1.0 / lat.cos());
    let (t2, t4, t6) = (t.powi(2), t.powi(4), t.powi(6));
    let d = grid.easting - E0;
    let out = lat - t / (2.0 * rho * v) * d.powi(2)
        + t / (24.0 * rho * v.powi(3)) * (5.0 + 3.0 * t2 + eta2 - 9.0 * t2 * eta2) * d.powi(4)
        - t / (720.0 * rho * v.powi(5)) * (61.0 + 90.0 * t2 + 45.0 * t4) * d.powi(6);
    let lon = LON0.to_radians() + sec / v * d - sec / (6.0 * v.powi(3)) * (v / rho + 2.0 * t2) * d.powi(3)
        + sec / (120.0 * v.powi(5)) * (5.0 + 28.0 * t2 + 24.0 * t4) * d.powi(5)
        - sec / (5040.0 * v.powi(7)) * (61.0 + 662.0 * t2 + 1320.0 * t4 + 720.0 * t6) * d.powi(7);
    (out, lon)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn three_postcodes_lie_within_five_metres_of_their_published_degrees() {
        for (easting, northing, lat, lon) in [
            (333440.0, 160967.0, 51.3438722, -2.9570082),
            (332040.0, 161333.0, 51.3469968, -2.9771753),
            (343690.0, 164418.0, 51.3760094, -2.8104107),
        ] {
            let off = Grid { easting, northing }.to_point().metres_to(Point { lat, lon });
            println!("{easting}, {northing}: {off:.2} m off");
            assert!(off < 5.0, "{easting}, {northing} is {off} m off");
        }
    }

    /// The worked example of the Ordnance Survey guide, annex C: Airy 52°39′27.2531″ N 1°43′4.5177″ E.
    #[test]
    fn the_projection_gives_the_guides_worked_example() {
        let (lat, lon) = (52.0 + 39.0 / 60.0 + 27.2531 / 3600.0, 1.0 + 43.0 / 60.0 + 4.5177 / 3600.0);
        let grid = project(f64::to_radians(lat), f64::to_radians(lon));
        assert!((grid.easting - 651_409.903).abs() < 0.001 && (grid.northing - 313_177.270).abs() < 0.001, "{grid:?}");
    }

    #[test]
    fn paris_and_the_poles_are_off_the_grid() {
        for (lat, lon) in [(48.85, 2.35), (90.0, 0.0), (-51.3, -2.9), (51.3, 177.0), (55.0, 3.4)] {
            assert_eq!(Grid::from_point(Point { lat, lon }), None, "{lat}, {lon}");
        }
        assert_eq!(Grid::new(700_000.0, 0.0), None);
        assert_eq!(Grid::new(f64::NAN, 0.0), None);
    }

    proptest! {
        #[test]
        fn there_and_back_again_is_the_same_place(e in 80_000.0..655_000.0f64, n in 5_000.0..1_215_000.0f64) {
            let grid = Grid { easting: e, northing: n };
            let point = grid.to_point();
            prop_assume!((49.0..61.5).contains(&point.lat) && (-9.5..3.5).contains(&point.lon));
            let back = Grid::from_point(point).unwrap();
            prop_assert!((back.easting - e).abs() < 0.01 && (back.northing - n).abs() < 0.01, "{:?} {:?}", grid, back);
        }
    }
}
