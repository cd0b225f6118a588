//! Spans: what one request or one task did, and how long each part took (OpenTelemetry).
//!
//! A trace is begun by whoever begins the work ([`Tracer::begin`]), or not at all: then nothing is measured and nothing
//! kept. Inside it [`within`] makes a child of whatever span is running on this thread, so that a crate below need not be
//! told which.

mod here;
mod otlp;
mod parent;
mod span;
mod tracer;
mod wire;

pub use here::{child, within};
pub use otlp::encode;
pub use parent::Parent;
pub use span::{Ended, Kind, Span, Word};
pub use tracer::{Root, Tracer};
