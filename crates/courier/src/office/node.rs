//! An answer as a tree of names and texts, out of XML or JSON, whichever came: systems send either, wrapped and bare.

use quick_xml::{Reader, escape::resolve_predefined_entity, events::Event};
use serde_json::Value as Json;

/// The most of an answer that is read: a thousand reports with their words.
pub const MOST_BYTES: usize = 8 * 1024 * 1024;
/// Elements within elements; Open311 nests six.
const DEEPEST: usize = 16;
/// A thousand reports of forty fields, twice.
const MOST_NODES: usize = 100_000;

#[derive(Clone, Debug, Default, PartialEq)]
pub struct Node {
    /// Empty for an item of a list, and for the whole of JSON.
    pub name: String,
    pub text: String,
    pub children: Vec<Node>,
    list: bool,
}

/// It is no answer of Open311: HTML, cut off, too deep, too much.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Unreadable;

impl Node {
    pub fn read(bytes: &[u8]) -> Result<Node, Unreadable> {
        let text = std::str::from_utf8(bytes).map_err(|_| Unreadable)?.trim_start_matches('\u{feff}').trim_start();
        match text.as_bytes().first() {
            Some(b'<') => xml(text),
            Some(b'{' | b'[') => {
                let json: Json = serde_json::from_str(text).map_err(|_| Unreadable)?;
                let mut left = MOST_NODES;
                json_node("", &json, 0, &mut left)
            }
            _ => Err(Unreadable),
        }
    }

    fn child(&self, name: &str) -> Option<&Node> {
        self.children.iter().find(|child| child.name == name)
    }

    /// The text of a field; nothing where it is empty or not there.
    pub fn field(&self, name: &str) -> Option<&str> {
        let text = self.child(name)?.text.trim();
        (!text.is_empty()).then_some(text)
    }

    /// Of the record itself, or of its `extras`.
    pub fn extra(&self, name: &str) -> Option<&str> {
        self.field(name).or_else(|| self.child("extras")?.field(name))
    }

    /// Every record that has one of these fields, however it is wrapped.
    pub fn records(&self, fields: &[&str]) -> Vec<&Node> {
        if fields.iter().any(|field| self.child(field).is_some()) {
            return vec![self];
        }
        self.children.iter().flat_map(|child| child.records(fields)).collect()
    }

    /// The records of a list of this name. What is no such list is unreadable, and never an empty one: where that was taken for
    /// "nothing new", what was said meanwhile would be lost.
    pub fn list(&self, names: &[&str], field: &str) -> Result<Vec<&Node>, Unreadable> {
        self.list_of(names, &[field])
    }

    /// The same, where a record is known by any of several fields.
    pub fn list_of(&self, names: &[&str], fields: &[&str]) -> Result<Vec<&Node>, Unreadable> {
        let named = |node: &Node| names.contains(&node.name.as_str());
        let holds = self.list || named(self) || self.children.iter().any(named);
        let records = self.records(fields);
        let is_empty = self.children.iter().all(|child| named(child) && child.children.is_empty());
        if holds && (is_empty || !records.is_empty()) { Ok(records) } else { Err(Unreadable) }
    }

    /// As it is kept, to be compared.
    pub fn json(&self) -> Json {
        if self.children.is_empty() {
            return Json::from(self.text.trim());
        }
        Json::from(self.children.iter().map(|child| serde_json::json!([child.name, child.json()])).collect::<Vec<_>>())
    }
}

fn xml(text: &str) -> Result<Node, Unreadable> {
    let mut reader = Reader::from_str(text);
    let mut open = vec![Node::default()];
    let mut left = MOST_NODES;
    loop {
        match reader.read_event().map_err(|_| Unreadable)? {
            Event::Start(start) => {
                left = left.checked_sub(1).ok_or(Unreadable)?;
                if open.len() > DEEPEST {
                    return Err(Unreadable);
                }
                // XML attributes say nothing in Open311, and some systems send them.
                open.push(Node { name: start.local_name().as_ref().to_owned(), ..Node::default() });
            }
            Event::Empty(start) => {
                left = left.checked_sub(1).ok_or(Unreadable)?;
                let node = Node { name: start.local_name().as_ref().to_owned(), ..Node::default() };
                open.last_mut().ok_or(Unreadable)?.children.push(node);
            }
            Event::End(_) => {
                let done = open.pop().ok_or(Unreadable)?;
                open.last_mut().ok_or(Unreadable)?.children.push(done);
            }
            Event::Text(text) => open.last_mut().ok_or(Unreadable)?.text.push_str(&text.xml10_content()),
            Event::CData(text) => open.last_mut().ok_or(Unreadable)?.text.push_str(&text.xml10_content()),
            Event::GeneralRef(name) => {
                let known = match name.resolve_char_ref().map_err(|_| Unreadable)? {
                    Some(c) => Some(c.to_string()),
                    None => resolve_predefined_entity(&name.xml10_content()).map(str::to_owned),
                };
                // Entities of its own are never looked up.
                open.last_mut().ok_or(Unreadable)?.text.push_str(&known.ok_or(Unreadable)?);
            }
            Event::DocType(_) => return Err(Unreadable),
            Event::Comment(_) | Event::Decl(_) | Event::PI(_) => {}
            Event::Eof => break,
        }
    }
    let mut whole = open.pop().filter(|_| open.is_empty()).ok_or(Unreadable)?;
    let root = whole.children.pop().filter(|_| whole.children.is_empty()).ok_or(Unreadable)?;
    Ok(root)
}

fn json_node(name: &str, json: &Json, depth: usize, left: &mut usize) -> Result<Node, Unreadable> {
    *left = left.checked_sub(1).ok_or(Unreadable)?;
    if depth > DEEPEST {
        return Err(Unreadable);
    }
    let mut node = Node { name: name.to_owned(), ..Node::default() };
    match json {
        Json::Null => {}
        Json::Bool(value) => node.text = value.to_string(),
        Json::Number(value) => node.text = value.to_string(),
        Json::String(value) => node.text.clone_from(value),
        Json::Array(items) => {
            node.list = true;
            for item in items {
                node.children.push(json_node("", item, depth + 1, left)?);
            }
        }
        Json::Object(fields) => {
            for (name, value) in fields {
                node.children.push(json_node(name, value, depth + 1, left)?);
            }
        }
    }
    Ok(node)
}

#[cfg(test)]
mod tests {
    use super::*;

    const NAMES: [&str; 1] = ["service_request_updates"];

    fn ids(text: &str) -> Result<Vec<String>, Unreadable> {
        let node = Node::read(text.as_bytes())?;
        let records = node.list(&NAMES, "update_id")?;
        Ok(records.iter().filter_map(|record| record.field("update_id")).map(str::to_owned).collect())
    }

    #[test]
    fn an_answer_is_read_in_every_shape_that_systems_give_it() {
        for text in [
            "<?xml version=\"1.0\"?><service_request_updates><request_update><update_id>1</update_id></request_update>\
             <request_update><update_id>2</update_id></request_update></service_request_updates>",
            "<service_request_updates type=\"array\"><request_update xmlns=\"urn:x\"><update_id type=\"integer\">1</update_id>\
             </request_update><request_update><update_id><![CDATA[2]]></update_id></request_update></service_request_updates>",
            "<service_request_updates><update_id>1</update_id></service_request_updates>",
            r#"[{"update_id":1},{"update_id":"2"}]"#,
            r#"{"service_request_updates":[{"request_update":{"update_id":"1"}},{"update_id":"2"}]}"#,
            "\u{feff} [{\"request_update\":{\"update_id\":\"1\"}},{\"update_id\":2}]",
        ] {
            assert_eq!(ids(text).map(|ids| ids[0].clone()), Ok("1".to_owned()), "{text}");
        }
        for text in ["<service_request_updates/>", "<service_request_updates></service_request_updates>", "[]"] {
            assert_eq!(ids(text), Ok(vec![]), "{text}");
        }
        assert_eq!(ids(r#"{"service_request_updates":[]}"#), Ok(vec![]));
    }

    #[test]
    fn what_is_no_list_is_never_taken_for_an_empty_one() {
        let deep = format!("{}{}", "<a>".repeat(40), "</a>".repeat(40));
        let deep_json = format!("{}{}", "[".repeat(4000), "]".repeat(4000));
        for text in [
            "",
            "OK",
            "<html><body>Sign in</body></html>",
            "<!DOCTYPE html><html></html>",
            "<!DOCTYPE a [<!ENTITY b \"c\">]><service_request_updates>&b;</service_request_updates>",
            "<service_request_updates>&b;</service_request_updates>",
            "<service_request_updates><request_update><update_id>1</update_id>",
            "<service_request_updates><error>no</error></service_request_updates>",
            "<errors><error><code>500</code></error></errors>",
            r#"{"error":"no"}"#,
            r#"[{"code":500,"description":"no"}]"#,
            r#"[{"update_id":"1"}"#,
            &deep,
            &deep_json,
        ] {
            assert_eq!(ids(text), Err(Unreadable), "{text}");
        }
    }
}
