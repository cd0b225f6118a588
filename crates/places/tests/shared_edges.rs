//! Areas that share their edges share out the plane: no gap, no overlap.

use places::{Area, Boundaries, Point};
use proptest::prelude::*;

/// One step of the grid on which corners and points are kept: 1e-7 degree.
const HAIR: f64 = 1e-7;

fn area(code: &str, corners: &[(f64, f64)]) -> Area {
    let list: Vec<_> = corners.iter().chain(corners.first()).map(|(lon, lat)| format!("[{lon},{lat}]")).collect();
    let text = format!(r#"{{"type":"Polygon","coordinates":[[{}]]}}"#, list.join(","));
    Area::from_row("district", code, code, "drawn", &text).unwrap()
}

/// A rectangle cut in two along a crooked line from its south to its north side.
fn halves(cut: &[(f64, f64)]) -> Boundaries {
    let mut west = vec![(-3.2, 51.2)];
    west.extend_from_slice(cut);
    west.push((-3.2, 51.5));
    let mut east = vec![(-2.6, 51.5), (-2.6, 51.2)];
    east.extend_from_slice(cut);
    Boundaries::new(vec![area("west", &west), area("east", &east)])
}

fn codes(boundaries: &Boundaries, lon: f64, lat: f64) -> Vec<&str> {
    boundaries.at(Point { lat, lon }).into_iter().map(|area| area.code.as_str()).collect()
}

fn cut() -> impl Strategy<Value = Vec<(f64, f64)>> {
    proptest::collection::vec(-3.1..-2.7f64, 2..150).prop_map(|lons| {
        let step = 0.3 / (lons.len() - 1) as f64;
        let last = lons.len() - 1;
        let lat = |n: usize| if n == last { 51.5 } else { 51.2 + step * n as f64 };
        lons.iter().enumerate().map(|(n, lon)| (*lon, lat(n))).collect()
    })
}

#[test]
fn a_point_on_the_edge_belongs_to_one_district_the_lowest_code() {
    let boundaries = halves(&[(-2.9, 51.2), (-2.9, 51.5)]);
    assert_eq!(codes(&boundaries, -2.9, 51.3), ["east"]);
    assert_eq!(codes(&boundaries, -2.9, 51.2), ["east"]);
    assert_eq!(codes(&boundaries, -2.9 - HAIR, 51.3), ["west"]);
    assert_eq!(codes(&boundaries, -2.9 + HAIR, 51.3), ["east"]);
    assert_eq!(codes(&boundaries, -3.2, 51.3), ["west"]);
    assert_eq!(codes(&boundaries, -3.2 - HAIR, 51.3), [""; 0]);
}

#[test]
fn areas_that_overlap_are_all_told() {
    let square = [(0.0, 0.0), (1.0, 0.0), (1.0, 1.0), (0.0, 1.0)];
    let boundaries = Boundaries::new(vec![area("b", &square), area("a", &square)]);
    assert_eq!(codes(&boundaries, 0.5, 0.5), ["a", "b"]);
    assert_eq!(boundaries.at_kind("district", Point { lat: 0.5, lon: 0.5 }).unwrap().code, "a");
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 512, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn every_point_belongs_to_exactly_one_side_of_a_crooked_edge(
        cut in cut(), lon in -3.19..-2.61f64, lat in 51.2..51.5f64
    ) {
        prop_assert_eq!(codes(&halves(&cut), lon, lat).len(), 1);
    }

    #[test]
    fn a_hair_to_either_side_of_the_edge_is_one_district_or_the_other(
        cut in cut(), which in 0..10_000usize, along in 0.0..=1.0f64, off in -3i32..=3
    ) {
        let n = which % (cut.len() - 1);
        let (a, b) = (cut[n], cut[n + 1]);
        let (lon, lat) = (a.0 + along * (b.0 - a.0), a.1 + along * (b.1 - a.1));
        prop_assert_eq!(codes(&halves(&cut), lon + f64::from(off) * HAIR, lat).len(), 1);
        prop_assert_eq!(codes(&halves(&cut), lon, (lat + f64::from(off) * HAIR).clamp(51.2, 51.5)).len(), 1);
    }

    #[test]
    fn moving_east_across_a_corner_changes_from_west_to_east(cut in cut(), which in 0..10_000usize) {
        let (lon, lat) = cut[which % cut.len()];
        let boundaries = halves(&cut);
        prop_assert_eq!(codes(&boundaries, lon, lat), ["east"]);
        // Far enough west and east of all corners.
        prop_assert_eq!(codes(&boundaries, -3.15, lat), ["west"]);
        prop_assert_eq!(codes(&boundaries, -2.65, lat), ["east"]);
    }
}
