//! The size a HEIC says it has, without decoding it: the largest `ispe` box below `meta/iprp/ipco`. Tiles have one each and
//! so has the grid they make up, which is the largest.

/// `None` where there is no such box.
pub(crate) fn claimed(bytes: &[u8]) -> Option<(u32, u32)> {
    // `meta` and `ispe` have a version and flags first, four bytes.
    let meta = boxes(bytes).find(|one| one.0 == b"meta")?.1.get(4..)?;
    let (_, properties) = boxes(meta).find(|one| one.0 == b"iprp")?;
    let (_, container) = boxes(properties).find(|one| one.0 == b"ipco")?;
    boxes(container)
        .filter(|one| one.0 == b"ispe")
        .filter_map(|(_, body)| {
            let number = |at: usize| Some(u32::from_be_bytes(body.get(at..at + 4)?.try_into().ok()?));
            Some((number(4)?, number(8)?))
        })
        .max_by_key(|(width, height)| u64::from(*width) * u64::from(*height))
}

/// Type and body of each box (ISO/IEC 14496-12, 4.2), until one does not fit.
fn boxes(mut rest: &[u8]) -> impl Iterator<Item = (&[u8; 4], &[u8])> {
    std::iter::from_fn(move || {
        let (size, after) = rest.split_first_chunk::<4>()?;
        let (kind, after) = after.split_first_chunk::<4>()?;
        let (size, head) = match u32::from_be_bytes(*size) {
            0 => (rest.len(), 8),
            1 => (usize::try_from(u64::from_be_bytes(*after.first_chunk::<8>()?)).ok()?, 16),
            size => (size as usize, 8),
        };
        let body = rest.get(head..size)?;
        rest = &rest[size..];
        Some((kind, body))
    })
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;

    pub(crate) fn boxed(kind: &[u8; 4], body: &[u8]) -> Vec<u8> {
        let mut bytes = (8 + body.len() as u32).to_be_bytes().to_vec();
        bytes.extend(kind);
        bytes.extend(body);
        bytes
    }

    /// Everything of a HEIC but its pixels.
    pub(crate) fn shell(sizes: &[(u32, u32)]) -> Vec<u8> {
        let ispe = |(width, height): &(u32, u32)| {
            boxed(b"ispe", &[[0; 4], width.to_be_bytes(), height.to_be_bytes()].concat())
        };
        let container = boxed(b"ipco", &sizes.iter().flat_map(ispe).collect::<Vec<_>>());
        let meta = [&[0; 4], boxed(b"iprp", &container).as_slice()].concat();
        [boxed(b"ftyp", b"heic\0\0\0\0mif1heic"), boxed(b"meta", &meta)].concat()
    }

    #[test]
    fn the_largest_size_is_the_pictures() {
        assert_eq!(claimed(&shell(&[(512, 512), (4032, 3024), (320, 240)])), Some((4032, 3024)));
        assert_eq!(claimed(&shell(&[])), None);
        assert_eq!(claimed(b""), None);
    }

    #[test]
    fn a_box_that_does_not_fit_ends_the_walk() {
        let whole = shell(&[(1, 2)]);
        for end in 0..whole.len() {
            assert_eq!(claimed(&whole[..end]), None, "{end}");
        }
        for size in [2_u32, 7, u32::MAX] {
            let mut bytes = whole.clone();
            bytes[..4].copy_from_slice(&size.to_be_bytes());
            assert_eq!(claimed(&bytes), None, "{size}");
        }
    }

    #[test]
    fn long_sizes_and_a_last_box_without_one_are_read() {
        let mut bytes = 1_u32.to_be_bytes().to_vec();
        bytes.extend(b"free");
        bytes.extend(20_u64.to_be_bytes());
        bytes.extend([9; 4]);
        bytes.extend(0_u32.to_be_bytes());
        bytes.extend(b"last");
        bytes.extend([7; 3]);
        assert_eq!(boxes(&bytes).collect::<Vec<_>>(), [(b"free", &[9; 4][..]), (b"last", &[7; 3][..])]);
    }
}
