//! A notice that a mail could not be delivered (RFC 3464): the status, and nothing else of it.

use super::is_bounded;
use casework::contact::notice::Status;
use mail_parser::{Message, MessageParser, MimeHeaders};

/// Why the mail came back, where this is a notice of that; one that only says that it is late, or has arrived, is none.
pub fn read(bytes: &[u8]) -> Option<Status> {
    if !is_bounded(bytes) {
        return None;
    }
    // As for any mail that comes in: a fault of the parser loses this one alone.
    std::panic::catch_unwind(|| status(&MessageParser::default().parse(bytes)?)).ok().flatten()
}

fn status(mail: &Message) -> Option<Status> {
    let is = |part: &mail_parser::ContentType, kind: &str, sub: &str| {
        part.ctype().eq_ignore_ascii_case(kind) && part.subtype().is_some_and(|own| own.eq_ignore_ascii_case(sub))
    };
    mail.content_type().filter(|kind| is(kind, "multipart", "report"))?;
    let part = mail
        .parts
        .iter()
        .find(|part| part.content_type().is_some_and(|kind| is(kind, "message", "delivery-status")))?;
    let text = String::from_utf8_lossy(part.contents()).replace("\r\n", "\n");
    // Each of our mails has one recipient: the first block is about the notice, the others about whom the mail was for.
    text.split("\n\n").find_map(|block| {
        let field = |name: &str| {
            block.lines().find_map(|line| {
                let (own, value) = line.split_once(':')?;
                own.trim().eq_ignore_ascii_case(name).then(|| value.trim())
            })
        };
        field("Action").filter(|action| action.eq_ignore_ascii_case("failed"))?;
        Status::read(field("Status")?)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn notice(kind: &str, fields: &str) -> Option<Status> {
        let mail = format!(
            "From: MAILER-DAEMON@example.org\nContent-Type: {kind}; boundary=a\n\n--a\n\nSorry.\n\n--a\n\
             Content-Type: message/delivery-status\n\nReporting-MTA: dns; mx.example.org\n\n\
             Final-Recipient: rfc822; robin@example.org\n{fields}\n\n--a\nContent-Type: text/rfc822-headers\n\n\
             Subject: News\n\n--a--\n"
        );
        let crlf = read(mail.replace('\n', "\r\n").as_bytes());
        assert_eq!(read(mail.as_bytes()), crlf, "also where lines end as on Unix");
        crlf
    }

    #[test]
    fn of_a_notice_the_status_is_read_where_the_mail_failed() {
        let report = "multipart/report; report-type=delivery-status";
        assert_eq!(notice(report, "Action: failed\nStatus: 5.1.1"), Status::read("5.1.1"));
        assert_eq!(notice("Multipart/Report", "status: 4.4.7\nACTION: Failed"), Status::read("4.4.7"));
        for (kind, fields) in [
            (report, "Action: delayed\nStatus: 4.4.1"),
            (report, "Action: delivered\nStatus: 2.0.0"),
            (report, "Action: failed"),
            (report, "Status: 5.1.1"),
            ("multipart/mixed", "Action: failed\nStatus: 5.1.1"),
        ] {
            assert_eq!(notice(kind, fields), None, "{kind}: {fields}");
        }
        assert_eq!(read(b"From: a@example.org\r\n\r\nAction: failed\r\nStatus: 5.1.1\r\n"), None);
        assert_eq!(read(b""), None);
    }
}
