use super::{Agency, Cue, Limit, offer};
use crate::answer::named;
use crate::source::Faults;
use crate::tree::{Node, Reader};
use jiff::civil::Time;

/// What may be agreed with a victim about updates (P-90).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Agreement {
    /// The clock whose limit the agreement sets.
    pub clock: String,
    /// The clock that runs until the agreement is looked at again; its limit is used where no day is given.
    pub review: String,
    /// No longer interval may be agreed.
    pub longest: Limit,
    /// Questions whose answers seed it.
    pub every: String,
    pub channel: String,
    /// Answers of `every` with the interval each means, as days or months; an answer that is not here means: only when
    /// something changes.
    pub seeds: Vec<(String, Limit)>,
    pub source: String,
}

/// Who reads what a resident writes while the person who deals with it is away (P-102).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Duty {
    pub team: String,
    /// Where a mail goes each working day on which something is stuck (C-91); without one none goes.
    pub mailbox: Option<String>,
    pub source: String,
}

named! {
    /// The kinds of message a resident can get.
    Notice {
        Receipt = "receipt",
        Update = "update",
        Question = "question",
        Reminder = "reminder",
        Questionnaire = "questionnaire",
        Link = "link",
    }
}

/// Hours in which messages go out (P-94); what is written outside of them waits. The clock on the wall.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Release {
    pub from: Time,
    pub until: Time,
    /// Kinds that never wait.
    pub urgent: Vec<Notice>,
    pub source: String,
}

/// How people ask for another way to be told things (P-108). Each is one sentence.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ways {
    /// The agency's own video relay in British Sign Language, for what can wait: an address.
    pub bsl: Option<String>,
    pub easy_read: String,
    pub large_print: String,
    pub interpreter: String,
    pub source: String,
}

pub(super) fn ways(node: &Node, faults: &mut Faults) -> Option<Ways> {
    let mut reader = Reader::of(node, "[ways]", faults)?;
    let bsl = reader.text("bsl", faults);
    if bsl.as_ref().is_some_and(|address| !address.starts_with("https://")) {
        faults.add(reader.line_of("bsl"), "`bsl` of [ways] must begin with https://");
    }
    let ways = Ways {
        bsl,
        easy_read: reader.need_text("easy_read", faults),
        large_print: reader.need_text("large_print", faults),
        interpreter: reader.need_text("interpreter", faults),
        source: reader.need_text("source", faults),
    };
    reader.close(faults);
    Some(ways)
}

pub(super) fn agreement(node: &Node, faults: &mut Faults) -> Option<Agreement> {
    let mut reader = Reader::of(node, "[agreement]", faults)?;
    let longest = offer::need_limit(&mut reader, "longest", faults);
    let agreement = Agreement {
        clock: reader.need_text("clock", faults),
        review: reader.need_text("review", faults),
        longest: longest.unwrap_or(Limit::Days(0)),
        every: reader.need_text("every", faults),
        channel: reader.need_text("channel", faults),
        seeds: reader.tables("seeds", faults).into_iter().filter_map(|node| seed(node, faults)).collect(),
        source: reader.need_text("source", faults),
    };
    reader.close(faults);
    Some(agreement)
}

fn seed(node: &Node, faults: &mut Faults) -> Option<(String, Limit)> {
    let mut reader = Reader::of(node, "a seed of [agreement]", faults)?;
    let answer = reader.need_text("answer", faults);
    let limit = offer::one_limit(&mut reader, node.line, faults)?;
    if !matches!(limit, Limit::Days(_) | Limit::Months(_)) {
        faults.add(node.line, format_args!("{} is counted in days or months", reader.what));
    }
    reader.close(faults);
    Some((answer, limit))
}

pub(super) fn duty(node: &Node, faults: &mut Faults) -> Option<Duty> {
    let mut reader = Reader::of(node, "[duty]", faults)?;
    let mailbox = reader.text("mailbox", faults);
    if mailbox
        .as_deref()
        .is_some_and(|mailbox| !matches!(crate::kind::line(crate::Format::Email, mailbox), Ok(Some(_))))
    {
        faults.add(reader.line_of("mailbox"), "`mailbox` of [duty] is an e-mail address");
    }
    let duty = Duty { team: reader.need_text("team", faults), mailbox, source: reader.need_text("source", faults) };
    reader.close(faults);
    Some(duty)
}

pub(super) fn release(node: &Node, faults: &mut Faults) -> Option<Release> {
    let mut reader = Reader::of(node, "[release]", faults)?;
    let mut hour = |key: &'static str, faults: &mut Faults| {
        let typed = reader.need_text(key, faults);
        let time = typed.parse::<Time>().ok().filter(|_| typed.len() == 5);
        if time.is_none() {
            faults.add(node.line, format_args!("[release] needs `{key}` like \"08:00\""));
        }
        time.unwrap_or_default()
    };
    let (from, until) = (hour("from", faults), hour("until", faults));
    let mut urgent = Vec::new();
    for (line, name) in reader.texts_at("urgent", faults) {
        match Notice::from_name(&name) {
            Some(notice) => urgent.push(notice),
            None => faults.add(line, format_args!("[release] knows no message `{name}`")),
        }
    }
    let release = Release { from, until, urgent, source: reader.need_text("source", faults) };
    if from >= until {
        faults.add(node.line, "[release] ends later in the day than it begins");
    }
    reader.close(faults);
    Some(release)
}

/// What these name must be there, and the clock of an agreement begins anew with each word of a person.
pub(super) fn check(agency: &Agency, faults: &mut Faults) {
    if let Some(agreement) = &agency.agreement {
        let told = |cues: &[Cue]| cues.contains(&Cue::Told);
        if !agency.clock(&agreement.clock).is_some_and(|clock| told(&clock.starts) && told(&clock.stops)) {
            faults.add(0, format_args!("[agreement] names `{}`, which is no clock from word to word", agreement.clock));
        }
        if agency.clock(&agreement.review).is_none() {
            faults.add(0, format_args!("[agreement] names `{}`, which is no clock", agreement.review));
        }
    }
    if let Some(duty) = agency.duty.as_ref().filter(|duty| agency.team(&duty.team).is_none()) {
        faults.add(0, format_args!("[duty] names team `{}`, which it does not have", duty.team));
    }
}
