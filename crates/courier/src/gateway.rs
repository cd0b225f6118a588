//! A gateway that takes cards for an agency: the interface, and GOV.UK Pay's API behind it
//! (docs.payments.service.gov.uk, API version 1, read 27 November 2026). No data of a card comes through here: people type it
//! on the gateway's own page.

use crate::records::Address;
use reqwest::{
    Client, Method, StatusCode,
    header::{AUTHORIZATION, CONTENT_TYPE, HeaderValue, USER_AGENT},
    redirect::Policy,
};
use serde::Deserialize;
use serde_json::{Value as Json, json};
use std::{fmt, future::Future, pin::Pin, time::Duration};

const CONNECT: Duration = Duration::from_secs(5);
const PATIENCE: Duration = Duration::from_secs(15);
/// An answer of the gateway is a few kilobytes; more is not read.
const MOST: usize = 256 * 1024;

/// What the gateway is asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ask {
    /// The same at each try of one payment: what comes twice under it is one payment.
    pub key: String,
    /// Pence.
    pub amount: i64,
    /// The report's reference.
    pub reference: String,
    /// What it is for.
    pub description: String,
    /// Where the person comes back to.
    pub return_url: String,
}

/// A payment that the gateway has taken in hand.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Begun {
    pub id: String,
    /// Its page for the card.
    pub next_url: String,
}

/// How a payment stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Standing {
    /// The gateway's word: `created`, `started`, `submitted`, `success`, `failed`, `cancelled`, `error`.
    pub status: String,
    pub finished: bool,
    /// Pence.
    pub amount: i64,
    pub reference: String,
    /// Pence that are given back, or on their way.
    pub given_back: i64,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Trouble {
    /// It is away, slow or broken: it is asked again.
    Down(String),
    /// It does not want this.
    Refused(String),
}

type Answer<'a, T> = Pin<Box<dyn Future<Output = Result<T, Trouble>> + Send + 'a>>;

/// What every gateway can do. All of it may be said twice.
pub trait Gateway: Send + Sync {
    fn create<'a>(&'a self, ask: &'a Ask) -> Answer<'a, Begun>;
    fn look<'a>(&'a self, id: &'a str) -> Answer<'a, Standing>;
    /// Gives up what is not finished; whether it did, a look says.
    fn cancel<'a>(&'a self, id: &'a str) -> Answer<'a, ()>;
    /// Gives all of it back; call it only where a look says that nothing was given back.
    fn refund<'a>(&'a self, id: &'a str, amount: i64) -> Answer<'a, ()>;
}

/// GOV.UK Pay. Its key is never printed.
#[derive(Clone)]
pub struct GovUkPay {
    base: Address,
    key: HeaderValue,
    client: Client,
    patience: Duration,
}

impl fmt::Debug for GovUkPay {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("GovUkPay(…)")
    }
}

#[derive(Debug, thiserror::Error)]
pub enum BadGateway {
    #[error("expected the key of an account: letters, figures and `_`")]
    Key,
    #[error("cannot ask a gateway: {0}")]
    Client(reqwest::Error),
}

impl GovUkPay {
    /// `base` is `https://publicapi.payments.service.gov.uk`; the key says which account.
    pub fn new(base: Address, key: &str) -> Result<GovUkPay, BadGateway> {
        let plain = !key.is_empty() && key.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_');
        let mut header = HeaderValue::from_str(&format!("Bearer {key}")).map_err(|_| BadGateway::Key)?;
        if !plain {
            return Err(BadGateway::Key);
        }
        header.set_sensitive(true);
        let client = Client::builder()
            .redirect(Policy::none())
            .no_proxy()
            .connect_timeout(CONNECT)
            .build()
            .map_err(BadGateway::Client)?;
        Ok(GovUkPay { base, key: header, client, patience: PATIENCE })
    }

    /// An exchange that takes longer has failed.
    pub fn patient(self, patience: Duration) -> GovUkPay {
        GovUkPay { patience, ..self }
    }

    async fn exchange(
        &self,
        method: Method,
        path: &str,
        key: &str,
        body: Option<Json>,
    ) -> Result<(StatusCode, Json), Trouble> {
        let mut request = self
            .client
            .request(method, format!("{}{path}", self.base.text().trim_end_matches('/')))
            .timeout(self.patience)
            .header(USER_AGENT, "moothall")
            .header(AUTHORIZATION, self.key.clone());
        if !key.is_empty() {
            request = request.header("Idempotency-Key", key);
        }
        if let Some(body) = body {
            request = request.header(CONTENT_TYPE, "application/json").body(body.to_string());
        }
        // The error itself names the address.
        let mut answer = request.send().await.map_err(|error| match error {
            error if error.is_timeout() => Trouble::Down("it takes too long".to_owned()),
            error if error.is_connect() => Trouble::Down("cannot connect to it".to_owned()),
            _ => Trouble::Down("it hung up, or its answer is not HTTP".to_owned()),
        })?;
        let status = answer.status();
        let mut text = Vec::new();
        loop {
            match answer.chunk().await {
                Ok(Some(piece)) if text.len() + piece.len() <= MOST => text.extend_from_slice(&piece),
                Ok(None) => break,
                _ => return Err(Trouble::Down("its answer broke off, or is too long".to_owned())),
            }
        }
        let said = serde_json::from_slice(&text).unwrap_or(Json::Null);
        match status.as_u16() {
            200..=299 => Ok((status, said)),
            // Another key or a rate limit is set right without this payment being changed.
            code @ (401 | 403 | 408 | 425 | 429) => Err(Trouble::Down(format!("it answered {code}"))),
            code @ 400..=499 => {
                let word = said["code"].as_str().filter(|word| word.len() <= 8).unwrap_or_default();
                Err(Trouble::Refused(format!("it answered {code} {word}").trim_end().to_owned()))
            }
            code => Err(Trouble::Down(format!("it answered {code}"))),
        }
    }
}

/// An id that may stand in an address.
fn path(id: &str, more: &str) -> Result<String, Trouble> {
    let plain = (1..=64).contains(&id.len()) && id.bytes().all(|byte| byte.is_ascii_alphanumeric());
    if plain { Ok(format!("/v1/payments/{id}{more}")) } else { Err(Trouble::Refused("its id is none".to_owned())) }
}

fn read<T: for<'de> Deserialize<'de>>(said: Json) -> Result<T, Trouble> {
    serde_json::from_value(said).map_err(|_| Trouble::Down("its answer is not what it says it would be".to_owned()))
}

#[derive(Deserialize)]
struct Said {
    payment_id: String,
    amount: i64,
    reference: String,
    state: State,
    #[serde(rename = "_links", default)]
    links: Links,
    #[serde(default)]
    refund_summary: Option<Summary>,
}

#[derive(Deserialize)]
struct State {
    status: String,
    finished: bool,
}

#[derive(Default, Deserialize)]
struct Links {
    next_url: Option<Link>,
}

#[derive(Deserialize)]
struct Link {
    href: String,
}

#[derive(Deserialize)]
struct Summary {
    #[serde(default)]
    amount_submitted: i64,
}

impl Gateway for GovUkPay {
    fn create<'a>(&'a self, ask: &'a Ask) -> Answer<'a, Begun> {
        Box::pin(async move {
            let body = json!({
                "amount": ask.amount, "reference": ask.reference, "description": ask.description,
                "return_url": ask.return_url,
            });
            let (_, said) = self.exchange(Method::POST, "/v1/payments", &ask.key, Some(body)).await?;
            let said: Said = read(said)?;
            path(&said.payment_id, "")?;
            let next = said.links.next_url.map(|link| link.href).unwrap_or_default();
            // People are sent there: it is https, whatever the answer says.
            let next: Address = next.parse().map_err(|_| Trouble::Down("it gave no page for the card".to_owned()))?;
            Ok(Begun { id: said.payment_id, next_url: next.text().to_owned() })
        })
    }

    fn look<'a>(&'a self, id: &'a str) -> Answer<'a, Standing> {
        Box::pin(async move {
            let (_, said) = self.exchange(Method::GET, &path(id, "")?, "", None).await?;
            let said: Said = read(said)?;
            Ok(Standing {
                status: said.state.status,
                finished: said.state.finished,
                amount: said.amount,
                reference: said.reference,
                given_back: said.refund_summary.map_or(0, |summary| summary.amount_submitted),
            })
        })
    }

    fn cancel<'a>(&'a self, id: &'a str) -> Answer<'a, ()> {
        Box::pin(async move {
            self.exchange(Method::POST, &path(id, "/cancel")?, "", None).await?;
            Ok(())
        })
    }

    fn refund<'a>(&'a self, id: &'a str, amount: i64) -> Answer<'a, ()> {
        Box::pin(async move {
            // The second figure keeps the gateway from giving it back twice.
            let body = json!({ "amount": amount, "refund_amount_available": amount });
            self.exchange(Method::POST, &path(id, "/refunds")?, "", Some(body)).await?;
            Ok(())
        })
    }
}
