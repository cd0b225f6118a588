//! How a public report of an agency lives: data that council C-9, C-49 and C-54 ask for.

use crate::source::Faults;
use crate::tree::{Node, Reader};

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Publication {
    /// Days in which a reporter can show that their address is theirs.
    pub confirm_days: u32,
    /// Days after it was closed in which its reporter can open it again.
    pub reopen_days: u32,
    /// Metres from a report within which staff may say that another one is the same; none: they may not (C-66).
    pub duplicate_within: Option<u32>,
    /// So often one origin may say in an hour that something should not be public.
    pub objections_an_hour: u32,
    /// Words, in small letters, that a person looks at before they are shown.
    pub held_words: Vec<String>,
    pub source: String,
}

pub(super) fn read(node: &Node, faults: &mut Faults) -> Option<Publication> {
    let mut reader = Reader::of(node, "[publication]", faults)?;
    let mut count = |key: &'static str, faults: &mut Faults| {
        let number = reader.number::<u32>(key, faults).filter(|n| *n > 0);
        if number.is_none() {
            faults.add(node.line, format_args!("[publication] needs `{key}`, from 1 on"));
        }
        number.unwrap_or(1)
    };
    let (confirm_days, reopen_days) = (count("confirm_days", faults), count("reopen_days", faults));
    let publication = Publication {
        confirm_days,
        reopen_days,
        objections_an_hour: count("objections_an_hour", faults),
        duplicate_within: reader.number("duplicate_within", faults),
        held_words: reader.texts("held_words", faults),
        source: reader.need_text("source", faults),
    };
    if publication.held_words.iter().any(|word| word.chars().any(|c| !c.is_alphanumeric() || c.is_uppercase())) {
        faults.add(reader.line_of("held_words"), "`held_words` of [publication] are single words in small letters");
    }
    reader.close(faults);
    Some(publication)
}
