//! Renditions are never larger than the picture; patches are black in all of them.

use crate::{
    exif,
    made::{corners, near, order, read, written},
};
use image::{Rgb, RgbImage};
use picture::{Developed, Media, Patch, develop};

fn sizes(size: (u32, u32), longest: &[u32]) -> Vec<(u32, u32, u32)> {
    let original = written(Media::Png, &corners(size.0, size.1), None);
    let developed = develop(&order(Media::Png, longest), &original).unwrap();
    assert_eq!((developed.width, developed.height), size);
    let size = |one: &picture::Rendition| {
        assert_eq!(read(&one.jpeg).dimensions(), (one.width, one.height));
        (one.longest, one.width, one.height)
    };
    developed.renditions.iter().map(size).collect()
}

#[test]
fn the_longer_side_is_as_ordered_in_the_order_of_the_order() {
    assert_eq!(sizes((300, 100), &[30, 150, 60]), [(30, 30, 10), (150, 150, 50), (60, 60, 20)]);
    assert_eq!(sizes((100, 300), &[150]), [(150, 50, 150)]);
    assert_eq!(sizes((100, 100), &[7, 7]), [(7, 7, 7), (7, 7, 7)]);
    assert_eq!(sizes((100, 100), &[]), []);
}

#[test]
fn nothing_is_made_larger() {
    assert_eq!(sizes((40, 20), &[1600, 40, 39]), [(1600, 40, 20), (40, 40, 20), (39, 39, 20)]);
}

#[test]
fn no_side_vanishes() {
    assert_eq!(sizes((1000, 1), &[10, 1, 0]), [(10, 10, 1), (1, 1, 1), (0, 1, 1)]);
}

fn with_patches(patches: &[Patch], orientation: u16, longest: u32) -> Developed {
    let white = RgbImage::from_pixel(100, 50, Rgb([255; 3]));
    let block = exif::block(&[exif::short(0x112, orientation)], &[], &[]);
    let mut order = order(Media::Png, &[longest]);
    order.black = patches.to_vec();
    develop(&order, &written(Media::Png, &white, Some(block))).unwrap()
}

#[test]
fn a_patch_is_black_and_the_rest_is_not() {
    let patch = Patch { left: 100, top: 200, width: 300, height: 400 };
    let shown = read(&with_patches(&[patch], 1, 100).renditions[0].jpeg);
    for (x, y, pixel) in shown.enumerate_pixels() {
        let inside = (10..40).contains(&x) && (10..30).contains(&y);
        // A JPEG blurs within its blocks of eight.
        let edge = (2..48).contains(&x) && (2..38).contains(&y);
        assert!(
            if inside { near(*pixel, Rgb([0; 3])) } else { edge || near(*pixel, Rgb([255; 3])) },
            "{x} {y} {pixel:?}"
        );
    }
}

#[test]
fn a_patch_lies_on_the_upright_picture_and_stays_when_it_is_scaled() {
    // Of a picture that is held upright the top half.
    let patch = Patch { left: 0, top: 0, width: 1000, height: 500 };
    let developed = with_patches(&[patch], 6, 40);
    let shown = read(&developed.renditions[0].jpeg);
    assert_eq!((developed.width, developed.height, shown.dimensions()), (50, 100, (20, 40)));
    assert!(near(*shown.get_pixel(10, 4), Rgb([0; 3])) && near(*shown.get_pixel(10, 36), Rgb([255; 3])));
}

#[test]
fn a_patch_that_goes_over_the_edge_ends_there_and_a_pixel_that_is_touched_is_black() {
    let most = u32::MAX;
    let everything = Patch { left: 0, top: 0, width: most, height: most };
    let shown = read(&with_patches(&[everything], 1, 100).renditions[0].jpeg);
    assert!(shown.pixels().all(|pixel| near(*pixel, Rgb([0; 3]))));
    let beyond = Patch { left: most, top: 1000, width: most, height: 1 };
    let nothing = Patch { left: 0, top: 0, width: 0, height: 1000 };
    let shown = read(&with_patches(&[beyond, nothing], 1, 100).renditions[0].jpeg);
    assert!(shown.pixels().all(|pixel| near(*pixel, Rgb([255; 3]))));
    // A thousandth of fifty lines is less than one.
    let line = Patch { left: 0, top: 0, width: 1000, height: 1 };
    assert!(read(&with_patches(&[line], 1, 100).renditions[0].jpeg).get_pixel(50, 0).0[0] < 90);
}
