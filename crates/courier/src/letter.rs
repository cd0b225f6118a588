//! A mail as it goes over the wire (RFC 5322): headers and both parts.

use crate::{Mail, Unwritable, lines::one_line, mail};
use lettre::{
    Address, Message,
    address::Envelope,
    message::{
        Mailbox, MultiPart, SinglePart,
        header::{HeaderName, HeaderValue},
    },
};
use std::time::{Duration, SystemTime};
use store::Time;

/// The sender's name where nothing may be said of the case.
const NEUTRAL_NAME: &str = "Updates";

/// Who it is from, and who it is for, and the bytes.
pub struct Letter {
    pub envelope: Envelope,
    pub bytes: Vec<u8>,
}

impl Letter {
    /// The address that servers give it back to; who reads it sees the sender's own.
    pub fn given_back_to(self, address: Address) -> Letter {
        match Envelope::new(Some(address), self.envelope.to().to_vec()) {
            Ok(envelope) => Letter { envelope, ..self },
            Err(_) => self,
        }
    }
}

/// Puts a mail into the form servers take. `at` is the hour of sending; all else is the same at every try.
pub fn letter(mail: &Mail, from: &Address, from_name: &str, at: Time) -> Result<Letter, Unwritable> {
    let to = mail::address(&mail.to).ok_or(Unwritable::Address)?;
    let name = if mail.neutral { NEUTRAL_NAME.to_owned() } else { one_line(from_name) };
    let name = Some(name).filter(|name| !name.is_empty());
    // RFC 3834: answering machines leave such mail alone.
    let automatic = HeaderValue::new(HeaderName::new_from_ascii_str("Auto-Submitted"), "auto-generated".to_owned());
    let mut message = Message::builder()
        .from(Mailbox::new(name, from.clone()))
        .to(Mailbox::new(None, to))
        .subject(one_line(&mail.subject))
        .date(moment(at))
        .message_id(Some(format!("<{}@{}>", mail.message_id, from.domain())))
        .raw_header(automatic);
    if let Some(reply_to) = &mail.reply_to {
        message = message.reply_to(Mailbox::new(None, mail::address(reply_to).ok_or(Unwritable::Address)?));
    }
    if let Some(link) = &mail.unsubscribe {
        let header = |name, value: String| HeaderValue::new(HeaderName::new_from_ascii_str(name), value);
        message = message
            .raw_header(header("List-Unsubscribe", format!("<{}>", one_line(link))))
            .raw_header(header("List-Unsubscribe-Post", "List-Unsubscribe=One-Click".to_owned()));
    }
    let message = message.multipart(parts(mail)).map_err(|_| Unwritable::Words)?;
    Ok(Letter { envelope: message.envelope().clone(), bytes: message.formatted() })
}

/// Text first, then HTML: readers show the last they understand. The boundary would else be drawn at random.
fn parts(mail: &Mail) -> MultiPart {
    MultiPart::alternative()
        .boundary(format!("part-{}", mail.message_id))
        .singlepart(SinglePart::plain(mail.text.clone()))
        .singlepart(SinglePart::html(mail.html.clone()))
}

fn moment(at: Time) -> SystemTime {
    SystemTime::UNIX_EPOCH + Duration::from_micros(at.micros().max(0).unsigned_abs())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn mail() -> Mail {
        Mail {
            to: "robin@example.org".into(),
            subject: "We have your report: Caf\u{e9} waste".into(),
            text: "Hello\n\n.\nA line that begins with a point\n".into(),
            html: "<p>Hello</p>\n".into(),
            message_id: "01900000-0000-7000-8000-000000000001".into(),
            neutral: false,
            unsubscribe: None,
            reply_to: None,
        }
    }

    fn bytes(mail: &Mail, name: &str) -> String {
        let from: Address = "noreply@moothall.example".parse().unwrap();
        let letter = letter(mail, &from, name, Time(1_795_000_000_000_000)).unwrap();
        assert_eq!(letter.envelope.to().len(), 1);
        String::from_utf8(letter.bytes).unwrap()
    }

    fn headers(letter: &str) -> Vec<&str> {
        letter.split("\r\n\r\n").next().unwrap().split("\r\n").filter(|line| !line.starts_with(' ')).collect()
    }

    #[test]
    fn the_headers_are_those_we_mean_and_no_others() {
        let letter = bytes(&mail(), "Moothall");
        let names: Vec<_> = headers(&letter).into_iter().filter_map(|line| line.split_once(':')).map(|h| h.0).collect();
        let meant = ["From", "To", "Subject", "Date", "Message-ID", "Auto-Submitted", "MIME-Version", "Content-Type"];
        assert_eq!(names, meant);
        assert!(letter.contains("Auto-Submitted: auto-generated\r\n"));
        assert!(letter.contains("Message-ID: <01900000-0000-7000-8000-000000000001@moothall.example>\r\n"));
        assert!(letter.contains("Date: Wed, 18 Nov 2026 "), "{letter}");
        assert!(letter.contains("multipart/alternative"));
        assert!(letter.is_ascii(), "goes through servers that take seven bits");
    }

    #[test]
    fn mail_that_people_asked_for_says_how_one_press_stops_it() {
        let link = "https://moothall.example/alerts/stop/abc".to_owned();
        let letter = bytes(&Mail { unsubscribe: Some(link), ..mail() }, "Moothall");
        assert!(letter.contains("List-Unsubscribe: <https://moothall.example/alerts/stop/abc>\r\n"), "{letter}");
        assert!(letter.contains("List-Unsubscribe-Post: List-Unsubscribe=One-Click\r\n"), "{letter}");
    }

    #[test]
    fn where_an_answer_goes_is_one_address_or_the_mail_is_not_written() {
        let to = "reply+abc@replies.moothall.example".to_owned();
        let invites = bytes(&Mail { reply_to: Some(to), ..mail() }, "Moothall");
        assert!(invites.contains("Reply-To: reply+abc@replies.moothall.example\r\n"), "{invites}");
        let bad = Mail { reply_to: Some("a@example.org\r\nBcc: b@example.org".into()), ..mail() };
        let from: Address = "noreply@moothall.example".parse().unwrap();
        assert!(matches!(letter(&bad, &from, "", Time(0)), Err(Unwritable::Address)));
    }

    #[test]
    fn the_same_mail_at_the_same_hour_is_the_same_bytes() {
        assert_eq!(bytes(&mail(), "Moothall"), bytes(&mail(), "Moothall"));
    }

    #[test]
    fn a_name_or_title_from_data_cannot_begin_a_header() {
        let mut bad = mail();
        bad.subject = "Waste\r\nBcc: other@example.org\r\n\r\nHello".into();
        let letter = bytes(&bad, "Moothall\r\nReply-To: other@example.org");
        assert!(!headers(&letter).iter().any(|line| line.starts_with("Bcc") || line.starts_with("Reply-To")));
        assert_eq!(headers(&letter).len(), 8, "{letter}");
    }

    #[test]
    fn an_address_that_is_two_is_refused() {
        let from: Address = "noreply@moothall.example".parse().unwrap();
        let mut bad = mail();
        bad.to = "a@example.org\r\nBcc: b@example.org".into();
        assert!(matches!(letter(&bad, &from, "", Time(0)), Err(Unwritable::Address)));
    }

    #[test]
    fn a_neutral_mail_has_a_neutral_sender() {
        let mut quiet = mail();
        quiet.neutral = true;
        let letter = bytes(&quiet, "Example Police");
        assert!(letter.contains("From: Updates <noreply@moothall.example>\r\n"), "{letter}");
        assert!(!letter.contains("Police"));
    }
}
