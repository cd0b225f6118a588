use super::{Limit, Offer, remarks};
use crate::answer::named;
use crate::source::Faults;
use crate::tree::{Node, Reader};

named! {
    /// What programs are told of a service beside its name (C-86). That it is private, its definition says.
    Keyword {
        /// Its reports are not taken from programs any more; it stays in their lists, since what is absent there is deleted.
        Inactive = "inactive",
        /// For the agency's own staff to fill in.
        Staff = "staff",
        /// For pages about bins alone.
        WasteOnly = "waste_only",
    }
}

/// `{ working_days = 5 }`, `{ hours = 24 }`, `{ days = 7 }` or `{ months = 3 }`.
pub(super) fn limit(reader: &mut Reader, key: &'static str, faults: &mut Faults) -> Option<Limit> {
    let node = reader.take(key)?;
    let mut table = Reader::of(node, format!("`{key}` of {}", reader.what), faults)?;
    let limit = one_limit(&mut table, node.line, faults);
    table.close(faults);
    limit
}

/// The one limit that stands in a table.
pub(super) fn one_limit(table: &mut Reader, line: usize, faults: &mut Faults) -> Option<Limit> {
    let limits = [
        table.number("hours", faults).map(Limit::Hours),
        table.number("working_days", faults).map(Limit::WorkingDays),
        table.number("days", faults).map(Limit::Days),
        table.number("months", faults).map(Limit::Months),
    ];
    let mut given = limits.into_iter().flatten();
    let limit = given.next();
    if limit.is_none() || given.next().is_some() {
        faults.add(line, format_args!("{} needs one of hours, working_days, days, months", table.what));
    }
    limit
}

pub(super) fn need_limit(reader: &mut Reader, key: &'static str, faults: &mut Faults) -> Option<Limit> {
    if !reader.has(key) {
        reader.missing(key, faults);
    }
    limit(reader, key, faults)
}

/// The widest circle in which reports are alike (C-46).
const ALIKE_MOST: i64 = 1_000;

pub(super) fn offer(node: &Node, faults: &mut Faults) -> Option<Offer> {
    let mut reader = Reader::of(node, "a service", faults)?;
    let service = reader.need_text("id", faults);
    reader.what = format!("service `{service}`");
    let target = need_limit(&mut reader, "target", faults);
    let first_answer = need_limit(&mut reader, "first_answer", faults);
    let alike = reader.number("alike_within", faults).unwrap_or(0);
    if !(0..=ALIKE_MOST).contains(&alike) {
        faults.add(node.line, format_args!("`alike_within` is from 0 to {ALIKE_MOST} metres"));
    }
    let mut keywords = Vec::new();
    for (line, word) in reader.texts_at("keywords", faults) {
        match Keyword::from_name(&word) {
            Some(keyword) => keywords.push(keyword),
            None => faults.add(line, format_args!("`{word}` is none of the keywords {}", Keyword::NAMES.join(", "))),
        }
    }
    let offer = Offer {
        keywords,
        alike_within: u16::try_from(alike).unwrap_or(0),
        remarks: remarks::closing(&mut reader, faults),
        ask_after_days: reader.number("ask_after_days", faults),
        team: reader.need_text("team", faults),
        source: reader.need_text("source", faults),
        what_next: reader.texts("what_next", faults),
        recipients: reader.pairs("recipients", faults).into_iter().map(|(_, desk, team)| (desk, team)).collect(),
        target: target.unwrap_or(Limit::Days(0)),
        first_answer: first_answer.unwrap_or(Limit::Days(0)),
        service,
    };
    if offer.what_next.is_empty() {
        reader.missing("what_next", faults);
    }
    reader.close(faults);
    Some(offer)
}
