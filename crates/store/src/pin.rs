//! An agency's open reports as they stand on its map. A pin is read from one index and names nobody: where it is, of what
//! kind, how urgent, and the number under which its report is found.

use crate::{
    Look, Result, Time, Tx, from_row,
    queue::{Filter, Ours, Statement, agency, ours},
};
use rights::Actor;

/// More pins than this are counted in groups.
pub const MOST: usize = 1_000;

#[derive(Clone, Debug, PartialEq)]
pub struct Pin {
    pub lat: f64,
    pub lon: f64,
    /// Of the agency's part in the report.
    pub number: i64,
    pub service: String,
    pub priority: i64,
    pub due_at: Time,
}

from_row!(Pin { lat, lon, number, service, priority, due_at });

/// Reports that stand close together.
#[derive(Clone, Debug, PartialEq)]
pub struct Group {
    /// Cells that have this in common make the group: the street cell divided.
    pub key: i64,
    pub count: i64,
    /// Their middle.
    pub lat: f64,
    pub lon: f64,
}

from_row!(Group { key, count, lat, lon });

/// What part of the map: a rectangle in degrees, and the spans of street cells that cover it.
#[derive(Clone, Debug)]
pub struct View {
    pub south: f64,
    pub west: f64,
    pub north: f64,
    pub east: f64,
    pub spans: Vec<(i64, i64)>,
}

impl View {
    /// For the journal: what was looked at. Which reports stood there then can be worked out; that they did is no secret
    /// to whoever may read the journal.
    fn words(&self) -> String {
        let View { south, west, north, east, .. } = self;
        format!("{south:.5},{west:.5},{north:.5},{east:.5}")
    }
}

/// All pins in the view, and one more than [`MOST`] where there are more.
pub fn within(actor: &Actor, look: &mut Look, filter: &Filter, view: &View) -> Result<Vec<Pin>> {
    let ours = ours(actor)?;
    look.saw_map(view.words());
    let (mut pins, most) = (Vec::new(), MOST as i64 + 1);
    let mut statement = Statement {
        sql: "SELECT s.lat, s.lon, s.number, s.service, s.priority, s.due_at FROM sub_case AS s".to_owned(),
        params: Vec::new(),
    };
    let at = statement.view(&ours, filter, view);
    statement.add(" LIMIT ", &most);
    for (first, last) in &view.spans {
        (statement.params[at], statement.params[at + 1]) = (first, last);
        pins.extend(look.tx.all::<Pin>(&statement.sql, &statement.params)?);
        if pins.len() > MOST {
            pins.truncate(MOST + 1);
            break;
        }
    }
    Ok(pins)
}

/// The same as groups, of the cells that are equal once divided by `size`. Reads an index entry for each report there.
pub fn groups(actor: &Actor, look: &mut Look, filter: &Filter, view: &View, size: i64) -> Result<Vec<Group>> {
    let ours = ours(actor)?;
    look.saw_map(view.words());
    let mut groups: Vec<Group> = Vec::new();
    let mut statement = Statement { sql: String::new(), params: Vec::new() };
    statement.add("SELECT s.cell / ", &size);
    statement.sql.push_str(", COUNT(*), AVG(s.lat), AVG(s.lon) FROM sub_case AS s");
    let at = statement.view(&ours, filter, view);
    statement.sql.push_str(" GROUP BY 1");
    for (first, last) in &view.spans {
        (statement.params[at], statement.params[at + 1]) = (first, last);
        for more in look.tx.all::<Group>(&statement.sql, &statement.params)? {
            match groups.iter_mut().find(|group| group.key == more.key) {
                Some(group) => group.join(&more),
                None => groups.push(more),
            }
        }
    }
    groups.sort_unstable_by_key(|group| (-group.count, group.key));
    Ok(groups)
}

impl Group {
    pub(crate) fn join(&mut self, more: &Group) {
        let (had, new) = (self.count as f64, more.count as f64);
        self.lat = (self.lat * had + more.lat * new) / (had + new);
        self.lon = (self.lon * had + more.lon * new) / (had + new);
        self.count += more.count;
    }
}

/// The reference of the agency's part with this number. A reference names nobody, so it needs no look.
pub fn reference(actor: &Actor, tx: &mut Tx, number: i64) -> Result<Option<String>> {
    let ours = ours(actor)?;
    let mut statement = Statement {
        sql: "SELECT r.reference FROM sub_case AS s JOIN report AS r ON r.id = s.report".to_owned(),
        params: Vec::new(),
    };
    statement.add(" WHERE s.number = ", &number);
    statement.add(" AND s.agency = ", &ours.agency);
    statement.limit(&ours);
    let found: Option<(String,)> = tx.maybe(&statement.sql, &statement.params)?;
    Ok(found.map(|(reference,)| reference))
}

/// Numbers of the agency's open parts in a street cell, the newest first. They name nobody, so they need no look.
pub fn at_cell(actor: &Actor, tx: &mut Tx, cell: i64, most: i64) -> Result<Vec<i64>> {
    let agency = agency(actor)?;
    let found: Vec<(i64,)> = tx.all(
        "SELECT s.number FROM sub_case AS s WHERE s.agency = $1 AND s.closed_at IS NULL AND s.cell = $2 \
         ORDER BY s.number DESC LIMIT $3",
        &[&agency, &cell, &most],
    )?;
    Ok(found.into_iter().map(|(number,)| number).collect())
}

impl<'p> Statement<'p> {
    /// Open, of the agency, in the view. Gives the place of the parameters that say from which cell to which: those of each
    /// span in turn. The filter stands in a CASE: no index can serve it, and the one by cell is taken.
    fn view(&mut self, ours: &'p Ours, filter: &'p Filter, view: &'p View) -> usize {
        self.add(" WHERE s.agency = ", &ours.agency);
        let at = self.params.len();
        self.add(" AND s.closed_at IS NULL AND s.cell >= ", &0i64);
        self.add(" AND s.cell <= ", &i64::MAX);
        self.add(" AND s.lat >= ", &view.south);
        self.add(" AND s.lat <= ", &view.north);
        self.add(" AND s.lon >= ", &view.west);
        self.add(" AND s.lon <= ", &view.east);
        self.sql.push_str(" AND CASE WHEN s.closed_at IS NULL");
        self.narrow(ours, filter);
        self.sql.push_str(" THEN 1 ELSE 0 END = 1");
        at
    }
}
