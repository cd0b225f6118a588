use crate::{Developed, Fault, Media, Order, Rendition, heic, media, pixels, shrink::shrink, taken};

/// Decodes, turns upright, blacks out, scales and writes. HEIC is [`NoDecoder`](Fault::NoDecoder) here.
#[expect(clippy::disallowed_methods, reason = "this is what is forbidden elsewhere")]
pub fn develop(order: &Order, original: &[u8]) -> Result<Developed, Fault> {
    develop_with(order, original, |_| Err(Fault::NoDecoder))
}

/// The same, where `convert` makes a JPEG or a PNG of a HEIC. It turns the pixels upright itself; its metadata are not
/// looked at, so nothing is turned twice.
pub fn develop_with(
    order: &Order,
    original: &[u8],
    convert: impl FnOnce(&[u8]) -> Result<Vec<u8>, Fault>,
) -> Result<Developed, Fault> {
    let found = media(original).ok_or(Fault::Unknown)?;
    if found != order.media {
        return Err(Fault::Mistyped);
    }
    let exif = taken::read(original);
    let (mut picture, orientation) = if found == Media::Heic {
        if let Some((width, height)) = heic::claimed(original) {
            pixels::bounded(width, height, order.most_pixels)?;
        }
        let converted = convert(original)?;
        let kind = media(&converted).filter(|kind| matches!(kind, Media::Jpeg | Media::Png)).ok_or(Fault::Broken)?;
        (pixels::decode(kind, &converted, order.most_pixels)?, None)
    } else {
        (pixels::decode(found, original, order.most_pixels)?, exif.orientation)
    };
    picture = pixels::upright(picture, orientation);
    order.black.iter().for_each(|patch| pixels::blacken(&mut picture, *patch));
    let (width, height) = picture.dimensions();

    // The largest first: each smaller one is made from the one before, which costs less and looks the same.
    let mut sides: Vec<usize> = (0..order.longest.len()).collect();
    sides.sort_by_key(|at| std::cmp::Reverse(order.longest[*at]));
    let mut renditions: Vec<(usize, Rendition)> = Vec::new();
    for at in sides {
        let longest = order.longest[at];
        picture = shrink(picture, longest);
        let (width, height) = picture.dimensions();
        renditions.push((at, Rendition { longest, width, height, jpeg: pixels::jpeg(&picture)? }));
    }
    renditions.sort_by_key(|(at, _)| *at);
    let renditions = renditions.into_iter().map(|(_, rendition)| rendition).collect();
    Ok(Developed { width, height, taken: exif.taken, renditions })
}
