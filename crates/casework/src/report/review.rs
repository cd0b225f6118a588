//! The Victims' Right to Review (P-83): asked for while its window is open, answered by a person who did not decide.

use super::{
    acts::{On, held},
    clock,
    entry::{Happened, write},
    follow::mine,
    mark, publication,
    tell::{self, Message, Told},
};
use crate::{Draw, Refusal, Result, Setting, words};
use catalogue::Cue;
use rights::{Actor, NotFound, Right};
use serde_json::json;
use store::{
    Time, Tx,
    clock::Clock,
    journal::{Audience, Verb},
    sub_case::{self, Core, SubCase},
};

/// Until when the decision of a part may be looked at again, if it may now. `running` are the part's clocks.
pub(super) fn window(setting: &Setting, case: &SubCase, running: &[Clock], now: Time) -> Option<Time> {
    let rules = setting.clock_rules(&case.agency);
    let is_window = |id: &str| rules.iter().any(|rule| rule.id == id && rule.starts.contains(&Cue::Reviewable));
    let open = running.iter().find(|clock| is_window(&clock.rule) && clock.due_at > now)?;
    (case.core == Core::Closed).then_some(open.due_at)
}

/// The resident asks. Outside the window, or of a decision that cannot be looked at again, there is nothing to ask.
pub fn ask(actor: &Actor, tx: &mut Tx, setting: &Setting, draw: &mut Draw, typed: &str) -> Result<()> {
    let id = mine(actor, Right::AskReview)?;
    let words = words::read(typed)?;
    let cases = sub_case::of_report(tx, id)?;
    let mut open = None;
    for case in cases {
        let running = clock::running(tx, setting, &case)?;
        if window(setting, &case, &running, draw.now()).is_some() {
            open = Some(case);
            break;
        }
    }
    let mut case = open.ok_or(NotFound)?;
    mark::raise(&mut case, mark::ASKS_FOR_REVIEW);
    case.changed_at = draw.now();
    sub_case::update(actor, tx, &case)?;
    let mut facts = json!({});
    clock::cue(tx, setting, draw, &case, &[Cue::ReviewAsked])?.note(&mut facts);
    write(
        actor,
        tx,
        draw,
        Happened {
            report: id,
            agency: Some(&case.agency),
            verb: Verb::Collection,
            kind: "review.asked",
            audience: Audience::Resident,
            facts,
            words: Some(&words),
        },
    )?;
    Ok(())
}

/// The answer, with words the resident reads. A decision that does not stand opens the report again.
pub fn answer(
    actor: &Actor,
    tx: &mut Tx,
    setting: &Setting,
    draw: &mut Draw,
    on: On,
    stands: Option<bool>,
    typed: &str,
) -> Result<Told> {
    let mut held = held(actor, tx, Right::AnswerReview, on)?;
    let stands = stands.ok_or(Refusal::ReasonNeeded)?;
    let words = words::read(typed)?;
    let asked = clock::waits_for(tx, setting, &held.case, Cue::ReviewAnswered)?;
    if !asked {
        return Err(Refusal::AlreadyDone.into());
    }
    if !stands {
        let stage = setting.first_stage(&held.case.agency, Core::Open).ok_or(Refusal::NoSuchStage)?;
        held.case.stage = stage.id;
        held.case.core = Core::Open;
        held.case.closed_at = None;
        held.case.outcome = None;
    }
    held.case.changed_at = draw.now();
    mark::clear(tx, &mut held.case)?;
    mark::lower(&mut held.case, mark::ASKS_FOR_REVIEW);
    sub_case::update(actor, tx, &held.case)?;
    publication::follow(tx, setting, held.head.id, draw.now())?;
    let mut facts = json!({ "stands": stands });
    clock::cue(tx, setting, draw, &held.case, &[Cue::ReviewAnswered, Cue::Told])?.note(&mut facts);
    let entry =
        held.enter(actor, tx, draw, ("review.answered", Verb::Alteration, Audience::Resident), facts, Some(&words))?;
    tell::resident(tx, setting, draw, &held.head, &held.case.agency, entry, Message::Update)
}
