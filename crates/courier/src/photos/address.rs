//! Where a photo may be fetched from: addresses of the internet, and nothing of this house's own networks.

use reqwest::Url;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};

/// Why an address is not gone to. It is never tried again.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Barred {
    #[error("it is no address of the web")]
    Web,
    #[error("its port is not the usual one")]
    Port,
    #[error("it is not an address of the public internet")]
    Private,
}

/// Addresses that the configuration lets through though they are not public, or have another port.
#[derive(Clone, Debug, Default)]
pub struct Allowed(pub Vec<SocketAddr>);

/// The host and port of an address, where its form is one that is fetched at all.
pub fn named(url: &Url, allowed: &Allowed) -> Result<(String, u16), Barred> {
    let plain = matches!(url.scheme(), "http" | "https") && url.username().is_empty() && url.password().is_none();
    let (host, port) = url.host_str().zip(url.port_or_known_default()).filter(|_| plain).ok_or(Barred::Web)?;
    let usual = if url.scheme() == "https" { 443 } else { 80 };
    if port != usual && !allowed.0.iter().any(|address| address.port() == port) {
        return Err(Barred::Port);
    }
    Ok((host.trim_matches(['[', ']']).to_owned(), port))
}

/// Of the addresses a name has, the one to connect to. Where one of them is not public, none is: a name that answers both ways
/// is a trick.
pub fn chosen(found: &[SocketAddr], usual_port: bool, allowed: &Allowed) -> Result<SocketAddr, Barred> {
    let may = |address: &SocketAddr| allowed.0.contains(address) || (usual_port && is_public(address.ip()));
    match found.first() {
        Some(first) if found.iter().all(may) => Ok(*first),
        _ => Err(Barred::Private),
    }
}

pub fn is_public(address: IpAddr) -> bool {
    match address {
        IpAddr::V4(address) => is_public_v4(address),
        IpAddr::V6(address) => is_public_v6(address),
    }
}

/// By IANA's registry of special addresses (RFC 6890 and later ones, read 27 November 2026).
fn is_public_v4(address: Ipv4Addr) -> bool {
    let [a, b, c, _] = address.octets();
    let special = matches!(
        (a, b, c),
        (0 | 10 | 127, ..)
            | (100, 64..=127, _)
            | (169, 254, _)
            | (172, 16..=31, _)
            | (192, 0, 0 | 2)
            | (192, 88, 99)
            | (192, 168, _)
            | (198, 18..=19, _)
            | (198, 51, 100)
            | (203, 0, 113)
            | (224.., ..)
    );
    !special
}

/// Global unicast alone: what maps, translates or tunnels IPv4 could lead back inside.
fn is_public_v6(address: Ipv6Addr) -> bool {
    let [a, b, ..] = address.segments();
    let special = matches!((a, b), (0x2001, 0..=0x01ff | 0x0db8) | (0x2002, _) | (0x3fff, 0..=0x0fff));
    (0x2000..0x4000).contains(&a) && !special
}

#[cfg(test)]
mod tests {
    use super::*;

    fn public(text: &str) -> bool {
        is_public(text.parse().unwrap())
    }

    #[test]
    fn addresses_of_the_internet_are_public_and_all_others_are_not() {
        for yes in ["8.8.8.8", "100.63.255.255", "100.128.0.1", "172.32.0.1", "2a00:1450::1", "2001:4860:4860::8888"] {
            assert!(public(yes), "{yes}");
        }
        for no in [
            "0.0.0.0",
            "10.1.2.3",
            "100.64.0.1",
            "100.127.255.255",
            "127.0.0.1",
            "127.9.9.9",
            "169.254.169.254",
            "172.16.0.1",
            "172.31.255.255",
            "192.0.0.8",
            "192.0.2.1",
            "192.88.99.1",
            "192.168.1.1",
            "198.18.0.1",
            "198.51.100.7",
            "203.0.113.7",
            "224.0.0.1",
            "240.0.0.1",
            "255.255.255.255",
            "::",
            "::1",
            "::ffff:8.8.8.8",
            "::ffff:127.0.0.1",
            "::8.8.8.8",
            "64:ff9b::7f00:1",
            "100::1",
            "2001::1",
            "2001:db8::1",
            "2002:7f00:1::1",
            "3fff::1",
            "fc00::1",
            "fd12::1",
            "fe80::1",
            "fec0::1",
            "ff02::1",
        ] {
            assert!(!public(no), "{no}");
        }
    }

    #[test]
    fn a_name_with_one_address_inside_is_not_gone_to_and_the_configuration_may_let_one_through() {
        let at = |text: &str| text.parse::<SocketAddr>().unwrap();
        let none = Allowed::default();
        assert_eq!(chosen(&[at("8.8.8.8:443")], true, &none), Ok(at("8.8.8.8:443")));
        assert_eq!(chosen(&[at("8.8.8.8:443"), at("127.0.0.1:443")], true, &none), Err(Barred::Private));
        assert_eq!(chosen(&[], true, &none), Err(Barred::Private));
        let one = Allowed(vec![at("127.0.0.1:8099")]);
        assert_eq!(chosen(&[at("127.0.0.1:8099")], false, &one), Ok(at("127.0.0.1:8099")));
        assert_eq!(chosen(&[at("127.0.0.2:8099")], false, &one), Err(Barred::Private));
        assert_eq!(chosen(&[at("8.8.8.8:8099")], false, &one), Err(Barred::Private));
    }

    #[test]
    fn only_the_web_at_its_usual_ports_is_fetched() {
        let named = |text: &str| named(&text.parse().unwrap(), &Allowed::default());
        assert_eq!(named("https://a.example/1.jpg"), Ok(("a.example".to_owned(), 443)));
        assert_eq!(named("http://[2a00::1]/1.jpg"), Ok(("2a00::1".to_owned(), 80)));
        for (bad, why) in [
            ("ftp://a.example/1", Barred::Web),
            ("file:///etc/passwd", Barred::Web),
            ("https://me:secret@a.example/1", Barred::Web),
            ("https://a.example:8443/1", Barred::Port),
            ("http://a.example:22/", Barred::Port),
            ("http://a.example:443/", Barred::Port),
        ] {
            assert_eq!(named(bad), Err(why), "{bad}");
        }
    }
}
