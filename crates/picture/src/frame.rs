//! How an order and its answer go through a pipe: the length of a header (`u32`, big end first), the header in JSON, then
//! the bytes it speaks of, and nothing after. Every length is compared with a limit before room is made for it.

use crate::{Developed, Fault, Order, Rendition, Taken};
use serde::{Deserialize, Serialize, de::DeserializeOwned};
use std::io::{self, ErrorKind, Read, Write};

/// A header with a thousand patches has some 50 KB.
const MOST_HEADER: u32 = 1 << 20;

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct OrderHead {
    order: Order,
    bytes: u64,
}

#[derive(Serialize, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
enum AnswerHead {
    Developed { width: u32, height: u32, taken: Taken, renditions: Vec<Cut> },
    Fault(Fault),
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Cut {
    longest: u32,
    width: u32,
    height: u32,
    bytes: u64,
}

pub fn write_order(out: &mut impl Write, order: &Order, original: &[u8]) -> io::Result<()> {
    write_head(out, &OrderHead { order: order.clone(), bytes: original.len() as u64 })?;
    out.write_all(original)?;
    out.flush()
}

/// # Errors
/// `InvalidData` where it is no order or longer than `most_bytes`; `UnexpectedEof` where it is cut short.
pub fn read_order(from: &mut impl Read, most_bytes: u64) -> io::Result<(Order, Vec<u8>)> {
    let head: OrderHead = read_head(from)?;
    let original = read_bytes(from, head.bytes, &mut { most_bytes })?;
    end(from)?;
    Ok((head.order, original))
}

pub fn write_answer(out: &mut impl Write, answer: &Result<Developed, Fault>) -> io::Result<()> {
    match answer {
        Err(fault) => write_head(out, &AnswerHead::Fault(*fault))?,
        Ok(Developed { width, height, taken, renditions }) => {
            let cut = |one: &Rendition| Cut {
                longest: one.longest,
                width: one.width,
                height: one.height,
                bytes: one.jpeg.len() as u64,
            };
            let renditions_cut = renditions.iter().map(cut).collect();
            let (width, height, taken) = (*width, *height, taken.clone());
            write_head(out, &AnswerHead::Developed { width, height, taken, renditions: renditions_cut })?;
            renditions.iter().try_for_each(|one| out.write_all(&one.jpeg))?;
        }
    }
    out.flush()
}

/// The outer result says whether it is an answer at all. `most_bytes` bounds all renditions together.
///
/// # Errors
/// As for [`read_order`].
pub fn read_answer(from: &mut impl Read, most_bytes: u64) -> io::Result<Result<Developed, Fault>> {
    let answer = match read_head(from)? {
        AnswerHead::Fault(fault) => Err(fault),
        AnswerHead::Developed { width, height, taken, renditions: cuts } => {
            let (mut left, mut renditions) = (most_bytes, Vec::new());
            for Cut { longest, width, height, bytes } in cuts {
                renditions.push(Rendition { longest, width, height, jpeg: read_bytes(from, bytes, &mut left)? });
            }
            Ok(Developed { width, height, taken, renditions })
        }
    };
    end(from)?;
    Ok(answer)
}

fn write_head(out: &mut impl Write, head: &impl Serialize) -> io::Result<()> {
    let head = serde_json::to_vec(head)?;
    let length = u32::try_from(head.len()).ok().filter(|length| *length <= MOST_HEADER);
    out.write_all(&length.ok_or(ErrorKind::InvalidInput)?.to_be_bytes())?;
    out.write_all(&head)
}

fn read_head<T: DeserializeOwned>(from: &mut impl Read) -> io::Result<T> {
    let mut length = [0; 4];
    from.read_exact(&mut length)?;
    let head = read_bytes(from, u64::from(u32::from_be_bytes(length)), &mut u64::from(MOST_HEADER))?;
    serde_json::from_slice(&head).map_err(|_| ErrorKind::InvalidData.into())
}

/// `length` bytes, which are then taken from what is `left`. Room grows with what arrives, not with what is claimed.
fn read_bytes(from: &mut impl Read, length: u64, left: &mut u64) -> io::Result<Vec<u8>> {
    *left = left.checked_sub(length).ok_or(ErrorKind::InvalidData)?;
    let mut bytes = Vec::new();
    from.by_ref().take(length).read_to_end(&mut bytes)?;
    if bytes.len() as u64 == length { Ok(bytes) } else { Err(ErrorKind::UnexpectedEof.into()) }
}

fn end(from: &mut impl Read) -> io::Result<()> {
    if from.read(&mut [0])? == 0 { Ok(()) } else { Err(ErrorKind::InvalidData.into()) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Media, Patch};

    fn order() -> Order {
        let black = vec![Patch { left: 1, top: 2, width: 3, height: 4 }];
        Order { media: Media::Png, longest: vec![1600, 320], black, most_pixels: 50_000_000 }
    }

    fn developed() -> Developed {
        let taken =
            Taken { at: Some("2008-10-22T16:28:39".to_owned()), offset: None, place: Some((43.467448, 11.885127)) };
        let rendition =
            |longest: u32, jpeg: &[u8]| Rendition { longest, width: longest, height: 1, jpeg: jpeg.to_vec() };
        Developed { width: 7, height: 8, taken, renditions: vec![rendition(3, b"first"), rendition(2, b"")] }
    }

    fn framed(head: &str, rest: &[u8]) -> Vec<u8> {
        [&(head.len() as u32).to_be_bytes(), head.as_bytes(), rest].concat()
    }

    #[test]
    fn orders_and_answers_come_back_as_they_went() {
        let mut bytes = Vec::new();
        write_order(&mut bytes, &order(), b"original").unwrap();
        assert_eq!(read_order(&mut bytes.as_slice(), 8).unwrap(), (order(), b"original".to_vec()));
        for answer in [Ok(developed()), Err(Fault::Empty), Err(Fault::TooLarge { width: 100_000, height: 3 })] {
            let mut bytes = Vec::new();
            write_answer(&mut bytes, &answer).unwrap();
            assert_eq!(read_answer(&mut bytes.as_slice(), 5).unwrap(), answer);
        }
    }

    #[test]
    fn a_length_over_its_limit_is_refused_before_anything_is_read() {
        let mut bytes = Vec::new();
        write_order(&mut bytes, &order(), b"original").unwrap();
        assert_eq!(read_order(&mut bytes.as_slice(), 7).unwrap_err().kind(), ErrorKind::InvalidData);
        let mut bytes = Vec::new();
        write_answer(&mut bytes, &Ok(developed())).unwrap();
        assert_eq!(read_answer(&mut bytes.as_slice(), 4).unwrap_err().kind(), ErrorKind::InvalidData);
        // Only the length is there: it is not waited for.
        for length in [MOST_HEADER + 1, u32::MAX] {
            let mut claimed = io::Cursor::new(length.to_be_bytes());
            assert_eq!(read_answer(&mut claimed, u64::MAX).unwrap_err().kind(), ErrorKind::InvalidData);
        }
    }

    #[test]
    fn lengths_that_add_up_beyond_all_numbers_are_refused() {
        let cut = format!(r#"{{"longest":1,"width":1,"height":1,"bytes":{}}}"#, u64::MAX);
        let head = format!(
            r#"{{"developed":{{"width":1,"height":1,"taken":{{"at":null,"offset":null,"place":null}},"renditions":[{cut},{cut}]}}}}"#
        );
        assert_eq!(read_answer(&mut framed(&head, b"").as_slice(), 9).unwrap_err().kind(), ErrorKind::InvalidData);
        let cut_short = read_answer(&mut framed(&head, b"").as_slice(), u64::MAX).unwrap_err();
        assert_eq!(cut_short.kind(), ErrorKind::UnexpectedEof);
    }

    #[test]
    fn what_is_cut_short_or_goes_on_is_refused() {
        let mut bytes = Vec::new();
        write_answer(&mut bytes, &Ok(developed())).unwrap();
        for end in 0..bytes.len() {
            assert!(read_answer(&mut &bytes[..end], 100).is_err(), "{end}");
        }
        bytes.push(0);
        assert_eq!(read_answer(&mut bytes.as_slice(), 100).unwrap_err().kind(), ErrorKind::InvalidData);
        let garbage = framed("{\"fault\":\"bored\"}", b"");
        assert_eq!(read_answer(&mut garbage.as_slice(), 100).unwrap_err().kind(), ErrorKind::InvalidData);
    }
}
