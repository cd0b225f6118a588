//! Pages, and the same for programs ([`api`]). A journey is a folder; a page is a struct, its template and its handler
//! together; every route is in [`router`], one readable list.

pub mod account;
pub mod alerts;
pub mod api;
mod app;
pub mod asset;
pub mod bins;
pub mod demo;
pub mod front;
pub mod govuk;
pub mod language;
pub mod ledger;
pub mod metrics;
pub mod neighbourhood;
pub mod open311;
pub mod outline;
pub mod page;
pub mod question;
pub mod report;
pub mod reports;
pub mod router;
pub mod staff;
pub mod tile;
pub mod track;

pub use app::{App, Compose, Custody, Options};
pub use page::guard::is_site;
use std::{future::Future, io, net::SocketAddr};
use tokio::net::TcpListener;

/// Takes requests until `stop`, then ends those that were begun.
pub async fn serve(
    listener: TcpListener,
    router: axum::Router,
    stop: impl Future<Output = ()> + Send + 'static,
) -> io::Result<()> {
    let service = router.into_make_service_with_connect_info::<SocketAddr>();
    axum::serve(listener, service).with_graceful_shutdown(stop).await
}
