//! The words of an HTML letter: text and line ends, and nothing else of it.

use casework::entities::entities;

/// What is in these is no words of the person: markup of their program, or the mail they answer.
const LEFT_OUT: [&str; 6] = ["script", "style", "head", "title", "blockquote", "template"];
/// A line ends before and after these; after a paragraph one is left free.
const LINES: [&str; 13] = ["p", "div", "li", "tr", "table", "ul", "ol", "hr", "h1", "h2", "h3", "h4", "pre"];

/// Takes the tags out. What looks like a tag and never ends is text.
pub(super) fn plain(html: &str) -> String {
    let (mut text, mut rest, mut out) = (String::new(), html, Vec::new());
    while let Some(at) = rest.find('<') {
        if out.is_empty() {
            put(&mut text, &rest[..at]);
        }
        rest = &rest[at..];
        if let Some(comment) = rest.strip_prefix("<!--") {
            rest = comment.find("-->").map_or("", |end| &comment[end + 3..]);
            continue;
        }
        let Some(end) = rest.find('>') else { break };
        let tag = rest[1..end].to_ascii_lowercase();
        rest = &rest[end + 1..];
        let (closes, tag) = tag.strip_prefix('/').map_or((false, tag.as_str()), |tag| (true, tag));
        let name = tag.split(|c: char| !c.is_ascii_alphanumeric()).next().unwrap_or_default();
        if let Some(name) = LEFT_OUT.iter().find(|left_out| **left_out == name) {
            match (closes, out.last() == Some(name)) {
                (true, true) => {
                    out.pop();
                }
                // Another one within: only of what may stand in itself.
                (false, _) if out.is_empty() || *name == "blockquote" => out.push(*name),
                _ => {}
            }
        } else if out.is_empty() && !text.is_empty() {
            let ended = text.ends_with('\n');
            match name {
                "br" => text.push('\n'),
                "p" if closes => text.push_str(if ended { "\n" } else { "\n\n" }),
                name if LINES.contains(&name) && !ended => text.push('\n'),
                _ => {}
            }
        }
    }
    if out.is_empty() {
        put(&mut text, rest);
    }
    text
}

/// Spaces and line ends of the source are one space; entities are what they stand for.
fn put(text: &mut String, source: &str) {
    for c in entities(source).chars() {
        match c {
            ' ' | '\n' | '\r' | '\t' if text.is_empty() || text.ends_with([' ', '\n']) => {}
            ' ' | '\n' | '\r' | '\t' => text.push(' '),
            c => text.push(c),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::plain;

    #[test]
    fn only_words_and_line_ends_are_left_of_a_letter() {
        for (html, words) in [
            ("<p>It is&nbsp;back.</p><p>By the&#32;gate &amp; the mill</p>", "It is back.\n\nBy the gate & the mill"),
            ("It is back.<br>Now.<blockquote>Hello<blockquote>x</blockquote>y</blockquote>", "It is back.\nNow."),
            ("<style>p { color: red }</style><script>alert('<p>')</script><b>Yes</b>", "Yes"),
            ("<head><title>x</title></head><body>Yes<!-- <p>no --></body>", "Yes"),
            ("<img src=x onerror=alert(1)>Yes", "Yes"),
            ("1 < 2", "1 < 2"),
            ("&bogus; &#xD800; &", "&bogus; &#xD800; &"),
            ("&lt;script&gt;", "<script>"),
            ("<blockquote>never closed", ""),
            ("", ""),
        ] {
            assert_eq!(plain(html).trim(), words, "{html:?}");
        }
    }
}
