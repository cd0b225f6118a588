//! Which traces are kept, and where ended spans wait.

use super::{
    Ended, Parent, Span,
    span::{Kind, Thread},
};
use crate::{Count, Family, Reading, Source};
use std::sync::{Arc, Mutex, PoisonError};

/// Ended spans that may wait to be taken: about a megabyte. What comes beyond is dropped and counted.
const MOST: usize = 8_192;

const SPANS: Family = Family::counter(
    "moothall_spans",
    "Spans that ended, by what became of them: sent to the collector, lost on the way to it, or dropped because too many waited",
);

/// Cheap to clone; all clones share one queue.
#[derive(Clone, Debug)]
pub struct Tracer(Arc<Inner>);

#[derive(Debug)]
struct Inner {
    /// A trace is kept where the last 56 bits of its id are below this.
    below: u64,
    waiting: Mutex<Vec<Ended>>,
    dropped: Count,
    sent: Count,
    lost: Count,
}

/// How a trace begins.
#[derive(Clone, Copy, Debug)]
pub struct Root {
    pub name: (&'static str, &'static str),
    pub kind: Kind,
    /// The id under which the log knows this work. It becomes the trace's own, so that one is found by the other.
    pub id: [u8; 16],
    /// Microseconds since 1970.
    pub at: i64,
    /// Where it was begun elsewhere, by somebody whom we believe.
    pub parent: Option<Parent>,
}

impl Tracer {
    /// Keeps this share of the traces that are begun here, 0 to 1.
    pub fn new(ratio: f64) -> Tracer {
        // The last seven bytes of an id are random, of a UUIDv7 too (OpenTelemetry, consistent probability sampling).
        let below = (ratio.clamp(0.0, 1.0) * (1_u64 << 56) as f64) as u64;
        let counts = (Count::new(), Count::new(), Count::new());
        let waiting = Mutex::new(Vec::new());
        Tracer(Arc::new(Inner { below, waiting, dropped: counts.0, sent: counts.1, lost: counts.2 }))
    }

    /// Begins a trace, where this one is among those that are kept. One begun elsewhere is kept where it is kept there.
    pub fn begin(&self, root: Root) -> Option<Span> {
        let [.., a, b, c, d, e, f, g] = root.id;
        let chance = u64::from_be_bytes([0, a, b, c, d, e, f, g]);
        let kept = root.parent.map_or(chance < self.0.below, |parent| parent.sampled);
        kept.then(|| Thread::begin(self.clone(), root))
    }

    pub(super) fn keep(&self, span: Ended) {
        let mut waiting = self.0.waiting.lock().unwrap_or_else(PoisonError::into_inner);
        if waiting.len() < MOST {
            waiting.push(span);
        } else {
            self.0.dropped.one();
        }
    }

    /// Takes everything that waits.
    pub fn take(&self) -> Vec<Ended> {
        std::mem::take(&mut *self.0.waiting.lock().unwrap_or_else(PoisonError::into_inner))
    }

    /// Spans that reached the collector.
    pub fn sent(&self, n: usize) {
        self.0.sent.add(n as u64);
    }

    /// Spans that were taken and did not reach the collector.
    pub fn lost(&self, n: usize) {
        self.0.lost.add(n as u64);
    }
}

impl Source for Tracer {
    fn readings(&self, out: &mut Vec<Reading>) {
        let fates = [("sent", &self.0.sent), ("lost", &self.0.lost), ("dropped", &self.0.dropped)];
        out.extend(fates.map(|(fate, count)| SPANS.is(&[("fate", fate)], count.get())));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn root(id: [u8; 16]) -> Root {
        Root { name: ("test", ""), kind: Kind::Internal, id, at: 0, parent: None }
    }

    /// The share of ids, spread evenly, that are kept.
    fn share(ratio: f64) -> usize {
        let tracer = Tracer::new(ratio);
        let kept = |n: &u8| {
            let mut id = [1; 16];
            id[9] = *n;
            tracer.begin(root(id)).is_some()
        };
        (0..=255_u8).filter(kept).count()
    }

    #[test]
    fn the_share_asked_for_is_kept() {
        assert_eq!((share(0.0), share(0.25), share(1.0)), (0, 64, 256));
        assert_eq!((share(-1.0), share(7.0), share(f64::NAN)), (0, 256, 0));
    }

    #[test]
    fn a_trace_begun_elsewhere_is_kept_where_it_is_kept_there() {
        let parent = |sampled| Some(Parent { trace: 7, span: 8, sampled });
        assert!(Tracer::new(0.0).begin(Root { parent: parent(true), ..root([1; 16]) }).is_some());
        assert!(Tracer::new(1.0).begin(Root { parent: parent(false), ..root([1; 16]) }).is_none());
    }

    #[test]
    fn what_is_too_much_is_dropped_and_counted() {
        let tracer = Tracer::new(1.0);
        for _ in 0..MOST + 3 {
            drop(tracer.begin(root([1; 16])));
        }
        assert_eq!(tracer.take().len(), MOST);
        let mut out = Vec::new();
        tracer.sent(2);
        tracer.lost(1);
        tracer.readings(&mut out);
        let values: Vec<_> = out.iter().map(|reading| reading.value.clone()).collect();
        assert_eq!(values, [2_u64.into(), 1_u64.into(), 3_u64.into()]);
    }
}
