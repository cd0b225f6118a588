//! A backup is one folder, the same from either engine and for either:
//!
//! ```text
//! manifest.json         what is in it, and a hash of itself; written last
//! SHA256SUMS            the hash of every other file, as `sha256sum -c` reads it
//! tables/<table>.ndjson one row a line, an array of the values of its columns
//! ledger/               checkpoint and tiles as they are published, and the key that checks them
//! files/                the bytes of photos and other files, by the names they have in their place
//! basemap-<n>.pmtiles   the base map, where there is one
//! keys/secret.key       the secret of the house, only where it was asked for
//! ```
//!
//! Everything in it is read in one snapshot. It is written under a temporary name and renamed when all of it is on disk.

pub mod check;
pub mod load;
pub mod manifest;
pub mod row;
pub mod take;
pub mod writing;

/// The form described above; a later one is refused by this program.
pub const FORMAT: u64 = 1;
pub const MANIFEST: &str = "manifest.json";
pub const SUMS: &str = "SHA256SUMS";
pub const SECRET: &str = "keys/secret.key";
/// Where what the ledger published lies, and the key beside it.
pub const LEDGER: &str = "ledger/";
pub const KEY: &str = "ledger/key";
/// Where the bytes of files lie, by the names they have in their place.
pub const FILES: &str = "files/";
/// Rows read or written at once.
pub const PAGE: usize = 1000;

/// Where the rows of a table lie.
pub fn rows_of(table: &str) -> String {
    format!("tables/{table}.ndjson")
}

/// Tells the operator how far it has come, on the error stream.
pub fn progress(what: &str, n: u64) {
    if n > 0 && n.is_multiple_of(PAGE as u64 * 50) {
        eprintln!("  {what}: {n} rows");
    }
}
