use super::condition;
use crate::Lead;
use crate::check::is_word;
use crate::source::Faults;
use crate::tree::{Node, Reader};

pub(super) fn list(nodes: Vec<&Node>, faults: &mut Faults) -> Vec<Lead> {
    nodes.into_iter().filter_map(|node| one(node, faults)).collect()
}

/// `[[lead]]`: a condition on any of the questions, the kind of agency that leads, and the kinds that help it.
fn one(node: &Node, faults: &mut Faults) -> Option<Lead> {
    let mut reader = Reader::of(node, "a lead", faults)?;
    let id = reader.need_text("id", faults);
    reader.what = format!("lead `{id}`");
    if !id.is_empty() && !is_word(&id) {
        faults
            .add(reader.line_of("id"), format_args!("`{id}` is not the id of a lead: small letters, figures and `_`"));
    }
    let lead = Lead {
        when: reader.take("when").and_then(|node| condition::read(node, faults)),
        lead: reader.need_text("lead", faults),
        assist: reader.texts("assist", faults),
        line: reader.line,
        id,
    };
    reader.close(faults);
    Some(lead)
}
