//! The server engine: a pool of synchronous connections, each on a thread of its own.

mod transaction;
mod value;

use super::{Statements, Tx};
use crate::{Error, Result};
use futures_channel::oneshot;
use postgres::{Client, IsolationLevel, NoTls, Statement};
use std::{
    collections::HashMap,
    panic::{AssertUnwindSafe, catch_unwind},
    sync::{
        Arc, Mutex,
        atomic::{AtomicU64, Ordering::Relaxed},
        mpsc,
    },
};

pub(super) use transaction::Server;
use transaction::Transaction;
pub(super) use value::{cell, error};

/// Connections of one node.
const CONNECTIONS: usize = 16;
/// How often a job runs again after a conflict (40001, 40P01), or after the connection was lost before the commit.
const TRIES: usize = 8;

type Task = Box<dyn FnOnce(&mut Connection) + Send>;

pub(super) struct Pool {
    tasks: mpsc::Sender<Task>,
    counts: Arc<AtomicU64>,
}

struct Connection {
    url: String,
    client: Option<Client>,
    /// The client is of no use any more, though it may not know it yet.
    lost: bool,
    prepared: HashMap<String, Statement>,
    statements: Statements,
    counts: Arc<AtomicU64>,
}

impl Pool {
    pub fn open(url: &str, statements: Statements) -> Result<Pool> {
        let (tasks, queue) = mpsc::channel::<Task>();
        let queue = Arc::new(Mutex::new(queue));
        let counts = Arc::new(AtomicU64::new(0));
        // The first connection is made now, so that a wrong address stops the start; on a thread of its own, since the
        // driver panics where the caller is an async worker.
        let first = std::thread::scope(|scope| scope.spawn(|| connect(url)).join())
            .map_err(|_| Error::Gone("no connection".into()))?;
        let mut first = Some(first?);
        for n in 0..CONNECTIONS {
            let mut connection = Connection {
                url: url.to_owned(),
                client: first.take(),
                lost: false,
                prepared: HashMap::new(),
                statements: statements.clone(),
                counts: counts.clone(),
            };
            let queue = queue.clone();
            std::thread::Builder::new()
                .name(format!("store-{n}"))
                .spawn(move || {
                    loop {
                        let task = match queue.lock() {
                            Ok(queue) => queue.recv(),
                            Err(_) => return,
                        };
                        match task {
                            Ok(task) => task(&mut connection),
                            Err(_) => return,
                        }
                    }
                })
                .map_err(|e| Error::Other(e.to_string()))?;
        }
        Ok(Pool { tasks, counts })
    }

    pub fn commits(&self) -> (u64, u64) {
        let n = self.counts.load(Relaxed);
        (n, n)
    }

    pub async fn read<T, E, F>(&self, job: F) -> std::result::Result<T, E>
    where
        F: FnOnce(&mut Tx) -> std::result::Result<T, E> + Send + 'static,
        T: Send + 'static,
        E: From<Error> + Send + 'static,
    {
        self.on_a_thread(move |connection| connection.snapshot(job)).await
    }

    pub async fn write<T, E, F>(&self, mut job: F) -> std::result::Result<T, E>
    where
        F: FnMut(&mut Tx) -> std::result::Result<T, E> + Send + 'static,
        T: Send + 'static,
        E: From<Error> + Send + 'static,
    {
        self.on_a_thread(move |connection| connection.transact(&mut job)).await
    }

    async fn on_a_thread<T, E>(
        &self,
        job: impl FnOnce(&mut Connection) -> std::result::Result<T, E> + Send + 'static,
    ) -> std::result::Result<T, E>
    where
        T: Send + 'static,
        E: From<Error> + Send + 'static,
    {
        let (reply, answer) = oneshot::channel();
        let task: Task = Box::new(move |connection| {
            let _ = reply.send(job(connection));
        });
        self.tasks.send(task).map_err(|_| Error::Gone("the pool has stopped".into()))?;
        answer.await.unwrap_or_else(|_| Err(Error::Gone("the pool has stopped".into()).into()))
    }
}

fn connect(url: &str) -> Result<Client> {
    let wants_tls = url.contains("sslmode=require") || url.contains("sslmode=verify");
    let client = if wants_tls {
        let roots = rustls::RootCertStore::from_iter(webpki_roots::TLS_SERVER_ROOTS.iter().cloned());
        let config = rustls::ClientConfig::builder().with_root_certificates(roots).with_no_client_auth();
        Client::connect(url, tokio_postgres_rustls::MakeRustlsConnect::new(config))
    } else {
        Client::connect(url, NoTls)
    };
    let mut client = client.map_err(error)?;
    // Whatever the server's own setting: an answered write is on its disk.
    client.batch_execute("SET synchronous_commit TO on").map_err(error)?;
    Ok(client)
}

impl Connection {
    fn client(&mut self) -> Result<&mut Client> {
        if self.lost || self.client.as_ref().is_none_or(Client::is_closed) {
            self.prepared.clear();
            self.client = Some(connect(&self.url)?);
            self.lost = false;
        }
        self.client.as_mut().ok_or_else(|| Error::Gone("no connection".into()))
    }

    fn snapshot<T, E: From<Error>>(
        &mut self,
        job: impl FnOnce(&mut Tx) -> std::result::Result<T, E>,
    ) -> std::result::Result<T, E> {
        let statements = self.statements.clone();
        let mut tries = 0;
        loop {
            tries += 1;
            self.client()?;
            let Some(client) = self.client.as_mut() else { return Err(Error::Gone("no connection".into()).into()) };
            let begun = client
                .build_transaction()
                .isolation_level(IsolationLevel::RepeatableRead)
                .read_only(true)
                .start()
                .map_err(error);
            let begun = match begun {
                Ok(begun) => begun,
                // The server was restarted while the connection lay idle.
                Err(Error::Gone(_)) if tries < TRIES => {
                    self.lost = true;
                    continue;
                }
                Err(e) => return Err(e.into()),
            };
            let mut transaction = Transaction::new(begun, &mut self.prepared, &statements, false);
            return worked(&mut transaction, job);
        }
    }

    fn transact<T, E: From<Error>>(
        &mut self,
        job: &mut dyn FnMut(&mut Tx) -> std::result::Result<T, E>,
    ) -> std::result::Result<T, E> {
        let mut tries = 0;
        loop {
            tries += 1;
            match self.attempt(job)? {
                Attempt::Done(done) => return done,
                Attempt::Again(_) if tries < TRIES => continue,
                Attempt::Again(why) => return Err(why.into()),
            }
        }
    }

    fn attempt<T, E: From<Error>>(
        &mut self,
        job: &mut dyn FnMut(&mut Tx) -> std::result::Result<T, E>,
    ) -> Result<Attempt<std::result::Result<T, E>>> {
        let statements = self.statements.clone();
        self.client()?;
        let Some(client) = self.client.as_mut() else { return Err(Error::Gone("no connection".into())) };
        let begun = match client.transaction().map_err(error) {
            Ok(begun) => begun,
            // The server was restarted while the connection lay idle; nothing has been done yet.
            Err(why @ Error::Gone(_)) => {
                self.lost = true;
                return Ok(Attempt::Again(why));
            }
            Err(e) => return Err(e),
        };
        let mut transaction = Transaction::new(begun, &mut self.prepared, &statements, true);
        let done = worked(&mut transaction, job);
        if done.is_err() {
            // What stopped the transaction makes every later statement fail, so the job's own error says nothing.
            let Some(why) = transaction.stopped else { return Ok(Attempt::Done(done)) };
            self.lost = matches!(why, Error::Gone(_));
            return Ok(Attempt::Again(why));
        }
        match transaction.inner.commit() {
            Ok(()) => {
                self.counts.fetch_add(1, Relaxed);
                Ok(Attempt::Done(done))
            }
            Err(e) => match error(e) {
                Error::Conflict => Ok(Attempt::Again(Error::Conflict)),
                other => Err(other),
            },
        }
    }
}

fn worked<T, E: From<Error>>(
    transaction: &mut Transaction,
    job: impl FnOnce(&mut Tx) -> std::result::Result<T, E>,
) -> std::result::Result<T, E> {
    catch_unwind(AssertUnwindSafe(|| {
        let mut tx = Tx::new(super::Inner::Pg(transaction));
        let done = job(&mut tx);
        tx.end(done)
    }))
    .unwrap_or_else(|_| Err(Error::Panicked.into()))
}

enum Attempt<T> {
    Done(T),
    /// Nothing was kept and the job may run again, with what stopped it.
    Again(Error),
}
