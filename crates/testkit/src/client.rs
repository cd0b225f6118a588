use axum::{
    Router,
    body::{Body, to_bytes},
    extract::ConnectInfo,
    http::{Request, header},
};
use serde_json::Value as Json;
use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use tower::ServiceExt;

/// A browser that keeps cookies by path and follows nothing by itself.
#[derive(Clone)]
pub struct Client {
    router: Router,
    /// Path, name, value.
    cookies: Vec<(String, String, String)>,
    /// Where it connects from: throttles count by it.
    pub address: IpAddr,
    /// What a program sends as its authorization, without `Bearer`.
    pub token: Option<String>,
}

/// What came back.
#[derive(Clone, Debug)]
pub struct Page {
    pub status: u16,
    /// Where a redirect leads; empty otherwise.
    pub location: String,
    pub headers: axum::http::HeaderMap,
    pub text: String,
    /// What came, byte for byte: a compressed answer is no text.
    pub bytes: Vec<u8>,
}

impl Page {
    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).and_then(|v| v.to_str().ok()).unwrap_or_default()
    }

    /// What a program reads; nothing where it is no JSON.
    pub fn json(&self) -> Json {
        serde_json::from_str(&self.text).unwrap_or_default()
    }

    /// The text between two marks, the first time they stand like this.
    pub fn between(&self, before: &str, after: &str) -> Option<&str> {
        self.text.split_once(before)?.1.split_once(after).map(|(found, _)| found)
    }
}

impl Client {
    /// Each visitor has an address of its own, of those kept for documentation and tests (RFC 2544).
    pub(crate) fn new(router: Router, visitor: u16) -> Client {
        let [high, low] = visitor.to_be_bytes();
        let address = IpAddr::V4(Ipv4Addr::new(198, 18, high, low));
        Client { router, cookies: Vec::new(), address, token: None }
    }

    pub async fn get(&mut self, path: &str) -> Page {
        self.send(Request::get(path).body(Body::empty()).unwrap()).await
    }

    pub async fn post(&mut self, path: &str, fields: &[(&str, &str)]) -> Page {
        let body: Vec<String> = fields.iter().map(|(n, v)| format!("{}={}", escape(n), escape(v))).collect();
        self.post_raw(path, "application/x-www-form-urlencoded", body.join("&")).await
    }

    /// Any body under any content type.
    pub async fn post_raw(&mut self, path: &str, kind: &str, body: impl Into<Body>) -> Page {
        let request = Request::post(path)
            .header(header::CONTENT_TYPE, kind)
            .header(header::ORIGIN, "http://moothall.test")
            .body(body.into())
            .unwrap();
        self.send(request).await
    }

    /// What a program posts: JSON, and headers of its own.
    pub async fn post_json(&mut self, path: &str, body: &Json, headers: &[(&str, &str)]) -> Page {
        let request = Request::post(path).header(header::CONTENT_TYPE, "application/json");
        let request = headers.iter().fold(request, |request, (name, value)| request.header(*name, *value));
        self.send(request.body(Body::from(body.to_string())).unwrap()).await
    }

    /// Presses the button of a form on a page, with some fields filled in: each name given replaces what stood there.
    pub async fn submit(&mut self, form: &crate::PageForm, fill: &[(&str, &str)]) -> Page {
        let mut fields = form.filled();
        fields.retain(|(name, _)| !fill.iter().any(|(filled, _)| filled == name));
        let fill = fill.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned()));
        let fields: Vec<(String, String)> = fields.into_iter().chain(fill).collect();
        let fields: Vec<(&str, &str)> = fields.iter().map(|(n, v)| (n.as_str(), v.as_str())).collect();
        self.post(&form.action, &fields).await
    }

    /// GET after every redirect within the house, at most ten times.
    pub async fn follow(&mut self, page: Page) -> Page {
        let mut page = page;
        for _ in 0..10 {
            if !page.location.starts_with('/') {
                break;
            }
            let path = page.location.clone();
            page = self.get(&path).await;
        }
        page
    }

    pub async fn send(&mut self, mut request: Request<Body>) -> Page {
        let path = request.uri().path().to_owned();
        let jar: Vec<String> = self
            .cookies
            .iter()
            .filter(|(at, _, _)| path == *at || path.starts_with(&format!("{}/", at.trim_end_matches('/'))))
            .map(|(_, name, value)| format!("{name}={value}"))
            .collect();
        if !jar.is_empty() {
            request.headers_mut().insert(header::COOKIE, jar.join("; ").parse().unwrap());
        }
        if let (Some(token), false) = (&self.token, request.headers().contains_key(header::AUTHORIZATION)) {
            request.headers_mut().insert(header::AUTHORIZATION, format!("Bearer {token}").parse().unwrap());
        }
        request.extensions_mut().insert(ConnectInfo(SocketAddr::new(self.address, 40_000)));
        let response = self.router.clone().oneshot(request).await.unwrap();
        let (parts, body) = response.into_parts();
        for line in parts.headers.get_all(header::SET_COOKIE) {
            self.keep(line.to_str().unwrap());
        }
        let bytes = to_bytes(body, usize::MAX).await.unwrap();
        Page {
            status: parts.status.as_u16(),
            location: parts.headers.get(header::LOCATION).map_or(String::new(), |v| v.to_str().unwrap().to_owned()),
            headers: parts.headers,
            text: String::from_utf8_lossy(&bytes).into_owned(),
            bytes: bytes.to_vec(),
        }
    }

    fn keep(&mut self, line: &str) {
        let mut parts = line.split(';').map(str::trim);
        let (name, value) = parts.next().unwrap().split_once('=').unwrap();
        let path = parts.find_map(|part| part.strip_prefix("Path=")).unwrap_or("/").to_owned();
        self.cookies.retain(|(at, known, _)| *at != path || known != name);
        if !line.contains("Max-Age=0") {
            self.cookies.push((path, name.to_owned(), value.to_owned()));
        }
    }

    /// The value of a cookie, on whatever path.
    pub fn cookie(&self, name: &str) -> Option<&str> {
        self.cookies.iter().find(|(_, known, _)| known == name).map(|(_, _, value)| value.as_str())
    }

    pub fn forget_cookies(&mut self) {
        self.cookies.clear();
    }

    /// Puts a cookie there as somebody else might.
    pub fn forge(&mut self, path: &str, name: &str, value: &str) {
        self.cookies.push((path.to_owned(), name.to_owned(), value.to_owned()));
    }
}

fn escape(text: &str) -> String {
    text.bytes()
        .map(|b| match b {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'.' | b'_' => char::from(b).to_string(),
            b' ' => "+".to_owned(),
            other => format!("%{other:02X}"),
        })
        .collect()
}
