//! What a file is, by its first bytes. What is not on this list is not taken.

/// The sorts of file that a question may accept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sort {
    Picture,
    Document,
    Sound,
    Video,
}

/// The sort and the media type (RFC 6838) of these bytes.
pub fn of(bytes: &[u8]) -> Option<(Sort, &'static str)> {
    if let Some(media) = picture::media(bytes) {
        return Some((Sort::Picture, media.name()));
    }
    let at = |from: usize, magic: &[u8]| bytes.get(from..).is_some_and(|rest| rest.starts_with(magic));
    if at(4, b"ftyp") {
        return iso(bytes.get(8..12)?);
    }
    let known: [(bool, Sort, &'static str); 9] = [
        (at(0, b"%PDF-"), Sort::Document, "application/pdf"),
        (at(0, &[0x1a, 0x45, 0xdf, 0xa3]) && holds(bytes, b"webm"), Sort::Video, "video/webm"),
        (at(0, &[0x1a, 0x45, 0xdf, 0xa3]) && holds(bytes, b"matroska"), Sort::Video, "video/matroska"),
        (at(0, b"RIFF") && at(8, b"AVI "), Sort::Video, "video/x-msvideo"),
        (at(0, b"RIFF") && at(8, b"WAVE"), Sort::Sound, "audio/wav"),
        (at(0, b"OggS"), Sort::Sound, "audio/ogg"),
        (at(0, b"fLaC"), Sort::Sound, "audio/flac"),
        (at(0, b"#!AMR"), Sort::Sound, "audio/amr"),
        (at(0, b"ID3") || is_mpeg_sound(bytes), Sort::Sound, "audio/mpeg"),
    ];
    known.into_iter().find(|(is, ..)| *is).map(|(_, sort, name)| (sort, name))
}

/// The brand of an ISO base media file (ISO/IEC 14496-12). Pictures in that container were asked for before.
fn iso(brand: &[u8]) -> Option<(Sort, &'static str)> {
    match brand {
        b"M4A " | b"M4B " => Some((Sort::Sound, "audio/mp4")),
        b"qt  " => Some((Sort::Video, "video/quicktime")),
        b"isom" | b"iso2" | b"iso4" | b"iso5" | b"iso6" | b"mp41" | b"mp42" | b"avc1" | b"M4V " | b"MSNV" | b"dash" => {
            Some((Sort::Video, "video/mp4"))
        }
        [b'3', b'g', ..] => Some((Sort::Video, "video/3gpp")),
        _ => None,
    }
}

/// The document type of a Matroska file stands within its header.
fn holds(bytes: &[u8], word: &[u8]) -> bool {
    bytes.get(..64.min(bytes.len())).is_some_and(|head| head.windows(word.len()).any(|part| part == word))
}

/// A frame of MPEG-1 or MPEG-2 audio, layer III, with a bit rate and a sample rate that there are.
fn is_mpeg_sound(bytes: &[u8]) -> bool {
    matches!(bytes, [0xff, b, c, ..] if b & 0xe6 == 0xe2 && b & 0x18 != 0x08 && c & 0xf0 != 0xf0 && c & 0x0c != 0x0c)
}

/// The sort of a media type that [`of`] gives.
pub fn of_name(media: &str) -> Option<Sort> {
    match media.split_once('/')? {
        ("image", _) => Some(Sort::Picture),
        ("application", "pdf") => Some(Sort::Document),
        ("audio", _) => Some(Sort::Sound),
        ("video", _) => Some(Sort::Video),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_what_its_first_bytes_say() {
        for (bytes, media) in [
            (&b"%PDF-1.7\n"[..], "application/pdf"),
            (b"\0\0\0\x20ftypisom\0\0", "video/mp4"),
            (b"\0\0\0\x14ftypqt  \0\0", "video/quicktime"),
            (b"\0\0\0\x14ftypM4A \0\0", "audio/mp4"),
            (b"\x1a\x45\xdf\xa3\x9fB\x86\x81\x01B\x82\x84webm", "video/webm"),
            (b"RIFF\x24\0\0\0WAVEfmt ", "audio/wav"),
            (b"ID3\x04\0\0", "audio/mpeg"),
            (b"\xff\xfb\x90\x64\0", "audio/mpeg"),
        ] {
            assert_eq!(of(bytes).map(|(_, name)| name), Some(media), "{bytes:?}");
        }
    }

    #[test]
    fn what_could_run_or_draw_in_a_browser_is_no_file_of_ours() {
        for bytes in [
            &b"<html><script>"[..],
            b"<?xml version=\"1.0\"?><svg ",
            b"MZ\x90\0",
            b"\x7fELF",
            b"PK\x03\x04",
            b"#!/bin/sh",
            b"\0\0\0\x20ftypavif\0\0",
            b"",
            b"hello",
        ] {
            assert_eq!(of(bytes), None, "{bytes:?}");
        }
    }
}
