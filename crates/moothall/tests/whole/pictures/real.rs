//! Photographs as phones and cameras made them.

use super::{decoder, develop, files, is_installed, order};
use crate::folder::shared;
use custody::decode::Limits;
use image::{
    RgbImage,
    imageops::{flip_horizontal, flip_vertical, rotate180},
};
use picture::{Developed, Fault, Media, media};
use std::{fs, path::Path, process::Command};

fn developed(path: &Path, longest: &[u32]) -> Developed {
    let original = fs::read(path).unwrap();
    let order = order(media(&original).unwrap(), longest);
    develop(&decoder(Limits::default()), &order, &original)
        .unwrap_or_else(|fault| panic!("{}: {fault}", path.display()))
}

pub fn read(jpeg: &[u8]) -> RgbImage {
    image::load_from_memory_with_format(jpeg, image::ImageFormat::Jpeg).unwrap().into_rgb8()
}

/// The mean difference of a colour.
fn difference(one: &RgbImage, other: &RgbImage) -> f64 {
    assert_eq!(one.dimensions(), other.dimensions());
    let apart: u64 = one.as_raw().iter().zip(other.as_raw()).map(|(one, other)| u64::from(one.abs_diff(*other))).sum();
    apart as f64 / one.as_raw().len() as f64
}

#[test]
fn the_eight_orientations_are_the_same_picture() {
    let Some(folder) = shared("images/orientation") else { return };
    // So coarse that a slightly other cut and the number in the middle of each do not matter, and the turn does.
    let pictures: Vec<_> =
        (1..=8).map(|turn| developed(&folder.join(format!("landscape_{turn}.jpg")), &[16])).collect();
    let first = read(&pictures[0].renditions[0].jpeg);
    let (mut most, mut least) = (0.0_f64, f64::MAX);
    for (turn, picture) in (1..).zip(&pictures) {
        assert_eq!((picture.width, picture.height), (600, 450), "{turn}");
        let shown = read(&picture.renditions[0].jpeg);
        most = most.max(difference(&first, &shown));
        for wrong in [rotate180(&shown), flip_horizontal(&shown), flip_vertical(&shown)] {
            least = least.min(difference(&first, &wrong));
        }
    }
    assert!(most * 2.0 < least, "{most:.1} {least:.1}");
    println!(
        "proof: 8 orientations are one picture: {most:.1} of 255 apart at most, {least:.1} at least if turned wrongly"
    );
}

/// Latitude, longitude, time and offset as another program reads them.
fn as_exiftool_says(path: &Path) -> serde_json::Value {
    let output = Command::new("exiftool")
        .args(["-n", "-json", "-Composite:GPSLatitude", "-Composite:GPSLongitude"])
        .args(["-ExifIFD:DateTimeOriginal", "-ExifIFD:OffsetTimeOriginal"])
        .arg(path)
        .output()
        .unwrap();
    serde_json::from_slice::<Vec<serde_json::Value>>(&output.stdout).unwrap().remove(0)
}

#[test]
fn time_and_place_are_as_the_camera_says() {
    let Some(folder) = shared("images/gps") else { return };
    let first = developed(&folder.join("DSCN0010.jpg"), &[]).taken;
    assert_eq!(first.at.as_deref(), Some("2008-10-22T16:28:39"));
    let (latitude, longitude) = first.place.unwrap();
    assert!((latitude - 43.467_448).abs() < 1e-5 && (longitude - 11.885_127).abs() < 1e-5, "{first:?}");

    if !is_installed(&["exiftool"]) {
        return;
    }
    let mut compared = 0;
    for path in files(&shared("images").unwrap()) {
        if media(&fs::read(&path).unwrap()) == Some(Media::Heic) && !is_installed(&["heif-dec", "heif-convert"]) {
            continue;
        }
        let (taken, said) = (developed(&path, &[]).taken, as_exiftool_says(&path));
        let text = |name: &str| said[name].as_str().filter(|text| !text.is_empty()).map(str::to_owned);
        let at = text("DateTimeOriginal").map(|at| at.replacen(':', "-", 2).replace(' ', "T"));
        assert_eq!((taken.at, taken.offset), (at, text("OffsetTimeOriginal")), "{}", path.display());
        match (taken.place, said["GPSLatitude"].as_f64(), said["GPSLongitude"].as_f64()) {
            (Some((latitude, longitude)), Some(north), Some(east)) => {
                assert!((latitude - north).abs() < 1e-6 && (longitude - east).abs() < 1e-6, "{}", path.display());
            }
            (None, None, None) => {}
            other => panic!("{}: {other:?}", path.display()),
        }
        compared += 1;
    }
    println!("proof: time and place of {compared} photographs are as exiftool says");
}

#[test]
fn a_heic_is_upright_once() {
    let Some(folder) = shared("images/heic") else { return };
    let path = folder.join("iphone_13_pro_max.HEIC");
    if !is_installed(&["heif-dec", "heif-convert"]) {
        let original = fs::read(&path).unwrap();
        let refused = develop(&decoder(Limits::default()), &order(Media::Heic, &[48]), &original);
        assert_eq!(refused.unwrap_err(), Fault::NoDecoder);
        return;
    }
    // Its EXIF asks for a turn that its decoder has made already.
    let turned = developed(&path, &[48]);
    assert_eq!((turned.width, turned.height), (3024, 4032));
    let rendition = &turned.renditions[0];
    assert_eq!((rendition.width, rendition.height), (36, 48));
    let placed = developed(&folder.join("IMG_5195.HEIC"), &[48]);
    assert!(placed.taken.place.is_some() && placed.taken.offset.is_some());
    // Black patches lie on a HEIC too.
    let original = fs::read(&path).unwrap();
    let mut order = order(Media::Heic, &[48]);
    order.black = vec![picture::Patch { left: 0, top: 0, width: 1000, height: 500 }];
    let black = develop(&decoder(Limits::default()), &order, &original).unwrap();
    let black = read(&black.renditions[0].jpeg);
    assert!(black.get_pixel(18, 10).0.iter().all(|colour| *colour < 20));
    assert!(difference(&black, &read(&rendition.jpeg)) > 10.0);
    // Cut in half it is broken, and so is one that is only a head.
    for end in [original.len() / 2, 64] {
        let refused = develop(&decoder(Limits::default()), &order, &original[..end]);
        assert_eq!(refused.unwrap_err(), Fault::Broken, "{end}");
    }
}

#[test]
fn renditions_hold_no_metadata_in_the_eyes_of_another_program() {
    let Some(folder) = shared("images") else { return };
    if !is_installed(&["exiftool"]) {
        return;
    }
    let place = tempfile::tempdir().unwrap();
    let mut checked = 0;
    for path in files(&folder) {
        let original = fs::read(&path).unwrap();
        let kind = media(&original).unwrap();
        if kind == Media::Heic && !is_installed(&["heif-dec", "heif-convert"]) {
            continue;
        }
        for rendition in developed(&path, &[1600, 320]).renditions {
            let file = place.path().join("rendition.jpg");
            fs::write(&file, &rendition.jpeg).unwrap();
            let output = Command::new("exiftool").args(["-json", "-a", "-u", "-G0"]).arg(&file).output().unwrap();
            let said: Vec<serde_json::Map<String, serde_json::Value>> = serde_json::from_slice(&output.stdout).unwrap();
            // What it says of the file itself and of its size, and the head that every JPEG has.
            let allowed = ["SourceFile", "ExifTool:", "File:", "Composite:ImageSize", "Composite:Megapixels", "JFIF:"];
            let more = said[0].keys().find(|key| !allowed.iter().any(|start| key.starts_with(start)));
            assert_eq!(more, None, "{}", path.display());
            assert_eq!(said[0].get("File:Comment"), None);
            checked += 1;
        }
    }
    println!("proof: {checked} renditions hold no metadata in the eyes of exiftool");
}
