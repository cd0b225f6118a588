//! How an agency works cases of complaints (C-18 to C-27): what staff may do in one, when one closes by itself.

use super::{Agency, Ward};
use crate::answer::named;
use crate::source::Faults;
use crate::tree::{Node, Reader};

named! {
    /// Who reads that something was done in a case.
    Visibility {
        /// Complainants too; never its note.
        Public = "public",
        Staff = "staff",
        /// Staff who open the history.
        Internal = "internal",
    }
}
named! {
    /// What an action does to the case itself. Such an action may not be back-dated (C-24).
    Effect {
        Close = "close",
        Reopen = "reopen",
        /// Written where staff edit a case, merge it or take it apart.
        Edit = "edit",
        /// Written with the log of a visit.
        Visit = "visit",
    }
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cases {
    /// How long the author of a note may edit it.
    pub edit_minutes: u32,
    /// A case of one complaint that was never merged closes after so many days …
    pub close_days: u32,
    /// … and its complainant is told so many days before.
    pub notice_days: u32,
    /// The outcome by which it closes then.
    pub outcome: String,
    /// What its complainant reads before, and what they read when it has closed.
    pub closing: String,
    pub closed: String,
    /// Files that its reporter may add to the report of a complaint (C-25).
    pub files: u32,
    /// Who listened for less is warned (C-27).
    pub short_visit_minutes: u32,
    pub source: String,
}

/// A type of action of the agency's list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ActionType {
    pub id: String,
    pub name: String,
    pub visibility: Visibility,
    /// It stands first in the list.
    pub common: bool,
    /// A notice is served by it: the case is marked from then on.
    pub serves_notice: bool,
    pub effect: Option<Effect>,
}

pub(super) fn cases(node: &Node, faults: &mut Faults) -> Option<Cases> {
    let mut reader = Reader::of(node, "[case]", faults)?;
    let mut number = |key: &'static str, faults: &mut Faults| {
        if !reader.has(key) {
            reader.missing(key, faults);
        }
        reader.number(key, faults).unwrap_or(0)
    };
    let edit_minutes = number("edit_minutes", faults);
    let (close_days, notice_days) = (number("close_days", faults), number("notice_days", faults));
    let short_visit_minutes = number("short_visit_minutes", faults);
    let files = number("files", faults);
    let cases = Cases {
        edit_minutes,
        close_days,
        notice_days,
        files,
        short_visit_minutes,
        outcome: reader.need_text("outcome", faults),
        closing: reader.need_text("closing", faults),
        closed: reader.need_text("closed", faults),
        source: reader.need_text("source", faults),
    };
    if cases.notice_days == 0 || cases.notice_days >= cases.close_days {
        faults.add(reader.line, "`notice_days` of [case] lie before `close_days`");
    }
    reader.close(faults);
    Some(cases)
}

pub(super) fn action(node: &Node, faults: &mut Faults) -> Option<ActionType> {
    let mut reader = Reader::of(node, "an action", faults)?;
    let id = reader.need_text("id", faults);
    reader.what = format!("action `{id}`");
    if !reader.has("visibility") {
        reader.missing("visibility", faults);
    }
    let action = ActionType {
        id,
        name: reader.need_text("name", faults),
        visibility: reader
            .word("visibility", Visibility::from_name, Visibility::NAMES, faults)
            .unwrap_or(Visibility::Internal),
        common: reader.flag("common", faults),
        serves_notice: reader.flag("serves_notice", faults),
        effect: reader.word("effect", Effect::from_name, Effect::NAMES, faults),
    };
    reader.close(faults);
    Some(action)
}

pub(super) fn ward(node: &Node, faults: &mut Faults) -> Option<Ward> {
    let mut reader = Reader::of(node, "a ward", faults)?;
    let ward = Ward {
        id: reader.need_text("id", faults),
        name: reader.need_text("name", faults),
        team: reader.text("team", faults),
    };
    reader.close(faults);
    Some(ward)
}

pub(super) fn check(agency: &Agency, faults: &mut Faults) {
    for ward in &agency.wards {
        if let Some(team) = ward.team.as_ref().filter(|team| agency.team(team).is_none()) {
            faults.add(0, format_args!("ward `{}` names team `{team}`, which it does not have", ward.id));
        }
    }
    let Some(cases) = &agency.cases else { return };
    if agency.outcome(&cases.outcome).is_none() {
        faults.add(0, format_args!("[case] names outcome `{}`, which it does not have", cases.outcome));
    }
    for effect in Effect::ALL {
        let count = agency.actions.iter().filter(|action| action.effect == Some(*effect)).count();
        if count != 1 {
            faults.add(0, format_args!("{count} actions have the effect `{}`; one must", effect.name()));
        }
    }
    // That a case was merged or worked on with others in mind is nothing a complainant reads (C-22).
    let told = |action: &&crate::ActionType| action.effect.is_some() && action.visibility == Visibility::Public;
    for action in agency.actions.iter().filter(told) {
        faults.add(0, format_args!("action `{}` changes the case and may not be public", action.id));
    }
}
