//! Layers of land on the map that an agency names, and what each does for which service (C-4, C-16). Their outlines are imported
//! beside (docs/operate.md): a layer that was not imported does nothing.

use super::{Agency, names};
use crate::Catalogue;
use crate::check::is_word;
use crate::source::Faults;
use crate::tree::{Node, Reader};

/// `[[layer]]`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Layer {
    pub id: String,
    /// What staff read beside a report that lies in it.
    pub name: String,
    pub rules: Vec<LayerRule>,
    /// Whose land it is said to be, by whom, and when that was read.
    pub source: String,
}

/// `[[layer.rule]]`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LayerRule {
    /// Services, or patterns of them; empty: all that the agency offers.
    pub services: Vec<String>,
    pub does: LayerDoes,
}

/// In the order of the file, the first layer that stops or swaps decides; all that add are counted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum LayerDoes {
    /// This land is ours.
    Allow,
    Stop(LandWords),
    /// Another agency here, or a body of `bodies.toml`, answers in place of this one.
    Swap {
        to: String,
        /// Why, where a body is named; English.
        words: Vec<String>,
    },
    Add(Added),
}

/// Who else hears of it, and how urgent that makes it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Added {
    /// Another agency that offers the service.
    pub agency: Option<String>,
    /// A desk, as the answers of a service name them.
    pub recipient: Option<String>,
    pub priority: Option<u8>,
}

/// `[[not_ours]]`: what is said where none of the layers that allow a service holds the place (C-16).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NotOurs {
    pub services: Vec<String>,
    pub words: LandWords,
    pub source: String,
}

/// Who is responsible, and how to reach them. `{maps}` in the words says which maps were looked at, with their dates.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct LandWords {
    pub title: String,
    pub body: Vec<String>,
    pub links: Vec<LandLink>,
    /// Words of the button where the person may go on; without them nothing can be sent.
    pub carry_on: Option<String>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LandLink {
    pub words: String,
    pub url: Option<String>,
    pub phone: Option<String>,
}

impl LayerRule {
    pub fn is_for(&self, service: &str) -> bool {
        self.services.is_empty() || self.services.iter().any(|pattern| names(pattern, service))
    }
}

impl Agency {
    /// A layer of its land gives reports to this body.
    pub(crate) fn swaps_to(&self, body: &str) -> bool {
        let does = |rule: &LayerRule| matches!(&rule.does, LayerDoes::Swap { to, .. } if to == body);
        self.layers.iter().any(|layer| layer.rules.iter().any(does))
    }
}

impl Layer {
    pub fn allows(&self, service: &str) -> bool {
        self.rules.iter().any(|rule| rule.does == LayerDoes::Allow && rule.is_for(service))
    }
}

impl NotOurs {
    pub fn is_for(&self, service: &str) -> bool {
        self.services.iter().any(|pattern| names(pattern, service))
    }
}

pub(super) fn layer(node: &Node, faults: &mut Faults) -> Option<Layer> {
    let mut reader = Reader::of(node, "a layer", faults)?;
    let id = reader.need_text("id", faults);
    reader.what = format!("layer `{id}`");
    if !id.is_empty() && !is_word(&id) {
        faults.add(reader.line_of("id"), format_args!("`{id}` is no layer id: small letters, figures and `_`"));
    }
    let rules: Vec<_> = reader.tables("rule", faults).into_iter().filter_map(|node| rule(node, &id, faults)).collect();
    let layer = Layer { name: reader.need_text("name", faults), source: reader.need_text("source", faults), rules, id };
    reader.close(faults);
    Some(layer)
}

fn rule(node: &Node, layer: &str, faults: &mut Faults) -> Option<LayerRule> {
    let mut reader = Reader::of(node, format!("a rule of layer `{layer}`"), faults)?;
    let services = reader.texts("services", faults);
    let line = reader.line_of("does");
    let does = match reader.need_text("does", faults).as_str() {
        "allow" => Some(LayerDoes::Allow),
        "stop" => Some(LayerDoes::Stop(words(&mut reader, faults))),
        "swap" => Some(LayerDoes::Swap { to: reader.need_text("to", faults), words: reader.texts("words", faults) }),
        "add" => Some(LayerDoes::Add(added(&mut reader, faults))),
        other => {
            faults.add(line, format_args!("a rule of layer `{layer}` can allow, stop, swap or add, not `{other}`"));
            None
        }
    };
    reader.close(faults);
    Some(LayerRule { services, does: does? })
}

fn added(reader: &mut Reader, faults: &mut Faults) -> Added {
    let added = Added {
        agency: reader.text("agency", faults),
        recipient: reader.text("recipient", faults),
        priority: reader.number("priority", faults),
    };
    if added == Added::default() {
        faults.add(reader.line, format_args!("{} adds nothing: agency, recipient or priority", reader.what));
    }
    added
}

pub(super) fn not_ours(node: &Node, faults: &mut Faults) -> Option<NotOurs> {
    let mut reader = Reader::of(node, "[[not_ours]]", faults)?;
    let not_ours = NotOurs {
        services: reader.texts("services", faults),
        words: words(&mut reader, faults),
        source: reader.need_text("source", faults),
    };
    if not_ours.services.is_empty() {
        reader.missing("services", faults);
    }
    reader.close(faults);
    Some(not_ours)
}

pub(super) fn words(reader: &mut Reader, faults: &mut Faults) -> LandWords {
    let words = LandWords {
        title: reader.need_text("title", faults),
        body: reader.texts("body", faults),
        links: reader.tables("links", faults).into_iter().filter_map(|node| link(node, faults)).collect(),
        carry_on: reader.text("carry_on", faults),
    };
    // Never a dead end (P-14).
    if words.links.is_empty() && words.carry_on.is_none() {
        faults.add(reader.line, format_args!("{} has no way on: `links` or `carry_on`", reader.what));
    }
    words
}

fn link(node: &Node, faults: &mut Faults) -> Option<LandLink> {
    let mut reader = Reader::of(node, "a link of the land", faults)?;
    let link = LandLink {
        words: reader.need_text("words", faults),
        url: reader.text("url", faults),
        phone: reader.text("phone", faults),
    };
    if link.url.is_some() == link.phone.is_some() {
        faults.add(node.line, format_args!("{} needs either `url` or `phone`", reader.what));
    }
    if link.url.as_ref().is_some_and(|url| !url.starts_with("https://")) {
        faults.add(node.line, format_args!("{} must begin with https://", reader.what));
    }
    reader.close(faults);
    Some(link)
}

pub(super) fn check(agency: &Agency, catalogue: &Catalogue, faults: &mut Faults) {
    let fits = |pattern: &str| agency.services.iter().any(|offer| names(pattern, &offer.service));
    for layer in &agency.layers {
        let id = &layer.id;
        for rule in &layer.rules {
            for pattern in rule.services.iter().filter(|pattern| !fits(pattern)) {
                faults.add(0, format_args!("layer `{id}` names service `{pattern}`, which it does not offer"));
            }
            let here = match &rule.does {
                LayerDoes::Swap { to, .. } if catalogue.body(to).is_none() => Some(to),
                LayerDoes::Add(Added { agency: Some(other), .. }) => Some(other),
                _ => None,
            };
            let other = here.map(|to| (to, catalogue.agency(to).filter(|other| other.id != agency.id)));
            match other {
                Some((to, None)) => {
                    faults.add(0, format_args!("layer `{id}` names `{to}`: no other agency and no body"));
                }
                Some((to, Some(other))) => {
                    let offered = agency.services.iter().filter(|offer| rule.is_for(&offer.service));
                    for offer in offered.filter(|offer| other.offer(&offer.service).is_none()) {
                        let service = &offer.service;
                        faults
                            .add(0, format_args!("layer `{id}` gives `{service}` to `{to}`, which does not offer it"));
                    }
                }
                None => {}
            }
        }
    }
    // Land that is ours means nothing where nobody says whose the rest is, and the other way round (C-5).
    for offer in &agency.services {
        let service = &offer.service;
        let allowed = agency.layers.iter().any(|layer| layer.allows(service));
        match (allowed, agency.not_ours.iter().filter(|row| row.is_for(service)).count()) {
            (false, 0) | (true, 1) => {}
            (true, 0) => faults.add(0, format_args!("a layer allows `{service}`, and no [[not_ours]] is for it")),
            (false, _) => faults.add(0, format_args!("[[not_ours]] is for `{service}`, and no layer allows it")),
            (true, _) => faults.add(0, format_args!("two [[not_ours]] are for `{service}`")),
        }
    }
    for pattern in agency.not_ours.iter().flat_map(|row| &row.services).filter(|pattern| !fits(pattern)) {
        faults.add(0, format_args!("[[not_ours]] names service `{pattern}`, which it does not offer"));
    }
}
