use crate::Point;
use crate::point::EARTH_RADIUS;
use rstar::RTree;
use rstar::primitives::GeomWithData;

/// Places that people live in, with how far around one may speak of being near it, in metres.
const SETTLEMENTS: [(&str, f64); 8] = [
    ("city", 6_000.0),
    ("town", 3_500.0),
    ("village", 1_800.0),
    ("suburb", 1_500.0),
    ("neighbourhood", 1_000.0),
    ("locality", 1_000.0),
    ("hamlet", 800.0),
    ("island", 1_000.0),
];

/// A street or landmark is near when it is no farther than this, in metres.
const NEAR_A_STREET: f64 = 250.0;
/// Nothing farther than this describes a point, in metres.
const FARTHEST: f64 = 20_000.0;
const MILE: f64 = 1_609.344;

/// Where a kind stands among others of an equal match: settlements by size, then the rest.
pub(super) fn rank(kind: &str) -> u8 {
    SETTLEMENTS.iter().position(|(name, _)| *name == kind).unwrap_or(SETTLEMENTS.len()) as u8
}

pub(super) fn is_settlement(kind: &str) -> bool {
    reach(kind).is_some()
}

fn reach(kind: &str) -> Option<f64> {
    SETTLEMENTS.iter().find(|(name, _)| *name == kind).map(|(_, metres)| *metres)
}

type Tree = RTree<GeomWithData<[f32; 3], (u32, f32)>>;

/// Named things by where they lie. Settlements carry their reach.
#[derive(Debug)]
pub(super) struct Nearby {
    settlements: Tree,
    things: Tree,
}

/// How a point lies to the nearest name.
#[derive(Debug, PartialEq)]
pub(super) enum Near {
    /// A street or landmark close by.
    Thing(u32),
    /// In or beside a settlement.
    Settlement(u32),
    /// Metres from a settlement.
    Far(u32, f64),
}

impl Nearby {
    /// Kind and place of each name, in their order.
    pub fn new<'a>(names: impl IntoIterator<Item = (&'a str, Point)>) -> Nearby {
        let (mut settlements, mut things) = (Vec::new(), Vec::new());
        for (n, (kind, point)) in names.into_iter().enumerate() {
            let (list, reach) = match reach(kind) {
                Some(reach) => (&mut settlements, reach),
                None => (&mut things, 0.0),
            };
            list.push(GeomWithData::new(point.on_sphere(), (n as u32, reach as f32)));
        }
        Nearby { settlements: RTree::bulk_load(settlements), things: RTree::bulk_load(things) }
    }

    pub fn describe(&self, point: Point) -> Option<Near> {
        let thing = self.things.nearest_neighbor_iter_with_distance_2(point.on_sphere()).next();
        if let Some((thing, chord)) = thing
            && metres(chord) <= NEAR_A_STREET
        {
            return Some(Near::Thing(thing.data.0));
        }
        let (n, metres, reach) = self.settlement(point)?;
        Some(if metres <= reach { Near::Settlement(n) } else { Near::Far(n, metres) })
    }

    /// The settlement that a point is most plainly near: distance measured against reach, so that a town outweighs a
    /// hamlet. With its metres and its reach.
    pub fn settlement(&self, point: Point) -> Option<(u32, f64, f64)> {
        let around = self.settlements.locate_within_distance(point.on_sphere(), chord(FARTHEST));
        let weighed = around.map(|found| {
            let metres = metres(square(*found.geom(), point.on_sphere()));
            (metres / f64::from(found.data.1), found.data.0, metres, f64::from(found.data.1))
        });
        let best = weighed.min_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)));
        best.map(|(_, n, metres, reach)| (n, metres, reach))
    }
}

/// "about half a mile from", "about 3 miles from".
pub(super) fn away(metres: f64) -> String {
    match (metres / MILE).round() as u32 {
        0 => "about half a mile from".into(),
        1 => "about a mile from".into(),
        miles => format!("about {miles} miles from"),
    }
}

fn square(a: [f32; 3], b: [f32; 3]) -> f32 {
    (0..3).map(|axis| (a[axis] - b[axis]).powi(2)).sum()
}

/// Metres along the ground for a squared chord of the unit sphere.
fn metres(chord: f32) -> f64 {
    2.0 * EARTH_RADIUS * (f64::from(chord).sqrt() / 2.0).min(1.0).asin()
}

/// Squared chord of the unit sphere for metres along the ground.
fn chord(metres: f64) -> f32 {
    (2.0 * (metres / EARTH_RADIUS / 2.0).sin()).powi(2) as f32
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(lat: f64, lon: f64) -> Point {
        Point { lat, lon }
    }

    fn nearby() -> Nearby {
        let names = [("town", at(51.35, -2.98)), ("hamlet", at(51.35, -2.93)), ("street", at(51.351, -2.981))];
        Nearby::new(names)
    }

    #[test]
    fn a_street_close_by_comes_before_the_town() {
        assert_eq!(nearby().describe(at(51.351, -2.98)), Some(Near::Thing(2)));
        assert_eq!(nearby().describe(at(51.36, -2.98)), Some(Near::Settlement(0)));
    }

    #[test]
    fn a_town_outweighs_a_hamlet_that_is_as_near() {
        assert_eq!(nearby().describe(at(51.35, -2.95)), Some(Near::Settlement(0)));
        assert_eq!(nearby().describe(at(51.35, -2.931)), Some(Near::Settlement(1)));
    }

    #[test]
    fn far_off_is_told_in_miles_and_very_far_not_at_all() {
        let Some(Near::Far(0, metres)) = nearby().describe(at(51.44, -2.98)) else { panic!() };
        assert_eq!(away(metres), "about 6 miles from");
        assert_eq!([400.0, 1_500.0].map(away), ["about half a mile from", "about a mile from"]);
        assert_eq!(nearby().describe(at(52.0, -2.98)), None);
        assert_eq!(Nearby::new([]).describe(at(51.0, -2.0)), None);
    }
}
