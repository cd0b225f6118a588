//! What the words of an Open311 update come to at an agency (C-87).

use super::{Agency, Core};
use crate::answer::named;
use crate::source::Faults;
use crate::tree::{Node, Reader};

named! {
    /// The words, as UK systems send them in any case, with `_` or a space.
    UpdateWord {
        Open = "open",
        Investigating = "investigating",
        ForTriage = "for_triage",
        ActionScheduled = "action_scheduled",
        Planned = "planned",
        InProgress = "in_progress",
        Reopen = "reopen",
        Fixed = "fixed",
        NotCouncilsResponsibility = "not_councils_responsibility",
        NoFurtherAction = "no_further_action",
        Duplicate = "duplicate",
        InternalReferral = "internal_referral",
        Cancelled = "cancelled",
        Closed = "closed",
        /// The state stays as it is.
        Unchanged = "unchanged",
    }
}

impl UpdateWord {
    pub fn read(text: &str) -> Option<UpdateWord> {
        UpdateWord::from_name(&text.trim().to_ascii_lowercase().replace(' ', "_"))
    }
}

/// A row of the table: a word, and the stage or the outcome it comes to. Of several rows for a word the first is meant; of
/// several for a stage or an outcome the first is said.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Update {
    pub word: UpdateWord,
    pub to: UpdateTo,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum UpdateTo {
    Stage(String),
    Outcome(String),
}

/// Reads `[[update]]`, once the stages and outcomes of the agency are known.
pub(super) fn update(node: &Node, agency: &Agency, faults: &mut Faults) -> Option<Update> {
    let mut reader = Reader::of(node, "an update", faults)?;
    if !reader.has("word") {
        reader.missing("word", faults);
    }
    let word = reader.word("word", UpdateWord::from_name, UpdateWord::NAMES, faults);
    let (stage, outcome) = (reader.text("stage", faults), reader.text("outcome", faults));
    let line = reader.line;
    reader.close(faults);
    let ends = |core: Core| matches!(core, Core::Closed | Core::Withdrawn | Core::WithOtherAgency);
    let to = match (stage, outcome) {
        (Some(stage), None) => {
            if agency.stage(&stage).is_none_or(|stage| ends(stage.core)) {
                faults.add(line, format_args!("an update comes to `{stage}`, which is no stage that is open"));
            }
            UpdateTo::Stage(stage)
        }
        (None, Some(outcome)) => {
            if agency.outcome(&outcome).is_none() {
                faults.add(line, format_args!("an update comes to `{outcome}`, which is no outcome"));
            }
            UpdateTo::Outcome(outcome)
        }
        _ => {
            faults.add(line, "an update comes to a `stage` or to an `outcome`");
            return None;
        }
    };
    Some(Update { word: word?, to })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_is_read_in_any_case_with_a_space_or_without() {
        for text in ["in_progress", "IN PROGRESS", " In_Progress "] {
            assert_eq!(UpdateWord::read(text), Some(UpdateWord::InProgress), "{text}");
        }
        assert_eq!([UpdateWord::read("banana"), UpdateWord::read("")], [None, None]);
    }
}
