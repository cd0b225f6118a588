//! Boundaries: which areas a point lies in, how far it is from their edges.
//!
//! Corners are kept as whole numbers of 1e-7 degree (about 1 cm), eight bytes a corner, and every decision about a
//! side is made in whole numbers. Two areas that share an edge corner for corner therefore leave no gap and do not
//! overlap, whatever the point asked for.

mod area;
mod crossed;
mod geojson;
mod index;
mod kml;
mod naming;
mod ring;
mod simple;

pub use area::{Area, NotAGeometry, Polygon};
pub use geojson::read_geojson;
pub use index::Boundaries;
pub use kml::read_kml;
pub use naming::Naming;
pub use ring::Ring;
pub(crate) use ring::{corner, point};
pub use simple::{Simple, simplified};

use crate::Refused;
use std::collections::BTreeSet;

/// A file larger than this is refused unread.
pub const MOST_BYTES: usize = 128 << 20;
/// A file with more corners than this is refused: the areas of one server lie in memory.
pub const MOST_CORNERS: usize = 8_000_000;

/// What a boundary file held. `line` of a refusal counts features from 1.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Read {
    pub areas: Vec<Area>,
    pub refused: Vec<Refused>,
    codes: BTreeSet<String>,
    corners: usize,
}

impl Read {
    /// Keeps an area, or says why not. A code names one area of a file.
    fn take(&mut self, feature: u64, area: Result<Area, String>) -> Result<(), BadFile> {
        match area {
            Ok(area) if self.codes.insert(area.code.clone()) => {
                self.corners += area.corners();
                self.areas.push(area);
            }
            Ok(Area { name, code, .. }) => {
                let reason = format!("{name} ({code}): the file has another area of that code");
                self.refused.push(Refused { line: feature, reason });
            }
            Err(reason) => self.refused.push(Refused { line: feature, reason }),
        }
        if self.corners > MOST_CORNERS { Err(BadFile::TooManyCorners) } else { Ok(()) }
    }
}

/// A file that is refused as a whole.
#[derive(Debug, thiserror::Error)]
pub enum BadFile {
    #[error("the file is larger than {} MB", MOST_BYTES >> 20)]
    TooLarge,
    #[error("the file has more than {MOST_CORNERS} corners")]
    TooManyCorners,
    #[error("the file is not GeoJSON: {0}")]
    NotGeoJson(serde_json::Error),
    #[error("the file's coordinates are in “{0}”; export it in WGS84 (EPSG:4326)")]
    OtherSystem(String),
    #[error("the file is not KML: {0}")]
    NotKml(String),
    #[error("the file declares a document type or entities, which are not read")]
    Entities,
    #[error("the file nests deeper than {0} elements")]
    TooDeep(usize),
    #[error("the file holds no area")]
    NoArea,
}
