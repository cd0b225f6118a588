//! What staff changed, held in memory as it is on one day. A running server reads it anew when its generation rises, and each day.

use super::{Change, Open};
use crate::{Result, clocks};
use catalogue::Shut;
use std::collections::BTreeMap;
use store::{Time, Tx, offer};

/// Changes in force, by agency and service.
#[derive(Debug, Default)]
pub struct Offers(BTreeMap<String, BTreeMap<String, Change>>);

/// The local day, as versions say from when they are.
pub fn day(now: Time) -> String {
    clocks::local_day(now).to_string()
}

/// Reads what is in force on the day of `now`: of each service the newest version whose day has come.
pub fn load(tx: &mut Tx, now: Time) -> Result<Offers> {
    let today = day(now);
    let mut offers = Offers::default();
    for row in offer::all(tx)?.into_iter().filter(|row| row.from_day <= today) {
        let of_agency = offers.0.entry(row.agency.clone()).or_default();
        of_agency.insert(row.service.clone(), super::changes(&row));
    }
    Ok(offers)
}

impl Offers {
    pub fn change(&self, agency: &str, service: &str) -> Option<&Change> {
        self.0.get(agency)?.get(service)
    }

    pub fn open(&self, agency: &str, service: &str) -> Open {
        self.change(agency, service).map(|change| change.open).unwrap_or_default()
    }

    /// `of`: the agency whose staff, or whose own programs, send it.
    pub(crate) fn takes(&self, agency: &str, service: &str, of: Option<&str>) -> bool {
        match self.open(agency, service) {
            Open::Everybody => true,
            Open::Staff => of == Some(agency),
            Open::Nobody => false,
        }
    }

    /// What the first of these agencies says in place of the form, where none of them takes the service.
    pub(crate) fn shut<'a>(
        &self,
        agencies: impl IntoIterator<Item = &'a str>,
        service: &str,
        of: Option<&str>,
    ) -> Option<Shut> {
        let mut first = None;
        for agency in agencies {
            if self.takes(agency, service, of) {
                return None;
            }
            first = first.or_else(|| self.change(agency, service).map(|change| said(agency, change)));
        }
        first
    }
}

fn said(agency: &str, change: &Change) -> Shut {
    let paragraphs = change.words.split("\n\n").map(str::trim).filter(|part| !part.is_empty());
    Shut {
        agency: agency.to_owned(),
        title: change.title.clone(),
        body: paragraphs.map(str::to_owned).collect(),
        go: Some(change.go.clone()).filter(|go| !go.is_empty()),
        link: (!change.link.is_empty()).then(|| (change.link_words.clone(), change.link.clone())),
    }
}
