//! What the land at a place decides (C-4, C-14, C-16): who answers after all, who hears of it too, and what is said where nobody
//! does. Which layers hold the place is told; nothing here knows the map.

use crate::{Added, Agency, Body, Catalogue, LandWords, LayerDoes};
use std::collections::BTreeSet;

/// What is said of the land at a place, with what it rests on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LandStop {
    pub words: LandWords,
    /// The body that answers there in place of the agency.
    pub body: Option<Body>,
    pub agency: String,
    /// Ids of the agency's layers that decided it.
    pub layers: Vec<String>,
}

/// What the layers at a place come to.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Land {
    /// Who answers there, the lead first, each once.
    pub agencies: Vec<String>,
    /// Why nobody does.
    pub stop: Option<LandStop>,
    /// What a person reads first, and may go on after.
    pub ask: Option<LandStop>,
    pub recipients: BTreeSet<String>,
    /// Layers that staff are told of.
    pub flags: BTreeSet<String>,
    /// 1 is the most urgent.
    pub priority: Option<u8>,
}

/// Whether an agency's layer holds the place; none where it was not imported.
pub type Holds<'a> = &'a dyn Fn(&str, &str) -> Option<bool>;

enum Turn<'c> {
    Stop(&'c LandWords, Vec<String>),
    Swap(&'c str, &'c [String], Vec<String>),
}

impl LandStop {
    /// Under this name a person goes on after it. It names what decided, so that another place asks again.
    pub fn id(&self) -> String {
        format!("{LAND}{}.{}", self.agency, self.layers.join("-"))
    }
}

/// How the ids of such stops begin.
pub const LAND: &str = "land.";

impl Catalogue {
    /// A body of `bodies.toml`.
    pub fn body(&self, id: &str) -> Option<&Body> {
        self.bodies().iter().find(|body| body.id == id)
    }

    /// Who of these agencies answers for a service at a place, once their layers have spoken. Land that is not an agency's takes
    /// it out; where nobody is left it is said who is responsible (C-5).
    pub fn land(&self, service: &str, here: Vec<String>, holds: Holds) -> Land {
        let mut land = Land::default();
        let (mut stops, mut asks) = (Vec::new(), Vec::new());
        for id in here {
            let Some(agency) = self.agency(&id) else { continue };
            let said = |words: &LandWords, layers: Vec<String>, body| LandStop {
                words: words.clone(),
                body,
                agency: id.clone(),
                layers,
            };
            match turn(agency, service, holds) {
                Some(Turn::Swap(to, why, layers)) => match self.body(to) {
                    Some(body) => {
                        let words = LandWords { body: why.to_vec(), ..LandWords::default() };
                        stops.push(said(&words, layers, Some(body.clone())));
                    }
                    None => land.takes(to),
                },
                Some(Turn::Stop(words, layers)) if words.carry_on.is_none() => stops.push(said(words, layers, None)),
                turn => {
                    if let Some(Turn::Stop(words, layers)) = turn {
                        asks.push(said(words, layers, None));
                    }
                    land.takes(&id);
                    added(agency, service, holds, &mut land);
                }
            }
        }
        match land.agencies.len() {
            0 => land.stop = stops.into_iter().next(),
            // Somebody else takes it without a word: then nothing needs to be read first.
            some if some == asks.len() => land.ask = asks.into_iter().next(),
            _ => {}
        }
        land
    }
}

impl Land {
    fn takes(&mut self, agency: &str) {
        if !self.agencies.iter().any(|known| known == agency) {
            self.agencies.push(agency.to_owned());
        }
    }
}

/// The first layer that stops or swaps; else what is said where no layer allows it.
fn turn<'c>(agency: &'c Agency, service: &str, holds: Holds) -> Option<Turn<'c>> {
    let within = agency.layers.iter().filter(|layer| holds(&agency.id, &layer.id) == Some(true));
    let mut rules = within.flat_map(|layer| layer.rules.iter().map(move |rule| (&layer.id, rule)));
    let decided = rules.find_map(|(id, rule)| match &rule.does {
        LayerDoes::Stop(words) if rule.is_for(service) => Some(Turn::Stop(words, vec![id.clone()])),
        LayerDoes::Swap { to, words } if rule.is_for(service) => Some(Turn::Swap(to, words, vec![id.clone()])),
        _ => None,
    });
    decided.or_else(|| {
        let row = agency.not_ours.iter().find(|row| row.is_for(service))?;
        let ours: Vec<_> = agency.layers.iter().filter(|layer| layer.allows(service)).collect();
        // A layer that is missing may be the one that holds it.
        let held = ours.iter().map(|layer| holds(&agency.id, &layer.id)).collect::<Option<Vec<bool>>>()?;
        let layers = ours.iter().map(|layer| layer.id.clone()).collect();
        (!held.contains(&true)).then_some(Turn::Stop(&row.words, layers))
    })
}

fn added(agency: &Agency, service: &str, holds: Holds, land: &mut Land) {
    for layer in agency.layers.iter().filter(|layer| holds(&agency.id, &layer.id) == Some(true)) {
        for rule in layer.rules.iter().filter(|rule| rule.is_for(service)) {
            let LayerDoes::Add(Added { agency, recipient, priority }) = &rule.does else { continue };
            if let Some(agency) = agency {
                land.takes(agency);
            }
            land.recipients.extend(recipient.iter().cloned());
            land.flags.insert(layer.id.clone());
            land.priority = land.priority.into_iter().chain(*priority).min();
        }
    }
}
