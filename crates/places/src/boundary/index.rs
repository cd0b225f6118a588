use super::Area;
use super::ring::{Corner, Flat, Rectangle, Side, corner};
use crate::Point;
use rstar::RTree;
use rstar::primitives::{GeomWithData, Rectangle as Boxed};

/// All areas of a server, of every kind, found by point.
///
/// A point on an edge that several areas of one kind share belongs to one of them alone: the one with the lowest code.
/// A point on an outer edge belongs to the area. Only areas that overlap can hold a point together.
#[derive(Debug)]
pub struct Boundaries {
    /// By kind, then code.
    areas: Vec<Area>,
    rectangles: Vec<Rectangle>,
    tree: RTree<GeomWithData<Boxed<[i64; 2]>, u32>>,
}

impl Boundaries {
    pub fn new(mut areas: Vec<Area>) -> Boundaries {
        areas.sort_by(|a, b| (&a.kind, &a.code).cmp(&(&b.kind, &b.code)));
        let rectangles: Vec<_> = areas.iter().map(Area::rectangle).collect();
        let boxed = rectangles.iter().enumerate().map(|(n, rectangle)| {
            let wide = |corner: Corner| corner.map(i64::from);
            GeomWithData::new(Boxed::from_corners(wide(rectangle.low), wide(rectangle.high)), n as u32)
        });
        Boundaries { tree: RTree::bulk_load(boxed.collect()), rectangles, areas }
    }

    /// By kind, then code.
    pub fn areas(&self) -> &[Area] {
        &self.areas
    }

    pub fn of_kind(&self, kind: &str) -> &[Area] {
        &self.areas[self.range(kind)]
    }

    pub fn get(&self, kind: &str, code: &str) -> Option<&Area> {
        self.of_kind(kind).iter().find(|area| area.code == code)
    }

    /// The areas that the point belongs to, by kind, then code.
    pub fn at(&self, point: Point) -> Vec<&Area> {
        let at = corner(point);
        let mut near: Vec<_> =
            self.tree.locate_all_at_point(at.map(i64::from)).map(|found| found.data as usize).collect();
        near.sort_unstable();
        let touched = near.into_iter().map(|n| (&self.areas[n], self.areas[n].side_of(at)));
        let touched: Vec<_> = touched.filter(|(_, side)| *side != Side::Outside).collect();
        let mut found = Vec::new();
        for kind in touched.chunk_by(|(a, _), (b, _)| a.kind == b.kind) {
            let within = kind.iter().filter(|(_, side)| *side == Side::Within).map(|(area, _)| *area);
            let before = found.len();
            found.extend(within);
            if found.len() == before {
                // Only edges: the lowest code stands first.
                found.extend(kind.first().map(|(area, _)| *area));
            }
        }
        found
    }

    /// The area of that kind that the point belongs to; the lowest code where several overlap.
    pub fn at_kind(&self, kind: &str, point: Point) -> Option<&Area> {
        self.at(point).into_iter().find(|area| area.kind == kind)
    }

    /// The area of that kind nearest to the point, and the metres to it: 0 inside and on its edge.
    pub fn nearest(&self, kind: &str, point: Point) -> Option<(&Area, f64)> {
        if let Some(area) = self.at_kind(kind, point) {
            return Some((area, 0.0));
        }
        let flat = Flat::around(point);
        let mut near: Vec<_> = self.range(kind).map(|n| (self.rectangles[n].metres_from(&flat), n)).collect();
        near.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)));
        let mut best: Option<(&Area, f64)> = None;
        for (at_least, n) in near {
            let so_far = best.map_or(f64::INFINITY, |(_, metres)| metres);
            if at_least >= so_far {
                break;
            }
            let metres = self.areas[n].metres_to_edge(&flat, so_far);
            if metres < so_far {
                best = Some((&self.areas[n], metres));
            }
        }
        best
    }

    fn range(&self, kind: &str) -> std::ops::Range<usize> {
        let from = self.areas.partition_point(|area| area.kind.as_str() < kind);
        let to = self.areas.partition_point(|area| area.kind.as_str() <= kind);
        from..to
    }
}
