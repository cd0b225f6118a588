//! How an entry of the journal becomes a leaf: what stands in it, what it only commits to, and whose it is.

use ledger::{
    Hash, Leaf,
    commitment::{Salt, commit},
};
use serde_json::Value as Json;
use sha2::{Digest, Sha256};
use store::journal::{Whole, in_order};
use uuid::{Builder, Uuid};

/// What belongs to no report and to nobody at a desk is the house's own: the bytes of "moothall".
const OF_THE_HOUSE: Uuid = Uuid::from_u128(0x0000_0000_0000_8000_8000_6d6f_6f74_686c);

/// How far a subject has come: leaves, and the hash of the last.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Head {
    pub count: u64,
    pub hash: Option<Hash>,
}

/// Whose history an entry belongs to: its report's; without one, that of the member of staff; of an act on somebody's alerts, the
/// subscriber's; else the house's. Every entry has one, so that one that is left out leaves a gap.
pub fn subject(entry: &Whole) -> Uuid {
    let subscriber = || Uuid::parse_str(entry.facts.get("subscriber")?.as_str()?).ok();
    match (entry.report, entry.staff) {
        (Some(report), _) => report,
        (None, Some(staff)) => alias("desk", &[staff]),
        (None, None) => subscriber().map_or(OF_THE_HOUSE, |id| alias("subscriber", &[id])),
    }
}

/// Another name for somebody at a desk. Leaves are read by those who check the house, and a reporter's own goes out with
/// its proof: under their own id, which colleagues know, one officer could be followed through all reports. Under this one
/// they are one person within a report and another in the next; whoever holds the id can still show which leaves are theirs.
fn alias(using: &str, ids: &[Uuid]) -> Uuid {
    let mut hash = Sha256::new_with_prefix(using);
    ids.iter().for_each(|id| hash.update(id.as_bytes()));
    let [bytes @ .., _, _, _, _, _, _, _, _, _, _, _, _, _, _, _, _] = <[u8; 32]>::from(hash.finalize());
    Builder::from_custom_bytes(bytes).into_uuid()
}

/// The salt of one commitment of an entry: opening one opens no other.
pub fn salt(secret: &[u8], of: &str) -> Salt {
    Sha256::new_with_prefix(of).chain_update(secret).finalize().into()
}

/// The canonical text of all that an entry says: names in order, from either engine alike. Its words are not in it.
pub fn facts(entry: &Whole) -> String {
    let mut text = String::with_capacity(512);
    let mut put = |name: &str, value: String| {
        text.push(if text.is_empty() { '{' } else { ',' });
        text += &format!("\"{name}\":{value}");
    };
    let quoted = |text: &str| Json::from(text).to_string();
    let id = |id: Option<Uuid>| id.map_or("null".to_owned(), |id| format!("\"{id}\""));
    put("actor", quoted(&entry.actor));
    put("actor_name", quoted(&entry.actor_name));
    put("agency", entry.agency.as_deref().map_or("null".to_owned(), quoted));
    put("at", entry.at.micros().to_string());
    put("audience", quoted(&entry.audience));
    put("facts", in_order(&entry.facts));
    put("id", id(Some(entry.id)));
    put("kind", quoted(&entry.kind));
    put("report", id(entry.report));
    put("staff", id(entry.staff));
    put("verb", quoted(&entry.verb));
    text + "}"
}

/// The leaf of an entry at its place: in the log by `index`, in its subject's history behind `head`.
pub fn leaf(entry: &Whole, secret: &[u8], index: u64, head: Head) -> Leaf {
    let subject = subject(entry);
    let content = |hash: &Vec<u8>| commit(hash, &salt(secret, "content"), index);
    Leaf {
        verb: entry.verb.clone(),
        kind: entry.kind.clone(),
        actor: entry.staff.map(|staff| alias("actor", &[subject, staff]).to_string()),
        role: entry.actor.clone(),
        organisation: entry.agency.clone(),
        subject: subject.to_string(),
        counter: head.count + 1,
        previous: head.hash,
        time: entry.at.micros(),
        facts: commit(facts(entry).as_bytes(), &salt(secret, "facts"), index),
        // The words are bound by their own salted hash: once they and its salt are gone, it tells nothing.
        content: entry.content_hash.as_ref().map(content),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;
    use store::Time;

    fn entry() -> Whole {
        Whole {
            id: Uuid::from_u128(1),
            at: Time(1_790_000_000_000_000),
            verb: "alteration".into(),
            kind: "stage.set".into(),
            report: Some(Uuid::from_u128(2)),
            agency: Some("example".into()),
            actor: "staff".into(),
            staff: Some(Uuid::from_u128(3)),
            actor_name: "Robin \"Rob\" Example".into(),
            audience: "resident".into(),
            facts: json!({ "z": 1, "a": { "y": [2.5, "é"], "b": null } }),
            content_hash: Some(vec![9; 32]),
        }
    }

    #[test]
    fn the_facts_are_json_with_every_name_in_order() {
        let text = facts(&entry());
        assert_eq!(
            text,
            "{\"actor\":\"staff\",\"actor_name\":\"Robin \\\"Rob\\\" Example\",\"agency\":\"example\",\
             \"at\":1790000000000000,\"audience\":\"resident\",\"facts\":{\"a\":{\"b\":null,\"y\":[2.5,\"é\"]},\"z\":1},\
             \"id\":\"00000000-0000-0000-0000-000000000001\",\"kind\":\"stage.set\",\
             \"report\":\"00000000-0000-0000-0000-000000000002\",\"staff\":\"00000000-0000-0000-0000-000000000003\",\
             \"verb\":\"alteration\"}"
        );
        assert_eq!(in_order(&serde_json::from_str(&text).unwrap()), text);
    }

    #[test]
    fn every_entry_has_a_subject_and_nobody_at_a_desk_is_named_by_their_id() {
        let entry = entry();
        assert_eq!(subject(&entry), Uuid::from_u128(2));
        let without = Whole { report: None, ..entry.clone() };
        assert_ne!(subject(&without), Uuid::from_u128(3));
        assert_eq!(subject(&without), subject(&Whole { kind: "other".into(), ..without.clone() }));
        assert_eq!(subject(&Whole { staff: None, ..without.clone() }), OF_THE_HOUSE);
        let subscriber = Uuid::from_u128(7);
        let facts = json!({ "subscriber": subscriber });
        let of_alerts = subject(&Whole { staff: None, facts, ..without.clone() });
        assert!(of_alerts != OF_THE_HOUSE && of_alerts != subscriber);
        let actor = |entry: &Whole| leaf(entry, &[7; 32], 0, Head::default()).actor.unwrap();
        assert!(!actor(&entry).contains(&Uuid::from_u128(3).to_string()));
        assert_ne!(actor(&entry), actor(&Whole { report: Some(Uuid::from_u128(4)), ..entry.clone() }));
    }

    #[test]
    fn no_name_no_fact_and_no_word_stands_in_a_leaf() {
        let bytes = leaf(&entry(), &[7; 32], 5, Head::default()).encode().unwrap();
        let text = String::from_utf8(bytes).unwrap();
        assert!(text.contains("stage.set"));
        for hidden in ["Rob", "resident", "000003", "2.5", "é"] {
            assert!(!text.contains(hidden), "{hidden}: {text}");
        }
    }

    #[test]
    fn every_column_of_an_entry_its_secret_and_its_place_change_the_leaf() {
        let made = |entry: &Whole| leaf(entry, &[7; 32], 5, Head::default()).encode().unwrap();
        let (one, first) = (entry(), made(&entry()));
        let others = [
            Whole { id: Uuid::from_u128(9), ..one.clone() },
            Whole { at: Time(1), ..one.clone() },
            Whole { verb: "erasure".into(), ..one.clone() },
            Whole { kind: "other".into(), ..one.clone() },
            Whole { report: None, ..one.clone() },
            Whole { agency: None, ..one.clone() },
            Whole { actor: "house".into(), ..one.clone() },
            Whole { staff: None, ..one.clone() },
            Whole { actor_name: "Robin".into(), ..one.clone() },
            Whole { audience: "audit".into(), ..one.clone() },
            Whole { facts: json!({ "z": 1 }), ..one.clone() },
            Whole { content_hash: None, ..one.clone() },
            Whole { content_hash: Some(vec![8; 32]), ..one.clone() },
        ];
        for other in &others {
            assert_ne!(made(other), first, "{other:?}");
        }
        assert_ne!(leaf(&one, &[8; 32], 5, Head::default()).encode().unwrap(), first);
        assert_ne!(leaf(&one, &[7; 32], 6, Head::default()).encode().unwrap(), first);
    }
}
