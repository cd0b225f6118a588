//! The leaves of the ledger, in the order the sealer took the entries.

use crate::{
    Error, FromRow, Param, Result, Row, Time, Tx, from_row,
    journal::{Whole, house, own},
    log,
};
use rights::{Actor, Right};
use serde_json::Value as Json;
use std::sync::LazyLock;
use uuid::Uuid;

/// Rows of one statement: on a server the way there costs more than the work.
pub(crate) const GROUP: usize = 16;
/// Of what should not be there at all, a check names at most so many.
const NAMED: i64 = 1000;

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Leaf {
    /// From 0, without gaps.
    pub idx: i64,
    pub entry: Uuid,
    pub subject: Uuid,
    /// The how-manieth of its subject, from 1, without gaps.
    pub counter: i64,
    /// RFC 6962's hash of the body.
    pub hash: Vec<u8>,
    /// The entry of the log, byte for byte.
    pub body: Vec<u8>,
}

from_row!(Leaf { idx, entry, subject, counter, hash, body });

/// A leaf about to be kept, with what its commitments are opened by.
#[derive(Clone, Debug)]
pub struct NewLeaf {
    pub leaf: Leaf,
    pub secret: Vec<u8>,
}

/// A leaf beside everything it stands for, as far as it is there.
#[derive(Clone, Debug)]
pub struct Sealed {
    pub leaf: Leaf,
    pub written: Option<Whole>,
    pub secret: Option<Vec<u8>>,
    pub content: Option<Content>,
}

/// The words of an entry; a body that cannot be read is none.
#[derive(Clone, Debug)]
pub struct Content {
    pub salt: Vec<u8>,
    pub body: Option<Json>,
}

impl FromRow for Sealed {
    fn from_row(row: &Row) -> Result<Sealed> {
        let leaf = Leaf::from_row(row)?;
        let written = match row.get::<Option<Uuid>>(6)? {
            None => None,
            Some(id) => Some(Whole {
                id,
                at: row.get(7)?,
                verb: row.get(8)?,
                kind: row.get(9)?,
                report: row.get(10)?,
                agency: row.get(11)?,
                actor: row.get(12)?,
                staff: row.get(13)?,
                actor_name: row.get(14)?,
                audience: row.get(15)?,
                // Facts are never null: what cannot be read differs from what was sealed.
                facts: row.get(16).unwrap_or(Json::Null),
                content_hash: row.get(17)?,
            }),
        };
        let salt: Option<Vec<u8>> = row.get(19)?;
        let content = salt.map(|salt| Content { salt, body: row.get(20).ok() });
        Ok(Sealed { leaf, written, secret: row.get(18)?, content })
    }
}

/// One statement for `rows` rows of `columns` values each, `$1` up.
pub(crate) fn values(head: &str, columns: usize, rows: usize, end: &str) -> String {
    let mut text = head.to_owned();
    for row in 0..rows {
        text += if row == 0 { "(" } else { ", (" };
        for column in 1..=columns {
            text += if column == 1 { "$" } else { ", $" };
            text += &(row * columns + column).to_string();
        }
        text += ")";
    }
    text + end
}

/// Runs `many` for each whole group and `one` for each of the rest; how many rows they changed.
pub(crate) fn put<T>(
    tx: &mut Tx,
    items: &[T],
    many: &str,
    one: &str,
    params: impl for<'a> Fn(&'a T) -> Vec<&'a dyn Param>,
) -> Result<u64> {
    let (groups, rest) = items.as_chunks::<GROUP>();
    let mut changed = 0;
    for group in groups {
        changed += tx.run(many, &group.iter().flat_map(&params).collect::<Vec<_>>())?;
    }
    for item in rest {
        changed += tx.run(one, &params(item))?;
    }
    Ok(changed)
}

/// Puts leaves at the end of the log and takes their entries out of the queue of the sealer. The caller holds the lock
/// "seal" and gave them the indexes that come next; [`Error::Stale`] where they are not, or an entry does not wait.
pub fn append(actor: &Actor, tx: &mut Tx, leaves: &[NewLeaf]) -> Result<()> {
    house(actor)?;
    const LEAF: &str = "INSERT INTO leaf (idx, entry, subject, counter, hash, body) VALUES ";
    const OPENING: &str = "INSERT INTO opening (entry, secret) VALUES ";
    const WAITS: &str = "DELETE FROM unsealed WHERE entry IN ";
    static LEAVES: LazyLock<[String; 2]> = LazyLock::new(|| [GROUP, 1].map(|rows| values(LEAF, 6, rows, "")));
    static OPENINGS: LazyLock<[String; 2]> = LazyLock::new(|| [GROUP, 1].map(|rows| values(OPENING, 2, rows, "")));
    static WAITING: LazyLock<[String; 2]> = LazyLock::new(|| [GROUP, 1].map(|rows| values(WAITS, rows, 1, "")));
    let Some(first) = leaves.first().map(|new| new.leaf.idx) else { return Ok(()) };
    let end = first + leaves.len() as i64;
    if (first..end).zip(leaves).any(|(idx, new)| new.leaf.idx != idx) {
        return Err(Error::Stale);
    }
    log::grow(actor, tx, first, end)?;
    put(tx, leaves, &LEAVES[0], &LEAVES[1], |new| {
        let leaf = &new.leaf;
        vec![&leaf.idx, &leaf.entry, &leaf.subject, &leaf.counter, &leaf.hash, &leaf.body]
    })?;
    put(tx, leaves, &OPENINGS[0], &OPENINGS[1], |new| vec![&new.leaf.entry, &new.secret])?;
    let taken = put(tx, leaves, &WAITING[0], &WAITING[1], |new| vec![&new.leaf.entry])?;
    if taken == leaves.len() as u64 { Ok(()) } else { Err(Error::Stale) }
}

/// Index, hash and body of a leaf.
pub type Body = (i64, Vec<u8>, Vec<u8>);
/// Entries by their ids, a column each.
pub type Entries = Vec<(Uuid,)>;

/// Hash and body of the leaves from this index on, in order, at most so many: what tiles are made of.
pub fn bodies(actor: &Actor, tx: &mut Tx, from: i64, most: i64) -> Result<Vec<Body>> {
    house(actor)?;
    tx.all("SELECT idx, hash, body FROM leaf WHERE idx >= $1 ORDER BY idx LIMIT $2", &[&from, &most])
}

/// The leaf of the entry by which a report was received; none while it waits for the sealer. For its reporter.
pub fn received(actor: &Actor, tx: &mut Tx, report: Uuid) -> Result<Option<Leaf>> {
    rights::hold(actor, Right::FollowOwn)?;
    own(actor, report)?;
    tx.maybe(
        "SELECT l.idx, l.entry, l.subject, l.counter, l.hash, l.body FROM journal AS j JOIN leaf AS l ON l.entry = j.id \
         WHERE j.report = $1 AND j.kind = 'report.received' ORDER BY j.id LIMIT 1",
        &[&report],
    )
}

/// Leaves `from..to` with what they stand for: for the check of the whole ledger.
pub fn stretch(actor: &Actor, tx: &mut Tx, from: i64, to: i64) -> Result<Vec<Sealed>> {
    house(actor)?;
    tx.all(
        "SELECT l.idx, l.entry, l.subject, l.counter, l.hash, l.body, j.id, j.at, j.verb, j.kind, j.report, j.agency, \
         j.actor, j.staff, j.actor_name, j.audience, j.facts, j.content_hash, o.secret, c.salt, c.body \
         FROM leaf AS l LEFT JOIN journal AS j ON j.id = l.entry LEFT JOIN opening AS o ON o.entry = l.entry \
         LEFT JOIN content AS c ON c.entry = l.entry WHERE l.idx >= $1 AND l.idx < $2 ORDER BY l.idx",
        &[&from, &to],
    )
}

/// One more than the highest index, and how many leaves there are: the two are the same.
pub fn extent(actor: &Actor, tx: &mut Tx) -> Result<(i64, i64)> {
    house(actor)?;
    tx.one("SELECT COALESCE(MAX(idx), -1) + 1, COUNT(*) FROM leaf", &[])
}

/// Leaves from this index on, which is the size of the log: there must be none.
pub fn beyond(actor: &Actor, tx: &mut Tx, size: i64) -> Result<Vec<(i64, Uuid)>> {
    house(actor)?;
    tx.all("SELECT idx, entry FROM leaf WHERE idx >= $1 ORDER BY idx LIMIT $2", &[&size, &NAMED])
}

/// How many entries the journal has, and how many of them wait for the sealer.
pub fn counts(actor: &Actor, tx: &mut Tx) -> Result<(i64, i64)> {
    house(actor)?;
    tx.one("SELECT (SELECT COUNT(*) FROM journal), (SELECT COUNT(*) FROM unsealed)", &[])
}

/// How many entries wait for the sealer, `most` at most, and when the first of them was written. No personal data: for an
/// operator's numbers.
pub fn unsealed(tx: &mut Tx, most: i64) -> Result<(i64, Option<Time>)> {
    let (count,) = tx.one("SELECT COUNT(*) FROM (SELECT entry FROM unsealed LIMIT $1) AS few", &[&most])?;
    // Ids are times first: the lowest is the oldest, or was written in the same moment.
    let oldest: Option<(Time,)> =
        tx.maybe("SELECT j.at FROM unsealed AS u JOIN journal AS j ON j.id = u.entry ORDER BY u.entry LIMIT 1", &[])?;
    Ok((count, oldest.map(|(at,)| at)))
}

/// Entries of the journal that are neither sealed nor wait, and those that are both: there must be none.
pub fn adrift(actor: &Actor, tx: &mut Tx) -> Result<(Entries, Entries)> {
    house(actor)?;
    let neither = tx.all(
        "SELECT j.id FROM journal AS j WHERE NOT EXISTS (SELECT 1 FROM leaf AS l WHERE l.entry = j.id) \
         AND NOT EXISTS (SELECT 1 FROM unsealed AS u WHERE u.entry = j.id) ORDER BY j.id LIMIT $1",
        &[&NAMED],
    )?;
    let both = tx.all(
        "SELECT u.entry FROM unsealed AS u WHERE EXISTS (SELECT 1 FROM leaf AS l WHERE l.entry = u.entry) \
         ORDER BY u.entry LIMIT $1",
        &[&NAMED],
    )?;
    Ok((neither, both))
}
