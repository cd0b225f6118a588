//! What the person typed, without what their program put below it: the mail they answer, and their signature.

/// Lines by which programs begin the mail that is answered, in the languages of the pages.
const ANSWERED: [&str; 14] = [
    "wrote:",
    "schrieb:",
    "schrieb ",
    "a écrit :",
    "a écrit:",
    "napisał:",
    "napisał(a):",
    "a scris:",
    "escribió:",
    "escreveu:",
    "ysgrifennodd:",
    "ha scritto:",
    "написав:",
    "написал:",
];
const RULES: [&str; 4] = ["original message", "forwarded message", "original-nachricht", "message d'origine"];
/// Heads of the mail that is answered, as Outlook writes them under each other.
const HEADS: [&str; 5] = ["sent:", "date:", "to:", "subject:", "cc:"];
/// The last line of a mail from a telephone.
const SENT_FROM: [&str; 3] = ["sent from my ", "sent from outlook", "get outlook for "];

/// The words above what is quoted, and between quotes; the quotes are left out.
pub(super) fn typed(text: &str) -> String {
    let text = text.replace("\r\n", "\n").replace(['\r', '\u{c}'], "\n").replace('\u{a0}', " ");
    // Programs put these in; nobody types them, and nobody sees them.
    let text: String =
        text.chars().filter(|c| !matches!(c, '\u{feff}' | '\u{200e}' | '\u{200f}' | '\u{200b}')).collect();
    let lines: Vec<&str> = text.lines().map(str::trim_end).collect();
    let mut kept: Vec<&str> = Vec::new();
    for (at, line) in lines.iter().enumerate() {
        if line.starts_with('>') {
            continue;
        }
        // RFC 3676: two hyphens and a space, which some programs trim.
        if *line == "--" || is_rule(line) || is_head(&lines[at..]) {
            break;
        }
        match answers(&lines[at..]) {
            // All that follows is the other's, and nothing of it is quoted line by line.
            Some(0) => break,
            Some(_) => continue,
            None => {}
        }
        kept.push(line);
    }
    while kept.last().is_some_and(|last| last.is_empty() || is_from_telephone(last)) {
        kept.pop();
    }
    kept.join("\n").trim().to_owned()
}

fn is_from_telephone(line: &str) -> bool {
    let line = line.trim().to_lowercase();
    line.chars().count() < 80 && SENT_FROM.iter().any(|start| line.starts_with(start))
}

/// `-----Original Message-----`, or the long line that Outlook draws above a head.
fn is_rule(line: &str) -> bool {
    let line = line.trim();
    let inner = line.trim_matches('-').trim().to_lowercase();
    (line.starts_with("--") && RULES.contains(&inner.as_str())) || (line.len() >= 30 && line.bytes().all(|b| b == b'_'))
}

/// `From: …` with at least two more heads right below it.
fn is_head(lines: &[&str]) -> bool {
    let [first, rest @ ..] = lines else { return false };
    let begins = |line: &str, head: &str| {
        let line = line.trim().trim_matches('*').to_lowercase();
        line.starts_with(head)
    };
    begins(first, "from:")
        && rest.iter().take(5).filter(|line| HEADS.iter().any(|head| begins(line, head))).count() >= 2
}

/// A line such as `On Tuesday Moothall wrote:`, which may be broken in two or three. `Some(0)`: all below it is the other's;
/// `Some(1)`: quoted lines follow, and words may stand between them. Somebody who says what another wrote is no program:
/// theirs names no address and is followed by no quote.
fn answers(lines: &[&str]) -> Option<usize> {
    let paragraph: Vec<&str> = lines.iter().take_while(|line| !line.is_empty()).take(3).copied().collect();
    let end = paragraph.iter().position(|line| {
        let line = line.trim().to_lowercase();
        line.ends_with(':')
            && ANSWERED.iter().any(|word| line.ends_with(word) || line.contains(word.trim_end_matches(':')))
    })?;
    let below = lines[end + 1..].iter().find(|line| !line.is_empty());
    let whole = paragraph[..=end].join(" ");
    match below {
        Some(line) if line.starts_with('>') => Some(1),
        _ if whole.contains('@') => Some(0),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::typed;

    #[test]
    fn what_is_answered_and_the_signature_are_left_out() {
        for (mail, words) in [
            (
                "It is back.\n\nOn Tue, 24 Nov 2026 at 14:05, Moothall <noreply@moothall.example> wrote:\n> Hello\n> News",
                "It is back.",
            ),
            (
                "It is back.\r\n\r\nOn Tue, 24 Nov 2026 at 14:05, Moothall\r\n<noreply@moothall.example> wrote:\r\n\r\n> Hello",
                "It is back.",
            ),
            ("Ist zurück.\n\nAm 24.11.2026 um 14:05 schrieb Moothall:\n> Hello", "Ist zurück."),
            ("It is back.\n\n-----Original Message-----\nFrom: x", "It is back."),
            ("It is back.\n\n________________________________\nFrom: x", "It is back."),
            ("It is back.\n\nFrom: Moothall\nSent: Tuesday\nTo: Robin\nSubject: News\n\nHello", "It is back."),
            ("It is back.\n\nOn Tuesday noreply@moothall.example wrote:\n\nHello, there is news", "It is back."),
            ("It is back.\n-- \nRobin Example\n01632 960001", "It is back."),
            ("It is back.\n\nSent from my iPhone\n", "It is back."),
            ("> Is it back?\nYes.\n> Where?\nBy the gate.", "Yes.\nBy the gate."),
            ("\u{feff}It is\u{a0}back.", "It is back."),
            ("> only\n> quotes", ""),
        ] {
            assert_eq!(typed(mail), words, "{mail:?}");
        }
    }

    #[test]
    fn what_people_say_themselves_is_kept() {
        for words in [
            "On Monday he wrote:\n\nLeave it there.\n\nSo I did.",
            "From: the bridge\nit goes on to the mill.",
            "Two bags -- both black -- by the gate",
            "I was sent from my desk to the counter.\nWhat now?",
            "x > y",
        ] {
            assert_eq!(typed(words), words);
        }
    }
}
