//! The tables as the engine itself describes them.

use super::{Inner, Tx};
use crate::Result;
use std::collections::BTreeMap;

/// A table with its columns in the order of the schema.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Table {
    pub name: String,
    pub fields: Vec<Field>,
    /// Columns of the primary key, by their places in `fields`, in the order of the key.
    pub key: Vec<usize>,
    /// Tables whose rows must be there first.
    pub after: Vec<String>,
}

/// A column and its type as the schema spells it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Field {
    pub name: String,
    pub type_name: String,
}

impl Tx<'_> {
    /// Every table but those that belong to the engine, by name.
    pub fn tables(&mut self) -> Result<Vec<Table>> {
        let (fields, references) = match &self.inner {
            Inner::Lite { .. } => (
                "SELECT m.name, p.name, p.type, p.pk FROM sqlite_master AS m, pragma_table_info(m.name) AS p \
                 WHERE m.type = 'table' AND m.name NOT LIKE 'sqlite_%' AND m.name NOT LIKE 'report_word_%' \
                 ORDER BY m.name, p.cid",
                "SELECT m.name, f.\"table\" FROM sqlite_master AS m, pragma_foreign_key_list(m.name) AS f \
                 WHERE m.type = 'table'",
            ),
            // The views of information_schema leave out what a user who may only read does not own.
            Inner::Pg(_) => (
                "SELECT CAST(c.relname AS TEXT), CAST(a.attname AS TEXT), format_type(a.atttypid, NULL), \
                 CAST(COALESCE(array_position(k.conkey, a.attnum), 0) AS BIGINT) FROM pg_class AS c \
                 JOIN pg_namespace AS n ON n.oid = c.relnamespace JOIN pg_attribute AS a ON a.attrelid = c.oid \
                 LEFT JOIN pg_constraint AS k ON k.conrelid = c.oid AND k.contype = 'p' \
                 WHERE c.relkind = 'r' AND n.nspname = current_schema() AND a.attnum > 0 AND NOT a.attisdropped \
                 ORDER BY 1, a.attnum",
                "SELECT CAST(c.relname AS TEXT), CAST(t.relname AS TEXT) FROM pg_class AS c \
                 JOIN pg_namespace AS n ON n.oid = c.relnamespace JOIN pg_constraint AS k ON k.conrelid = c.oid \
                 JOIN pg_class AS t ON t.oid = k.confrelid WHERE k.contype = 'f' AND n.nspname = current_schema()",
            ),
        };
        let mut tables: BTreeMap<String, Table> = BTreeMap::new();
        let mut keys: BTreeMap<String, BTreeMap<i64, usize>> = BTreeMap::new();
        for (name, field, type_name, place) in self.all::<(String, String, String, i64)>(fields, &[])? {
            let table = tables.entry(name.clone()).or_insert_with(|| Table { name: name.clone(), ..Table::default() });
            if place > 0 {
                keys.entry(name).or_default().insert(place, table.fields.len());
            }
            table.fields.push(Field { name: field, type_name });
        }
        for (name, key) in keys {
            if let Some(table) = tables.get_mut(&name) {
                table.key = key.into_values().collect();
            }
        }
        for (name, before) in self.all::<(String, String)>(references, &[])? {
            if let Some(table) = tables.get_mut(&name)
                && !table.after.contains(&before)
            {
                table.after.push(before);
            }
        }
        Ok(tables.into_values().collect())
    }
}
