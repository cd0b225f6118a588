//! Time and place as the camera says them.

use crate::{
    exif::{self, Field, ascii, rationals},
    made::{corners, made, written},
};
use picture::{Media, Taken};

const AT: u16 = 0x9003;
const OFFSET: u16 = 0x9011;

fn taken(camera: &[Field], receiver: &[Field]) -> Taken {
    let block = exif::block(&[], camera, receiver);
    made(Media::Jpeg, &written(Media::Jpeg, &corners(8, 8), Some(block))).unwrap().taken
}

fn somewhere(latitude: (&str, [(u32, u32); 3]), longitude: (&str, [(u32, u32); 3])) -> Vec<Field> {
    vec![ascii(1, latitude.0), rationals(2, &latitude.1), ascii(3, longitude.0), rationals(4, &longitude.1)]
}

fn place(receiver: &[Field]) -> Option<(f64, f64)> {
    taken(&[], receiver).place
}

#[test]
fn time_offset_and_place_are_read_in_each_format() {
    let camera = [ascii(AT, "2008:10:22 16:28:39"), ascii(OFFSET, "+02:00")];
    let receiver =
        somewhere(("N", [(43, 1), (28, 1), (281_400, 10_000)]), ("W", [(11, 1), (53, 1), (645_599, 100_000)]));
    let block = exif::block(&[], &camera, &receiver);
    for media in [Media::Jpeg, Media::Png, Media::Webp] {
        let taken = made(media, &written(media, &corners(8, 8), Some(block.clone()))).unwrap().taken;
        assert_eq!(taken.at.as_deref(), Some("2008-10-22T16:28:39"), "{media:?}");
        assert_eq!(taken.offset.as_deref(), Some("+02:00"));
        let (latitude, longitude) = taken.place.unwrap();
        assert!((latitude - 43.474_483_3).abs() < 1e-6 && (longitude + 11.885_126_7).abs() < 1e-6, "{taken:?}");
    }
}

#[test]
fn no_time_and_no_place_are_none() {
    assert_eq!(taken(&[], &[]), Taken::default());
    assert_eq!(taken(&[ascii(AT, "0000:00:00 00:00:00"), ascii(OFFSET, "   ")], &[]), Taken::default());
    assert_eq!(made(Media::Jpeg, &written(Media::Jpeg, &corners(8, 8), None)).unwrap().taken, Taken::default());
}

#[test]
fn a_place_that_cannot_be_is_none() {
    let whole = |degrees: u32| [(degrees, 1), (0, 1), (0, 1)];
    assert_eq!(place(&somewhere(("S", whole(90)), ("E", whole(180)))), Some((-90.0, 180.0)));
    assert_eq!(place(&somewhere(("N", whole(0)), ("E", whole(51)))), Some((0.0, 51.0)));
    for (latitude, longitude) in [
        (("N", whole(0)), ("E", whole(0))),
        (("N", whole(91)), ("E", whole(1))),
        (("N", whole(1)), ("E", whole(181))),
        (("X", whole(1)), ("E", whole(1))),
        (("N", [(1, 0), (0, 1), (0, 1)]), ("E", whole(1))),
        (("N", [(51, 1), (1, 0), (0, 1)]), ("E", whole(1))),
        (("N", [(u32::MAX, 1); 3]), ("E", whole(1))),
    ] {
        assert_eq!(place(&somewhere(latitude, longitude)), None, "{latitude:?} {longitude:?}");
    }
    let mut no_side = somewhere(("N", whole(51)), ("W", whole(2)));
    no_side.remove(2);
    assert_eq!(place(&no_side), None);
}

#[test]
fn degrees_of_another_datum_are_none() {
    let whole = |degrees: u32| [(degrees, 1), (0, 1), (0, 0)];
    for (datum, is_kept) in [("WGS-84", true), ("WGS 84", true), ("", true), ("TOKYO", false)] {
        let mut receiver = somewhere(("N", whole(51)), ("W", whole(2)));
        receiver.push(ascii(0x12, datum));
        assert_eq!(place(&receiver).is_some(), is_kept, "{datum}");
    }
}

#[test]
fn a_broken_block_is_no_fault() {
    let camera = [ascii(AT, "2008:10:22 16:28:39")];
    let block = exif::block(&[exif::short(0x112, 1)], &camera, &[]);
    for end in 0..block.len() {
        let original = written(Media::Jpeg, &corners(8, 8), Some(block[..end].to_vec()));
        assert!(made(Media::Jpeg, &original).is_ok(), "{end}");
    }
    let original = written(Media::Jpeg, &corners(8, 8), Some(b"MM\0*\0\0\0\x08\xff\xff".to_vec()));
    assert_eq!(made(Media::Jpeg, &original).unwrap().taken, Taken::default());
}
