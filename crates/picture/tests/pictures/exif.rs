//! EXIF by hand: a TIFF of a few fields, big end first.

/// A field: tag, type, count, value.
pub type Field = (u16, u16, u32, Vec<u8>);

pub fn short(tag: u16, value: u16) -> Field {
    (tag, 3, 1, value.to_be_bytes().to_vec())
}

pub fn long(tag: u16, value: u32) -> Field {
    (tag, 4, 1, value.to_be_bytes().to_vec())
}

pub fn ascii(tag: u16, text: &str) -> Field {
    (tag, 2, text.len() as u32 + 1, [text.as_bytes(), b"\0"].concat())
}

pub fn rationals(tag: u16, values: &[(u32, u32)]) -> Field {
    let bytes = values.iter().flat_map(|(over, under)| [over.to_be_bytes(), under.to_be_bytes()].concat());
    (tag, 5, values.len() as u32, bytes.collect())
}

/// One directory that lies at `at`, with what does not fit into it behind it.
fn directory(fields: &[Field], at: usize) -> Vec<u8> {
    let mut bytes = (fields.len() as u16).to_be_bytes().to_vec();
    let mut behind: Vec<u8> = Vec::new();
    let start = at + 2 + 12 * fields.len() + 4;
    for (tag, kind, count, value) in fields {
        bytes.extend(tag.to_be_bytes());
        bytes.extend(kind.to_be_bytes());
        bytes.extend(count.to_be_bytes());
        if value.len() <= 4 {
            bytes.extend(value);
            bytes.resize(bytes.len() + 4 - value.len(), 0);
        } else {
            bytes.extend(((start + behind.len()) as u32).to_be_bytes());
            behind.extend(value);
        }
    }
    bytes.extend([0; 4]);
    bytes.extend(behind);
    bytes
}

/// The fields of the picture, of the camera (`Exif`) and of the receiver (`GPS`).
pub fn block(picture: &[Field], camera: &[Field], receiver: &[Field]) -> Vec<u8> {
    let mut fields = picture.to_vec();
    fields.extend([long(0x8769, 0), long(0x8825, 0)]);
    let camera_at = 8 + directory(&fields, 8).len();
    let camera = directory(camera, camera_at);
    let receiver_at = camera_at + camera.len();
    let last = fields.len() - 2;
    fields[last] = long(0x8769, camera_at as u32);
    fields[last + 1] = long(0x8825, receiver_at as u32);
    [b"MM\0*\0\0\0\x08".to_vec(), directory(&fields, 8), camera, directory(receiver, receiver_at)].concat()
}

/// An uncompressed TIFF of one strip; `channels` are 8 bits each.
pub fn tiff(size: (u32, u32), photometric: u16, channels: u16, pixels: &[u8], more: &[Field]) -> Vec<u8> {
    let bits = vec![8_u16.to_be_bytes(); usize::from(channels)].concat();
    let mut fields = vec![
        long(256, size.0),
        long(257, size.1),
        (258, 3, u32::from(channels), bits),
        short(259, 1),
        short(262, photometric),
        long(273, 0),
        short(277, channels),
        long(278, size.1),
        long(279, pixels.len() as u32),
    ];
    fields.extend_from_slice(more);
    fields.sort_by_key(|field| field.0);
    let start = 8 + directory(&fields, 8).len();
    fields.iter_mut().filter(|field| field.0 == 273).for_each(|field| *field = long(273, start as u32));
    [b"MM\0*\0\0\0\x08".to_vec(), directory(&fields, 8), pixels.to_vec()].concat()
}
