//! Marks on an agency's part that wait for a person: shown in the list until somebody acts. Silence is what earlier
//! systems died of.

use rights::Actor;
use serde_json::{Value as Json, json};
use store::{
    Tx, relief,
    sub_case::{self, SubCase},
};

/// The resident wrote since staff last acted.
pub(crate) const RESIDENT_WROTE: &str = "resident_wrote";
/// The resident asks to withdraw.
pub(crate) const ASKS_TO_WITHDRAW: &str = "asks_to_withdraw";
/// The PIN was wrong five times (P-91: the officer is told).
pub(crate) const PIN_CLOSED: &str = "pin_closed";
/// The other agency handed it back.
pub(crate) const HANDED_BACK: &str = "handed_back";

/// A limit ends soon.
pub(crate) const CLOCK_SOON: &str = "clock_soon";
/// A limit has passed.
pub(crate) const CLOCK_BROKEN: &str = "clock_broken";
/// A limit has passed, and somebody higher is to see to it (P-90).
pub(crate) const LATE_AND_RAISED: &str = "late_and_raised";
/// The resident would rather hear more or less often.
pub(crate) const ASKS_FOR_OTHER_UPDATES: &str = "asks_for_other_updates";
/// Something happened of which it was agreed to tell the victim.
pub(crate) const AGREED_TO_TELL: &str = "agreed_to_tell";
/// The resident asks for a review of the decision.
pub(crate) const ASKS_FOR_REVIEW: &str = "asks_for_review";
/// The resident asks how it goes.
pub(crate) const ASKS_FOR_NEWS: &str = "asks_for_news";

/// The records system has an outcome, and the victim is to hear of it from a person.
pub(crate) const OUTCOME_TO_TELL: &str = "outcome_to_tell";

/// A thing in it may be one of another report. It stays until staff have said so or not, whatever else they do.
pub(crate) const MAY_MATCH: &str = "may_match_property";

/// The resident wrote while the person who deals with it was away: the duty team reads it (P-102).
pub(crate) const OFFICER_AWAY: &str = "officer_away";

/// Somebody else said something of the public report in words: they wait to be shown.
pub(crate) const REMARK_WAITS: &str = "remark_waits";
/// Somebody else says that it is still there.
pub(crate) const STILL_THERE: &str = "still_there";
/// Enough others say that it is fixed.
pub(crate) const SAID_FIXED: &str = "said_fixed";

/// Several homes of one round say on one day that nobody came (C-33).
pub(crate) const WHOLE_ROUND: &str = "whole_round";

/// Nobody came back, or what was ordered has not come, in the agency's days (C-30).
pub(crate) const WAITS_TOO_LONG: &str = "waits_too_long";

/// The reporter asks that what says who they are be taken out of what is public; it is hidden until staff decide (C-50).
pub(crate) const ASKS_FOR_REMOVAL: &str = "asks_for_removal";
/// Somebody says that it, or what was said of it, should not be public (C-54).
pub(crate) const SHOULD_NOT_BE_PUBLIC: &str = "should_not_be_public";
/// Its sender is on the agency's list: it is shown by a decision alone (C-54).
pub(crate) const SENDER_LISTED: &str = "sender_listed";

/// Any act of staff is an answer to these: they have seen the report.
const SEEN: [&str; 12] = [
    RESIDENT_WROTE,
    PIN_CLOSED,
    HANDED_BACK,
    CLOCK_SOON,
    CLOCK_BROKEN,
    ASKS_FOR_NEWS,
    OUTCOME_TO_TELL,
    LATE_AND_RAISED,
    AGREED_TO_TELL,
    OFFICER_AWAY,
    STILL_THERE,
    SAID_FIXED,
];

/// These ask for a decision on what everybody reads, and end with that alone.
const PUBLIC: [&str; 4] = [REMARK_WAITS, ASKS_FOR_REMOVAL, SHOULD_NOT_BE_PUBLIC, SENDER_LISTED];

/// These ask for what ends the work, and end with it. One who asks to withdraw is answered by a new stage too.
const ENDED: [&str; 3] = [ASKS_TO_WITHDRAW, WHOLE_ROUND, WAITS_TOO_LONG];

pub(crate) fn raise(case: &mut SubCase, mark: &str) {
    let mut flags = names(&case.flags);
    if !flags.iter().any(|flag| flag == mark) {
        flags.push(mark.to_owned());
    }
    case.flags = json!(flags);
}

pub(crate) fn has(case: &SubCase, flag: &str) -> bool {
    names(&case.flags).iter().any(|name| name == flag)
}

/// What one mark asked for is done.
pub(crate) fn lower(case: &mut SubCase, mark: &str) {
    let mut flags = names(&case.flags);
    flags.retain(|flag| flag != mark);
    case.flags = json!(flags);
}

/// What others asked of the public report, for whoever shows it next.
pub(super) fn of_public(case: &SubCase) -> impl Iterator<Item = String> {
    let asked = |flag: &String| PUBLIC.contains(&flag.as_str()) && flag != SENDER_LISTED;
    names(&case.flags).into_iter().filter(asked)
}

/// It is decided whether everybody reads it: what asked for that is answered.
pub(super) fn decided(tx: &mut Tx, case: &SubCase, marks: &[&str]) -> store::Result<()> {
    // As it is now: the same act may have answered another.
    let Some(mut now) = sub_case::of_report(tx, case.report)?.into_iter().find(|now| now.id == case.id) else {
        return Ok(());
    };
    let before = now.flags.clone();
    marks.iter().for_each(|mark| lower(&mut now, mark));
    if now.flags == before { Ok(()) } else { sub_case::mark(&Actor::House("mark"), tx, &now) }
}

/// The work has ended.
pub(super) fn ended(case: &mut SubCase) {
    ENDED.iter().for_each(|mark| lower(case, mark));
}

/// Somebody acted: the marks have been seen, and the duty team need not. Flags that answers set stay, and so do marks that ask for
/// a decision of their own.
pub(crate) fn clear(tx: &mut Tx, case: &mut SubCase) -> store::Result<()> {
    let mut flags = names(&case.flags);
    flags.retain(|flag| !SEEN.contains(&flag.as_str()));
    case.flags = json!(flags);
    relief::end(tx, case.id)
}

pub(super) fn names(flags: &Json) -> Vec<String> {
    serde_json::from_value(flags.clone()).unwrap_or_default()
}
