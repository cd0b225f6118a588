//! Every postcode of a file routed by boundary, and compared with the codes the file gives.

use casework::Geography;
use catalogue::{Context, Finder, Form, How, Place, Read, Service, Territory, Who, kind};
use jiff::ZonedDateTime;
use std::{collections::BTreeSet, fs, path::Path};

/// One row of Code-Point Open.
#[derive(Debug)]
pub struct Row {
    pub postcode: String,
    pub easting: u32,
    pub northing: u32,
    /// The code of the county, where it has two tiers, and of the district.
    pub codes: [String; 2],
}

pub fn rows(file: &Path) -> Vec<Row> {
    let text = fs::read_to_string(file).unwrap();
    let row = |line: &str| {
        let cells: Vec<&str> = line.split(',').map(|cell| cell.trim_matches('"')).collect();
        Row {
            postcode: cells[0].to_owned(),
            easting: cells[2].parse().unwrap(),
            northing: cells[3].parse().unwrap(),
            codes: [cells[7].to_owned(), cells[8].to_owned()],
        }
    };
    text.lines().map(row).collect()
}

/// The ways a resident may say the same place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Way {
    Postcode,
    GridReference,
    Pin,
}

pub struct Routing<'a> {
    pub geography: &'a Geography,
    pub service: &'a Service,
    /// The codes of the boundaries that are loaded.
    pub known: BTreeSet<String>,
    pub now: ZonedDateTime,
}

impl Routing<'_> {
    fn context(&self) -> Context<'_> {
        Context { now: &self.now, finder: self.geography, territory: self.geography }
    }

    /// The place as the page of the place question would take it.
    pub fn place(&self, row: &Row, way: Way) -> Place {
        let question = self.service.deciding_place().unwrap();
        let field = |part: &str| format!("{}.{part}", question.id);
        let form = match way {
            Way::Postcode => Form::new().with(field("text"), &row.postcode),
            Way::GridReference => {
                // The whole of this area lies in one square of 100 km.
                assert_eq!((row.easting / 100_000, row.northing / 100_000), (3, 1), "{row:?} is not in ST");
                let text = format!("ST {:05} {:05}", row.easting % 100_000, row.northing % 100_000);
                Form::new().with(field("text"), text)
            }
            Way::Pin => {
                let found = self.geography.find(&row.postcode).remove(0);
                Form::new()
                    .with(field("lat"), format!("{:.6}", found.lat))
                    .with(field("lon"), format!("{:.6}", found.lon))
                    .with(field("how"), "pin")
            }
        };
        match kind::read(question, &form, &catalogue::Answers::new(), &self.context()) {
            Ok(Read::Answer(Some(catalogue::Answer::Place(place)))) => place,
            other => panic!("{row:?} by {way:?}: {other:?}"),
        }
    }

    /// The code the file gives, of those whose boundary is loaded.
    pub fn expected<'r>(&self, row: &'r Row) -> Option<&'r str> {
        row.codes.iter().map(String::as_str).find(|code| self.known.contains(*code))
    }

    /// The codes of the districts the place lies in.
    pub fn districts(&self, place: &Place) -> Vec<String> {
        let (lat, lon) = place.point.unwrap();
        let areas = self.geography.areas(lat, lon);
        areas.into_iter().filter(|area| area.kind == "district").map(|area| area.code.clone()).collect()
    }

    pub fn who(&self, place: &Place) -> Who {
        self.geography.who(self.service, place)
    }
}

/// Said in another way it is the same kind of place.
pub fn fits(way: Way, how: How) -> bool {
    matches!((way, how), (Way::Postcode, How::Postcode) | (Way::GridReference, How::Figures) | (Way::Pin, How::Pin))
}
