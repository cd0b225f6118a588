//! Pictures made to do harm.

use super::{counted, decoder, develop, files, made, order};
use crate::{folder::shared, server::stopwatch};
use custody::{Decoder, decode::Limits};
use picture::{Developed, Fault, Media, media};
use std::{fs, time::Duration};

fn name(result: &Result<Developed, Fault>) -> String {
    match result {
        Ok(_) => "developed".to_owned(),
        Err(Fault::TooLarge { .. }) => "too large".to_owned(),
        Err(fault) => format!("{fault:?}").to_lowercase(),
    }
}

/// The child after that still works.
fn still_develops(decoder: &Decoder) {
    let good = develop(decoder, &order(Media::Tiff, &[40]), &made::tiff(80, 60, &made::scene(80, 60))).unwrap();
    assert_eq!((good.width, good.renditions[0].width), (80, 40));
}

#[test]
fn malformed_files_end_in_a_picture_or_a_named_fault() {
    let Some(folder) = shared("malformed-media") else { return };
    let decoder = decoder(Limits::default());
    let (mut ends, mut slowest) = (Vec::new(), (Duration::ZERO, String::new()));
    let paths = files(&folder);
    for path in &paths {
        let bytes = fs::read(path).unwrap();
        // What is of no kind is tried as what it says it is not.
        let order = order(media(&bytes).unwrap_or(Media::Jpeg), &[1600, 320]);
        let began = stopwatch();
        let result = develop(&decoder, &order, &bytes);
        slowest = slowest.max((began.elapsed(), path.file_name().unwrap().to_string_lossy().into_owned()));
        assert!(!matches!(result, Err(Fault::Crashed | Fault::OutOfTime)), "{}: {result:?}", path.display());
        ends.push(name(&result));
    }
    assert_eq!(ends.len(), 122);
    println!("proof: {} malformed files: {:?}; slowest {:.0?} ({})", ends.len(), counted(ends), slowest.0, slowest.1);
    still_develops(&decoder);
}

#[test]
fn photographs_with_bytes_changed_or_cut_off_end_in_a_picture_or_a_named_fault() {
    let Some(folder) = shared("images") else { return };
    let decoder = decoder(Limits::default());
    let (mut ends, mut seed) = (Vec::new(), 1_u64);
    let mut next = |below: usize| {
        seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (seed >> 33) as usize % below
    };
    let times = if crate::folder::prove() { 60 } else { 3 };
    for path in files(&folder) {
        let whole = fs::read(&path).unwrap();
        for time in 0..times {
            let mut bytes = whole.clone();
            // The head of a file decides most: half of the changes are there.
            for _ in 0..20 {
                let (anywhere, head) = (next(whole.len()), next(1024));
                bytes[if next(2) == 0 { head } else { anywhere }] = next(256) as u8;
            }
            if time % 3 == 2 {
                bytes.truncate(next(whole.len()));
            }
            let order = order(media(&bytes).unwrap_or(Media::Jpeg), &[320]);
            let result = develop(&decoder, &order, &bytes);
            assert!(!matches!(result, Err(Fault::OutOfTime)), "{} {time}", path.display());
            if order.media != Media::Heic {
                assert!(!matches!(result, Err(Fault::Crashed)), "{} {time}", path.display());
            }
            ends.push(name(&result));
        }
    }
    println!("proof: {} photographs with bytes changed or cut off: {:?}", ends.len(), counted(ends));
    still_develops(&decoder);
}

/// Small files of 60,000 by 60,000 pixels, or as near as the format goes.
fn vast() -> Vec<(Media, Vec<u8>)> {
    let gif =
        b"GIF89a\x60\xea\x60\xea\x80\0\0\0\0\0\xff\xff\xff,\0\0\0\0\x60\xea\x60\xea\0\x02\x02\x44\x01\0;".to_vec();
    let mut webp = b"RIFF\x1e\0\0\0WEBPVP8L\x11\0\0\0\x2f".to_vec();
    webp.extend((16_382_u32 | 16_382 << 14).to_le_bytes());
    webp.extend([0; 12]);
    vec![
        (Media::Png, made::png(60_000, 60_000, &[], &made::exploding(10_000))),
        (Media::Gif, gif),
        (Media::Webp, webp),
        (Media::Tiff, made::tiff(60_000, 60_000, &[0; 300])),
    ]
}

#[test]
fn a_vast_picture_is_refused_by_its_header_and_by_the_memory_it_may_have() {
    let decoder = decoder(Limits::default());
    for (media, bytes) in vast() {
        let mut order = order(media, &[320]);
        let refused = develop(&decoder, &order, &bytes);
        assert!(
            matches!(refused, Err(Fault::TooLarge { width: 16_383.., height: 16_383.. })),
            "{media:?}: {refused:?}"
        );
        // Were the header believed, memory would stop it.
        order.most_pixels = u64::MAX;
        let refused = develop(&decoder, &order, &bytes);
        assert!(matches!(refused, Err(Fault::OutOfMemory | Fault::Broken)), "{media:?}: {refused:?}");
    }
    still_develops(&decoder);
}

#[test]
fn a_stream_that_explodes_does_no_harm() {
    let decoder = decoder(Limits::default());
    // A gigabyte of noughts in six megabytes.
    let bomb = made::exploding(4_200_000);
    assert!(bomb.len() < 7 << 20);
    let profile = [b"icc\0\0", bomb.as_slice()].concat();
    let words = [b"Comment\0\0", bomb.as_slice()].concat();
    let small = made::exploding(1);
    for (what, png) in [
        ("pixels", made::png(8, 8, &[], &bomb)),
        ("profile", made::png(8, 8, &[(b"iCCP", &profile)], &small)),
        ("words", made::png(8, 8, &[(b"zTXt", &words)], &small)),
    ] {
        let began = stopwatch();
        let result = develop(&decoder, &order(Media::Png, &[8]), &png);
        assert!(!matches!(result, Err(Fault::Crashed | Fault::OutOfTime)), "{what}: {result:?}");
        println!(
            "proof: a PNG of {} bytes whose {what} explode to 1 GB: {}, {:.0?}",
            png.len(),
            name(&result),
            began.elapsed()
        );
    }
    still_develops(&decoder);
}

#[test]
fn one_picture_too_much_for_the_memory_harms_nobody() {
    let limits = Limits { memory: 160 << 20, ..Limits::default() };
    let decoder = decoder(limits);
    // Too long to be read, and too many pixels: 48 million, in 300 KB.
    let long = made::tiff(6000, 4000, &vec![9; 6000 * 4000 * 3]);
    assert_eq!(develop(&decoder, &order(Media::Tiff, &[320]), &long), Err(Fault::OutOfMemory));
    let wide = made::png(8000, 6000, &[], &made::exploding(186_200));
    assert!(wide.len() < 310 << 10, "{}", wide.len());
    assert_eq!(develop(&decoder, &order(Media::Png, &[320]), &wide), Err(Fault::OutOfMemory));
    assert!(develop(&super::decoder(Limits::default()), &order(Media::Png, &[320]), &wide).is_ok());
    still_develops(&decoder);
}
