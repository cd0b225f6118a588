//! Forms, titles and errors read out of our own pages, as a browser without script reads them.

use crate::Page;

/// One form as it stands on a page.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PageForm {
    pub action: String,
    pub method: String,
    /// Every field in its order: name, value, and whether it would be sent as it stands.
    pub fields: Vec<(String, String, bool)>,
    /// Names and values of radios, checkboxes and options.
    pub offered: Vec<(String, String)>,
}

impl PageForm {
    /// What pressing the page's button would send.
    pub fn filled(&self) -> Vec<(String, String)> {
        self.fields.iter().filter(|(_, _, sent)| *sent).map(|(n, v, _)| (n.clone(), v.clone())).collect()
    }

    /// Whether a field of that name is there, with that value where it is one of several to choose from.
    pub fn takes(&self, name: &str, value: &str) -> bool {
        match self.offered.iter().any(|(known, _)| known == name) {
            true => self.offered.iter().any(|(known, offered)| known == name && offered == value),
            false => self.names(name),
        }
    }

    pub fn names(&self, name: &str) -> bool {
        self.fields.iter().any(|(known, _, _)| known == name)
    }

    /// The value of a field as it stands.
    pub fn value(&self, name: &str) -> Option<&str> {
        self.fields.iter().find(|(known, _, sent)| known == name && *sent).map(|(_, value, _)| value.as_str())
    }
}

impl Page {
    pub fn title(&self) -> String {
        unescape(self.between("<title>", "</title>").unwrap_or_default())
    }

    /// The words of the one heading of the first level; of an answer to a program its title.
    pub fn heading(&self) -> String {
        if let Some(title) = self.json().get("title").and_then(serde_json::Value::as_str) {
            return title.to_owned();
        }
        let inside = self.element("h1").and_then(|rest| rest.split_once('>'));
        plain(inside.map_or("", |(_, words)| words))
    }

    /// The first element of that name, from its attributes to its end.
    fn element(&self, name: &str) -> Option<&str> {
        self.between(&format!("<{name}"), &format!("</{name}>"))
    }

    /// What the error summary says: the id a link leads to, and its words.
    pub fn errors(&self) -> Vec<(String, String)> {
        let summary = self.between("govuk-error-summary__list\">", "</ul>").unwrap_or_default();
        let link = |part: &str| {
            let (id, rest) = part.split_once('"')?;
            Some((id.to_owned(), plain(rest.split_once('>')?.1.split("</a>").next()?)))
        };
        summary.split("href=\"#").skip(1).filter_map(link).collect()
    }

    pub fn forms(&self) -> Vec<PageForm> {
        forms(&self.text)
    }

    /// The form whose action holds these words; a page without it fails the test.
    pub fn form(&self, action: &str) -> PageForm {
        let found = self.forms().into_iter().find(|form| form.action.contains(action));
        found.unwrap_or_else(|| panic!("no form {action} on the page {}: {}", self.title(), self.text))
    }

    /// Whether the words stand on the page, escaped as they must be.
    pub fn says(&self, words: &str) -> bool {
        unescape(&self.text).contains(words)
    }
}

/// Every form of a piece of markup. Fields outside a form are those of a form without an action.
pub fn forms(markup: &str) -> Vec<PageForm> {
    let mut found = vec![PageForm::default()];
    let mut rest = markup;
    let mut select = String::new();
    while let Some((_, from)) = rest.split_once('<') {
        let Some((tag, after)) = from.split_once('>') else { break };
        rest = after;
        let name = tag.split_ascii_whitespace().next().unwrap_or_default();
        let has = |attribute: &str| bare(tag, attribute);
        let of = |attribute: &str| attribute_of(tag, attribute).unwrap_or_default();
        match name {
            "form" => found.push(PageForm { action: of("action"), method: of("method"), ..PageForm::default() }),
            "/form" => found.push(PageForm::default()),
            "select" => select = of("name"),
            "input" | "textarea" | "option" => {
                let last = found.last_mut().expect("there is always one");
                let ticked = matches!(of("type").as_str(), "radio" | "checkbox");
                if ticked || name == "option" {
                    let under = if ticked { of("name") } else { select.clone() };
                    last.offered.push((under, of("value")));
                }
                match name {
                    "option" => {
                        // Without a chosen option a browser sends the first.
                        let first = !last.fields.iter().any(|(known, _, _)| *known == select);
                        if has("selected") {
                            last.fields.iter_mut().filter(|(known, _, _)| *known == select).for_each(|f| f.2 = false);
                        }
                        last.fields.push((select.clone(), of("value"), first || has("selected")));
                    }
                    "textarea" => {
                        let words = unescape(rest.split("</textarea>").next().unwrap_or_default());
                        let words = words.strip_prefix('\n').map(str::to_owned).unwrap_or(words);
                        last.fields.push((of("name"), words, true));
                    }
                    _ => last.fields.push((of("name"), of("value"), !ticked || has("checked"))),
                }
            }
            _ => {}
        }
    }
    for form in &mut found {
        form.fields.retain(|(name, _, _)| !name.is_empty());
    }
    found.retain(|form| !form.action.is_empty() || !form.fields.is_empty());
    found
}

/// Attributes outside quotes, so that a typed value can never be taken for one.
fn attributes(tag: &str) -> Vec<(&str, &str)> {
    let mut found = Vec::new();
    let mut rest = tag.split_once(char::is_whitespace).map_or("", |(_, rest)| rest).trim();
    while !rest.is_empty() {
        let end = rest.find(|c: char| c == '=' || c.is_whitespace()).unwrap_or(rest.len());
        let (name, after) = rest.split_at(end);
        match after.strip_prefix("=\"").and_then(|quoted| quoted.split_once('"')) {
            Some((value, after)) => {
                found.push((name, value));
                rest = after.trim_start();
            }
            None => {
                found.push((name, ""));
                rest = after.trim_start_matches('=').trim_start();
            }
        }
    }
    found
}

fn attribute_of(tag: &str, name: &str) -> Option<String> {
    attributes(tag).into_iter().find(|(found, _)| *found == name).map(|(_, value)| unescape(value))
}

fn bare(tag: &str, name: &str) -> bool {
    attributes(tag).iter().any(|(found, _)| *found == name)
}

/// Text without its tags, with one space where there were several.
pub fn plain(markup: &str) -> String {
    let mut text = String::new();
    for piece in markup.split('<').enumerate().map(|(at, piece)| if at == 0 { piece } else { after_tag(piece) }) {
        text.push_str(piece);
    }
    unescape(&text).split_whitespace().collect::<Vec<_>>().join(" ")
}

fn after_tag(piece: &str) -> &str {
    piece.split_once('>').map_or("", |(_, rest)| rest)
}

/// Entities as askama and we write them, each read once: `&#38;amp;` is the text `&amp;`.
pub fn unescape(text: &str) -> String {
    const ENTITIES: &[(&str, char)] = &[
        ("&#34;", '"'),
        ("&#38;", '&'),
        ("&#39;", '\''),
        ("&#60;", '<'),
        ("&#62;", '>'),
        ("&quot;", '"'),
        ("&amp;", '&'),
        ("&lt;", '<'),
        ("&gt;", '>'),
        ("&nbsp;", ' '),
    ];
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('&') {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        let known = ENTITIES.iter().find(|(entity, _)| rest.starts_with(entity));
        let (read, letter) = known.map_or((1, '&'), |(entity, letter)| (entity.len(), *letter));
        out.push(letter);
        rest = &rest[read..];
    }
    out.push_str(rest);
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_form_is_read_as_a_browser_would_send_it() {
        let markup = r#"<form action="/a" method="post"><input type="hidden" name="v" value="1">
            <input type="radio" name="c" value="x"><input type="radio" name="c" value="y" checked>
            <textarea name="t" rows="4">
a &#60;b&#62; &#38;amp;</textarea><select name="s"><option value="">Any</option><option value="2" selected>Two</option></select>
            <input name="q" value="31&#34; checked"></form>"#;
        let form = &forms(markup)[0];
        let sent: Vec<(&str, &str)> =
            vec![("v", "1"), ("c", "y"), ("t", "a <b> &amp;"), ("s", "2"), ("q", "31\" checked")];
        let filled = form.filled();
        assert_eq!(filled.iter().map(|(n, v)| (n.as_str(), v.as_str())).collect::<Vec<_>>(), sent);
        assert!(form.takes("c", "x") && !form.takes("c", "z") && !form.names("nothing"));
    }
}
