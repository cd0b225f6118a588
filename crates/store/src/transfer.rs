//! One agency asks another to take a report.

use crate::{
    Error, Result, Time, Tx, from_row, named_value,
    queue::{Ours, Statement},
};
use rights::{Actor, Right};
use serde_json::Value as Json;
use uuid::Uuid;

named_value! {
    pub enum State {
        Proposed = "proposed",
        Accepted = "accepted",
        HandedBack = "handed_back",
        TakenBack = "taken_back",
    }
}

#[derive(Clone, Debug, PartialEq)]
pub struct Transfer {
    pub id: Uuid,
    pub report: Uuid,
    pub from_agency: String,
    pub to_agency: String,
    pub state: State,
    /// Names of the field groups ticked by the sender.
    pub shared: Json,
    pub proposed_at: Time,
    pub due_at: Time,
    pub decided_at: Option<Time>,
    pub reason: Option<String>,
}

from_row!(Transfer { id, report, from_agency, to_agency, state, shared, proposed_at, due_at, decided_at, reason });

/// A second open transfer of the same report is [`Error::Taken`].
pub fn insert(actor: &Actor, tx: &mut Tx, transfer: &Transfer) -> Result<()> {
    rights::hold(actor, Right::Transfer)?;
    tx.run(
        "INSERT INTO transfer (id, report, from_agency, to_agency, state, shared, proposed_at, due_at, decided_at, reason) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
        &[
            &transfer.id,
            &transfer.report,
            &transfer.from_agency,
            &transfer.to_agency,
            &transfer.state,
            &transfer.shared,
            &transfer.proposed_at,
            &transfer.due_at,
            &transfer.decided_at,
            &transfer.reason,
        ],
    )?;
    Ok(())
}

pub fn of_report(tx: &mut Tx, report: Uuid) -> Result<Vec<Transfer>> {
    tx.all(
        "SELECT id, report, from_agency, to_agency, state, shared, proposed_at, due_at, decided_at, reason \
         FROM transfer WHERE report = $1 ORDER BY proposed_at, id",
        &[&report],
    )
}

/// An asked agency's open requests, soonest due first: reference, service, coarse area, by when, from whom.
#[derive(Clone, Debug, PartialEq)]
pub struct Request {
    pub reference: String,
    pub service: String,
    pub area: String,
    pub from_agency: String,
    pub proposed_at: Time,
    pub due_at: Time,
}

from_row!(Request { reference, service, area, from_agency, proposed_at, due_at });

pub fn asked(actor: &Actor, look: &mut crate::Look) -> Result<Vec<Request>> {
    rights::hold(actor, Right::SeeQueue)?;
    let ours = Ours::of(actor)?;
    let mut statement = Statement {
        sql: "SELECT r.reference, r.service, r.area, t.from_agency, t.proposed_at, t.due_at \
              FROM transfer AS t JOIN report AS r ON r.id = t.report"
            .to_owned(),
        params: Vec::new(),
    };
    statement.add(" WHERE t.to_agency = ", &ours.agency);
    statement.sql.push_str(" AND t.state = 'proposed'");
    statement.limit_reports(&ours);
    statement.sql.push_str(" ORDER BY t.due_at, t.id LIMIT 100");
    let requests: Vec<Request> = look.tx.all(&statement.sql, &statement.params)?;
    look.lists(requests.iter().map(|request| request.reference.clone()));
    Ok(requests)
}

/// Ends an open transfer; one that was decided meanwhile is [`Error::Stale`].
pub fn decide(actor: &Actor, tx: &mut Tx, id: Uuid, state: State, now: Time, reason: Option<&str>) -> Result<()> {
    rights::hold(actor, if state == State::TakenBack { Right::Transfer } else { Right::DecideTransfer })?;
    let n = tx.run(
        "UPDATE transfer SET state = $1, decided_at = $2, reason = $3 WHERE id = $4 AND state = 'proposed'",
        &[&state, &now, &reason, &id],
    )?;
    if n == 1 { Ok(()) } else { Err(Error::Stale) }
}
