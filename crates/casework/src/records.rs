//! Which agencies have a records system of their own that is told of reports and crimes, and who bears the key of one.

use sha2::{Digest, Sha256};
use std::{collections::BTreeMap, fmt};
use subtle::{Choice, ConstantTimeEq};

/// The records system of one agency, as far as the rules need to know it. Where it lies is the courier's to know.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct System {
    /// SHA-256 of each key that opens the door for it; more than one while keys change.
    pub keys: Vec<[u8; 32]>,
    /// It is told what happens.
    pub told: bool,
}

/// By id of the agency.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Systems(BTreeMap<String, System>);

/// What a key opens.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Door {
    Open,
    /// It is the key of another agency's records system.
    Elsewhere,
    Closed,
}

impl fmt::Debug for System {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "System({} keys, told: {})", self.keys.len(), self.told)
    }
}

impl FromIterator<(String, System)> for Systems {
    fn from_iter<I: IntoIterator<Item = (String, System)>>(systems: I) -> Systems {
        Systems(systems.into_iter().collect())
    }
}

impl Systems {
    pub fn agencies(&self) -> impl Iterator<Item = &str> {
        self.0.keys().map(String::as_str)
    }

    /// Whether the agency's records system is told what happens.
    pub fn told(&self, agency: &str) -> bool {
        self.0.get(agency).is_some_and(|system| system.told)
    }

    /// What the key opens at this agency. Every key is compared, each in the same time, whatever was found before.
    pub fn door(&self, agency: &str, key: &str) -> Door {
        let shown = hash_key(key);
        let (mut here, mut anywhere) = (Choice::from(0), Choice::from(0));
        for (of, system) in &self.0 {
            for known in &system.keys {
                let same = known.as_slice().ct_eq(&shown);
                anywhere |= same;
                here |= same & Choice::from(u8::from(of == agency));
            }
        }
        match (bool::from(here), bool::from(anywhere)) {
            (true, _) => Door::Open,
            (false, true) => Door::Elsewhere,
            (false, false) => Door::Closed,
        }
    }
}

/// What is kept of a key. A key is random and long, so a plain hash cannot be guessed back.
pub fn hash_key(key: &str) -> [u8; 32] {
    Sha256::digest(key.as_bytes()).into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_opens_the_door_of_its_own_agency_and_no_other() {
        let system = |key: &str| System { keys: vec![hash_key("an old key"), hash_key(key)], told: true };
        let mut systems: Systems =
            [("a".to_owned(), system("one")), ("b".to_owned(), system("two"))].into_iter().collect();
        systems.0.get_mut("b").unwrap().keys.remove(0);
        assert_eq!(systems.door("a", "one"), Door::Open);
        assert_eq!(systems.door("a", "an old key"), Door::Open);
        assert_eq!(systems.door("a", "two"), Door::Elsewhere);
        assert_eq!(systems.door("c", "two"), Door::Elsewhere);
        assert_eq!(systems.door("a", ""), Door::Closed);
        assert_eq!(Systems::default().door("a", "one"), Door::Closed);
        assert!(!format!("{systems:?}").contains("one"));
    }
}
