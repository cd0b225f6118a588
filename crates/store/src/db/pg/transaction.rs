//! A transaction on the server, with the statements its connection keeps.

use super::value::{bind, error};
use crate::{Error, Param, Result, db::Statements};
use postgres::{Statement, types::ToSql};
use std::collections::HashMap;

/// What [`Tx`] needs of a transaction on the server.
pub trait Server {
    fn rows(&mut self, sql: &str, params: &[&dyn Param]) -> Result<Vec<postgres::Row>>;
    fn run(&mut self, sql: &str, params: &[&dyn Param]) -> Result<u64>;
    fn batch(&mut self, sql: &str) -> Result<()>;
    fn writes(&self) -> bool;
}

pub struct Transaction<'c> {
    pub inner: postgres::Transaction<'c>,
    prepared: &'c mut HashMap<String, Statement>,
    statements: &'c Statements,
    writes: bool,
    /// A conflict, or the connection lost: the job may run again.
    pub stopped: Option<Error>,
}

impl<'c> Transaction<'c> {
    pub fn new(
        inner: postgres::Transaction<'c>,
        prepared: &'c mut HashMap<String, Statement>,
        statements: &'c Statements,
        writes: bool,
    ) -> Self {
        Transaction { inner, prepared, statements, writes, stopped: None }
    }

    fn prepare(&mut self, sql: &str) -> Result<Statement> {
        self.statements.note(sql);
        if let Some(statement) = self.prepared.get(sql) {
            return Ok(statement.clone());
        }
        let done = self.inner.prepare(sql);
        let statement = self.noted(done)?;
        self.prepared.insert(sql.to_owned(), statement.clone());
        Ok(statement)
    }

    fn noted<T>(&mut self, done: std::result::Result<T, postgres::Error>) -> Result<T> {
        done.map_err(|e| {
            let e = error(e);
            match &e {
                Error::Conflict => self.stopped = Some(Error::Conflict),
                Error::Gone(why) => self.stopped = Some(Error::Gone(why.clone())),
                _ => {}
            }
            e
        })
    }
}

impl Server for Transaction<'_> {
    fn rows(&mut self, sql: &str, params: &[&dyn Param]) -> Result<Vec<postgres::Row>> {
        let statement = self.prepare(sql)?;
        let bound = bind(&statement, params)?;
        let bound: Vec<&(dyn ToSql + Sync)> = bound.iter().map(|b| b as &(dyn ToSql + Sync)).collect();
        let done = self.inner.query(&statement, &bound);
        self.noted(done)
    }

    fn run(&mut self, sql: &str, params: &[&dyn Param]) -> Result<u64> {
        let statement = self.prepare(sql)?;
        let bound = bind(&statement, params)?;
        let bound: Vec<&(dyn ToSql + Sync)> = bound.iter().map(|b| b as &(dyn ToSql + Sync)).collect();
        let done = self.inner.execute(&statement, &bound);
        self.noted(done)
    }

    fn batch(&mut self, sql: &str) -> Result<()> {
        let done = self.inner.batch_execute(sql);
        self.noted(done)
    }

    fn writes(&self) -> bool {
        self.writes
    }
}
