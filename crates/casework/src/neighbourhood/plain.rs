//! Text out of HTML that others wrote: words and paragraphs, and nothing else of it. What comes out is plain text, which a
//! page escapes like any other.

use crate::entities::entities;

/// Elements whose words are not for reading.
const SILENT: [&str; 6] = ["script", "style", "template", "title", "iframe", "noscript"];
/// Elements after which a new paragraph begins.
const BLOCKS: [&str; 17] = [
    "p",
    "br",
    "div",
    "li",
    "ul",
    "ol",
    "tr",
    "table",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "section",
    "article",
    "blockquote",
];

/// Paragraphs with an empty line between them.
pub fn plain(html: &str) -> String {
    let mut text = String::new();
    let mut rest = html;
    let mut silent: Option<&str> = None;
    while let Some(at) = rest.find('<') {
        let (words, from) = rest.split_at(at);
        if silent.is_none() {
            text.push_str(words);
        }
        let after = &from[1..];
        // A comment, or a sign that begins no element, such as "1 < 2".
        if let Some(comment) = after.strip_prefix("!--") {
            rest = comment.split_once("-->").map_or("", |(_, behind)| behind);
            continue;
        }
        if !after.starts_with(|c: char| c.is_ascii_alphabetic() || c == '/' || c == '!' || c == '?') {
            if silent.is_none() {
                text.push('<');
            }
            rest = after;
            continue;
        }
        let (tag, behind) = tag(after);
        let closes = tag.starts_with('/');
        let name: String = tag
            .trim_start_matches('/')
            .chars()
            .take_while(char::is_ascii_alphanumeric)
            .collect::<String>()
            .to_lowercase();
        match silent {
            Some(open) if closes && open == name => silent = None,
            Some(_) => {}
            None => {
                silent = SILENT.iter().copied().find(|silent| !closes && *silent == name);
                if BLOCKS.contains(&name.as_str()) {
                    text.push('\u{2029}');
                }
            }
        }
        rest = behind;
    }
    if silent.is_none() {
        text.push_str(rest);
    }
    paragraphs(&entities(&text))
}

/// Words between the signs of a tag, quoted signs left alone, and what comes behind it.
fn tag(after: &str) -> (&str, &str) {
    let mut quote = None;
    for (at, c) in after.char_indices() {
        match (quote, c) {
            (None, '>') => return (&after[..at], &after[at + 1..]),
            (None, '"' | '\'') => quote = Some(c),
            (Some(open), close) if open == close => quote = None,
            _ => {}
        }
    }
    (after, "")
}

/// One space between words, one empty line between paragraphs, no sign that cannot be seen.
fn paragraphs(text: &str) -> String {
    let text = text.replace("\r\n", "\n").replace("\n\n", "\u{2029}");
    let paragraphs = text.split('\u{2029}').map(|paragraph| {
        let seen: String = paragraph.chars().map(|c| if c.is_control() { ' ' } else { c }).filter(is_seen).collect();
        seen.split_whitespace().collect::<Vec<_>>().join(" ")
    });
    paragraphs.filter(|paragraph| !paragraph.is_empty()).collect::<Vec<_>>().join("\n\n")
}

/// Signs that turn the direction of a line or take no room can make words read as others.
fn is_seen(c: &char) -> bool {
    !matches!(c, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}')
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn words_and_paragraphs_are_all_that_is_left() {
        for (html, text) in [
            ("<p>One.</p>\n<p>Two &amp; three</p>", "One.\n\nTwo & three"),
            ("a<br/>b<BR>c", "a\n\nb\n\nc"),
            ("<ul><li>x</li><li>y</li></ul>", "x\n\ny"),
            ("plain\n\ntext  with   spaces", "plain\n\ntext with spaces"),
            ("<a href=\"javascript:alert(1)\" title='>'>Go</a>", "Go"),
            ("<script>alert('<p>')</script>safe", "safe"),
            ("<STYLE>p{}</style ><b>bold</b>", "bold"),
            ("<img src=x onerror=alert(1)>", ""),
            ("1 < 2 &lt;b&gt; &#8217;&#x27; &unknown; &", "1 < 2 <b> ’' &unknown; &"),
            ("<!-- <p>no</p> -->yes", "yes"),
            ("cut off <p", "cut off"),
            ("cut off <script>no", "cut off"),
            ("turned\u{202e}round\u{0}", "turnedround"),
            ("&#0;&#xd800;", "&#xd800;"),
        ] {
            assert_eq!(plain(html), text, "{html}");
        }
    }

    proptest! {
        #[test]
        fn nothing_breaks_it_and_what_is_plain_stays(any in "\\PC{0,200}", words in "[a-z ,.]{0,60}") {
            let once = plain(&any);
            prop_assert!(!once.contains('\0'));
            let tidy = words.split_whitespace().collect::<Vec<_>>().join(" ");
            prop_assert_eq!(plain(&tidy), tidy);
        }
    }
}
