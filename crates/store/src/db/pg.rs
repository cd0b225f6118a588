//! The server engine: a pool of synchronous connections, each on a thread of its own.

mod transaction;
mod value;

use super::{Figures, Statements, Tx};
use crate::{Error, Result};
use futures_channel::oneshot;
use postgres::{Client, IsolationLevel, NoTls, Statement};
use std::{
    collections::HashMap,
    panic::{AssertUnwindSafe, catch_unwind},
    sync::{Arc, Mutex, mpsc},
};
use telemetry::Stopwatch;

pub(super) use transaction::Server;
use transaction::Transaction;
pub(super) use value::{cell, error};

/// Connections of one node.
pub(super) const CONNECTIONS: usize = 16;
/// How often a job runs again after a conflict (40001, 40P01), or after the connection was lost before the commit.
const TRIES: usize = 8;

type Task = Box<dyn FnOnce(&mut Connection) + Send>;

pub(super) struct Pool {
    tasks: mpsc::Sender<Task>,
    figures: Arc<Figures>,
}

struct Connection {
    url: String,
    client: Option<Client>,
    /// The client is of no use any more, though it may not know it yet.
    lost: bool,
    prepared: HashMap<String, Statement>,
    statements: Statements,
    figures: Arc<Figures>,
}

impl Pool {
    pub fn open(url: &str, statements: Statements, figures: Arc<Figures>) -> Result<Pool> {
        let (tasks, queue) = mpsc::channel::<Task>();
        let queue = Arc::new(Mutex::new(queue));
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
                figures: figures.clone(),
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
        Ok(Pool { tasks, figures })
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
        let since = Stopwatch::start();
        let task: Task = Box::new(move |connection| {
            let figures = connection.figures.clone();
            figures.waiting.down();
            figures.wait.took(since.elapsed());
            let _busy = figures.busy.held();
            let _ = reply.send(job(connection));
        });
        self.figures.waiting.up();
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
            self.client = Some(connect(&self.url).inspect_err(|error| self.figures.error(error))?);
            self.lost = false;
        }
        self.client.as_mut().ok_or_else(|| Error::Gone("no connection".into()))
    }

    fn snapshot<T, E: From<Error>>(
        &mut self,
        job: impl FnOnce(&mut Tx) -> std::result::Result<T, E>,
    ) -> std::result::Result<T, E> {
        let (statements, figures) = (self.statements.clone(), self.figures.clone());
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
                .map_err(error)
                .inspect_err(|error| figures.error(error));
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
            figures.reads.one();
            return worked(&mut transaction, &figures, job);
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
        let (statements, figures) = (self.statements.clone(), self.figures.clone());
        self.client()?;
        let Some(client) = self.client.as_mut() else { return Err(Error::Gone("no connection".into())) };
        let begun = match client.transaction().map_err(error).inspect_err(|error| figures.error(error)) {
            Ok(begun) => begun,
            // The server was restarted while the connection lay idle; nothing has been done yet.
            Err(why @ Error::Gone(_)) => {
                self.lost = true;
                return Ok(Attempt::Again(why));
            }
            Err(e) => return Err(e),
        };
        let mut transaction = Transaction::new(begun, &mut self.prepared, &statements, true);
        let done = worked(&mut transaction, &figures, job);
        if done.is_err() {
            // What stopped the transaction makes every later statement fail, so the job's own error says nothing.
            let Some(why) = transaction.stopped else { return Ok(Attempt::Done(done)) };
            self.lost = matches!(why, Error::Gone(_));
            return Ok(Attempt::Again(why));
        }
        match transaction.inner.commit() {
            Ok(()) => {
                self.figures.commits.one();
                self.figures.jobs.one();
                Ok(Attempt::Done(done))
            }
            Err(e) => {
                let why = error(e);
                self.figures.error(&why);
                match why {
                    Error::Conflict => Ok(Attempt::Again(Error::Conflict)),
                    other => Err(other),
                }
            }
        }
    }
}

fn worked<T, E: From<Error>>(
    transaction: &mut Transaction,
    figures: &Figures,
    job: impl FnOnce(&mut Tx) -> std::result::Result<T, E>,
) -> std::result::Result<T, E> {
    let mut tx = Tx::new(super::Inner::Pg(transaction));
    let done = catch_unwind(AssertUnwindSafe(|| {
        let done = job(&mut tx);
        tx.end(done)
    }));
    tx.fault.into_iter().for_each(|fault| figures.fault(fault));
    done.unwrap_or_else(|_| {
        figures.panics.one();
        Err(Error::Panicked.into())
    })
}

enum Attempt<T> {
    Done(T),
    /// Nothing was kept and the job may run again, with what stopped it.
    Again(Error),
}
