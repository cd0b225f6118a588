use crate::{Actor, Right, Sight};

/// What may not be done is not there.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not found")]
pub struct NotFound;

/// How the actor's agency, or the resident, stands to one report.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Relation {
    /// No part in it.
    Stranger,
    /// Another agency has asked this one to take it; not answered yet.
    Asked,
    /// Handed it over and may read what it wrote (J-9: the thread never loses who held it).
    Former,
    /// Works it.
    Holder,
    /// Reported it.
    Reporter,
}

/// Who can hold a right at all.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum HeldBy {
    /// Staff whose role names it.
    Staff,
    /// Whoever showed at least so much proof that the report is theirs.
    Reporter(Sight),
    /// Whoever is signed in to an account: for that account alone.
    Account,
}

/// One line of the policy: who may use a right, by how they stand to the report.
pub struct Rule {
    pub right: Right,
    pub relations: &'static [Relation],
    pub held_by: HeldBy,
}

const fn staff(right: Right, relations: &'static [Relation]) -> Rule {
    Rule { right, relations, held_by: HeldBy::Staff }
}

const fn own(right: Right, sight: Sight) -> Rule {
    Rule { right, relations: &[Relation::Reporter], held_by: HeldBy::Reporter(sight) }
}

const fn account(right: Right) -> Rule {
    Rule { right, relations: &[], held_by: HeldBy::Account }
}

use Relation::{Asked, Former, Holder};

/// The one policy table. A right that is not here is nobody's.
pub const TABLE: &[Rule] = &[
    staff(Right::FileAsAnother, &[]),
    staff(Right::FileAnonymously, &[]),
    staff(Right::FileAsAgency, &[]),
    staff(Right::SeeQueue, &[]),
    staff(Right::SeeReport, &[Asked, Former, Holder]),
    staff(Right::SeeContact, &[Holder]),
    staff(Right::SeeEvidence, &[Holder]),
    staff(Right::SeeRestricted, &[Holder]),
    staff(Right::SeePeople, &[Holder]),
    staff(Right::SeeHistory, &[Holder]),
    staff(Right::Acknowledge, &[Holder]),
    staff(Right::Assign, &[Holder]),
    staff(Right::SetPriority, &[Holder]),
    staff(Right::KeepShortlist, &[Holder]),
    staff(Right::Inspect, &[Holder]),
    staff(Right::SetStage, &[Holder]),
    staff(Right::AskResident, &[Holder]),
    staff(Right::Note, &[Holder]),
    staff(Right::AddFile, &[Holder]),
    staff(Right::RedactFile, &[Holder]),
    staff(Right::Moderate, &[Holder]),
    staff(Right::MarkPrivate, &[Holder]),
    staff(Right::EditReport, &[Holder]),
    staff(Right::ChangeService, &[Holder]),
    staff(Right::Retain, &[Holder, Former]),
    staff(Right::Transfer, &[Holder]),
    staff(Right::DecideTransfer, &[Asked]),
    staff(Right::Close, &[Holder]),
    staff(Right::Reopen, &[Holder]),
    staff(Right::Assess, &[Holder]),
    staff(Right::RecordCrime, &[Holder]),
    staff(Right::CancelCrime, &[Holder]),
    staff(Right::AnswerReview, &[Holder]),
    staff(Right::RecordPayment, &[Holder]),
    staff(Right::RefundPayment, &[Holder]),
    staff(Right::SeeMeasures, &[]),
    staff(Right::SeeDashboard, &[]),
    staff(Right::SeeDeliveries, &[Holder]),
    staff(Right::RetryDelivery, &[Holder]),
    staff(Right::ManageStaff, &[]),
    staff(Right::EditNeighbourhood, &[]),
    staff(Right::EditTemplates, &[]),
    staff(Right::EditServices, &[]),
    staff(Right::EditMessages, &[]),
    own(Right::FollowOwn, Sight::Whole),
    own(Right::FollowShort, Sight::Short),
    own(Right::AddWords, Sight::Short),
    own(Right::PayOwn, Sight::Whole),
    own(Right::ChangeBooking, Sight::Whole),
    own(Right::WithdrawOwn, Sight::Whole),
    own(Right::CorrectOwn, Sight::Whole),
    own(Right::AskReview, Sight::Whole),
    own(Right::GiveFeedback, Sight::Whole),
    own(Right::SeeOwnStage, Sight::Stage),
    account(Right::KeepAccount),
    account(Right::Remark),
];

fn rule(right: Right) -> Result<&'static Rule, NotFound> {
    TABLE.iter().find(|rule| rule.right == right).ok_or(NotFound)
}

/// Does the actor hold the right at all? The first line of every function that touches a person's data.
pub fn hold(actor: &Actor, right: Right) -> Result<(), NotFound> {
    let rule = rule(right)?;
    let held = match (actor, rule.held_by) {
        (Actor::House(_), _) => true,
        (Actor::Staff(staff), HeldBy::Staff) => staff.rights.contains(&right),
        (Actor::Resident(resident), HeldBy::Reporter(least)) => resident.sight >= least,
        (Actor::Account(_), HeldBy::Account) => true,
        _ => false,
    };
    if held { Ok(()) } else { Err(NotFound) }
}

/// May the actor use the right on a report to which they stand like this?
pub fn allow(actor: &Actor, right: Right, relation: Relation) -> Result<(), NotFound> {
    hold(actor, right)?;
    let stands = matches!(actor, Actor::House(_)) || rule(right)?.relations.contains(&relation);
    if stands { Ok(()) } else { Err(NotFound) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Resident, Staff};
    use std::collections::BTreeSet;
    use uuid::Uuid;

    const RELATIONS: [Relation; 5] =
        [Relation::Stranger, Relation::Asked, Relation::Former, Relation::Holder, Relation::Reporter];

    fn staff_with(rights: &[Right]) -> Actor {
        Actor::Staff(Staff {
            id: Uuid::nil(),
            name: "Robin Example".into(),
            agency: "anywhere".into(),
            teams: vec![],
            rights: rights.iter().copied().collect::<BTreeSet<_>>(),
            remit: Default::default(),
        })
    }

    #[test]
    fn every_right_has_exactly_one_rule() {
        for right in Right::ALL {
            assert_eq!(TABLE.iter().filter(|rule| rule.right == *right).count(), 1, "{right}");
        }
    }

    #[test]
    fn a_stranger_may_do_nothing_with_a_report() {
        let all = staff_with(Right::ALL);
        for right in Right::ALL {
            assert_eq!(allow(&all, *right, Relation::Stranger), Err(NotFound), "{right}");
            for relation in RELATIONS {
                assert_eq!(allow(&Actor::Anonymous, *right, relation), Err(NotFound), "{right}");
            }
        }
    }

    #[test]
    fn staff_without_a_right_do_not_have_it_however_they_stand() {
        let none = staff_with(&[]);
        for right in Right::ALL {
            for relation in RELATIONS {
                assert_eq!(allow(&none, *right, relation), Err(NotFound), "{right}");
            }
        }
    }

    #[test]
    fn staff_never_act_as_the_reporter() {
        let all = staff_with(Right::ALL);
        for right in TABLE.iter().filter(|rule| rule.held_by != HeldBy::Staff).map(|rule| rule.right) {
            assert_eq!(allow(&all, right, Relation::Reporter), Err(NotFound));
        }
    }

    #[test]
    fn a_code_alone_opens_the_stage_and_nothing_else() {
        let by_code = Actor::Resident(Resident { report: Uuid::nil(), sight: Sight::Stage });
        for right in Right::ALL {
            let may = allow(&by_code, *right, Relation::Reporter).is_ok();
            assert_eq!(may, *right == Right::SeeOwnStage, "{right}");
        }
    }

    #[test]
    fn a_witness_sees_the_shorter_view_and_may_add_to_it() {
        let witness = Actor::Resident(Resident { report: Uuid::nil(), sight: Sight::Short });
        for right in Right::ALL {
            let may = allow(&witness, *right, Relation::Reporter).is_ok();
            assert_eq!(may, matches!(right, Right::SeeOwnStage | Right::FollowShort | Right::AddWords), "{right}");
        }
    }

    #[test]
    fn whoever_is_signed_in_keeps_their_account_and_says_something_in_public_and_no_more() {
        let signed_in = Actor::Account(Uuid::nil());
        for right in Right::ALL {
            let may = matches!(right, Right::KeepAccount | Right::Remark);
            assert_eq!(hold(&signed_in, *right).is_ok(), may, "{right}");
            for relation in RELATIONS {
                assert_eq!(allow(&signed_in, *right, relation), Err(NotFound), "{right}");
            }
        }
    }

    #[test]
    fn an_agency_that_was_only_asked_may_look_and_decide_and_no_more() {
        let all = staff_with(Right::ALL);
        for right in Right::ALL {
            let may = allow(&all, *right, Relation::Asked).is_ok();
            assert_eq!(may, matches!(right, Right::SeeReport | Right::DecideTransfer), "{right}");
        }
    }
}
