//! Where a request comes from: the peer's address, or what a trusted proxy says it is.

use crate::App;
use axum::{
    extract::{ConnectInfo, FromRequestParts},
    http::{HeaderMap, request::Parts},
};
use std::{
    convert::Infallible,
    net::{IpAddr, SocketAddr},
};

/// The network address for throttles. It is hashed before it is kept and never logged.
#[derive(Clone, Debug)]
pub struct Origin(pub String);

impl FromRequestParts<App> for Origin {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Origin, Infallible> {
        let peer = parts.extensions.get::<ConnectInfo<SocketAddr>>().map(|info| info.0.ip());
        Ok(Origin(of(peer, &parts.headers, &app.options.trusted_proxies)))
    }
}

/// The last address in `X-Forwarded-For` that no trusted proxy added, if the peer is a trusted proxy.
pub fn of(peer: Option<IpAddr>, headers: &HeaderMap, trusted: &[IpAddr]) -> String {
    let Some(peer) = peer else { return "unknown".to_owned() };
    if !trusted.contains(&peer) {
        return peer.to_string();
    }
    let forwarded =
        headers.get_all("x-forwarded-for").iter().filter_map(|v| v.to_str().ok()).collect::<Vec<_>>().join(",");
    forwarded
        .rsplit(',')
        .filter_map(|hop| hop.trim().parse::<IpAddr>().ok())
        .find(|hop| !trusted.contains(hop))
        .unwrap_or(peer)
        .to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_trusted_proxy_is_believed() {
        let headers = HeaderMap::from_iter([(
            "x-forwarded-for".parse().unwrap(),
            "6.6.6.6, 192.0.2.7, 10.0.0.2".parse().unwrap(),
        )]);
        let trusted: Vec<IpAddr> = vec!["10.0.0.1".parse().unwrap(), "10.0.0.2".parse().unwrap()];
        assert_eq!(of(Some("10.0.0.1".parse().unwrap()), &headers, &trusted), "192.0.2.7");
        assert_eq!(of(Some("203.0.113.9".parse().unwrap()), &headers, &trusted), "203.0.113.9");
        assert_eq!(of(Some("10.0.0.1".parse().unwrap()), &HeaderMap::new(), &trusted), "10.0.0.1");
    }
}
