//! A posted form that may hold files, read piece by piece.

use super::{Failure, Posted, files::lost, origin::Origin};
use crate::App;
use axum::{
    extract::{FromRequest, Multipart, Request, multipart::Field},
    http::header,
};
use custody::files::{Arriving, Files};

/// Bytes of a whole post with files: twenty of the largest.
pub const MOST_POST: usize = 20 * 20 * 1024 * 1024 + 1024 * 1024;
/// Bytes of a field that is no file.
const MOST_TEXT: usize = 64 * 1024;
/// Fields and files of one post.
const MOST_PARTS: usize = 200;

/// One piece.
pub enum Part {
    Text(String, String),
    File {
        field: String,
        /// As its giver named it.
        name: String,
        arrived: Arriving,
    },
}

pub struct Parts {
    from: From,
    files: Files,
    read: usize,
    /// Where it comes from.
    pub origin: Origin,
}

enum From {
    Multipart(Multipart),
    /// Without files: as browsers send any other form.
    Plain(std::vec::IntoIter<(String, String)>),
}

impl FromRequest<App> for Parts {
    type Rejection = Failure;

    async fn from_request(request: Request, app: &App) -> Result<Parts, Failure> {
        let origin = Origin::of(request.extensions(), request.headers(), app);
        let kind = request.headers().get(header::CONTENT_TYPE).and_then(|v| v.to_str().ok()).unwrap_or_default();
        let from = if kind.starts_with("multipart/form-data") {
            From::Multipart(Multipart::from_request(request, app).await.map_err(|_| Failure::Unreadable)?)
        } else {
            From::Plain(Posted::from_request(request, app).await?.0.0.into_iter())
        };
        Ok(Parts { from, files: app.files.clone(), read: 0, origin })
    }
}

impl Parts {
    /// The next piece. Of a file that is longer than `most_bytes` the rest is read and dropped. A browser posts an empty
    /// file without a name where none was chosen: that is no piece.
    pub async fn next(&mut self, most_bytes: usize) -> Result<Option<Part>, Failure> {
        loop {
            let next = self.read_on(most_bytes).await?;
            let none_chosen =
                matches!(&next, Some(Part::File { name, arrived, .. }) if name.is_empty() && arrived.size() == 0);
            if !none_chosen {
                return Ok(next);
            }
        }
    }

    async fn read_on(&mut self, most_bytes: usize) -> Result<Option<Part>, Failure> {
        self.read += 1;
        if self.read > MOST_PARTS {
            return Err(Failure::TooLarge);
        }
        match &mut self.from {
            From::Plain(fields) => Ok(fields.next().map(|(name, value)| Part::Text(name, value))),
            From::Multipart(multipart) => match multipart.next_field().await.map_err(broken)? {
                Some(field) => Ok(Some(part(field, self.files.arriving(most_bytes)).await?)),
                None => Ok(None),
            },
        }
    }
}

/// A form that was cut off, or is longer than all of it may be.
fn broken(error: axum::extract::multipart::MultipartError) -> Failure {
    if error.status() == axum::http::StatusCode::PAYLOAD_TOO_LARGE { Failure::TooLarge } else { Failure::Unreadable }
}

async fn part(mut field: Field<'_>, mut arriving: Arriving) -> Result<Part, Failure> {
    let name = field.name().map(str::to_owned).ok_or(Failure::Unreadable)?;
    if let Some(file) = field.file_name().map(str::to_owned) {
        while let Some(piece) = field.chunk().await.map_err(broken)? {
            arriving.write(&piece).map_err(|error| lost(&error))?;
        }
        return Ok(Part::File { field: name, name: file, arrived: arriving });
    }
    let mut bytes = Vec::new();
    while let Some(piece) = field.chunk().await.map_err(broken)? {
        if bytes.len() + piece.len() > MOST_TEXT {
            return Err(Failure::TooLarge);
        }
        bytes.extend_from_slice(&piece);
    }
    match String::from_utf8(bytes) {
        Ok(text) if !text.contains('\0') && !name.contains('\0') => Ok(Part::Text(name, text)),
        _ => Err(Failure::Unreadable),
    }
}
