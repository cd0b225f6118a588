//! Numbers to call, by why a journey stops.

use super::Tongue;
use catalogue::StopKind;

/// Where it leads, and its words.
pub type Call = (&'static str, String);

/// The most urgent first.
pub fn of(kind: StopKind, tongue: &Tongue) -> Vec<Call> {
    let numbers: &[(&str, &str)] = match kind {
        StopKind::Emergency | StopKind::EmergencyFire => &[("tel:999", "999")],
        StopKind::Urgent101 => &[("tel:999", "999"), ("tel:101", "101")],
        StopKind::Signpost | StopKind::Refusal | StopKind::Elsewhere => &[],
    };
    numbers.iter().map(|(href, number)| (*href, tongue.fill("frame.call", &[("number", number)]))).collect()
}
