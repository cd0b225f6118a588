//! Cells of the H3 grid (<https://h3geo.org>), so that "near here" is an indexed column.
//!
//! A cell is kept as the signed 64 bits of a BIGINT column; the top bit of an H3 index is always 0, so it is never
//! negative. Cells cover more than what is asked for: refine what they find by `Point::metres_to` or by a boundary.

use crate::Point;
use h3o::{CellIndex, LatLng};
use std::collections::{HashSet, VecDeque};

/// How fine the cells are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Resolution(h3o::Resolution);

impl Resolution {
    /// A town: edge 3.7 km, about 36 km².
    pub const TOWN: Resolution = Resolution(h3o::Resolution::Six);
    /// A neighbourhood: edge 530 m, about 0.74 km².
    pub const NEIGHBOURHOOD: Resolution = Resolution(h3o::Resolution::Eight);
    /// A street: edge 76 m, about 0.015 km².
    pub const STREET: Resolution = Resolution(h3o::Resolution::Ten);
    pub const SIX: Resolution = Resolution::TOWN;
    pub const EIGHT: Resolution = Resolution::NEIGHBOURHOOD;
    pub const TEN: Resolution = Resolution::STREET;
}

/// A rectangle in degrees; the west lies west of the east (no crossing of the date line).
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Bounds {
    pub south: f64,
    pub west: f64,
    pub north: f64,
    pub east: f64,
}

impl Bounds {
    /// None unless both corners are points and in order.
    pub fn new(south_west: Point, north_east: Point) -> Option<Bounds> {
        let bounds =
            Bounds { south: south_west.lat, west: south_west.lon, north: north_east.lat, east: north_east.lon };
        (bounds.south <= bounds.north && bounds.west <= bounds.east).then_some(bounds)
    }

    /// The square that reaches so many metres from the point, each way.
    pub fn around(point: Point, metres: f64) -> Bounds {
        let up = metres / METRES_OF_A_DEGREE;
        // Near a pole a degree of longitude has no length; there the square is cut off, not turned round the world.
        let along = (up / point.lat.to_radians().cos().max(0.01)).min(180.0);
        Bounds {
            south: (point.lat - up).max(-90.0),
            west: (point.lon - along).max(-180.0),
            north: (point.lat + up).min(90.0),
            east: (point.lon + along).min(180.0),
        }
    }

    pub fn holds(self, point: Point) -> bool {
        (self.south..=self.north).contains(&point.lat) && (self.west..=self.east).contains(&point.lon)
    }

    fn centre(self) -> Point {
        Point { lat: (self.south + self.north) / 2.0, lon: (self.west + self.east) / 2.0 }
    }

    /// Metres from the nearest point of the rectangle, 0 inside.
    fn metres_from(self, point: Point) -> f64 {
        let nearest =
            Point { lat: point.lat.clamp(self.south, self.north), lon: point.lon.clamp(self.west, self.east) };
        nearest.metres_to(point)
    }
}

/// Of a degree of latitude, on a sphere of 6,371 km.
const METRES_OF_A_DEGREE: f64 = 111_195.0;

/// More cells than this are never given: a query with so many names is slower than one without.
pub const MOST_CELLS: usize = 5_000;

#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the area is too large for cells so fine: more than {MOST_CELLS}")]
pub struct TooManyCells;

/// The cell that holds the point.
pub fn cell(point: Point, resolution: Resolution) -> i64 {
    as_column(index(point, resolution))
}

fn known(cell: i64) -> Option<CellIndex> {
    CellIndex::try_from(cell.cast_unsigned()).ok()
}

/// The larger cell that a cell belongs to; none where it is no cell, or is the larger one.
pub fn parent(cell: i64, resolution: Resolution) -> Option<i64> {
    known(cell)?.parent(resolution.0).map(as_column)
}

/// Where a cell has its middle.
pub fn middle(cell: i64) -> Option<Point> {
    known(cell).map(centre)
}

/// The corners of a cell, in order around it; none where it is no cell.
pub fn corners(cell: i64) -> Vec<Point> {
    let boundary = known(cell).map(|cell| cell.boundary());
    let corners = boundary.iter().flat_map(|boundary| boundary.iter());
    corners.filter_map(|corner| Point::new(corner.lat(), corner.lng())).collect()
}

/// Every cell that holds any part of the rectangle, in ascending order, and perhaps a few beside it.
pub fn cover_bounds(bounds: Bounds, resolution: Resolution) -> Result<Vec<i64>, TooManyCells> {
    cover(bounds.centre(), resolution, |point| bounds.metres_from(point))
}

/// Every cell that holds any part of the circle (radius in metres), in ascending order, and perhaps a few beside it.
pub fn cover_circle(centre: Point, radius: f64, resolution: Resolution) -> Result<Vec<i64>, TooManyCells> {
    cover(centre, resolution, |point| (centre.metres_to(point) - radius).max(0.0))
}

/// Walks outward from `start` over cells whose own circle touches what is asked for. What is asked for has no gaps, so
/// the walk misses none.
fn cover(start: Point, resolution: Resolution, metres_off: impl Fn(Point) -> f64) -> Result<Vec<i64>, TooManyCells> {
    let first = index(start, resolution);
    // Cells that lie together differ by a few in a hundred at most.
    let reach = reach(first) * 1.1;
    let mut seen = HashSet::from([first]);
    let mut cells = vec![as_column(first)];
    let mut waiting = VecDeque::from([first]);
    while let Some(at) = waiting.pop_front() {
        for beside in at.grid_disk::<Vec<_>>(1) {
            if seen.insert(beside) && metres_off(centre(beside)) <= reach {
                cells.push(as_column(beside));
                waiting.push_back(beside);
            }
        }
        if cells.len() > MOST_CELLS {
            return Err(TooManyCells);
        }
    }
    cells.sort_unstable();
    Ok(cells)
}

/// Spans of street cells, from and to, which together cover the rectangle and something around it. All cells inside a
/// larger one have neighbouring numbers, so that an index on the street cell serves every size of area. A rectangle too large
/// for spans has the one of all cells.
pub fn spans(bounds: Bounds) -> Vec<(i64, i64)> {
    const FINEST_FIRST: [h3o::Resolution; 6] = [
        h3o::Resolution::Ten,
        h3o::Resolution::Nine,
        h3o::Resolution::Eight,
        h3o::Resolution::Seven,
        h3o::Resolution::Six,
        h3o::Resolution::Five,
    ];
    for resolution in FINEST_FIRST {
        let area = (bounds.north - bounds.south) * (bounds.east - bounds.west) * square_km_of_a_degree(bounds);
        // No walk is begun that would be a long one.
        if area / resolution.area_km2() > MOST_WALKED {
            continue;
        }
        let Ok(cells) = cover_bounds(bounds, Resolution(resolution)) else { continue };
        let spans = joined(cells, resolution);
        if spans.len() <= MOST_SPANS {
            return spans;
        }
    }
    vec![(0, i64::MAX)]
}

/// What to divide street cells by, so that those of one group come to the same: about `across` groups along each side.
pub fn group_size(bounds: Bounds, across: f64) -> i64 {
    let area = (bounds.north - bounds.south) * (bounds.east - bounds.west) * square_km_of_a_degree(bounds);
    let enough = |resolution: &h3o::Resolution| resolution.area_km2() * across * across >= area;
    let finest = h3o::Resolution::range(h3o::Resolution::Two, h3o::Resolution::Ten).rev().find(enough);
    1 << (3 * (15 - u8::from(finest.unwrap_or(h3o::Resolution::Two))))
}

/// One look into an index for each costs some µs; fewer would read much that lies outside.
const MOST_SPANS: usize = 48;
/// Cells inside a rectangle that are walked to find its spans, each a fraction of a µs.
const MOST_WALKED: f64 = 96.0;

fn square_km_of_a_degree(bounds: Bounds) -> f64 {
    let km = METRES_OF_A_DEGREE / 1000.0;
    km * km * bounds.centre().lat.to_radians().cos()
}

/// The street cells of each cell, as spans; those that touch become one.
fn joined(cells: Vec<i64>, resolution: h3o::Resolution) -> Vec<(i64, i64)> {
    // The digits below a cell's own are all ones; below the street's own they stay so.
    let below = |finest: h3o::Resolution| (1i64 << (3 * (15 - u8::from(finest)))) - 1;
    let (own, street) = (below(resolution), below(h3o::Resolution::Ten));
    let steps = i64::from(u8::from(h3o::Resolution::Ten) - u8::from(resolution)) << 52;
    let mut spans: Vec<(i64, i64)> = Vec::new();
    for cell in cells {
        let first = ((cell & !own) | street) + steps;
        let last = (cell | own) + steps;
        match spans.last_mut() {
            // Between the last of one and the first of the next there is no street cell: they differ in the digits above.
            Some(span) if first - span.1 <= street + 1 => span.1 = last,
            _ => spans.push((first, last)),
        }
    }
    spans
}

fn index(point: Point, resolution: Resolution) -> CellIndex {
    // A Point is finite by construction or by serde; one written as a literal with NaN falls to the origin.
    LatLng::new(point.lat, point.lon).unwrap_or_default().to_cell(resolution.0)
}

fn as_column(cell: CellIndex) -> i64 {
    u64::from(cell) as i64
}

fn centre(cell: CellIndex) -> Point {
    let centre = LatLng::from(cell);
    Point { lat: centre.lat(), lon: centre.lng() }
}

/// Metres from the centre to the farthest corner.
fn reach(cell: CellIndex) -> f64 {
    let middle = centre(cell);
    let corner = |at: &LatLng| middle.metres_to(Point { lat: at.lat(), lon: at.lng() });
    cell.boundary().iter().map(corner).fold(0.0, f64::max)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const WESTON: Point = Point { lat: 51.3460, lon: -2.9770 };

    #[test]
    fn a_cell_fits_a_bigint_column_and_names_its_resolution() {
        for (resolution, digit) in [(Resolution::SIX, 6), (Resolution::EIGHT, 8), (Resolution::TEN, 10)] {
            let cell = cell(WESTON, resolution);
            assert!(cell > 0);
            assert_eq!((cell >> 52) & 0xf, digit);
        }
    }

    #[test]
    fn edges_are_as_long_as_the_words_say() {
        for (resolution, metres) in [(Resolution::SIX, 3_725.0), (Resolution::EIGHT, 531.0), (Resolution::TEN, 76.0)] {
            let edge = resolution.0.edge_length_m();
            assert!((edge / metres - 1.0).abs() < 0.02, "{edge}");
        }
    }

    #[test]
    fn a_street_lies_in_its_neighbourhood_whose_corners_stand_around_it() {
        let street = cell(WESTON, Resolution::STREET);
        let around = parent(street, Resolution::NEIGHBOURHOOD).unwrap();
        assert_eq!(around, cell(WESTON, Resolution::NEIGHBOURHOOD));
        let (middle, corners) = (middle(around).unwrap(), corners(around));
        assert!(middle.metres_to(WESTON) < 600.0 && (5..=10).contains(&corners.len()), "{corners:?}");
        assert!(corners.iter().all(|corner| (400.0..700.0).contains(&corner.metres_to(middle))));
        // What is no cell has none of it.
        assert_eq!((parent(0, Resolution::TOWN), super::middle(-1), super::corners(7)), (None, None, Vec::new()));
        assert_eq!(parent(around, Resolution::STREET), None);
    }

    #[test]
    fn a_square_around_a_point_reaches_as_far_as_was_said() {
        let bounds = Bounds::around(WESTON, 1609.344);
        for (lat, lon) in [
            (bounds.south, WESTON.lon),
            (bounds.north, WESTON.lon),
            (WESTON.lat, bounds.west),
            (WESTON.lat, bounds.east),
        ] {
            assert!((WESTON.metres_to(Point { lat, lon }) - 1609.344).abs() < 3.0);
        }
        assert!(Bounds::around(Point { lat: 90.0, lon: 0.0 }, 1e6).east <= 180.0);
    }

    #[test]
    fn an_area_too_large_is_refused_not_walked() {
        assert_eq!(cover_circle(WESTON, 100_000.0, Resolution::STREET), Err(TooManyCells));
        let world = Bounds { south: -90.0, west: -180.0, north: 90.0, east: 180.0 };
        assert_eq!(cover_bounds(world, Resolution::NEIGHBOURHOOD), Err(TooManyCells));
    }

    #[test]
    fn a_corner_on_the_wrong_side_makes_no_bounds() {
        let north = Point { lat: 52.0, lon: -2.0 };
        assert!(Bounds::new(WESTON, north).is_some());
        assert!(Bounds::new(north, WESTON).is_none());
    }

    #[test]
    fn spans_read_little_that_lies_outside() {
        let area = |bounds: Bounds| {
            (bounds.north - bounds.south) * (bounds.east - bounds.west) * square_km_of_a_degree(bounds)
        };
        let street = h3o::Resolution::Ten.area_km2();
        for side in [0.002, 0.01, 0.05, 0.2] {
            let bounds = Bounds { south: 51.3, west: -3.0, north: 51.3 + side, east: -3.0 + side * 1.6 };
            let cells: i64 = spans(bounds)
                .iter()
                .map(|(first, last)| {
                    // Street cells of a span: the numbers between, seven of every eight for each digit that varies.
                    let (mut n, mut from, mut to) = (1, first >> 15, last >> 15);
                    while from != to {
                        n *= 7;
                        (from, to) = (from >> 3, to >> 3);
                    }
                    n
                })
                .sum();
            let ratio = cells as f64 * street / area(bounds);
            assert!(ratio < 12.0, "{side}: {ratio}");
        }
        let world = Bounds { south: -90.0, west: -180.0, north: 90.0, east: 180.0 };
        assert_eq!(spans(world), [(0, i64::MAX)]);
    }

    #[test]
    fn groups_are_as_many_as_asked_for_and_each_lies_together() {
        let bounds = Bounds { south: 51.3, west: -3.0, north: 51.4, east: -2.8 };
        let size = group_size(bounds, 8.0);
        let mut groups = std::collections::BTreeMap::<i64, Vec<Point>>::new();
        for (n, m) in (0..100).flat_map(|n| (0..100).map(move |m| (f64::from(n), f64::from(m)))) {
            let point = Point { lat: 51.3 + n * 0.001, lon: -3.0 + m * 0.002 };
            groups.entry(cell(point, Resolution::STREET) / size).or_default().push(point);
        }
        assert!((10..=200).contains(&groups.len()), "{}", groups.len());
        let farthest = |points: &Vec<Point>| points.iter().map(|p| p.metres_to(points[0])).fold(0.0, f64::max);
        let across = groups.values().map(farthest).fold(0.0, f64::max);
        assert!(across < 6_000.0, "{across}");
    }

    #[test]
    fn a_mile_round_weston_needs_few_cells() {
        let cells = cover_circle(WESTON, 1_609.344, Resolution::NEIGHBOURHOOD).unwrap();
        // 8.1 km² of circle in cells of 0.74 km², and a ring of cells around.
        assert!((11..=30).contains(&cells.len()), "{}", cells.len());
        assert!(cells.is_sorted());
    }

    proptest! {
        #[test]
        fn every_point_of_a_circle_lies_in_a_cell_of_its_cover(turn in 0.0..std::f64::consts::TAU, part in 0.0..1.0f64) {
            let cells = cover_circle(WESTON, 1_609.344, Resolution::NEIGHBOURHOOD).unwrap();
            let (up, along) = (turn.sin() * part * 1_609.0, turn.cos() * part * 1_609.0);
            let lat = WESTON.lat + up / 111_195.0;
            let point = Point { lat, lon: WESTON.lon + along / (111_195.0 * WESTON.lat.to_radians().cos()) };
            prop_assume!(point.metres_to(WESTON) <= 1_609.344);
            let held = cells.contains(&cell(point, Resolution::NEIGHBOURHOOD));
            prop_assert!(held);
        }

        #[test]
        fn every_point_of_a_rectangle_lies_in_one_of_its_spans(
            south in 51.0..51.4f64, west in -3.2..-2.6f64, high in 0.0005..0.6f64, wide in 0.0005..1.2f64,
            up in 0.0..=1.0f64, along in 0.0..=1.0f64,
        ) {
            let bounds = Bounds { south, west, north: south + high, east: west + wide };
            let street = cell(Point { lat: south + high * up, lon: west + wide * along }, Resolution::STREET);
            let spans = spans(bounds);
            prop_assert!(spans.len() <= MOST_SPANS);
            let held = spans.iter().filter(|(first, last)| (*first..=*last).contains(&street)).count();
            prop_assert_eq!(held, 1);
        }

        #[test]
        fn every_point_of_a_rectangle_lies_in_a_cell_of_its_cover(lat in 51.30..51.40f64, lon in -3.0..-2.8f64) {
            let bounds = Bounds { south: 51.30, west: -3.0, north: 51.40, east: -2.8 };
            let cells = cover_bounds(bounds, Resolution::TOWN).unwrap();
            let held = cells.contains(&cell(Point { lat, lon }, Resolution::TOWN));
            prop_assert!(held);
        }
    }
}
