//! What the rules say of one report, and what people decided of it.

use super::HOUSE;
use crate::{Result, Setting, clocks, report::acts};
use catalogue::{RetentionAction, RetentionRule, RetentionTrigger};
use jiff::civil::Date;
use rights::{Actor, NotFound, Right};
use store::{
    Look, Time, journal,
    legal_hold::{self, LegalHold},
    report::{self, Head},
    retention::{self, Aged},
    retention_review::{self, Decision, Review},
    staff,
};

impl Setting {
    /// The rule of an agency for a service and an action: its own row stands in place of the row of its class.
    pub(super) fn retention(&self, agency: &str, service: &str, action: RetentionAction) -> Option<&RetentionRule> {
        let class = self.catalogue.service(service)?.retention;
        let fits = |rule: &&RetentionRule| rule.action == action && rule.fits(class, service);
        let rules = || self.agency(agency).into_iter().flat_map(|agency| &agency.retention).filter(fits);
        rules().find(|rule| !rule.services.is_empty()).or_else(|| rules().next())
    }

    /// When the time of a rule is over for a part; none while it is not counted.
    pub(super) fn over(&self, rule: &RetentionRule, part: &Aged) -> Option<Time> {
        let from = match (rule.trigger, part.closed_at) {
            (RetentionTrigger::Closed, Some(closed)) => closed,
            (RetentionTrigger::Received, Some(_)) => part.received_at,
            (RetentionTrigger::Untouched, None) => part.changed_at,
            _ => return None,
        };
        Some(self.ends(&part.agency, &rule.after, from))
    }

    /// A rule of the part whose time is over.
    pub(super) fn is_over(&self, part: &Aged, action: RetentionAction, now: Time) -> Option<&RetentionRule> {
        let rule = self.retention(&part.agency, &part.service, action)?;
        self.over(rule, part).is_some_and(|over| over <= now).then_some(rule)
    }
}

/// The newest review of a part, as it bears on what is due.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Reviewed {
    /// Nobody was asked, or the day until which it was kept is over.
    Never,
    Waits,
    Keeps,
    Deletes,
}

pub(super) fn reviewed(review: Option<&Review>, now: Time) -> Reviewed {
    let Some(review) = review else { return Reviewed::Never };
    let until = review.keep_until.as_deref().and_then(|day| day.parse::<Date>().ok()).map(clocks::end_of);
    match review.decision {
        None => Reviewed::Waits,
        Some(Decision::Delete) => Reviewed::Deletes,
        Some(Decision::Keep) if until.is_some_and(|until| now < until) => Reviewed::Keeps,
        Some(Decision::Keep) => Reviewed::Never,
    }
}

/// How long the actor's part of a report is kept, for its page.
pub struct Kept {
    pub head: Head,
    pub version: i64,
    /// What becomes of it by which rule, and when; no time while the report is open.
    pub rules: Vec<(RetentionRule, Option<Time>)>,
    pub anonymised_at: Option<Time>,
    /// Another agency has a part too: it goes when both are done with it.
    pub is_shared: bool,
    pub hold: Option<Hold>,
    pub review: Option<Review>,
}

/// A legal hold with who placed it and why.
pub struct Hold {
    pub row: LegalHold,
    pub by: String,
    pub why: String,
    /// The actor placed it themselves: somebody else lets go.
    pub is_mine: bool,
}

pub fn kept(actor: &Actor, look: &mut Look, setting: &Setting, reference: &str) -> Result<Kept> {
    rights::hold(actor, Right::Retain)?;
    let agency = actor.agency().ok_or(NotFound)?;
    let head = report::by_reference(look.tx, reference)?.ok_or(NotFound)?;
    let (relation, case) = acts::relation(actor, look.tx, agency, &head)?;
    rights::allow(actor, Right::Retain, relation)?;
    let case = case.ok_or(NotFound)?;
    look.shows(head.id, "retention");
    let parts = retention::parts(&HOUSE, look.tx, head.id)?;
    let part = parts.iter().find(|part| part.agency == agency).ok_or(NotFound)?;
    let rules = RetentionAction::ALL.iter().filter_map(|action| setting.retention(agency, &part.service, *action));
    let hold = match legal_hold::standing(actor, look.tx, head.id, agency)? {
        None => None,
        Some(row) => {
            let thread = journal::for_staff(actor, look, head.id)?;
            let entry = thread.into_iter().find(|entry| entry.id == row.id);
            let words = entry.and_then(|entry| entry.content).unwrap_or_default();
            Some(Hold {
                by: staff::name(&HOUSE, look.tx, row.placed_by)?.unwrap_or_default(),
                why: words["words"].as_str().unwrap_or_default().to_owned(),
                is_mine: actor.staff().is_some_and(|me| me.id == row.placed_by),
                row,
            })
        }
    };
    Ok(Kept {
        version: case.version,
        rules: rules.map(|rule| (rule.clone(), setting.over(rule, part))).collect(),
        anonymised_at: part.anonymised_at,
        is_shared: parts.len() > 1,
        hold,
        review: retention_review::newest(actor, look.tx, head.id, agency)?,
        head,
    })
}

/// What waits for somebody of the actor's agency: reports to look at, and holds.
pub struct Waiting {
    pub reviews: Vec<retention_review::Listed>,
    pub holds: Vec<legal_hold::Listed>,
}

pub fn waiting(actor: &Actor, look: &mut Look, most: i64) -> Result<Waiting> {
    let reviews = retention_review::of_agency(actor, look.tx, most)?;
    let holds = legal_hold::of_agency(actor, look.tx, most)?;
    look.lists(reviews.iter().map(|row| row.reference.clone()).chain(holds.iter().map(|row| row.reference.clone())));
    Ok(Waiting { reviews, holds })
}
