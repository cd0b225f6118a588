//! Flags that answers set tell of those answers: who may not read the answer does not read the flag (J-27), and a hand-over passes
//! only those of what was shared (C-17, J-13).

use super::{answers::part_of, files, mark::names};
use crate::Setting;
use catalogue::{Kind, Question, Service};
use rights::{Actor, Group, Groups};
use serde_json::Value as Json;
use store::{answer::Part, report::Head};

/// Questions whose answers may have set it; none where no answer did. One that two of them set may be of either.
fn setters<'s>(service: &'s Service, flag: &str) -> Vec<&'s Question> {
    let sets = |question: &&Question| question.when.iter().any(|when| when.flags.iter().any(|one| one == flag));
    service.questions.iter().filter(sets).collect()
}

/// Those that this person may read, of the answers that were given to a definition.
pub(super) fn seen(actor: &Actor, setting: &Setting, definition: &str, flags: &Json) -> Vec<String> {
    let service = setting.definition(definition);
    let may = |question: &Question| rights::hold(actor, part_of(question).right()).is_ok();
    let all_may = |flag: &String| service.as_ref().is_none_or(|service| setters(service, flag).into_iter().all(may));
    names(flags).into_iter().filter(all_may).collect()
}

/// Those that go along with a hand-over: of answers that were shared, and of the land where the place was. What the house or
/// colleagues marked stays where it is.
pub(super) fn shared(setting: &Setting, head: &Head, groups: &Groups, flags: &Json) -> Vec<String> {
    let Some(service) = setting.definition(&head.definition) else { return Vec::new() };
    let given = files::parts_of(groups);
    let goes = |question: &Question| match question.kind {
        Kind::Person { .. } => groups.contains(&Group::Contact),
        _ => given.contains(&part_of(question)),
    };
    let is_of_land = |flag: &str| {
        let mut layers = setting.catalogue.agencies().iter().flat_map(|agency| &agency.layers);
        given.contains(&Part::Place) && layers.any(|layer| layer.id == flag)
    };
    let kept = |flag: &String| match setters(&service, flag) {
        none if none.is_empty() => is_of_land(flag),
        all => all.into_iter().all(goes),
    };
    names(flags).into_iter().filter(kept).collect()
}
