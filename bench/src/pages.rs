//! The rows of single pages, with their budgets and the peer's figures.

use crate::{
    growth::At,
    table::{Budget, Table},
};

/// Page, what it is called, budget in ms of CPU, the peer's CPU in ms (the middle of its span).
const PAGES: [(&str, &str, Option<f64>, Option<f64>); 15] = [
    ("front", "front page", Some(0.1), Some(29.5)),
    ("list", "the list of what to report", None, None),
    ("question", "question page (place)", None, None),
    ("check", "check-answers page", None, None),
    ("track door", "track page", None, None),
    ("track", "report page, resident, 2 updates", Some(0.3), Some(72.5)),
    ("staff report", "report page, staff, with its consultation entry", Some(0.5), Some(72.5)),
    ("queue", "staff queue", Some(1.0), Some(388.0)),
    ("pins", "map pins, about 1,000 in view", Some(1.0), Some(349.0)),
    ("public pins", "map pins for everybody, about 1,000 in view", Some(1.0), Some(349.0)),
    ("around", "reports around a place, about 1,000 in view", Some(1.5), Some(395.0)),
    ("open311 xml", "Open311 list of 1,000, XML", Some(8.0), Some(2325.0)),
    ("open311 json", "Open311 list of 1,000, JSON", Some(8.0), Some(2325.0)),
    ("search reference", "staff search, reference", Some(1.0), Some(388.0)),
    ("search words", "staff search, words", Some(1.0), Some(388.0)),
];

pub fn rows(table: &mut Table, at: &At) {
    for (page, name, budget, peer) in PAGES {
        let cost = at.costs[page];
        let row = table.add(name, budget.map_or(Budget::None, Budget::AtMost), cost.cpu_ms, "ms CPU");
        row.peer = peer;
        row.note = format!("2 clients: {:.0}/s, p50 {:.2} ms; {} reports", cost.per_second, cost.p50_ms, at.size);
    }
    let ratio = at.front.per_second / at.hello.per_second;
    table.add("front page against a bare server, requests/s", Budget::AtLeast(0.3), ratio, "×").note = format!(
        "16 clients: {:.0}/s against {:.0}/s; CPU {:.3} ms against {:.3} ms",
        at.front.per_second, at.hello.per_second, at.front.cpu_ms, at.hello.cpu_ms
    );
}
