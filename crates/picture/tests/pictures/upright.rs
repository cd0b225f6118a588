//! Pictures are turned as the camera was held, once.

use crate::{
    exif,
    made::{assert_corners, corners, made, read, shown, written},
};
use image::RgbImage;
use picture::{Media, Order, develop, develop_with};

/// Where the first row and the first column of the stored pixels belong (EXIF 2.32, table 6).
fn held(upright: &RgbImage, orientation: u16) -> RgbImage {
    let (width, height) = upright.dimensions();
    let (top, left) = (matches!(orientation, 1 | 2 | 5 | 6), matches!(orientation, 1 | 4 | 5 | 8));
    let pixel = |column: u32, row: u32| {
        let (across, down) = if orientation < 5 { (column, row) } else { (row, column) };
        let x = if left { across } else { width - 1 - across };
        let y = if top { down } else { height - 1 - down };
        *upright.get_pixel(x, y)
    };
    let (columns, rows) = if orientation < 5 { (width, height) } else { (height, width) };
    RgbImage::from_fn(columns, rows, pixel)
}

fn turned(orientation: u16) -> Vec<u8> {
    exif::block(&[exif::short(0x112, orientation)], &[], &[])
}

#[test]
fn each_orientation_turns_upright_in_each_format_that_has_one() {
    let upright = corners(64, 32);
    for orientation in 1..=8 {
        let stored = held(&upright, orientation);
        for media in [Media::Jpeg, Media::Png, Media::Webp] {
            let developed = made(media, &written(media, &stored, Some(turned(orientation)))).unwrap();
            assert_eq!((developed.width, developed.height), (64, 32), "{media:?} {orientation}");
            assert_corners(&shown(&developed), &format!("{media:?} {orientation}"));
        }
        let tiff = exif::tiff(stored.dimensions(), 2, 3, stored.as_raw(), &[exif::short(0x112, orientation)]);
        assert_corners(&shown(&made(Media::Tiff, &tiff).unwrap()), &format!("TIFF {orientation}"));
    }
}

#[test]
fn an_orientation_that_is_none_turns_nothing() {
    let upright = corners(64, 32);
    for orientation in [0, 9, 256 + 6, u16::MAX] {
        let developed = made(Media::Jpeg, &written(Media::Jpeg, &upright, Some(turned(orientation)))).unwrap();
        assert_corners(&shown(&developed), &format!("{orientation}"));
    }
    assert_corners(&shown(&made(Media::Jpeg, &written(Media::Jpeg, &upright, None)).unwrap()), "none");
}

#[test]
fn what_was_converted_upright_is_not_turned_again() {
    let heic = b"\0\0\0\x18ftypheic\0\0\0\0mif1heic";
    let order = Order { media: Media::Heic, longest: vec![100], black: Vec::new(), most_pixels: 4096 };
    let converted = written(Media::Jpeg, &corners(64, 32), Some(turned(6)));
    let developed = develop_with(&order, heic, |_| Ok(converted)).unwrap();
    assert_corners(&read(&developed.renditions[0].jpeg), "HEIC");
    // A converter is believed no more than a picture.
    for (converted, fault) in [
        (written(Media::Jpeg, &corners(64, 65), None), picture::Fault::TooLarge { width: 64, height: 65 }),
        (written(Media::Gif, &corners(8, 8), None), picture::Fault::Broken),
        (b"Written to pixels.jpg".to_vec(), picture::Fault::Broken),
        (heic.to_vec(), picture::Fault::Broken),
    ] {
        assert_eq!(develop_with(&order, heic, |_| Ok(converted)).unwrap_err(), fault);
    }
    assert_eq!(develop(&order, heic).unwrap_err(), picture::Fault::NoDecoder);
    let other = |_: &[u8]| -> Result<Vec<u8>, picture::Fault> { panic!("only a HEIC is converted") };
    let jpeg = Order { media: Media::Jpeg, ..order };
    assert!(develop_with(&jpeg, &written(Media::Jpeg, &corners(8, 8), None), other).is_ok());
}
