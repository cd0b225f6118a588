//! Migrations only add. An applied one never changes: its hash is kept and compared.

use crate::{Db, Error, Result, Tx};
use sha2::{Digest, Sha256};

/// Number and text, in order.
pub const MIGRATIONS: &[(i64, &str)] = &[
    (1, include_str!("../migrations/0001.sql")),
    (2, include_str!("../migrations/0002.sql")),
    (3, include_str!("../migrations/0003.sql")),
    (4, include_str!("../migrations/0004.sql")),
    (5, include_str!("../migrations/0005.sql")),
    (6, include_str!("../migrations/0006.sql")),
    (7, include_str!("../migrations/0007.sql")),
    (8, include_str!("../migrations/0008.sql")),
    (9, include_str!("../migrations/0009.sql")),
    (10, include_str!("../migrations/0010.sql")),
    (11, include_str!("../migrations/0011.sql")),
    (12, include_str!("../migrations/0012.sql")),
    (13, include_str!("../migrations/0013.sql")),
    (14, include_str!("../migrations/0014.sql")),
    (15, include_str!("../migrations/0015.sql")),
    (16, include_str!("../migrations/0016.sql")),
    (17, include_str!("../migrations/0017.sql")),
    (18, include_str!("../migrations/0018.sql")),
    (19, include_str!("../migrations/0019.sql")),
    (20, include_str!("../migrations/0020.sql")),
    (21, include_str!("../migrations/0021.sql")),
    (22, include_str!("../migrations/0022.sql")),
    (23, include_str!("../migrations/0023.sql")),
    (24, include_str!("../migrations/0024.sql")),
    (25, include_str!("../migrations/0025.sql")),
    (26, include_str!("../migrations/0026.sql")),
    (27, include_str!("../migrations/0027.sql")),
    (28, include_str!("../migrations/0028.sql")),
    (29, include_str!("../migrations/0029.sql")),
    (30, include_str!("../migrations/0030.sql")),
    (31, include_str!("../migrations/0031.sql")),
    (32, include_str!("../migrations/0032.sql")),
    (33, include_str!("../migrations/0033.sql")),
    (34, include_str!("../migrations/0034.sql")),
    (35, include_str!("../migrations/0035.sql")),
    (36, include_str!("../migrations/0036.sql")),
    (37, include_str!("../migrations/0037.sql")),
    (38, include_str!("../migrations/0038.sql")),
    (39, include_str!("../migrations/0039.sql")),
    (40, include_str!("../migrations/0040.sql")),
    (41, include_str!("../migrations/0041.sql")),
];

/// What `moothall migrate` did.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Migrated {
    pub from: i64,
    pub to: i64,
}

impl Db {
    /// Brings the schema up to this version. Safe to run beside a server and twice.
    pub async fn migrate(&self) -> Result<Migrated> {
        self.migrate_by(MIGRATIONS).await
    }

    /// Brings the schema of an empty database to that of an older version, for rows that were copied from one. A schema that
    /// has come farther is [`Error::Schema`].
    pub async fn migrate_to(&self, last: i64) -> Result<Migrated> {
        let count = MIGRATIONS.iter().take_while(|(n, _)| *n <= last).count();
        self.migrate_by(&MIGRATIONS[..count]).await
    }

    /// As [`Db::migrate`] with a list of one's own: for the tests that run a migration over tables with rows in them.
    pub async fn migrate_by(&self, migrations: &'static [(i64, &'static str)]) -> Result<Migrated> {
        self.write(move |tx| migrate(tx, migrations)).await
    }
}

/// What was applied, number and hash; nothing where there is no schema yet.
pub fn applied(tx: &mut Tx) -> Result<Vec<(i64, Vec<u8>)>> {
    if !tx.tables()?.iter().any(|table| table.name == "migration") {
        return Ok(Vec::new());
    }
    tx.all(APPLIED, &[])
}

/// Whether this program knows what was applied elsewhere; else why not.
pub fn known(applied: &[(i64, Vec<u8>)]) -> Result<()> {
    fits(applied, MIGRATIONS)
}

const APPLIED: &str = "SELECT n, hash FROM migration ORDER BY n";

fn fits(applied: &[(i64, Vec<u8>)], migrations: &[(i64, &str)]) -> Result<()> {
    for (n, hash) in applied {
        let Some((_, text)) = migrations.iter().find(|(known, _)| known == n) else {
            return Err(Error::Schema(format!("migration {n} is newer than this program")));
        };
        if *hash != digest(text) {
            return Err(Error::Schema(format!("migration {n} has changed since it was applied")));
        }
    }
    Ok(())
}

fn migrate(tx: &mut Tx, migrations: &[(i64, &str)]) -> Result<Migrated> {
    tx.lock("migrate")?;
    tx.batch("CREATE TABLE IF NOT EXISTS migration (n BIGINT PRIMARY KEY NOT NULL, hash BYTEA NOT NULL)")?;
    let applied: Vec<(i64, Vec<u8>)> = tx.all(APPLIED, &[])?;
    fits(&applied, migrations)?;
    let from = applied.last().map_or(0, |(n, _)| *n);
    for (n, text) in migrations.iter().filter(|(n, _)| *n > from) {
        tx.create(text)?;
        match n {
            1 => tx.create_word_index()?,
            2 => tx.create_numbers()?,
            _ => {}
        }
        tx.run("INSERT INTO migration (n, hash) VALUES ($1, $2)", &[n, &digest(text)])?;
    }
    Ok(Migrated { from, to: migrations.last().map_or(0, |(n, _)| *n) })
}

fn digest(text: &str) -> Vec<u8> {
    Sha256::digest(text.as_bytes()).to_vec()
}
