//! What a collection is put out in, and what it looks like (C-35).

use super::Bins;
use crate::answer::named;
use crate::source::Faults;
use crate::tree::{Node, Reader};

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Container {
    pub id: String,
    /// The kind of collection that this row is for; None: every kind that has no row of its own.
    pub kind: Option<String>,
    pub name: String,
    pub look: Option<ContainerLook>,
}

/// Enough to draw it. What a colour means stands in the name too: not everybody sees colours.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ContainerLook {
    pub shape: ContainerShape,
    pub colour: String,
    /// Where it differs.
    pub lid: Option<String>,
}

named! {
    ContainerShape { WheeledBin = "wheeled_bin", OpenBox = "box", Bag = "bag", Caddy = "caddy" }
}

impl Bins {
    /// The row of this kind of collection before the one of all kinds.
    pub fn container(&self, kind: &str, id: &str) -> Option<&Container> {
        let mut rows = self.containers.iter().filter(|row| row.id == id);
        let own = rows.clone().find(|row| row.kind.as_deref() == Some(kind));
        own.or_else(|| rows.find(|row| row.kind.is_none()))
    }
}

pub(super) fn container(node: &Node, faults: &mut Faults) -> Option<Container> {
    let mut reader = Reader::of(node, "a container of [bins]", faults)?;
    let id = reader.need_text("id", faults);
    let (kind, name) = (reader.text("kind", faults), reader.need_text("name", faults));
    let look = reader.has("shape").then(|| look(&mut reader, faults)).flatten();
    reader.close(faults);
    Some(Container { id, kind, name, look })
}

fn look(reader: &mut Reader, faults: &mut Faults) -> Option<ContainerLook> {
    let shape = reader.word("shape", ContainerShape::from_name, ContainerShape::NAMES, faults);
    if !reader.has("colour") {
        reader.missing("colour", faults);
    }
    let (colour, lid) = (colour("colour", reader, faults), colour("lid", reader, faults));
    Some(ContainerLook { shape: shape?, colour: colour?, lid })
}

/// `#rrggbb`, and nothing else that a drawing might read.
fn colour(key: &'static str, reader: &mut Reader, faults: &mut Faults) -> Option<String> {
    let line = reader.line_of(key);
    let text = reader.text(key, faults)?;
    let digits = text.strip_prefix('#').filter(|digits| digits.len() == 6);
    if digits.is_some_and(|digits| digits.bytes().all(|digit| matches!(digit, b'0'..=b'9' | b'a'..=b'f'))) {
        return Some(text);
    }
    faults.add(line, format_args!("`{key}` of a container is `{text}`; it is written like #1d70b8"));
    None
}
