//! What is too large, empty, cut short or something else is refused by name.

use crate::made::{corners, made, order, written};
use picture::{Fault, Media, develop};

fn crc(bytes: &[u8]) -> u32 {
    !bytes.iter().fold(u32::MAX, |crc, byte| {
        (0..8).fold(crc ^ u32::from(*byte), |crc, _| (crc >> 1) ^ (0xedb8_8320 * (crc & 1)))
    })
}

fn chunk(kind: &[u8; 4], body: &[u8]) -> Vec<u8> {
    let named = [kind, body].concat();
    [&(body.len() as u32).to_be_bytes()[..], &named, &crc(&named).to_be_bytes()].concat()
}

fn png_that_claims(width: u32, height: u32) -> Vec<u8> {
    let head = [&width.to_be_bytes()[..], &height.to_be_bytes(), b"\x08\x06\0\0\0"].concat();
    [b"\x89PNG\r\n\x1a\n".to_vec(), chunk(b"IHDR", &head), chunk(b"IDAT", b"\x78\x9c"), chunk(b"IEND", b"")].concat()
}

/// A copy with other bytes at `at`.
fn changed(bytes: &[u8], at: usize, to: &[u8]) -> Vec<u8> {
    let mut bytes = bytes.to_vec();
    bytes[at..at + to.len()].copy_from_slice(to);
    bytes
}

#[test]
fn a_size_is_refused_by_the_header_before_there_is_room_for_it() {
    // 40 GB, and a single line of 8 GB.
    for (width, height) in [(100_000, 100_000), (i32::MAX as u32, 1), (1, i32::MAX as u32)] {
        let refused = made(Media::Png, &png_that_claims(width, height)).unwrap_err();
        assert_eq!(refused, Fault::TooLarge { width, height });
    }
    let small = corners(16, 8);
    let gif = changed(&written(Media::Gif, &small, None), 6, b"\xff\xff\xff\xff");
    assert_eq!(made(Media::Gif, &gif).unwrap_err(), Fault::TooLarge { width: 65_535, height: 65_535 });
    let jpeg = written(Media::Jpeg, &small, None);
    let frame = jpeg.windows(2).position(|two| two == b"\xff\xc0").unwrap();
    let jpeg = changed(&jpeg, frame + 5, b"\xff\xdc\xff\xdc");
    assert_eq!(made(Media::Jpeg, &jpeg).unwrap_err(), Fault::TooLarge { width: 65_500, height: 65_500 });
    let tiff = crate::exif::tiff((60_000, 60_000), 2, 3, small.as_raw(), &[]);
    assert_eq!(made(Media::Tiff, &tiff).unwrap_err(), Fault::TooLarge { width: 60_000, height: 60_000 });
    // Lossless: fourteen bits each after the signature.
    let webp = written(Media::Webp, &small, None);
    let at = webp.windows(4).position(|four| four == b"VP8L").unwrap() + 9;
    let webp = changed(&webp, at, b"\xfe\xbf\xff\x0f");
    assert_eq!(made(Media::Webp, &webp).unwrap_err(), Fault::TooLarge { width: 16_383, height: 16_383 });
}

#[test]
fn the_limit_is_the_orders() {
    for media in [Media::Jpeg, Media::Png, Media::Webp, Media::Gif, Media::Tiff] {
        let mut order = order(media, &[8]);
        let original = written(media, &corners(20, 10), None);
        order.most_pixels = 200;
        assert!(develop(&order, &original).is_ok(), "{media:?}");
        order.most_pixels = 199;
        assert_eq!(develop(&order, &original).unwrap_err(), Fault::TooLarge { width: 20, height: 10 }, "{media:?}");
    }
}

#[test]
fn a_heic_that_says_it_is_too_large_is_not_converted() {
    let boxed = |kind: &[u8; 4], body: &[u8]| [&(8 + body.len() as u32).to_be_bytes()[..], kind, body].concat();
    let size = boxed(b"ispe", &[[0; 4], 20_000_u32.to_be_bytes(), 10_000_u32.to_be_bytes()].concat());
    let meta = [&[0; 4][..], &boxed(b"iprp", &boxed(b"ipco", &size))].concat();
    let heic = [boxed(b"ftyp", b"heic\0\0\0\0"), boxed(b"meta", &meta)].concat();
    let refused = picture::develop_with(&order(Media::Heic, &[8]), &heic, |_| panic!("it is not converted"));
    assert_eq!(refused.unwrap_err(), Fault::TooLarge { width: 20_000, height: 10_000 });
}

#[test]
fn no_pixels_are_named_so() {
    assert_eq!(made(Media::Png, &png_that_claims(0, 8)).unwrap_err(), Fault::Empty);
    assert_eq!(made(Media::Gif, b"GIF89a\x08\0\x08\0\0\0\0\x3b").unwrap_err(), Fault::Empty);
    assert_eq!(made(Media::Gif, b"GIF89a\x08\0\x08\0\x80\0\0\0\0\0\xff\xff\xff\x3b").unwrap_err(), Fault::Empty);
}

#[test]
fn another_kind_than_was_said_is_refused() {
    let png = written(Media::Png, &corners(8, 8), None);
    for media in [Media::Jpeg, Media::Gif, Media::Tiff, Media::Webp, Media::Heic] {
        assert_eq!(made(media, &png).unwrap_err(), Fault::Mistyped);
    }
    for bytes in [&b""[..], b"<svg/>", b"%PDF-1.7", &png[1..]] {
        assert_eq!(made(Media::Png, bytes).unwrap_err(), Fault::Unknown);
    }
}

#[test]
fn what_is_cut_short_is_broken_or_shown_as_far_as_it_goes() {
    for media in [Media::Jpeg, Media::Png, Media::Webp, Media::Gif, Media::Tiff] {
        let original = written(media, &corners(48, 40), None);
        for end in 12..original.len() {
            if let Err(fault) = made(media, &original[..end]) {
                assert!(matches!(fault, Fault::Broken | Fault::Empty), "{media:?} {end}: {fault:?}");
            }
        }
        assert_eq!(made(media, &original[..16]).unwrap_err(), Fault::Broken, "{media:?}");
    }
    let png = written(Media::Png, &corners(48, 40), None);
    assert_eq!(made(Media::Png, &png[..png.len() / 2]).unwrap_err(), Fault::Broken);
}
