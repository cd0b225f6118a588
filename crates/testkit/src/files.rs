//! Photos and other files of a test, made here: small, and nobody's.

use crate::{Client, House, Page};
use casework::{
    codes,
    report::files::{File, Holder},
};
use catalogue::{Kind, Service};
use serde_json::{Value as Json, json};
use std::collections::BTreeMap;
use uuid::Uuid;

/// One black pixel.
pub const GIF: &[u8] =
    b"GIF89a\x01\0\x01\0\x80\0\0\0\0\0\xff\xff\xff!\xf9\x04\x01\0\0\0\0,\0\0\0\0\x01\0\x01\0\0\x02\x02D\x01\0;";
/// The head of a sound file, and silence.
pub const WAV: &[u8] =
    b"RIFF\x28\0\0\0WAVEfmt \x10\0\0\0\x01\0\x01\0\x40\x1f\0\0\x40\x1f\0\0\x01\0\x08\0data\x04\0\0\0\x80\x80\x80\x80";

/// The head of a film, and nothing on it.
pub const MP4: &[u8] = b"\0\0\0\x18ftypisom\0\0\x02\0isommp41\0\0\0\x08mdat";

/// A JPEG that says where and when it was taken. North and east are positive.
pub fn photo_at(lat: f64, lon: f64, at: &str) -> Vec<u8> {
    let order = picture::Order { media: picture::Media::Gif, longest: vec![800], black: Vec::new(), most_pixels: 100 };
    #[expect(clippy::disallowed_methods, reason = "a picture is made, none is taken in")]
    let jpeg = picture::develop(&order, GIF).unwrap().renditions.remove(0).jpeg;
    let exif = exif(lat, lon, at);
    let mut photo = jpeg[..2].to_vec();
    photo.extend([0xff, 0xe1]);
    photo.extend(u16::try_from(exif.len() + 2).unwrap().to_be_bytes());
    photo.extend(exif);
    photo.extend(&jpeg[2..]);
    photo
}

/// Offsets are from the start of the TIFF header, whose byte order is big-endian.
fn exif(lat: f64, lon: f64, at: &str) -> Vec<u8> {
    let entry = |tag: u16, kind: u16, count: u32, value: [u8; 4]| {
        let mut entry = tag.to_be_bytes().to_vec();
        entry.extend(kind.to_be_bytes());
        entry.extend(count.to_be_bytes());
        entry.extend(value);
        entry
    };
    let offset = |n: u32| n.to_be_bytes();
    let degrees = |angle: f64| {
        let micro = (angle.abs() * 1e6).round() as u32;
        [[micro, 1_000_000], [0, 1], [0, 1]].concat().into_iter().flat_map(u32::to_be_bytes).collect::<Vec<u8>>()
    };
    let letter = |first: char| [first as u8, 0, 0, 0];
    let mut tiff = b"MM\0\x2a\0\0\0\x08".to_vec();
    // At 8: the first directory, with the places of the two others.
    tiff.extend([0, 2]);
    tiff.extend(entry(0x8769, 4, 1, offset(38)));
    tiff.extend(entry(0x8825, 4, 1, offset(56)));
    tiff.extend([0; 4]);
    // At 38: when.
    tiff.extend([0, 1]);
    tiff.extend(entry(0x9003, 2, 20, offset(110)));
    tiff.extend([0; 4]);
    // At 56: where.
    tiff.extend([0, 4]);
    tiff.extend(entry(1, 2, 2, letter(if lat < 0.0 { 'S' } else { 'N' })));
    tiff.extend(entry(2, 5, 3, offset(130)));
    tiff.extend(entry(3, 2, 2, letter(if lon < 0.0 { 'W' } else { 'E' })));
    tiff.extend(entry(4, 5, 3, offset(154)));
    tiff.extend([0; 4]);
    // At 110: `2026:05:22 09:14:00` and its end.
    tiff.extend(at.as_bytes());
    tiff.push(0);
    tiff.extend(degrees(lat));
    tiff.extend(degrees(lon));
    [b"Exif\0\0".to_vec(), tiff].concat()
}

/// Bytes that a question takes.
fn bytes(kind: &Kind) -> &'static [u8] {
    match kind {
        Kind::File { accept, .. } if accept.contains(&catalogue::Accept::Sound) => WAV,
        Kind::File { accept, .. } if accept.contains(&catalogue::Accept::Video) => MP4,
        _ => GIF,
    }
}

/// The questions of a sample that are answered by files, with how many.
pub fn asked(service: &Service, answers: &Json) -> Vec<(String, usize, &'static [u8])> {
    let files = service.questions.iter().filter(|q| matches!(q.kind, Kind::Photo { .. } | Kind::File { .. }));
    files.filter_map(|q| Some((q.id.clone(), answers.get(&q.id)?.as_array()?.len(), bytes(&q.kind)))).collect()
}

impl House {
    /// The answers of a sample with files that are there in place of those it names, and those files.
    pub async fn receive_files(&self, service: &Service, answers: &Json) -> (Json, Vec<File>) {
        let (mut answers, mut received) = (answers.clone(), Vec::new());
        for (question, count, bytes) in asked(service, &answers) {
            let first = received.len();
            for _ in 0..count {
                received.push(self.receive_file(bytes).await);
            }
            answers[&question] = received[first..].iter().map(|(held, _)| json!(held.id)).collect();
        }
        (answers, received)
    }

    /// The same, each with a token of its own, and who holds them.
    pub async fn hold_files(&self, service: &Service, answers: &Json) -> (Json, Holder) {
        let (answers, received) = self.receive_files(service, answers).await;
        let mut tokens = BTreeMap::new();
        for file in received {
            let (id, token) = self.hold(file).await;
            tokens.insert(id, token);
        }
        (answers, Holder::Each(tokens))
    }

    async fn receive_file(&self, bytes: &[u8]) -> File {
        let id = self.draw().id();
        let wish = web::page::files::any();
        let mut arriving = self.app.files.arriving(wish.most_bytes);
        arriving.write(bytes).unwrap();
        self.app.files.receive(id, "a file", arriving, &wish).await.unwrap()
    }

    /// A file that waits to be named, with its token.
    pub async fn hold_file(&self, bytes: &[u8]) -> (Uuid, String) {
        let file = self.receive_file(bytes).await;
        self.hold(file).await
    }

    async fn hold(&self, file: File) -> (Uuid, String) {
        let mut draw = self.draw();
        let (id, token) = (file.0.id, codes::show_token(&draw.bytes()));
        let kept = token.clone();
        let held = self.db.write(move |tx| casework::report::files::hold_alone(tx, &draw, &kept, &file));
        held.await.unwrap();
        (id, token)
    }
}

impl Client {
    /// Posts a form with files: text fields, then each file as field, name and bytes.
    pub async fn upload(&mut self, path: &str, fields: &[(&str, &str)], files: &[(&str, &str, &[u8])]) -> Page {
        const BOUNDARY: &str = "----moothall-test";
        let mut body = Vec::new();
        for (name, value) in fields {
            let head = format!("--{BOUNDARY}\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n");
            body.extend(head.into_bytes());
        }
        for (field, name, bytes) in files {
            let head = format!(
                "--{BOUNDARY}\r\nContent-Disposition: form-data; name=\"{field}\"; filename=\"{name}\"\r\n\
                 Content-Type: application/octet-stream\r\n\r\n"
            );
            body.extend(head.into_bytes());
            body.extend(*bytes);
            body.extend(b"\r\n");
        }
        body.extend(format!("--{BOUNDARY}--\r\n").into_bytes());
        self.post_raw(path, &format!("multipart/form-data; boundary={BOUNDARY}"), body).await
    }
}
