//! An answer before it is XML or JSON. Elements have no attributes: readers in use fail on them (council 5.4).

use serde_json::json;
use std::{borrow::Cow, fmt::Write};

#[derive(Clone, Debug, PartialEq)]
pub enum Node<'t> {
    Nothing,
    Text(Cow<'t, str>),
    Whole(i64),
    Degrees(f64),
    Flag(bool),
    /// The name of each element, and what stands in it.
    Many(&'static str, Vec<Node<'t>>),
    One(Vec<(&'static str, Node<'t>)>),
    /// The same element several times; a list in JSON.
    Repeated(Vec<Node<'t>>),
}

impl<'t> Node<'t> {
    /// Nothing where it is empty.
    pub fn text(text: impl Into<Cow<'t, str>>) -> Node<'t> {
        let text = text.into();
        if text.is_empty() { Node::Nothing } else { Node::Text(text) }
    }

    pub fn xml(&self, root: &str) -> String {
        let mut out = BEGINS.to_owned();
        self.element(root, &mut out);
        out.push('\n');
        out
    }

    fn element(&self, name: &str, out: &mut String) {
        if let Node::Repeated(items) = self {
            return items.iter().for_each(|item| item.element(name, out));
        }
        let begun = out.len();
        out.extend(["<", name, ">"]);
        let inside = out.len();
        match self {
            Node::Nothing => {}
            Node::Text(text) => escaped(text, out),
            Node::Whole(n) => number(n, out),
            Node::Degrees(n) => number(n, out),
            Node::Flag(flag) => out.push_str(if *flag { "true" } else { "false" }),
            Node::Many(each, items) => items.iter().for_each(|item| item.element(each, out)),
            Node::One(fields) => fields.iter().for_each(|(name, node)| node.element(name, out)),
            Node::Repeated(_) => {}
        }
        if out.len() == inside {
            out.truncate(begun);
            out.extend(["<", name, "/>"]);
        } else {
            out.extend(["</", name, ">"]);
        }
    }

    /// The members of an object stand in the order of the elements.
    pub fn json(&self) -> String {
        let mut out = String::new();
        self.member(&mut out);
        out.push('\n');
        out
    }

    fn member(&self, out: &mut String) {
        match self {
            Node::Nothing => out.push_str("null"),
            Node::Text(text) => quoted(text, out),
            Node::Whole(n) => number(n, out),
            Node::Degrees(n) => out.push_str(&json!(n).to_string()),
            Node::Flag(flag) => out.push_str(if *flag { "true" } else { "false" }),
            Node::Many(_, items) | Node::Repeated(items) => {
                out.push('[');
                for (n, item) in items.iter().enumerate() {
                    out.push_str(if n == 0 { "" } else { "," });
                    item.member(out);
                }
                out.push(']');
            }
            Node::One(fields) => {
                out.push('{');
                for (n, (name, node)) in fields.iter().enumerate() {
                    out.extend([if n == 0 { "\"" } else { ",\"" }, name, "\":"]);
                    node.member(out);
                }
                out.push('}');
            }
        }
    }
}

const BEGINS: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n";
/// About what one of a list takes: a thousand reports are a megabyte.
const EACH: usize = 1_200;

/// As [`Node::xml`] of [`Node::Many`]; each is made as it is written, so that a long list stands in memory once.
pub fn xml_list<'t>((root, each): (&str, &str), items: impl ExactSizeIterator<Item = Node<'t>>) -> String {
    let mut out = String::with_capacity(BEGINS.len() + EACH * items.len());
    out.push_str(BEGINS);
    if items.len() == 0 {
        out.extend(["<", root, "/>\n"]);
        return out;
    }
    out.extend(["<", root, ">"]);
    items.for_each(|item| item.element(each, &mut out));
    out.extend(["</", root, ">\n"]);
    out
}

/// As [`Node::json`] of [`Node::Many`].
pub fn json_list<'t>(items: impl ExactSizeIterator<Item = Node<'t>>) -> String {
    let mut out = String::with_capacity(EACH * items.len());
    out.push('[');
    for (n, item) in items.enumerate() {
        out.push_str(if n == 0 { "" } else { "," });
        item.member(&mut out);
    }
    out.push_str("]\n");
    out
}

fn number(n: impl std::fmt::Display, out: &mut String) {
    // Writing into a text does not fail.
    let _ = write!(out, "{n}");
}

/// Most texts hold nothing that has to be written otherwise, and go as they are.
fn quoted(text: &str, out: &mut String) {
    if text.bytes().any(|byte| matches!(byte, 0..=0x1f | b'"' | b'\\')) {
        out.push_str(&json!(text).to_string());
    } else {
        out.extend(["\"", text, "\""]);
    }
}

/// Characters that XML 1.0 cannot hold, even escaped, become U+FFFD.
fn escaped(text: &str, out: &mut String) {
    // The two characters beyond ASCII that it cannot hold begin with 0xef.
    if !text.bytes().any(|byte| matches!(byte, 0..=8 | 0x0b..=0x1f | b'&' | b'<' | b'>' | 0xef)) {
        return out.push_str(text);
    }
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '\r' => out.push_str("&#13;"),
            '\n' | '\t' => out.push(c),
            '\0'..='\u{1f}' | '\u{fffe}' | '\u{ffff}' => out.push('\u{fffd}'),
            c => out.push(c),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_answer_is_written_in_both_formats() {
        let one = Node::One(vec![
            ("id", Node::text("7")),
            ("none", Node::text("")),
            ("lat", Node::Degrees(51.4)),
            ("yes", Node::Flag(true)),
            ("groups", Node::Many("group", vec![Node::text("a & b <c>\u{1}"), Node::text("\u{ffff}\u{feff}\"\\")])),
        ]);
        let all = Node::Many("thing", vec![one]);
        assert_eq!(
            all.xml("things"),
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<things><thing><id>7</id><none/><lat>51.4</lat><yes>true</yes>\
             <groups><group>a &amp; b &lt;c&gt;\u{fffd}</group><group>\u{fffd}\u{feff}\"\\</group></groups></thing></things>\n"
        );
        assert_eq!(
            all.json(),
            "[{\"id\":\"7\",\"none\":null,\"lat\":51.4,\"yes\":true,\"groups\":[\"a & b <c>\\u0001\",\"\u{ffff}\u{feff}\\\"\\\\\"]}]\n"
        );
        let none = Node::Many("thing", vec![]);
        assert_eq!(none.xml("things").lines().last(), Some("<things/>"));
        for list in [all, none] {
            let Node::Many(each, items) = &list else { unreachable!() };
            assert_eq!(xml_list(("things", *each), items.clone().into_iter()), list.xml("things"));
            assert_eq!(json_list(items.clone().into_iter()), list.json());
        }
    }
}
