use crate::source::Faults;
use crate::tree::{Node, Reader};

/// How soon a report is worked, in the agency's words (C-68): 1 is the most urgent, 9 the least.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Priority {
    pub id: String,
    pub name: String,
    pub priority: i64,
    pub source: String,
}

pub(super) fn priority(node: &Node, faults: &mut Faults) -> Option<Priority> {
    let mut reader = Reader::of(node, "a priority", faults)?;
    let number = reader.number("priority", faults);
    let priority = Priority {
        id: reader.need_text("id", faults),
        name: reader.need_text("name", faults),
        priority: number.unwrap_or(0),
        source: reader.need_text("source", faults),
    };
    if !(1..=9).contains(&priority.priority) {
        faults.add(node.line, "a priority has a number from 1 to 9");
    }
    reader.close(faults);
    Some(priority)
}
