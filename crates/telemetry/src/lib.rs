//! What an operator may see of a running house: counters, durations and spans. It depends on nothing, and by its types it can
//! hold no personal detail: every name and every word of a label or a span is `&'static str`, so nothing that came in while
//! the program ran can be one. What is not a word is a number.
//!
//! - [`Count`], [`Level`] and [`Spread`] stand in the crate that counts; each is an atomic or a few, and asks for no lock.
//! - A [`Source`] gives them out as [`Reading`]s. Nobody here knows in which format they are shown.
//! - A [`Tracer`] keeps ended spans until somebody takes them; [`encode`] writes them as OTLP. Nobody here sends them.

mod count;
mod reading;
mod spread;
mod stopwatch;
mod trace;

pub use count::{Count, Held, Level};
pub use reading::{Family, Label, Reading, Shape, Source, Unit, Value};
pub use spread::{BOUNDS, Spread, Spreading};
pub use stopwatch::Stopwatch;
pub use trace::{Ended, Kind, Parent, Root, Span, Tracer, Word, child, encode, within};
