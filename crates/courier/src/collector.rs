//! Ended spans, handed to a collector (OTLP over HTTP). Where it is away, slow or talks nonsense they are lost and counted;
//! nothing waits for them.

use http_body_util::{BodyExt, Full, Limited};
use hyper::{
    Request, Uri,
    body::Bytes,
    client::conn::http1::handshake,
    header::{CONNECTION, CONTENT_TYPE, HOST, USER_AGENT},
};
use hyper_util::rt::TokioIo;
use std::{future::pending, str::FromStr, time::Duration};
use telemetry::{Ended, Tracer, encode};
use tokio::{
    net::TcpStream,
    select,
    time::{sleep, timeout},
};

/// How often ended spans are sent, and the longest wait after a failure.
const TICK: Duration = Duration::from_secs(1);
const LONGEST: Duration = Duration::from_secs(30);
/// Spans of one request: about 100 KB.
const BATCH: usize = 512;
const PATIENCE: Duration = Duration::from_secs(5);
/// A collector answers with a few bytes.
const ANSWER: usize = 64 * 1024;
const PATH: &str = "/v1/traces";

/// Where a collector listens: `http://127.0.0.1:4318`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Endpoint {
    authority: String,
    host: String,
    port: u16,
    path: String,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error(
    "expected an address such as http://127.0.0.1:4318; there is no TLS: put a collector on the same machine or network"
)]
pub struct BadEndpoint;

/// Why spans did not reach the collector.
#[derive(Debug, thiserror::Error)]
pub enum Unsent {
    #[error("nobody listens there")]
    Away,
    #[error("it takes too long")]
    Slow,
    #[error("it hung up, or its answer is not HTTP")]
    CutOff,
    #[error("it answered {0}")]
    Refused(u16),
}

/// Takes ended spans from a tracer and sends them.
pub struct Collector {
    pub tracer: Tracer,
    pub at: Endpoint,
    /// Of the program.
    pub version: &'static str,
    /// An exchange that takes longer has failed.
    pub patience: Duration,
}

impl FromStr for Endpoint {
    type Err = BadEndpoint;

    fn from_str(text: &str) -> Result<Endpoint, BadEndpoint> {
        let uri: Uri = text.parse().map_err(|_| BadEndpoint)?;
        let authority = uri.authority().filter(|authority| !authority.as_str().contains('@')).ok_or(BadEndpoint)?;
        let host = authority.host().trim_start_matches('[').trim_end_matches(']');
        if uri.scheme_str() != Some("http") || host.is_empty() || uri.query().is_some() {
            return Err(BadEndpoint);
        }
        Ok(Endpoint {
            authority: authority.to_string(),
            host: host.to_owned(),
            port: authority.port_u16().unwrap_or(80),
            path: format!("{}{PATH}", uri.path().trim_end_matches('/')),
        })
    }
}

impl Collector {
    pub fn new(tracer: Tracer, at: Endpoint, version: &'static str) -> Collector {
        Collector { tracer, at, version, patience: PATIENCE }
    }

    /// Sends what ended until `stop` completes, and once more then.
    pub async fn run(&self, stop: impl Future<Output = ()>) {
        tokio::pin!(stop);
        let (mut wait, mut well) = (TICK, true);
        loop {
            select! {
                biased;
                () = &mut stop => break,
                () = sleep(wait) => {}
            }
            match self.step().await {
                Ok(_) => (wait, well) = (TICK, true),
                Err(why) => {
                    // Once for each time it goes away.
                    if well {
                        tracing::warn!(%why, "the collector does not take spans; they are lost and counted");
                    }
                    (wait, well) = ((wait * 2).min(LONGEST), false);
                }
            }
        }
        // Who is told to stop waits for no collector beyond one exchange, and says nothing of it.
        let _ = self.step().await;
    }

    /// Sends all that ended; how many spans. What cannot be sent is lost, and what would come after it too.
    pub async fn step(&self) -> Result<usize, Unsent> {
        let spans = self.tracer.take();
        let mut sent = 0;
        for batch in spans.chunks(BATCH) {
            if let Err(why) = timeout(self.patience, self.post(batch)).await.unwrap_or(Err(Unsent::Slow)) {
                self.tracer.lost(spans.len() - sent);
                return Err(why);
            }
            sent += batch.len();
            self.tracer.sent(batch.len());
        }
        Ok(sent)
    }

    async fn post(&self, batch: &[Ended]) -> Result<(), Unsent> {
        let stream = TcpStream::connect((self.at.host.as_str(), self.at.port)).await.map_err(|_| Unsent::Away)?;
        let (mut sender, connection) = handshake(TokioIo::new(stream)).await.map_err(|_| Unsent::CutOff)?;
        let request = Request::post(&self.at.path)
            .header(HOST, &self.at.authority)
            .header(USER_AGENT, "moothall")
            .header(CONTENT_TYPE, "application/x-protobuf")
            .header(CONNECTION, "close")
            .body(Full::new(Bytes::from(encode(batch, self.version))))
            .map_err(|_| Unsent::CutOff)?;
        let exchange = async {
            let answer = sender.send_request(request).await.map_err(|_| Unsent::CutOff)?;
            let status = answer.status();
            // Read to its end, so that the collector is not hung up on. Nothing in it is of use here.
            let _ = Limited::new(answer.into_body(), ANSWER).collect().await;
            if status.is_success() { Ok(()) } else { Err(Unsent::Refused(status.as_u16())) }
        };
        // A line that ends says so to the exchange itself, which may have its answer by then.
        let line = async {
            let _ = connection.await;
            pending().await
        };
        select! {
            done = exchange => done,
            never = line => never,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_taken_with_and_without_port_and_path() {
        let of = |text: &str| {
            let at: Endpoint = text.parse().unwrap();
            (at.host, at.port, at.path)
        };
        assert_eq!(of("http://127.0.0.1:4318"), ("127.0.0.1".into(), 4318, "/v1/traces".into()));
        assert_eq!(of("http://collector/otlp/"), ("collector".into(), 80, "/otlp/v1/traces".into()));
        assert_eq!(of("http://[::1]:4318/"), ("::1".into(), 4318, "/v1/traces".into()));
    }

    #[test]
    fn any_other_address_is_refused_without_being_repeated() {
        for text in
            ["", "127.0.0.1:4318", "https://collector", "http://", "http://user:secret@collector", "http://a/?q=1"]
        {
            let error = text.parse::<Endpoint>().unwrap_err();
            assert!(!error.to_string().contains("secret"), "{text}");
        }
    }
}
