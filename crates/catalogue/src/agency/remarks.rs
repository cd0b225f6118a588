//! What other people may say of a public report of an agency, and when nobody may any more (C-48).

use super::Offer;
use crate::answer::named;
use crate::source::Faults;
use crate::tree::{Node, Reader};

named! {
    /// To whom updates are closed.
    ClosedTo {
        /// Everybody but staff.
        All = "all",
        /// Everybody but its reporter and staff.
        Others = "others",
    }
}

/// What other people may say of a public report; without it, nothing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Remarks {
    /// So many people who say that it is fixed put that before staff.
    pub fixed: u32,
    /// The outcome with which it ends where its reporter says so; none: that is a claim like others.
    pub by_reporter: Option<String>,
    pub closing: Closing,
    /// Photos that one may hold; 0: none.
    pub photos: u8,
    pub source: String,
}

/// Where updates are closed; of a service where it says so, else of the agency.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Closing {
    pub to: Option<ClosedTo>,
    /// To everybody but staff so many days after the report was closed.
    pub after_days: Option<u32>,
}

impl Remarks {
    pub fn closing(&self, offer: Option<&Offer>) -> Closing {
        let own = offer.map(|offer| offer.remarks).unwrap_or_default();
        Closing { to: own.to.or(self.closing.to), after_days: own.after_days.or(self.closing.after_days) }
    }
}

/// `remarks_closed = "all"` or `"others"`, and `remarks_days = 30`.
pub(super) fn closing(reader: &mut Reader, faults: &mut Faults) -> Closing {
    let line = reader.line_of("remarks_closed");
    let word = reader.text("remarks_closed", faults);
    let to = word.as_deref().and_then(ClosedTo::from_name);
    if let (Some(word), None) = (&word, to) {
        faults.add(line, format_args!("`{word}` is none of {}", ClosedTo::NAMES.join(", ")));
    }
    Closing { to, after_days: reader.number("remarks_days", faults) }
}

pub(super) fn read(node: &Node, faults: &mut Faults) -> Option<Remarks> {
    let mut reader = Reader::of(node, "[remarks]", faults)?;
    let fixed = reader.number::<u32>("fixed", faults).filter(|n| *n > 0);
    if fixed.is_none() {
        faults.add(node.line, "[remarks] needs `fixed`, from 1 on");
    }
    let remarks = Remarks {
        fixed: fixed.unwrap_or(1),
        by_reporter: reader.text("by_reporter", faults),
        closing: closing(&mut reader, faults),
        photos: reader.number("photos", faults).unwrap_or(0),
        source: reader.need_text("source", faults),
    };
    reader.close(faults);
    Some(remarks)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(text: &str) -> (Option<Remarks>, String) {
        let mut faults = Faults::of("x.toml");
        let node = Node::parse(text, &mut faults);
        let read = read(&node, &mut faults);
        (read, faults.done().iter().map(ToString::to_string).collect())
    }

    #[test]
    fn updates_are_open_unless_the_data_close_them() {
        let (open, faults) = of("fixed = 2\nsource = \"x\"");
        let open = open.unwrap();
        assert_eq!((open.closing, open.photos, faults.as_str()), (Closing::default(), 0, ""));
        assert_eq!(of("fixed = 2\nphotos = 3\nsource = \"x\"").0.unwrap().photos, 3);
        let (shut, _) = of("fixed = 2\nremarks_closed = \"others\"\nremarks_days = 30\nsource = \"x\"");
        let closing = Closing { to: Some(ClosedTo::Others), after_days: Some(30) };
        assert_eq!(shut.unwrap().closing(None), closing);
        assert!(of("fixed = 2\nremarks_closed = \"some\"\nsource = \"x\"").1.contains("all, others"));
    }
}
