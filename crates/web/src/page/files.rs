//! Files as pages show, take and serve them.

use super::{Failure, agreed::capital, origin::Origin, when};
use crate::{App, govuk::FileUpload};
use axum::{
    Json,
    body::Body,
    http::{HeaderMap, HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use casework::report::{
    files::File,
    room::{self, Room},
};
use catalogue::{Accept, Kind, Question};
use custody::files::{Arriving, Lost, Name, Sort, Unfit, Wish};
use jiff::{Timestamp, ZonedDateTime, civil::DateTime, tz::TimeZone};
use picture::Fault;
use serde_json::json;
use store::{
    held::{Held, Scan},
    rendition::Rendition,
};

const MEGABYTE: usize = 1024 * 1024;

/// A file as a page shows it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Shown {
    pub id: String,
    pub name: String,
    /// `2.4 MB`
    pub size: String,
    /// When the file says it was taken: `22 May 2026 at 9:14am`.
    pub taken: String,
    /// Where a picture of it is.
    pub picture: Option<String>,
    /// Nobody is shown it, and why.
    pub withheld: &'static str,
    pub hidden: bool,
}

/// `picture` gives the address of its picture.
pub fn shown(held: &Held, picture: impl FnOnce(&Held) -> String) -> Shown {
    let withheld = match held.scan {
        Scan::None | Scan::Clean => "",
        Scan::Waiting => "We are checking this file for harmful programs. It can be seen after that.",
        Scan::Infected => "A harmful program was found in this file. It is kept and shown to nobody.",
    };
    let is_picture = withheld.is_empty() && held.media.starts_with("image/");
    Shown {
        id: held.id.to_string(),
        name: held.name.clone(),
        size: size(held.size),
        taken: taken(held),
        picture: is_picture.then(|| picture(held)),
        withheld,
        hidden: held.hidden_at.is_some(),
    }
}

/// In steps of a tenth of a megabyte, or in kilobytes.
fn size(bytes: i64) -> String {
    let mega = MEGABYTE as f64;
    if bytes < MEGABYTE as i64 {
        format!("{} KB", (bytes + 1023) / 1024)
    } else {
        format!("{:.1} MB", bytes as f64 / mega)
    }
}

/// The local time of the camera, as it was set.
fn taken(held: &Held) -> String {
    let at = held.taken["at"].as_str().and_then(|at| at.parse::<DateTime>().ok());
    at.map(when::civil).unwrap_or_default()
}

/// When the file says it was taken, in this zone: by the offset the camera kept, else by the clock on the wall there.
pub fn moment(held: &Held, zone: &TimeZone) -> Option<ZonedDateTime> {
    let at: DateTime = held.taken["at"].as_str()?.parse().ok()?;
    match held.taken["offset"].as_str() {
        Some(offset) => Some(format!("{at}{offset}").parse::<Timestamp>().ok()?.to_zoned_datetime(zone.clone())),
        None => zone.to_ambiguous_zoned_datetime(at).unambiguous().ok(),
    }
}

/// Where the file says it was taken.
pub fn place(held: &Held) -> Option<(f64, f64)> {
    Some((held.taken["lat"].as_f64()?, held.taken["lon"].as_f64()?))
}

/// What a question takes; None where it asks for no files.
pub fn wish(question: &Question) -> Option<Wish> {
    let (megabytes, accept) = match &question.kind {
        Kind::Photo { megabytes, .. } => (*megabytes, vec![Accept::Picture]),
        Kind::File { megabytes, accept, .. } => (*megabytes, accept.clone()),
        _ => return None,
    };
    Some(Wish { sorts: accept.into_iter().map(sort).collect(), most_bytes: megabytes * MEGABYTE })
}

/// What may be added to a report that was sent: anything that a question could ask for.
pub fn any() -> Wish {
    Wish { sorts: Accept::ALL.iter().copied().map(sort).collect(), most_bytes: ADDED_MEGABYTES * MEGABYTE }
}

/// Photos alone.
pub fn pictures() -> Wish {
    Wish { sorts: vec![Sort::Picture], most_bytes: ADDED_MEGABYTES * MEGABYTE }
}

/// The largest file that may be added to a report that was sent (C-7).
const ADDED_MEGABYTES: usize = 20;

fn sort(accept: Accept) -> Sort {
    match accept {
        Accept::Picture => Sort::Picture,
        Accept::Document => Sort::Document,
        Accept::Sound => Sort::Sound,
        Accept::Video => Sort::Video,
    }
}

/// The `accept` of a file input: what a phone offers to choose from.
pub fn accept(accept: &[Accept]) -> String {
    let one = |accept: &Accept| match accept {
        Accept::Picture => "image/*",
        Accept::Document => "application/pdf",
        Accept::Sound => "audio/*",
        Accept::Video => "video/*",
    };
    accept.iter().map(one).collect::<Vec<_>>().join(",")
}

/// Takes a file in; one that cannot be taken is a code for programs and words that say what to do next.
pub async fn receive(
    app: &App,
    name: &str,
    arrived: Arriving,
    wish: &Wish,
) -> Result<Result<File, (&'static str, String)>, Failure> {
    match app.files.receive(app.draw().id(), name, arrived, wish).await {
        Ok(file) => Ok(Ok(file)),
        Err(error) => Ok(Err(unfit(&error, name, wish)?)),
    }
}

/// The same from somebody whom nobody knows: while there is room for it.
pub async fn receive_from(
    app: &App,
    origin: &Origin,
    name: &str,
    arrived: Arriving,
    wish: &Wish,
) -> Result<Result<File, (&'static str, String)>, Failure> {
    match room(app, origin).await? {
        Room::Left => {}
        Room::NotForOrigin => {
            let words =
                "You have sent a lot of files today. Leave “{name}” out for now, and add it to your report tomorrow";
            return Ok(Err(("file.room", words.replace("{name}", name))));
        }
        Room::NotInTheHouse => {
            let words = "We have no room for files right now. Leave “{name}” out, and add it to your report later";
            return Ok(Err(("file.room", words.replace("{name}", name))));
        }
    }
    let taken = receive(app, name, arrived, wish).await?;
    if let Ok(file) = &taken {
        let (setting, from, now) = (app.setting.clone(), origin.0.clone(), app.now());
        let bytes = file.0.size;
        app.db.write(move |tx| room::gave(tx, &setting, &from, bytes, now)).await.map_err(casework::Error::from)?;
    }
    Ok(taken)
}

/// Whether there is room for a file of this origin.
pub async fn room(app: &App, origin: &Origin) -> Result<Room, Failure> {
    let (setting, from, limits, now) = (app.setting.clone(), origin.0.clone(), app.options.room, app.now());
    Ok(app.db.read(move |tx| room::room(tx, &setting, &from, limits, now)).await.map_err(casework::Error::from)?)
}

/// There is no room for a file, or nowhere to read it from.
pub fn lost(error: &Lost) -> Failure {
    tracing::error!(%error, "a file cannot be kept");
    Failure::CannotKeep
}

/// What a script that uploads one file at a time is told of it: it shows the words itself.
pub fn told(headers: &HeaderMap, words: &[&str]) -> Option<Response> {
    let is_script = headers.get(header::ACCEPT).is_some_and(|accept| accept == "application/json");
    let status = if words.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    is_script.then(|| (status, Json(json!({ "errors": words }))).into_response())
}

/// The input for what is wished for, on the page of a report that was sent.
pub fn input(wish: &Wish, problems: &[String]) -> FileUpload {
    let megabytes = wish.most_bytes / MEGABYTE;
    let taken: Vec<Accept> = Accept::ALL.iter().copied().filter(|one| wish.sorts.contains(&sort(*one))).collect();
    let one = |accept: &Accept| match accept {
        Accept::Picture => "photos",
        Accept::Document => "PDFs",
        Accept::Sound => "sound",
        Accept::Video => "video",
    };
    let names: Vec<&str> = taken.iter().map(one).collect();
    let names = match names.split_last() {
        Some((last, rest)) if !rest.is_empty() => format!("{} or {last}", rest.join(", ")),
        _ => names.concat(),
    };
    let hint = format!("{}, up to {megabytes} MB each", capital(&names));
    let label = if taken == [Accept::Picture] { "Choose photos" } else { "Choose photos or files" };
    let input = FileUpload::new("new", "new", label).hint(hint).accept(&accept(&taken));
    let mut input = input.error(problems.first().map(String::as_str));
    input.multiple = true;
    input.label.classes = "govuk-label--s".to_owned();
    input
}

/// Why a file was not taken.
fn unfit(error: &Unfit, name: &str, wish: &Wish) -> Result<(&'static str, String), Failure> {
    let photos = wish.sorts == [Sort::Picture];
    Ok(match error {
        Unfit::Empty => ("file.empty", format!("“{name}” is empty. Choose another one")),
        Unfit::TooLarge => {
            let megabytes = wish.most_bytes / MEGABYTE;
            ("file.large", format!("“{name}” is larger than {megabytes} MB. Choose a smaller one"))
        }
        Unfit::Sort if photos => {
            ("file.sort", format!("“{name}” is not a photo we can use. Choose a photo, such as a JPEG or PNG"))
        }
        Unfit::Sort => ("file.sort", format!("“{name}” is not a file we can take. Choose {}", sorts(&wish.sorts))),
        Unfit::Picture(Fault::NoDecoder) => {
            ("file.format", format!("We cannot open “{name}” here. Save it as a JPEG and add that"))
        }
        Unfit::Picture(Fault::TooLarge { .. }) => {
            ("file.pixels", format!("“{name}” has too many pixels. Make the picture smaller and add that"))
        }
        Unfit::Picture(_) => {
            ("file.broken", format!("We could not open “{name}”. It may be damaged. Choose another one"))
        }
        Unfit::Malware => ("file.malware", format!("We found a harmful program in “{name}”. We have not kept it")),
        Unfit::Lost(error) => return Err(lost(error)),
    })
}

fn sorts(sorts: &[Sort]) -> String {
    let one = |sort: &Sort| match sort {
        Sort::Picture => "a picture",
        Sort::Document => "a PDF",
        Sort::Sound => "a sound recording",
        Sort::Video => "a video",
    };
    let all: Vec<&str> = sorts.iter().map(one).collect();
    match all.split_last() {
        Some((last, rest)) if !rest.is_empty() => format!("{} or {last}", rest.join(", ")),
        _ => all.join(""),
    }
}

/// A file named in an address. What is no id is not there.
pub fn id(text: &str) -> Result<uuid::Uuid, Failure> {
    uuid::Uuid::try_parse(text).map_err(|_| Failure::NotFound)
}

/// Which bytes of a file are asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Size {
    /// The picture for lists and phones.
    Small,
    /// The largest picture that was made.
    Large,
    /// The bytes as they came.
    Original,
}

impl Size {
    pub fn of(word: &str) -> Result<Size, Failure> {
        match word {
            "small" => Ok(Size::Small),
            "large" => Ok(Size::Large),
            "original" => Ok(Size::Original),
            _ => Err(Failure::NotFound),
        }
    }
}

/// The bytes of a file that the caller may be shown. An original is only ever saved, never drawn in place.
pub async fn serve(app: &App, held: &Held, renditions: &[Rendition], size: Size) -> Result<Response, Failure> {
    let made = match size {
        Size::Small => renditions.first(),
        Size::Large => renditions.last(),
        Size::Original => None,
    };
    let name = match (size, made) {
        (Size::Original, _) => Name::Original(held.id),
        (_, Some(made)) => Name::Rendition(held.id, made.version, made.longest),
        (_, None) => return Err(Failure::NotFound),
    };
    let bytes = app.files.blobs.get(name).await.map_err(|error| {
        tracing::error!(file = %held.id, %error, "a file cannot be read");
        Failure::CannotKeep
    })?;
    let mut response = Response::new(Body::from(bytes));
    *response.status_mut() = StatusCode::OK;
    let headers = response.headers_mut();
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    if made.is_some() {
        headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("image/jpeg"));
        return Ok(response);
    }
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_str(&held.media).map_err(|_| Failure::Broken)?);
    let attachment = format!("attachment; filename=\"file\"; filename*=UTF-8''{}", escaped(&held.name));
    headers.insert(header::CONTENT_DISPOSITION, HeaderValue::from_str(&attachment).map_err(|_| Failure::Broken)?);
    Ok(response)
}

/// RFC 8187: letters, figures and a few signs as they are, all else by its bytes.
fn escaped(name: &str) -> String {
    let mut text = String::new();
    for byte in name.bytes() {
        if byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'-' | b'_') {
            text.push(char::from(byte));
        } else {
            text.push_str(&format!("%{byte:02X}"));
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_size_is_said_as_people_say_it() {
        assert_eq!([size(1), size(1024), size(1_048_575), size(2_500_000)], ["1 KB", "1 KB", "1024 KB", "2.4 MB"]);
    }

    #[test]
    fn a_name_cannot_leave_its_header() {
        assert_eq!(escaped("a\"b\r\nc é.jpg"), "a%22b%0D%0Ac%20%C3%A9.jpg");
    }

    #[test]
    fn sorts_are_listed_in_words() {
        assert_eq!(sorts(&[Sort::Picture]), "a picture");
        assert_eq!(sorts(&[Sort::Picture, Sort::Video, Sort::Sound]), "a picture, a video or a sound recording");
    }
}
