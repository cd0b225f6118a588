//! What one photograph costs.

use super::{decoder, develop, is_installed, made, order};
use crate::folder::{BINARY, shared};
use custody::decode::Limits;
use picture::{Media, media};
use std::{
    fs,
    io::{Read, Write},
    process::{Command, Stdio},
};

/// Milliseconds of one processor, and the most memory in use at once, in MB. Of a HEIC its converter's are not in it.
fn cost(media: Media, original: &[u8]) -> (u64, u64) {
    let mut child = Command::new(BINARY)
        .args(["decode", "--memory=1073741824", "--cpu-seconds=60", "--media", media.name()])
        .env_clear()
        .envs([("MIMALLOC_ARENA_RESERVE", "64MiB"), ("MIMALLOC_USE_NUMA_NODES", "1")])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let (mut stdin, mut stdout) = (child.stdin.take().unwrap(), child.stdout.take().unwrap());
    let place = format!("/proc/{}", child.id());
    let sampled = std::thread::scope(|threads| {
        // The kernel keeps the highest itself; asked until the process has no memory any more.
        let sampled = threads.spawn(|| {
            let mut highest = 0;
            while let Some(now) = fs::read_to_string(format!("{place}/status")).ok().and_then(|status| {
                let line = status.lines().find(|line| line.starts_with("VmHWM:"))?;
                line.split_whitespace().nth(1)?.parse::<u64>().ok()
            }) {
                highest = now;
                crate::server::rest(std::time::Duration::from_millis(1));
            }
            highest
        });
        let mut bytes = Vec::new();
        picture::write_order(&mut bytes, &order(media, &[1600, 320]), original).unwrap();
        stdin.write_all(&bytes).unwrap();
        drop(stdin);
        let mut answer = Vec::new();
        stdout.read_to_end(&mut answer).unwrap();
        assert!(picture::read_answer(&mut answer.as_slice(), 1 << 30).unwrap().is_ok());
        sampled.join().unwrap()
    });
    // It has ended and nobody has waited for it: its times still stand there, in hundredths of a second.
    let stat = fs::read_to_string(format!("{place}/stat")).unwrap();
    let fields: Vec<&str> = stat.rsplit(')').next().unwrap().split_whitespace().collect();
    let hundredths: u64 = fields[11..13].iter().map(|field| field.parse::<u64>().unwrap()).sum();
    child.wait().unwrap();
    (hundredths * 10, sampled / 1024)
}

#[test]
fn a_photograph_of_twelve_megapixels_is_developed_well_within_the_limits() {
    let (width, height) = (4000, 3000);
    let scene = made::tiff(width, height, &made::scene(width, height));
    let jpeg = develop(&decoder(Limits::default()), &order(Media::Tiff, &[width]), &scene).unwrap();
    let jpeg = &jpeg.renditions[0].jpeg;
    assert_eq!(media(jpeg), Some(Media::Jpeg));
    let (milliseconds, memory) = cost(Media::Jpeg, jpeg);
    println!(
        "proof: a JPEG of 12 megapixels ({} KB) to 1600 and 320: {milliseconds} ms of one processor, {memory} MB at most{}",
        jpeg.len() / 1024,
        if cfg!(debug_assertions) { " (debug build, pixels optimised)" } else { "" }
    );
    let limits = Limits::default();
    assert!(milliseconds * 3 < limits.cpu_seconds * 1000, "{milliseconds} ms");
    assert!((memory * 2) << 20 < limits.memory, "{memory} MB");
    // The largest that is taken fits into the memory too: fifty megapixels.
    let (width, height) = (8640, 5760);
    let large = made::tiff(width, height, &vec![100; (width * height * 3) as usize]);
    let developed = develop(&decoder(limits), &order(Media::Tiff, &[1600]), &large);
    assert!(developed.is_ok(), "{:?}", developed.err());

    let Some(heic) = shared("images/heic/iphone_13_pro_max.HEIC") else { return };
    if is_installed(&["heif-dec", "heif-convert"]) {
        let began = crate::server::stopwatch();
        let original = fs::read(heic).unwrap();
        assert!(develop(&decoder(limits), &order(Media::Heic, &[1600, 320]), &original).is_ok());
        println!("proof: a HEIC of 12 megapixels to 1600 and 320: {:.0?} by the clock", began.elapsed());
    }
}
