//! What an agency's pages of bin days say and count by (C-32, C-34, C-35).

use super::{Agency, Container, container};
use crate::Catalogue;
use crate::source::Faults;
use crate::tree::{Node, Reader};

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Bins {
    /// The service by which a missed collection is reported.
    pub report: String,
    /// The service by which people say that their home is not in the list; without one the page does not offer it.
    pub missing_address: Option<String>,
    /// The hour by which bins must be out, in words, where a round says no other.
    pub put_out: String,
    /// Days after which data of rounds is said to be old.
    pub stale_days: u32,
    pub lookups: Lookups,
    pub kinds: Vec<BinName>,
    pub containers: Vec<Container>,
    pub source: String,
}

/// What one origin may look up in a day (C-34).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Lookups {
    pub requests: u32,
    /// Distinct ones.
    pub properties: u32,
    /// Distinct ones whose calendar is fetched: one fetcher may serve many people's calendars.
    pub calendars: u32,
}

/// What is collected.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BinName {
    pub id: String,
    pub name: String,
}

impl Bins {
    pub fn kind(&self, id: &str) -> Option<&BinName> {
        self.kinds.iter().find(|kind| kind.id == id)
    }
}

pub(super) fn bins(node: &Node, faults: &mut Faults) -> Option<Bins> {
    let mut reader = Reader::of(node, "[bins]", faults)?;
    let mut number = |key: &'static str, faults: &mut Faults| {
        if !reader.has(key) {
            reader.missing(key, faults);
        }
        reader.number(key, faults).unwrap_or(0)
    };
    let stale_days = number("stale_days", faults);
    let lookups = Lookups {
        requests: number("requests_a_day", faults),
        properties: number("properties_a_day", faults),
        calendars: number("calendars_a_day", faults),
    };
    let (kinds, containers) = (reader.tables("kind", faults), reader.tables("container", faults));
    let bins = Bins {
        report: reader.need_text("report", faults),
        missing_address: reader.text("missing_address", faults),
        put_out: reader.need_text("put_out", faults),
        stale_days,
        lookups,
        kinds: kinds.into_iter().filter_map(|node| kind(node, faults)).collect(),
        containers: containers.into_iter().filter_map(|node| container::container(node, faults)).collect(),
        source: reader.need_text("source", faults),
    };
    reader.close(faults);
    Some(bins)
}

fn kind(node: &Node, faults: &mut Faults) -> Option<BinName> {
    let mut reader = Reader::of(node, "a kind of [bins]", faults)?;
    let kept = BinName { id: reader.need_text("id", faults), name: reader.need_text("name", faults) };
    reader.close(faults);
    Some(kept)
}

pub(super) fn check(agency: &Agency, catalogue: &Catalogue, faults: &mut Faults) {
    let Some(bins) = &agency.bins else { return };
    let service = catalogue.service(&bins.report);
    if service.is_some_and(|service| service.collections.is_none()) {
        faults.add(0, format_args!("[bins] names service `{}`, which has no [collections]", bins.report));
    }
    if let Some(missing) = bins.missing_address.as_ref().filter(|missing| agency.offer(missing).is_none()) {
        faults.add(0, format_args!("[bins] names service `{missing}`, which it does not offer"));
    }
    if agency.offer(&bins.report).is_none() {
        faults.add(0, format_args!("[bins] names service `{}`, which it does not offer", bins.report));
    }
    if bins.kinds.is_empty() {
        faults.add(0, format_args!("[bins] has no kind"));
    }
    if bins.containers.is_empty() {
        faults.add(0, format_args!("[bins] has no container"));
    }
    for (n, one) in bins.kinds.iter().enumerate() {
        if bins.kinds[..n].iter().any(|before| before.id == one.id) {
            faults.add(0, format_args!("kind `{}` of [bins] stands twice", one.id));
        }
    }
    for (n, one) in bins.containers.iter().enumerate() {
        if bins.containers[..n].iter().any(|before| (&before.id, &before.kind) == (&one.id, &one.kind)) {
            faults.add(0, format_args!("container `{}` of [bins] stands twice", one.id));
        }
        if let Some(unknown) = one.kind.as_ref().filter(|kind| bins.kind(kind).is_none()) {
            faults.add(0, format_args!("container `{}` of [bins] is for `{unknown}`, which is no kind", one.id));
        }
    }
}
