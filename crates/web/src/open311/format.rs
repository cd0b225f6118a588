use super::node::{self, Node};
use crate::page::Caching;
use axum::{
    http::{HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};

/// What an address ends in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    Xml,
    Json,
}

impl Format {
    /// An address without an ending we know is answered in XML, which every client of this protocol reads.
    pub fn of(path: &str) -> Format {
        if path.ends_with(".json") { Format::Json } else { Format::Xml }
    }

    pub const fn media_type(self) -> &'static str {
        match self {
            Format::Xml => "text/xml; charset=utf-8",
            Format::Json => "application/json; charset=utf-8",
        }
    }

    /// `root` is the outermost element; JSON goes without it.
    pub fn answer(self, status: StatusCode, root: &str, node: &Node<'_>, caching: Caching) -> Response {
        let text = match self {
            Format::Xml => node.xml(root),
            Format::Json => node.json(),
        };
        self.respond(status, text, caching)
    }

    /// `names` are those of the outermost element and of each in it.
    pub fn list<'t>(
        self,
        names: (&str, &str),
        items: impl ExactSizeIterator<Item = Node<'t>>,
        caching: Caching,
    ) -> Response {
        let text = match self {
            Format::Xml => node::xml_list(names, items),
            Format::Json => node::json_list(items),
        };
        self.respond(StatusCode::OK, text, caching)
    }

    fn respond(self, status: StatusCode, text: String, caching: Caching) -> Response {
        let mut response = (status, text).into_response();
        let headers = response.headers_mut();
        headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(self.media_type()));
        let caching = match caching {
            Caching::Fresh => "no-cache",
            Caching::Never => "no-store",
        };
        headers.insert(header::CACHE_CONTROL, HeaderValue::from_static(caching));
        response
    }
}
