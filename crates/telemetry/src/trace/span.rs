use super::{Root, Tracer, here};
use crate::Stopwatch;
use std::{
    future::poll_fn,
    pin::pin,
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering::Relaxed},
    },
    time::Duration,
};

/// As OpenTelemetry numbers them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    Internal = 1,
    Server = 2,
    Client = 3,
}

/// What may be said of a span: a word of the program's own, or a number. Never a text that came in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Word {
    Text(&'static str),
    Number(i64),
}

impl From<&'static str> for Word {
    fn from(text: &'static str) -> Word {
        Word::Text(text)
    }
}

impl From<i64> for Word {
    fn from(number: i64) -> Word {
        Word::Number(number)
    }
}

/// What all spans of a trace share. Its clock is read once; all else is time passed since.
#[derive(Debug)]
pub(super) struct Thread {
    tracer: Tracer,
    trace: u128,
    first: u64,
    began_at: u64,
    watch: Stopwatch,
    children: AtomicU64,
}

/// A span that is running. It ends when it is dropped, also where its work is broken off.
#[derive(Debug)]
pub struct Span {
    pub(super) thread: Arc<Thread>,
    pub(super) id: u64,
    parent: u64,
    name: (&'static str, &'static str),
    kind: Kind,
    began: Duration,
    words: Vec<(&'static str, Word)>,
    failed: bool,
}

/// A span that ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ended {
    pub trace: u128,
    pub id: u64,
    /// 0 where it has none.
    pub parent: u64,
    /// One or two words; the second may be empty.
    pub name: (&'static str, &'static str),
    pub kind: Kind,
    /// Nanoseconds since 1970.
    pub began: u64,
    pub ended: u64,
    pub words: Vec<(&'static str, Word)>,
    pub failed: bool,
}

impl Thread {
    /// The span's id is the end of the work's id, wherever the trace was begun: the log's id always finds it.
    pub fn begin(tracer: Tracer, root: Root) -> Span {
        let id = u128::from_be_bytes(root.id);
        let first = id as u64;
        let thread = Thread {
            tracer,
            trace: root.parent.map_or(id, |parent| parent.trace),
            first,
            began_at: root.at.max(0).unsigned_abs().saturating_mul(1_000),
            watch: Stopwatch::start(),
            children: AtomicU64::new(0),
        };
        let parent = root.parent.map_or(0, |parent| parent.span);
        Span::of(Arc::new(thread), first, parent, root.name, root.kind)
    }

    /// Ids that differ within a trace, and in all likelihood between traces: SplitMix64 from the first one on.
    fn next(&self) -> u64 {
        let n = self.children.fetch_add(1, Relaxed) + 1;
        let mut z = self.first.wrapping_add(n.wrapping_mul(0x9e37_79b9_7f4a_7c15));
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        // An id of nothing but zeros is none.
        (z ^ (z >> 31)).max(1)
    }
}

impl Span {
    fn of(thread: Arc<Thread>, id: u64, parent: u64, name: (&'static str, &'static str), kind: Kind) -> Span {
        let began = thread.watch.elapsed();
        Span { thread, id, parent, name, kind, began, words: Vec::new(), failed: false }
    }

    pub(super) fn below(thread: &Arc<Thread>, parent: u64, name: &'static str, kind: Kind) -> Span {
        Span::of(thread.clone(), thread.next(), parent, (name, ""), kind)
    }

    pub fn note(&mut self, key: &'static str, word: impl Into<Word>) {
        self.words.push((key, word.into()));
    }

    /// It came to a fault of ours.
    pub fn fail(&mut self) {
        self.failed = true;
    }

    /// This span is the one that runs on this thread, until the answer is dropped.
    pub fn enter(&self) -> here::Entered {
        here::enter(self)
    }

    /// Runs `work` as part of this span: what it begins is below it.
    pub async fn around<T>(&self, work: impl Future<Output = T>) -> T {
        let mut work = pin!(work);
        poll_fn(|context| {
            let _entered = self.enter();
            work.as_mut().poll(context)
        })
        .await
    }
}

impl Drop for Span {
    fn drop(&mut self) {
        let thread = &self.thread;
        let at =
            |passed: Duration| thread.began_at.saturating_add(u64::try_from(passed.as_nanos()).unwrap_or(u64::MAX));
        thread.tracer.keep(Ended {
            trace: thread.trace,
            id: self.id,
            parent: self.parent,
            name: self.name,
            kind: self.kind,
            began: at(self.began),
            ended: at(thread.watch.elapsed()),
            words: std::mem::take(&mut self.words),
            failed: self.failed,
        });
    }
}
