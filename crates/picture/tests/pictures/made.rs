//! Small pictures, and orders for them.

use image::{
    DynamicImage, ExtendedColorType, ImageEncoder, ImageFormat, Rgb, RgbImage,
    codecs::{jpeg::JpegEncoder, png::PngEncoder, webp::WebPEncoder},
};
use picture::{Developed, Fault, Media, Order, develop};
use std::io::Cursor;

pub const RED: Rgb<u8> = Rgb([220, 20, 20]);
pub const GREEN: Rgb<u8> = Rgb([20, 200, 20]);
pub const BLUE: Rgb<u8> = Rgb([20, 20, 220]);
pub const YELLOW: Rgb<u8> = Rgb([230, 230, 20]);

pub fn order(media: Media, longest: &[u32]) -> Order {
    Order { media, longest: longest.to_vec(), black: Vec::new(), most_pixels: 10_000_000 }
}

/// One rendition of the picture's own size.
pub fn made(media: Media, bytes: &[u8]) -> Result<Developed, Fault> {
    develop(&order(media, &[10_000]), bytes)
}

pub fn shown(developed: &Developed) -> RgbImage {
    read(&developed.renditions[0].jpeg)
}

pub fn read(jpeg: &[u8]) -> RgbImage {
    image::load_from_memory_with_format(jpeg, ImageFormat::Jpeg).unwrap().into_rgb8()
}

/// Red, green / blue, yellow.
pub fn corners(width: u32, height: u32) -> RgbImage {
    RgbImage::from_fn(width, height, |x, y| match (x < width / 2, y < height / 2) {
        (true, true) => RED,
        (false, true) => GREEN,
        (true, false) => BLUE,
        (false, false) => YELLOW,
    })
}

pub fn encoded(picture: &DynamicImage, format: ImageFormat) -> Vec<u8> {
    let mut bytes = Vec::new();
    picture.write_to(&mut Cursor::new(&mut bytes), format).unwrap();
    bytes
}

/// With EXIF where there is some.
pub fn written(media: Media, picture: &RgbImage, exif: Option<Vec<u8>>) -> Vec<u8> {
    fn with(mut encoder: impl ImageEncoder, picture: &RgbImage, exif: Option<Vec<u8>>) {
        if let Some(exif) = exif {
            encoder.set_exif_metadata(exif).unwrap();
        }
        encoder.write_image(picture, picture.width(), picture.height(), ExtendedColorType::Rgb8).unwrap();
    }
    let mut bytes = Vec::new();
    match media {
        Media::Jpeg => with(JpegEncoder::new_with_quality(&mut bytes, 95), picture, exif),
        Media::Png => with(PngEncoder::new(&mut bytes), picture, exif),
        Media::Webp => with(WebPEncoder::new_lossless(&mut bytes), picture, exif),
        Media::Gif => bytes = encoded(&DynamicImage::ImageRgb8(picture.clone()), ImageFormat::Gif),
        Media::Tiff => bytes = encoded(&DynamicImage::ImageRgb8(picture.clone()), ImageFormat::Tiff),
        Media::Heic => panic!("nothing here writes HEIC"),
    }
    bytes
}

pub fn near(found: Rgb<u8>, wanted: Rgb<u8>) -> bool {
    found.0.iter().zip(wanted.0).all(|(found, wanted)| found.abs_diff(wanted) <= 24)
}

/// The colour in the middle of each quarter, in reading order.
pub fn quarters(picture: &RgbImage) -> [Rgb<u8>; 4] {
    let (width, height) = picture.dimensions();
    [(1, 1), (3, 1), (1, 3), (3, 3)].map(|(x, y)| *picture.get_pixel(width * x / 4, height * y / 4))
}

pub fn assert_corners(picture: &RgbImage, what: &str) {
    for (found, wanted) in quarters(picture).into_iter().zip([RED, GREEN, BLUE, YELLOW]) {
        assert!(near(found, wanted), "{what}: {found:?} is not {wanted:?}");
    }
}
