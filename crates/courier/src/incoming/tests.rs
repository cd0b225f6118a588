use super::*;
use proptest::prelude::*;

fn brought(mail: &str) -> Brought {
    match read(mail.replace('\n', "\r\n").as_bytes(), Some("robin@example.org")) {
        Ok(Incoming::Words(brought)) => brought,
        other => panic!("{other:?}"),
    }
}

fn refused(mail: &[u8]) -> Unread {
    read(mail, Some("robin@example.org")).unwrap_err()
}

const HEAD: &str = "From: Robin <robin@example.org>\nMessage-ID: <a@example.org>\n";

#[test]
fn a_plain_answer_is_its_words_and_what_the_mail_is_called() {
    let mail = format!("{HEAD}Subject: Re: news\n\nIt is back.\n\nOn Tuesday, x@y.example wrote:\n> Hello\n");
    let from = Some("robin@example.org".to_owned());
    let meant = Brought { words: "It is back.".into(), from, message_id: "a@example.org".into(), ..Brought::default() };
    assert_eq!(brought(&mail), meant);
    assert_eq!(read(mail.as_bytes(), None), Ok(Incoming::Words(meant)), "also where lines end as on Unix");
}

#[test]
fn of_text_and_html_the_text_is_read_and_files_are_counted() {
    let mail = format!(
        "{HEAD}Content-Type: multipart/mixed; boundary=a\n\n--a\nContent-Type: multipart/alternative; boundary=b\n\n\
         --b\nContent-Type: text/plain; charset=iso-8859-1\nContent-Transfer-Encoding: quoted-printable\n\nCaf=E9.\n\
         --b\nContent-Type: text/html\n\n<p>No</p>\n--b--\n\
         --a\nContent-Type: image/jpeg; name=a.jpg\nContent-Disposition: attachment; filename=a.jpg\n\
         Content-Transfer-Encoding: base64\n\n/9j/\n\
         --a\nContent-Type: application/pdf; name=b.pdf\nContent-Disposition: attachment; filename=b.pdf\n\nx\n--a--\n"
    );
    let read = brought(&mail);
    assert_eq!((read.words.as_str(), read.left_out, read.cut), ("Café.", 2, false));
}

#[test]
fn of_html_alone_the_words_are_read() {
    let mail = format!(
        "{HEAD}Content-Type: text/html; charset=utf-8\n\n<div>It is &lt;b&gt; back.<br></div><script>x</script>\
         <blockquote>Hello</blockquote>\n"
    );
    assert_eq!(brought(&mail).words, "It is <b> back.");
}

#[test]
fn machines_are_told_from_people() {
    for line in [
        "Auto-Submitted: auto-replied",
        "auto-submitted: auto-generated; x",
        "Precedence: bulk",
        "Precedence: LIST",
        "X-Autoreply: yes",
        "List-Id: <x.example.org>",
        "Content-Type: multipart/report; report-type=delivery-status; boundary=x",
    ] {
        let mail = format!("{line}\n{HEAD}\nI am away.\n");
        assert_eq!(read(mail.as_bytes(), Some("robin@example.org")), Ok(Incoming::Automatic), "{line}");
    }
    let mail = format!("{HEAD}Auto-Submitted: no\n\nIt is back.\n");
    assert!(matches!(read(mail.as_bytes(), Some("robin@example.org")), Ok(Incoming::Words(_))));
    for nobody in ["", "<>", "MAILER-DAEMON", "mailer-daemon@example.org"] {
        assert_eq!(read(mail.as_bytes(), Some(nobody)), Ok(Incoming::Automatic), "{nobody:?}");
    }
}

#[test]
fn what_holds_no_words_or_hidden_ones_is_refused_with_words() {
    for (body, why) in [
        ("", Unread::NoWords),
        ("> Hello\n> News\n", Unread::NoWords),
        ("-- \nRobin\n", Unread::NoWords),
        ("It is\0back.\n", Unread::Hidden),
        ("It is \u{202e}kcab\n", Unread::Hidden),
    ] {
        let mail = format!("{HEAD}Content-Type: text/plain; charset=utf-8\n\n{body}");
        assert_eq!(refused(mail.as_bytes()), why, "{body:?}");
    }
    let only_a_file = format!("{HEAD}Content-Type: image/png; name=a.png\nContent-Disposition: attachment\n\nx\n");
    assert_eq!(refused(only_a_file.as_bytes()), Unread::NoWords);
}

#[test]
fn words_that_are_too_long_end_where_they_may_and_it_is_said() {
    let read = brought(&format!("{HEAD}Content-Type: text/plain; charset=utf-8\n\n{}\n", "é".repeat(words::MOST + 10)));
    assert_eq!((read.words.chars().count(), read.cut), (words::MOST, true));
    let whole = brought(&format!("{HEAD}\n{}\n", "e".repeat(words::MOST)));
    assert!(!whole.cut);
}

#[test]
fn a_mail_without_a_name_is_known_by_what_it_says() {
    let named =
        |words: &str| brought(&format!("From: a@example.org\nDate: Tue, 24 Nov 2026 14:05:00 +0000\n\n{words}\n"));
    assert_eq!(named("One").message_id, named("One").message_id);
    assert_ne!(named("One").message_id, named("Two").message_id);
}

#[test]
fn who_it_is_from_is_one_address_or_nobody() {
    let from = |line: &str| brought(&format!("{line}\nMessage-ID: <a@b.example>\n\nYes\n")).from;
    assert_eq!(from("From: Robin <r@example.org>").as_deref(), Some("r@example.org"));
    assert_eq!(from("From: a@example.org, b@example.org"), None);
    assert_eq!(from("Subject: x"), None);
}

#[test]
fn bytes_that_are_no_letters_of_their_charset_do_no_harm() {
    for charset in ["utf-8", "x-no-such", "\"", "utf-7", "iso-2022-jp", ""] {
        let mut mail = format!("{HEAD}Content-Type: text/plain; charset={charset}\n\nYes ").into_bytes();
        mail.extend([0xff, 0xfe, 0x1b, 0x24, 0x80, b'\n']);
        let read = read(&mail, None);
        assert!(matches!(read, Ok(Incoming::Words(_)) | Err(Unread::Hidden)), "{charset}: {read:?}");
    }
}

#[test]
fn what_is_built_to_exhaust_is_refused_before_it_is_taken_apart() {
    let nested = |n: usize| {
        let mut mail = HEAD.to_owned();
        for level in 0..n {
            mail += &format!("Content-Type: multipart/mixed; boundary=b{level}\n\n--b{level}\n");
        }
        mail += "Content-Type: text/plain\n\nYes\n";
        (0..n).rev().for_each(|level| mail += &format!("--b{level}--\n"));
        mail
    };
    assert_eq!(refused(nested(MOST_PARTS + 1).as_bytes()), Unread::Shape);
    // So deep nothing may be found, and nothing breaks.
    let deep = read(nested(MOST_PARTS - 1).as_bytes(), None);
    assert!(matches!(deep, Ok(Incoming::Words(_)) | Err(Unread::NoWords)), "{deep:?}");
    assert_eq!(brought(&nested(3)).words, "Yes");
    let enclosed = format!("{HEAD}{}\nYes\n", "Content-Type: message/rfc822\n\n".repeat(MOST_PARTS));
    assert!(matches!(read(enclosed.as_bytes(), None), Ok(_) | Err(_)));
    let enclosed = format!("{HEAD}{}\nYes\n", "CONTENT-TYPE : message/rfc822\n\n".repeat(MOST_PARTS + 1));
    assert_eq!(refused(enclosed.as_bytes()), Unread::Shape);
    let edges = format!("{HEAD}Content-Type: multipart/digest; boundary=b\n\n{}", "--b\n\n".repeat(MOST_EDGES + 1));
    assert_eq!(refused(edges.as_bytes()), Unread::Shape);
    let long = format!("{HEAD}Subject: {}\n\nYes\n", "x".repeat(MOST_HEAD));
    assert_eq!(refused(long.as_bytes()), Unread::Shape);
    let folded = format!("{HEAD}References: {}\n\nYes\n", "<a@b>\n ".repeat(MOST_HEAD / 6));
    assert_eq!(refused(folded.as_bytes()), Unread::Shape);
}

#[test]
fn what_is_no_mail_at_all_is_refused_or_has_no_words() {
    for bytes in [&b""[..], b"\n", b"\0\0\0", b"\r\n\r\n", b"no head at all", &[0xff; 100]] {
        assert!(!matches!(read(bytes, None), Ok(Incoming::Words(_))), "{bytes:?}");
    }
}

proptest! {
    #[test]
    fn no_bytes_do_harm(bytes in prop::collection::vec(any::<u8>(), 0..400), body in "(?s).{0,200}") {
        let _ = read(&bytes, None).is_ok();
        let _ = read(format!("{HEAD}Content-Type: text/html\n\n{body}").as_bytes(), None).is_ok();
        let _ = read(format!("{HEAD}Content-Type: multipart/mixed; boundary=a\n\n--a\n{body}\n--a--").as_bytes(), None).is_ok();
    }
}
