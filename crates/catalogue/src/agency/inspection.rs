use crate::source::Faults;
use crate::tree::{Node, Reader};

/// A kind of damage that inspectors find (C-65, C-68).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DefectType {
    pub id: String,
    pub name: String,
    /// Services it is a defect of, or patterns of them.
    pub services: Vec<String>,
}

impl DefectType {
    pub fn is_for(&self, service: &str) -> bool {
        self.services.iter().any(|pattern| super::names(pattern, service))
    }
}

/// What traffic needs while the work is done.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TrafficManagement {
    pub id: String,
    pub name: String,
}

pub(super) fn defect_type(node: &Node, faults: &mut Faults) -> Option<DefectType> {
    let mut reader = Reader::of(node, "a defect type", faults)?;
    let defect = DefectType {
        id: reader.need_text("id", faults),
        name: reader.need_text("name", faults),
        services: reader.texts("services", faults),
    };
    reader.close(faults);
    Some(defect)
}

pub(super) fn traffic_management(node: &Node, faults: &mut Faults) -> Option<TrafficManagement> {
    let mut reader = Reader::of(node, "traffic management", faults)?;
    let traffic = TrafficManagement { id: reader.need_text("id", faults), name: reader.need_text("name", faults) };
    reader.close(faults);
    Some(traffic)
}
