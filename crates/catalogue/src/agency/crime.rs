use crate::source::Faults;
use crate::tree::{Node, Reader};

/// An offence class of the Home Office Counting Rules.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Offence {
    pub id: String,
    pub name: String,
}

/// A step of a case at court that a victim reads, such as the first hearing (P-95).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CourtStage {
    pub id: String,
    pub name: String,
}

/// What makes staff think of enhanced rights (P-66): flags of answers, and offence classes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Enhanced {
    pub flags: Vec<String>,
    pub offences: Vec<String>,
    pub source: String,
}

/// A category of the National Standard for Incident Recording (P-75).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Incident {
    pub id: String,
    pub name: String,
    /// Services it is suggested for: ids, or `prefix.*`.
    pub services: Vec<String>,
}

impl Incident {
    pub fn is_for(&self, service: &str) -> bool {
        self.services.iter().any(|pattern| super::names(pattern, service))
    }
}

/// A grade of how urgent a report is (P-65), with the priority it gives: 1 is the most urgent, 9 the least.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Grade {
    pub number: i64,
    pub name: String,
    pub priority: i64,
    pub source: String,
}

/// How a force numbers its crimes (P-74): its code, two digits of the year, a serial.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CrimeNumbers {
    pub prefix: String,
    /// Fewest and most digits of the serial.
    pub serial: (usize, usize),
    pub source: String,
}

impl CrimeNumbers {
    /// Reads a number as people write it, with strokes or spaces: the digits alone, if they make one.
    pub fn read(&self, typed: &str) -> Option<String> {
        let plain = |c: char| c.is_ascii_digit() || c.is_whitespace() || matches!(c, '/' | '-' | '.');
        if !typed.chars().all(plain) {
            return None;
        }
        let digits: String = typed.chars().filter(char::is_ascii_digit).collect();
        let serial = digits.strip_prefix(&self.prefix)?.get(2..)?;
        (self.serial.0..=self.serial.1).contains(&serial.len()).then_some(digits)
    }
}

pub(super) fn offence(node: &Node, faults: &mut Faults) -> Option<Offence> {
    let mut reader = Reader::of(node, "an offence", faults)?;
    let offence = Offence { id: reader.need_text("id", faults), name: reader.need_text("name", faults) };
    reader.close(faults);
    Some(offence)
}

pub(super) fn court(node: &Node, faults: &mut Faults) -> Option<CourtStage> {
    let mut reader = Reader::of(node, "a stage at court", faults)?;
    let stage = CourtStage { id: reader.need_text("id", faults), name: reader.need_text("name", faults) };
    reader.close(faults);
    Some(stage)
}

pub(super) fn enhanced(node: &Node, faults: &mut Faults) -> Option<Enhanced> {
    let mut reader = Reader::of(node, "[enhanced]", faults)?;
    let enhanced = Enhanced {
        flags: reader.texts("flags", faults),
        offences: reader.texts("offences", faults),
        source: reader.need_text("source", faults),
    };
    reader.close(faults);
    Some(enhanced)
}

pub(super) fn incident(node: &Node, faults: &mut Faults) -> Option<Incident> {
    let mut reader = Reader::of(node, "an incident", faults)?;
    let incident = Incident {
        id: reader.need_text("id", faults),
        name: reader.need_text("name", faults),
        services: reader.texts("services", faults),
    };
    reader.close(faults);
    Some(incident)
}

pub(super) fn grade(node: &Node, faults: &mut Faults) -> Option<Grade> {
    let mut reader = Reader::of(node, "a grade", faults)?;
    let (number, priority) = (reader.number("number", faults), reader.number("priority", faults));
    let grade = Grade {
        number: number.unwrap_or(0),
        name: reader.need_text("name", faults),
        priority: priority.unwrap_or(0),
        source: reader.need_text("source", faults),
    };
    if !(1..=4).contains(&grade.number) || !(1..=9).contains(&grade.priority) {
        faults.add(node.line, "a grade has a number from 1 to 4 and a priority from 1 to 9");
    }
    reader.close(faults);
    Some(grade)
}

pub(super) fn numbers(node: &Node, faults: &mut Faults) -> Option<CrimeNumbers> {
    let mut reader = Reader::of(node, "[crime_number]", faults)?;
    let (least, most) = (reader.number("serial_least", faults), reader.number("serial_most", faults));
    let numbers = CrimeNumbers {
        prefix: reader.need_text("prefix", faults),
        serial: (least.unwrap_or(1), most.unwrap_or(usize::MAX)),
        source: reader.need_text("source", faults),
    };
    if least.is_none() || most.is_none() {
        faults.add(node.line, "[crime_number] needs serial_least and serial_most");
    }
    reader.close(faults);
    Some(numbers)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn numbers() -> CrimeNumbers {
        CrimeNumbers { prefix: "52".into(), serial: (6, 7), source: String::new() }
    }

    #[test]
    fn a_number_is_the_same_however_it_is_written() {
        // PT-11.
        for typed in ["5224/012345", "5224 012345", "5224012345", " 52-24-012345 "] {
            assert_eq!(numbers().read(typed).as_deref(), Some("5224012345"), "{typed}");
        }
    }

    #[test]
    fn what_is_no_number_of_the_force_is_not_read() {
        for typed in ["", "52", "5224", "5224/01234", "5224/01234567", "4224/012345", "5224/O12345", "5224_012345"] {
            assert_eq!(numbers().read(typed), None, "{typed}");
        }
    }
}
