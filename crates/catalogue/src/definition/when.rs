use super::condition;
use crate::When;
use crate::source::Faults;
use crate::tree::{Node, Reader};

pub(crate) const EFFECTS: [&str; 12] = [
    "stop",
    "flag",
    "priority",
    "notice",
    "timer",
    "recipient",
    "type",
    "sensitive",
    "anonymous",
    "share_contact",
    "short_view",
    "preset",
];

/// `[[question.when]]`: one test of the answer, perhaps `and` a condition on others, and what it sets off.
pub(super) fn read(node: &Node, question: &str, faults: &mut Faults) -> Option<When> {
    let mut reader = Reader::of(node, format!("a `when` of `{question}`"), faults)?;
    if !EFFECTS.iter().any(|effect| reader.has(effect)) {
        faults.add(node.line, format_args!("{} sets nothing off", reader.what));
    }
    let test = condition::test(&mut reader, faults);
    let when = When {
        and: reader.take("and").and_then(|node| condition::read(node, faults)),
        stop: reader.text("stop", faults),
        flags: reader.text("flag", faults).into_iter().collect(),
        priority: super::priority(&mut reader, faults),
        notice: reader.text("notice", faults),
        timer: reader.text("timer", faults),
        recipient: reader.text("recipient", faults),
        type_code: reader.text("type", faults),
        sensitive: reader.flag("sensitive", faults),
        anonymous: reader.flag("anonymous", faults),
        share_contact: reader.flag("share_contact", faults),
        short_view: reader.flag("short_view", faults),
        preset: reader.pairs("preset", faults).into_iter().map(|(_, id, option)| (id, option)).collect(),
        test: test.clone().unwrap_or(crate::Test::Answered),
        line: node.line,
    };
    reader.close(faults);
    test.map(|_| when)
}
