//! Renditions hold pixels and nothing else.

use crate::{
    exif,
    made::{corners, made, written},
};
use picture::Media;

/// The kinds of segment, in their order. Panics where something stands behind the end.
fn segments(jpeg: &[u8]) -> Vec<u8> {
    assert!(jpeg.starts_with(b"\xff\xd8"));
    let (mut at, mut kinds) = (2, Vec::new());
    loop {
        assert_eq!(jpeg[at], 0xff);
        let kind = jpeg[at + 1];
        kinds.push(kind);
        at += 2 + usize::from(u16::from_be_bytes([jpeg[at + 2], jpeg[at + 3]]));
        if kind == 0xda {
            break;
        }
    }
    // In the pixels a mark is followed by nought; the first other one is the end.
    let end = (at..jpeg.len() - 1).find(|at| jpeg[*at] == 0xff && jpeg[at + 1] != 0).unwrap();
    assert_eq!((&jpeg[end..], end + 2), (&b"\xff\xd9"[..], jpeg.len()));
    kinds
}

#[test]
fn a_rendition_holds_nothing_but_its_pixels() {
    let secret = "somebody@example.org";
    let camera = [exif::ascii(0x9003, "2008:10:22 16:28:39"), exif::ascii(0xa433, secret)];
    let block = exif::block(&[exif::ascii(0x10e, secret)], &camera, &[]);
    for media in [Media::Jpeg, Media::Png, Media::Webp, Media::Gif, Media::Tiff] {
        let with_exif = !matches!(media, Media::Gif | Media::Tiff);
        let mut original = written(media, &corners(64, 32), with_exif.then(|| block.clone()));
        if media == Media::Jpeg {
            // A comment, a block of another kind, and a second file behind the end.
            let comment = [b"\xff\xfe\0\x16", secret.as_bytes()].concat();
            let block = [b"\xff\xe2\0\x16", secret.as_bytes()].concat();
            original.splice(2..2, [comment, block].concat());
            original.extend(secret.as_bytes());
        }
        let developed = made(media, &original).unwrap();
        let jpeg = &developed.renditions[0].jpeg;
        // JFIF, tables, frame, scan.
        let kinds = segments(jpeg);
        assert!(kinds.iter().all(|kind| [0xe0, 0xdb, 0xc0, 0xc4, 0xda].contains(kind)), "{media:?}: {kinds:x?}");
        assert_eq!(&jpeg[2..20], b"\xff\xe0\0\x10JFIF\0\x01\x02\0\0\x01\0\x01\0\0", "no thumbnail and no resolution");
        assert!(!jpeg.windows(8).any(|part| part == &secret.as_bytes()[..8]), "{media:?}");
    }
}
