//! From what a report is sent, as coarsely as counts need it (C-72): never more of the browser than one of three words.

use axum::http::HeaderMap;
use store::report::Device;

/// What the browser says of itself; not known where it says nothing that fits.
pub fn of(headers: &HeaderMap) -> Device {
    let text = |name: &str| headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let agent = text("user-agent");
    let says = |word: &str| agent.contains(word);
    if says("iPad") || says("Tablet") || (says("Android") && !says("Mobile")) {
        Device::Tablet
    } else if text("sec-ch-ua-mobile") == "?1" || says("iPhone") || says("Mobile") {
        Device::Phone
    } else if says("Windows NT") || says("Macintosh") || says("X11") {
        Device::Computer
    } else {
        Device::Unknown
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::http::{HeaderValue, header};

    #[test]
    fn a_browser_is_a_phone_a_tablet_a_computer_or_not_known() {
        let of = |agent: &'static str| {
            super::of(&HeaderMap::from_iter([(header::USER_AGENT, HeaderValue::from_static(agent))]))
        };
        assert_eq!(of("Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) Mobile/15E148"), Device::Phone);
        assert_eq!(of("Mozilla/5.0 (Linux; Android 16; Pixel 9) Chrome/142.0 Mobile Safari/537.36"), Device::Phone);
        assert_eq!(of("Mozilla/5.0 (Linux; Android 16; SM-X710) Chrome/142.0 Safari/537.36"), Device::Tablet);
        assert_eq!(of("Mozilla/5.0 (iPad; CPU OS 18_5 like Mac OS X) Mobile/15E148"), Device::Tablet);
        assert_eq!(of("Mozilla/5.0 (Windows NT 10.0; Win64; x64) Chrome/142.0"), Device::Computer);
        assert_eq!(of("curl/8.5.0"), Device::Unknown);
        assert_eq!(super::of(&HeaderMap::new()), Device::Unknown);
    }
}
