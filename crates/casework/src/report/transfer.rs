//! Sending a report to another agency: asked, then accepted or handed back. The sender holds it until it is accepted,
//! and the thread always shows who holds it, since when and why (J-9).

use super::{
    acts::{On, held, relation},
    clock,
    entry::{Happened, write},
    flag, hook, mark, office, publication,
    tell::{self, Message, Told},
};
use crate::{Draw, Refusal, Result, Setting, casefile::begin, words};
use catalogue::Cue;
use rights::{Actor, Group, Groups, NotFound, Right};
use serde_json::json;
use store::{
    Error as StoreError, Tx,
    journal::{Audience, Verb},
    report,
    sub_case::{self, Core, SubCase},
    transfer::{self, State, Transfer},
};

/// What the sender fills in.
pub struct Ask<'a> {
    pub to_agency: &'a str,
    /// A summary written by the sender for the other agency (J-31): never a machine cut of the report.
    pub summary: &'a str,
    /// Field groups ticked one by one; the summary line travels always (C-17, J-13).
    pub shared: &'a Groups,
}

pub fn propose(actor: &Actor, tx: &mut Tx, setting: &Setting, draw: &mut Draw, on: On, ask: &Ask) -> Result<()> {
    let held = held(actor, tx, Right::Transfer, on)?;
    if held.case.core.ended() {
        return Err(Refusal::Ended.into());
    }
    let summary = words::read(ask.summary)?;
    let partner = setting.partner(&held.case.agency, ask.to_agency).ok_or(Refusal::NoSuchPartner)?;
    let others = sub_case::of_report(tx, held.head.id)?;
    if others.iter().any(|case| case.agency == ask.to_agency && case.core != Core::WithOtherAgency) {
        return Err(Refusal::AlreadyDone.into());
    }
    // Nobody passes on what they were not given themselves.
    let mine = groups(&held.case);
    let shared: Groups = ask.shared.iter().copied().filter(|g| *g == Group::Summary || mine.contains(g)).collect();
    let due_at = setting.transfer_due(&held.case, draw.now());
    let proposed = transfer::insert(
        actor,
        tx,
        &Transfer {
            id: draw.id(),
            report: held.head.id,
            from_agency: held.case.agency.clone(),
            to_agency: ask.to_agency.to_owned(),
            state: State::Proposed,
            shared: json!(shared),
            proposed_at: draw.now(),
            due_at,
            decided_at: None,
            reason: None,
        },
    );
    match proposed {
        Err(StoreError::Taken(_)) => return Err(Refusal::AlreadyAsked.into()),
        other => other?,
    }
    let happened = |kind, audience, words| Happened {
        report: held.head.id,
        agency: Some(&held.case.agency),
        verb: Verb::Disclosure,
        kind,
        audience,
        facts: json!({ "to": ask.to_agency, "to_name": partner, "shared": shared, "due": due_at }),
        words,
    };
    write(actor, tx, draw, happened("transfer.proposed", Audience::Resident, None))?;
    write(actor, tx, draw, happened("transfer.summary", Audience::Agencies, Some(&summary)))?;
    Ok(())
}

fn groups(case: &SubCase) -> Groups {
    serde_json::from_value(case.shared.clone()).unwrap_or_default()
}

fn asked(actor: &Actor, tx: &mut Tx, reference: &str) -> Result<(report::Head, Transfer, Option<SubCase>)> {
    rights::hold(actor, Right::DecideTransfer)?;
    let agency = actor.agency().ok_or(NotFound)?;
    let head = report::by_reference(tx, reference)?.ok_or(NotFound)?;
    let (relation, mine) = relation(actor, tx, agency, &head)?;
    rights::allow(actor, Right::DecideTransfer, relation)?;
    let open = transfer::of_report(tx, head.id)?
        .into_iter()
        .find(|t| t.to_agency == agency && t.state == State::Proposed)
        .ok_or(NotFound)?;
    Ok((head, open, mine))
}

/// The other agency takes it: its own part opens with its own target; the sender keeps what it wrote and works no more.
pub fn accept(actor: &Actor, tx: &mut Tx, setting: &Setting, draw: &mut Draw, reference: &str) -> Result<Told> {
    let (head, open, mine) = asked(actor, tx, reference)?;
    let now = draw.now();
    transfer::decide(actor, tx, open.id, State::Accepted, now, None)?;
    let cases = sub_case::of_report(tx, head.id)?;
    let sender = cases.iter().find(|case| case.agency == open.from_agency).ok_or(NotFound)?;
    let mut sent = sender.clone();
    sent.core = Core::WithOtherAgency;
    if let Some(stage) = setting.first_stage(&sent.agency, Core::WithOtherAgency) {
        sent.stage = stage.id;
    }
    sent.closed_at = Some(now);
    sent.changed_at = now;
    sub_case::update(actor, tx, &sent)?;

    let number = match &mine {
        Some(before) => before.number,
        None => sub_case::next_number(tx)?,
    };
    let public = publication::handed_over(tx, setting, (head.id, now), (&open.from_agency, &open.to_agency))?;
    let shared: Groups = serde_json::from_value(open.shared.clone()).unwrap_or_default();
    let mut flags = flag::shared(setting, &head, &shared, &sender.flags);
    if public && setting.publication(&open.to_agency).is_some() {
        flags.extend(mark::of_public(sender));
    }
    // It held the report before: what it was given then it has still.
    if let Some(before) = &mine {
        let given: Groups = groups(before).union(&shared).copied().collect();
        flags.extend(flag::shared(setting, &head, &given, &before.flags));
    }
    flags.sort();
    flags.dedup();
    let mut case = setting.new_case(draw, &head, &open.to_agency, sender.priority, json!(flags), number)?;
    case.shared = open.shared.clone();
    if groups(&case).contains(&Group::Place) {
        (case.cell, case.lat, case.lon) = (sender.cell, sender.lat, sender.lon);
    }
    match mine {
        // It held the report before: the same part goes on, with what was shared now and then.
        Some(before) => {
            let shared: Groups = groups(&before).union(&groups(&case)).copied().collect();
            case.id = before.id;
            case.version = before.version;
            case.shared = json!(shared);
            if before.cell.is_some() {
                (case.cell, case.lat, case.lon) = (before.cell, before.lat, before.lon);
            }
            sub_case::update(actor, tx, &case)?;
        }
        None => sub_case::insert(tx, &case)?,
    }
    setting.index(tx, &head, &case)?;
    let mut facts = json!({ "from": open.from_agency, "to": open.to_agency, "shared": open.shared, "due": case.due_at,
            "public": public });
    clock::cue(tx, setting, draw, &sent, &[Cue::Ended])?;
    clock::cue(tx, setting, draw, &case, &[Cue::Received])?.note(&mut facts);
    let entry = write(
        actor,
        tx,
        draw,
        Happened {
            report: head.id,
            agency: Some(&open.to_agency),
            verb: Verb::Disclosure,
            kind: "transfer.accepted",
            audience: Audience::Resident,
            facts,
            words: None,
        },
    )?;
    publication::follow(tx, setting, head.id, now)?;
    begin::handed_over(tx, setting, draw, &head, &open.to_agency)?;
    hook::report(tx, setting, draw, (hook::Event::Received, entry), &open.to_agency, &head, None)?;
    office::tell(actor, tx, setting, draw, (entry, &open.to_agency, &head))?;
    tell::resident(tx, setting, draw, &head, &open.to_agency, entry, Message::Update)
}

/// The other agency hands it back with a reason; the sender never lost it.
pub fn hand_back(
    actor: &Actor,
    tx: &mut Tx,
    setting: &Setting,
    draw: &mut Draw,
    reference: &str,
    reason: &str,
    typed: &str,
) -> Result<()> {
    let (head, open, _) = asked(actor, tx, reference)?;
    let name = setting.decline_reason(&open.to_agency, reason).ok_or(Refusal::ReasonNeeded)?;
    let words = words::read(typed)?;
    if let Some(mut sender) = sub_case::of_report(tx, head.id)?.into_iter().find(|case| case.agency == open.from_agency)
    {
        mark::raise(&mut sender, mark::HANDED_BACK);
        sub_case::update(actor, tx, &sender)?;
    }
    transfer::decide(actor, tx, open.id, State::HandedBack, draw.now(), Some(reason))?;
    write(
        actor,
        tx,
        draw,
        Happened {
            report: head.id,
            agency: Some(&open.to_agency),
            verb: Verb::Alteration,
            kind: "transfer.handed_back",
            audience: Audience::Agencies,
            facts: json!({ "to": open.from_agency, "reason": reason, "reason_name": name }),
            words: Some(&words),
        },
    )?;
    Ok(())
}

/// The sender thinks again before the other agency answered.
pub fn take_back(actor: &Actor, tx: &mut Tx, draw: &mut Draw, on: On) -> Result<()> {
    let held = held(actor, tx, Right::Transfer, on)?;
    let open = transfer::of_report(tx, held.head.id)?
        .into_iter()
        .find(|t| t.from_agency == held.case.agency && t.state == State::Proposed)
        .ok_or(Refusal::AlreadyDone)?;
    transfer::decide(actor, tx, open.id, State::TakenBack, draw.now(), None)?;
    held.enter(
        actor,
        tx,
        draw,
        ("transfer.taken_back", Verb::Alteration, Audience::Agencies),
        json!({ "to": open.to_agency }),
        None,
    )?;
    Ok(())
}
