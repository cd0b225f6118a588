use crate::check::is_word;
use crate::source::Faults;
use crate::tree::{Node, Reader};
use crate::{Link, Stop, StopKind};

pub(super) fn list(nodes: Vec<&Node>, faults: &mut Faults) -> Vec<Stop> {
    nodes.into_iter().filter_map(|node| one(node, faults)).collect()
}

fn one(node: &Node, faults: &mut Faults) -> Option<Stop> {
    let mut reader = Reader::of(node, "a stop", faults)?;
    let id = reader.need_text("id", faults);
    reader.what = format!("stop `{id}`");
    if !id.is_empty() && !is_word(&id) {
        faults.add(reader.line_of("id"), format_args!("`{id}` is not a stop id: small letters, figures and `_`"));
    }
    let kind_line = reader.line_of("kind");
    if !reader.has("kind") {
        reader.missing("kind", faults);
    }
    let kind = reader.word("kind", StopKind::from_name, StopKind::NAMES, faults);
    if kind == Some(StopKind::Elsewhere) {
        faults.add(kind_line, "`elsewhere` is made by the journey and cannot be defined");
    }
    let carry_on = reader.flag("carry_on", faults);
    let go = reader.text("go", faults);
    let links = reader.tables("links", faults).into_iter().filter_map(|node| link(node, &id, faults)).collect();
    let line = reader.line;
    reader.close(faults);
    Some(Stop { id, kind: kind?, carry_on, links, go, line })
}

fn link(node: &Node, stop: &str, faults: &mut Faults) -> Option<Link> {
    let mut reader = Reader::of(node, format!("a link of stop `{stop}`"), faults)?;
    let key = reader.need_text("key", faults);
    let (url, phone) = (reader.text("url", faults), reader.text("phone", faults));
    if url.is_some() == phone.is_some() {
        faults.add(node.line, format_args!("{} needs either `url` or `phone`", reader.what));
    }
    let is_own = |url: &str| url.starts_with('/') && !url.starts_with("//");
    if url.as_ref().is_some_and(|url| !url.starts_with("https://") && !is_own(url)) {
        faults.add(
            node.line,
            format_args!("{} must begin with https://, or with / for a page of this site", reader.what),
        );
    }
    reader.close(faults);
    Some(Link { key, url, phone })
}
