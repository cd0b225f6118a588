//! From bytes to upright pixels on white, and from pixels to a JPEG.

use crate::{Fault, Media, Patch};
use image::{
    DynamicImage, ExtendedColorType, ImageDecoder, ImageFormat, ImageReader, Limits, Rgb, RgbImage,
    codecs::jpeg::JpegEncoder, metadata::Orientation,
};
use std::io::Cursor;

/// As good as the eye asks of a photograph on a page, at a sixth of the size of 100.
const QUALITY: u8 = 82;
/// A pixel takes up to 16 bytes before it is made eight bits (four floats); profiles and texts may take some more.
const BYTES_A_PIXEL: u64 = 16;
const BESIDES: u64 = 16 << 20;

pub(crate) fn bounded(width: u32, height: u32, most: u64) -> Result<(), Fault> {
    match u64::from(width) * u64::from(height) {
        0 => Err(Fault::Empty),
        pixels if pixels > most => Err(Fault::TooLarge { width, height }),
        _ => Ok(()),
    }
}

/// The pixels as they lie in the file. Of several pictures or frames the first.
pub(crate) fn decode(media: Media, bytes: &[u8], most_pixels: u64) -> Result<RgbImage, Fault> {
    let format = match media {
        Media::Jpeg => ImageFormat::Jpeg,
        Media::Png => ImageFormat::Png,
        Media::Gif => ImageFormat::Gif,
        Media::Tiff => ImageFormat::Tiff,
        Media::Webp => ImageFormat::WebP,
        Media::Heic => return Err(Fault::NoDecoder),
    };
    // The decoder of PNG makes room for a line before it can be asked for its size.
    // It counts profiles and texts with the pixels, so a small picture gets little room to inflate them.
    let mut pixels = most_pixels;
    if let (Media::Png, Some((width, height))) = (media, png_size(bytes)) {
        bounded(width, height, most_pixels)?;
        pixels = u64::from(width) * u64::from(height);
    }
    if media == Media::Gif && gif_ends_at_once(bytes) {
        return Err(Fault::Empty);
    }
    let mut limits = Limits::no_limits();
    limits.max_alloc = Some(pixels.saturating_mul(BYTES_A_PIXEL).saturating_add(BESIDES));
    let mut reader = ImageReader::with_format(Cursor::new(bytes), format);
    reader.limits(limits);
    let decoder = reader.into_decoder().map_err(|error| Fault::met(&error))?;
    let (width, height) = decoder.dimensions();
    bounded(width, height, most_pixels)?;
    DynamicImage::from_decoder(decoder).map(on_white).map_err(|error| Fault::met(&error))
}

/// The first chunk, which has its place by the standard.
fn png_size(bytes: &[u8]) -> Option<(u32, u32)> {
    let number = |at: usize| Some(u32::from_be_bytes(bytes.get(at..at + 4)?.try_into().ok()?));
    (bytes.get(12..16)? == b"IHDR").then_some((number(16)?, number(20)?))
}

/// Behind the head and its table of colours stands the end. The decoder calls that cut short.
fn gif_ends_at_once(bytes: &[u8]) -> bool {
    let table = bytes.get(10).map_or(0, |flags| if flags & 0x80 == 0 { 0 } else { 6 << (flags & 7) });
    bytes.get(13 + table) == Some(&0x3b)
}

fn on_white(picture: DynamicImage) -> RgbImage {
    if !picture.color().has_alpha() {
        return picture.into_rgb8();
    }
    let picture = picture.into_rgba8();
    let mut flat = RgbImage::new(picture.width(), picture.height());
    for (to, from) in flat.pixels_mut().zip(picture.pixels()) {
        let [red, green, blue, alpha] = from.0.map(u32::from);
        let mixed = |colour: u32| ((colour * alpha + 255 * (255 - alpha) + 127) / 255) as u8;
        *to = Rgb([mixed(red), mixed(green), mixed(blue)]);
    }
    flat
}

/// Turned as the camera was held (EXIF `Orientation`, 1 to 8).
pub(crate) fn upright(picture: RgbImage, orientation: Option<u8>) -> RgbImage {
    match orientation.and_then(Orientation::from_exif) {
        None | Some(Orientation::NoTransforms) => picture,
        Some(turn) => {
            let mut picture = DynamicImage::ImageRgb8(picture);
            picture.apply_orientation(turn);
            picture.into_rgb8()
        }
    }
}

/// A pixel that the patch touches is black.
pub(crate) fn blacken(picture: &mut RgbImage, patch: Patch) {
    let stretch = |start: u32, length: u32, side: u32| {
        let (start, end, side) = (u64::from(start), u64::from(start) + u64::from(length), u64::from(side));
        let (from, to) = (start * side / 1000, (end * side).div_ceil(1000));
        // Both are at most `side`, which has 32 bits.
        if length == 0 { 0..0 } else { from.min(side) as u32..to.min(side) as u32 }
    };
    let across = stretch(patch.left, patch.width, picture.width());
    for y in stretch(patch.top, patch.height, picture.height()) {
        across.clone().for_each(|x| picture.put_pixel(x, y, Rgb([0; 3])));
    }
}

/// Nothing but the pixels goes into it.
pub(crate) fn jpeg(picture: &RgbImage) -> Result<Vec<u8>, Fault> {
    let mut bytes = Vec::new();
    JpegEncoder::new_with_quality(&mut bytes, QUALITY)
        .encode(picture.as_raw(), picture.width(), picture.height(), ExtendedColorType::Rgb8)
        .map_err(|error| Fault::met(&error))?;
    Ok(bytes)
}
