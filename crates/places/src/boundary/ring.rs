use crate::Point;

/// Whole numbers of 1e-7 degree: longitude, latitude.
pub(crate) type Corner = [i32; 2];

pub(super) const PER_DEGREE: f64 = 1e7;
/// Sides whose common rectangle is looked at before they are.
const CHUNK: usize = 64;

/// A closed line. The last corner joins the first and is not repeated.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ring {
    corners: Box<[Corner]>,
    /// Rectangle of each run of `CHUNK` sides.
    chunks: Box<[Rectangle]>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Rectangle {
    pub low: Corner,
    pub high: Corner,
}

impl Rectangle {
    /// Holds nothing until it is stretched.
    pub const EMPTY: Rectangle = Rectangle { low: [i32::MAX; 2], high: [i32::MIN; 2] };

    pub fn stretch(&mut self, other: Rectangle) {
        for axis in 0..2 {
            self.low[axis] = self.low[axis].min(other.low[axis]);
            self.high[axis] = self.high[axis].max(other.high[axis]);
        }
    }

    /// Metres from the rectangle, never more than to anything in it.
    pub fn metres_from(&self, flat: &Flat) -> f64 {
        let gap = |axis: usize| {
            let at = i64::from(flat.at[axis]);
            (i64::from(self.low[axis]) - at).max(at - i64::from(self.high[axis])).max(0) as f64
        };
        (gap(0) * flat.east).hypot(gap(1) * flat.north)
    }
}

/// Where a point lies to a ring.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Side {
    Within,
    OnEdge,
    Outside,
}

/// The plane around a point: metres to one step east and north. Good to one part in a thousand within 50 km.
pub(super) struct Flat {
    pub at: Corner,
    pub east: f64,
    pub north: f64,
}

impl Flat {
    pub fn around(point: Point) -> Flat {
        let north = crate::point::EARTH_RADIUS.to_radians() / PER_DEGREE;
        Flat { at: corner(point), east: north * point.lat.to_radians().cos(), north }
    }
}

pub(crate) fn corner(point: Point) -> Corner {
    // ±180 degrees are ±1.8e9 steps: they fit 31 bits. A float that did not would stop at the end of the range.
    [(point.lon * PER_DEGREE).round() as i32, (point.lat * PER_DEGREE).round() as i32]
}

pub(crate) fn point([lon, lat]: Corner) -> Point {
    Point { lat: degrees(lat), lon: degrees(lon) }
}

pub(super) fn degrees(steps: i32) -> f64 {
    f64::from(steps) / PER_DEGREE
}

impl Ring {
    /// None where fewer than three different corners are left.
    pub fn new(points: impl IntoIterator<Item = Point>) -> Option<Ring> {
        Ring::of(points.into_iter().map(corner).collect())
    }

    pub(super) fn of(mut corners: Vec<Corner>) -> Option<Ring> {
        corners.dedup();
        while corners.len() > 1 && corners.first() == corners.last() {
            corners.pop();
        }
        let mut ring = Ring { corners: corners.into(), chunks: Box::default() };
        let first = ring.corners.first()?;
        let second = ring.corners.iter().find(|corner| *corner != first)?;
        ring.corners.iter().find(|corner| *corner != first && *corner != second)?;
        let starts = (0..ring.corners.len()).step_by(CHUNK);
        ring.chunks = starts.map(|from| ring.rectangle_of(from)).collect();
        Some(ring)
    }

    pub fn points(&self) -> impl Iterator<Item = Point> + '_ {
        self.corners.iter().copied().map(point)
    }

    pub(super) fn corners(&self) -> &[Corner] {
        &self.corners
    }

    pub(super) fn rectangle(&self) -> Rectangle {
        let mut all = Rectangle::EMPTY;
        self.chunks.iter().for_each(|chunk| all.stretch(*chunk));
        all
    }

    fn rectangle_of(&self, from: usize) -> Rectangle {
        let mut all = Rectangle::EMPTY;
        for (a, b) in self.sides(from) {
            all.stretch(Rectangle { low: a, high: a });
            all.stretch(Rectangle { low: b, high: b });
        }
        all
    }

    /// The sides of the run that begins at `from`.
    fn sides(&self, from: usize) -> impl Iterator<Item = (Corner, Corner)> + '_ {
        let to = (from + CHUNK).min(self.corners.len());
        let next = move |at: usize| self.corners[if at + 1 == self.corners.len() { 0 } else { at + 1 }];
        (from..to).map(move |at| (self.corners[at], next(at)))
    }

    /// Even-odd rule along the ray to the east.
    pub(super) fn side_of(&self, at: Corner) -> Side {
        let mut within = false;
        for (n, chunk) in self.chunks.iter().enumerate() {
            // A run wholly above, below or west of the point is neither touched nor crossed.
            if at[1] < chunk.low[1] || at[1] > chunk.high[1] || at[0] > chunk.high[0] {
                continue;
            }
            for (a, b) in self.sides(n * CHUNK) {
                match crossing(at, a, b) {
                    Crossing::Touches => return Side::OnEdge,
                    Crossing::Crosses => within = !within,
                    Crossing::Misses => {}
                }
            }
        }
        if within { Side::Within } else { Side::Outside }
    }

    /// Metres to the nearest side, or `best` where that is less.
    pub(super) fn metres_to_edge(&self, flat: &Flat, mut best: f64) -> f64 {
        for (n, chunk) in self.chunks.iter().enumerate() {
            if chunk.metres_from(flat) < best {
                best = self.sides(n * CHUNK).map(|(a, b)| metres_to_side(flat, a, b)).fold(best, f64::min);
            }
        }
        best
    }
}

enum Crossing {
    Touches,
    Crosses,
    Misses,
}

fn crossing(at: Corner, a: Corner, b: Corner) -> Crossing {
    let [x, y] = at;
    let ([ax, ay], [bx, by]) = (a, b);
    if y < ay.min(by) || y > ay.max(by) || x > ax.max(bx) {
        return Crossing::Misses;
    }
    // Twice the area of the triangle a, b, at. Its terms reach 1.3e19, beyond 64 bits.
    let less = |p: i32, q: i32| i128::from(p) - i128::from(q);
    let turn = less(bx, ax) * less(y, ay) - less(by, ay) * less(x, ax);
    if turn == 0 && x >= ax.min(bx) {
        return Crossing::Touches;
    }
    // A side belongs to its lower end and not to its upper: a ray through a corner counts once.
    let spans = (ay > y) != (by > y);
    let to_the_east = (turn > 0) == (by > ay);
    if spans && to_the_east { Crossing::Crosses } else { Crossing::Misses }
}

fn metres_to_side(flat: &Flat, a: Corner, b: Corner) -> f64 {
    let local = |corner: Corner| {
        let off = |axis: usize| (i64::from(corner[axis]) - i64::from(flat.at[axis])) as f64;
        (off(0) * flat.east, off(1) * flat.north)
    };
    let ((ax, ay), (bx, by)) = (local(a), local(b));
    let (dx, dy) = (bx - ax, by - ay);
    let length = dx * dx + dy * dy;
    let along = if length == 0.0 { 0.0 } else { (-(ax * dx + ay * dy) / length).clamp(0.0, 1.0) };
    (ax + along * dx).hypot(ay + along * dy)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn ring(corners: &[(f64, f64)]) -> Option<Ring> {
        Ring::new(corners.iter().map(|(lon, lat)| Point { lat: *lat, lon: *lon }))
    }

    fn square() -> Ring {
        ring(&[(0.0, 0.0), (2.0, 0.0), (2.0, 2.0), (0.0, 2.0), (0.0, 0.0)]).unwrap()
    }

    fn side(ring: &Ring, lon: f64, lat: f64) -> Side {
        ring.side_of(corner(Point { lat, lon }))
    }

    #[test]
    fn a_point_is_within_on_the_edge_or_outside() {
        for (lon, lat, expected) in [
            (1.0, 1.0, Side::Within),
            (0.0, 0.0, Side::OnEdge),
            (2.0, 1.0, Side::OnEdge),
            (1.0, 2.0, Side::OnEdge),
            (0.0, 1.5, Side::OnEdge),
            (2.0000001, 1.0, Side::Outside),
            (1.9999999, 1.0, Side::Within),
            (-1.0, 2.0, Side::Outside),
            (-1.0, 0.0, Side::Outside),
            (3.0, 2.0, Side::Outside),
        ] {
            assert_eq!(side(&square(), lon, lat), expected, "{lon}, {lat}");
        }
    }

    #[test]
    fn a_ray_through_a_corner_counts_once() {
        let diamond = ring(&[(0.0, -1.0), (1.0, 0.0), (0.0, 1.0), (-1.0, 0.0)]).unwrap();
        assert_eq!(side(&diamond, -2.0, 0.0), Side::Outside);
        assert_eq!(side(&diamond, -2.0, 1.0), Side::Outside);
        assert_eq!(side(&diamond, 0.0, 0.0), Side::Within);
    }

    #[test]
    fn a_line_there_and_back_is_no_ring() {
        assert!(ring(&[(0.0, 0.0), (1.0, 1.0), (0.0, 0.0)]).is_none());
        assert!(ring(&[(0.0, 0.0), (0.0, 0.0)]).is_none());
        assert!(ring(&[]).is_none());
    }

    #[test]
    fn a_ring_round_the_whole_globe_does_not_overflow() {
        let globe = ring(&[(-180.0, -90.0), (180.0, -90.0), (180.0, 90.0), (-180.0, 90.0)]).unwrap();
        assert_eq!(side(&globe, -2.9, 51.3), Side::Within);
    }

    #[test]
    fn metres_to_the_edge_are_those_on_the_ground() {
        let point = Point { lat: 1.0, lon: 2.1 };
        let metres = square().metres_to_edge(&Flat::around(point), f64::INFINITY);
        let truth = point.metres_to(Point { lat: 1.0, lon: 2.0 });
        assert!((metres / truth - 1.0).abs() < 0.001, "{metres} {truth}");
    }

    proptest! {
        /// A ring of many corners, so that runs of sides are passed over, against the plain rule without runs.
        #[test]
        fn passing_over_runs_changes_no_answer(
            radii in proptest::collection::vec(0.2..1.0f64, 3..300), lon in -1.1..1.1f64, lat in -1.1..1.1f64
        ) {
            let turn = |n: usize| n as f64 * std::f64::consts::TAU / radii.len() as f64;
            let star = ring(&radii.iter().enumerate().map(|(n, r)| (r * turn(n).cos(), r * turn(n).sin())).collect::<Vec<_>>());
            let star = star.unwrap();
            let at = corner(Point { lat, lon });
            let all = star.corners.len();
            let crossed = (0..all).filter(|n| {
                matches!(crossing(at, star.corners[*n], star.corners[(n + 1) % all]), Crossing::Crosses)
            }).count();
            let side = star.side_of(at);
            prop_assert!(side == Side::OnEdge || (side == Side::Within) == (crossed % 2 == 1));
            let flat = Flat::around(Point { lat, lon });
            let slow = (0..all).map(|n| metres_to_side(&flat, star.corners[n], star.corners[(n + 1) % all]));
            let slow = slow.fold(f64::INFINITY, f64::min);
            prop_assert!((star.metres_to_edge(&flat, f64::INFINITY) - slow).abs() < 1e-6);
        }
    }
}
