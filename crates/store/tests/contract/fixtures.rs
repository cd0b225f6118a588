//! Small rows of `store`'s own, all of it fictional.

use rights::{Actor, Resident, Right, Sight};
use serde_json::json;
use store::{
    Error, Glance, Time, Tx,
    answer::Part,
    attempt::Attempt,
    checkpoint::Checkpoint,
    crime::Crime,
    definition::Definition,
    delivery::{Channel, Delivery, State},
    fetched::{self, Fetched},
    held::{Giver, Held, Scan, Unclaimed},
    hook::NewHook,
    journal::{self, Audience, NewEntry, Verb},
    leaf::{self, Leaf, NewLeaf},
    log,
    outside::{self, Outside},
    rendition::Rendition,
    report::{NewReport, Spot, Tracking},
    sending::{self, NewSending},
    staff::Staff,
    sub_case::{Core, SubCase},
    subject::{self, Head},
    transfer::{self, Transfer},
};
use uuid::Uuid;

pub const NOW: Time = Time(1_790_000_000_000_000);
pub const HOUSE: Actor = Actor::House("contract");
pub const COUNCIL: &str = "example-council";
pub const POLICE: &str = "example-police";
pub const SALT: [u8; 16] = [7; 16];

/// Ids of one test, told apart by a kind and a number.
pub fn id(kind: u16, n: u64) -> Uuid {
    Uuid::from_u128(0x0190_0000_0000_7000_8000_0000_0000_0000 | (u128::from(kind) << 80) | u128::from(n))
}

pub fn report_id(n: u64) -> Uuid {
    id(1, n)
}

pub fn case_id(n: u64) -> Uuid {
    id(2, n)
}

pub fn staff_id(n: u64) -> Uuid {
    id(3, n)
}

pub fn entry_id(n: u64) -> Uuid {
    id(4, n)
}

pub fn resident(report: Uuid) -> Actor {
    Actor::Resident(Resident { report, sight: Sight::Whole })
}

pub fn witness(report: Uuid) -> Actor {
    Actor::Resident(Resident { report, sight: Sight::Short })
}

pub fn officer_with(agency: &str, rights: &[Right]) -> Actor {
    Actor::Staff(rights::Staff {
        id: staff_id(1),
        name: "Robin Example".into(),
        agency: agency.into(),
        teams: vec!["front".into()],
        rights: rights.iter().copied().collect(),
        remit: rights::Remit::default(),
    })
}

/// Staff of the council with every right, who is also a row after [`people`].
pub fn officer() -> Actor {
    officer_with(COUNCIL, Right::ALL)
}

pub fn glance(n: u64) -> Glance {
    Glance { at: NOW, entry: id(9, n), salt: SALT, reason: "casework" }
}

pub fn definition() -> Definition {
    Definition {
        hash: "hash-of-one".into(),
        service: "example".into(),
        version: 1,
        body: "kind = 'x'".into(),
        words: "hello = 'Hello'".into(),
    }
}

pub fn member(n: u64, agency: &str) -> Staff {
    Staff {
        id: staff_id(n),
        agency: agency.into(),
        login: format!("person-{n}"),
        name: format!("Robin Example {n}"),
        password: "$argon2id$example".into(),
        totp: vec![1, 2, 3],
        totp_step: 0,
        roles: json!(["officer"]),
        teams: json!(["front"]),
        services: json!([]),
        wards: json!([]),
        active: true,
        fails: 0,
        locked_until: None,
    }
}

pub fn reference(n: u64) -> String {
    format!("R{n:08}")
}

pub fn new_report(n: u64) -> NewReport {
    NewReport {
        id: report_id(n),
        reference: reference(n),
        service: "example".into(),
        definition: definition().hash,
        type_code: "example.plain".into(),
        first_received_at: NOW,
        anonymous: false,
        sensitive: false,
        tracking: Tracking::Link,
        short_view: false,
        spot: Spot { place: "By the pier".into(), area: "Example Town".into(), lat: Some(51.3), lon: Some(-2.9) },
        cell_6: Some(6),
        cell_8: Some(8),
        cell_10: None,
        boundaries: "demonstration 2026".into(),
        layers: serde_json::json!([]),
        device: store::report::Device::Unknown,
        filed: None,
        language: None,
        channel: "web".into(),
        ward: String::new(),
    }
}

pub fn sub_case(n: u64, agency: &str) -> SubCase {
    SubCase {
        id: case_id(n),
        report: report_id(n),
        agency: agency.into(),
        service: "example".into(),
        stage: "new".into(),
        core: Core::Received,
        team: "front".into(),
        assignee: None,
        priority: 5,
        number: n as i64 * 10,
        flags: json!([]),
        shared: json!(["summary"]),
        received_at: NOW,
        acknowledged_at: None,
        first_due_at: None,
        due_at: NOW.plus_hours(24),
        changed_at: NOW,
        closed_at: None,
        outcome: None,
        planned_on: None,
        version: 1,
        cell: None,
        lat: None,
        lon: None,
    }
}

pub fn entry(n: u64, report: u64) -> NewEntry {
    NewEntry {
        id: entry_id(n),
        at: NOW,
        verb: Verb::Collection,
        kind: "report.received",
        report: Some(report_id(report)),
        agency: Some(COUNCIL.into()),
        audience: Audience::Resident,
        facts: json!({ "n": n }),
        content: None,
        salt: SALT,
    }
}

pub fn delivery(n: u64) -> Delivery {
    Delivery {
        id: id(5, n),
        entry: entry_id(1),
        report: Some(report_id(1)),
        agency: Some(COUNCIL.into()),
        channel: Channel::Email,
        address: "robin@example.org".into(),
        template: "received".into(),
        facts: json!({ "reference": reference(1) }),
        state: State::Waiting,
        tries: 0,
        next_at: NOW,
        claim: None,
        created_at: NOW,
        sent_at: None,
        problem: None,
    }
}

/// A crime of the council: agencies here are made up.
pub fn a_crime(n: u64) -> Crime {
    Crime {
        id: id(12, n),
        agency: COUNCIL.into(),
        number: None,
        offence: "1A".into(),
        officer: None,
        interviewed: false,
        recorded_at: NOW,
        outcome: None,
        decided_at: None,
        cancelled_at: None,
        version: 1,
    }
}

/// What the council's records system is to be told of a report, and perhaps of a crime.
pub fn new_hook(n: u64, report: u64, crime: Option<Uuid>) -> NewHook {
    NewHook {
        id: id(13, n),
        entry: entry_id(report),
        agency: COUNCIL.into(),
        report: report_id(report),
        crime,
        event: "example",
        body: format!("{{\"n\":{n}}}"),
        at: NOW,
    }
}

pub fn new_sending(n: u64, report: u64, kind: sending::Kind) -> NewSending {
    NewSending {
        id: id(18, n),
        entry: entry_id(report),
        agency: COUNCIL.into(),
        report: report_id(report),
        kind,
        at: NOW,
    }
}

pub fn outside(n: u64) -> Outside {
    Outside {
        report: report_id(n),
        agency: COUNCIL.into(),
        outside_id: format!("T{n}"),
        customer_reference: Some(format!("FS-{n}")),
        known_at: NOW,
    }
}

pub fn fetched(n: u64) -> Fetched {
    Fetched {
        agency: COUNCIL.into(),
        update_id: format!("u{n}"),
        outside_id: format!("T{n}"),
        state: fetched::State::Waiting,
        body: Some(json!({ "status": "fixed" })),
        said_at: NOW.plus_seconds(n as i64),
        got_at: NOW,
        problem: None,
    }
}

pub fn outside_service(code: &str, version: i64) -> outside::Service {
    outside::Service {
        code: code.into(),
        version,
        name: code.to_uppercase(),
        definition: json!({ "attributes": [] }),
        seen_at: NOW,
        gone_at: None,
    }
}

pub fn transfer(n: u64) -> Transfer {
    Transfer {
        id: id(6, n),
        report: report_id(1),
        from_agency: COUNCIL.into(),
        to_agency: POLICE.into(),
        state: transfer::State::Proposed,
        shared: json!(["summary"]),
        proposed_at: NOW,
        due_at: NOW.plus_hours(2),
        decided_at: None,
        reason: None,
    }
}

pub fn attempt(token: &[u8]) -> Attempt {
    Attempt {
        token: token.to_vec(),
        service: "example".into(),
        sealed: vec![0, 255, 0],
        created_at: NOW,
        expires_at: NOW.plus_hours(2),
        report: None,
        version: 1,
    }
}

/// A photo that belongs to no report yet.
pub fn photo(n: u64) -> Held {
    Held {
        id: id(11, n),
        report: None,
        question: String::new(),
        part: Part::Plain,
        ordinal: 0,
        giver: Giver::Reporter,
        agency: None,
        audience: Audience::Resident,
        name: format!("photo {n}.jpg"),
        media: "image/jpeg".into(),
        size: 7,
        sha256: vec![n as u8; 32],
        taken: json!({ "at": "2026-05-22T09:14:00" }),
        scan: Scan::None,
        received_at: NOW,
        hidden_at: None,
        version: 0,
        remark: None,
    }
}

/// Claimable by the token whose hash this is, for a day.
pub fn until(attempt: &[u8]) -> Unclaimed {
    Unclaimed { attempt: attempt.to_vec(), expires_at: NOW.plus_hours(24) }
}

/// A small and a large picture of a version of a photo.
pub fn pictures(n: u64, version: i64) -> Vec<Rendition> {
    let made = |longest| Rendition {
        held: id(11, n),
        version,
        longest,
        width: longest,
        height: 3,
        size: 5,
        sha256: vec![longest as u8; 32],
    };
    vec![made(800), made(2048)]
}

/// Two members of staff of the council and one of the police.
pub fn people(tx: &mut Tx) -> Result<(), Error> {
    for (n, agency) in [(1, COUNCIL), (2, COUNCIL), (3, POLICE)] {
        store::staff::insert(&HOUSE, tx, &member(n, agency))?;
    }
    Ok(())
}

/// A report of the council with its definition, sub-case and first entry, all numbered alike.
pub fn a_report(tx: &mut Tx, n: u64) -> Result<(), Error> {
    store::definition::keep(tx, &definition(), NOW)?;
    store::report::insert(tx, &new_report(n))?;
    store::sub_case::insert(tx, &sub_case(n, COUNCIL))?;
    journal::write(&resident(report_id(n)), tx, &entry(n, n))
}

/// The staff and report number 1.
pub fn a_house(tx: &mut Tx) -> Result<(), Error> {
    people(tx)?;
    a_report(tx, 1)
}

/// A subject's head, with a hash that says which.
pub fn head(n: u64, count: i64) -> Head {
    Head { id: id(10, n), count, head: vec![n as u8, count as u8] }
}

pub fn checkpoint(size: i64) -> Checkpoint {
    Checkpoint { size, before: None, root: vec![size as u8; 32], at: NOW, note: format!("a note of {size}") }
}

/// Seals what waits, at most so many, as a sealer would: under the lock, at the end, each in its report's history.
/// Hash and body are made up: what stands in them is not this crate's.
pub fn seal(tx: &mut Tx, most: i64) -> Result<usize, Error> {
    tx.lock("seal")?;
    let waiting = journal::waiting(&HOUSE, tx, most)?;
    let size = log::state(tx)?.size;
    let mut leaves = Vec::new();
    for (idx, entry) in (size..).zip(&waiting) {
        let subject = entry.report.unwrap_or(id(10, 0));
        let before = subject::heads(&HOUSE, tx, &[subject])?.first().map_or(0, |head| head.count);
        let (counter, body) = (before + 1, entry.id.as_bytes().to_vec());
        subject::advance(&HOUSE, tx, &[Head { id: subject, count: counter, head: body.clone() }])?;
        let leaf = Leaf { idx, entry: entry.id, subject, counter, hash: vec![idx as u8; 32], body };
        leaves.push(NewLeaf { leaf, secret: vec![7; 32] });
    }
    leaf::append(&HOUSE, tx, &leaves)?;
    Ok(leaves.len())
}

/// What may not be done is not there.
pub fn is_not_found<T>(done: &Result<T, Error>) -> bool {
    matches!(done, Err(Error::NotFound(_)))
}
