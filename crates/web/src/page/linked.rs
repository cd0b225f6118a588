//! Plain words with their links: numbers to call, addresses, and the one link that stands in brackets.

use crate::govuk::Html;

/// Numbers that become links, the longest first: `18001 101` holds `101`.
const NUMBERS: [&str; 4] = ["18001 101", "18000", "999", "101"];

pub fn linked(text: &str, to: &str) -> Html {
    let mut html = Html::default();
    let mut rest = text;
    while !rest.is_empty() {
        let Some((at, piece)) = first(rest) else { break };
        html = html.then(&Html::text(&rest[..at]));
        html = html.then(&match piece {
            Piece::Call(number) => {
                let href = format!("tel:{}", number.replace(' ', ""));
                link(&href, &number.replace(' ', "\u{a0}"), Some("dir=\"ltr\""), false)
            }
            Piece::Address(address) => link(address, address, Some("rel=\"external noreferrer\" dir=\"ltr\""), false),
            Piece::Bracket(words) => link(to, &words[1..words.len() - 1], None, words == text),
        });
        rest = &rest[at + piece.len()..];
    }
    html.then(&Html::text(rest))
}

/// Plain words in which addresses alone are links.
pub fn addresses(text: &str) -> Html {
    let mut html = Html::default();
    let mut rest = text;
    while let Some((at, address)) = address(rest) {
        html = html.then(&Html::text(&rest[..at]));
        html = html.then(&link(address, address, Some("rel=\"external noreferrer\" dir=\"ltr\""), false));
        rest = &rest[at + address.len()..];
    }
    html.then(&Html::text(rest))
}

/// The first address and where it stands.
fn address(text: &str) -> Option<(usize, &str)> {
    let at = text.find("https://")?;
    let from = &text[at..];
    let end = from.find(|letter: char| letter.is_whitespace() || !letter.is_ascii()).unwrap_or(from.len());
    Some((at, from[..end].trim_end_matches(['.', ',', ')'])))
}

enum Piece<'a> {
    Call(&'static str),
    Address(&'a str),
    Bracket(&'a str),
}

impl Piece<'_> {
    fn len(&self) -> usize {
        match self {
            Piece::Call(text) => text.len(),
            Piece::Address(text) | Piece::Bracket(text) => text.len(),
        }
    }
}

/// The first of them and where it stands.
fn first(text: &str) -> Option<(usize, Piece<'_>)> {
    let address = address(text).map(|(at, address)| (at, Piece::Address(address)));
    let bracket = text.find('[').and_then(|at| {
        let end = text[at..].find(']')?;
        Some((at, Piece::Bracket(&text[at..=at + end])))
    });
    let calls = NUMBERS.iter().filter_map(|number| {
        let alone = |at: &usize| {
            let touches = |letter: Option<char>| letter.is_some_and(|letter| letter.is_ascii_alphanumeric());
            !touches(text[..*at].chars().next_back()) && !touches(text[at + number.len()..].chars().next())
        };
        let at = text.match_indices(number).map(|(at, _)| at).find(alone)?;
        Some((at, Piece::Call(number)))
    });
    address.into_iter().chain(bracket).chain(calls).min_by_key(|(at, _)| *at)
}

/// A link that is all of its line has room for a finger.
fn link(href: &str, words: &str, more: Option<&'static str>, alone: bool) -> Html {
    let class = if alone { "govuk-link moot-alone" } else { "govuk-link" };
    let open = Html::fixed("<a class=\"").then(&Html::fixed(class)).then(&Html::fixed("\" href=\""));
    let open = open.then(&Html::text(href)).then(&Html::fixed("\""));
    let open = more.into_iter().fold(open, |open, more| open.then(&Html::fixed(" ")).then(&Html::fixed(more)));
    open.then(&Html::fixed(">")).then(&Html::text(words)).then(&Html::fixed("</a>"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn in_plain_words_addresses_alone_are_links_and_tags_stay_words() {
        let html = addresses("Call 101 or see https://example.org/a?b=1&c. [x] <script>javascript:alert(1)</script>");
        assert_eq!(html.as_str().matches("<a ").count(), 1, "{}", html.as_str());
        assert!(html.as_str().contains("href=\"https://example.org/a?b=1&#38;c\""), "{}", html.as_str());
        assert!(html.as_str().contains("[x] &#60;script&#62;"), "{}", html.as_str());
    }

    #[test]
    fn numbers_and_addresses_are_links_and_the_bracket_is_the_one_of_the_page() {
        let text = "Call 999. By relay 18001 101, or [report it]: https://999bsl.co.uk. <b>";
        let html = linked(text, "/report");
        assert_eq!(
            html.as_str(),
            "Call <a class=\"govuk-link\" href=\"tel:999\" dir=\"ltr\">999</a>. By relay \
             <a class=\"govuk-link\" href=\"tel:18001101\" dir=\"ltr\">18001\u{a0}101</a>, or \
             <a class=\"govuk-link\" href=\"/report\">report it</a>: <a class=\"govuk-link\" \
             href=\"https://999bsl.co.uk\" rel=\"external noreferrer\" dir=\"ltr\">https://999bsl.co.uk</a>. &#60;b&#62;"
        );
        assert_eq!(linked("10101 and 1999", "").as_str(), "10101 and 1999");
        assert_eq!(linked("请拨打999。", "").as_str().matches("tel:999").count(), 1);
    }
}
