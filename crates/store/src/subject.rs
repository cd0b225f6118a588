//! What leaves are about: how many each has, and the hash of its last.

use crate::{
    Param, Result, Tx, from_row,
    journal::house,
    leaf::{GROUP, put, values},
};
use rights::Actor;
use std::sync::LazyLock;
use uuid::Uuid;

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Head {
    pub id: Uuid,
    pub count: i64,
    pub head: Vec<u8>,
}

from_row!(Head { id, count, head });

/// The heads of these subjects, as far as they have one, in no order.
pub fn heads(actor: &Actor, tx: &mut Tx, ids: &[Uuid]) -> Result<Vec<Head>> {
    house(actor)?;
    static FEW: LazyLock<String> =
        LazyLock::new(|| values("SELECT id, count, head FROM subject WHERE id IN ", GROUP, 1, ""));
    let mut found = Vec::new();
    for group in ids.chunks(GROUP) {
        // What is missing of a group is its last one again: one text for all lengths.
        let last = &group[group.len() - 1];
        let params: Vec<&dyn Param> =
            group.iter().chain(std::iter::repeat(last)).take(GROUP).map(|id| id as &dyn Param).collect();
        found.extend(tx.all::<Head>(&FEW, &params)?);
    }
    Ok(found)
}

/// Moves heads on. Each subject stands in the list once.
pub fn advance(actor: &Actor, tx: &mut Tx, heads: &[Head]) -> Result<()> {
    house(actor)?;
    const HEAD: &str = "INSERT INTO subject (id, count, head) VALUES ";
    const END: &str = " ON CONFLICT (id) DO UPDATE SET count = excluded.count, head = excluded.head";
    static MANY: LazyLock<String> = LazyLock::new(|| values(HEAD, 3, GROUP, END));
    static ONE: LazyLock<String> = LazyLock::new(|| values(HEAD, 3, 1, END));
    put(tx, heads, &MANY, &ONE, |head| vec![&head.id, &head.count, &head.head])?;
    Ok(())
}

/// Heads in the order of their ids, at most so many after the given one: for the check of the whole ledger.
pub fn after(actor: &Actor, tx: &mut Tx, id: Uuid, most: i64) -> Result<Vec<Head>> {
    house(actor)?;
    tx.all("SELECT id, count, head FROM subject WHERE id > $1 ORDER BY id LIMIT $2", &[&id, &most])
}
