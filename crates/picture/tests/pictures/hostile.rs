//! Bytes of any kind end in a picture or a fault, never in a panic.

use crate::made::{corners, order, written};
use picture::{Media, develop_with, media, read_answer, read_order, write_answer, write_order};
use proptest::prelude::*;

fn magic() -> impl Strategy<Value = Vec<u8>> {
    prop::sample::select(vec![
        b"".to_vec(),
        b"\xff\xd8\xff".to_vec(),
        b"\xff\xd8\xff\xe1\0\x40Exif\0\0MM\0*\0\0\0\x08".to_vec(),
        b"\x89PNG\r\n\x1a\n\0\0\0\x0dIHDR\0\0\0\x08\0\0\0\x08\x08\x06".to_vec(),
        b"GIF89a\x08\0\x08\0\x80\0\0".to_vec(),
        b"II*\0\x08\0\0\0".to_vec(),
        b"MM\0*\0\0\0\x08".to_vec(),
        b"RIFF\xff\0\0\0WEBPVP8 ".to_vec(),
        b"RIFF\xff\0\0\0WEBPVP8L".to_vec(),
        b"RIFF\xff\0\0\0WEBPVP8X\x0a\0\0\0".to_vec(),
        b"\0\0\0\x14ftypheic\0\0\0\0mif1".to_vec(),
    ])
}

fn tried(bytes: &[u8]) {
    let mut order = order(media(bytes).unwrap_or(Media::Jpeg), &[16]);
    order.most_pixels = 1 << 16;
    // Of a HEIC the converter gives back what came in: anything at all.
    let _ = develop_with(&order, bytes, |bytes| Ok(bytes[8..].to_vec()));
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2_000, ..ProptestConfig::default() })]

    #[test]
    fn arbitrary_bytes_never_panic(magic in magic(), rest in prop::collection::vec(any::<u8>(), 0..600)) {
        tried(&[magic, rest].concat());
    }

    #[test]
    fn arbitrary_frames_never_panic(
        length in prop_oneof![Just(None), any::<u32>().prop_map(Some)],
        head in prop_oneof!["[ -~]{0,200}", "\\{\"(order|developed|fault)\":[\\[\\]{}\":,a-z0-9]{0,60}\\}"],
        rest in prop::collection::vec(any::<u8>(), 0..64),
    ) {
        let length = length.unwrap_or(head.len() as u32);
        let bytes = [&length.to_be_bytes()[..], head.as_bytes(), &rest].concat();
        prop_assert!(read_order(&mut bytes.as_slice(), 1 << 20).is_err());
        let _ = read_answer(&mut bytes.as_slice(), 1 << 20);
    }

    #[test]
    fn a_frame_with_a_byte_changed_never_panics(at in any::<prop::sample::Index>(), to in any::<u8>()) {
        let mut bytes = Vec::new();
        write_order(&mut bytes, &order(Media::Gif, &[1]), b"GIF89a").unwrap();
        let place = at.index(bytes.len());
        bytes[place] = to;
        let _ = read_order(&mut bytes.as_slice(), 1 << 20);
        let mut bytes = Vec::new();
        write_answer(&mut bytes, &Err(picture::Fault::Empty)).unwrap();
        let place = at.index(bytes.len());
        bytes[place] = to;
        let _ = read_answer(&mut bytes.as_slice(), 1 << 20);
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, ..ProptestConfig::default() })]

    #[test]
    fn pictures_with_bytes_changed_never_panic(
        changes in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..12),
    ) {
        for media in [Media::Jpeg, Media::Png, Media::Gif, Media::Tiff, Media::Webp] {
            let mut bytes = written(media, &corners(24, 16), Some(b"MM\0*\0\0\0\x08\0\0".to_vec()).filter(|_| {
                matches!(media, Media::Jpeg | Media::Png | Media::Webp)
            }));
            for (at, to) in &changes {
                let place = at.index(bytes.len());
                bytes[place] = *to;
            }
            tried(&bytes);
        }
    }
}
