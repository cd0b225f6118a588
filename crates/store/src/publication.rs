//! What everybody may read of a report (C-39). The functions for everybody give nothing that is not public.

use crate::{
    Error, Result, Time, Tx, from_row, journal, named_value,
    pin::Group,
    pin::MOST,
    pin::View,
    queue::{MOST_COUNTED, Statement},
};
use rights::{Actor, Right};
use serde_json::Value as Json;
use uuid::Uuid;

/// Rows on a page.
pub const PAGE: usize = 25;

named_value! {
    pub enum Shown {
        /// Nobody has looked at it or confirmed it yet.
        Waits = "waits",
        Public = "public",
        Hidden = "hidden",
    }
}

named_value! {
    /// What a state of any agency comes to for everybody (C-40).
    pub enum Stand {
        Open = "open",
        Fixed = "fixed",
        Closed = "closed",
    }
}

#[derive(Clone, Debug, PartialEq)]
pub struct Publication {
    pub report: Uuid,
    pub reference: String,
    pub service: String,
    pub definition: String,
    /// Who leads.
    pub agency: String,
    pub place: String,
    pub area: String,
    pub lat: Option<f64>,
    pub lon: Option<f64>,
    pub cell: Option<i64>,
    /// Publishable answers, by question.
    pub body: Json,
    /// Ids of pictures among the answers that may be shown.
    pub photos: Json,
    pub shown: Shown,
    pub doubtful: bool,
    pub stand: Stand,
    pub received_at: Time,
    pub changed_at: Time,
    pub closed_at: Option<Time>,
    pub me_too: i64,
    /// The agency under whose name it stands, where staff filed it for the agency itself; empty: nobody's.
    pub said_by: String,
}

from_row!(Publication {
    report,
    reference,
    service,
    definition,
    agency,
    place,
    area,
    lat,
    lon,
    cell,
    body,
    photos,
    shown,
    doubtful,
    stand,
    received_at,
    changed_at,
    closed_at,
    me_too,
    said_by,
});

const ROW: &str = "SELECT report, reference, service, definition, agency, place, area, lat, lon, cell, body, photos, shown, \
     doubtful, stand, received_at, changed_at, closed_at, me_too, said_by FROM publication";

/// Keeps it, with the code of the ward its point lies in; empty where none is known.
pub fn insert(tx: &mut Tx, row: &Publication, ward: &str) -> Result<()> {
    tx.run(
        "INSERT INTO publication (report, reference, service, definition, agency, place, area, lat, lon, cell, body, photos, shown, \
         doubtful, stand, received_at, changed_at, closed_at, me_too, ward, said_by) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21)",
        &[
            &row.report,
            &row.reference,
            &row.service,
            &row.definition,
            &row.agency,
            &row.place,
            &row.area,
            &row.lat,
            &row.lon,
            &row.cell,
            &row.body,
            &row.photos,
            &row.shown,
            &row.doubtful,
            &row.stand,
            &row.received_at,
            &row.changed_at,
            &row.closed_at,
            &row.me_too,
            &ward,
            &row.said_by,
        ],
    )?;
    Ok(())
}

/// The publication of a report, shown or not, for its reporter, for staff who may open reports, and for the house.
pub fn of_report(actor: &Actor, tx: &mut Tx, report: Uuid) -> Result<Option<Publication>> {
    match actor {
        Actor::Staff(_) => rights::hold(actor, Right::SeeReport)?,
        _ => journal::own(actor, report)?,
    }
    tx.maybe(&format!("{ROW} WHERE report = $1"), &[&report])
}

/// What everybody may read.
pub fn public(tx: &mut Tx, reference: &str) -> Result<Option<Publication>> {
    tx.maybe(&format!("{ROW} WHERE reference = $1 AND shown = 'public'"), &[&reference])
}

/// Shows or hides it; that it was kept private ends with that. Whether that was from what the caller saw is told by `from`; otherwise it is [`Error::Stale`].
pub fn set_shown(actor: &Actor, tx: &mut Tx, report: Uuid, from: Shown, to: Shown) -> Result<()> {
    match actor {
        Actor::Staff(_) => rights::hold(actor, Right::SeeReport)?,
        _ => journal::own(actor, report)?,
    }
    let n = tx.run(
        "UPDATE publication SET shown = $1, private_from = NULL WHERE report = $2 AND shown = $3",
        &[&to, &report, &from],
    )?;
    if n == 1 { Ok(()) } else { Err(Error::Stale) }
}

/// Another agency has the report, and with it what everybody reads. Where that one shows nothing to everybody, it is kept private.
pub fn hand_over(actor: &Actor, tx: &mut Tx, report: Uuid, (to, shows): (&str, bool)) -> Result<()> {
    journal::house(actor)?;
    tx.run("UPDATE publication SET agency = $1 WHERE report = $2", &[&to, &report])?;
    if !shows {
        tx.run(
            "UPDATE publication SET private_from = shown, shown = 'hidden' WHERE report = $1 AND shown <> 'hidden'",
            &[&report],
        )?;
    }
    Ok(())
}

/// Which pictures of a report may be shown, while nobody has looked at it; what everybody sees gets no picture that nobody saw.
pub fn set_photos(actor: &Actor, tx: &mut Tx, report: Uuid, photos: &Json) -> Result<()> {
    journal::house(actor)?;
    tx.run("UPDATE publication SET photos = $1 WHERE report = $2 AND shown = 'waits'", &[photos, &report])?;
    Ok(())
}

/// How it stands now. Nothing where the report has no publication.
pub fn set_stand(tx: &mut Tx, report: Uuid, stand: Stand, at: Time) -> Result<()> {
    let closed = (stand != Stand::Open).then_some(at);
    tx.run(
        "UPDATE publication SET stand = $1, changed_at = $2, closed_at = $3 WHERE report = $4",
        &[&stand, &at, &closed, &report],
    )?;
    Ok(())
}

/// Counts somebody once: whether they were new.
pub fn me_too(tx: &mut Tx, report: Uuid, mark: &[u8], at: Time) -> Result<bool> {
    let mark = mark.to_vec();
    let sql = "INSERT INTO me_too (report, mark, at) VALUES ($1, $2, $3) ON CONFLICT (report, mark) DO NOTHING";
    if tx.run(sql, &[&report, &mark, &at])? == 0 {
        return Ok(false);
    }
    tx.run("UPDATE publication SET me_too = me_too + 1 WHERE report = $1", &[&report])?;
    Ok(true)
}

/// Which of those that are public; every field given narrows.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Filter {
    pub stand: Option<Stand>,
    pub service: Option<String>,
    /// One of these; empty: of any.
    pub services: Vec<String>,
    pub agency: Option<String>,
    /// The code of a ward.
    pub ward: Option<String>,
    /// With a photo that everybody may see.
    pub with_photo: bool,
    /// Those that are not open have ended after this (C-43).
    pub ended_after: Option<Time>,
    /// Those that have ended, at this instant or before: what `ended_after` leaves out.
    pub ended_before: Option<Time>,
    /// Received from this instant on, and before that one.
    pub from: Option<Time>,
    pub to: Option<Time>,
    /// Changed from this instant on, and before that one.
    pub changed_from: Option<Time>,
    pub changed_to: Option<Time>,
}

/// One on a map or in a list: all of it stands in one index.
#[derive(Clone, Debug, PartialEq)]
pub struct Spot {
    pub reference: String,
    pub lat: f64,
    pub lon: f64,
    pub service: String,
    pub agency: String,
    pub stand: Stand,
    pub received_at: Time,
    pub changed_at: Time,
    pub me_too: i64,
}

const SPOTS: &str = "SELECT reference, lat, lon, service, agency, stand, received_at, changed_at, me_too FROM publication \
     WHERE shown = 'public'";

from_row!(Spot { reference, lat, lon, service, agency, stand, received_at, changed_at, me_too });

impl Spot {
    /// What it is sorted by, as in [`After`].
    fn key(&self, order: Order) -> i64 {
        match order {
            Order::Received => self.received_at.micros(),
            Order::Changed => self.changed_at.micros(),
            Order::MeToo => self.me_too,
        }
    }
}

/// Its answers hold pictures that may be shown, and staff have not hidden all of them.
const WITH_PHOTO: &str = " AND CAST(photos AS TEXT) <> '[]' AND EXISTS (SELECT 1 FROM held AS h \
     WHERE h.report = publication.report AND h.giver = 'reporter' AND h.remark IS NULL AND h.hidden_at IS NULL \
     AND h.scan IN ('none', 'clean'))";

impl<'p> Statement<'p> {
    fn public(&mut self, filter: &'p Filter) {
        if let Some(stand) = &filter.stand {
            self.add(" AND stand = ", stand);
        }
        if let Some(service) = &filter.service {
            self.add(" AND service = ", service);
        }
        if let Some(agency) = &filter.agency {
            self.add(" AND agency = ", agency);
        }
        if let Some(ward) = &filter.ward {
            self.add(" AND ward = ", ward);
        }
        self.among(" AND service IN (", &filter.services);
        if filter.with_photo {
            self.sql.push_str(WITH_PHOTO);
        }
        if let Some(before) = &filter.ended_before {
            self.add(" AND closed_at IS NOT NULL AND closed_at <= ", before);
        }
        if let Some(after) = &filter.ended_after {
            self.add(" AND (stand = 'open' OR closed_at > ", after);
            self.sql.push(')');
        }
        for (before, at) in [
            (" AND received_at >= ", &filter.from),
            (" AND received_at < ", &filter.to),
            (" AND changed_at >= ", &filter.changed_from),
            (" AND changed_at < ", &filter.changed_to),
        ] {
            if let Some(at) = at {
                self.add(before, at);
            }
        }
    }
}

impl<'p> Statement<'p> {
    /// Public, and in the view. Gives the place of the parameters that say from which cell to which.
    fn in_view(&mut self, view: &'p View) -> usize {
        let at = self.params.len();
        self.add(" AND cell >= ", &0i64);
        self.add(" AND cell <= ", &i64::MAX);
        self.add(" AND lat >= ", &view.south);
        self.add(" AND lat <= ", &view.north);
        self.add(" AND lon >= ", &view.west);
        self.add(" AND lon <= ", &view.east);
        at
    }
}

/// All in the view, and one more than [`MOST`] where there are more.
pub fn within(tx: &mut Tx, filter: &Filter, view: &View) -> Result<Vec<Spot>> {
    let (mut spots, most) = (Vec::new(), MOST as i64 + 1);
    let mut statement = Statement { sql: SPOTS.to_owned(), params: Vec::new() };
    let at = statement.in_view(view);
    statement.public(filter);
    statement.add(" LIMIT ", &most);
    for (first, last) in &view.spans {
        (statement.params[at], statement.params[at + 1]) = (first, last);
        spots.extend(tx.all::<Spot>(&statement.sql, &statement.params)?);
        if spots.len() > MOST {
            spots.truncate(MOST + 1);
            break;
        }
    }
    Ok(spots)
}

/// As [`newest`], of what lies in the view alone. All of it is looked at, by the index of the map: for views that hold no more
/// than some tens of thousands.
pub fn highest_within(
    tx: &mut Tx,
    filter: &Filter,
    view: &View,
    order: Order,
    after: Option<&After>,
    most: i64,
) -> Result<Vec<Spot>> {
    // What is added keeps the planner from reading all of everywhere in this order.
    let (behind, sorted) = match order {
        Order::Received => {
            (" AND (received_at + 0, reference) < (", " ORDER BY received_at + 0 DESC, reference DESC LIMIT ")
        }
        Order::Changed => {
            (" AND (changed_at + 0, reference) < (", " ORDER BY changed_at + 0 DESC, reference DESC LIMIT ")
        }
        Order::MeToo => (" AND (me_too + 0, reference) < (", " ORDER BY me_too + 0 DESC, reference DESC LIMIT "),
    };
    let mut statement = Statement { sql: SPOTS.to_owned(), params: Vec::new() };
    let at = statement.in_view(view);
    let first = After { key: i64::MAX, reference: String::new() };
    let After { key, reference } = after.unwrap_or(&first);
    statement.add(behind, key);
    statement.add(", ", reference);
    statement.sql.push(')');
    statement.public(filter);
    statement.add(sorted, &most);
    let mut spots: Vec<Spot> = Vec::new();
    for (first, last) in &view.spans {
        (statement.params[at], statement.params[at + 1]) = (first, last);
        spots.extend(tx.all::<Spot>(&statement.sql, &statement.params)?);
    }
    spots.sort_by(|a, b| (b.key(order), &b.reference).cmp(&(a.key(order), &a.reference)));
    spots.truncate(usize::try_from(most).unwrap_or(usize::MAX));
    Ok(spots)
}

/// The same as groups, of the cells that are equal once divided by `size`; their counts add up to all that are there.
pub fn groups(tx: &mut Tx, filter: &Filter, view: &View, size: i64) -> Result<Vec<Group>> {
    let mut groups: Vec<Group> = Vec::new();
    let mut statement = Statement { sql: String::new(), params: Vec::new() };
    statement.add("SELECT cell / ", &size);
    statement.sql.push_str(", COUNT(*), AVG(lat), AVG(lon) FROM publication WHERE shown = 'public'");
    let at = statement.in_view(view);
    statement.public(filter);
    statement.sql.push_str(" GROUP BY 1");
    for (first, last) in &view.spans {
        (statement.params[at], statement.params[at + 1]) = (first, last);
        for more in tx.all::<Group>(&statement.sql, &statement.params)? {
            match groups.iter_mut().find(|group| group.key == more.key) {
                Some(group) => group.join(&more),
                None => groups.push(more),
            }
        }
    }
    groups.sort_unstable_by_key(|group| (-group.count, group.key));
    Ok(groups)
}

/// How a list of everywhere is sorted, the highest first.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Order {
    #[default]
    Received,
    Changed,
    MeToo,
}

/// Where the next page of a list begins: what its last row is sorted by, an instant or a number, and its reference.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct After {
    pub key: i64,
    pub reference: String,
}

/// What stands behind this row.
pub fn after(row: &Publication, order: Order) -> After {
    let key = match order {
        Order::Received => row.received_at.micros(),
        Order::Changed => row.changed_at.micros(),
        Order::MeToo => row.me_too,
    };
    After { key, reference: row.reference.clone() }
}

/// What stands behind one on the map.
pub fn behind(spot: &Spot, order: Order) -> After {
    After { key: spot.key(order), reference: spot.reference.clone() }
}

/// The highest of the order first, at most so many.
pub fn newest(
    tx: &mut Tx,
    filter: &Filter,
    order: Order,
    after: Option<&After>,
    most: i64,
) -> Result<Vec<Publication>> {
    let (behind, sorted) = match order {
        Order::Received => (" AND (received_at, reference) < (", " ORDER BY received_at DESC, reference DESC LIMIT "),
        Order::Changed => (" AND (changed_at, reference) < (", " ORDER BY changed_at DESC, reference DESC LIMIT "),
        Order::MeToo => (" AND (me_too, reference) < (", " ORDER BY me_too DESC, reference DESC LIMIT "),
    };
    let mut statement = Statement { sql: format!("{ROW} WHERE shown = 'public'"), params: Vec::new() };
    // The first page begins after the end of time, so that each page is read from the index by its key.
    let first = After { key: i64::MAX, reference: String::new() };
    let After { key, reference } = after.unwrap_or(&first);
    statement.add(behind, key);
    statement.add(", ", reference);
    statement.sql.push(')');
    statement.public(filter);
    statement.add(sorted, &most);
    tx.all(&statement.sql, &statement.params)
}

/// How many, in a part of the map where one is given, up to [`MOST_COUNTED`].
pub fn count(tx: &mut Tx, filter: &Filter, view: Option<&View>) -> Result<i64> {
    let begun = "SELECT COUNT(*) FROM (SELECT 1 FROM publication WHERE shown = 'public'";
    let mut statement = Statement { sql: begun.to_owned(), params: Vec::new() };
    let at = view.map(|view| statement.in_view(view));
    // Rows without an instant are none; it lets each count go by the index of an instant.
    if at.is_none() && filter.ended_before.is_none() {
        statement.sql.push_str(" AND received_at > 0");
    }
    statement.public(filter);
    statement.add(" LIMIT ", &MOST_COUNTED);
    statement.sql.push_str(") AS few");
    let mut total = 0;
    let everywhere = [(0, i64::MAX)];
    for (first, last) in view.map_or(everywhere.as_slice(), |view| &view.spans) {
        if let Some(at) = at {
            (statement.params[at], statement.params[at + 1]) = (first, last);
        }
        total += tx.one::<(i64,)>(&statement.sql, &statement.params)?.0;
        if total >= MOST_COUNTED {
            break;
        }
    }
    Ok(total.min(MOST_COUNTED))
}

/// Those with these references that are public, in the order of the references.
pub fn named(tx: &mut Tx, references: &[String]) -> Result<Vec<Publication>> {
    let mut found = Vec::new();
    for reference in references {
        found.extend(public(tx, reference)?);
    }
    Ok(found)
}
