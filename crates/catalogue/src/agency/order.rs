//! How much of what is ordered for a home an agency brings at once, and when it is too late to take an order back (council 1.7).

use super::Agency;
use crate::Catalogue;
use crate::source::Faults;
use crate::tree::{Node, Reader};

/// `[[order]]`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Order {
    pub service: String,
    /// The most of one kind; a kind that is not named has no such limit.
    pub most_each: Vec<(String, i64)>,
    /// Stages in which it is on its way: then the person cannot take it back.
    pub dispatched: Vec<String>,
    pub source: String,
}

impl Order {
    pub fn most_of(&self, kind: &str) -> Option<i64> {
        self.most_each.iter().find(|(known, _)| known == kind).map(|(_, most)| *most)
    }
}

pub(super) fn order(node: &Node, faults: &mut Faults) -> Option<Order> {
    let mut reader = Reader::of(node, "an order", faults)?;
    let order = Order {
        service: reader.need_text("service", faults),
        most_each: reader.numbers("most_each", faults).into_iter().map(|(_, kind, most)| (kind, most)).collect(),
        dispatched: reader.texts("dispatched", faults),
        source: reader.need_text("source", faults),
    };
    reader.close(faults);
    Some(order)
}

pub(super) fn check(agency: &Agency, catalogue: &Catalogue, faults: &mut Faults) {
    for (n, order) in agency.orders.iter().enumerate() {
        let what = &order.service;
        if agency.orders[..n].iter().any(|before| before.service == *what) {
            faults.add(0, format_args!("`{what}` has two orders"));
        }
        if agency.offer(what).is_none() {
            faults.add(0, format_args!("an order names service `{what}`, which it does not offer"));
        }
        for stage in order.dispatched.iter().filter(|stage| agency.stage(stage).is_none()) {
            faults.add(0, format_args!("the order of `{what}` names stage `{stage}`, which it does not have"));
        }
        let Some(service) = catalogue.service(what) else { continue };
        let Some(ties) = &service.order else {
            faults.add(0, format_args!("an order names service `{what}`, which has no [order]"));
            continue;
        };
        let Some(options) = ties.things.options(service) else { continue };
        for (kind, _) in order.most_each.iter().filter(|(kind, _)| !options.contains(kind)) {
            faults.add(0, format_args!("the order of `{what}` limits `{kind}`, which is no option"));
        }
    }
}
