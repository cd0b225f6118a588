//! What an operator watches by: `/metrics` on a listener of its own, and spans on their way to a collector. Both are off until
//! the configuration names an address.

use crate::{command::serve::bind, config::Config};
use anyhow::Result;
use courier::Collector;
use std::sync::Arc;
use telemetry::{Source, Tracer};
use tokio::{net::TcpListener, sync::watch, task::JoinSet};
use web::App;

pub struct Watched {
    listener: Option<TcpListener>,
    collector: Option<Collector>,
}

impl Watched {
    /// Listens now, so that an address that is taken stops the start.
    pub async fn open(config: &Config) -> Result<Watched> {
        let listener = match config.metrics.listen {
            Some(listen) => {
                if !listen.ip().is_loopback() {
                    tracing::warn!(%listen, "whoever reaches this address reads the numbers: let only those who may");
                }
                Some(bind(listen).await?)
            }
            None => None,
        };
        let collector = match &config.traces.endpoint {
            Some(endpoint) => {
                let (tracer, version) = (Tracer::new(config.traces.ratio), env!("CARGO_PKG_VERSION"));
                Some(Collector::new(tracer, endpoint.parse()?, version))
            }
            None => None,
        };
        Ok(Watched { listener, collector })
    }

    pub fn tracer(&self) -> Option<Tracer> {
        self.collector.as_ref().map(|collector| collector.tracer.clone())
    }

    /// Serves and sends until it is told to stop.
    pub fn run(self, app: &App, mut sources: Vec<Arc<dyn Source>>, stopped: &watch::Receiver<bool>) -> JoinSet<()> {
        let until = || {
            let mut stopped = stopped.clone();
            async move { drop(stopped.wait_for(|stop| *stop).await) }
        };
        let mut running = JoinSet::new();
        if let Some(collector) = self.collector {
            sources.push(Arc::new(collector.tracer.clone()));
            let stop = until();
            running.spawn(async move { collector.run(stop).await });
        }
        if let Some(listener) = self.listener {
            let (router, stop) = (web::metrics::router(app.clone(), sources), until());
            running.spawn(async move {
                if let Err(error) = web::serve(listener, router, stop).await {
                    tracing::error!(%error, "the numbers are no longer served");
                }
            });
        }
        running
    }
}
