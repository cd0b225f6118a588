//! What is the same for everyone travels compressed. What one person may see alone does not: where words that somebody
//! else chose stand beside a secret, the length of the compressed answer tells of the secret (BREACH, CVE-2013-3587).

use super::Failure;
use axum::{
    body::{Body, Bytes, to_bytes},
    http::{HeaderMap, HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use flate2::{Compression, write::GzEncoder};
use std::{
    collections::VecDeque,
    io::Write,
    sync::{Mutex, PoisonError},
};

/// A page below this length, in bytes, fits one packet as it is.
const WORTH_IT: usize = 1200;
/// Longer pages are no public pages of ours.
const LONGEST: usize = 1 << 20;
/// Public pages kept compressed; there are about ten.
const KEPT: usize = 32;

/// Codings a browser takes (RFC 9110, 12.5.3).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Takes {
    pub brotli: bool,
    pub gzip: bool,
}

impl Takes {
    pub fn of(headers: &HeaderMap) -> Takes {
        let mut takes = Takes::default();
        for list in headers.get_all(header::ACCEPT_ENCODING).iter().filter_map(|value| value.to_str().ok()) {
            for one in list.split(',') {
                let (coding, weight) = one.split_once(';').unwrap_or((one, ""));
                let weight = weight.trim().strip_prefix("q=").and_then(|q| q.trim().parse::<f32>().ok()).unwrap_or(1.0);
                match coding.trim().to_ascii_lowercase().as_str() {
                    "br" => takes.brotli = weight > 0.0,
                    "gzip" => takes.gzip = weight > 0.0,
                    _ => {}
                }
            }
        }
        takes
    }
}

/// Public pages with their compressed form, the newest last: the same text is compressed once.
#[derive(Default)]
pub struct Squeezed(Mutex<VecDeque<(Bytes, Bytes)>>);

impl Squeezed {
    fn of(&self, plain: &Bytes) -> Option<Bytes> {
        let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((_, found)) = kept.iter().find(|(known, _)| known == plain) {
            return Some(found.clone());
        }
        let mut gzip = GzEncoder::new(Vec::new(), Compression::best());
        gzip.write_all(plain).ok()?;
        let made = Bytes::from(gzip.finish().ok()?);
        if kept.len() == KEPT {
            kept.pop_front();
        }
        kept.push_back((plain.clone(), made.clone()));
        Some(made)
    }
}

/// A page, or the outline of the map, that is the same for everyone.
fn same_for_everyone(response: &Response) -> bool {
    let is = |name, start: &str| {
        let value = response.headers().get(&name).and_then(|value: &HeaderValue| value.to_str().ok());
        value.is_some_and(|value| value.starts_with(start))
    };
    let kept = is(header::CACHE_CONTROL, "no-cache") || is(header::CACHE_CONTROL, "public");
    // The files of the browser are compressed when they are built, and tiles of the map as they lie in their archive.
    let ours = is(header::CONTENT_TYPE, "text/html") || is(header::CONTENT_TYPE, "application/geo+json");
    response.status() == StatusCode::OK && kept && ours && !response.headers().contains_key(header::CONTENT_ENCODING)
}

/// Compresses a page that is the same for everyone; leaves every other answer as it is.
pub async fn public(squeezed: &Squeezed, takes: Takes, response: Response) -> Response {
    if !same_for_everyone(&response) {
        return response;
    }
    let (mut head, body) = response.into_parts();
    let Ok(plain) = to_bytes(body, LONGEST).await else { return Failure::Broken.into_response() };
    head.headers.insert(header::VARY, HeaderValue::from_static("accept-encoding"));
    if takes.gzip
        && plain.len() >= WORTH_IT
        && let Some(small) = squeezed.of(&plain)
    {
        head.headers.insert(header::CONTENT_ENCODING, HeaderValue::from_static("gzip"));
        head.headers.remove(header::CONTENT_LENGTH);
        return Response::from_parts(head, Body::from(small));
    }
    Response::from_parts(head, Body::from(plain))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn takes(text: &'static str) -> Takes {
        let mut headers = HeaderMap::new();
        headers.insert(header::ACCEPT_ENCODING, HeaderValue::from_static(text));
        Takes::of(&headers)
    }

    #[test]
    fn a_coding_is_taken_when_it_is_named_and_not_refused() {
        assert_eq!(takes("gzip, deflate, br, zstd"), Takes { brotli: true, gzip: true });
        assert_eq!(takes("GZIP;q=0.5 , br;q=0"), Takes { brotli: false, gzip: true });
        assert_eq!(takes("br; q=0.0, *"), Takes::default());
        assert_eq!(Takes::of(&HeaderMap::new()), Takes::default());
    }

    #[test]
    fn the_same_page_is_compressed_once_and_old_ones_go() {
        let squeezed = Squeezed::default();
        for n in 0..KEPT + 5 {
            let page = Bytes::from(format!("<p>page {n}</p>").repeat(200));
            let first = squeezed.of(&page).unwrap();
            assert!(first.len() < page.len() / 5);
            assert_eq!(first.as_ptr(), squeezed.of(&page).unwrap().as_ptr());
        }
        assert_eq!(squeezed.0.lock().unwrap().len(), KEPT);
    }
}
