//! One exchange with a back office: to its own address and no other, with an end to patience and to length.

use super::{
    BackOffice, Offices,
    node::{MOST_BYTES, Node},
};
use catalogue::OfficeFormat;
use reqwest::{
    RequestBuilder, Response, Url,
    header::{ACCEPT, CONTENT_TYPE, HeaderMap, LINK, USER_AGENT},
};

/// The most of what a back office says of an error that is kept.
const MOST_SAID: usize = 200;

/// Why nothing came of an exchange.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Failed {
    /// It may have arrived: the same is sent again.
    Down(String),
    Refused(u16, String),
}

pub(super) fn ending(format: OfficeFormat) -> &'static str {
    match format {
        OfficeFormat::Xml => "xml",
        OfficeFormat::Json => "json",
    }
}

/// An address below the base, with or without its last slash.
fn below(base: &Url, path: &[&str]) -> Option<Url> {
    let mut url = base.clone();
    url.path_segments_mut().ok()?.pop_if_empty().extend(path);
    Some(url)
}

fn form(fields: &[(String, String)]) -> String {
    let url = Url::parse_with_params("http://form.invalid/", fields);
    url.ok().and_then(|url| url.query().map(str::to_owned)).unwrap_or_default()
}

/// A form of parts (RFC 7578), the fields first.
fn parts(fields: &[(String, String)], photos: &[Vec<u8>], boundary: &str) -> Vec<u8> {
    let mut body = Vec::new();
    let mut put = |head: String, bytes: &[u8]| {
        body.extend_from_slice(format!("--{boundary}\r\nContent-Disposition: form-data; {head}\r\n\r\n").as_bytes());
        body.extend_from_slice(bytes);
        body.extend_from_slice(b"\r\n");
    };
    for (name, value) in fields {
        put(format!("name=\"{}\"", name.replace(['"', '\r', '\n'], "")), value.as_bytes());
    }
    for (n, photo) in (1..).zip(photos) {
        put(format!("name=\"photo{n}\"; filename=\"photo{n}.jpeg\"\r\nContent-Type: image/jpeg"), photo);
    }
    body.extend_from_slice(format!("--{boundary}--\r\n").as_bytes());
    body
}

impl Offices {
    pub(super) async fn post(
        &self,
        line: &BackOffice,
        path: &[&str],
        (fields, photos): (&[(String, String)], &[Vec<u8>]),
        id: &str,
    ) -> Result<Node, Failed> {
        let Some(url) = below(line.at.url(), path) else { return Err(Failed::Down("its address is unfit".into())) };
        let mut fields = fields.to_vec();
        fields.extend(line.key.iter().map(|key| ("api_key".to_owned(), key.clone())));
        let (kind, body) = match photos {
            [] => ("application/x-www-form-urlencoded; charset=utf-8".to_owned(), form(&fields).into_bytes()),
            // The id is drawn and in nothing that people write.
            _ => (format!("multipart/form-data; boundary=part-{id}"), parts(&fields, photos, &format!("part-{id}"))),
        };
        let request = self.client.post(url).header(CONTENT_TYPE, kind).header("idempotency-key", id).body(body);
        self.exchange(request).await.map(|(node, _)| node)
    }

    pub(super) async fn get(
        &self,
        line: &BackOffice,
        path: &[&str],
        fields: &[(String, String)],
    ) -> Result<(Node, Option<Url>), Failed> {
        let Some(mut url) = below(line.at.url(), path) else {
            return Err(Failed::Down("its address is unfit".into()));
        };
        let key = line.key.iter().map(|key| ("api_key", key.as_str()));
        let fields = fields.iter().map(|(name, value)| (name.as_str(), value.as_str()));
        url.query_pairs_mut().extend_pairs(fields.chain(key));
        self.follow(line, url).await
    }

    /// The page, and the address of the next one where it says so and that lies below the base.
    pub(super) async fn follow(&self, line: &BackOffice, url: Url) -> Result<(Node, Option<Url>), Failed> {
        let (node, headers) = self.exchange(self.client.get(url.clone())).await?;
        let mut next = next_of(&url, &headers).filter(|next| is_below(line.at.url(), next));
        if let (Some(next), Some(key)) = (&mut next, &line.key)
            && !next.query_pairs().any(|(name, _)| name == "api_key")
        {
            next.query_pairs_mut().append_pair("api_key", key);
        }
        Ok((node, next))
    }

    async fn exchange(&self, request: RequestBuilder) -> Result<(Node, HeaderMap), Failed> {
        let request = request.timeout(self.patience).header(USER_AGENT, "moothall").header(ACCEPT, "*/*");
        // An error itself names the address, and the key in it.
        let answer = request.send().await.map_err(|error| {
            Failed::Down(match () {
                () if error.is_timeout() => "it takes too long".to_owned(),
                () if error.is_connect() => "cannot connect to it".to_owned(),
                () => "it hung up, or its answer is not HTTP".to_owned(),
            })
        })?;
        let (status, headers) = (answer.status().as_u16(), answer.headers().clone());
        let bytes = whole(answer).await?;
        let node = Node::read(&bytes);
        match status {
            200..=299 => match node {
                Ok(node) => Ok((node, headers)),
                Err(_) => Err(Failed::Down(format!("it answered {status} with something that is not Open311"))),
            },
            300..=399 => Err(Failed::Down(format!("it answered {status}: it sends us elsewhere, and we do not go"))),
            // A key that is wrong is wrong for all.
            401 | 403 | 407 | 408 | 425 | 429 | 500.. => Err(Failed::Down(told(status, node.ok().as_ref()))),
            _ => Err(Failed::Refused(status, told(status, node.ok().as_ref()))),
        }
    }
}

async fn whole(mut answer: Response) -> Result<Vec<u8>, Failed> {
    let mut bytes = Vec::new();
    loop {
        match answer.chunk().await {
            Ok(Some(piece)) if bytes.len() + piece.len() > MOST_BYTES => {
                return Err(Failed::Down("its answer is too long".to_owned()));
            }
            Ok(Some(piece)) => bytes.extend_from_slice(&piece),
            Ok(None) => return Ok(bytes),
            Err(error) if error.is_timeout() => return Err(Failed::Down("it takes too long".to_owned())),
            Err(_) => return Err(Failed::Down("its answer was cut off".to_owned())),
        }
    }
}

/// The status, and the first words of its errors.
fn told(status: u16, node: Option<&Node>) -> String {
    let said: Vec<&str> = node
        .map(|node| node.records(&["description"]))
        .unwrap_or_default()
        .iter()
        .filter_map(|error| error.field("description"))
        .collect();
    let said: String = said.join("; ").chars().filter(|c| !c.is_control()).take(MOST_SAID).collect();
    if said.is_empty() { format!("it answered {status}") } else { format!("it answered {status}: {said}") }
}

fn next_of(at: &Url, headers: &HeaderMap) -> Option<Url> {
    let links = headers.get_all(LINK).iter().filter_map(|link| link.to_str().ok());
    let next = links.flat_map(|link| link.split(',')).find(|link| link.contains("rel=\"next\""))?;
    let target = next.split_once('<')?.1.split_once('>')?.0;
    at.join(target).ok()
}

fn is_below(base: &Url, next: &Url) -> bool {
    next.origin() == base.origin() && next.path().starts_with(base.path().trim_end_matches('/'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_base_is_joined_right_with_and_without_its_last_slash() {
        for base in ["https://a.example/open311/v2", "https://a.example/open311/v2/"] {
            let url = below(&base.parse().unwrap(), &["tokens", "a/../b.xml"]).unwrap();
            assert_eq!(url.as_str(), "https://a.example/open311/v2/tokens/a%2F..%2Fb.xml");
        }
        assert_eq!(below(&"https://a.example".parse().unwrap(), &["requests.xml"]).unwrap().path(), "/requests.xml");
    }

    #[test]
    fn the_next_page_lies_below_the_base_or_is_not_gone_to() {
        let base: Url = "https://a.example/v2/".parse().unwrap();
        let next = |link: &str| {
            let headers = HeaderMap::from_iter([(LINK, link.parse().unwrap())]);
            next_of(&base, &headers).filter(|next| is_below(&base, next)).map(|url| url.to_string())
        };
        let same = "https://a.example/v2/x.xml?page=2";
        assert_eq!(next("<https://a.example/v2/x.xml?page=2>; rel=\"next\"").as_deref(), Some(same));
        assert_eq!(next("<x.xml?page=2>; rel=\"next\"").as_deref(), Some(same));
        assert_eq!(next("<https://b.example/v2/x.xml>; rel=\"next\""), None);
        assert_eq!(next("<https://a.example/admin>; rel=\"next\""), None);
        assert_eq!(next("<x.xml?page=2>; rel=\"prev\""), None);
    }

    #[test]
    fn a_form_is_written_with_every_field_in_its_order() {
        let fields = [("attribute[a]", "x y&z"), ("attribute[a]", "é")].map(|(a, b)| (a.to_owned(), b.to_owned()));
        assert_eq!(form(&fields), "attribute%5Ba%5D=x+y%26z&attribute%5Ba%5D=%C3%A9");
    }
}
