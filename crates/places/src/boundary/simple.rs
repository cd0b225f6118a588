use super::Area;
use super::area::Polygon;
use super::ring::{Corner, PER_DEGREE, Rectangle, Ring};
use crate::point::EARTH_RADIUS;
use std::collections::HashMap;

/// The finest drawing in metres; each try after it is a quarter coarser.
const FINEST: f64 = 10.0;
/// Nothing is drawn more coarsely than this.
const COARSEST: f64 = 20_000.0;
/// Corners of a drawing are kept to 1e-5 degree (about 1 m): shorter figures, and the same ones in every area.
const ROUND: i32 = 100;

/// Areas with fewer corners, to be looked at and not to be decided by.
#[derive(Clone, Debug, PartialEq)]
pub struct Simple {
    pub areas: Vec<Area>,
    /// No line was moved farther than this.
    pub metres: f64,
}

/// The same areas with at most `most` corners in all. None where they cannot be drawn with so few.
///
/// A line that two areas share is simplified once and stays shared, so that no gap opens between neighbours. Islands and
/// holes too small to be seen are left out, the largest piece of an area never. Pieces stand by size, largest first.
pub fn simplified(areas: &[Area], most: usize) -> Option<Simple> {
    let mut all = Rectangle::EMPTY;
    areas.iter().for_each(|area| all.stretch(area.rectangle()));
    let middle = (f64::from(all.low[1]) + f64::from(all.high[1])) / 2.0 / PER_DEGREE;
    let metres_per_step = EARTH_RADIUS.to_radians() / PER_DEGREE;
    let joints = Joints::of(areas);
    let mut metres = FINEST;
    while metres <= COARSEST {
        let plane = Plane { east: middle.to_radians().cos(), slack: metres / metres_per_step };
        let drawn: Vec<Area> = areas.iter().filter_map(|area| plane.area(area, &joints)).collect();
        if drawn.len() == areas.len() && drawn.iter().map(Area::corners).sum::<usize>() <= most {
            return Some(Simple { areas: drawn, metres });
        }
        metres *= 1.25;
    }
    None
}

/// Corners where lines part: in all areas together they have other neighbours than two. They never move.
struct Joints(HashMap<Corner, Option<[Corner; 2]>>);

impl Joints {
    fn of(areas: &[Area]) -> Joints {
        let mut seen: HashMap<Corner, Option<[Corner; 2]>> = HashMap::new();
        for ring in areas.iter().flat_map(|area| &area.polygons).flat_map(Polygon::rings) {
            let corners = ring.corners();
            for (n, at) in corners.iter().enumerate() {
                let (before, after) =
                    (corners[(n + corners.len() - 1) % corners.len()], corners[(n + 1) % corners.len()]);
                let beside = [before.min(after), before.max(after)];
                let known = seen.entry(*at).or_insert(Some(beside));
                if *known != Some(beside) {
                    *known = None;
                }
            }
        }
        Joints(seen)
    }

    fn holds(&self, corner: &Corner) -> bool {
        self.0.get(corner).is_some_and(Option::is_none)
    }
}

/// Distances in steps of a degree of latitude, longitude shortened to them.
struct Plane {
    east: f64,
    slack: f64,
}

impl Plane {
    fn area(&self, area: &Area, joints: &Joints) -> Option<Area> {
        let mut whole: Vec<&Polygon> = area.polygons.iter().collect();
        whole.sort_by_key(|polygon| std::cmp::Reverse(self.extent(&polygon.outer)));
        let mut polygons = Vec::new();
        for polygon in whole {
            if !polygons.is_empty() && self.is_small(&polygon.outer) {
                continue;
            }
            let Some(outer) = self.ring(&polygon.outer, joints) else { continue };
            let holes = polygon.holes.iter().filter(|hole| !self.is_small(hole));
            polygons.push(Polygon { outer, holes: holes.filter_map(|hole| self.ring(hole, joints)).collect() });
        }
        (!polygons.is_empty()).then(|| Area { polygons, ..area.clone() })
    }

    fn sides(&self, ring: &Ring) -> (f64, f64) {
        let Rectangle { low, high } = ring.rectangle();
        (self.east * (f64::from(high[0]) - f64::from(low[0])), f64::from(high[1]) - f64::from(low[1]))
    }

    fn extent(&self, ring: &Ring) -> u64 {
        let (wide, high) = self.sides(ring);
        (wide * high) as u64
    }

    fn is_small(&self, ring: &Ring) -> bool {
        let (wide, high) = self.sides(ring);
        wide.max(high) < 4.0 * self.slack
    }

    /// The ring between its joints, each piece simplified by itself. A ring without two of them is cut where any other
    /// ring through the same corners is cut too.
    fn ring(&self, ring: &Ring, joints: &Joints) -> Option<Ring> {
        let corners = ring.corners();
        let mut cuts: Vec<usize> = (0..corners.len()).filter(|n| joints.holds(&corners[*n])).collect();
        if cuts.is_empty() {
            cuts.extend((0..corners.len()).min_by_key(|n| corners[*n]));
        }
        if let [only] = cuts[..] {
            let away = |n: &usize| (self.squared(corners[only], corners[*n]) as u64, corners[*n]);
            cuts.extend((0..corners.len()).filter(|n| corners[*n] != corners[only]).max_by_key(away));
            cuts.sort_unstable();
        }
        let mut kept: Vec<Corner> = Vec::new();
        for (n, from) in cuts.iter().enumerate() {
            let to = cuts.get(n + 1).copied().unwrap_or(cuts[0] + corners.len());
            let piece: Vec<Corner> = (*from..=to).map(|at| corners[at % corners.len()]).collect();
            kept.extend(self.piece(piece));
            // The end of a piece is the beginning of the next.
            kept.pop();
        }
        Ring::of(
            kept.into_iter().map(|corner| corner.map(|steps| (steps + ROUND / 2).div_euclid(ROUND) * ROUND)).collect(),
        )
    }

    /// What is left of a line whose ends stay: a corner goes if the line without it passes near enough (Douglas and
    /// Peucker, 1973). Always walked from the lower end, since two areas hold a shared line in opposite directions.
    fn piece(&self, mut line: Vec<Corner>) -> Vec<Corner> {
        let turned = line.last() < line.first();
        if turned {
            line.reverse();
        }
        let mut keep = vec![false; line.len()];
        let last = line.len() - 1;
        (keep[0], keep[last]) = (true, true);
        let mut open = vec![(0, last)];
        while let Some((from, to)) = open.pop() {
            let off = |n: usize| self.off(line[n], line[from], line[to]);
            let Some(farthest) = (from + 1..to).max_by(|a, b| off(*a).total_cmp(&off(*b))) else { continue };
            if off(farthest) > self.slack * self.slack {
                keep[farthest] = true;
                open.extend([(from, farthest), (farthest, to)]);
            }
        }
        let mut kept: Vec<Corner> =
            line.into_iter().zip(keep).filter_map(|(corner, keep)| keep.then_some(corner)).collect();
        if turned {
            kept.reverse();
        }
        kept
    }

    fn across(&self, a: Corner, b: Corner) -> (f64, f64) {
        (self.east * (f64::from(b[0]) - f64::from(a[0])), f64::from(b[1]) - f64::from(a[1]))
    }

    fn squared(&self, a: Corner, b: Corner) -> f64 {
        let (x, y) = self.across(a, b);
        x * x + y * y
    }

    /// Squared distance of a corner from the side between two others.
    fn off(&self, corner: Corner, a: Corner, b: Corner) -> f64 {
        let ((dx, dy), (x, y)) = (self.across(a, b), self.across(a, corner));
        let length = dx * dx + dy * dy;
        let along = if length == 0.0 { 0.0 } else { ((x * dx + y * dy) / length).clamp(0.0, 1.0) };
        let (x, y) = (x - along * dx, y - along * dy);
        x * x + y * y
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Point;
    use std::collections::BTreeSet;

    fn area(code: &str, rings: &[Vec<(f64, f64)>]) -> Area {
        let ring = |ring: &Vec<(f64, f64)>| {
            let points = ring.iter().map(|(lon, lat)| Point { lat: *lat, lon: *lon });
            Polygon { outer: Ring::new(points).unwrap(), holes: Vec::new() }
        };
        let polygons = rings.iter().map(ring).collect();
        Area { kind: "district".into(), code: code.into(), name: code.into(), set: "drawn".into(), polygons }
    }

    /// A line from south to north that sways by some hundred metres.
    fn swaying() -> Vec<(f64, f64)> {
        (0..=400).map(|n| (-2.9 + 0.004 * (f64::from(n) / 9.0).sin(), 51.2 + 0.000_75 * f64::from(n))).collect()
    }

    fn halves() -> Vec<Area> {
        let (mut west, mut east) = (vec![(-3.2, 51.2)], vec![(-2.6, 51.5), (-2.6, 51.2)]);
        west.extend(swaying());
        west.push((-3.2, 51.5));
        east.extend(swaying());
        vec![area("west", &[west]), area("east", &[east])]
    }

    fn shared(areas: &[Area]) -> (BTreeSet<Corner>, BTreeSet<Corner>) {
        let inner = |area: &Area| {
            let corners = area.polygons[0].outer.corners().iter();
            corners.copied().filter(|[lon, _]| (-30_000_000..-28_000_000).contains(lon)).collect()
        };
        (inner(&areas[0]), inner(&areas[1]))
    }

    #[test]
    fn neighbours_keep_one_line_between_them() {
        for most in [300, 100, 40, 12] {
            let simple = simplified(&halves(), most).unwrap();
            let (west, east) = shared(&simple.areas);
            assert_eq!(west, east, "{most}");
            assert!(west.len() >= 2 && simple.areas.iter().map(Area::corners).sum::<usize>() <= most);
        }
    }

    #[test]
    fn no_line_moves_farther_than_it_says() {
        let simple = simplified(&halves(), 120).unwrap();
        assert!(simple.metres < 500.0, "{}", simple.metres);
        for (lon, lat) in swaying() {
            let off = simple.areas[0].edge_distance(Point { lat, lon });
            // One metre for the rounding of the figures.
            assert!(off <= simple.metres + 1.0, "{off} m at {lat}, {lon}");
        }
    }

    #[test]
    fn small_islands_go_and_the_largest_piece_stands_first() {
        let square = |lon: f64, lat: f64, side: f64| {
            vec![(lon, lat), (lon + side, lat), (lon + side, lat + side), (lon, lat + side)]
        };
        let land = area("land", &[square(-3.5, 51.1, 0.0001), square(-3.0, 51.0, 0.5), square(-3.5, 51.0, 0.01)]);
        let simple = simplified(&[land], 8).unwrap();
        assert_eq!(simple.areas[0].polygons.len(), 2);
        let first = &simple.areas[0].polygons[0];
        assert!(first.outer.corners().contains(&[-30_000_000, 510_000_000]), "the largest stands first");
    }

    #[test]
    fn a_ring_of_its_own_keeps_its_shape_and_one_that_fills_a_hole_fits_it() {
        let around = |size: f64| -> Vec<(f64, f64)> {
            let turn = |n: i32| f64::from(n) * std::f64::consts::TAU / 200.0;
            (0..200).map(|n| (-2.5 + size * turn(n).cos(), 51.4 + size * 0.6 * turn(n).sin())).collect()
        };
        let mut outer = area("a", &[around(0.3)]);
        let inner = area("b", &[around(0.1)]);
        outer.polygons[0].holes.push(inner.polygons[0].outer.clone());
        let simple = simplified(&[outer, inner], 60).unwrap();
        let [a, b] = &simple.areas[..] else { panic!() };
        assert!(a.polygons[0].outer.corners().len() > 8);
        assert_eq!(a.polygons[0].holes[0].corners(), b.polygons[0].outer.corners());
    }

    #[test]
    fn what_cannot_be_drawn_with_so_few_corners_is_not_drawn() {
        assert_eq!(simplified(&halves(), 5), None);
        assert_eq!(simplified(&[], 5).map(|simple| simple.areas.len()), Some(0));
    }
}
