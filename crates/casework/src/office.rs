//! Which agencies have a back office of their own that is told of reports. How it is spoken to is data of the agency; where it
//! lies is the courier's to know.

use std::collections::BTreeSet;

/// By id of the agency.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Offices(BTreeSet<String>);

impl FromIterator<String> for Offices {
    fn from_iter<I: IntoIterator<Item = String>>(agencies: I) -> Offices {
        Offices(agencies.into_iter().collect())
    }
}

impl Offices {
    pub fn agencies(&self) -> impl Iterator<Item = &str> {
        self.0.iter().map(String::as_str)
    }

    pub fn has(&self, agency: &str) -> bool {
        self.0.contains(agency)
    }
}
