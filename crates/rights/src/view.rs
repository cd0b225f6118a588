use crate::{Actor, Relation, Right};
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// A field group of the view table (J-26). What is not in the table is not served (J-28).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Group {
    /// Category, status, coarse time, area, who leads.
    Summary,
    /// The exact place.
    Place,
    /// The victim's, witness's or reporter's account.
    Account,
    /// Answers kept as evidence (C-17).
    Evidence,
    /// Answers marked special or restricted.
    Restricted,
    /// Who reported, and how to reach them.
    Contact,
}

pub type Groups = BTreeSet<Group>;

impl Group {
    pub const ALL: [Group; 6] =
        [Group::Summary, Group::Place, Group::Account, Group::Evidence, Group::Restricted, Group::Contact];

    /// The name as it is stored and sent in forms.
    pub const fn name(self) -> &'static str {
        match self {
            Group::Summary => "summary",
            Group::Place => "place",
            Group::Account => "account",
            Group::Evidence => "evidence",
            Group::Restricted => "restricted",
            Group::Contact => "contact",
        }
    }

    pub fn from_name(name: &str) -> Option<Group> {
        Group::ALL.into_iter().find(|group| group.name() == name)
    }
}

/// Group, the right it needs, and how an agency must stand to the report to see it.
pub const VIEWS: &[(Group, Right, &[Relation])] = &[
    (Group::Summary, Right::SeeReport, &[Relation::Asked, Relation::Former, Relation::Holder]),
    (Group::Place, Right::SeeReport, &[Relation::Holder]),
    (Group::Account, Right::SeeReport, &[Relation::Holder]),
    (Group::Evidence, Right::SeeEvidence, &[Relation::Holder]),
    (Group::Restricted, Right::SeeRestricted, &[Relation::Holder]),
    (Group::Contact, Right::SeeContact, &[Relation::Holder]),
];

/// The groups the actor sees: those of the table, of the actor's rights and of what was shared with the agency.
///
/// `shared` is what the agency's own part of the report holds: all groups where the resident sent it to that agency,
/// those ticked where another agency handed it over (C-17, J-13). The summary travels always.
pub fn groups_seen(actor: &Actor, relation: Relation, shared: &Groups) -> Groups {
    VIEWS
        .iter()
        .filter(|(group, right, relations)| {
            let travelled = *group == Group::Summary || shared.contains(group);
            travelled && relations.contains(&relation) && crate::hold(actor, *right).is_ok()
        })
        .map(|(group, _, _)| *group)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Staff;
    use uuid::Uuid;

    fn staff_with(rights: &[Right]) -> Actor {
        Actor::Staff(Staff {
            id: Uuid::nil(),
            name: "Robin Example".into(),
            agency: "anywhere".into(),
            teams: vec![],
            rights: rights.iter().copied().collect(),
            remit: Default::default(),
        })
    }

    #[test]
    fn every_cell_of_the_view_table_is_served_or_absent_as_drawn() {
        let everything: Groups = Group::ALL.into_iter().collect();
        for relation in [Relation::Stranger, Relation::Asked, Relation::Former, Relation::Holder] {
            let seen = groups_seen(&staff_with(Right::ALL), relation, &everything);
            for group in Group::ALL {
                let drawn = VIEWS.iter().any(|(g, _, relations)| *g == group && relations.contains(&relation));
                assert_eq!(seen.contains(&group), drawn, "{group:?} for {relation:?}");
            }
        }
    }

    #[test]
    fn a_group_that_was_not_shared_is_not_seen() {
        let shared: Groups = [Group::Summary, Group::Account].into();
        let seen = groups_seen(&staff_with(Right::ALL), Relation::Holder, &shared);
        assert_eq!(seen, shared);
    }

    #[test]
    fn evidence_contact_and_restricted_answers_each_need_their_own_right() {
        let everything: Groups = Group::ALL.into_iter().collect();
        let seen = groups_seen(&staff_with(&[Right::SeeReport]), Relation::Holder, &everything);
        assert_eq!(seen, [Group::Summary, Group::Place, Group::Account].into());
    }
}
