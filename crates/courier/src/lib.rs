//! All that leaves the building: deliveries of the outbox, sent one by one, retried with back-off, never twice.
//!
//! - [`compose`] writes a mail from a delivery: pure, the same bytes each time.
//! - [`Courier::step`] claims one delivery, sends it outside any transaction and settles it.
//! - [`Courier::run`] does so until it is told to stop.
//! - [`Alerts::run`] writes the mails of those who asked to hear of public reports.
//! - [`Records::run`] tells agencies' records systems what happened, by signed webhooks.
//! - [`Payments::run`] asks agencies' gateways for what people pay.
//! - [`Offices::run`] tells agencies' own back offices of reports, and asks what they say (Open311).
//! - [`PhotoLinks::run`] fetches photos that programs gave as addresses.
//! - [`read_incoming`] reads a mail that somebody answered us with.
//! - [`Collector::run`] sends ended spans to a collector, where one is configured.
//!
//! Nothing here logs an address, a subject or a text: only delivery ids and codes.

mod again;
mod alert_mail;
mod alerts;
mod collector;
mod courier;
mod facts;
mod figures;
mod gate;
mod gateway;
mod incoming;
mod lanes;
mod letter;
mod lines;
mod mail;
mod office;
mod payments;
mod photos;
mod records;
mod run;
mod sign;
mod smtp;
mod words;

pub use alerts::Alerts;
pub use collector::{BadEndpoint, Collector, Endpoint, Unsent};
pub use courier::{Bell, Courier, Fate, LEASE_SECONDS, Post};
pub use gateway::{Ask, BadGateway, Begun, Gateway, GovUkPay, Standing, Trouble};
pub use incoming::{Incoming, Unread, read as read_incoming, read_notice};
pub use mail::{Mail, Unwritable, compose};
pub use office::{BackOffice, Fate as OfficeFate, Give, Offices};
pub use payments::{Gateways, Payments};
pub use photos::{Allowed, Keep, Kept, PhotoFate, PhotoLinks, Unkept};
pub use records::{Address, BadAddress, Line, Records, Told, Unready};
pub use sign::{BadSecret, Secret};
pub use smtp::{Misconfigured, Patience, Smtp, Tls};
