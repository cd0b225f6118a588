//! An agency's open reports on a map, and the list beside it: two views of one query (C-41).

use super::queue::{self, Row};
use crate::{Result, Setting};
use places::cell::{self, Bounds};
use rights::{Actor, NotFound};
use store::{
    Look, Time, Tx,
    pin::{self, Group, MOST, Pin, View},
    queue::{Filter, PAGE, URGENT},
};

/// What stands in a part of the map.
#[derive(Clone, Debug, PartialEq)]
pub enum Seen {
    /// Every report there, in no order.
    Pins(Vec<Pin>),
    /// More than [`MOST`]: how many stand where. The counts add up to all that are there.
    Groups(Vec<Group>),
}

impl Seen {
    pub fn total(&self) -> usize {
        match self {
            Seen::Pins(pins) => pins.len(),
            Seen::Groups(groups) => groups.iter().map(|group| group.count.unsigned_abs() as usize).sum(),
        }
    }
}

/// One page of the list, and how many reports it has in all.
#[derive(Clone, Debug)]
pub struct Page {
    /// None where there are more than can be listed: the view must be made smaller first.
    pub rows: Option<Vec<Row>>,
    pub total: usize,
    /// From 1.
    pub page: usize,
    pub pages: usize,
}

/// Groups across a view; a finger covers about as much of a phone's map as one of them.
const GROUPS_ACROSS: f64 = 8.0;

pub fn pins(actor: &Actor, look: &mut Look, filter: &Filter, bounds: Bounds) -> Result<Seen> {
    let Bounds { south, west, north, east } = bounds;
    let view = View { south, west, north, east, spans: cell::spans(bounds) };
    let pins = pin::within(actor, look, filter, &view)?;
    if pins.len() > MOST {
        return Ok(Seen::Groups(pin::groups(actor, look, filter, &view, cell::group_size(bounds, GROUPS_ACROSS))?));
    }
    Ok(Seen::Pins(pins))
}

pub fn list(
    actor: &Actor,
    look: &mut Look,
    setting: &Setting,
    filter: &Filter,
    bounds: Bounds,
    page: usize,
    now: Time,
) -> Result<Page> {
    let seen = pins(actor, look, filter, bounds)?;
    let total = seen.total();
    let Seen::Pins(mut pins) = seen else { return Ok(Page { rows: None, total, page: 1, pages: 1 }) };
    // As in the queue: the most urgent first, then the soonest due.
    pins.sort_unstable_by_key(|pin| (pin.priority, pin.due_at, pin.number));
    let pages = total.div_ceil(PAGE).max(1);
    let page = page.clamp(1, pages);
    let numbers: Vec<i64> = pins.iter().skip((page - 1) * PAGE).take(PAGE).map(|pin| pin.number).collect();
    Ok(Page { rows: Some(queue::numbered(actor, look, setting, &numbers, now)?), total, page, pages })
}

/// The report of a pin.
pub fn reference(actor: &Actor, tx: &mut Tx, number: i64) -> Result<String> {
    Ok(pin::reference(actor, tx, number)?.ok_or(NotFound)?)
}

/// Whether the pin is urgent, and whether its target has passed.
pub fn look_of(pin: &Pin, now: Time) -> (bool, bool) {
    (pin.priority <= URGENT, pin.due_at < now)
}
