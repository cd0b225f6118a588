//! An agency's own back office that speaks Open311 (C-90): how it wants to be spoken to. Where it lies, and its key, are the
//! configuration's; without them nothing is sent.

use super::Agency;
use crate::answer::named;
use crate::source::Faults;
use crate::tree::{Node, Reader};
use crate::{Catalogue, Question};

named! {
    OfficeFormat {
        Xml = "xml",
        Json = "json",
    }
}

named! {
    /// Which of its ids an update names a report by.
    KnownBy {
        /// The id it gave: `service_request_id`.
        Theirs = "service_request_id",
        CustomerReference = "customer_reference",
    }
}

named! {
    /// How what it says of reports is read (C-92, C-93).
    Heard {
        /// `GET servicerequestupdates`
        Updates = "updates",
        /// `status_notes` of `GET requests`: for systems without updates.
        Notes = "notes",
    }
}

named! {
    OfficePhotos {
        None = "none",
        /// Addresses of those that everybody may see; of a report that has no public page the pictures themselves.
        Links = "links",
        /// The pictures themselves.
        Uploads = "uploads",
    }
}

/// How often it is asked, in minutes, unless its file says otherwise; and how far back each time (C-92).
const EVERY: u32 = 5;
const OVERLAP: u32 = 120;
/// A back office is not asked more often than that, nor less than daily.
const EVERY_MINUTES: std::ops::RangeInclusive<u32> = 1..=1_440;
/// Up to four weeks.
const OVERLAP_MINUTES: std::ops::RangeInclusive<u32> = 5..=40_320;

/// `[office]`
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Office {
    /// Sent as `jurisdiction_id` where there is one.
    pub jurisdiction: Option<String>,
    pub format: OfficeFormat,
    /// It knows more words for a state than open and closed.
    pub extended: bool,
    pub photos: OfficePhotos,
    pub known_by: KnownBy,
    pub heard: Heard,
    pub every_minutes: u32,
    pub overlap_minutes: u32,
    /// Name, e-mail and telephone of those who may be reached by them at any time go with a report.
    pub contact: bool,
    /// What goes there: a service that is not listed does not.
    pub codes: Vec<ServiceCode>,
    /// Reports that were made there are asked for too (C-92).
    pub reports: bool,
    /// The service of reports that were made there under a code that is in no row; without one they wait for staff.
    pub other: Option<String>,
    pub attributes: Vec<AttributeCode>,
    pub source: String,
}

/// A service, and what it is called there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ServiceCode {
    pub service: String,
    pub code: String,
}

/// An answer that goes as an attribute, and what its options are called there where that differs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AttributeCode {
    pub service: String,
    pub question: String,
    pub code: String,
    pub values: Vec<(String, String)>,
}

impl Office {
    pub fn code(&self, service: &str) -> Option<&str> {
        self.codes.iter().find(|row| row.service == service).map(|row| row.code.as_str())
    }

    /// What a report is here that was made there under this code.
    pub fn service(&self, code: &str) -> Option<&str> {
        let known = self.codes.iter().find(|row| row.code == code).map(|row| row.service.as_str());
        known.or(self.other.as_deref())
    }
}

pub(super) fn office(node: &Node, faults: &mut Faults) -> Option<Office> {
    let mut reader = Reader::of(node, "[office]", faults)?;
    let mut minutes = |key: &'static str, plain: u32, may: std::ops::RangeInclusive<u32>, faults: &mut Faults| {
        let said = reader.number::<u32>(key, faults).unwrap_or(plain);
        if !may.contains(&said) {
            faults.add(reader.line_of(key), format_args!("`{key}` of [office] is {} to {}", may.start(), may.end()));
        }
        said
    };
    let every_minutes = minutes("every_minutes", EVERY, EVERY_MINUTES, faults);
    let overlap_minutes = minutes("overlap_minutes", OVERLAP, OVERLAP_MINUTES, faults);
    let format = reader.word("format", OfficeFormat::from_name, OfficeFormat::NAMES, faults);
    let photos = reader.word("photos", OfficePhotos::from_name, OfficePhotos::NAMES, faults);
    let known_by = reader.word("known_by", KnownBy::from_name, KnownBy::NAMES, faults);
    let heard = reader.word("heard", Heard::from_name, Heard::NAMES, faults);
    let office = Office {
        jurisdiction: reader.text("jurisdiction", faults),
        format: format.unwrap_or(OfficeFormat::Xml),
        extended: reader.flag("extended", faults),
        photos: photos.unwrap_or(OfficePhotos::None),
        known_by: known_by.unwrap_or(KnownBy::Theirs),
        heard: heard.unwrap_or(Heard::Updates),
        every_minutes,
        overlap_minutes,
        contact: reader.flag("contact", faults),
        reports: reader.flag("reports", faults),
        other: reader.text("other", faults),
        codes: reader.tables("code", faults).into_iter().filter_map(|node| code(node, faults)).collect(),
        attributes: reader.tables("attribute", faults).into_iter().filter_map(|node| attribute(node, faults)).collect(),
        source: reader.need_text("source", faults),
    };
    if office.codes.is_empty() {
        reader.missing("code", faults);
    }
    reader.close(faults);
    Some(office)
}

fn code(node: &Node, faults: &mut Faults) -> Option<ServiceCode> {
    let mut reader = Reader::of(node, "a code of [office]", faults)?;
    let code = ServiceCode { service: reader.need_text("service", faults), code: reader.need_text("code", faults) };
    reader.close(faults);
    Some(code)
}

fn attribute(node: &Node, faults: &mut Faults) -> Option<AttributeCode> {
    let mut reader = Reader::of(node, "an attribute of [office]", faults)?;
    let attribute = AttributeCode {
        service: reader.need_text("service", faults),
        question: reader.need_text("question", faults),
        code: reader.need_text("code", faults),
        values: reader.pairs("values", faults).into_iter().map(|(_, ours, theirs)| (ours, theirs)).collect(),
    };
    reader.close(faults);
    Some(attribute)
}

/// What goes there is offered here, each by one name.
pub(super) fn check(agency: &Agency, catalogue: &Catalogue, faults: &mut Faults) {
    let Some(office) = &agency.office else { return };
    for (n, row) in office.codes.iter().enumerate() {
        if agency.offer(&row.service).is_none() {
            faults.add(0, format_args!("[office] names `{}`, which the agency does not offer", row.service));
        }
        if office.codes[..n].iter().any(|before| before.service == row.service || before.code == row.code) {
            faults.add(0, format_args!("[office] names `{}` or its code twice", row.service));
        }
    }
    if let Some(other) = office.other.as_ref().filter(|other| agency.offer(other).is_none()) {
        faults.add(0, format_args!("[office] names `{other}`, which the agency does not offer"));
    }
    if let Some(row) = office.attributes.iter().find(|row| office.code(&row.service).is_none()) {
        faults.add(0, format_args!("[office] has an attribute of `{}`, which does not go there", row.service));
    }
    let goes = |row: &&AttributeCode| {
        let service = catalogue.service(&row.service);
        service.is_none_or(|service| service.question(&row.question).is_some_and(Question::may_leave))
    };
    if let Some(row) = office.attributes.iter().find(|row| !goes(row)) {
        faults.add(
            0,
            format_args!("[office] sends `{}`, which is no question of its service or never leaves", row.question),
        );
    }
    if agency.updates.is_empty() {
        faults.add(0, "[office] needs `[[update]]`: what its words come to");
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> (Option<Office>, Vec<String>) {
        let mut faults = Faults::of("agencies/a.toml");
        let node = Node::parse(text, &mut faults);
        let office = office(&node, &mut faults);
        (office, faults.done().into_iter().map(|fault| fault.reason).collect())
    }

    #[test]
    fn what_it_does_not_say_is_as_the_standard_has_it() {
        let (office, faults) = read("source = \"s\"\n[[code]]\nservice = \"a\"\ncode = \"A1\"\n");
        let office = office.unwrap();
        assert_eq!((faults, office.code("a"), office.code("b")), (vec![], Some("A1"), None));
        assert_eq!((office.every_minutes, office.overlap_minutes), (5, 120));
        assert_eq!(
            (office.format, office.heard, office.known_by),
            (OfficeFormat::Xml, Heard::Updates, KnownBy::Theirs)
        );
    }

    #[test]
    fn what_it_says_wrongly_is_named() {
        let (_, faults) = read("every_minutes = 0\nformat = \"csv\"\nkey = \"secret\"\nsource = \"s\"\n");
        for part in ["every_minutes", "`format` of [office] is `csv`", "unknown key `key`", "no `code`"] {
            assert!(faults.iter().any(|fault| fault.contains(part)), "{part}: {faults:?}");
        }
    }
}
