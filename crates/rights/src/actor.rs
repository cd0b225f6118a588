use crate::Right;
use std::collections::BTreeSet;
use uuid::Uuid;

/// Who is acting. Made at the door (`web`, `courier`, a command), never deeper in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Actor {
    /// Nobody we know: a visitor without a session.
    Anonymous,
    /// Somebody who showed that one report is theirs.
    Resident(Resident),
    /// Somebody who is signed in to an account of their own, by its id.
    Account(Uuid),
    /// A signed-in member of an agency's staff.
    Staff(Staff),
    /// Moothall itself: the courier, a clock, an import. The name says which.
    House(&'static str),
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Resident {
    pub report: Uuid,
    pub sight: Sight,
}

/// How much of the report the proof given opens (P-59, P-91).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Sight {
    /// The stage and nothing else.
    Stage,
    /// The stage, what was asked, one's own files: for a witness or a third party (P-88).
    Short,
    /// The report as its reporter may see it.
    Whole,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Staff {
    pub id: Uuid,
    /// The name shown to colleagues.
    pub name: String,
    pub agency: String,
    pub teams: Vec<String>,
    pub rights: BTreeSet<Right>,
    pub remit: Remit,
}

/// What of the work of the agency somebody is limited to (C-75); none: to nothing, an empty list leaves nothing. What lies outside
/// of it is, for them, not found.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Remit {
    pub services: Option<BTreeSet<String>>,
    /// Codes of wards. What has no place lies in none.
    pub wards: Option<BTreeSet<String>>,
}

impl Remit {
    pub fn holds_service(&self, service: &str) -> bool {
        self.services.as_ref().is_none_or(|all| all.contains(service))
    }

    pub fn holds_ward(&self, ward: Option<&str>) -> bool {
        self.wards.as_ref().is_none_or(|all| ward.is_some_and(|ward| all.contains(ward)))
    }
}

impl Actor {
    /// The agency the actor works for.
    pub fn agency(&self) -> Option<&str> {
        match self {
            Actor::Staff(staff) => Some(&staff.agency),
            _ => None,
        }
    }

    pub fn staff(&self) -> Option<&Staff> {
        match self {
            Actor::Staff(staff) => Some(staff),
            _ => None,
        }
    }

    /// The kind of actor as the journal names it.
    pub fn kind(&self) -> &'static str {
        match self {
            Actor::Anonymous => "anonymous",
            Actor::Resident(_) | Actor::Account(_) => "resident",
            Actor::Staff(_) => "staff",
            Actor::House(_) => "house",
        }
    }
}
