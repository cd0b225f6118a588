//! A fresh, migrated database on either engine, thrown away at the end of the test.

use std::{
    future::Future,
    io::Write,
    pin::pin,
    process,
    sync::{
        Arc, Once,
        atomic::{AtomicU64, Ordering::Relaxed},
    },
    task::{Context, Poll, Wake, Waker},
    thread::{self, Thread},
};
use store::{Db, Error, Tx};

/// One test on both engines: `on_both!(a_sentence, |fresh| { … })`.
macro_rules! on_both {
    ($name:ident, |$fresh:ident| $body:block) => {
        mod $name {
            #[allow(unused_imports)]
            use super::*;
            fn case($fresh: &$crate::engine::Fresh) $body
            #[test]
            fn sqlite() {
                case(&$crate::engine::Fresh::sqlite());
            }
            #[test]
            fn postgres() {
                if let Some(fresh) = $crate::engine::Fresh::postgres() {
                    case(&fresh);
                }
            }
        }
    };
}

pub struct Fresh {
    pub db: Db,
    pub place: store::DatabasePlace,
    keep: Keep,
}

enum Keep {
    Folder(tempfile::TempDir),
    Database { server: String, name: String },
}

/// The server of the tests; `None` says so, and fails where `CI` is set.
pub fn server() -> Option<String> {
    let server = std::env::var("MOOTHALL_TEST_POSTGRES").ok().filter(|url| !url.is_empty());
    if server.is_none() {
        assert!(std::env::var_os("CI").is_none(), "MOOTHALL_TEST_POSTGRES must name a server where CI is set");
        static SAID: Once = Once::new();
        // Past the test harness, which shows nothing of a test that passes.
        SAID.call_once(|| {
            let _ = writeln!(std::io::stderr(), "skipped on PostgreSQL: MOOTHALL_TEST_POSTGRES names no server");
        });
    }
    server
}

/// The address of another database of the same server.
fn beside(server: &str, name: &str) -> String {
    let (address, options) = server.split_once('?').map_or((server, None), |(a, o)| (a, Some(o)));
    let after_scheme = address.find("://").map_or(0, |at| at + 3);
    let host = address[after_scheme..].find('/').map_or(address, |at| &address[..after_scheme + at]);
    options.map_or_else(|| format!("{host}/{name}"), |options| format!("{host}/{name}?{options}"))
}

pub fn admin(server: &str) -> postgres::Client {
    postgres::Client::connect(server, postgres::NoTls).expect("the server of MOOTHALL_TEST_POSTGRES answers")
}

impl Fresh {
    pub fn sqlite() -> Fresh {
        let fresh = Self::bare_sqlite();
        wait(fresh.db.migrate()).unwrap();
        fresh
    }

    pub fn postgres() -> Option<Fresh> {
        let fresh = Self::bare_postgres()?;
        wait(fresh.db.migrate()).unwrap();
        Some(fresh)
    }

    /// Without a schema.
    pub fn bare_sqlite() -> Fresh {
        let folder = tempfile::tempdir().unwrap();
        let place = store::DatabasePlace::File(folder.path().join("moothall.db"));
        Fresh { db: Db::open_watched(&place).unwrap(), place, keep: Keep::Folder(folder) }
    }

    pub fn bare_postgres() -> Option<Fresh> {
        static COUNT: AtomicU64 = AtomicU64::new(0);
        let server = server()?;
        let name = format!("contract_{}_{}", process::id(), COUNT.fetch_add(1, Relaxed));
        admin(&server)
            .batch_execute(&format!(
                "CREATE DATABASE {name} TEMPLATE template0 ENCODING 'UTF8' LC_COLLATE 'C' LC_CTYPE 'C'"
            ))
            .unwrap();
        let place = store::DatabasePlace::parse(&beside(&server, &name));
        Some(Fresh { db: Db::open_watched(&place).unwrap(), place, keep: Keep::Database { server, name } })
    }

    pub fn folder(&self) -> &std::path::Path {
        match &self.keep {
            Keep::Folder(folder) => folder.path(),
            Keep::Database { .. } => panic!("a server has no folder here"),
        }
    }

    pub fn is_sqlite(&self) -> bool {
        self.db.embedded()
    }

    /// A client of its own beside the pool, for what only the server can do.
    pub fn client(&self) -> postgres::Client {
        match &self.place {
            store::DatabasePlace::Server(url) => admin(url),
            store::DatabasePlace::File(_) => panic!("no server here"),
        }
    }

    pub fn write<T: Send + 'static>(
        &self,
        job: impl FnMut(&mut Tx) -> Result<T, Error> + Send + 'static,
    ) -> Result<T, Error> {
        wait(self.db.write(job))
    }

    pub fn read<T: Send + 'static>(
        &self,
        job: impl FnOnce(&mut Tx) -> Result<T, Error> + Send + 'static,
    ) -> Result<T, Error> {
        wait(self.db.read(job))
    }

    /// `n` callers at once, each with its number; their answers in order of the numbers.
    pub fn at_once<T: Send + 'static>(
        &self,
        n: usize,
        job: impl Fn(usize, &mut Tx) -> Result<T, Error> + Send + Sync + Clone + 'static,
    ) -> Vec<Result<T, Error>> {
        let start = Arc::new(std::sync::Barrier::new(n));
        let callers: Vec<_> = (0..n)
            .map(|i| {
                let (db, job, start) = (self.db.clone(), job.clone(), start.clone());
                thread::spawn(move || {
                    start.wait();
                    wait(db.write(move |tx| job(i, tx)))
                })
            })
            .collect();
        callers.into_iter().map(|caller| caller.join().unwrap()).collect()
    }
}

impl Drop for Fresh {
    fn drop(&mut self) {
        if let Keep::Database { server, name } = &self.keep {
            let _ = admin(server).batch_execute(&format!("DROP DATABASE {name} WITH (FORCE)"));
        }
    }
}

struct Unpark(Thread);

impl Wake for Unpark {
    fn wake(self: Arc<Self>) {
        self.0.unpark();
    }
}

/// Runs a future to its end on this thread: `store` needs no runtime.
pub fn wait<F: Future>(future: F) -> F::Output {
    let mut future = pin!(future);
    let waker = Waker::from(Arc::new(Unpark(thread::current())));
    let mut context = Context::from_waker(&waker);
    loop {
        match future.as_mut().poll(&mut context) {
            Poll::Ready(value) => return value,
            Poll::Pending => thread::park(),
        }
    }
}

/// Waits for what says nothing when it has come: a writer that blocks, a server that notices.
#[expect(clippy::disallowed_methods, reason = "another process is awaited, which cannot be asked")]
pub fn pause(milliseconds: u64) {
    thread::sleep(std::time::Duration::from_millis(milliseconds));
}

#[test]
fn a_database_beside_another_keeps_the_rest_of_the_address() {
    assert_eq!(beside("postgres://a@h:1/postgres", "x"), "postgres://a@h:1/x");
    assert_eq!(beside("postgres://a@h:1", "x"), "postgres://a@h:1/x");
    assert_eq!(beside("postgres:///postgres?host=/run/pg", "x"), "postgres:///x?host=/run/pg");
}
