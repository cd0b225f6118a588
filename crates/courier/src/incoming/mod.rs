//! A mail that comes in (RFC 5322, MIME): what its person typed, out of bytes that anybody may have made.
//!
//! Pure: no address is looked up and nothing is answered. Machines' mails are told from people's by RFC 3834.

mod notice;
mod plain;
mod typed;

use casework::{report::reply::Brought, words};
use mail_parser::{Message, MessageParser, MimeHeaders, PartType};
use sha2::{Digest, Sha256};

pub use notice::read as read_notice;

/// Lines that begin as a part does: a mail that people write has a handful. Each level of nesting needs one, and this many are
/// taken apart and thrown away without harm.
const MOST_PARTS: usize = 200;
/// Lines that begin with two hyphens: edges of parts, and rules that people and their programs draw.
const MOST_EDGES: usize = 2_000;
/// The whole head, in bytes. Servers themselves refuse far less.
const MOST_HEAD: usize = 256 * 1024;

/// What came.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Incoming {
    /// A machine answers: it says so, or nobody can be told of it.
    Automatic,
    Words(Brought),
}

/// Why nothing is taken. The words are for whoever wrote, in the mail that their own server sends them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Unread {
    #[error("We could not read your email. Use the link in our email instead.")]
    Shape,
    #[error("We found no words of yours in this email. Write above our own words, or use the link in our email.")]
    NoWords,
    #[error("There are hidden characters in your email. Use the link in our email, and type your words there.")]
    Hidden,
}

/// Reads a mail. `sender` is that of the envelope, empty for a mail that must not be answered.
pub fn read(bytes: &[u8], sender: Option<&str>) -> Result<Incoming, Unread> {
    if !is_bounded(bytes) {
        return Err(Unread::Shape);
    }
    // The parser promises never to panic; should it, one mail is refused and nothing else happens.
    std::panic::catch_unwind(|| taken_apart(bytes, sender)).unwrap_or(Err(Unread::Shape))
}

/// Few enough parts and edges, and a head of a size that mails have: asked of the bytes, before anything is built of them.
fn is_bounded(bytes: &[u8]) -> bool {
    let (mut parts, mut edges, mut at, mut in_head) = (0, 0, 0, true);
    for line in bytes.split(|b| *b == b'\n') {
        at += line.len() + 1;
        in_head = in_head && !matches!(line, [] | [b'\r']);
        let begins = |with: &[u8]| line.get(..with.len()).is_some_and(|start| start.eq_ignore_ascii_case(with));
        parts += usize::from(begins(b"content-type"));
        edges += usize::from(begins(b"--"));
        if parts > MOST_PARTS || edges > MOST_EDGES || (in_head && at > MOST_HEAD) {
            return false;
        }
    }
    true
}

fn taken_apart(bytes: &[u8], sender: Option<&str>) -> Result<Incoming, Unread> {
    let mail = MessageParser::default().parse(bytes).ok_or(Unread::Shape)?;
    if is_automatic(&mail, sender) {
        return Ok(Incoming::Automatic);
    }
    let kept = typed::typed(&words_of(&mail).ok_or(Unread::NoWords)?);
    let (kept, cut) = shortened(&kept);
    let words = words::read(&kept).map_err(|refusal| match refusal {
        casework::Refusal::WordsUnreadable => Unread::Hidden,
        _ => Unread::NoWords,
    })?;
    let message_id = match mail.message_id().map(str::trim) {
        Some(id) if !id.is_empty() => id.to_owned(),
        // Without a name of its own it is known by what it says.
        _ => hex(&Sha256::digest([mail.header_raw("Date").unwrap_or_default().as_bytes(), words.as_bytes()].concat())),
    };
    Ok(Incoming::Words(Brought { words, from: from(&mail), message_id, left_out: files(&mail), cut }))
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// RFC 3834 and what is older than it: notices of delivery, answers of people who are away, lists.
fn is_automatic(mail: &Message, sender: Option<&str>) -> bool {
    let is_nobody = |sender: &str| {
        let sender = sender.trim().trim_matches(['<', '>']);
        // Postfix says MAILER-DAEMON where the envelope says nobody.
        sender.is_empty() || sender.split('@').next().is_some_and(|name| name.eq_ignore_ascii_case("mailer-daemon"))
    };
    let says = |name: &str| mail.header_raw(name.to_owned()).map(|value| value.trim().to_ascii_lowercase());
    let submitted = says("Auto-Submitted").is_some_and(|value| value.split([';', ' ']).next() != Some("no"));
    let precedence =
        says("Precedence").is_some_and(|value| ["bulk", "junk", "list", "auto_reply"].contains(&value.as_str()));
    let marked = ["X-Autoreply", "X-Autorespond", "List-Id"].iter().any(|name| says(name).is_some());
    let is_notice = mail.content_type().is_some_and(|kind| {
        kind.ctype().eq_ignore_ascii_case("multipart")
            && kind.subtype().is_some_and(|subtype| subtype.eq_ignore_ascii_case("report"))
    });
    sender.is_some_and(is_nobody) || submitted || precedence || marked || is_notice
}

/// The first text, or the words of the first HTML where there is no text.
fn words_of(mail: &Message) -> Option<String> {
    let said = mail.text_bodies().find_map(|part| match &part.body {
        PartType::Text(text) => Some(text.to_string()),
        PartType::Html(html) => Some(plain::plain(html)),
        _ => None,
    });
    said.filter(|said| !said.trim().is_empty()).or_else(|| {
        mail.html_bodies().find_map(|part| match &part.body {
            PartType::Html(html) => Some(plain::plain(html)),
            _ => None,
        })
    })
}

/// What is attached, but not the pictures that a letter is drawn with.
fn files(mail: &Message) -> usize {
    let drawn = |part: &&mail_parser::MessagePart| part.content_id().is_some() && part.attachment_name().is_none();
    mail.attachments().filter(|part| !drawn(part)).count()
}

/// The one address it says it is from; none where it names several.
fn from(mail: &Message) -> Option<String> {
    let mut all = mail.from()?.iter().filter_map(|one| one.address());
    all.next().map(str::to_owned).filter(|_| all.next().is_none())
}

/// As many characters as may be kept, and whether that is less than all.
fn shortened(words: &str) -> (String, bool) {
    let words = words.trim();
    match words.char_indices().nth(words::MOST) {
        None => (words.to_owned(), false),
        Some((at, _)) => (words[..at].to_owned(), true),
    }
}

#[cfg(test)]
mod tests;
