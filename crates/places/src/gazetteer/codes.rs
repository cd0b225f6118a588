use crate::postcode::{is_outward, squeeze};
use crate::{Point, Postcode};
use std::collections::BTreeMap;

/// Postcodes in ascending order, 16 bytes each: a million and a half lie in 28 MB.
#[derive(Debug, Default)]
pub(super) struct Codes {
    rows: Box<[(u64, [i32; 2])]>,
    /// Outward codes and the middle of their postcodes.
    outwards: BTreeMap<String, Point>,
}

impl Codes {
    /// The later of two equal postcodes counts. Outward codes that are not given are worked out.
    pub fn new(
        postcodes: impl IntoIterator<Item = (Postcode, Point)>,
        outwards: impl IntoIterator<Item = (String, Point)>,
    ) -> Codes {
        let mut given: BTreeMap<String, Point> = outwards.into_iter().collect();
        let mut sums: BTreeMap<String, (f64, f64, f64)> = BTreeMap::new();
        let mut rows = Vec::new();
        for (postcode, point) in postcodes {
            rows.push((key(postcode.outward(), postcode.inward()), crate::boundary::corner(point)));
            if !sums.contains_key(postcode.outward()) {
                sums.insert(postcode.outward().to_owned(), (0.0, 0.0, 0.0));
            }
            if let Some((count, lat, lon)) = sums.get_mut(postcode.outward()) {
                (*count, *lat, *lon) = (*count + 1.0, *lat + point.lat, *lon + point.lon);
            }
        }
        for (code, (count, lat, lon)) in sums {
            given.entry(code).or_insert(Point { lat: lat / count, lon: lon / count });
        }
        rows.reverse();
        // Stable: of equal keys the one that came last now stands first, and is kept.
        rows.sort_by_key(|(key, _)| *key);
        rows.dedup_by_key(|(key, _)| *key);
        Codes { rows: rows.into(), outwards: given }
    }

    pub fn get(&self, postcode: Postcode) -> Option<Point> {
        let at = self.rows.binary_search_by_key(&key(postcode.outward(), postcode.inward()), |(key, _)| *key).ok()?;
        Some(crate::boundary::point(self.rows[at].1))
    }

    pub fn outward(&self, code: &str) -> Option<Point> {
        self.outwards.get(code).copied()
    }

    pub fn len(&self) -> usize {
        self.rows.len()
    }

    /// What begins like the text, at most `limit` of each. Outward codes only while no space is typed: "BS2" gives BS2
    /// and BS20 to BS29, "BS2 1" the postcodes of BS2. Without a space every cut that makes sense is tried.
    pub fn beginning(&self, text: &str, limit: usize) -> Beginning {
        let Some((code, len)) = squeeze(text).filter(|(code, len)| *len > 1 && code[0].is_ascii_uppercase()) else {
            return Beginning::default();
        };
        let typed: String = code[..len].iter().map(|b| *b as char).collect();
        if !typed.bytes().any(|b| b.is_ascii_digit()) {
            return Beginning::default();
        }
        let spaced = text.trim().find(' ');
        let Beginning { mut outwards, mut postcodes } = Beginning::default();
        if spaced.is_none() {
            let like = self.outwards.range(typed.clone()..).take_while(|(code, _)| code.starts_with(&typed));
            outwards.extend(like.take(limit).map(|(code, point)| (code.clone(), *point)));
        }
        let cuts = match spaced {
            Some(at) => at..at + 1,
            None => 2..len,
        };
        for cut in cuts.filter(|cut| *cut < len && len - cut <= 3) {
            let (outward, inward) = typed.split_at(cut);
            if is_outward(outward.as_bytes()) && inward.starts_with(|c: char| c.is_ascii_digit()) {
                let from = self.rows.partition_point(|(k, _)| *k < key(outward, inward));
                let like = self.rows[from..].iter().take_while(|(k, _)| begins(*k, outward, inward));
                let room = limit.saturating_sub(postcodes.len());
                postcodes.extend(like.take(room).map(|(k, at)| (unpack(*k), crate::boundary::point(*at))));
            }
        }
        Beginning { outwards, postcodes }
    }
}

/// Codes that begin like a text, with their places.
#[derive(Debug, Default)]
pub(super) struct Beginning {
    pub outwards: Vec<(String, Point)>,
    pub postcodes: Vec<(String, Point)>,
}

const FIGURES: &[u8; 37] = b" 0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ";

/// Seven places of 37 figures: four for the outward code and three for the inward, spaces behind.
fn key(outward: &str, inward: &str) -> u64 {
    let figure = |text: &str, n: usize| match text.as_bytes().get(n) {
        Some(b @ b'0'..=b'9') => u64::from(b - b'0') + 1,
        Some(b @ b'A'..=b'Z') => u64::from(b - b'A') + 11,
        _ => 0,
    };
    let places = (0..4).map(|n| figure(outward, n)).chain((0..3).map(|n| figure(inward, n)));
    places.fold(0, |key, figure| key * 37 + figure)
}

fn unpack(key: u64) -> String {
    let figure = |n: u32| FIGURES[(key / 37u64.pow(n) % 37) as usize] as char;
    let outward: String = (3..7).rev().map(figure).filter(|c| *c != ' ').collect();
    let inward: String = (0..3).rev().map(figure).collect();
    format!("{outward} {inward}")
}

fn begins(k: u64, outward: &str, inward: &str) -> bool {
    let shift = 37u64.pow(3 - inward.len() as u32);
    k / shift == key(outward, inward) / shift
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const HERE: Point = Point { lat: 51.25, lon: -2.75 };

    fn codes(list: &[&str]) -> Codes {
        Codes::new(list.iter().map(|code| (Postcode::parse(code).unwrap(), HERE)), [])
    }

    fn names(list: Vec<(String, Point)>) -> Vec<String> {
        list.into_iter().map(|(name, _)| name).collect()
    }

    #[test]
    fn a_beginning_finds_outward_codes_and_postcodes() {
        let codes = codes(&["BS2 1AA", "BS20 1AA", "BS23 1AB", "BS23 1AA", "BS23 2AA", "W1A 1AA"]);
        let find = |text| {
            let Beginning { outwards, postcodes } = codes.beginning(text, 9);
            (names(outwards).join(","), names(postcodes).join(","))
        };
        assert_eq!(find("bs2"), ("BS2,BS20,BS23".into(), "".into()));
        assert_eq!(find("BS23"), ("BS23".into(), "".into()));
        assert_eq!(find("BS23 1"), ("".into(), "BS23 1AA,BS23 1AB".into()));
        assert_eq!(find("BS231A"), ("".into(), "BS23 1AA,BS23 1AB".into()));
        assert_eq!(find("BS21"), ("".into(), "BS2 1AA".into()));
        assert_eq!(find("BS2 1"), ("".into(), "BS2 1AA".into()));
        assert_eq!(find("W1A"), ("W1A".into(), "".into()));
        for text in ["", "B", "BS", "1", "high", "BS23 1AA 7", "é2", " 2"] {
            assert_eq!(find(text), ("".into(), "".into()), "{text}");
        }
    }

    #[test]
    fn the_later_of_two_equal_postcodes_counts() {
        let code = Postcode::parse("BS23 1AA").unwrap();
        let there = Point { lat: 52.0, lon: -2.0 };
        let codes = Codes::new([(code, HERE), (code, there)], [("BS23".into(), HERE)]);
        assert_eq!((codes.get(code), codes.len(), codes.outward("BS23")), (Some(there), 1, Some(HERE)));
    }

    proptest! {
        #[test]
        fn a_packed_postcode_comes_back(text in "[A-Z]{1,2}[0-9][0-9A-Z]?[0-9][ABD-HJLNP-UW-Z]{2}") {
            let code = Postcode::parse(&text).unwrap();
            prop_assert_eq!(unpack(key(code.outward(), code.inward())), code.to_string());
        }
    }
}
