use super::geojson::{Geometry, polygons_of};
use super::ring::{Corner, Flat, Rectangle, Ring, Side, corner, degrees, point};
use crate::Point;
use std::fmt::Write;

/// One named piece of the map: a district, a ward, a force's ground.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Area {
    /// What sort of area: "district", "police-force", "ward".
    pub kind: String,
    /// Unique among the areas of its kind: "E06000024".
    pub code: String,
    pub name: String,
    /// Which edition of the boundaries, as people are shown it: "Boundary-Line, May 2014".
    pub set: String,
    pub polygons: Vec<Polygon>,
}

/// An outer ring and the holes in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Polygon {
    pub outer: Ring,
    pub holes: Vec<Ring>,
}

/// Stored text that is not the GeoJSON geometry of an area.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not the geometry of an area: {0}")]
pub struct NotAGeometry(pub String);

impl Area {
    /// The outline as a GeoJSON MultiPolygon, for one column of a row; `from_row` gives back the same area.
    pub fn geometry(&self) -> String {
        let mut out = String::from(r#"{"type":"MultiPolygon","coordinates":"#);
        list(&mut out, &self.polygons, |out, polygon| {
            let rings: Vec<&Ring> = polygon.rings().collect();
            list(out, &rings, |out, ring| {
                let closed: Vec<&Corner> = ring.corners().iter().chain(ring.corners().first()).collect();
                list(out, &closed, |out, [lon, lat]| {
                    // Writing to a String cannot fail.
                    let _ = write!(out, "[{},{}]", degrees(*lon), degrees(*lat));
                });
            });
        });
        out.push('}');
        out
    }

    /// An area from the columns of a row; `geometry` is a GeoJSON Polygon or MultiPolygon.
    pub fn from_row(kind: &str, code: &str, name: &str, set: &str, geometry: &str) -> Result<Area, NotAGeometry> {
        let read: Geometry = serde_json::from_str(geometry).map_err(|e| NotAGeometry(e.to_string()))?;
        let polygons = polygons_of(read).map_err(NotAGeometry)?;
        Ok(Area { kind: kind.into(), code: code.into(), name: name.into(), set: set.into(), polygons })
    }

    /// Whether the point lies inside or on the edge.
    pub fn holds(&self, point: Point) -> bool {
        self.side_of(corner(point)) != Side::Outside
    }

    /// Metres to the nearest edge, from inside or outside. Good to one part in a thousand within 50 km.
    pub fn edge_distance(&self, point: Point) -> f64 {
        self.metres_to_edge(&Flat::around(point), f64::INFINITY)
    }

    /// South-west and north-east corner of the rectangle around the area.
    pub fn bounds(&self) -> (Point, Point) {
        let Rectangle { low, high } = self.rectangle();
        (point(low), point(high))
    }

    pub fn corners(&self) -> usize {
        self.polygons.iter().flat_map(Polygon::rings).map(|ring| ring.corners().len()).sum()
    }

    pub(super) fn side_of(&self, at: Corner) -> Side {
        let mut best = Side::Outside;
        for polygon in &self.polygons {
            match polygon.side_of(at) {
                Side::Within => return Side::Within,
                Side::OnEdge => best = Side::OnEdge,
                Side::Outside => {}
            }
        }
        best
    }

    pub(super) fn metres_to_edge(&self, flat: &Flat, best: f64) -> f64 {
        let rings = self.polygons.iter().flat_map(Polygon::rings);
        rings.fold(best, |best, ring| ring.metres_to_edge(flat, best))
    }

    pub(super) fn rectangle(&self) -> Rectangle {
        let mut all = Rectangle::EMPTY;
        self.polygons.iter().for_each(|polygon| all.stretch(polygon.outer.rectangle()));
        all
    }
}

impl Polygon {
    pub fn rings(&self) -> impl Iterator<Item = &Ring> {
        std::iter::once(&self.outer).chain(&self.holes)
    }

    fn side_of(&self, at: Corner) -> Side {
        let mut within = false;
        for ring in self.rings() {
            match ring.side_of(at) {
                Side::OnEdge => return Side::OnEdge,
                Side::Within => within = !within,
                Side::Outside => {}
            }
        }
        if within { Side::Within } else { Side::Outside }
    }
}

fn list<T>(out: &mut String, of: &[T], mut each: impl FnMut(&mut String, &T)) {
    for (n, item) in of.iter().enumerate() {
        out.push(if n == 0 { '[' } else { ',' });
        each(out, item);
    }
    out.push_str(if of.is_empty() { "[]" } else { "]" });
}

#[cfg(test)]
mod tests {
    use super::*;

    const RING_DOUGHNUT: &str = r#"{"type":"Polygon","coordinates":[
        [[0,0],[4,0],[4,4],[0,4],[0,0]], [[1,1],[1,3],[3,3],[3,1],[1,1]]]}"#;

    fn doughnut() -> Area {
        Area::from_row("ward", "W1", "Ring", "drawn", RING_DOUGHNUT).unwrap()
    }

    #[test]
    fn a_hole_is_outside_and_its_edge_belongs_to_the_area() {
        let at = |lon, lat| Point { lat, lon };
        assert!(doughnut().holds(at(0.5, 2.0)));
        assert!(!doughnut().holds(at(2.0, 2.0)));
        assert!(doughnut().holds(at(1.0, 2.0)));
        assert!((doughnut().edge_distance(at(2.0, 2.0)) / 111_195.0 - 1.0).abs() < 0.002);
    }

    #[test]
    fn an_area_comes_back_from_its_row_unchanged() {
        let area = doughnut();
        let text = area.geometry();
        assert!(text.starts_with(r#"{"type":"MultiPolygon","coordinates":[[[[0,0],[4,0],"#), "{text}");
        assert_eq!(Area::from_row("ward", "W1", "Ring", "drawn", &text).unwrap(), area);
        assert_eq!((area.corners(), area.bounds().1), (8, Point { lat: 4.0, lon: 4.0 }));
    }

    #[test]
    fn a_row_without_a_geometry_is_told() {
        for text in ["", "{}", r#"{"type":"Point","coordinates":[1,2]}"#, r#"{"type":"Polygon","coordinates":[]}"#] {
            assert!(Area::from_row("ward", "W1", "x", "x", text).is_err(), "{text}");
        }
    }
}
