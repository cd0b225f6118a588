//! Programs that act for an agency at the Open311 door, by keys of the configuration.

use crate::records::hash_key;
use std::{collections::BTreeMap, fmt};
use subtle::{ConditionallySelectable, ConstantTimeEq};

/// What the configuration says of an agency's programs.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Partner {
    /// SHA-256 of each key; more than one while keys change.
    pub keys: Vec<[u8; 32]>,
    /// They know more words than open and closed (C-88).
    pub extended: bool,
    /// Names of clients that have a base address of their own (council 5.4).
    pub clients: Vec<String>,
}

impl fmt::Debug for Partner {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Partner({} keys, extended: {})", self.keys.len(), self.extended)
    }
}

/// By id of the agency.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Partners(BTreeMap<String, Partner>);

impl FromIterator<(String, Partner)> for Partners {
    fn from_iter<I: IntoIterator<Item = (String, Partner)>>(partners: I) -> Partners {
        Partners(partners.into_iter().collect())
    }
}

impl Partners {
    pub fn agencies(&self) -> impl Iterator<Item = &str> {
        self.0.keys().map(String::as_str)
    }

    pub fn extended(&self, agency: &str) -> bool {
        self.0.get(agency).is_some_and(|partner| partner.extended)
    }

    /// A client of this name asks for the agency's reports, or for those of any, by when they changed.
    pub fn has_client(&self, agency: Option<&str>, name: &str) -> bool {
        let known = |partner: &Partner| partner.clients.iter().any(|client| client == name);
        match agency {
            Some(agency) => self.0.get(agency).is_some_and(known),
            None => self.0.values().any(known),
        }
    }

    /// Whose key it is. Every key is compared, each in the same time, whatever was found before.
    pub fn agency_of(&self, key: &str) -> Option<&str> {
        let shown = hash_key(key);
        // One more than the place of the agency in the list; none where it is nobody's.
        let mut found = 0u32;
        for (n, partner) in (1u32..).zip(self.0.values()) {
            for known in &partner.keys {
                found.conditional_assign(&n, known.as_slice().ct_eq(&shown));
            }
        }
        self.0.keys().nth(found.checked_sub(1)? as usize).map(String::as_str)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_is_of_one_agency_and_is_never_printed() {
        let partner = |keys: &[&str]| Partner {
            keys: keys.iter().map(|key| hash_key(key)).collect(),
            extended: true,
            clients: vec!["a-client".into()],
        };
        let partners: Partners =
            [("a".to_owned(), partner(&["one", "an old one"])), ("b".to_owned(), partner(&["two"]))]
                .into_iter()
                .collect();
        let of = |key| partners.agency_of(key);
        assert_eq!([of("one"), of("an old one"), of("two")], [Some("a"), Some("a"), Some("b")]);
        assert_eq!([of(""), of("three"), Partners::default().agency_of("one")], [None, None, None]);
        assert!(partners.extended("a") && !partners.extended("c"));
        assert!(partners.has_client(Some("a"), "a-client") && partners.has_client(None, "a-client"));
        assert!(!partners.has_client(Some("c"), "a-client") && !partners.has_client(None, "another"));
        assert!(!format!("{partners:?}").contains("one"));
    }
}
