use super::{Agency, Limit, offer};
use crate::answer::named;
use crate::source::Faults;
use crate::tree::{Node, Reader};

/// The flag of a victim with enhanced rights (P-66).
pub const ENHANCED: &str = "enhanced";

named! {
    /// Something that happens to a report and that clocks begin or end by.
    Cue {
        /// An agency's part of a report begins.
        Received = "received",
        /// An answer has the effect `timer` with the clock's id.
        Timer = "timer",
        /// A person has read it.
        Seen = "seen",
        /// Words of a person went to the resident; an automatic answer is none (P-98).
        Told = "told",
        /// A crime was recorded.
        Recorded = "recorded",
        /// It was decided that no crime is recorded.
        NotRecorded = "not_recorded",
        /// It ended with an outcome.
        Decided = "decided",
        /// It ended with an outcome that the resident may ask to be looked at again.
        Reviewable = "reviewable",
        ReviewAsked = "review_asked",
        ReviewAnswered = "review_answered",
        /// An arrest, an interview, a release or a change of bail.
        Suspect = "suspect",
        /// A date, bail, a verdict or a sentence.
        Court = "court",
        /// The resident's details went to those who support victims.
        PassedOn = "passed_on",
        /// The resident wrote.
        Wrote = "wrote",
        /// The agency no longer works it: closed, withdrawn, handed over.
        Ended = "ended",
    }
}

named! {
    /// What a clock counts from.
    CountsFrom { Now = "now", Happened = "happened" }
}

named! {
    /// A limit is the agency's to keep; a window only passes: the time somebody has, or what will be lost.
    ClockKind { Limit = "limit", Window = "window" }
}

named! {
    /// Who reads it.
    SeenBy { Resident = "resident", Staff = "staff" }
}

/// A clock rule (P-77): data, with its source. One that is running keeps the rule it began with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Clock {
    pub id: String,
    pub starts: Vec<Cue>,
    pub stops: Vec<Cue>,
    /// Ids of services, or `prefix.*`; empty where it is for all.
    pub services: Vec<String>,
    pub kind: ClockKind,
    pub counts_from: CountsFrom,
    pub seen_by: SeenBy,
    /// It starts only where there is somebody to answer (P-104).
    pub named: bool,
    /// It does not start for a report with one of these flags.
    pub unless: Vec<String>,
    /// The resident gets a message when it is broken.
    pub tell_late: bool,
    pub limit: Limit,
    /// Shorter limits: where enhanced rights hold, and where a risk flag is set.
    pub enhanced: Option<Limit>,
    pub at_risk: Option<Limit>,
    /// Limits agreed with the resident, by the flag that says which; the first that is set holds.
    pub agreed: Vec<(String, Limit)>,
    /// In the order of time.
    pub warn: Vec<Warn>,
    /// After a limit that has passed, in the order of time: who is to see to it (P-90).
    pub late: Vec<Late>,
    /// Each step of `warn` puts the report higher in the list (P-67).
    pub raises: bool,
    /// What it is called in the list of reports, where it stands there while it runs (P-63).
    pub listed: Option<String>,
    /// Public words.
    pub words: String,
    pub source: String,
}

/// A step before the limit ends: how long before, and the role it is put before.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Warn {
    /// Elapsed hours.
    pub hours_before: u32,
    pub tell: String,
}

/// A step after the limit has passed and is not met.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Late {
    /// Elapsed hours; none is the moment it passes.
    pub hours_after: u32,
    pub tell: String,
}

impl Clock {
    pub fn is_for(&self, service: &str) -> bool {
        self.services.is_empty() || self.services.iter().any(|pattern| super::names(pattern, service))
    }

    /// Does it start for a report with these flags?
    pub fn starts_with(&self, flags: &[String]) -> bool {
        !self.unless.iter().any(|flag| flags.contains(flag))
    }

    /// The limit that holds for a report with these flags.
    pub fn limit(&self, flags: &[String], at_risk: bool) -> Limit {
        let agreed = self.agreed.iter().find(|(flag, _)| flags.contains(flag)).map(|(_, limit)| *limit);
        let enhanced = self.enhanced.filter(|_| flags.iter().any(|flag| flag == ENHANCED));
        self.at_risk.filter(|_| at_risk).or(agreed).or(enhanced).unwrap_or(self.limit)
    }
}

pub(super) fn clock(node: &Node, faults: &mut Faults) -> Option<Clock> {
    let mut reader = Reader::of(node, "a clock", faults)?;
    let id = reader.need_text("id", faults);
    reader.what = format!("clock `{id}`");
    let limit = offer::need_limit(&mut reader, "limit", faults);
    let counts_from = reader.word("counts_from", CountsFrom::from_name, CountsFrom::NAMES, faults);
    let kind = reader.word("kind", ClockKind::from_name, ClockKind::NAMES, faults);
    let seen_by = reader.word("seen_by", SeenBy::from_name, SeenBy::NAMES, faults);
    let clock = Clock {
        starts: cues(&mut reader, "starts", faults),
        stops: cues(&mut reader, "stops", faults),
        services: reader.texts("services", faults),
        counts_from: counts_from.unwrap_or(CountsFrom::Now),
        kind: kind.unwrap_or(ClockKind::Limit),
        seen_by: seen_by.unwrap_or(SeenBy::Staff),
        named: reader.flag("named", faults),
        unless: reader.texts("unless", faults),
        tell_late: reader.flag("tell_late", faults),
        enhanced: offer::limit(&mut reader, "enhanced", faults),
        at_risk: offer::limit(&mut reader, "at_risk", faults),
        agreed: reader.tables("agreed", faults).into_iter().filter_map(|node| agreed(node, &id, faults)).collect(),
        raises: reader.flag("raises", faults),
        warn: reader
            .tables("warn", faults)
            .into_iter()
            .filter_map(|node| step(node, &id, faults))
            .map(|(hours_before, tell)| Warn { hours_before, tell })
            .collect(),
        late: reader
            .tables("late", faults)
            .into_iter()
            .filter_map(|node| step(node, &id, faults))
            .map(|(hours_after, tell)| Late { hours_after, tell })
            .collect(),
        listed: reader.text("listed", faults),
        words: reader.need_text("words", faults),
        source: reader.need_text("source", faults),
        limit: limit.unwrap_or(Limit::Days(0)),
        id,
    };
    if !clock.warn.is_sorted_by(|earlier, later| earlier.hours_before > later.hours_before) {
        faults.add(node.line, format_args!("{}: the steps of `warn` stand in the order of time", reader.what));
    }
    if !clock.late.is_sorted_by(|earlier, later| earlier.hours_after < later.hours_after) {
        faults.add(node.line, format_args!("{}: the steps of `late` stand in the order of time", reader.what));
    }
    if clock.kind == ClockKind::Window && !clock.late.is_empty() {
        faults.add(node.line, format_args!("{}: a window is nobody's to keep, so nobody is late", reader.what));
    }
    reader.close(faults);
    Some(clock)
}

fn cues(reader: &mut Reader, key: &'static str, faults: &mut Faults) -> Vec<Cue> {
    let mut cues = Vec::new();
    for (line, name) in reader.texts_at(key, faults) {
        match Cue::from_name(&name) {
            Some(cue) => cues.push(cue),
            None => faults.add(
                line,
                format_args!(
                    "{}: `{name}` is nothing that happens; {key} knows {}",
                    reader.what,
                    Cue::NAMES.join(", ")
                ),
            ),
        }
    }
    cues
}

fn agreed(node: &Node, clock: &str, faults: &mut Faults) -> Option<(String, Limit)> {
    let mut reader = Reader::of(node, format!("an agreed limit of clock `{clock}`"), faults)?;
    let flag = reader.need_text("flag", faults);
    let limit = offer::one_limit(&mut reader, node.line, faults)?;
    reader.close(faults);
    Some((flag, limit))
}

/// Hours from the end of the limit, and the role that is told.
fn step(node: &Node, clock: &str, faults: &mut Faults) -> Option<(u32, String)> {
    let mut reader = Reader::of(node, format!("a step of clock `{clock}`"), faults)?;
    let (hours, days) = (reader.number::<u32>("hours", faults), reader.number::<u32>("days", faults));
    if hours.is_some() == days.is_some() {
        faults.add(node.line, format_args!("{} needs one of hours, days", reader.what));
    }
    let step = (hours.unwrap_or_default() + days.unwrap_or_default() * 24, reader.need_text("tell", faults));
    reader.close(faults);
    Some(step)
}

/// What the clocks of an agency name must be there.
pub(super) fn check(agency: &Agency, known: impl Fn(&str) -> bool, faults: &mut Faults) {
    for clock in &agency.clocks {
        for pattern in clock.services.iter().filter(|pattern| !known(pattern)) {
            faults.add(0, format_args!("clock `{}` names `{pattern}`, which is no service", clock.id));
        }
        let told = clock.warn.iter().map(|step| &step.tell).chain(clock.late.iter().map(|step| &step.tell));
        for role in told.filter(|role| agency.role(role).is_none()) {
            faults.add(0, format_args!("clock `{}` tells `{role}`, which is no role", clock.id));
        }
    }
}
