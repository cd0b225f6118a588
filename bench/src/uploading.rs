//! Files: bytes that are kept and read back, against the disk alone; and a photo with the child that decodes it.

use crate::{
    client::Client,
    process,
    server::Server,
    table::{Budget, Table},
    world,
};
use anyhow::{Result, ensure};
use std::{
    fs::{self, File},
    io::Write,
    path::Path,
    time::Instant,
};

/// One file, of the size of a photograph.
const BYTES: usize = 8 * 1024 * 1024;
/// Files of each client.
const EACH: usize = 12;
const CLIENTS: usize = 4;
/// Photos, one after the other.
const PHOTOS: usize = 10;
/// The sides of a photo of twelve megapixels.
const SIDES: (u32, u32) = (4000, 3000);

pub struct Uploading {
    per_second_mb: f64,
    disk_mb: f64,
    cpu_us_per_mb: f64,
    photo_ms: f64,
}

pub async fn measure() -> Result<Uploading> {
    let world = world::empty().await?;
    let server = Server::moothall(&world).await?;
    let (at, file) = (server.at, request(&document()));
    let (cpu, began) = (process::cpu_ms(server.pid())?, Instant::now());
    let clients = (0..CLIENTS).map(|_| {
        let file = file.clone();
        tokio::spawn(async move {
            let mut client = Client::new(at).await?;
            for _ in 0..EACH {
                ensure!(client.status(&file).await? == 201, "a file was refused");
            }
            anyhow::Ok(())
        })
    });
    for client in clients.collect::<Vec<_>>() {
        client.await??;
    }
    let seconds = began.elapsed().as_secs_f64();
    let cpu = process::cpu_ms(server.pid())? - cpu;
    let mb = (BYTES * EACH * CLIENTS) as f64 / 1e6;

    let (photo, mut client) = (request(&photo()), Client::new(at).await?);
    let began = Instant::now();
    for _ in 0..PHOTOS {
        ensure!(client.status(&photo).await? == 201, "a photo was refused");
    }
    let photo_ms = began.elapsed().as_secs_f64() * 1000.0 / PHOTOS as f64;
    Ok(Uploading {
        per_second_mb: mb / seconds,
        disk_mb: disk(world.folder.path())?,
        cpu_us_per_mb: cpu * 1000.0 / mb,
        photo_ms,
    })
}

/// The same bytes, by as many threads: written, synced, read again.
fn disk(folder: &Path) -> Result<f64> {
    let bytes = document();
    let began = Instant::now();
    std::thread::scope(|scope| {
        let writers: Vec<_> = (0..CLIENTS)
            .map(|client| {
                let bytes = &bytes;
                scope.spawn(move || -> Result<()> {
                    for n in 0..EACH {
                        let path = folder.join(format!("disk-{client}-{n}"));
                        let mut file = File::create(&path)?;
                        file.write_all(bytes)?;
                        file.sync_all()?;
                        File::open(folder)?.sync_all()?;
                        ensure!(fs::read(&path)?.len() == BYTES, "the disk lost some");
                    }
                    Ok(())
                })
            })
            .collect();
        writers.into_iter().try_for_each(|writer| writer.join().map_err(|_| anyhow::anyhow!("a thread broke off"))?)
    })?;
    Ok((BYTES * EACH * CLIENTS) as f64 / 1e6 / began.elapsed().as_secs_f64())
}

fn request(bytes: &[u8]) -> Vec<u8> {
    let head = format!(
        "POST /api/v1/uploads HTTP/1.1\r\nHost: bench\r\nContent-Type: application/octet-stream\r\nContent-Length: {}\r\n\r\n",
        bytes.len()
    );
    [head.into_bytes(), bytes.to_vec()].concat()
}

/// A document, by its first bytes; the rest is noise, as in a file that is compressed.
fn document() -> Vec<u8> {
    let mut bytes = b"%PDF-1.7\n".to_vec();
    let mut state = 0x2545_f491_4f6c_dd1d_u64;
    while bytes.len() < BYTES {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        bytes.extend(state.to_le_bytes());
    }
    bytes.truncate(BYTES);
    bytes
}

/// A GIF of twelve megapixels in stripes, its codes not compressed: it is quick to make, and slow enough to decode.
fn photo() -> Vec<u8> {
    let (width, height) = SIDES;
    let mut gif = b"GIF89a".to_vec();
    gif.extend((width as u16).to_le_bytes());
    gif.extend((height as u16).to_le_bytes());
    // A table of 128 greys.
    gif.extend([0xf6, 0, 0]);
    gif.extend((0..128u8).flat_map(|grey| [grey * 2; 3]));
    gif.extend([0x2c, 0, 0, 0, 0]);
    gif.extend((width as u16).to_le_bytes());
    gif.extend((height as u16).to_le_bytes());
    // Codes of eight bits: the table is cleared before it would need nine, so a byte is a pixel.
    gif.extend([0, 7]);
    let mut block = Vec::with_capacity(255);
    let mut put = |gif: &mut Vec<u8>, byte: u8| {
        block.push(byte);
        if block.len() == 255 {
            gif.push(255);
            gif.append(&mut block);
        }
    };
    for pixel in 0..width * height {
        if pixel % 126 == 0 {
            put(&mut gif, 128);
        }
        put(&mut gif, ((pixel % width) / 32) as u8 & 0x7f);
    }
    put(&mut gif, 129);
    let left = block;
    if !left.is_empty() {
        gif.push(left.len() as u8);
        gif.extend(left);
    }
    gif.extend([0, 0x3b]);
    gif
}

pub fn rows(table: &mut Table, uploading: &Uploading) {
    let row = table.add("upload of 8 MB files, kept and read back", Budget::None, uploading.per_second_mb, "MB/s");
    row.note = format!(
        "{:.2} of the disk alone ({:.0} MB/s), {:.0} µs CPU a MB",
        uploading.per_second_mb / uploading.disk_mb,
        uploading.disk_mb,
        uploading.cpu_us_per_mb
    );
    table.add("upload of a picture of 12 megapixels, decoded in its child", Budget::None, uploading.photo_ms, "ms");
}
