//! What lies in the database, counted: tests compare it before and after.

use std::collections::BTreeMap;
use testkit::House;

/// Rows of every table; those of the journal by kind of entry.
pub type Kept = BTreeMap<String, i64>;

pub async fn kept(house: &House) -> Kept {
    let counted = house.db.read(|tx| {
        let mut tables: Vec<String> = tx.columns()?.into_iter().map(|(table, _)| table).collect();
        tables.dedup();
        let mut kept = Kept::new();
        for table in tables.into_iter().filter(|table| table != "journal" && !table.starts_with("report_word")) {
            let (rows,): (i64,) = tx.one(&format!("SELECT COUNT(*) FROM {table}"), &[])?;
            kept.insert(table, rows);
        }
        let kinds: Vec<(String, i64)> = tx.all("SELECT kind, COUNT(*) FROM journal GROUP BY kind", &[])?;
        kept.extend(kinds.into_iter().map(|(kind, entries)| (format!("journal {kind}"), entries)));
        Ok::<_, store::Error>(kept)
    });
    counted.await.unwrap()
}

/// What is more or less than before: `journal report.seen +1`. How often somebody knocked is no content.
pub fn changed(before: &Kept, after: &Kept) -> Vec<String> {
    let names = before.keys().chain(after.keys()).collect::<std::collections::BTreeSet<_>>();
    names
        .into_iter()
        .filter(|name| *name != "throttle")
        .map(|name| (name, after.get(name).unwrap_or(&0) - before.get(name).unwrap_or(&0)))
        .filter(|(_, more)| *more != 0)
        .map(|(name, more)| format!("{name} {more:+}"))
        .collect()
}
