//! Where a request comes from: the peer's address, or what a trusted proxy says it is.

use crate::App;
use axum::{
    extract::{ConnectInfo, FromRequestParts},
    http::{Extensions, HeaderMap, request::Parts},
};
use std::{
    convert::Infallible,
    net::{IpAddr, Ipv6Addr, SocketAddr},
};

/// The network address for throttles. It is hashed before it is kept and never logged.
#[derive(Clone, Debug)]
pub struct Origin(pub String);

impl FromRequestParts<App> for Origin {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Origin, Infallible> {
        Ok(Origin::of(&parts.extensions, &parts.headers, app))
    }
}

impl Origin {
    pub fn of(extensions: &Extensions, headers: &HeaderMap, app: &App) -> Origin {
        let peer = extensions.get::<ConnectInfo<SocketAddr>>().map(|info| info.0.ip());
        Origin(of(peer, headers, &app.options.trusted_proxies))
    }
}

/// The last address in `X-Forwarded-For` that no trusted proxy added, if the peer is a trusted proxy.
fn of(peer: Option<IpAddr>, headers: &HeaderMap, trusted: &[IpAddr]) -> String {
    let Some(peer) = peer else { return "unknown".to_owned() };
    if !trusted.contains(&peer) {
        return network(peer);
    }
    let forwarded =
        headers.get_all("x-forwarded-for").iter().filter_map(|v| v.to_str().ok()).collect::<Vec<_>>().join(",");
    let hops = forwarded.rsplit(',').filter_map(|hop| hop.trim().parse::<IpAddr>().ok());
    network(hops.into_iter().find(|hop| !trusted.contains(hop)).unwrap_or(peer))
}

/// One home has a whole /64 of IPv6 (RFC 6177): whoever changes the rest of the address is the same origin.
fn network(address: IpAddr) -> String {
    match address.to_canonical() {
        IpAddr::V4(address) => address.to_string(),
        IpAddr::V6(address) => {
            let [a, b, c, d, ..] = address.segments();
            format!("{}/64", Ipv6Addr::new(a, b, c, d, 0, 0, 0, 0))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_home_is_one_origin_whatever_the_rest_of_its_address_is() {
        let of = |address: &str| of(Some(address.parse().unwrap()), &HeaderMap::new(), &[]);
        assert_eq!(of("2001:db8:1:2:3:4:5:6"), "2001:db8:1:2::/64");
        assert_eq!(of("2001:db8:1:2:ffff::1"), of("2001:db8:1:2:3:4:5:6"));
        assert_eq!(of("::ffff:192.0.2.7"), "192.0.2.7");
    }

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
