//! `/language`: the languages by the names their speakers give them, and the cookie of the one that is chosen (P-108).

use crate::{
    App,
    page::{Caching, Failure, Frame, Posted, Tongue, cookie, gone_to, html, tongue},
};
use askama::Template;
use axum::{
    extract::State,
    http::{HeaderMap, header},
    response::Response,
};

/// Most letters of an address to go back to.
const LONGEST: usize = 500;

#[derive(Template)]
#[template(path = "language/choose.html")]
pub struct ChoosePage {
    pub frame: Frame,
    /// The page somebody came from.
    pub back: String,
    /// English first, then those of the data.
    pub tongues: Vec<Tongue>,
}

pub async fn get(State(app): State<App>, headers: HeaderMap) -> Result<Response, Failure> {
    let chosen = Tongue::chosen();
    let back = came_from(&headers).unwrap_or_else(|| "/".to_owned());
    let mut frame = Frame::citizen(&app, chosen.say("language.title")).speaks(&chosen);
    // Whoever came from a page with the exit button has it here too (P-48).
    let service = back.strip_prefix("/report/").and_then(|rest| rest.split(['/', '?']).next());
    if let Some(service) = service.and_then(|id| app.setting.catalogue.service(id)) {
        if service.exit || service.sensitive {
            frame = frame.exit(format!("/report/{}/leave", service.id), true);
        }
    } else if back.starts_with("/track") {
        frame = frame.exit("/track/leave", true);
    }
    let tongues = [Tongue::default()].into_iter().chain(Tongue::all(&app)).collect();
    html(&ChoosePage { frame, back, tongues }, Caching::Never)
}

pub async fn post(State(app): State<App>, posted: Posted) -> Result<Response, Failure> {
    let tongue = Tongue::by_tag(&app, posted.get("language")).ok_or(Failure::Unreadable)?;
    let mut response = gone_to(way_back(posted.get("back")).unwrap_or("/"));
    if tongue.is_english() {
        cookie::clear(&app, response.headers_mut(), tongue::COOKIE, "/");
    } else {
        cookie::set(&app, response.headers_mut(), tongue::COOKIE, tongue.tag(), "/");
    }
    Ok(response)
}

/// The page of ours that the browser says it comes from.
fn came_from(headers: &HeaderMap) -> Option<String> {
    let referer = headers.get(header::REFERER)?.to_str().ok()?;
    let host = headers.get(header::HOST)?.to_str().ok()?;
    let rest = referer.strip_prefix("https://").or_else(|| referer.strip_prefix("http://"))?;
    way_back(rest.strip_prefix(host)?).map(str::to_owned)
}

/// An address of this site alone, and none that opens something by itself: no other site, no private link, no page of staff.
fn way_back(path: &str) -> Option<&str> {
    let plain = path.len() <= LONGEST && path.bytes().all(|b| b.is_ascii_graphic() && b != b'\\');
    let ours = path.starts_with('/') && !path.starts_with("//");
    let apart = ["/language", "/staff", "/track/link", "/api", "/assets"];
    (plain && ours && !apart.iter().any(|start| path.starts_with(start))).then_some(path)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_way_back_leads_to_a_page_of_this_site() {
        for good in ["/", "/report/asb/q/seen?from=check", "/officers?place=BS23"] {
            assert_eq!(way_back(good), Some(good));
        }
        for bad in [
            "",
            "//elsewhere.example",
            "https://elsewhere.example",
            "/\\elsewhere",
            "/a\r\nb",
            "/track/link/abc",
            "/staff",
        ] {
            assert_eq!(way_back(bad), None, "{bad}");
        }
        let headers = |referer: &'static str| {
            HeaderMap::from_iter([
                (header::HOST, "moothall.example".parse().unwrap()),
                (header::REFERER, referer.parse().unwrap()),
            ])
        };
        assert_eq!(came_from(&headers("https://moothall.example/report?q=a")).as_deref(), Some("/report?q=a"));
        for bad in
            ["https://moothall.example.evil/report", "https://elsewhere.example/report", "https://moothall.example"]
        {
            assert_eq!(came_from(&headers(bad)), None, "{bad}");
        }
    }
}
