//! When a missed collection can be reported (C-28), when nobody coming back can be said to a person (C-30), and what the
//! crew's codes mean (C-31): data of the agency, with its source. The crate `collection` decides by it.

use super::Agency;
use crate::answer::named;
use crate::source::Faults;
use crate::tree::{Node, Reader};
use crate::{Fault, Source};
use jiff::civil::Time;

named! {
    /// What the days are counted from: the day in the calendar, or the crew's own record of the round.
    CollectedFrom { Scheduled = "scheduled", RoundLog = "round_log" }
}

named! {
    /// From when a report is taken on the day itself.
    SameDay {
        /// Only once the crew has recorded it as done.
        Completed = "completed",
        /// From an hour on, whatever was recorded.
        After = "after",
        CompletedOrAfter = "completed_or_after",
        /// As soon as there is any record of the round.
        LogExists = "log_exists",
    }
}

named! {
    /// Whether staff wait on the day as the public does.
    StaffSameDay { AsPublic = "as_public", AnyTime = "any_time" }
}

named! {
    /// What one open report keeps closed.
    OneOpen { Service = "service", Property = "property" }
}

named! {
    /// What somebody waits for.
    WaitsFor { Missed = "missed", Container = "container" }
}

/// The rules of one agency for collections by a round, and for those that are booked (bulky and small items).
#[derive(Clone, Debug, PartialEq)]
pub struct Missed {
    pub window: ReportWindow,
    pub booked: Option<ReportWindow>,
    pub escalate: Vec<Escalate>,
    pub reasons: Vec<CrewWords>,
    /// Who does not agree with what the crew recorded may say so.
    pub disputes: bool,
    /// So many homes that report one round and day come to one task for staff (C-33); None: only "the street too" does.
    pub whole_round: Option<u32>,
    pub source: String,
}

#[derive(Clone, Debug, PartialEq)]
pub struct ReportWindow {
    pub count_from: CollectedFrom,
    /// Working days; it closes with the last of them, or at `close_at` of it.
    pub close_days: u32,
    /// The clock on the wall.
    pub close_at: Option<Time>,
    pub same_day: SameDay,
    pub same_day_at: Option<Time>,
    /// Who comes before is asked to telephone.
    pub telephone_before: bool,
    pub staff_same_day: StaffSameDay,
    /// The hour at which the crew was there is shown once the window is open, not before.
    pub hides_completion: bool,
    /// A list of holidays in place of the agency's.
    pub holidays: Option<String>,
    pub blocking: Vec<Blocking>,
    pub one_open: OneOpen,
    /// An open report of a property whose bins are fetched from the door keeps all of its services closed.
    pub assisted_blocks: bool,
    /// Kinds that can be reported wherever another kind can.
    pub rides_along: Vec<String>,
    /// From then on a round without a record is said to be late.
    pub delayed_at: Option<Time>,
}

/// What a crew recorded that leaves nothing to report: `not_completed`, `completed:excess`, `*:tag`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Blocking {
    /// None: any.
    pub outcome: Option<String>,
    /// None: any, and none.
    pub reason: Option<String>,
}

impl Blocking {
    fn read(text: &str) -> Blocking {
        let (outcome, reason) = text.split_once(':').map_or((text, None), |(outcome, reason)| (outcome, Some(reason)));
        Blocking { outcome: (outcome != "*").then(|| outcome.to_owned()), reason: reason.map(str::to_owned) }
    }

    pub fn holds(&self, outcome: &str, reason: Option<&str>) -> bool {
        self.outcome.as_deref().is_none_or(|wanted| wanted == outcome)
            && self.reason.as_deref().is_none_or(|wanted| reason == Some(wanted))
    }
}

/// When somebody may say that nothing has come of an open report or order (C-30).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Escalate {
    pub of: WaitsFor,
    /// It opens on this working day after the report …
    pub after: u32,
    /// … at this hour; without one as the day begins.
    pub at: Option<Time>,
    /// Working days it stays open.
    pub open_for: u32,
    /// The same where the round comes every other week or less often.
    pub fortnightly: Option<u32>,
}

/// Words for what a crew recorded. The most specific that fits is shown: by outcome, reason and kind, then with less.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CrewWords {
    pub outcome: String,
    pub code: Option<String>,
    pub kind: Option<String>,
    pub words: String,
}

impl Missed {
    /// What the public reads of a record; none where nobody has put it in words.
    pub fn words(&self, outcome: &str, code: Option<&str>, kind: &str) -> Option<&str> {
        let fits = self.reasons.iter().filter(|reason| {
            reason.outcome == outcome
                && (reason.code.is_none() || reason.code.as_deref() == code)
                && reason.kind.as_deref().is_none_or(|own| own == kind)
        });
        fits.max_by_key(|reason| (reason.code.is_some(), reason.kind.is_some())).map(|reason| reason.words.as_str())
    }

    pub fn escalation(&self, of: WaitsFor) -> Option<&Escalate> {
        self.escalate.iter().find(|rule| rule.of == of)
    }
}

/// Reads a file that holds such rules alone, as a council would send them to be tried.
///
/// # Errors
/// Every fault, with its line.
pub fn missed_rules(source: &Source) -> Result<Missed, Vec<Fault>> {
    let mut faults = Faults::of(&source.path);
    let node = Node::parse(&source.text, &mut faults);
    let rules = missed(&node, &mut faults);
    let found = faults.done();
    rules.filter(|_| found.is_empty()).ok_or(found)
}

pub(super) fn missed(node: &Node, faults: &mut Faults) -> Option<Missed> {
    let mut reader = Reader::of(node, "[missed]", faults)?;
    let escalate = reader.tables("escalate", faults);
    let reasons = reader.tables("reason", faults);
    let booked = reader.take("booked");
    let source = reader.need_text("source", faults);
    let (disputes, whole_round) = (reader.flag("disputes", faults), reader.number("whole_round", faults));
    if whole_round == Some(0) {
        faults.add(reader.line_of("whole_round"), "`whole_round` of [missed] is at least 1");
    }
    let window = window(reader, node.line, faults);
    Some(Missed {
        window,
        booked: booked
            .and_then(|node| Some(self::window(Reader::of(node, "[missed.booked]", faults)?, node.line, faults))),
        escalate: escalate.into_iter().filter_map(|node| escalation(node, faults)).collect(),
        reasons: reasons.into_iter().filter_map(|node| reason(node, faults)).collect(),
        disputes,
        whole_round,
        source,
    })
}

fn window(mut reader: Reader, line: usize, faults: &mut Faults) -> ReportWindow {
    let what = reader.what.clone();
    let (mut close_days, mut close_at) = (None, None);
    if let Some(mut table) = inner(&mut reader, "close", faults) {
        (close_days, close_at) = (table.number("working_days", faults), hour(&mut table, "at", faults));
        table.close(faults);
    }
    let (mut same_day, mut same_day_at, mut telephone_before) = (None, None, false);
    if let Some(mut table) = inner(&mut reader, "same_day", faults) {
        same_day = table.word("rule", SameDay::from_name, SameDay::NAMES, faults);
        same_day_at = hour(&mut table, "at", faults);
        telephone_before = table.flag("telephone_before", faults);
        table.close(faults);
    }
    if close_days.is_none() {
        faults.add(line, format_args!("`close` of {what} needs working_days"));
    }
    match same_day {
        None => faults.add(line, format_args!("`same_day` of {what} needs a rule")),
        Some(rule) => {
            if matches!(rule, SameDay::After | SameDay::CompletedOrAfter) != same_day_at.is_some() {
                faults.add(
                    line,
                    format_args!("`same_day` of {what} has an `at` where its rule names an hour, and only there"),
                );
            }
        }
    }
    let window = ReportWindow {
        count_from: reader
            .word("count_from", CollectedFrom::from_name, CollectedFrom::NAMES, faults)
            .unwrap_or(CollectedFrom::Scheduled),
        close_days: close_days.unwrap_or(0),
        close_at,
        same_day: same_day.unwrap_or(SameDay::Completed),
        same_day_at,
        telephone_before,
        staff_same_day: reader
            .word("staff_same_day", StaffSameDay::from_name, StaffSameDay::NAMES, faults)
            .unwrap_or(StaffSameDay::AsPublic),
        hides_completion: reader.flag("hides_completion", faults),
        holidays: reader.text("holidays", faults),
        blocking: reader.texts("blocking", faults).iter().map(|text| Blocking::read(text)).collect(),
        one_open: reader.word("one_open", OneOpen::from_name, OneOpen::NAMES, faults).unwrap_or(OneOpen::Service),
        assisted_blocks: reader.flag("assisted_blocks", faults),
        rides_along: reader.texts("rides_along", faults),
        delayed_at: hour(&mut reader, "delayed_at", faults),
    };
    if (window.count_from == CollectedFrom::RoundLog) != window.delayed_at.is_some() {
        faults.add(line, format_args!("{what} says `delayed_at` where it counts from the round's log, and only there"));
    }
    reader.close(faults);
    window
}

fn inner<'n>(reader: &mut Reader<'n>, key: &'static str, faults: &mut Faults) -> Option<Reader<'n>> {
    let what = format!("`{key}` of {}", reader.what);
    let table = reader.take(key).and_then(|node| Reader::of(node, what, faults));
    if table.is_none() {
        reader.missing(key, faults);
    }
    table
}

fn hour(reader: &mut Reader, key: &'static str, faults: &mut Faults) -> Option<Time> {
    let line = reader.line_of(key);
    let typed = reader.text(key, faults)?;
    let time = typed.parse::<Time>().ok().filter(|_| typed.len() == 5);
    if time.is_none() {
        faults.add(line, format_args!("`{key}` of {} is an hour like \"17:00\"", reader.what));
    }
    time
}

fn escalation(node: &Node, faults: &mut Faults) -> Option<Escalate> {
    let mut reader = Reader::of(node, "an `escalate` of [missed]", faults)?;
    let of = reader.word("of", WaitsFor::from_name, WaitsFor::NAMES, faults);
    let (after, open_for) = (reader.number("after", faults), reader.number("open_for", faults));
    let (at, fortnightly) = (hour(&mut reader, "at", faults), reader.number("fortnightly", faults));
    if of.is_none() || after.is_none() || open_for.is_none() {
        faults.add(node.line, "an `escalate` of [missed] needs of, after and open_for");
    }
    reader.close(faults);
    Some(Escalate { of: of?, after: after?, at, open_for: open_for?, fortnightly })
}

fn reason(node: &Node, faults: &mut Faults) -> Option<CrewWords> {
    let mut reader = Reader::of(node, "a `reason` of [missed]", faults)?;
    let reason = CrewWords {
        outcome: reader.need_text("outcome", faults),
        code: reader.text("code", faults),
        kind: reader.text("kind", faults),
        words: reader.need_text("words", faults),
    };
    reader.close(faults);
    Some(reason)
}

/// A kind that is named must be one of the agency's bins, and reports go somewhere.
pub(super) fn check(agency: &Agency, list: impl Fn(&str) -> bool, faults: &mut Faults) {
    let Some(missed) = &agency.missed else { return };
    let windows = || std::iter::once(&missed.window).chain(&missed.booked);
    for name in windows().filter_map(|window| window.holidays.as_deref()).filter(|name| !list(name)) {
        faults.add(0, format_args!("[missed] names holiday list `{name}`, which is not there"));
    }
    let Some(bins) = &agency.bins else {
        return faults.add(0, "[missed] has no [bins] beside it");
    };
    let kinds = windows().flat_map(|window| &window.rides_along);
    let kinds = kinds.chain(missed.reasons.iter().filter_map(|reason| reason.kind.as_ref()));
    for kind in kinds.filter(|kind| bins.kind(kind).is_none()) {
        faults.add(0, format_args!("[missed] names kind `{kind}`, which [bins] does not have"));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const RULES: &str = r#"
        source = "made up"
        count_from = "scheduled"
        close = { working_days = 2 }
        same_day = { rule = "completed_or_after", at = "17:00" }
        [[reason]]
        outcome = "not_completed"
        words = "The crew could not take it."
        [[reason]]
        outcome = "not_completed"
        code = "contaminated"
        words = "The wrong things were in it."
        [[reason]]
        outcome = "not_completed"
        code = "contaminated"
        kind = "food"
        words = "Something other than food was in it."
    "#;

    fn read(text: &str) -> Result<Missed, String> {
        let faults =
            |faults: Vec<Fault>| faults.iter().map(|fault| fault.reason.clone()).collect::<Vec<_>>().join("; ");
        missed_rules(&Source::new("rules.toml", text)).map_err(faults)
    }

    #[test]
    fn the_most_specific_words_for_a_code_are_shown() {
        let rules = read(RULES).unwrap();
        let words = |code, kind| rules.words("not_completed", code, kind);
        assert_eq!(words(Some("contaminated"), "food"), Some("Something other than food was in it."));
        assert_eq!(words(Some("contaminated"), "rubbish"), Some("The wrong things were in it."));
        assert_eq!(words(Some("x9"), "rubbish"), Some("The crew could not take it."));
        assert_eq!(rules.words("unheard_of", None, "rubbish"), None);
    }

    #[test]
    fn a_rule_without_its_hour_or_with_one_too_many_is_a_fault() {
        let faulty = |from: &str, to: &str| read(&RULES.replacen(from, to, 1)).unwrap_err();
        assert!(faulty(", at = \"17:00\"", "").contains("where its rule names an hour"));
        assert!(faulty("completed_or_after", "completed").contains("where its rule names an hour"));
        assert!(faulty("\"17:00\"", "\"5pm\"").contains("an hour like"));
        assert!(faulty("\"scheduled\"", "\"round_log\"").contains("delayed_at"));
        assert!(faulty("working_days = 2", "").contains("needs working_days"));
        assert!(faulty("source = \"made up\"", "").contains("source"));
    }

    #[test]
    fn what_blocks_is_an_outcome_a_reason_or_both() {
        let holds = |rule: &str, outcome: &str, reason| Blocking::read(rule).holds(outcome, reason);
        assert!(
            holds("not_completed", "not_completed", Some("contaminated"))
                && holds("not_completed", "not_completed", None)
        );
        assert!(
            holds("completed:excess", "completed", Some("excess")) && !holds("completed:excess", "completed", None)
        );
        assert!(holds("*:tag", "completed", Some("tag")) && !holds("*:tag", "completed", Some("excess")));
    }
}
