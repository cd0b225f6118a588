use super::{condition, kind, when};
use crate::check::is_id;
use crate::source::Faults;
use crate::tree::{Node, Reader};
use crate::{Ask, Kind, Publish, Question, Regime, Retention, Sensitivity, Side, Words};

pub(super) fn list(nodes: Vec<&Node>, words: &Words, faults: &mut Faults) -> Vec<Question> {
    nodes.into_iter().filter_map(|node| one(node, "", words, faults)).collect()
}

/// `prefix` is the group's id and a dot: words of its questions stand under it.
pub(super) fn one(node: &Node, prefix: &str, words: &Words, faults: &mut Faults) -> Option<Question> {
    let mut reader = Reader::of(node, "a question", faults)?;
    let id = reader.need_text("id", faults);
    reader.what = format!("question `{prefix}{id}`");
    if !id.is_empty() && !is_id(&id) {
        faults.add(
            reader.line_of("id"),
            format_args!("`{id}` is not an id: small letters, figures and `_`, parts joined by `.`"),
        );
    }
    let tags = tags(&mut reader, faults);
    let path = format!("{prefix}{id}");
    let kind = kind::read(&mut reader, &path, words, faults);
    let ask = reader.word("ask", Ask::from_name, Ask::NAMES, faults).unwrap_or(Ask::Optional);
    let required_when = reader.take("required_when").and_then(|node| condition::read(node, faults));
    let show_when = reader.take("show_when").and_then(|node| condition::read(node, faults));
    let when = reader.tables("when", faults).into_iter().filter_map(|node| when::read(node, &path, faults)).collect();
    let (evidence, gate) = (reader.flag("evidence", faults), reader.flag("gate", faults));
    let matches = reader.word("matches", Side::from_name, Side::NAMES, faults);
    let found_states = reader.texts("found_states", faults);
    let apart_from = reader.texts("apart_from", faults);
    let codes = codes(&mut reader, kind.as_ref(), faults);
    let line = reader.line;
    reader.close(faults);
    let (regime, sensitivity, publish, retention) = tags?;
    let kind = kind?;
    let mut question = Question {
        id,
        kind,
        regime,
        sensitivity,
        publish,
        retention,
        ask,
        required_when,
        show_when,
        when,
        evidence,
        gate,
        matches,
        found_states,
        apart_from,
        codes,
        label: String::new(),
        sentences: std::collections::BTreeMap::new(),
        spoken: None,
        line,
    };
    question.say(&path, words);
    Some(question)
}

/// `codes = { road_verge = "L01" }`: of options that there are, each code once.
fn codes(reader: &mut Reader, kind: Option<&Kind>, faults: &mut Faults) -> Vec<(String, String)> {
    let pairs = reader.pairs("codes", faults);
    let options = match kind {
        Some(Kind::Choice { options, .. }) => options.as_slice(),
        _ => &[],
    };
    for (n, (line, option, code)) in pairs.iter().enumerate() {
        if !options.contains(option) {
            faults.add(
                *line,
                format_args!("`codes` of {} names `{option}`, which is no option of a choice", reader.what),
            );
        }
        if pairs[..n].iter().any(|(_, _, before)| before == code) {
            faults.add(*line, format_args!("`codes` of {} has `{code}` twice", reader.what));
        }
    }
    pairs.into_iter().map(|(_, option, code)| (option, code)).collect()
}

type Tags = (Regime, Sensitivity, Publish, Retention);

/// `tags = { regime = …, sensitivity = …, publish = …, retention = … }`; none may be absent (J-26).
fn tags(reader: &mut Reader, faults: &mut Faults) -> Option<Tags> {
    let Some(node) = reader.take("tags") else {
        reader.missing("tags", faults);
        return None;
    };
    let mut tags = Reader::of(node, format!("`tags` of {}", reader.what), faults)?;
    for key in ["regime", "sensitivity", "publish", "retention"] {
        if !tags.has(key) {
            tags.missing(key, faults);
        }
    }
    let regime = tags.word("regime", Regime::from_name, Regime::NAMES, faults);
    let sensitivity = tags.word("sensitivity", Sensitivity::from_name, Sensitivity::NAMES, faults);
    let publish = tags.word("publish", Publish::from_name, Publish::NAMES, faults);
    let retention = tags.word("retention", Retention::from_name, Retention::NAMES, faults);
    tags.close(faults);
    Some((regime?, sensitivity?, publish?, retention?))
}
