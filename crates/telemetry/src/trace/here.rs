//! The span that runs on this thread.

use super::{Kind, Span, span::Thread};
use std::{cell::RefCell, future::poll_fn, pin::pin, sync::Arc};

struct Here {
    thread: Arc<Thread>,
    span: u64,
}

thread_local! {
    static HERE: RefCell<Option<Here>> = const { RefCell::new(None) };
}

/// Puts back what ran before.
pub struct Entered(Option<Here>);

pub(super) fn enter(span: &Span) -> Entered {
    Entered(HERE.replace(Some(Here { thread: span.thread.clone(), span: span.id })))
}

impl Drop for Entered {
    fn drop(&mut self) {
        HERE.set(self.0.take());
    }
}

/// A span below the one that runs on this thread; none where none runs.
pub fn child(name: &'static str, kind: Kind) -> Option<Span> {
    HERE.with_borrow(|here| here.as_ref().map(|here| Span::below(&here.thread, here.span, name, kind)))
}

/// Runs `work` in a span below the one that runs here; where none runs, just runs it. `note` says what there is to say of
/// it when it is done.
pub async fn within<T>(
    name: &'static str,
    kind: Kind,
    work: impl Future<Output = T>,
    note: impl FnOnce(&mut Span, &T),
) -> T {
    let mut span = child(name, kind);
    // One path for both cases: the state of `work` is kept once.
    let mut work = pin!(work);
    let done = poll_fn(|context| {
        let _entered = span.as_ref().map(Span::enter);
        work.as_mut().poll(context)
    })
    .await;
    if let Some(span) = &mut span {
        note(span, &done);
    }
    done
}

#[cfg(test)]
mod tests {
    use super::super::{Root, Tracer};
    use super::*;
    use std::{
        future::ready,
        task::{Context, Poll, Waker},
    };

    fn root(tracer: &Tracer) -> Span {
        let id = [7; 16];
        tracer.begin(Root { name: ("root", ""), kind: Kind::Server, id, at: 1_000, parent: None }).unwrap()
    }

    /// Nothing here waits.
    fn now<T>(work: impl Future<Output = T>) -> T {
        match pin!(work).poll(&mut Context::from_waker(Waker::noop())) {
            Poll::Ready(done) => done,
            Poll::Pending => panic!("it waits"),
        }
    }

    #[test]
    fn where_nothing_runs_no_span_is_made() {
        assert!(child("a", Kind::Client).is_none());
        assert_eq!(now(within("a", Kind::Client, ready(5), |_, _| panic!("no span"))), 5);
    }

    #[test]
    fn a_child_stands_below_the_span_that_runs_and_its_own_below_it() {
        let tracer = Tracer::new(1.0);
        let span = root(&tracer);
        let inner = within("inner", Kind::Client, ready(()), |_, _| ());
        now(span.around(within("outer", Kind::Internal, inner, |span, ()| span.note("n", 3))));
        assert!(child("after", Kind::Client).is_none(), "what ran is put back");
        drop(span);
        let ended = tracer.take();
        let [inner, outer, root] = &ended[..] else { panic!("{ended:?}") };
        assert_eq!((inner.parent, outer.parent, root.parent), (outer.id, root.id, 0));
        assert!(ended.iter().all(|span| span.trace == u128::from_be_bytes([7; 16]) && span.ended >= span.began));
        assert_eq!((root.began / 1_000_000, outer.words.len()), (1, 1));
        assert_ne!(inner.id, outer.id);
    }

    #[test]
    fn work_that_is_broken_off_ends_its_span() {
        let tracer = Tracer::new(1.0);
        let span = root(&tracer);
        let mut work = Box::pin(span.around(within("waits", Kind::Client, std::future::pending::<()>(), |_, ()| ())));
        assert!(work.as_mut().poll(&mut Context::from_waker(Waker::noop())).is_pending());
        assert!(child("outside", Kind::Client).is_none(), "between two polls nothing of it runs here");
        drop(work);
        assert_eq!(tracer.take()[0].name, ("waits", ""));
    }
}
