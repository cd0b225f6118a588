//! Pictures made by hand, large ones cheaply.

/// Eight bits a colour, uncompressed, one strip, little end first.
pub fn tiff(width: u32, height: u32, pixels: &[u8]) -> Vec<u8> {
    let entry = |tag: u16, kind: u16, count: u32, value: u32| {
        [&tag.to_le_bytes()[..], &kind.to_le_bytes(), &count.to_le_bytes(), &value.to_le_bytes()].concat()
    };
    const ENTRIES: u16 = 9;
    let bits_at = 8 + 2 + u32::from(ENTRIES) * 12 + 4;
    let fields = [
        entry(256, 4, 1, width),
        entry(257, 4, 1, height),
        entry(258, 3, 3, bits_at),
        entry(259, 3, 1, 1),
        entry(262, 3, 1, 2),
        entry(273, 4, 1, bits_at + 6),
        entry(277, 3, 1, 3),
        entry(278, 4, 1, height),
        entry(279, 4, 1, pixels.len() as u32),
    ];
    let mut bytes = b"II*\0\x08\0\0\0".to_vec();
    bytes.extend(ENTRIES.to_le_bytes());
    bytes.extend(fields.concat());
    bytes.extend([0; 4]);
    bytes.extend([8_u16.to_le_bytes(); 3].concat());
    bytes.extend(pixels);
    bytes
}

/// Like a photograph: slow shades, edges, and a grain that does not compress to nothing.
pub fn scene(width: u32, height: u32) -> Vec<u8> {
    let mut pixels = Vec::with_capacity((width * height * 3) as usize);
    let mut grain = 1_u32;
    for y in 0..height {
        for x in 0..width {
            grain = grain.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            let edge = if (x / 200 + y / 150) % 3 == 0 { 60 } else { 0 };
            let shade = x * 120 / width + y * 60 / height + edge + (grain >> 28);
            pixels.extend([shade as u8, (shade / 2 + 40) as u8, (200 - shade / 2) as u8]);
        }
    }
    pixels
}

fn crc(bytes: &[u8]) -> u32 {
    !bytes.iter().fold(u32::MAX, |crc, byte| {
        (0..8).fold(crc ^ u32::from(*byte), |crc, _| (crc >> 1) ^ (0xedb8_8320 * (crc & 1)))
    })
}

fn chunk(kind: &[u8; 4], body: &[u8]) -> Vec<u8> {
    let named = [kind, body].concat();
    [&(body.len() as u32).to_be_bytes()[..], &named, &crc(&named).to_be_bytes()].concat()
}

/// Eight bits of grey, whose pixels are this stream, with these chunks before them.
pub fn png(width: u32, height: u32, more: &[(&[u8; 4], &[u8])], stream: &[u8]) -> Vec<u8> {
    let head = [&width.to_be_bytes()[..], &height.to_be_bytes(), b"\x08\0\0\0\0"].concat();
    let more: Vec<u8> = more.iter().flat_map(|(kind, body)| chunk(kind, body)).collect();
    let signature = b"\x89PNG\r\n\x1a\n".to_vec();
    [signature, chunk(b"IHDR", &head), more, chunk(b"IDAT", stream), chunk(b"IEND", b"")].concat()
}

/// A zlib stream of that many times 258 noughts, a nought first; thirteen bits each (RFC 1951, 3.2.6).
pub fn exploding(times: usize) -> Vec<u8> {
    // The last block, fixed codes, a nought as it is; then the longest copy of the byte before; the end.
    let nought = "110".to_owned() + "00110000";
    let bits = nought.bytes().chain("1100010100000".bytes().cycle().take(13 * times)).chain("0000000".bytes());
    let bits: Vec<u8> = bits.collect();
    let mut stream = b"\x78\x01".to_vec();
    stream.extend(bits.chunks(8).map(|eight| eight.iter().rev().fold(0_u8, |byte, bit| byte << 1 | (bit - b'0'))));
    stream.extend([0; 4]);
    stream
}
