//! An answer before it is XML or JSON. Elements have no attributes: readers in use fail on them (council 5.4).

use serde_json::json;

#[derive(Clone, Debug, PartialEq)]
pub enum Node {
    Nothing,
    Text(String),
    Whole(i64),
    Degrees(f64),
    Flag(bool),
    /// The name of each element, and what stands in it.
    Many(&'static str, Vec<Node>),
    One(Vec<(&'static str, Node)>),
    /// The same element several times; a list in JSON.
    Repeated(Vec<Node>),
}

impl Node {
    /// Nothing where it is empty.
    pub fn text(text: impl Into<String>) -> Node {
        let text = text.into();
        if text.is_empty() { Node::Nothing } else { Node::Text(text) }
    }

    pub fn xml(&self, root: &str) -> String {
        let mut out = String::from("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
        self.element(root, &mut out);
        out.push('\n');
        out
    }

    fn element(&self, name: &str, out: &mut String) {
        if let Node::Repeated(items) = self {
            return items.iter().for_each(|item| item.element(name, out));
        }
        let begun = out.len();
        out.push_str(&format!("<{name}>"));
        let inside = out.len();
        match self {
            Node::Nothing => {}
            Node::Text(text) => escaped(text, out),
            Node::Whole(n) => out.push_str(&n.to_string()),
            Node::Degrees(n) => out.push_str(&n.to_string()),
            Node::Flag(flag) => out.push_str(if *flag { "true" } else { "false" }),
            Node::Many(each, items) => items.iter().for_each(|item| item.element(each, out)),
            Node::One(fields) => fields.iter().for_each(|(name, node)| node.element(name, out)),
            Node::Repeated(_) => {}
        }
        if out.len() == inside {
            out.truncate(begun);
            out.push_str(&format!("<{name}/>"));
        } else {
            out.push_str(&format!("</{name}>"));
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
            Node::Text(text) => out.push_str(&json!(text).to_string()),
            Node::Whole(n) => out.push_str(&n.to_string()),
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
                    out.push_str(&format!("{}\"{name}\":", if n == 0 { "" } else { "," }));
                    node.member(out);
                }
                out.push('}');
            }
        }
    }
}

/// Characters that XML 1.0 cannot hold, even escaped, become U+FFFD.
fn escaped(text: &str, out: &mut String) {
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
            ("groups", Node::Many("group", vec![Node::text("a & b <c>\u{1}")])),
        ]);
        let all = Node::Many("thing", vec![one]);
        assert_eq!(
            all.xml("things"),
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<things><thing><id>7</id><none/><lat>51.4</lat><yes>true</yes>\
             <groups><group>a &amp; b &lt;c&gt;\u{fffd}</group></groups></thing></things>\n"
        );
        assert_eq!(
            all.json(),
            "[{\"id\":\"7\",\"none\":null,\"lat\":51.4,\"yes\":true,\"groups\":[\"a & b <c>\\u0001\"]}]\n"
        );
        assert_eq!(Node::Many("thing", vec![]).xml("things").lines().last(), Some("<things/>"));
    }
}
