//! One statement: its values in, its rows and errors out.

use crate::{
    Error, Param, Result, Value,
    db::{FromRow, Row, Statements},
};
use rusqlite::{Connection, types::ToSqlOutput, types::ValueRef};

pub fn error(error: rusqlite::Error) -> Error {
    use rusqlite::ErrorCode::{
        CannotOpen, ConstraintViolation, DatabaseBusy, DatabaseLocked, DiskFull, ReadOnly, SystemIoFailure,
    };
    let Some(code) = error.sqlite_error() else { return Error::Other(error.to_string()) };
    match (code.code, code.extended_code) {
        // SQLITE_CONSTRAINT_UNIQUE, _PRIMARYKEY, _ROWID
        (ConstraintViolation, 2067 | 1555 | 2579) => Error::Taken(error.to_string()),
        (ConstraintViolation, _) => Error::Refused(error.to_string()),
        (DatabaseBusy | DatabaseLocked, _) => Error::Busy,
        (DiskFull | SystemIoFailure | ReadOnly | CannotOpen, _) => Error::Unwritable(error.to_string()),
        _ => Error::Other(error.to_string()),
    }
}

struct Bound<'a>(Value<'a>);

impl rusqlite::ToSql for Bound<'_> {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        Ok(match &self.0 {
            Value::Null => ToSqlOutput::Borrowed(ValueRef::Null),
            Value::Bool(b) => ToSqlOutput::Borrowed(ValueRef::Integer(i64::from(*b))),
            Value::Int(n) => ToSqlOutput::Borrowed(ValueRef::Integer(*n)),
            Value::Float(x) => ToSqlOutput::Borrowed(ValueRef::Real(*x)),
            Value::Text(text) => ToSqlOutput::Borrowed(ValueRef::Text(text.as_bytes())),
            Value::Bytes(bytes) => ToSqlOutput::Borrowed(ValueRef::Blob(bytes)),
            Value::Uuid(id) => ToSqlOutput::Borrowed(ValueRef::Blob(id.as_bytes())),
            Value::Json(json) => ToSqlOutput::Owned(rusqlite::types::Value::Text(json.to_string())),
        })
    }
}

fn bind(statement: &mut rusqlite::CachedStatement<'_>, params: &[&dyn Param]) -> Result<()> {
    // What is left unbound would silently be NULL.
    if statement.parameter_count() != params.len() {
        return Err(Error::Other(format!("{} parameters for {}", params.len(), statement.parameter_count())));
    }
    for (i, param) in params.iter().enumerate() {
        let value = param.value();
        if value.holds_nul() {
            return Err(Error::Refused("U+0000 in a text".into()));
        }
        statement.raw_bind_parameter(i + 1, Bound(value)).map_err(error)?;
    }
    Ok(())
}

pub fn run(c: &Connection, seen: &Statements, sql: &str, params: &[&dyn Param]) -> Result<u64> {
    seen.note(sql);
    let mut statement = c.prepare_cached(sql).map_err(error)?;
    bind(&mut statement, params)?;
    if statement.column_count() > 0 {
        let mut rows = statement.raw_query();
        let mut n = 0;
        while rows.next().map_err(error)?.is_some() {
            n += 1;
        }
        return Ok(n);
    }
    Ok(statement.raw_execute().map_err(error)? as u64)
}

pub fn each(
    c: &Connection,
    seen: &Statements,
    sql: &str,
    params: &[&dyn Param],
    take: &mut dyn FnMut(&Row) -> Result<()>,
) -> Result<()> {
    seen.note(sql);
    let mut statement = c.prepare_cached(sql).map_err(error)?;
    bind(&mut statement, params)?;
    let mut rows = statement.raw_query();
    while let Some(row) = rows.next().map_err(error)? {
        take(&Row::Lite(row))?;
    }
    Ok(())
}

/// Reads on to the end, since a statement left half read (an INSERT … RETURNING) has not taken effect yet.
pub fn first<T: FromRow>(c: &Connection, seen: &Statements, sql: &str, params: &[&dyn Param]) -> Result<Option<T>> {
    let mut found = None;
    each(c, seen, sql, params, &mut |row| {
        if found.is_none() {
            found = Some(T::from_row(row)?);
        }
        Ok(())
    })?;
    Ok(found)
}
