//! What is due, page by page. Nothing is changed here: the same reading is the dry run.

use super::{
    HOUSE,
    schedule::{Reviewed, reviewed},
};
use crate::{Result, Setting};
use catalogue::{RetentionAction, RetentionRule};
use store::{
    Time, Tx,
    retention::{self, Aged, Holds},
    retention_review,
};
use uuid::Uuid;

/// Parts that one page reads.
const PAGE: i64 = 500;

/// What is to become of a report now, and by which rules: one of each agency that has a part.
#[derive(Clone, Debug, PartialEq)]
pub struct Due {
    pub report: Uuid,
    pub reference: String,
    /// The agency that closes it, or is to look at it; of the others, the one whose list it was found in.
    pub agency: String,
    pub service: String,
    pub action: RetentionAction,
    pub rules: Vec<(String, RetentionRule)>,
    /// It waits all the same.
    pub held: Option<Holds>,
}

/// Where the next page begins.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Cursor {
    /// How many of an agency's lists are read: its closed parts, then the open ones of each service that closes by itself.
    list: usize,
    after: Option<(Time, Uuid)>,
}

pub struct Page {
    pub due: Vec<Due>,
    /// None: that was all.
    pub next: Option<Cursor>,
}

/// One page of what is due at an agency.
pub fn due(tx: &mut Tx, setting: &Setting, now: Time, agency: &str, from: &Cursor) -> Result<Page> {
    let after = from.after.unwrap_or((Time(i64::MIN), Uuid::nil()));
    let (parts, last) = match from.list.checked_sub(1) {
        None => {
            let parts = retention::closed(&HOUSE, tx, agency, now, after, PAGE)?;
            let last = parts.last().and_then(|last| Some((last.closed_at?, last.id)));
            (parts, last)
        }
        Some(n) => {
            let services = closing(setting, agency);
            let Some(service) = services.get(n) else { return Ok(Page { due: Vec::new(), next: None }) };
            let found = retention::untouched(&HOUSE, tx, (agency, service), now, after, PAGE)?;
            let last = found.last().map(|(part, due_at)| (*due_at, part.id));
            (found.into_iter().map(|(part, _)| part).collect(), last)
        }
    };
    let mut found = Vec::new();
    for part in &parts {
        found.extend(judge(tx, setting, now, part)?);
    }
    let next = match last.filter(|_| parts.len() as i64 == PAGE) {
        Some(last) => Cursor { list: from.list, after: Some(last) },
        None => Cursor { list: from.list + 1, after: None },
    };
    Ok(Page { due: found, next: Some(next) })
}

/// Services of an agency whose reports close by themselves.
fn closing<'s>(setting: &'s Setting, agency: &str) -> Vec<&'s str> {
    let offers = setting.agency(agency).into_iter().flat_map(|agency| &agency.services);
    offers
        .map(|offer| offer.service.as_str())
        .filter(|service| setting.retention(agency, service, RetentionAction::Close).is_some())
        .collect()
}

/// What is to become of the report of a part now; none: nothing yet.
pub(super) fn judge(tx: &mut Tx, setting: &Setting, now: Time, part: &Aged) -> Result<Option<Due>> {
    let is_open = part.closed_at.is_none();
    let first = if is_open { RetentionAction::Close } else { RetentionAction::Delete };
    // Most parts are young: nothing more is read for them.
    let near = |action| setting.is_over(part, action, now).is_some();
    if !near(first)
        && (is_open
            || !(near(RetentionAction::Review) || near(RetentionAction::Anonymise) && part.anonymised_at.is_none()))
    {
        return Ok(None);
    }
    let parts = retention::parts(&HOUSE, tx, part.report)?;
    let Some((action, rules)) = decided(tx, setting, now, part, &parts)? else { return Ok(None) };
    Ok(Some(Due {
        report: part.report,
        reference: part.reference.clone(),
        agency: part.agency.clone(),
        service: part.service.clone(),
        action,
        rules,
        held: retention::holds(&HOUSE, tx, part.report)?,
    }))
}

type Rules = Vec<(String, RetentionRule)>;

fn decided(
    tx: &mut Tx,
    setting: &Setting,
    now: Time,
    part: &Aged,
    parts: &[Aged],
) -> Result<Option<(RetentionAction, Rules)>> {
    let one = |rule: &RetentionRule| vec![(part.agency.clone(), rule.clone())];
    if part.closed_at.is_none() {
        let rule = setting.is_over(part, RetentionAction::Close, now);
        return Ok(rule.map(|rule| (RetentionAction::Close, one(rule))));
    }
    // Another agency works on it: nothing goes under its hands.
    let all_closed = parts.iter().all(|part| part.closed_at.is_some());
    let (mut deletes, mut anonymises) = (Some(Rules::new()), Some(Rules::new()));
    for other in parts {
        let delete = may_delete(tx, setting, now, other)?.map(|rule| (other.agency.clone(), rule.clone()));
        let anonymise =
            setting.is_over(other, RetentionAction::Anonymise, now).map(|rule| (other.agency.clone(), rule.clone()));
        anonymises = anonymises.zip(anonymise.or_else(|| delete.clone())).map(with);
        deletes = deletes.zip(delete).map(with);
    }
    if let Some(rules) = deletes.filter(|_| all_closed) {
        return Ok(Some((RetentionAction::Delete, rules)));
    }
    let review = setting.is_over(part, RetentionAction::Review, now);
    if let Some(rule) = review
        && newest(tx, part, now)? == Reviewed::Never
    {
        return Ok(Some((RetentionAction::Review, one(rule))));
    }
    let anonymises = anonymises.filter(|_| all_closed && part.anonymised_at.is_none());
    Ok(anonymises.map(|rules| (RetentionAction::Anonymise, rules)))
}

fn with((mut rules, one): (Rules, (String, RetentionRule))) -> Rules {
    rules.push(one);
    rules
}

/// The rule by which a part may go now: one whose time is over, or a review at which somebody said so.
fn may_delete<'s>(tx: &mut Tx, setting: &'s Setting, now: Time, part: &Aged) -> Result<Option<&'s RetentionRule>> {
    if let Some(review) = setting.is_over(part, RetentionAction::Review, now) {
        return Ok((newest(tx, part, now)? == Reviewed::Deletes).then_some(review));
    }
    // Whoever is to look at it first, looks.
    if setting.retention(&part.agency, &part.service, RetentionAction::Review).is_some() {
        return Ok(None);
    }
    Ok(setting.is_over(part, RetentionAction::Delete, now))
}

fn newest(tx: &mut Tx, part: &Aged, now: Time) -> Result<Reviewed> {
    let review = retention_review::newest(&HOUSE, tx, part.report, &part.agency)?;
    Ok(reviewed(review.as_ref(), now))
}
