//! Values and errors on their way to the server and back.

use crate::{Cell, Error, Kind, Param, Result, Value};
use postgres::{
    Statement,
    error::SqlState,
    types::{IsNull, ToSql, Type, private::BytesMut},
};

pub(super) fn bind<'p>(statement: &Statement, params: &[&'p dyn Param]) -> Result<Vec<Bound<'p>>> {
    // The driver panics over a wrong number.
    if statement.params().len() != params.len() {
        return Err(Error::Other(format!("{} parameters for {}", params.len(), statement.params().len())));
    }
    let bound: Vec<Bound> = params.iter().map(|p| Bound(p.value())).collect();
    if bound.iter().any(|b| b.0.holds_nul()) {
        return Err(Error::Refused("U+0000 in a text".into()));
    }
    Ok(bound)
}

#[derive(Debug)]
pub(super) struct Bound<'a>(Value<'a>);

impl ToSql for Bound<'_> {
    fn to_sql(
        &self,
        ty: &Type,
        out: &mut BytesMut,
    ) -> std::result::Result<IsNull, Box<dyn std::error::Error + Sync + Send>> {
        match &self.0 {
            Value::Null => Ok(IsNull::Yes),
            Value::Bool(b) => b.to_sql_checked(ty, out),
            Value::Int(n) => n.to_sql_checked(ty, out),
            Value::Float(x) => x.to_sql_checked(ty, out),
            Value::Text(text) => text.to_sql_checked(ty, out),
            Value::Bytes(bytes) => bytes.to_sql_checked(ty, out),
            Value::Uuid(id) => id.to_sql_checked(ty, out),
            Value::Json(json) => json.to_sql_checked(ty, out),
        }
    }

    fn accepts(_: &Type) -> bool {
        true
    }

    postgres::types::to_sql_checked!();
}

pub fn cell(row: &postgres::Row, index: usize, kind: Kind) -> Option<Cell> {
    fn take<'r, T: postgres::types::FromSql<'r>>(
        row: &'r postgres::Row,
        index: usize,
        make: fn(T) -> Cell,
    ) -> Option<Cell> {
        row.try_get::<_, Option<T>>(index).ok().map(|found| found.map_or(Cell::Null, make))
    }
    match kind {
        Kind::Bool => take(row, index, Cell::Bool),
        Kind::Int => take(row, index, Cell::Int),
        Kind::Float => take(row, index, Cell::Float),
        Kind::Text => take(row, index, Cell::Text),
        Kind::Bytes => take(row, index, Cell::Bytes),
        Kind::Uuid => take(row, index, Cell::Uuid),
        Kind::Json => take(row, index, Cell::Json),
    }
}

pub fn error(error: postgres::Error) -> Error {
    let Some(code) = error.code() else {
        let broken = std::error::Error::source(&error).is_some_and(|source| source.is::<std::io::Error>());
        let text = error.to_string();
        return if broken || error.is_closed() { Error::Gone(text) } else { Error::Other(text) };
    };
    let text = error.as_db_error().map_or_else(|| error.to_string(), |e| e.message().to_owned());
    match *code {
        SqlState::UNIQUE_VIOLATION => Error::Taken(text),
        SqlState::CHECK_VIOLATION | SqlState::NOT_NULL_VIOLATION | SqlState::FOREIGN_KEY_VIOLATION => {
            Error::Refused(text)
        }
        SqlState::T_R_SERIALIZATION_FAILURE | SqlState::T_R_DEADLOCK_DETECTED => Error::Conflict,
        SqlState::DISK_FULL | SqlState::READ_ONLY_SQL_TRANSACTION => Error::Unwritable(text),
        SqlState::ADMIN_SHUTDOWN | SqlState::CRASH_SHUTDOWN | SqlState::CANNOT_CONNECT_NOW => Error::Gone(text),
        SqlState::TOO_MANY_CONNECTIONS | SqlState::LOCK_NOT_AVAILABLE => Error::Busy,
        _ => Error::Other(text),
    }
}
