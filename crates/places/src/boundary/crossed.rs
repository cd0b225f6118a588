//! Rings that cross themselves: what lies within one is a matter of taste, so land that decides something may not be one.

use super::Area;
use super::ring::{Corner, Ring, point};
use crate::Point;

impl Area {
    /// A point at which a ring of it crosses itself.
    pub fn crossed(&self) -> Option<Point> {
        self.polygons.iter().flat_map(|polygon| polygon.rings()).find_map(Ring::crossed)
    }
}

impl Ring {
    /// A corner beside which two of its sides cross. Sides that only touch do no harm.
    pub fn crossed(&self) -> Option<Point> {
        let corners = self.corners();
        let next = |n: usize| corners[if n + 1 == corners.len() { 0 } else { n + 1 }];
        let mut sides: Vec<(Corner, Corner)> = (0..corners.len()).map(|n| (corners[n], next(n))).collect();
        // From west to east: a side is compared with those that begin before it ends.
        sides.sort_unstable_by_key(|(a, b)| a[0].min(b[0]));
        for (n, (a, b)) in sides.iter().enumerate() {
            let east = a[0].max(b[0]);
            let beside = sides[n + 1..].iter().take_while(|(c, d)| c[0].min(d[0]) <= east);
            if beside.into_iter().any(|(c, d)| cross(*a, *b, *c, *d)) {
                return Some(point(*a));
            }
        }
        None
    }
}

/// On which side of a line a point lies: -1, 0 or 1. The terms reach 1.3e19, beyond 64 bits.
fn turn(a: Corner, b: Corner, at: Corner) -> i128 {
    let less = |p: i32, q: i32| i128::from(p) - i128::from(q);
    (less(b[0], a[0]) * less(at[1], a[1]) - less(b[1], a[1]) * less(at[0], a[0])).signum()
}

fn cross(a: Corner, b: Corner, c: Corner, d: Corner) -> bool {
    turn(a, b, c) * turn(a, b, d) < 0 && turn(c, d, a) * turn(c, d, b) < 0
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ring(corners: &[(f64, f64)]) -> Ring {
        Ring::new(corners.iter().map(|(lon, lat)| Point { lat: *lat, lon: *lon })).unwrap()
    }

    #[test]
    fn a_bow_tie_crosses_itself_and_a_square_does_not() {
        assert!(ring(&[(0.0, 0.0), (1.0, 1.0), (1.0, 0.0), (0.0, 1.0)]).crossed().is_some());
        assert!(ring(&[(0.0, 0.0), (1.0, 0.0), (1.0, 1.0), (0.0, 1.0)]).crossed().is_none());
        // A notch whose tip touches the far side.
        assert!(ring(&[(0.0, 0.0), (2.0, 0.0), (2.0, 2.0), (1.0, 0.0), (0.0, 2.0)]).crossed().is_none());
    }

    #[test]
    fn a_crossing_far_along_a_long_ring_is_found() {
        // No corner of it lies where the two others pass: to go through a corner is to touch.
        let mut corners: Vec<(f64, f64)> = (0..5_003).map(|n| (f64::from(n) / 5_003.0, 0.0)).collect();
        corners.extend([(1.0, 1.0), (0.5, -1.0), (0.0, 1.0)]);
        assert!(ring(&corners).crossed().is_some());
    }
}
