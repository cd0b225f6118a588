//! Finds a place by what people type, and words for a place they point at.
//!
//! Postcodes whole or begun, grid references, degrees, plus codes, names of places and streets. Everything lies in
//! memory in sorted lists; a look-up reads them and builds nothing that lasts.

mod codes;
mod coordinates;
mod fold;
mod names;
mod nearby;
mod rows;
mod typo;

pub use rows::{read_outwards, read_places, read_places_geojson};

use crate::grid::GridRef;
use crate::{Point, Postcode, plus_code};
use codes::{Beginning, Codes};
use names::{Names, Slips};
use nearby::{Near, Nearby};

/// A named place or street.
#[derive(Clone, Debug, PartialEq)]
pub struct Named {
    pub name: String,
    /// "city", "town", "village", "suburb", "hamlet"; "street", "station" … Anything else counts as a landmark.
    pub kind: String,
    /// What it lies in, from small to large, "Weston-super-Mare, North Somerset".
    pub within: Option<String>,
    pub point: Point,
}

/// One place found.
#[derive(Clone, Debug, PartialEq)]
pub struct Found {
    /// "Milton Road", "BS23 1AA", "ST 3204 6133".
    pub label: String,
    /// What tells it from others of its name: "Weston-super-Mare". May be empty.
    pub detail: String,
    pub kind: Kind,
    pub point: Point,
    /// The text names this place itself: no letter was guessed, added or passed over.
    pub exact: bool,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Kind {
    Postcode,
    /// The first half of a postcode; the point is the middle of many.
    Outward,
    GridReference,
    Degrees,
    PlusCode,
    /// The kind its row gave.
    Named(String),
}

/// Text longer than this finds nothing, in bytes.
const LONGEST_TEXT: usize = 200;
/// How far apart names on a map are, in metres, where not all of them have room.
const FIRST_APART: f64 = 400.0;
/// Words beyond this are passed over.
const MOST_WORDS: usize = 8;

#[derive(Debug)]
pub struct Gazetteer {
    codes: Codes,
    /// Settlements first, by size, then by name: the order of equal matches.
    named: Box<[Named]>,
    names: Names,
    nearby: Nearby,
}

impl Gazetteer {
    /// Outward codes that are not given are worked out from the postcodes.
    pub fn new(
        postcodes: impl IntoIterator<Item = (Postcode, Point)>,
        outwards: impl IntoIterator<Item = (String, Point)>,
        named: impl IntoIterator<Item = Named>,
    ) -> Gazetteer {
        let mut named: Vec<Named> = named.into_iter().collect();
        named.sort_by(|a, b| {
            let key = |named: &Named| nearby::rank(&named.kind);
            key(a).cmp(&key(b)).then_with(|| (&a.name, &a.within, &a.kind).cmp(&(&b.name, &b.within, &b.kind)))
        });
        let names = Names::new(named.iter().map(|one| (one.name.as_str(), one.within.as_deref().unwrap_or_default())));
        let nearby = Nearby::new(named.iter().map(|one| (one.kind.as_str(), one.point)));
        Gazetteer { codes: Codes::new(postcodes, outwards), named: named.into(), names, nearby }
    }

    /// How many postcodes and names it holds.
    pub fn counts(&self) -> (usize, usize) {
        (self.codes.len(), self.named.len())
    }

    /// Where a postcode lies, if it is known.
    pub fn postcode(&self, postcode: Postcode) -> Option<Point> {
        self.codes.get(postcode)
    }

    /// Best first; the same text gives the same order. Empty where nothing fits.
    pub fn find(&self, text: &str, limit: usize) -> Vec<Found> {
        let text = text.trim();
        if text.is_empty() || text.len() > LONGEST_TEXT {
            return Vec::new();
        }
        if let Some(found) = self.by_figures(text) {
            return vec![found].into_iter().take(limit).collect();
        }
        let mut found = self.by_code(text, limit);
        if !found.iter().any(|one| one.exact && one.kind == Kind::Postcode) {
            found.extend(self.by_name(text, limit));
        }
        found.truncate(limit);
        found
    }

    /// Words for a place: "near Milton Road, Weston-super-Mare", "about 3 miles from Yatton". None where no name is
    /// near enough to help.
    pub fn describe(&self, point: Point) -> Option<String> {
        Some(match self.nearby.describe(point)? {
            Near::Thing(n) => match self.town_of(n) {
                Some(town) => format!("near {}, {town}", self.named[n as usize].name),
                None => format!("near {}", self.named[n as usize].name),
            },
            Near::Settlement(n) => format!("near {}", self.named[n as usize].name),
            Near::Far(n, metres) => format!("{} {}", nearby::away(metres), self.named[n as usize].name),
        })
    }

    /// Names to be written on a map of this rectangle, given by its south-west and north-east corner; the most important
    /// first. Where there are more than `most`, settlements alone, as far apart as needed.
    pub fn labels(&self, (low, high): (Point, Point), most: usize) -> Vec<&Named> {
        let within = |p: Point| (low.lat..=high.lat).contains(&p.lat) && (low.lon..=high.lon).contains(&p.lon);
        let mut labels: Vec<&Named> = self.named.iter().filter(|one| within(one.point)).collect();
        if labels.len() > most {
            labels.retain(|one| nearby::is_settlement(&one.kind));
        }
        let mut apart = FIRST_APART;
        while labels.len() > most.max(1) {
            let mut kept: Vec<&Named> = Vec::new();
            for one in labels {
                if kept.iter().all(|other| other.point.metres_to(one.point) >= apart) {
                    kept.push(one);
                }
            }
            labels = kept;
            apart *= 1.2;
        }
        labels
    }

    fn by_figures(&self, text: &str) -> Option<Found> {
        let found = |label: String, kind, point| Found { label, detail: self.near(point), kind, point, exact: true };
        if let Some(point) = coordinates::lat_lon(text) {
            return Some(found(format!("{:.5}, {:.5}", point.lat, point.lon), Kind::Degrees, point));
        }
        // "ST" alone is a square of 100 km, and a short word.
        if let Some(square) = GridRef::parse(text).filter(|square| square.size() <= 1_000) {
            return Some(found(square.to_string(), Kind::GridReference, square.point()));
        }
        let (code, town) = text.split_once([' ', ',']).unwrap_or((text, ""));
        if !plus_code::looks_like(code) {
            return None;
        }
        let near = || self.by_name(town, 1).first().map(|town| town.point);
        let point = plus_code::decode(code).or_else(|| plus_code::recover(code, near()?))?;
        Some(found(code.to_uppercase(), Kind::PlusCode, point))
    }

    fn by_code(&self, text: &str, limit: usize) -> Vec<Found> {
        let place = |label: String, kind, point, exact| Found { label, detail: self.near(point), kind, point, exact };
        let known =
            |postcode: Postcode| Some(place(postcode.to_string(), Kind::Postcode, self.postcode(postcode)?, true));
        let Some(postcode) = postcode_in(text) else {
            let Beginning { outwards, postcodes } = self.codes.beginning(text, limit);
            let outwards = outwards.into_iter().map(|(code, point)| {
                let exact = code.eq_ignore_ascii_case(text);
                place(code, Kind::Outward, point, exact)
            });
            let postcodes = postcodes.into_iter().map(|(code, point)| place(code, Kind::Postcode, point, false));
            return outwards.chain(postcodes).collect();
        };
        if let Some(found) = known(postcode) {
            return vec![found];
        }
        // New postcodes are missing from every list (P-21): the first half still tells the town.
        let outward = self.codes.outward(postcode.outward());
        outward.map(|point| place(postcode.outward().to_owned(), Kind::Outward, point, false)).into_iter().collect()
    }

    fn by_name(&self, text: &str, limit: usize) -> Vec<Found> {
        let mut words = fold::words(text);
        words.truncate(MOST_WORDS);
        let all = words.len();
        // House numbers and fillers help nobody unless a name holds them.
        if words.iter().any(|word| !is_spare(word)) {
            words.retain(|word| !is_spare(word) || self.names.knows(word) && !fold::is_filler(word));
        }
        let mut exact = words.len() == all;
        let mut matches = self.names.find(&words, Slips::WhereNothingFits);
        if matches.is_empty() {
            matches = self.names.find(&words, Slips::ForEveryWord);
        }
        if matches.is_empty() && words.len() > 1 {
            exact = false;
            matches = self.without_one(&words);
        }
        matches.truncate(limit);
        let found = matches.into_iter().map(|(cost, n)| {
            let one = &self.named[n as usize];
            let named = cost == 0 || fold::words(&format!("{}, {}", one.name, self.detail_of(n))) == words;
            Found {
                label: one.name.clone(),
                detail: self.detail_of(n).to_owned(),
                kind: Kind::Named(one.kind.clone()),
                point: one.point,
                exact: exact && named,
            }
        });
        found.collect()
    }

    /// What the most words find when one of them is left out.
    fn without_one(&self, words: &[String]) -> Vec<names::Match> {
        let mut all: Vec<names::Match> = Vec::new();
        for left_out in 0..words.len() {
            let rest: Vec<String> =
                words.iter().enumerate().filter(|(n, _)| *n != left_out).map(|(_, w)| w.clone()).collect();
            all.extend(self.names.find(&rest, Slips::WhereNothingFits));
        }
        all.sort_unstable_by_key(|(cost, n)| (*n, *cost));
        all.dedup_by_key(|(_, n)| *n);
        all.sort_unstable();
        all
    }

    /// The settlement a point is in or beside; empty where there is none.
    fn near(&self, point: Point) -> String {
        let settlement = self.nearby.settlement(point).filter(|(_, metres, reach)| metres <= reach);
        settlement.map(|(n, ..)| self.named[n as usize].name.clone()).unwrap_or_default()
    }

    fn detail_of(&self, n: u32) -> &str {
        self.town_of(n).unwrap_or_default()
    }

    /// The first part of what a name lies within; where nothing is said, the settlement it lies in.
    fn town_of(&self, n: u32) -> Option<&str> {
        let one = &self.named[n as usize];
        if let Some(within) = &one.within {
            let town = within.split_once(',').map_or(within.as_str(), |(town, _)| town).trim();
            return Some(town).filter(|town| *town != one.name);
        }
        let (town, metres, reach) = self.nearby.settlement(one.point)?;
        (town != n && metres <= reach).then(|| self.named[town as usize].name.as_str())
    }
}

/// The postcode that a text is, or ends with: "12 High Street, BS23 1AA".
fn postcode_in(text: &str) -> Option<Postcode> {
    let words: Vec<&str> = text.split([' ', ',', '\t', '\n']).filter(|word| !word.is_empty()).collect();
    let ends = [2, 1].into_iter().filter(|n| *n <= words.len()).map(|n| words[words.len() - n..].concat());
    Postcode::parse(text).or_else(|| ends.into_iter().find_map(|end| Postcode::parse(&end)))
}

fn is_spare(word: &str) -> bool {
    fold::is_filler(word) || word.starts_with(|c: char| c.is_ascii_digit())
}
