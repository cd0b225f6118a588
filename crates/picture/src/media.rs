//! The kinds of picture that are taken, told by content alone. Whatever is not on the list is none: AVIF, SVG, PSD, PDF …

use serde::{Deserialize, Serialize};

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Media {
    #[serde(rename = "image/jpeg")]
    Jpeg,
    #[serde(rename = "image/png")]
    Png,
    #[serde(rename = "image/gif")]
    Gif,
    #[serde(rename = "image/tiff")]
    Tiff,
    #[serde(rename = "image/webp")]
    Webp,
    #[serde(rename = "image/heic")]
    Heic,
}

impl Media {
    pub const ALL: [Media; 6] = [Media::Jpeg, Media::Png, Media::Gif, Media::Tiff, Media::Webp, Media::Heic];

    /// As in a `Content-Type`.
    pub fn name(self) -> &'static str {
        match self {
            Media::Jpeg => "image/jpeg",
            Media::Png => "image/png",
            Media::Gif => "image/gif",
            Media::Tiff => "image/tiff",
            Media::Webp => "image/webp",
            Media::Heic => "image/heic",
        }
    }

    pub fn of(name: &str) -> Option<Media> {
        Media::ALL.into_iter().find(|media| media.name() == name)
    }
}

/// By the first bytes; nothing is decoded.
pub fn media(bytes: &[u8]) -> Option<Media> {
    let starts = |magic: &[u8]| bytes.starts_with(magic);
    if starts(b"\xff\xd8\xff") {
        Some(Media::Jpeg)
    } else if starts(b"\x89PNG\r\n\x1a\n") {
        Some(Media::Png)
    } else if starts(b"GIF87a") || starts(b"GIF89a") {
        Some(Media::Gif)
    } else if starts(b"II*\0") || starts(b"MM\0*") {
        Some(Media::Tiff)
    } else if starts(b"RIFF") && bytes.get(8..12) == Some(b"WEBP") {
        Some(Media::Webp)
    } else if heic(bytes) {
        Some(Media::Heic)
    } else {
        None
    }
}

/// Brands of single pictures coded as HEVC (ISO/IEC 23008-12, annex B). `hevc` and `hevx` are films.
const HEIC: [&[u8]; 4] = [b"heic", b"heix", b"heim", b"heis"];

/// The first box names the kinds a reader may take the file for. `mif1` alone says nothing of how it is coded.
fn heic(bytes: &[u8]) -> bool {
    let Some((size, rest)) = bytes.split_first_chunk::<4>() else { return false };
    let (Some(b"ftyp"), Some(major)) = (rest.get(..4), rest.get(4..8)) else { return false };
    let end = (u32::from_be_bytes(*size) as usize).min(bytes.len());
    let compatible = || bytes.get(16..end).unwrap_or_default().chunks_exact(4);
    match major {
        b"mif1" => compatible().any(|brand| HEIC.contains(&brand)) && !compatible().any(|brand| brand == b"avif"),
        major => HEIC.contains(&major),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ftyp(brands: &[&[u8; 4]]) -> Vec<u8> {
        let mut bytes = (8 + 4 * (brands.len() as u32 + 1)).to_be_bytes().to_vec();
        bytes.extend(b"ftyp");
        bytes.extend(brands[0]);
        bytes.extend([0; 4]);
        brands[1..].iter().for_each(|brand| bytes.extend(*brand));
        bytes.extend(b"\0\0\0\x08mdat");
        bytes
    }

    #[test]
    fn each_kind_is_told_by_its_first_bytes() {
        for (bytes, kind) in [
            (&b"\xff\xd8\xff\xe0"[..], Media::Jpeg),
            (b"\x89PNG\r\n\x1a\n", Media::Png),
            (b"GIF87a", Media::Gif),
            (b"GIF89a", Media::Gif),
            (b"II*\0", Media::Tiff),
            (b"MM\0*", Media::Tiff),
            (b"RIFF\x01\x02\x03\x04WEBPVP8 ", Media::Webp),
            (&ftyp(&[b"heic", b"mif1"]), Media::Heic),
            (&ftyp(&[b"heix"]), Media::Heic),
            (&ftyp(&[b"mif1", b"mif1", b"heic"]), Media::Heic),
        ] {
            assert_eq!(media(bytes), Some(kind));
            assert_eq!(Media::of(kind.name()), Some(kind));
        }
    }

    #[test]
    fn what_is_not_on_the_list_is_none() {
        for bytes in [
            &b""[..],
            b"\xff\xd8",
            b"<svg xmlns=\"http://www.w3.org/2000/svg\"/>",
            b"<!DOCTYPE html>",
            b"%PDF-1.7",
            b"8BPS\0\x01",
            b"BM\0\0",
            b"RIFF\0\0\0\0WAVE",
            b"RIFF",
            b"\0\0\0\x0cjP  ",
            b"PK\x03\x04",
            b"\0\0\0\x18ftyp",
            &ftyp(&[b"avif", b"mif1", b"heic"]),
            &ftyp(&[b"mif1", b"avif", b"heic"]),
            &ftyp(&[b"mif1"]),
            &ftyp(&[b"isom", b"heic"]),
            &ftyp(&[b"hevc"]),
        ] {
            assert_eq!(media(bytes), None, "{bytes:?}");
        }
        // A brand behind the end of the box is none.
        let mut behind = ftyp(&[b"mif1", b"miaf"]);
        behind.extend(b"heic");
        assert_eq!(media(&behind), None);
    }

    #[test]
    fn a_name_is_written_as_in_a_header() {
        assert_eq!(serde_json::to_string(&Media::Webp).unwrap(), "\"image/webp\"");
        assert_eq!(Media::of("image/svg+xml"), None);
    }
}
