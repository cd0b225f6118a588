//! Every kind of pixel comes out in its colours.

use crate::{
    exif,
    made::{BLUE, RED, assert_corners, corners, encoded, made, near, quarters, shown, written},
};
use image::{
    DynamicImage, Frame, ImageFormat, Rgb, Rgba, RgbaImage,
    codecs::gif::{GifEncoder, Repeat},
};
use picture::Media;

#[test]
fn every_format_is_developed() {
    for media in [Media::Jpeg, Media::Png, Media::Gif, Media::Tiff, Media::Webp] {
        let developed = made(media, &written(media, &corners(64, 32), None)).unwrap();
        assert_corners(&shown(&developed), media.name());
    }
}

#[test]
fn sixteen_bits_floats_and_grey_become_eight_bits() {
    let picture = DynamicImage::ImageRgb8(corners(64, 32));
    for (wide, format, media) in [
        (DynamicImage::ImageRgb16(picture.to_rgb16()), ImageFormat::Png, Media::Png),
        (DynamicImage::ImageRgba16(picture.to_rgba16()), ImageFormat::Png, Media::Png),
        (DynamicImage::ImageRgb16(picture.to_rgb16()), ImageFormat::Tiff, Media::Tiff),
        (DynamicImage::ImageRgb32F(picture.to_rgb32f()), ImageFormat::Tiff, Media::Tiff),
    ] {
        assert_corners(&shown(&made(media, &encoded(&wide, format)).unwrap()), media.name());
    }
    let grey = picture.to_luma8();
    let wanted = quarters(&DynamicImage::ImageLuma8(grey.clone()).to_rgb8());
    for (grey, format, media) in [
        (DynamicImage::ImageLuma8(grey.clone()), ImageFormat::Jpeg, Media::Jpeg),
        (DynamicImage::ImageLuma8(grey.clone()), ImageFormat::Tiff, Media::Tiff),
        (DynamicImage::ImageLuma16(picture.to_luma16()), ImageFormat::Png, Media::Png),
        (DynamicImage::ImageLumaA8(picture.to_luma_alpha8()), ImageFormat::Png, Media::Png),
    ] {
        let found = quarters(&shown(&made(media, &encoded(&grey, format)).unwrap()));
        assert!(found.iter().zip(wanted).all(|(found, wanted)| near(*found, wanted)), "{media:?}: {found:?}");
    }
}

#[test]
fn what_is_transparent_is_white() {
    // Red, half red, clear red, clear black.
    let [red, green, blue] = RED.0;
    let picture = RgbaImage::from_fn(64, 64, |x, y| match (x < 32, y < 32) {
        (true, true) => Rgba([red, green, blue, 255]),
        (false, true) => Rgba([red, green, blue, 128]),
        (true, false) => Rgba([red, green, blue, 0]),
        (false, false) => Rgba([0, 0, 0, 0]),
    });
    let white = Rgb([255; 3]);
    let half = Rgb(RED.0.map(|colour| (u16::from(colour) / 2 + 127) as u8));
    for (format, media) in
        [(ImageFormat::Png, Media::Png), (ImageFormat::WebP, Media::Webp), (ImageFormat::Tiff, Media::Tiff)]
    {
        let bytes = encoded(&DynamicImage::ImageRgba8(picture.clone()), format);
        let found = quarters(&shown(&made(media, &bytes).unwrap()));
        assert!(
            found.iter().zip([RED, half, white, white]).all(|(found, wanted)| near(*found, wanted)),
            "{media:?}: {found:?}"
        );
    }
    let gif = encoded(&DynamicImage::ImageRgba8(picture), ImageFormat::Gif);
    assert!(near(quarters(&shown(&made(Media::Gif, &gif).unwrap()))[3], white));
}

#[test]
fn of_a_film_the_first_frame_is_shown() {
    let frame =
        |colour: Rgb<u8>| Frame::new(DynamicImage::ImageRgb8(image::RgbImage::from_pixel(16, 16, colour)).into_rgba8());
    let mut bytes = Vec::new();
    let mut encoder = GifEncoder::new(&mut bytes);
    encoder.set_repeat(Repeat::Infinite).unwrap();
    encoder.encode_frames([frame(RED), frame(BLUE)]).unwrap();
    drop(encoder);
    assert!(near(quarters(&shown(&made(Media::Gif, &bytes).unwrap()))[0], RED));
}

/// Eight by eight pixels of four inks as Adobe writes them: 0 is full ink. One number a component.
fn cmyk_jpeg() -> Vec<u8> {
    let mut bytes = b"\xff\xd8\xff\xee\0\x0eAdobe\0\x64\0\0\0\0\0".to_vec();
    bytes.extend(b"\xff\xdb\0\x43\0");
    bytes.extend([8; 64]);
    bytes.extend(b"\xff\xc0\0\x14\x08\0\x08\0\x08\x04\x01\x11\0\x02\x11\0\x03\x11\0\x04\x11\0");
    // Numbers of seven bits are `00`, of eight `01`; the end of a block is `0`.
    bytes.extend(b"\xff\xc4\0\x15\0\0\x02\0\0\0\0\0\0\0\0\0\0\0\0\0\0\x07\x08");
    bytes.extend(b"\xff\xc4\0\x14\x10\x01\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0");
    bytes.extend(b"\xff\xda\0\x0e\x04\x01\0\x02\0\x03\0\x04\0\0\x3f\0");
    // Cyan -128, the others 127, each followed by the end of its block.
    let bits = ["01011111110", "0011111110", "0011111110", "0011111110", "1111111"].concat();
    bytes.extend(bits.as_bytes().chunks(8).map(|eight| eight.iter().fold(0, |byte, bit| byte << 1 | (bit - b'0'))));
    bytes.extend(b"\xff\xd9");
    bytes
}

#[test]
fn four_inks_become_three_colours() {
    let cyan = Rgb([0, 255, 255]);
    let tiff = exif::tiff((8, 8), 5, 4, &[255, 0, 0, 0].repeat(64), &[]);
    assert!(near(*shown(&made(Media::Tiff, &tiff).unwrap()).get_pixel(4, 4), cyan));
    let found = *shown(&made(Media::Jpeg, &cmyk_jpeg()).unwrap()).get_pixel(4, 4);
    assert!(near(found, cyan), "{found:?}");
}

#[test]
fn a_form_that_nothing_decodes_is_named_so() {
    let palette = (320, 3, 768, vec![0; 1536]);
    let tiff = exif::tiff((8, 8), 3, 1, &[0; 64], &[palette]);
    assert_eq!(made(Media::Tiff, &tiff).unwrap_err(), picture::Fault::NoDecoder);
}
