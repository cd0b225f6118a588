//! What all clients together were told, and that it still stands.

use crate::{
    database::Database,
    race::{Known, look, send},
    server::Server,
};
use std::collections::{BTreeMap, BTreeSet};

#[derive(Default)]
pub struct Told {
    /// The reference of each report whose page came, by the token of its attempt.
    received: BTreeMap<String, String>,
    acknowledged: Vec<String>,
    cut_off: Vec<String>,
    pub refused: Vec<String>,
    /// References that were found in the database already.
    found: BTreeSet<String>,
    /// How many of each there were in all.
    pub counts: (usize, usize, usize),
}

impl Told {
    pub fn take(&mut self, known: Vec<(String, Known)>) {
        for (token, known) in known {
            match known {
                Known::Received(reference) => {
                    self.counts.0 += 1;
                    let before = self.received.insert(token, reference.clone());
                    assert!(before.is_none_or(|before| before == reference), "one report, two references");
                }
                Known::Acknowledged => {
                    self.counts.1 += 1;
                    self.acknowledged.push(token);
                }
                Known::CutOff => {
                    self.counts.2 += 1;
                    self.cut_off.push(token);
                }
                Known::Refused => self.refused.push(token),
            }
        }
    }

    pub fn references(&self) -> BTreeSet<String> {
        self.received.values().cloned().collect()
    }

    /// After a new start: what was acknowledged is there, and what was cut off is sent once more and is there once.
    pub fn settle(&mut self, server: &Server) {
        for token in std::mem::take(&mut self.acknowledged) {
            let known = look(server.at, &token).unwrap();
            let Known::Received(reference) = known else { panic!("acknowledged and lost: {known:?}") };
            self.received.insert(token, reference);
        }
        for token in self.cut_off.drain(..).chain(self.refused.drain(..)) {
            let known = send(server.at, &token);
            let Known::Received(reference) = known else { panic!("cannot be sent again: {known:?}") };
            self.received.insert(token, reference);
        }
    }

    /// As [`Told::settle`], and the last of what was received can still be looked at.
    pub fn settle_and_look_back(&mut self, server: &Server, how_many: usize) {
        self.settle(server);
        for (token, reference) in self.received.iter().rev().take(how_many) {
            assert_eq!(look(server.at, token).unwrap(), Known::Received(reference.clone()));
        }
    }

    /// Every reference that a client received since the last check exists; with nothing open, there is no report beside
    /// all these.
    pub fn check(&mut self, database: &Database) {
        let references = self.references();
        assert_eq!(references.len(), self.received.len(), "one reference for two reports");
        database.holds(&references.difference(&self.found).cloned().collect());
        if self.acknowledged.is_empty() && self.cut_off.is_empty() && self.refused.is_empty() {
            assert_eq!(database.reports(), references.len() as i64, "reports beside those that were received");
        }
        self.found = references;
    }

    /// As [`Told::check`], from the first reference on.
    pub fn check_all(&mut self, database: &Database) {
        self.found.clear();
        self.check(database);
    }
}
