//! Numbers to call, by why a journey stops.

use catalogue::StopKind;

/// Where it leads, and its words.
pub type Call = (&'static str, &'static str);

const CALL_999: Call = ("tel:999", "Call 999");
const CALL_101: Call = ("tel:101", "Call 101");

/// The most urgent first.
pub const fn of(kind: StopKind) -> &'static [Call] {
    match kind {
        StopKind::Emergency | StopKind::EmergencyFire => &[CALL_999],
        StopKind::Urgent101 => &[CALL_999, CALL_101],
        StopKind::Signpost | StopKind::Refusal | StopKind::Elsewhere => &[],
    }
}
