//! What a program says: the address, its query, and the form it sent.

use super::{errors::Told, format::Format};
use crate::{
    App,
    page::{
        Posted,
        address::escaped,
        files,
        parts::{Part, Parts},
    },
};
use axum::{
    extract::{FromRequest, FromRequestParts, Request},
    http::{StatusCode, header, request::Parts as Head},
};
use catalogue::Form;
use custody::files::Arriving;

/// Of a file that is read only to be refused.
const MOST_BYTES: usize = 256 * 1024;
/// Photos of one report.
const MOST_PHOTOS: usize = 20;

/// A question of a program.
#[derive(Clone, Debug)]
pub struct Asked {
    pub format: Format,
    pub path: String,
    /// Names and values of the query, and for a post of the form behind it.
    pub said: Form,
}

impl Asked {
    /// The value of a name; none where it is empty.
    pub fn get(&self, name: &str) -> Option<&str> {
        let values = self.said.0.iter().filter(|(known, _)| known == name);
        values.map(|(_, value)| value.trim()).find(|value| !value.is_empty())
    }

    /// What stands last in the address, without the format.
    pub fn last(&self) -> &str {
        let last = self.path.rsplit('/').next().unwrap_or_default();
        [".xml", ".json"].iter().find_map(|end| last.strip_suffix(end)).unwrap_or(last)
    }

    /// The client whose base address this is: it asks by when something changed (council 5.4).
    pub fn client(&self) -> Option<&str> {
        self.path.strip_prefix("/open311/v2/for/")?.split('/').next()
    }

    /// A list that stands in one value, with commas.
    pub fn list(&self, name: &str) -> Vec<String> {
        let values = self.said.all(name).flat_map(|value| value.split(','));
        values.map(str::trim).filter(|value| !value.is_empty()).map(str::to_owned).collect()
    }

    /// This address with another page. A key is never part of it.
    pub fn on_page(&self, page: usize, after: &str) -> String {
        let kept = |(name, _): &&(String, String)| !["api_key", "page", "after"].contains(&name.as_str());
        let pairs =
            self.said.0.iter().filter(kept).map(|(name, value)| format!("{}={}", escaped(name), escaped(value)));
        let more = [format!("page={page}"), format!("after={}", escaped(after))];
        format!("{}?{}", self.path, pairs.chain(more).collect::<Vec<_>>().join("&"))
    }
}

impl FromRequestParts<App> for Asked {
    type Rejection = Told;

    async fn from_request_parts(head: &mut Head, _: &App) -> Result<Asked, Told> {
        asked(head)
    }
}

fn asked(head: &Head) -> Result<Asked, Told> {
    let said = Posted::parse(head.uri.query().unwrap_or_default().as_bytes())?;
    // An id is letters, digits and a few signs: what is escaped is none of ours.
    let path = head.uri.path().to_owned();
    Ok(Asked { format: Format::of(&path), path, said })
}

/// A form that a program sent, the query before it; and the photos in it, by their names.
pub struct Sent {
    pub asked: Asked,
    pub photos: Vec<(String, Arriving)>,
}

impl FromRequest<App> for Sent {
    type Rejection = Told;

    async fn from_request(request: Request, app: &App) -> Result<Sent, Told> {
        let kind = request.headers().get(header::CONTENT_TYPE).and_then(|v| v.to_str().ok()).unwrap_or_default();
        let kind = kind.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
        if !["application/x-www-form-urlencoded", "multipart/form-data", ""].contains(&kind.as_str()) {
            let words = "Send a form: application/x-www-form-urlencoded or multipart/form-data, in UTF-8";
            return Err(Told::new(StatusCode::UNSUPPORTED_MEDIA_TYPE, words));
        }
        let (head, body) = request.into_parts();
        let mut asked = asked(&head)?;
        let mut parts = Parts::from_request(Request::from_parts(head, body), app).await?;
        // Nobody without a key fills a disk.
        let keyed = |asked: &Asked| asked.get("api_key").and_then(|key| app.setting.partners.agency_of(key)).is_some();
        let takes = asked.path.rsplit('/').next().is_some_and(|last| last.starts_with("requests."));
        let mut photos = Vec::new();
        loop {
            let most = if takes && keyed(&asked) { files::any().most_bytes } else { MOST_BYTES };
            match parts.next(most).await? {
                None => break,
                Some(Part::Text(name, value)) => asked.said.0.push((name, value)),
                Some(Part::File { .. }) if !takes => {
                    let words = "Photos are taken with a new report alone";
                    return Err(Told::new(StatusCode::UNSUPPORTED_MEDIA_TYPE, words));
                }
                Some(Part::File { .. }) if !keyed(&asked) => {
                    let words = "Photos are taken behind a valid api_key: put it before them, or in the address";
                    return Err(Told::new(StatusCode::FORBIDDEN, words));
                }
                Some(Part::File { .. }) if photos.len() >= MOST_PHOTOS => {
                    return Err(crate::page::Failure::TooLarge.into());
                }
                Some(Part::File { field, name, arrived }) if is_photo(&field) => photos.push((name, arrived)),
                Some(Part::File { field, .. }) => {
                    let words = format!("{field} is no name of a photo: photo1, photo2, or file_ and more");
                    return Err(Told::wrong(vec![words]));
                }
            }
        }
        Ok(Sent { asked, photos })
    }
}

/// `photo`, `photo1`, `file_1`, and `media` of some clients.
fn is_photo(field: &str) -> bool {
    let numbered = |rest: &str| rest.bytes().all(|b| b.is_ascii_digit());
    field.strip_prefix("photo").is_some_and(numbered) || field.starts_with("file_") || field == "media"
}
