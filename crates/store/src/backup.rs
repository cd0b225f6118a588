//! All rows of the house, table by table, for a copy that either engine can be filled from. Which tables there are, in which
//! order they must be filled and by what key they are read says the engine's own catalogue, so that none is forgotten.

use crate::{
    Cell, Error, Kind, Param, Result, Tx,
    db::Table,
    journal::house,
    leaf::{GROUP, put, values},
};
use rights::Actor;

/// Tables that are not carried, and why.
pub const LEFT_OUT: [(&str, &str); 4] = [
    ("migration", "says what was applied to this database; migrating the new one writes it"),
    ("report_word", "the search index, of each engine's own kind; it is made again from the reports"),
    ("session", "staff sign in again; one that was ended after the copy must not open again"),
    ("throttle", "counts of minutes and hours, under keyed hashes of network addresses"),
];

/// The row of `generation` that stands while a house is being filled.
const FILLING: &str = "filling";

/// A table that is carried.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Carried {
    pub name: String,
    /// Columns in the order of the schema.
    pub columns: Vec<(String, Kind)>,
    key: Vec<usize>,
}

/// One row, a cell for each column.
pub type Cells = Vec<Cell>;

/// Every table that is carried; each stands behind those its rows refer to.
pub fn tables(tx: &mut Tx) -> Result<Vec<Carried>> {
    let mut waiting: Vec<Table> =
        tx.tables()?.into_iter().filter(|table| !LEFT_OUT.iter().any(|(name, _)| *name == table.name)).collect();
    let mut ordered: Vec<Carried> = Vec::new();
    while !waiting.is_empty() {
        let stands = |name: &String| ordered.iter().any(|table| table.name == *name);
        let Some(next) = waiting.iter().position(|table| table.after.iter().all(stands)) else {
            let names: Vec<&str> = waiting.iter().map(|table| table.name.as_str()).collect();
            return Err(Error::Schema(format!("tables refer to each other in a circle: {}", names.join(", "))));
        };
        ordered.push(carried(waiting.remove(next))?);
    }
    Ok(ordered)
}

fn carried(table: Table) -> Result<Carried> {
    let Table { name, fields, key, .. } = table;
    if key.is_empty() {
        return Err(Error::Schema(format!("table {name} has no key to read it by")));
    }
    let columns = fields
        .into_iter()
        .map(|field| match Kind::of_type(&field.type_name) {
            Some(kind) => Ok((field.name, kind)),
            None => Err(Error::Schema(format!("{name}.{} is of an unknown type, {}", field.name, field.type_name))),
        })
        .collect::<Result<Vec<_>>>()?;
    Ok(Carried { name, columns, key })
}

impl Carried {
    fn names(&self) -> String {
        let names: Vec<String> = self.columns.iter().map(|(name, _)| quoted(name)).collect();
        names.join(", ")
    }

    fn keys(&self) -> String {
        let names: Vec<String> = self.key.iter().map(|at| quoted(&self.columns[*at].0)).collect();
        names.join(", ")
    }
}

/// Names come from the catalogue, never from a copy.
fn quoted(name: &str) -> String {
    format!("\"{}\"", name.replace('"', "\"\""))
}

/// At most so many rows in the order of their keys, from the first, or behind a row that was read.
pub fn page(actor: &Actor, tx: &mut Tx, table: &Carried, behind: Option<&Cells>, most: i64) -> Result<Vec<Cells>> {
    house(actor)?;
    let (name, names, keys) = (quoted(&table.name), table.names(), table.keys());
    let mut params: Vec<&dyn Param> = Vec::new();
    let mut sql = format!("SELECT {names} FROM {name} AS carried");
    if let Some(behind) = behind {
        params.extend(table.key.iter().filter_map(|at| behind.get(*at)).map(|cell| cell as &dyn Param));
        let places: Vec<String> = (1..=params.len()).map(|n| format!("${n}")).collect();
        sql += &format!(" WHERE ({keys}) > ({})", places.join(", "));
    }
    params.push(&most);
    sql += &format!(" ORDER BY {keys} LIMIT ${}", params.len());
    let mut rows = Vec::new();
    tx.each(&sql, &params, |row| {
        rows.push(table.columns.iter().enumerate().map(|(at, (_, kind))| row.cell(at, *kind)).collect::<Result<_>>()?);
        Ok(())
    })
    .map_err(|error| match error {
        Error::Misread { column, kind } => {
            let column = table.columns.get(column).map_or("", |(name, _)| name);
            Error::Schema(format!("{}.{column} holds something else than a {kind:?}", table.name))
        }
        other => other,
    })?;
    Ok(rows)
}

/// Puts rows into a table of a house that is being filled.
pub fn fill(actor: &Actor, tx: &mut Tx, table: &Carried, rows: &[Cells]) -> Result<()> {
    house(actor)?;
    let head = format!("INSERT INTO {} ({}) VALUES ", quoted(&table.name), table.names());
    let [many, one] = [GROUP, 1].map(|n| values(&head, table.columns.len(), n, ""));
    put(tx, rows, &many, &one, |row| row.iter().map(|cell| cell as &dyn Param).collect())?;
    Ok(())
}

/// Marks the house as being filled, and empties what migrations and an earlier try have put there. False, and nothing is
/// changed, where it holds reports, a journal or people.
pub fn begin(actor: &Actor, tx: &mut Tx) -> Result<bool> {
    house(actor)?;
    tx.lock("fill")?;
    if !filling(tx)? {
        for table in ["report", "journal", "staff"] {
            let some: Option<(i64,)> = tx.maybe(&format!("SELECT CAST(1 AS BIGINT) FROM {table} LIMIT 1"), &[])?;
            if some.is_some() {
                return Ok(false);
            }
        }
    }
    for table in tables(tx)?.iter().rev() {
        tx.run(&format!("DELETE FROM {} AS carried", quoted(&table.name)), &[])?;
    }
    tx.run("DELETE FROM report_word AS carried", &[])?;
    tx.run("INSERT INTO generation (name, n) VALUES ($1, 1)", &[&FILLING])?;
    Ok(true)
}

/// Whether the house is being filled, or that was cut off: then it is no house yet.
pub fn filling(tx: &mut Tx) -> Result<bool> {
    Ok(tx.maybe::<(i64,)>("SELECT n FROM generation WHERE name = $1", &[&FILLING])?.is_some())
}

/// All rows are there: what draws numbers goes on behind them.
pub fn filled(actor: &Actor, tx: &mut Tx) -> Result<()> {
    house(actor)?;
    tx.renumber()
}

/// The house is whole from here on.
pub fn end(actor: &Actor, tx: &mut Tx) -> Result<()> {
    house(actor)?;
    tx.run("DELETE FROM generation WHERE name = $1", &[&FILLING])?;
    Ok(())
}
