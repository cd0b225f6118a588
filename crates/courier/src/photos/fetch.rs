//! One photo from its address: the name is asked once, that address is connected to and no other, and each address it leads on
//! to is looked at in the same way.

use super::address::{Allowed, Barred, chosen, named};
use reqwest::{Client, Response, Url, header::LOCATION, redirect::Policy};
use std::{net::SocketAddr, time::Duration};
use tokio::{net::lookup_host, time::timeout};

const CONNECT: Duration = Duration::from_secs(5);
/// An address may lead on so often.
const REDIRECTS: usize = 2;

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Failed {
    /// It is asked again.
    Later(String),
    /// It would be the same the next time.
    Never(String),
}

impl From<Barred> for Failed {
    fn from(why: Barred) -> Failed {
        Failed::Never(why.to_string())
    }
}

fn later(words: &str) -> Failed {
    Failed::Later(words.to_owned())
}

/// Its bytes, at most so many.
pub async fn photo(url: &str, most: usize, allowed: &Allowed, patience: Duration) -> Result<Vec<u8>, Failed> {
    match timeout(patience, through(url, most, allowed)).await {
        Ok(came) => came,
        Err(_) => Err(later("it takes too long")),
    }
}

async fn through(url: &str, most: usize, allowed: &Allowed) -> Result<Vec<u8>, Failed> {
    let mut url: Url = url.parse().map_err(|_| Barred::Web)?;
    for _ in 0..=REDIRECTS {
        let answer = ask(&url, allowed).await?;
        match answer.status().as_u16() {
            200 => return whole(answer, most).await,
            301 | 302 | 303 | 307 | 308 => {
                let to = answer.headers().get(LOCATION).and_then(|to| to.to_str().ok());
                url = to.and_then(|to| url.join(to).ok()).ok_or_else(|| later("it sends us nowhere"))?;
            }
            status @ (404 | 410) => return Err(Failed::Later(format!("it answered {status}: there is nothing"))),
            status => return Err(Failed::Later(format!("it answered {status}"))),
        }
    }
    Err(Failed::Never("it sends us on and on".to_owned()))
}

/// The name is asked here and not by the client, which then knows this one address for it.
async fn ask(url: &Url, allowed: &Allowed) -> Result<Response, Failed> {
    let (host, port) = named(url, allowed)?;
    let found: Vec<SocketAddr> =
        lookup_host((host.as_str(), port)).await.map_err(|_| later("its name cannot be found"))?.collect();
    let usual = url.port().is_none();
    let at = chosen(&found, usual, allowed)?;
    let client = Client::builder()
        .redirect(Policy::none())
        .no_proxy()
        .resolve(&host, at)
        .connect_timeout(CONNECT)
        .build()
        .map_err(|_| later("TLS is not set up"))?;
    // An error itself names the address.
    client.get(url.clone()).send().await.map_err(|error| match () {
        () if error.is_timeout() => later("it takes too long"),
        () if error.is_connect() => later("cannot connect to it"),
        () => later("it hung up, or its answer is not HTTP"),
    })
}

async fn whole(mut answer: Response, most: usize) -> Result<Vec<u8>, Failed> {
    let too_large = || Failed::Never("it is larger than the question takes".to_owned());
    if answer.content_length().is_some_and(|length| length > most as u64) {
        return Err(too_large());
    }
    let mut bytes = Vec::new();
    while let Some(piece) = answer.chunk().await.map_err(|_| later("its answer was cut off"))? {
        if bytes.len() + piece.len() > most {
            return Err(too_large());
        }
        bytes.extend_from_slice(&piece);
    }
    Ok(bytes)
}
