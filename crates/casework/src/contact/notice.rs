//! Notices that a mail could not be delivered (C-60, C-61; RFC 3464), at the address that only that mail was sent from.
//!
//! The address is signed for one delivery and stands on its envelope alone: who knows it has had the mail in hands. Nothing
//! else of a notice is believed but its status.

use crate::{Draw, Result, Setting, alerts::own, codes, staff::sign_in::same};
use rights::{Actor, NotFound};
use store::{Tx, delivery};
use uuid::Uuid;

const HOUSE: Actor = Actor::House("notice");
/// What stands before the `+`.
const LOCAL: &str = "bounce";
/// 80 bits, as an address for answers has.
const SIGNATURE: usize = 10;
const BYTES: usize = 16 + SIGNATURE;
/// Servers try for five days (RFC 5321, 4.5.4.1); a notice that comes much later is nobody's.
const MOST_HOURS: i64 = 14 * 24;

/// The delivery of an address, once its signature was found to be ours.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Signed(Uuid);

/// What a server says of a mail it gives back: `5.1.1` and the like (RFC 3463).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Status(String);

impl Status {
    /// Three numbers, the first of them 4 (it was tried for long enough) or 5 (it never will be).
    pub fn read(text: &str) -> Option<Status> {
        let text = text.split_whitespace().next()?;
        let parts: Vec<&str> = text.split('.').collect();
        let number = |part: &&str| (1..=3).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_digit());
        let is_one = parts.len() == 3 && ["4", "5"].contains(&parts[0]) && parts.iter().all(number);
        is_one.then(|| Status(text.to_owned()))
    }

    fn is_for_good(&self) -> bool {
        self.0.starts_with('5')
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Taken {
    Now,
    /// The sending is not written down yet: it may come again.
    Later,
}

/// Where servers give this mail back; none where nothing comes in by mail.
pub fn address(setting: &Setting, delivery: Uuid) -> Option<String> {
    let domain = &setting.replies.domain;
    let bytes = [&delivery.as_bytes()[..], &setting.keys.notice(delivery)[..SIGNATURE]].concat();
    (!domain.is_empty()).then(|| format!("{LOCAL}+{}@{domain}", codes::show_token(&bytes)))
}

impl Signed {
    /// Reads the address a notice came to; nothing where it is not one of ours. Servers may change the case.
    pub fn read(setting: &Setting, address: &str) -> Option<Signed> {
        let bytes: [u8; BYTES] = codes::in_address(address, LOCAL, &setting.replies.domain)?;
        let (delivery, signature) = bytes.split_first_chunk::<16>()?;
        let delivery = Uuid::from_bytes(*delivery);
        same(&setting.keys.notice(delivery)[..SIGNATURE], signature).then_some(Signed(delivery))
    }
}

/// Marks the delivery as failed, for staff to see, and stops alerts to an address that will never take one. A delivery that is
/// not there, was not sent, or long ago, is not found.
pub fn take(tx: &mut Tx, draw: &mut Draw, Signed(delivery): Signed, status: &Status) -> Result<Taken> {
    let since = draw.now().plus_hours(-MOST_HOURS);
    let problem = format!("it came back ({})", status.0);
    if !delivery::came_back(&HOUSE, tx, delivery, since, &problem)? {
        let sending = delivery::is_sending(&HOUSE, tx, delivery)?;
        return if sending { Ok(Taken::Later) } else { Err(NotFound.into()) };
    }
    if status.is_for_good() {
        own::bounced(tx, draw, delivery)?;
    }
    Ok(Taken::Now)
}

#[cfg(test)]
mod tests {
    use super::Status;

    #[test]
    fn a_status_is_three_numbers_of_a_failure() {
        for (text, good) in [("5.1.1", true), (" 5.7.26 (x)", true), ("4.4.7", false)] {
            assert_eq!(Status::read(text).map(|status| status.is_for_good()), Some(good), "{text}");
        }
        for text in ["", "2.0.0", "5", "5.1", "5.1.1.1", "5.1.x", "5..1", "5.1.1111", "55.1.1", "550 5.1.1"] {
            assert_eq!(Status::read(text), None, "{text}");
        }
    }
}
