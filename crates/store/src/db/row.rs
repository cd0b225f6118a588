use super::pg;
use crate::{Cell, Column, Error, Kind, Result};

/// One row on either engine.
pub enum Row<'r> {
    Lite(&'r rusqlite::Row<'r>),
    Pg(&'r postgres::Row),
}

impl Row<'_> {
    /// The column at `index`, counted from 0.
    pub fn get<T: Column>(&self, index: usize) -> Result<T> {
        T::from_cell(self.cell(index, T::KIND)?).ok_or(Error::Misread { column: index, kind: T::KIND })
    }

    /// The column at `index` as a kind that is known only now.
    pub fn cell(&self, index: usize, kind: Kind) -> Result<Cell> {
        let cell = match self {
            Row::Lite(row) => row.get_ref(index).ok().and_then(|value| lite_cell(value, kind)),
            Row::Pg(row) => pg::cell(row, index, kind),
        };
        cell.ok_or(Error::Misread { column: index, kind })
    }
}

fn lite_cell(value: rusqlite::types::ValueRef<'_>, kind: Kind) -> Option<Cell> {
    use rusqlite::types::ValueRef;
    Some(match (value, kind) {
        (ValueRef::Null, _) => Cell::Null,
        (ValueRef::Integer(n), Kind::Bool) => Cell::Bool(n != 0),
        (ValueRef::Integer(n), Kind::Int) => Cell::Int(n),
        (ValueRef::Integer(n), Kind::Float) => Cell::Float(n as f64),
        (ValueRef::Real(x), Kind::Float) => Cell::Float(x),
        (ValueRef::Text(bytes), Kind::Text) => Cell::Text(std::str::from_utf8(bytes).ok()?.to_owned()),
        (ValueRef::Text(bytes), Kind::Json) => Cell::Json(serde_json::from_slice(bytes).ok()?),
        (ValueRef::Blob(bytes), Kind::Bytes) => Cell::Bytes(bytes.to_vec()),
        (ValueRef::Blob(bytes), Kind::Uuid) => Cell::Uuid(uuid::Uuid::from_slice(bytes).ok()?),
        _ => return None,
    })
}

/// Read from a row, columns in the order of the statement.
pub trait FromRow: Sized {
    fn from_row(row: &Row) -> Result<Self>;
}

impl<A: Column> FromRow for (A,) {
    fn from_row(row: &Row) -> Result<Self> {
        Ok((row.get(0)?,))
    }
}

impl<A: Column, B: Column> FromRow for (A, B) {
    fn from_row(row: &Row) -> Result<Self> {
        Ok((row.get(0)?, row.get(1)?))
    }
}

impl<A: Column, B: Column, C: Column> FromRow for (A, B, C) {
    fn from_row(row: &Row) -> Result<Self> {
        Ok((row.get(0)?, row.get(1)?, row.get(2)?))
    }
}

impl<A: Column, B: Column, C: Column, D: Column> FromRow for (A, B, C, D) {
    fn from_row(row: &Row) -> Result<Self> {
        Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?))
    }
}

/// Reads a struct from a row: fields in the order of the columns.
#[macro_export]
macro_rules! from_row {
    ($type:ident { $($field:ident),* $(,)? }) => {
        impl $crate::FromRow for $type {
            fn from_row(row: &$crate::Row) -> $crate::Result<Self> {
                let mut next = 0..;
                let mut at = || next.next().unwrap_or_default();
                Ok($type { $($field: row.get(at())?,)* })
            }
        }
    };
}
